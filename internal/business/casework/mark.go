package casework

import (
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/deadline"
)

// Mark (监察标记) is what was noticed of a case's clock, each once. Marks add up.
type Mark int

// The marks of a clock, in the order in which they come.
const (
	MarkWarned       Mark = 1 << iota // the promised limit is nearly used up
	MarkPromiseLate                   // the promised day passed without a decision
	MarkOverdue                       // the statutory day passed without a decision
	MarkDeliveryLate                  // ten working days passed since the decision without delivery
)

// Has says whether the mark is among them.
func (m Mark) Has(x Mark) bool { return m&x != 0 }

// defaultWarnAt is the share of the promised limit, in percent, after which a
// case is warned of.
const defaultWarnAt = 90

func warnAt(percent int) int {
	if percent < 1 || percent > 99 {
		return defaultWarnAt
	}
	return percent
}

// DeliveryDue is the last day for issuing and delivering (行政许可法第四十四条); zero
// while nothing is decided.
func (c *Case) DeliveryDue(cal *calendar.Table) calendar.Day {
	if c.DecidedAt.IsZero() {
		return 0
	}
	return cal.AddWorking(calendar.DayOf(c.DecidedAt), deliveryDays)
}

// WarnOn is the day on which the given share of the promised limit is used up:
// as many days before its end as the rest of it has, in its own unit.
func (c *Case) WarnOn(impl *catalog.Implementation, cal *calendar.Table, percent int) calendar.Day {
	l := promised(impl, c.Variant)
	if l == nil || c.PromisedDue == 0 {
		return 0
	}
	n := int(c.PromisedDue - calendar.DayOf(c.startOf(l.Start)))
	if l.Unit == deadline.Working {
		return cal.AddWorking(c.PromisedDue, -(l.N * (100 - percent) / 100))
	}
	return c.PromisedDue.AddDays(-(n * (100 - percent) / 100))
}

// alarms are the days on which something is to be noticed, each with its mark.
// A limit is missed when its last day is over, so on the day after it.
func (c *Case) alarms(impl *catalog.Implementation, cal *calendar.Table, percent int) map[Mark]calendar.Day {
	out := map[Mark]calendar.Day{}
	add := func(m Mark, on calendar.Day) {
		if on != 0 && !c.Marks.Has(m) {
			out[m] = on
		}
	}
	after := func(due calendar.Day) calendar.Day {
		if due == 0 {
			return 0
		}
		return due + 1
	}
	switch c.Status {
	case StatusHandling:
		if !c.Marks.Has(MarkPromiseLate) {
			add(MarkWarned, c.WarnOn(impl, cal, percent))
		}
		if promised(impl, c.Variant) != impl.Statutory { // the body promised something of its own
			add(MarkPromiseLate, after(c.PromisedDue))
		}
		add(MarkOverdue, after(c.StatutoryDue))
	case StatusGranted, StatusRefused:
		add(MarkDeliveryLate, after(c.DeliveryDue(cal)))
	}
	return out
}

// setAlarm sets the first day on which the clock is to be looked at again.
func (c *Case) setAlarm(impl *catalog.Implementation, cal *calendar.Table, percent int) {
	c.AlarmOn = 0
	for _, on := range c.alarms(impl, cal, percent) {
		if c.AlarmOn == 0 || on < c.AlarmOn {
			c.AlarmOn = on
		}
	}
}
