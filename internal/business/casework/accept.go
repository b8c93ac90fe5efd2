package casework

import (
	"context"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Accept (受理) says that the application is complete and in proper form. From
// here the limits of the matter run.
type Accept struct {
	Seen
	Ticks []Tick
	// Spot says of a registration at a window that it is registered at once, so
	// that no receipt for examining it later is given.
	Spot bool
}

// Accept issues the acceptance notice with both due days. What may follow later
// is named in a notice of its own.
func (s *Service) Accept(ctx context.Context, who staff.Actor, in Accept) error {
	return s.Act(ctx, who, in.Seen, staff.CaseAccept, func(t *Turn) error {
		missing, err := s.allGiven(t, in.Ticks)
		if err != nil {
			return err
		}
		if err := t.Case.accept(t.Tx.Now, s.calendar()); err != nil {
			return err
		}
		step, err := t.Complete(flow.Accept, flow.Accepted)
		if err != nil {
			return err
		}
		t.Case.setDue(t.Impl, s.calendar())
		saveTicks(t, step.Key, in.Ticks)
		if t.Impl.Registration {
			return s.take(t, step, in.Spot)
		}
		docID, err := t.Issue(document.SL, document.Facts{})
		if err != nil {
			return err
		}
		t.Tell(Note{Kind: "case.accepted", Step: step.Key, Outcome: flow.Accepted, DocumentID: docID})
		return t.tolerate(missing)
	})
}

// accept is the rule (行政许可法第三十二条第一款第（五）项). An application that was
// supplemented counts as accepted when the last of its papers came, not when a
// clerk found the time to look; and so does one that nobody answered within
// five working days, from its receipt (第（四）项后段).
func (c *Case) accept(now time.Time, cal *calendar.Table) error {
	if c.Status != StatusReceived {
		return fault.Conflict("case.not_awaiting_acceptance", "status", string(c.Status))
	}
	c.Status = StatusHandling
	if !c.AcceptedAt.IsZero() { // a registration runs from its receipt
		return nil
	}
	silent := c.silent(now, cal)
	c.AcceptedAt = now
	switch {
	case c.CompleteAt.After(c.ReceivedAt):
		c.AcceptedAt = c.CompleteAt
	case silent:
		c.AcceptedAt, c.Deemed = c.instant(OfReceipt), true
	}
	return nil
}

// silent says that five working days after receipt have passed without word.
// A registration knows no acceptance, so silence is none either.
func (c *Case) silent(now time.Time, cal *calendar.Table) bool {
	return c.AcceptedAt.IsZero() && calendar.DayOf(now) > c.answerDue(cal)
}

// answerDue is the last day for telling what must be supplemented.
func (c *Case) answerDue(cal *calendar.Table) calendar.Day {
	return cal.AddWorking(calendar.DayOf(c.instant(OfReceipt)), acceptDays)
}

// allGiven refuses to accept while a necessary material is lacking or a review
// point is ticked as failed. It gives the materials that lack and may follow.
func (s *Service) allGiven(t *Turn, ticks []Tick) (missing []Given, err error) {
	missing, wrong, err := s.lacking(t)
	if err != nil {
		return nil, err
	}
	for _, k := range ticks {
		if !k.OK {
			wrong = append(wrong, fault.At("material."+k.Material, "accept.point_failed"))
		}
	}
	if len(wrong) > 0 {
		law := lawAccept
		if t.Impl.Registration {
			law = lawRegister
		}
		return nil, &fault.Fault{Kind: fault.KindRefused, Code: "accept.incomplete", Law: law, Fields: wrong}
	}
	return missing, nil
}

// lacking are the materials of the case that are not there: those that may
// follow, and as faults those that must be.
func (s *Service) lacking(t *Turn) (missing []Given, wrong []fault.Field, err error) {
	all, err := given(t.Tx, t.Case, t.Impl)
	if err != nil {
		return nil, nil, err
	}
	values, err := s.formOf(t.Tx, t.Case.ID)
	if err != nil {
		return nil, nil, err
	}
	for _, g := range all {
		switch {
		case !g.AskedOf(values) || g.There():
		case Follows(g.Material, t.Case.Mode):
			missing = append(missing, g)
		default:
			wrong = append(wrong, fault.At("material."+g.No, "material.lacking", "name", g.Name))
		}
	}
	return missing, wrong, nil
}
