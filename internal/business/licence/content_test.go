package licence

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/form"
	"onewindow/internal/business/org"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/code"
)

// GB/T 36904-2018: every identifier and number that is made reads back.
func TestIdentifiersAreValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.StringMatching(`130682[0-9]{4}20[0-9]{6}[0-9]{6}`).Draw(t, "case")
		n += string(code.Check3736(n))
		id, err := identifierOf("11100000MB0143028R001", "11130682MB99000135", n)
		if err != nil {
			t.Fatal(err)
		}
		r, err := readReference(id)
		if err != nil || r.identifier != id || r.number != "" {
			t.Fatalf("%s reads %+v, %v", id, r, err)
		}
		kind := rapid.SampledFrom([]Kind{Certificate, Approval, Other}).Draw(t, "kind")
		number := numberOf(kind, n)
		if r, err := readReference(number); err != nil || r.number != number {
			t.Fatalf("%s reads %+v, %v", number, r, err)
		}
		at := rapid.IntRange(1, len(number)-1).Draw(t, "at")
		wrong := []byte(number)
		wrong[at] = '0' + (wrong[at]-'0'+1)%10
		if _, err := readReference(string(wrong)); string(wrong) != number && err == nil {
			t.Fatalf("%s is accepted for %s", wrong, number)
		}
	})
}

func TestIdentifierNeedsACreditCode(t *testing.T) {
	_, err := identifierOf("11100000MB0143028R001", "130682MB", "130682000120260914000001X")
	wants(t, err, "licence.identifier")
	if id, err := identifierOf("", "", "130682000120260914000001X"); id != "" || err != nil {
		t.Errorf("an approval has the identifier %s, %v", id, err)
	}
}

// The term runs to the day before the corresponding day (民法典第二百零二条).
func TestTerm(t *testing.T) {
	for _, x := range []struct {
		from   string
		form   string
		months int
		want   string
	}{
		{"2026-09-18", "licence", 60, "2026年9月18日至2031年9月17日"},
		{"2026-03-01", "licence", 12, "2026年3月1日至2027年2月28日"},
		{"2024-02-29", "licence", 12, "2024年2月29日至2025年2月27日"},
		{"2026-08-31", "licence", 6, "2026年8月31日至2027年2月27日"},
		{"2026-09-18", "licence", 0, "长期"},
		{"2026-09-18", "approval", 0, "未规定"},
		{"2026-09-18", "other", 24, "2026年9月18日至2028年9月17日"},
	} {
		var c Content
		c.ValidFrom, c.ValidTo, c.Term = term(catalog.Result{Form: x.form, Months: x.months}, calendar.MustDay(x.from))
		if c.Validity() != x.want {
			t.Errorf("%+v: %s", x, c.Validity())
		}
	}
}

func TestStatusOn(t *testing.T) {
	last := calendar.MustDay("2031-09-17")
	l := Licence{status: Valid, Content: Content{ValidTo: &last}}
	for day, want := range map[string]Status{"2026-09-18": Valid, "2031-09-17": Valid, "2031-09-18": Expired} {
		if got := l.StatusOn(calendar.MustDay(day)); got != want {
			t.Errorf("on %s it is %s", day, got)
		}
	}
	l.status = Cancelled
	if got := l.StatusOn(last + 1); got != Cancelled {
		t.Errorf("a cancelled licence is %s", got)
	}
	if l := (Licence{status: Valid}); l.StatusOn(last+10000) != Valid {
		t.Error("what has no end expires")
	}
	if !slices.Contains(Statuses(), Expired) {
		t.Error("a status is not listed")
	}
}

var received = &casework.Case{Number: "130682000120260914000001X", ItemName: "食品经营许可", ApplicantName: "张小明",
	DecidedAt: time.Date(2026, 9, 17, 16, 30, 0, 0, time.UTC)}

func TestCompose(t *testing.T) {
	impl := &catalog.Implementation{Body: catalog.Body{USCC: "11130682MB99000135"}, Level: "4", ItemCode: "000131030000"}
	impl.Result = catalog.Result{Name: "食品经营许可证", Form: "licence", TypeCode: "11130682MB99000135001", Prints: []catalog.ResultField{
		{Label: "经营者", Element: "person.name"}, {Label: "证件号码", Element: "person.id_number"}, {Label: "主体业态", Element: "food.business_type"},
		{Label: "面积", Element: "premises.area"}, {Label: "面积（平方米）", Element: "premises.area"}, {Label: "至", Element: "water.until"},
		{Label: "字号", Element: "premises.name"},
	}}
	v := form.Values{"person.name": "张小明", "person.id_number": "139999199003070012", "premises.area": "120.5", "water.until": "2031-12-31"}
	e, _ := form.Lookup("food.business_type")
	v["food.business_type"] = e.Choices[0].Value
	c, err := compose(received, impl, v, org.Body{ID: "dz-spj", Name: "定州市行政审批局", USCC: "11130682MB99000135"},
		time.Date(2026, 9, 20, 0, 0, 0, 0, clock.Beijing))
	if err != nil {
		t.Fatal(err)
	}
	if c.ValidFrom.String() != "2026-09-18" || c.IssuedOn.String() != "2026-09-20" {
		t.Errorf("decided just after midnight in Beijing: valid from %s, issued on %s", c.ValidFrom, c.IssuedOn)
	}
	var got []string
	for _, p := range c.Prints {
		got = append(got, p.Value)
		if p.Sensitive != (p.Element == "person.id_number") {
			t.Errorf("%+v", p)
		}
	}
	want := []string{"张小明", "139999199003070012", e.Choices[0].Label, "120.5平方米", "120.5", "2031年12月31日"}
	if !slices.Equal(got, want) {
		t.Errorf("face %v", got)
	}
	if c.Holder != (Holder{Name: "张小明"}) {
		t.Errorf("holder %+v", c.Holder)
	}
}

