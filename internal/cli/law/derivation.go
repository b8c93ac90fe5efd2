package law

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
)

// writeHead writes what was asked and the due day.
func writeHead(b *strings.Builder, t *calendar.Table, c deadline.Clock, due deadline.Due) {
	headColumns.row(b, "起算日", c.Start.Chinese()+" "+c.Start.WeekdayName())
	headColumns.row(b, "时限", c.Limit.Chinese())
	for _, s := range c.Stops {
		headColumns.row(b, "停止计时", strings.TrimSpace(s.From.Chinese()+"至"+s.To.Chinese()+" "+s.Kind))
	}
	for _, e := range c.Extensions {
		headColumns.row(b, "延长", deadline.Limit{N: e.N, Unit: cmp.Or(e.Unit, c.Limit.Unit)}.Chinese())
	}
	headColumns.row(b, "届满日", due.Day.Chinese()+" "+due.Day.WeekdayName()+provisional(t, c, due))
	years := t.Years()
	headColumns.row(b, "节假日表", fmt.Sprintf("第%d版，已录入%d年至%d年", t.Version(), years[0], years[len(years)-1]))
	b.WriteString("\n")
}

// provisional names the years whose holidays are missing.
func provisional(t *calendar.Table, c deadline.Clock, due deadline.Due) string {
	if !due.Provisional {
		return ""
	}
	var years []string
	for y := c.Start.Year(); y <= due.Day.Year(); y++ {
		if !t.Loaded(y) {
			years = append(years, strconv.Itoa(y)+"年")
		}
	}
	return "（暂定：" + strings.Join(years, "、") + "的节假日安排尚未录入）"
}

func writeDays(b *strings.Builder, due deadline.Due) {
	dayColumns.row(b, "日期", "星期", "计数", "说明")
	for _, d := range due.Days {
		dayColumns.row(b, d.Day.String(), d.Day.WeekdayName(), number(d.N, d.N), reason(d.Why, d.Name))
	}
}

func writeSpans(b *strings.Builder, due deadline.Due) {
	spanColumns.row(b, "日期", "天数", "计数", "说明")
	for _, s := range deadline.Group(due.Days) {
		days := s.From.String()
		if s.To > s.From {
			days += " 至 " + s.To.String()
		}
		spanColumns.row(b, days, strconv.Itoa(s.Len()), number(s.First, s.Last), reason(s.Why, s.Name))
	}
}

// number is what the days got: 3, 3—7, or a dash when they do not count.
func number(first, last int) string {
	switch {
	case first == 0:
		return "—"
	case first == last:
		return strconv.Itoa(first)
	}
	return fmt.Sprintf("%d—%d", first, last)
}

var reasons = map[string]string{
	deadline.WhyFirst:   "首日不计（民法典第二百零一条第一款）",
	deadline.WhyWorking: "工作日",
	deadline.WhyMakeUp:  "调休上班，计入",
	deadline.WhyAssumed: "工作日（节假日安排尚未录入，暂按工作日计）",
	deadline.WhyNatural: "计入",
	deadline.WhyWeekend: "周末，不计入（行政许可法第八十二条）",
	deadline.WhyHoliday: "法定节假日或者调休放假，不计入（行政许可法第八十二条）",
	deadline.WhyStopped: "停止计时，不计入",
	deadline.WhyRolled:  "末日为休假日，顺延（民法典第二百零三条第一款）",
}

func reason(why, name string) string {
	if name == "" {
		return reasons[why]
	}
	return name + "：" + reasons[why]
}

// columns are the widths of all but the last column, in half-width characters.
type columns []int

var (
	headColumns = columns{12}
	dayColumns  = columns{12, 8, 7}
	spanColumns = columns{28, 6, 9}
)

// row writes one line; the last cell takes the rest of it.
func (c columns) row(b *strings.Builder, cells ...string) {
	for i, cell := range cells {
		b.WriteString(cell)
		if i < len(cells)-1 {
			b.WriteString(strings.Repeat(" ", max(1, c[i]-width(cell))))
		}
	}
	b.WriteString("\n")
}

// width is how many columns of a terminal the text takes: two for each Chinese
// character or full-width mark, one for everything else.
func width(s string) (n int) {
	for _, r := range s {
		if n++; r >= 0x2E80 {
			n++
		}
	}
	return n
}
