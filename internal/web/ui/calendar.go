package ui

import (
	"strconv"
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
func (c Calendar) months() []month {
	if len(c.Days) == 0 {
		return nil
	}
	known := make(map[[3]int]CalendarDay, len(c.Days))
	for _, d := range c.Days {
		known[[3]int{d.Year, d.Month, d.Day}] = d
	}
	first, last := c.Days[0], c.Days[len(c.Days)-1]
	var out []month
	for y, m := first.Year, first.Month; y < last.Year || y == last.Year && m <= last.Month; y, m = following(y, m) {
		out = append(out, monthOf(y, m, known))
	}
	return out
}

func following(y, m int) (int, int) {
	if m == 12 {
		return y + 1, 1
	}
	return y, m + 1
}

func monthOf(y, m int, known map[[3]int]CalendarDay) month {
	out := month{title: strconv.Itoa(y) + "年" + strconv.Itoa(m) + "月"}
	first := time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC)
	column := (int(first.Weekday()) + 6) % 7
	var week [7]CalendarDay
	for d := first; d.Month() == first.Month(); d = d.AddDate(0, 0, 1) {
		day, ok := known[[3]int{y, m, d.Day()}]
		if !ok {
			day = CalendarDay{Year: y, Month: m, Day: d.Day()}
		}
		week[column] = day
		if column++; column == 7 {
			out.weeks, week, column = append(out.weeks, week), [7]CalendarDay{}, 0
		}
	}
	if column > 0 {
		out.weeks = append(out.weeks, week)
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

// dayKey explains the looks; only those that occur are shown.
func (c Calendar) dayKey() []Pair {
	all := []Pair{
		{Term: "ow-day-first", Text: "起算日（当日不计）"},
		{Term: "ow-day-counted", Text: "计入"},
		{Term: "ow-day-makeup", Text: "调休上班，计入"},
		{Term: "ow-day-weekend", Text: "周末，不计"},
		{Term: "ow-day-holiday", Text: "节假日，不计"},
		{Term: "ow-day-stopped", Text: "暂停，不计"},
		{Term: "ow-day-rolled", Text: "末日遇休息日，顺延"},
		{Term: "ow-day-due", Text: "到期日"},
	}
	var out []Pair
	for _, k := range all {
		if c.has(k.Term) {
			out = append(out, k)
		}
	}
	return out
}

func (c Calendar) has(class string) bool {
	for _, d := range c.Days {
		if "ow-day-"+string(d.Kind) == class || d.Due && class == "ow-day-due" || d.MakeUp && d.Kind == DayCounted && class == "ow-day-makeup" {
			return true
		}
	}
	return false
}
