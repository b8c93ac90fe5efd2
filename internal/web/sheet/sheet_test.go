package sheet

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"

	"onewindow/internal/web/ui"
)

type leaf struct {
	Text string
	N    int
	Yes  bool
}

type tree struct {
	Name   string
	Kind   string
	Some   []string
	Lines  []string
	Maybe  *leaf
	Leaves []leaf
	Deep   []struct{ Leaves []leaf }
}

var letters = []ui.Choice{{Value: "a", Text: "甲"}, {Value: "b", Text: "乙"}, {Value: "c", Text: "丙"}}

func describe(x *tree) func(*Sheet) {
	return func(s *Sheet) {
		s.Text("name", &x.Name, F{Label: "名称", Max: 10})
		Pick(s, "kind", &x.Kind, F{Label: "种类"}, letters)
		Some(s, "some", &x.Some, F{Label: "若干"}, letters)
		s.Lines("lines", &x.Lines, F{Label: "各行"})
		Maybe(s, "maybe", &x.Maybe, "可有可无", F{Label: "有"}, func(l *leaf) { describeLeaf(s, l) })
		leaves(s, &x.Leaves, true)
		Rows(s, "deep", &x.Deep, L{Title: "深", What: "层"}, func(n int, _ struct{ Leaves []leaf }) string { return strconv.Itoa(n) },
			func([]struct{ Leaves []leaf }) struct{ Leaves []leaf } { return struct{ Leaves []leaf }{} },
			func(d *struct{ Leaves []leaf }) { leaves(s, &d.Leaves, false) })
	}
}

func leaves(s *Sheet, p *[]leaf, ask bool) {
	Rows(s, "leaves", p, L{Title: "叶", What: "叶", Ask: ask}, func(n int, l leaf) string { return l.Text },
		func([]leaf) leaf { return leaf{N: 7} }, func(l *leaf) { describeLeaf(s, l) })
}

func describeLeaf(s *Sheet, l *leaf) {
	s.Text("text", &l.Text, F{Label: "文字"})
	s.Int("n", &l.N, 99, F{Label: "数"})
	s.Bool("yes", &l.Yes, F{Label: "是"})
}

// sent is what a browser sends of a drawn sheet.
func sent(t interface{ Fatal(...any) }, s *Sheet) map[string][]string {
	var b bytes.Buffer
	if err := s.Body().Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	doc.Find("input,textarea,select").Each(func(_ int, e *goquery.Selection) {
		name := e.AttrOr("name", "")
		_, checked := e.Attr("checked")
		switch {
		case e.AttrOr("type", "") == "checkbox" && !checked:
		case e.Is("textarea"):
			out[name] = append(out[name], e.Text())
		case e.Is("select"):
			out[name] = append(out[name], e.Find("option[selected]").AttrOr("value", ""))
		default:
			out[name] = append(out[name], e.AttrOr("value", ""))
		}
	})
	return out
}

func typed(form map[string][]string) func(string) []string {
	return func(name string) []string { return form[name] }
}

func example() *tree {
	return &tree{Name: "名", Kind: "b", Some: []string{"c", "a"}, Lines: []string{"一", "二"}, Maybe: &leaf{Text: "有", N: 3},
		Leaves: []leaf{{Text: "一", Yes: true}, {Text: "二", N: 9}, {Text: "三"}}, Deep: []struct{ Leaves []leaf }{{[]leaf{{Text: "深"}}}, {nil}}}
}

