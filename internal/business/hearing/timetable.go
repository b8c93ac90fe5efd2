package hearing

import (
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
)

// Period is which of the days of a hearing a limit is about.
type Period string

// The periods.
const (
	PeriodAsk    Period = "ask"    // 要求听证: five days
	PeriodHold   Period = "hold"   // 组织听证: twenty days
	PeriodNotice Period = "notice" // 听证通知: seven days before
)

// Timed is one limit of a hearing with its derivation. Person is whose it is, nil
// for the body's own.
type Timed struct {
	Period Period
	Person *Person
	Limit  deadline.Limit
	Due    deadline.Due
	Open   bool // still to be kept
}

// Timetable are the limits of the hearing as they come one after the other. A day
// given in writing stands, whatever is counted: then there are no days on the way.
func (h *Hearing) Timetable(cal *calendar.Table) (out []Timed) {
	for i := range h.People {
		p := &h.People[i]
		if p.Until == 0 || p.ToldOn == 0 {
			continue
		}
		t := Timed{Period: PeriodAsk, Person: p, Limit: deadline.Limit{N: AskDays, Unit: deadline.Working, Start: deadline.Notified, Law: lawHearOwner},
			Open: !h.Status.Over() && (h.Status == Offered || h.Status == Asked) && p.AskedOn == 0 && p.Waived == 0}
		t.Due = deadline.Compute(cal, deadline.Clock{Start: p.ToldOn, Limit: t.Limit})
		if t.Due.Day != p.Until { // the letter was given time to arrive
			t.Due.Day, t.Due.Days = p.Until, nil
		}
		out = append(out, t)
	}
	if h.Kind != OnRequest || h.AskedOn == 0 || h.HoldBy == 0 {
		return out
	}
	hold := Timed{Period: PeriodHold, Limit: deadline.Limit{N: HoldDays, Unit: deadline.Working, Law: lawRequest}, Open: h.Status == Asked || h.Status == Noticed}
	hold.Due = deadline.Compute(cal, deadline.Clock{Start: h.AskedOn, Limit: hold.Limit})
	if hold.Due.Day != h.HoldBy {
		hold.Due.Day, hold.Due.Days = h.HoldBy, nil
	}
	notice := Timed{Period: PeriodNotice, Limit: deadline.Limit{N: NoticeDays, Unit: deadline.Working, Law: lawNotice}, Open: h.Status == Asked}
	notice.Due.Day = NoticeBy(h.HoldBy, cal)
	return append(out, notice, hold)
}

// NoticeBy is the last day on which a notice is early enough for a hearing on a day.
func NoticeBy(held calendar.Day, cal *calendar.Table) calendar.Day {
	return cal.AddWorking(held, -(NoticeDays + 1))
}
