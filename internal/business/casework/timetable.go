package casework

import (
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/flow"
)

// ClockStep is the limit of one step of the process.
const ClockStep = "step"

// Timed (期限) is one limit of a case with its derivation, whoever has to keep it.
type Timed struct {
	Clock   string // ClockStatutory …
	Step    string // of ClockStep
	Limit   deadline.Limit
	Due     deadline.Due
	Running bool // still to be kept
	// Applicants says that the applicant has to keep it.
	Applicants bool
}

// Timetable are the limits of the case as they came one after the other: for the
// answer, the supplement, the promise, the law, the open steps, the delivery.
func (d *Dossier) Timetable(cal *calendar.Table) []Timed {
	var out []Timed
	add := func(t Timed, start calendar.Day) {
		c := deadline.Clock{Start: start, Limit: t.Limit}
		if t.Clock == ClockStep { // it stands still when the case's clock does
			c.Stops = d.Course.stops()
		}
		t.Due = deadline.Compute(cal, c)
		out = append(out, t)
	}
	if d.AcceptedAt.IsZero() && d.Status == StatusReceived {
		add(Timed{Clock: ClockAccept, Running: true, Limit: deadline.Limit{N: acceptDays, Unit: deadline.Working, Start: deadline.Received,
			Law: lawSupplement}}, calendar.DayOf(d.CompleteAt))
	}
	if n := d.Notice; n != nil && n.Days > 0 {
		add(Timed{Clock: ClockSupplement, Running: d.Status == StatusSupplement, Applicants: true, Limit: deadline.Limit{N: n.Days,
			Unit: deadline.Working, Start: deadline.Notified}}, calendar.DayOf(n.NotifiedAt))
		out[len(out)-1].Due.Day = n.Until // a day given in writing does not come sooner
	}
	for _, x := range []struct {
		clock string
		r     *Running
	}{{ClockPromised, d.Clocks.Promised}, {ClockStatutory, d.Clocks.Statutory}} {
		if x.r != nil {
			out = append(out, Timed{Clock: x.clock, Limit: x.r.Limit.Limit, Due: x.r.Due, Running: d.DecidedAt.IsZero() && !d.Status.Ended()})
		}
	}
	for _, t := range d.working() {
		step, ok := d.Impl.Flow.Step(t.Step)
		if ok && step.Days > 0 && step.Act != flow.Accept {
			add(Timed{Clock: ClockStep, Step: step.Name, Running: true, Limit: deadline.Limit{N: step.Days, Unit: deadline.Working}}, calendar.DayOf(t.Since))
		}
	}
	if !d.DecidedAt.IsZero() {
		add(Timed{Clock: ClockDeliver, Running: !d.Status.Ended(), Limit: deadline.Limit{N: deliveryDays, Unit: deadline.Working,
			Start: deadline.Decided, Law: lawDelivery}}, calendar.DayOf(d.DecidedAt))
	}
	return out
}
