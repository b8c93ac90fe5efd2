package casework

import (
	"slices"
	"strconv"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/kit/fault"
)

// Citations of the rules of time.
const (
	lawStop   = "行政许可法第四十五条"
	lawExtend = "行政许可法第四十二条第一款"
	lawJoint  = "行政许可法第四十二条第二款"
)

// Fault is what an act that the hold makes wait is refused with.
func (h Hold) Fault() *fault.Fault {
	f := fault.Refused(h.Code, h.Law)
	f.Args = map[string]string{"until": h.Until.Chinese(), "cite": h.Cite}
	if h.Until == 0 {
		f.Args["until"] = ""
	}
	return f
}

// Pause stops the clock of a case under way. Only the procedures of
// 行政许可法第四十五条, or one for which the matter names a law of its own, may; a
// site visit, a consultation, publicity or a payment never do.
func (c *Case) Pause(p Pause, impl *catalog.Implementation, cal *calendar.Table) error {
	if c.Status != StatusHandling {
		return fault.Conflict("case.not_at_step", "status", string(c.Status))
	}
	if !stopsClock(impl, p.Kind) {
		return fault.Refused("pause.kind", lawStop, "kind", p.Kind)
	}
	if p.Days < 1 {
		return fault.Refused("pause.days", lawStop)
	}
	if slices.ContainsFunc(c.Course.Pauses, func(q Pause) bool { return q.ID == p.ID }) {
		return fault.Conflict("pause.again")
	}
	p.To, p.Cap = 0, cal.AddWorking(p.From.AddDays(-1), p.Days)
	if p.Law == "" {
		p.Law = lawStop
	}
	c.Course.Pauses = append(slices.Clone(c.Course.Pauses), p)
	return nil
}

// stopsClock says whether the kind may stop this matter's clock. The kinds of
// article 45 may in any matter; "statute" needs the matter's own law.
func stopsClock(impl *catalog.Implementation, kind string) bool {
	if kind != "statute" {
		return catalog.Stopping(kind)
	}
	return slices.ContainsFunc(impl.Special, func(s catalog.SpecialProcedure) bool {
		return s.Kind == kind && s.StopsClock && s.Law != ""
	})
}

// endPauses: a case that is no longer under way has no clock that stands.
func (c *Case) endPauses(today calendar.Day) {
	for _, p := range c.Course.Pauses {
		if p.To == 0 {
			c.resume(p.ID, today)
		}
	}
}

// Resume ends a pause on a day; the clock runs on from the next one.
func (c *Case) Resume(id string, on calendar.Day) error {
	if c.Status != StatusHandling {
		return fault.Conflict("case.not_at_step", "status", string(c.Status))
	}
	return c.resume(id, on)
}

func (c *Case) resume(id string, on calendar.Day) error {
	i := slices.IndexFunc(c.Course.Pauses, func(p Pause) bool { return p.ID == id && p.To == 0 })
	if i < 0 {
		return fault.Conflict("pause.not_running")
	}
	pauses := slices.Clone(c.Course.Pauses)
	pauses[i].To = max(on, pauses[i].From)
	c.Course.Pauses = pauses
	return nil
}

// The working days by which a limit may be extended once (行政许可法第四十二条).
const (
	extensionDays      = 10
	jointExtensionDays = 15
)

// Extend lengthens the limit once, before it ends: by ten working days, or by
// fifteen where several bodies decide together. Another law's own limit is
// extended in its own unit by what e names, within those bounds.
func (c *Case) Extend(e Extension, joint bool, today calendar.Day) error {
	law, most := lawExtend, extensionDays
	if joint {
		law, most = lawJoint, jointExtensionDays
	}
	switch {
	case c.Status != StatusHandling:
		return fault.Conflict("case.not_at_step", "status", string(c.Status))
	case len(c.Course.Extensions) > 0:
		return fault.Refused("extend.once", law)
	case today > c.StatutoryDue:
		return fault.Refused("extend.late", law, "due", c.StatutoryDue.Chinese())
	case e.N < 1 || e.N > most:
		f := fault.Invalid("form.invalid", fault.At("n", "extend.days", "max", strconv.Itoa(most)))
		f.Law = law
		return f
	}
	if e.Law == "" {
		e.Law = law
	}
	e.On = today
	c.Course.Extensions = append(slices.Clone(c.Course.Extensions), e)
	return nil
}
