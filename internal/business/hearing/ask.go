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

// WantByCode is the word of an interested party that came with number and code.
func (s *Service) WantByCode(ctx context.Context, number, code string, give bool) error {
	p, err := s.byCode(ctx, number, code)
	if err != nil {
		return err
	}
	return s.want(ctx, visitor, staff.CaseExamine, Want{Seen: casework.Seen{CaseID: p.CaseID}, PersonID: p.ID, Give: give})
}

// visitor is who acts for a party that came with number and code.
var visitor = staff.Machine("利害关系人（凭编号和查询码）")

// byCode is the interested party with a number and its code.
func (s *Service) byCode(ctx context.Context, number, code string) (interest.Party, error) {
	p, _, err := s.interest.Known(ctx, number, code)
	if err == nil && p.Role != interest.Interested {
		err = fault.Missing("interest.not_found")
	}
	return p, err
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
