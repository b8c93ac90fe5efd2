package deadline

import (
	"slices"
	"sync"

	"onewindow/internal/business/calendar"
)

// The reasons why a day of a derivation counts or does not.
const (
	WhyFirst   = "first_day" // 首日不计: 民法典第二百零一条第一款
	WhyWorking = "working"   // counts: a working day
	WhyMakeUp  = "make_up"   // counts: a weekend day that is worked (调休上班)
	WhyAssumed = "assumed"   // counts for now: Monday to Friday of a year not loaded
	WhyNatural = "natural"   // counts: a natural day, of a limit in days, months or years
	WhyWeekend = "weekend"   // does not count: 行政许可法第八十二条
	WhyHoliday = "holiday"   // does not count: 行政许可法第八十二条
	WhyStopped = "stopped"   // does not count: 行政许可法第四十五条 or the law of the stop
	WhyRolled  = "rolled"    // the end moves on from a rest day: 民法典第二百零三条第一款
)

// Counted is one day of a derivation. N is the number that the day got, 0 when
// it does not count. Name is the holiday, or the kind of the stop.
type Counted struct {
	Day    calendar.Day `json:"day"`
	N      int          `json:"n"`
	Counts bool         `json:"counts"`
	Why    string       `json:"why"`
	Name   string       `json:"name,omitempty"`
}

// Due is a due day and how it came about: every day from the first, which is
// not counted, to the due day. It is provisional when counting or rolling
// touched a year whose holidays are not loaded.
type Due struct {
	Day         calendar.Day `json:"day"`
	Provisional bool         `json:"provisional"`
	Days        []Counted    `json:"days"`
}

// Compute walks from the first day to the due day and names every day. The days
// are shared between callers and must not be changed.
func Compute(t *calendar.Table, c Clock) Due {
	if len(c.Stops) > 0 || len(c.Extensions) > 0 {
		return walk(t, c)
	}
	return plain.of(t, c)
}

// plain remembers the derivations of clocks that never stood still and were not
// extended: all cases of a matter that were accepted on the same day have the
// same one. Tables never change, so neither does what follows from one.
var plain derivations

type derivations struct {
	mu    sync.Mutex
	known map[derivation]Due
}

// derivation is all that a plain clock follows from.
type derivation struct {
	table *calendar.Table
	start calendar.Day
	limit Limit
}

// mostDerivations bounds what is remembered, to about a megabyte.
const mostDerivations = 500

func (d *derivations) of(t *calendar.Table, c Clock) Due {
	key := derivation{t, c.Start, c.Limit}
	d.mu.Lock()
	due, ok := d.known[key]
	d.mu.Unlock()
	if ok {
		return due
	}
	due = walk(t, c)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known == nil || len(d.known) >= mostDerivations {
		d.known = map[derivation]Due{}
	}
	d.known[key] = due
	return due
}

func walk(t *calendar.Table, c Clock) Due {
	w := walker{table: t, stops: c.Stops, day: c.Start}
	w.note(false, WhyFirst, t.Name(c.Start))
	for _, p := range c.phases() {
		w.count(p)
	}
	w.roll()
	return Due{Day: w.day, Provisional: w.unknown, Days: slices.Clip(w.days)}
}

// walker stands on the last day noted.
type walker struct {
	table   *calendar.Table
	stops   []Stop
	day     calendar.Day
	n       int
	unknown bool
	days    []Counted
}

func (w *walker) note(counts bool, why, name string) {
	c := Counted{Day: w.day, Counts: counts, Why: why, Name: name}
	if counts {
		w.n++
		c.N = w.n
	}
	w.days = append(w.days, c)
}

// count walks until the phase is used up.
func (w *walker) count(p phase) {
	for end := w.n + p.days(w.day); w.n < end; {
		w.day++
		if p.unit == Working {
			w.consult()
		}
		w.step(p.unit)
	}
}

// step notes the day that the walker stands on. A stop is named before a
// weekend or a holiday inside it.
func (w *walker) step(u Unit) {
	if s, ok := w.stopped(); ok {
		w.note(false, WhyStopped, s.Kind)
		return
	}
	name := w.table.Name(w.day)
	if u != Working {
		w.note(true, WhyNatural, name)
		return
	}
	k := w.table.Kind(w.day)
	w.note(k.Works(), whys[k], name)
}

var whys = map[calendar.Kind]string{
	calendar.Working: WhyWorking,
	calendar.MakeUp:  WhyMakeUp,
	calendar.Assumed: WhyAssumed,
	calendar.Weekend: WhyWeekend,
	calendar.Holiday: WhyHoliday,
}

// roll moves the end to a working day on which the clock does not stand.
func (w *walker) roll() {
	w.consult()
	for !w.table.Working(w.day) || w.stands() {
		w.day++
		w.consult()
		if s, ok := w.stopped(); ok {
			w.note(false, WhyStopped, s.Kind)
		} else {
			w.note(false, WhyRolled, w.table.Name(w.day))
		}
	}
}

// consult remembers that the calendar was asked about a day it does not know.
func (w *walker) consult() {
	w.unknown = w.unknown || !w.table.Loaded(w.day.Year())
}

func (w *walker) stands() bool { _, ok := w.stopped(); return ok }

// stopped is the first stop that the day lies in.
func (w *walker) stopped() (Stop, bool) {
	for _, s := range w.stops {
		if i := s.stopped(); i.from <= w.day && w.day <= i.to {
			return s, true
		}
	}
	return Stop{}, false
}

// Span is a run of days with the same reason. First and Last are the numbers
// that its ends got, 0 when the days do not count.
type Span struct {
	From   calendar.Day `json:"from"`
	To     calendar.Day `json:"to"`
	First  int          `json:"first"`
	Last   int          `json:"last"`
	Counts bool         `json:"counts"`
	Why    string       `json:"why"`
	Name   string       `json:"name,omitempty"`
}

// Len is the number of days in the span.
func (s Span) Len() int { return int(s.To-s.From) + 1 }

// Group joins neighbouring days that have the same reason and name.
func Group(days []Counted) []Span {
	var out []Span
	for _, d := range days {
		if last := len(out) - 1; last >= 0 && out[last].takes(d) {
			out[last].To, out[last].Last = d.Day, d.N
			continue
		}
		out = append(out, Span{d.Day, d.Day, d.N, d.N, d.Counts, d.Why, d.Name})
	}
	return out
}

func (s Span) takes(d Counted) bool {
	return d.Day == s.To+1 && d.Counts == s.Counts && d.Why == s.Why && d.Name == s.Name
}
