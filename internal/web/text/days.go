package text

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
	"onewindow/internal/kit/clock"
	"onewindow/internal/web/ui"
)

// At writes an instant in Beijing time: 2026年11月23日 14:05. The zero time is "".
func At(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(clock.Beijing)
	return t.Format("2006年1月2日 15:04")
}

// Day writes a civil day: 2026年11月23日. The zero day, which stands for none, is "".
func Day(d calendar.Day) string {
	if d == 0 {
		return ""
	}
	return d.Chinese()
}

// Since writes how long ago an instant was, for lists: 刚刚, 5分钟前, 3小时前,
// 昨天 14:05, 11月3日 14:05, and the whole date for another year.
func Since(t, now time.Time) string {
	t, now = t.In(clock.Beijing), now.In(clock.Beijing)
	age := now.Sub(t)
	days := int(calendar.DayOf(now) - calendar.DayOf(t))
	switch {
	case age < 0 || t.Year() != now.Year() && days > 1:
		return At(t)
	case age < time.Minute:
		return "刚刚"
	case age < time.Hour:
		return strconv.Itoa(int(age/time.Minute)) + "分钟前"
	case days == 0:
		return strconv.Itoa(int(age/time.Hour)) + "小时前"
	case days == 1:
		return "昨天 " + t.Format("15:04")
	}
	return fmt.Sprintf("%d月%d日 %s", t.Month(), t.Day(), t.Format("15:04"))
}

// Count writes a number of units: 3个工作日.
func Count(n int, u deadline.Unit) string { return strconv.Itoa(n) + Label(Unit, string(u)) }

// Left writes how much is left of a limit: 还剩3个工作日, 今天到期, 已超期2个工作日.
func Left(n int, u deadline.Unit) string {
	switch {
	case n > 0:
		return "还剩" + Count(n, u)
	case n == 0:
		return "今天到期"
	}
	return "已超期" + Count(-n, u)
}

// Countdown is Left as a chip: red when over, amber from warn days on, green
// before. A clock that stands still is ui.Countdown("已停止计时", ui.Stopped).
func Countdown(n int, u deadline.Unit, warn int) templ.Component {
	tone := ui.OK
	switch {
	case n < 0:
		tone = ui.Bad
	case n <= warn:
		tone = ui.Warn
	}
	return ui.Countdown(Left(n, u), tone)
}

// Yuan writes an amount of 分 (hundredths) with thousands: 1,280.00元.
func Yuan(cents int64) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	whole := strconv.FormatInt(cents/100, 10)
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return fmt.Sprintf("%s%s.%02d元", sign, b.String(), cents%100)
}

// dayKinds are the looks of the reasons of a derivation.
var dayKinds = map[string]ui.DayKind{
	deadline.WhyFirst: ui.DayFirst, deadline.WhyWorking: ui.DayCounted, deadline.WhyMakeUp: ui.DayCounted,
	deadline.WhyAssumed: ui.DayCounted, deadline.WhyNatural: ui.DayCounted, deadline.WhyWeekend: ui.DayWeekend,
	deadline.WhyHoliday: ui.DayHoliday, deadline.WhyStopped: ui.DayStopped, deadline.WhyRolled: ui.DayRolled,
}

// Derivation is a limit and how its due day came about, for ui.Derivation.
func Derivation(title string, l deadline.Limit, due deadline.Due) ui.Calendar {
	c := ui.Calendar{Title: title, Law: l.Law, Summary: summary(l, due), Days: make([]ui.CalendarDay, 0, len(due.Days))}
	for _, d := range due.Days {
		y, m, day := d.Day.Date()
		c.Days = append(c.Days, ui.CalendarDay{
			Year: y, Month: int(m), Day: day, N: d.N, Name: d.Name, Kind: dayKinds[d.Why],
			MakeUp: d.Why == deadline.WhyMakeUp, Assumed: d.Why == deadline.WhyAssumed, Due: d.Day == due.Day,
		})
	}
	return c
}

// Renewal is the last day for asking for a renewal and how it came about, counted
// back from the end of the licence; rule says it in words.
func Renewal(rule string, l deadline.Limit, first, end calendar.Day, due deadline.Due) ui.Calendar {
	c := Derivation("申请延续的最后一天", l, due)
	c.Summary = "有效期到" + Day(end) + "，应当在" + rule + "提出申请，最后一天是" + Day(due.Day)
	if first != 0 {
		c.Summary += "，最早可以在" + Day(first) + "提出"
	}
	c.Summary += "；这一天是休息日的，顺延到下一个工作日（民法典第二百零三条第一款）。"
	if due.Provisional {
		c.Summary += "其中有的年份放假安排尚未公布，日期为暂定。"
	}
	return c
}

// summary says a derivation in a sentence or two.
func summary(l deadline.Limit, due deadline.Due) string {
	if len(due.Days) == 0 {
		return ""
	}
	counted, stopped, rolled := 0, 0, 0
	for _, d := range due.Days {
		switch {
		case d.Counts:
			counted++
		case d.Why == deadline.WhyStopped:
			stopped++
		case d.Why == deadline.WhyRolled:
			rolled++
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "自%s起（当日不计）%s", due.Days[0].Day.Chinese(), l.Chinese())
	if counted > l.N && (l.Unit == deadline.Working || l.Unit == deadline.Natural) {
		fmt.Fprintf(&b, "，连同经批准延长的期限共%s", deadline.Limit{N: counted, Unit: l.Unit}.Chinese())
	}
	if stopped > 0 {
		fmt.Fprintf(&b, "，其间停止计时%d天", stopped)
	}
	if rolled > 0 {
		b.WriteString("，末日遇休息日顺延")
	}
	fmt.Fprintf(&b, "，%s到期。", due.Day.Chinese())
	if due.Provisional {
		b.WriteString("其中有的年份放假安排尚未公布，到期日为暂定。")
	}
	return b.String()
}
