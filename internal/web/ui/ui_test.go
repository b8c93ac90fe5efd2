package ui

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
	"pgregory.net/rapid"
)

func draw(t *testing.T, c templ.Component) *goquery.Document {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	d, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func words(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// Help and error are tied to the control, and the error link finds it.
func TestFieldIsDescribed(t *testing.T) {
	p := Problems{Message: "有 1 处需要更正", Fields: []Problem{{"company.uscc", "校验码不符"}}}
	f := Field{Name: "company.uscc", Label: "统一社会信用代码", Help: "18 位", Error: p.At("company.uscc"), Required: true, Value: `"><b>`}
	d := draw(t, templ.Join(Summary(p), Text(f)))
	input := d.Find("input")
	for name, want := range map[string]string{"id": "f-company_uscc", "aria-describedby": "f-company_uscc-help f-company_uscc-error",
		"aria-invalid": "true", "aria-required": "true", "value": `"><b>`} {
		if got, _ := input.Attr(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	href, _ := d.Find(".ow-note a").Attr("href")
	if d.Find(href).Length() != 1 || d.Find("#f-company_uscc-error").Length() != 1 || d.Find(`label[for="f-company_uscc"]`).Length() != 1 {
		t.Error("the link does not find the control")
	}
}

func TestChoices(t *testing.T) {
	choices := []Choice{{Value: "a", Text: "甲"}, {Value: "b", Text: "乙"}, {Value: "", Text: "无"}}
	d := draw(t, Checks(Field{Name: "x", Label: "多选", Value: "a\nb"}, choices))
	if d.Find("input[checked]").Length() != 2 || d.Find("legend").Length() != 1 {
		t.Error("two are chosen")
	}
	if d := draw(t, Radios(Field{Name: "x", Label: "单选"}, choices)); d.Find("input[checked]").Length() != 0 {
		t.Error("nothing is chosen without a value")
	}
	d = draw(t, Select(Field{Name: "x", Label: "选", Value: "b", Required: true}, choices))
	if words(d.Find("option[selected]")) != "乙" || words(d.Find("option").First()) != "甲" {
		t.Error("a required answer that is given cannot be taken back")
	}
}

func TestShowIf(t *testing.T) {
	type test struct {
		Field string `json:"field"`
		Op    string `json:"op"`
	}
	d := draw(t, Text(Field{Name: "a", Label: "甲", Hidden: true, ShowIf: []test{{"kind", "present"}}}))
	got, _ := d.Find("div[hidden]").Attr("data-show-if")
	if got != `[{"field":"kind","op":"present"}]` {
		t.Error(got)
	}
	if d := draw(t, FieldGroupIf("人员", []test{{"kind", "present"}})); d.Find("fieldset[data-show-if]").Length() != 1 {
		t.Error("the heading of a group that is not asked stays")
	}
	for _, none := range []any{nil, []test{}, []test(nil)} {
		if d := draw(t, Text(Field{Name: "a", Label: "甲", ShowIf: none})); d.Find("[data-show-if]").Length() != 0 {
			t.Errorf("%#v is no condition", none)
		}
	}
}

func TestPagerAndEmptyParts(t *testing.T) {
	if d := draw(t, Pager(Pages{Shown: "本页 3 条"})); d.Find("nav").Length() != 0 {
		t.Error("one page needs no pager")
	}
	if d := draw(t, Summary(Problems{})); d.Find("[role=alert]").Length() != 0 {
		t.Error("nothing is wrong")
	}
	d := draw(t, KeyValues([]Pair{{Term: "备注"}, {Term: "事项", Text: "x", Href: "/x"}}))
	if words(d.Find("dd").First()) != "—" || d.Find("dd a").Length() != 1 {
		t.Error(words(d.Selection))
	}
}

// On a phone each cell says what it is.
func TestTable(t *testing.T) {
	data := TableData{Caption: "办件", Columns: []Column{{Title: "编号"}, {Title: "费用", Num: true}},
		Rows: []Row{{Tone: Bad, Cells: []Cell{{Text: "1", Href: "/1"}, {Text: "2.00"}}}}}
	d := draw(t, Table(data))
	label, _ := d.Find("td").Attr("data-label")
	if label != "费用" || d.Find("tbody th[scope=row] a").Length() != 1 || d.Find("td.ow-num").Length() != 1 || d.Find("tr.ow-row-bad").Length() != 1 {
		t.Error(d.Html())
	}
	data.Grid = true
	if d := draw(t, Table(data)); d.Find(`.ow-scroll[tabindex="0"][aria-label="办件"]`).Length() != 1 {
		t.Error("a table that scrolls must be reachable by keyboard")
	}
}

func TestUnknownAssetsAndIconsAreFound(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a misspelt file must not go out")
		}
	}()
	Asset("onewindow.scss")
}

func TestPageTitle(t *testing.T) {
	if got := (Page{Title: "办件", Site: Site{Name: "示例市"}}).fullTitle(); got != "办件 - 示例市 - 一窗" {
		t.Error(got)
	}
	if got := (Page{}).fullTitle(); got != "一窗" {
		t.Error(got)
	}
}

// Every month of a derivation is whole: all its days once, under their weekday.
func TestMonthsAreWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y, m := rapid.IntRange(2020, 2040).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month")
		n := rapid.IntRange(1, 5).Draw(t, "months")
		last := CalendarDay{Year: y + (m+n-2)/12, Month: (m+n-2)%12 + 1, Day: 1, Due: true}
		months := Calendar{Days: []CalendarDay{{Year: y, Month: m, Day: 3, Kind: DayFirst}, last}}.months()
		if len(months) != n {
			t.Fatalf("%d months, want %d", len(months), n)
		}
		for _, month := range months {
			next := 1
			for i := range month.cells() {
				d := month.cell(i)
				if d.Day != 0 && d.Day != next {
					t.Fatalf("%d-%d: day %d after %d", month.year, month.month, d.Day, next-1)
				} else if d.Day != 0 {
					next++
				}
			}
			if next < 29 || next > 32 || month.cells()%7 != 0 {
				t.Fatalf("%d-%d ends with day %d", month.year, month.month, next-1)
			}
		}
	})
	// 1 November 2026 is a Sunday.
	if m := (Calendar{Days: []CalendarDay{{Year: 2026, Month: 11, Day: 5, N: 7}}}).months()[0]; m.cell(6).Day != 1 || m.cell(5).Day != 0 || m.cell(10).N != 7 {
		t.Errorf("%+v", m)
	}
}

