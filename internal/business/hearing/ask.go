package hearing

import (
	"context"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Want (要求听证、放弃听证) is what somebody does with the right to be heard.
type Want struct {
	casework.Seen
	// PersonID names for whom an officer enters it; the applicant's own place
	// when they do it themselves.
	PersonID string
	Give     bool // gives the right up, or takes the request back
}

// Want is the applicant's own word.
func (s *Service) Want(ctx context.Context, who staff.Actor, in Want) error {
	if who.Kind != staff.Applicant {
		return fault.Denied("permission")
	}
	in.PersonID = applicantID
	return s.want(ctx, who, staff.CaseHear, in)
}

// EnterWant takes down what somebody asked for on paper or in person.
func (s *Service) EnterWant(ctx context.Context, who staff.Actor, in Want) error {
	return s.want(ctx, who, staff.CaseExamine, in)
}

// WantAs is the word of an interested party who is here.
func (s *Service) WantAs(ctx context.Context, at interest.Present, give bool) error {
	return s.want(ctx, at.Actor(), staff.CaseExamine, Want{Seen: casework.Seen{CaseID: at.CaseID}, PersonID: at.ID, Give: give})
}

func (s *Service) want(ctx context.Context, who staff.Actor, right staff.Permission, in Want) error {
	return s.on(ctx, who, in.Seen, right, func(t *turn) error {
		if in.Give {
			return t.give(in.PersonID)
		}
		first := t.h.Status == Offered
		if err := t.h.ask(in.PersonID, t.Today(), t.Calendar()); err != nil {
			return err
		}
		t.Hold(t.h.hold(""))
		t.Tell(casework.Note{Kind: "hearing.asked", Data: map[string]string{"person": in.PersonID, "hold_by": t.h.HoldBy.String()}})
		if !first {
			return nil
		}
		return t.stop()
	})
}

func (t *turn) give(personID string) error {
	if err := t.h.waive(personID, t.Today()); err != nil {
		return err
	}
	t.Tell(casework.Note{Kind: "hearing.waived", Data: map[string]string{"person": personID}})
	if t.h.Status == Ended {
		return t.end()
	}
	return nil
}
