package ui

import (
	"strconv"
	"strings"
	"time"
)

// DayKind is what a day does to a deadline.
type DayKind string

// The kinds of days in the derivation of a deadline.
const (
	DayOutside DayKind = ""        // before or after the period
	DayFirst   DayKind = "first"   // the day it starts from, not counted
	DayCounted DayKind = "counted" // counted
	DayWeekend DayKind = "weekend"
	DayHoliday DayKind = "holiday"
	DayStopped DayKind = "stopped" // the clock stands still: hearing, inspection, appraisal
	DayRolled  DayKind = "rolled"  // the last day is a rest day, so the end moves on (顺延)
)

// CalendarDay is one civil day of the derivation.
type CalendarDay struct {
	Year, Month, Day int
	Kind             DayKind
	N                int    // which counted day it is, from 1
	Name             string // of the holiday or of the reason for standing still
	MakeUp           bool   // a weekend day that is worked (调休上班)
	Assumed          bool   // counted for now: the holidays of that year are not announced
	Due              bool   // the last day
}

// Calendar is how a deadline was counted, day by day, in order and without
// gaps.
type Calendar struct {
	Title   string
	Summary string // the result in a sentence
	Law     string
	Days    []CalendarDay
}

// month is one month as weeks that begin on Monday; a zero Day is an empty cell.
type month struct {
	title string
	weeks [][7]CalendarDay
}

// months lays the days into whole months, filling the rest with days outside.
func (c Calendar) months() (out []month) {
	if len(c.Days) == 0 {
		return nil
	}
	days, last := c.Days, c.Days[len(c.Days)-1]
	for y, m := days[0].Year, days[0].Month; y < last.Year || y == last.Year && m <= last.Month; y, m = following(y, m) {
		n := 0
		for n < len(days) && days[n].Month == m && days[n].Year == y {
			n++
		}
		out = append(out, monthOf(y, m, days[:n]))
		days = days[n:]
	}
	return out
}

func following(y, m int) (int, int) {
	if m == 12 {
		return y + 1, 1
	}
	return y, m + 1
}

// monthOf is a month with what is known of its days.
func monthOf(y, m int, known []CalendarDay) month {
	out := month{title: strconv.Itoa(y) + "年" + strconv.Itoa(m) + "月"}
	first := (int(time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC).Weekday()) + 6) % 7
	last := time.Date(y, time.Month(m+1), 0, 0, 0, 0, 0, time.UTC).Day()
	out.weeks = make([][7]CalendarDay, (first+last+6)/7)
	at := func(day int) *CalendarDay { return &out.weeks[(first+day-1)/7][(first+day-1)%7] }
	for day := 1; day <= last; day++ {
		*at(day) = CalendarDay{Year: y, Month: m, Day: day}
	}
	for _, d := range known {
		*at(d.Day) = d
	}
	return out
}

func (d CalendarDay) class() string {
	class := ""
	if d.Kind != DayOutside {
		class = "ow-day-" + string(d.Kind)
	}
	if d.MakeUp && d.Kind == DayCounted {
		class += " ow-day-makeup"
	}
	if d.Due {
		class += " ow-day-due"
	}
	return class
}

// marks are the words under the number of the day.
func (d CalendarDay) marks() []string {
	var words []string
	switch d.Kind {
	case DayFirst:
		words = append(words, "起算日")
	case DayCounted:
		words = append(words, "第"+strconv.Itoa(d.N)+"日")
	case DayWeekend:
		words = append(words, "周末")
	case DayHoliday:
		words = append(words, d.or("放假"))
	case DayStopped:
		words = append(words, "暂停")
	case DayRolled:
		words = append(words, "顺延")
	}
	switch {
	case d.Due:
		words = append(words, "到期")
	case d.MakeUp && d.Kind == DayCounted:
		words = append(words, "调休班")
	case d.Assumed:
		words = append(words, "暂计")
	}
	return words
}

func (d CalendarDay) or(words string) string {
	if d.Name != "" {
		return d.Name
	}
	return words
}

// looks are the classes of days with their words.
var looks = [...]Pair{
	{Term: "ow-day-first", Text: "起算日（当日不计）"},
	{Term: "ow-day-counted", Text: "计入"},
	{Term: "ow-day-makeup", Text: "调休上班，计入"},
	{Term: "ow-day-weekend", Text: "周末，不计"},
	{Term: "ow-day-holiday", Text: "节假日，不计"},
	{Term: "ow-day-stopped", Text: "暂停，不计"},
	{Term: "ow-day-rolled", Text: "末日遇休息日，顺延"},
	{Term: "ow-day-due", Text: "到期日"},
}

// dayKey explains the looks; only those that occur are shown.
func (c Calendar) dayKey() (out []Pair) {
	var seen [len(looks)]bool
	for _, d := range c.Days {
		for i, k := range looks {
			seen[i] = seen[i] || d.looks(k.Term)
		}
	}
	for i, k := range looks {
		if seen[i] {
			out = append(out, k)
		}
	}
	return out
}

func (d CalendarDay) looks(class string) bool {
	return d.Kind != DayOutside && strings.HasPrefix(class, "ow-day-") && class[len("ow-day-"):] == string(d.Kind) ||
		d.Due && class == "ow-day-due" || d.MakeUp && d.Kind == DayCounted && class == "ow-day-makeup"
}