// What is founded holds the licence, not its founder.
func TestHolderOfARegistration(t *testing.T) {
	r := catalog.Result{Prints: []catalog.ResultField{{Label: "名称", Element: companyName}}}
	v := form.Values{companyName: "定州市新办有限公司"}
	if h := holder(received, r, v); h.Name != "定州市新办有限公司" || !h.Organisation {
		t.Errorf("%+v", h)
	}
	if h := holder(received, r, form.Values{}); h.Name != "张小明" || h.Organisation {
		t.Errorf("%+v", h)
	}
}

// An approval of which the catalogue says nothing tells what it approves, and
// nothing personal.
func TestApprovalRepeatsWhatWasAppliedFor(t *testing.T) {
	impl := &catalog.Implementation{Result: catalog.Result{Form: "approval"}}
	impl.Form = form.Definition{Sections: []form.Section{{Fields: []form.Field{{Element: "project.name", Required: true}, {Element: "person.id_number", Required: true},
		{Element: "contact.name", Required: true}, {Element: "remark"}}}}}
	v := form.Values{"project.name": "一期工程", "person.id_number": "139999199003070012", "contact.name": "赵敏", "remark": "无"}
	if p := prints(impl, v); len(p) != 1 || p[0].Value != "一期工程" {
		t.Errorf("%+v", p)
	}
}

func TestContentIsAlwaysTheSameBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Content{Format: formatName, Number: rapid.String().Draw(t, "number"), Holder: Holder{Name: rapid.String().Draw(t, "holder")}}
		for range rapid.IntRange(0, 4).Draw(t, "lines") {
			c.Prints = append(c.Prints, Print{Label: rapid.String().Draw(t, "label"), Value: rapid.String().Draw(t, "value")})
		}
		first, err := c.bytes()
		if err != nil {
			t.Fatal(err)
		}
		var back Content
		if err := json.Unmarshal(first, &back); err != nil {
			t.Fatal(err)
		}
		if again, err := back.bytes(); err != nil || !bytes.Equal(first, again) {
			t.Fatalf("%s\n%s\n%v", first, again, err)
		}
	})
}

// A face with more text than its page holds becomes a letter.
func TestLongFace(t *testing.T) {
	s := New(nil, Options{Fonts: fonts, BaseURL: address})
	c := Content{Kind: Certificate, Name: "食品经营许可证", Number: "Z1306820001202609140000014", Holder: Holder{Name: "张小明"},
		Body: Body{Name: "定州市行政审批局"}, Prints: []Print{{Label: "经营项目", Value: strings.Repeat("热食类食品制售、", 900)}}}
	var out bytes.Buffer
	if err := s.set(&out, c); err != nil || !bytes.HasPrefix(out.Bytes(), []byte("%PDF")) {
		t.Errorf("%v", err)
	}
	if c.Identifier = "1.2.156"; !strings.HasSuffix(s.VerifyURL(c), "/verify/1.2.156") {
		t.Error(s.VerifyURL(c))
	}
}

// The business licence of who is established says since when: the day on which
// it is issued (市场主体登记管理条例第二十一条第一款). A changed one does not.
func TestDayOfEstablishment(t *testing.T) {
	w := casetest.SQLite(t)
	for name, wants := range map[string]string{"有限责任公司设立登记": "2026年11月24日", "个体工商户设立登记": "2026年11月24日", "市场主体变更登记": "", "食品经营许可": ""} {
		impl := w.Matter(name)
		c := &casework.Case{Number: w.Submit(impl).Number, ItemName: impl.Name, DecidedAt: time.Date(2026, 11, 23, 10, 0, 0, 0, clock.Beijing)}
		content, err := compose(c, impl, impl.Example, org.Body{ID: impl.Body.ID, Name: impl.Body.Name, USCC: impl.Body.USCC}, time.Date(2026, 11, 24, 9, 0, 0, 0, clock.Beijing))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, p := range content.Prints {
			if p.Label == "成立日期" {
				got = p.Value
			}
		}
		if got != wants {
			t.Errorf("%s: established on %q, want %q", name, got, wants)
		}
	}
}