// What is drawn and sent back unchanged changes nothing, whatever is held.
func TestNothingIsLost(t *testing.T) {
	word := rapid.StringMatching(`[甲乙丙a-z<>"&]{0,8}`)
	rapid.Check(t, func(t *rapid.T) {
		leafOf := rapid.Custom(func(t *rapid.T) leaf {
			return leaf{word.Draw(t, "text"), rapid.IntRange(0, 99).Draw(t, "n"), rapid.Bool().Draw(t, "yes")}
		})
		x := &tree{Name: word.Draw(t, "name"), Kind: rapid.SampledFrom([]string{"", "a", "c"}).Draw(t, "kind"),
			Some: rapid.SliceOfDistinct(rapid.SampledFrom([]string{"a", "b", "c", "gone"}), rapid.ID).Draw(t, "some"), Leaves: rapid.SliceOfN(leafOf, 0, 4).Draw(t, "leaves")}
		if rapid.Bool().Draw(t, "maybe") {
			l := leafOf.Draw(t, "held")
			x.Maybe = &l
		}
		form := sent(t, Drawn(ui.Problems{}, "", describe(x)))
		back := &tree{}
		back.Some, back.Leaves = append([]string{}, x.Some...), append([]leaf{}, x.Leaves...)
		s := Read(typed(form), "save", describe(back))
		if err := s.Err(); err != nil || fmt.Sprintf("%+v", *back) != fmt.Sprintf("%+v", *x) && (x.Maybe == nil || !reflect.DeepEqual(*x.Maybe, *back.Maybe)) {
			t.Fatalf("%+v became %+v (%v)", x, back, err)
		}
	})
}

func TestRowsTurn(t *testing.T) {
	texts := func(all []leaf) (out string) {
		for _, l := range all {
			out += l.Text + strconv.Itoa(l.N)
		}
		return out
	}
	for do, want := range map[string]string{"save": "一0二9三0", "add:leaves": "一0二9三007", "up:leaves.1": "二9一0三0", "up:leaves.0": "一0二9三0", "down:leaves.0": "二9一0三0",
		"down:leaves.2": "一0二9三0", "drop:leaves.1": "一0二9三0", "drop:leaves.9": "一0二9三0", "add:deep.0.leaves": "一0二9三0", "up:leaves.x": "一0二9三0"} {
		x := example()
		form := sent(t, Drawn(ui.Problems{}, "", describe(x)))
		s := Read(typed(form), do, describe(x))
		if got := texts(x.Leaves); got != strings.Replace(want, "007", "07", 1) {
			t.Errorf("%s: %s, want %s", do, got, want)
		}
		if do == "add:deep.0.leaves" && (len(x.Deep[0].Leaves) != 2 || s.Open() != "deep.0.leaves.1") {
			t.Errorf("%+v %s", x.Deep, s.Open())
		}
		if asked := s.Asked(); (do == "drop:leaves.1") != (asked == "leaves.1") {
			t.Errorf("%s asks %q", do, asked)
		}
	}
	x := example()
	if name := Drawn(ui.Problems{}, "", describe(x)).TitleOf("leaves.1"); name != "二" {
		t.Error(name)
	}
	Do("drop:leaves.1", describe(x))
	Do("drop:deep.0.leaves.0", describe(x))
	if texts(x.Leaves) != "一0三0" || len(x.Deep[0].Leaves) != 0 {
		t.Errorf("%+v", x)
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	x := example()
	form := sent(t, Drawn(ui.Problems{}, "", describe(x)))
	form["name"] = []string{strings.Repeat("长", 11)}
	form["kind"] = []string{"z"}
	form["some"] = []string{"z"}
	form["leaves.0.n"] = []string{"很多"}
	form["leaves.1.n"] = []string{"100"}
	s := Read(typed(form), "add:leaves", describe(x))
	var b bytes.Buffer
	if err := s.Body().Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	doc, _ := goquery.NewDocumentFromReader(&b)
	if s.Err() == nil || doc.Find(".ow-wrong").Length() != 5 || doc.Find(`input[name="leaves.0.n"]`).AttrOr("value", "") != "很多" {
		t.Errorf("%v, %d", s.Err(), doc.Find(".ow-wrong").Length())
	}
	form = map[string][]string{"leaves.n": {"1000000"}}
	x = &tree{}
	if s := Read(typed(form), "add:leaves", describe(x)); s.Err() == nil || len(x.Leaves) != MostRows {
		t.Errorf("%d rows", len(x.Leaves))
	}
}
