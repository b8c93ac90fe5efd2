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

// month is one month of a calendar, whose weeks begin on Monday.
type month struct {
	year, month int
	first, last int // the weekday of the 1st, Monday is 0; the number of days
	known       []CalendarDay
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

func monthOf(y, m int, known []CalendarDay) month {
	first := (int(time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC).Weekday()) + 6) % 7
	return month{y, m, first, time.Date(y, time.Month(m+1), 0, 0, 0, 0, 0, time.UTC).Day(), known}
}

// cells is the number of cells of its whole weeks.
func (m month) cells() int { return (m.first + m.last + 6) / 7 * 7 }

// cell is the day in a cell, outside what is known, or the zero day for an
// empty cell before the 1st or after the last.
func (m month) cell(i int) CalendarDay {
	day := i - m.first + 1
	if day < 1 || day > m.last {
		return CalendarDay{}
	}
	if len(m.known) > 0 { // in order and without gaps
		if i := day - m.known[0].Day; i >= 0 && i < len(m.known) && m.known[i].Day == day {
			return m.known[i]
		}
	}
	return CalendarDay{Year: m.year, Month: m.month, Day: day}
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

// marks are the words under the number of the day, two at most.
func (d CalendarDay) marks() (words [2]string) {
	switch d.Kind {
	case DayFirst:
		words[0] = "起算日"
	case DayCounted:
		words[0] = "第" + strconv.Itoa(d.N) + "日"
	case DayWeekend:
		words[0] = "周末"
	case DayHoliday:
		words[0] = d.or("放假")
	case DayStopped:
		words[0] = "暂停"
	case DayRolled:
		words[0] = "顺延"
	}
	switch {
	case d.Due:
		words[1] = "到期"
	case d.MakeUp && d.Kind == DayCounted:
		words[1] = "调休班"
	case d.Assumed:
		words[1] = "暂计"
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
