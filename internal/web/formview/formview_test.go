package formview

import (
	"context"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"

	"onewindow/internal/business/form"
	"onewindow/internal/web/ui"
)

var def = form.Definition{Sections: []form.Section{{Title: "申请人", Fields: []form.Field{
	{Element: "person.name", Required: true},
	{Element: "person.id_type", Required: true},
	{Element: "person.id_number", Required: true, ShowIf: form.Condition{{Field: "person.id_type", Op: form.Equals, Value: "111"}}},
	{Element: "person.other_id_number", ShowIf: form.Condition{{Field: "person.id_type", Op: form.In, Values: []string{"414", "511"}}}},
	{Element: "person.phone"},
}}}}

func draw(t *testing.T, f Form) *goquery.Document {
	t.Helper()
	var b strings.Builder
	if err := Fields(f).Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// What is held is neither shown nor asked for again, and an empty box keeps it
// (国务院令第716号第七条, 个人信息保护法第五十一条).
func TestHeldAnswersStayMasked(t *testing.T) {
	values := form.Values{"person.name": "李娜", "person.id_type": "111", "person.id_number": "13999919881212002X", "person.phone": "13900000002"}
	held := HeldOf(def, values)
	if len(held) != 2 || held["person.name"] != "" {
		t.Fatalf("held %v", held)
	}
	doc := draw(t, Form{Def: def, Values: Open(values, held), Held: held, From: "登记信息"})
	html, _ := doc.Html()
	if strings.Contains(html, "13999919881212002X") || strings.Contains(html, "13900000002") || !strings.Contains(html, "139") {
		t.Error("a held answer stands in the clear, or is not hinted at")
	}
	if doc.Find(`[name="person.id_number"]`).Closest(".ow-field").Is("[hidden]") || doc.Find(`[name="person.id_number"][aria-required]`).Length() > 0 {
		t.Error("the held answer is asked for")
	}
	if !doc.Find(`[name="person.other_id_number"]`).Closest(".ow-field").Is("[hidden]") {
		t.Error("what does not apply is shown")
	}
	kept := ReadKeeping(def, map[string]string{"person.name": "李娜", "person.id_type": "111", "person.id_number": " ", "person.phone": "13911112222", "evil": "x"}, held)
	if kept["person.id_number"] != values["person.id_number"] || kept["person.phone"] != "13911112222" || kept["evil"] != "" {
		t.Errorf("%v", kept)
	}
}

func TestProblemsStandAtTheirFields(t *testing.T) {
	doc := draw(t, Form{Def: def, Values: form.Values{"person.id_type": "111"}, Problems: ui.Problems{Fields: []ui.Problem{{Field: "person.name", Message: "请填写姓名"}}}})
	if got := doc.Find("#f-person_name-error").Text(); !strings.Contains(got, "请填写姓名") {
		t.Errorf("%q", got)
	}
}

// A masked answer never shows more than seven of its characters.
func TestMask(t *testing.T) {
	e := form.Element{Sensitive: true}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9a-z一-龥]{1,40}`).Draw(t, "answer")
		shown := strings.ReplaceAll(Mask(e, s), "*", "")
		if n, all := len([]rune(shown)), len([]rune(s)); n > 7 || n >= all {
			t.Fatalf("%q is shown as %q", s, Mask(e, s))
		}
	})
	if got := Mask(form.Element{}, "公开"); got != "公开" {
		t.Error(got)
	}
}

func TestAnswersAreMaskedUnlessOpened(t *testing.T) {
	v := form.Values{"person.name": "李娜", "person.id_type": "111", "person.id_number": "13999919881212002X"}
	for open, want := range map[bool]string{false: "139***********002X", true: "13999919881212002X"} {
		parts := Answers(def, v, open)
		if got := parts[0].Pairs[2].Text; got != want && !(strings.HasPrefix(got, "139") && strings.HasSuffix(got, "002X") && strings.Contains(got, "*") && !open) {
			t.Errorf("open %v: %q", open, got)
		}
		if parts[0].Pairs[1].Text != "居民身份证" {
			t.Errorf("%v", parts)
		}
	}
}

// A day that was answered is read as papers write it.
func TestAnsweredDaysAreChinese(t *testing.T) {
	def := form.Definition{Sections: []form.Section{{Title: "证件", Fields: []form.Field{{Element: "licence.valid_until"}}}}}
	for kept, want := range map[string]string{"2028-12-31": "2028年12月31日", "长期": "长期"} {
		if got := Answers(def, form.Values{"licence.valid_until": kept}, true)[0].Pairs[0].Text; got != want {
			t.Errorf("%s is shown as %s", kept, got)
		}
	}
}