// A day is never told by colour alone.
func TestEveryDayHasWords(t *testing.T) {
	for _, k := range []DayKind{DayFirst, DayCounted, DayWeekend, DayHoliday, DayStopped, DayRolled} {
		d := CalendarDay{Kind: k, N: 3}
		if d.marks()[0] == "" || d.class() == "" {
			t.Errorf("%s has no words", k)
		}
	}
	d := CalendarDay{Kind: DayRolled, Due: true}
	if got := d.marks(); got != [2]string{"顺延", "到期"} {
		t.Error(got)
	}
}

func TestLineChartScales(t *testing.T) {
	for most, want := range map[float64]float64{0: 1, 1: 1, 7: 8, 52: 60, 100: 100, 101: 150, 9999: 10000} {
		l := Lines{Series: []Series{{Values: []float64{most, math.NaN()}}}}
		if got := l.top(); got != want {
			t.Errorf("%v: %v", most, got)
		}
	}
	l := Lines{Labels: make([]string, 31), Series: []Series{{Values: []float64{0, math.NaN(), 1}}}}
	if got := l.path(l.Series[0]); strings.Count(got, "M") != 2 {
		t.Errorf("a gap lifts the pen: %s", got)
	}
	if n := len(l.axis()); n != 7 {
		t.Errorf("%d labels", n)
	}
}

func TestRingOfNothingAndOfOne(t *testing.T) {
	if got := (Chart{Bars: []Bar{{Value: 0}}}).ring(); got[0] != "" {
		t.Error(got)
	}
	if got := (Chart{Bars: []Bar{{Value: 5}}}).ring(); !strings.HasPrefix(got[0], "M25.00 3.00A") {
		t.Error(got)
	}
	if got := (Chart{Bars: []Bar{{Value: 1}, {Value: 3}}}).percent(Bar{Value: 1}); got != "25.0%" {
		t.Error(got)
	}
}

func TestBytes(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 1023: "1023 B", 1024: "1 KB", 1025: "2 KB", 1 << 20: "1.0 MB", 4_400_000: "4.2 MB"} {
		if got := Bytes(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}
