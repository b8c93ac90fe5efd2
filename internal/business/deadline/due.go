package deadline

import (
	"cmp"
	"slices"

	"onewindow/internal/business/calendar"
)

// DueDay is the day that Compute finds, without the derivation and fast. It is
// provisional when counting or rolling touched a year whose holidays are not
// loaded.
func DueDay(t *calendar.Table, c Clock) (due calendar.Day, provisional bool) {
	stops, at, known := ordered(c.Stops), c.Start, true
	for _, p := range c.phases() {
		from := at
		at = stops.reach(t, at, p)
		known = known && (p.unit != Working || t.Known(from+1, at))
	}
	due = stops.roll(t, at)
	return due, !(known && t.Known(at, due))
}

// DaysLeft is how many days lie between today and the due day: working days for
// a limit in working days, otherwise natural days. On the due day it is 0; once
// overdue it is at most -1, also on the rest days right after the due day.
func DaysLeft(t *calendar.Table, today, due calendar.Day, u Unit) int {
	n := int(due - today)
	if u == Working {
		n = t.WorkingBetween(today, due)
	}
	if today > due {
		return min(n, -1)
	}
	return n
}

// intervals are stopped days in order of their beginning, both ends included.
type intervals []interval

type interval struct{ from, to calendar.Day }

// stopped is the days of a stop that do not count.
func (s Stop) stopped() interval {
	i := interval{s.From, s.To}
	if StopFromCounts {
		i.from++
	}
	if StopToCounts {
		i.to--
	}
	return i
}

// ordered sorts the stopped days by their beginning. Walking them in that order
// and never back leaves a day that lies in several of them out once.
func ordered(stops []Stop) intervals {
	if len(stops) == 0 {
		return nil
	}
	all := make(intervals, 0, len(stops))
	for _, s := range stops {
		if i := s.stopped(); i.from <= i.to {
			all = append(all, i)
		}
	}
	slices.SortFunc(all, func(a, b interval) int { return cmp.Compare(a.from, b.from) })
	return all
}

// reach is the last day of the phase that begins after at.
func (s intervals) reach(t *calendar.Table, at calendar.Day, p phase) calendar.Day {
	left := p.days(at)
	for _, i := range s {
		if i.to <= at {
			continue
		}
		before := 0
		if i.from > at {
			before = p.between(t, at, i.from-1)
		}
		if before >= left {
			break
		}
		left -= before
		at = i.to
	}
	return p.advance(t, at, left)
}

// between counts the days of the phase's unit after from, up to and including to.
func (p phase) between(t *calendar.Table, from, to calendar.Day) int {
	if p.unit == Working {
		return t.WorkingBetween(from, to)
	}
	return int(to - from)
}

func (p phase) advance(t *calendar.Table, at calendar.Day, n int) calendar.Day {
	if p.unit == Working {
		return t.AddWorking(at, n)
	}
	return at.AddDays(n)
}

// roll is the first working day from at that is not stopped: a limit ends
// neither on a rest day (民法典第二百零三条第一款) nor while its clock stands.
func (s intervals) roll(t *calendar.Table, at calendar.Day) calendar.Day {
	at = t.NextWorking(at)
	for _, i := range s {
		if i.from <= at && at <= i.to {
			at = t.NextWorking(i.to + 1)
		}
	}
	return at
}
