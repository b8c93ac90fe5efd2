package casework

import (
	"context"
	"slices"
	"strings"

	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// HandOver (移交、转办) gives an open step to one officer of the same body.
type HandOver struct {
	Seen
	Spot
	To     string // account
	Reason string
}

// HandOver names who does the step from now on; nobody else may, but who stands
// in for that officer. Whoever may do the step may hand it over; once it is
// handed over, its holder or the body's reviewer or decider may. No deadline moves.
func (s *Service) HandOver(ctx context.Context, who staff.Actor, in HandOver) error {
	return s.Act(ctx, who, in.Seen, staff.CaseRead, func(t *Turn) error {
		if err := needed("", "reason", in.Reason); err != nil {
			return err
		}
		step, _ := t.Impl.Flow.Step(in.Step)
		token, open := t.Case.Flow.Token(in.Step)
		if !open || len(t.Case.working()) == 0 {
			return fault.Conflict("case.not_at_step", "status", string(t.Case.Status))
		}
		if err := t.mayHandOver(step, token); err != nil {
			return err
		}
		name, err := t.takes(step, token, in.To)
		if err != nil {
			return err
		}
		t.Case.Flow = t.Case.Flow.Assign(step.Key, in.To)
		t.Tell(Note{Kind: "case.handed_over", Step: step.Key, Text: strings.TrimSpace(in.Reason),
			Data: map[string]string{"from": token.Officer, "to": in.To, "to_name": name}})
		return nil
	})
}

func (t *Turn) mayHandOver(step flow.Step, token flow.Token) error {
	x := t.Case.SubjectAt(token)
	leads := t.Who.May(staff.CaseReview, x) == nil || t.Who.May(staff.CaseDecide, x) == nil
	if leads {
		return nil
	}
	if err := t.Who.May(rightAt(step), x); err != nil {
		return err
	}
	_, err := t.inPlaceOf(step)
	return err
}

// takes is the name of the officer who gets the step: posted with its role at
// its body today, and not kept apart from what they did.
func (t *Turn) takes(step flow.Step, token flow.Token, to string) (string, error) {
	wrong := func(code string) error { return fault.Invalid("form.invalid", fault.At("officer", code)) }
	all, err := takers(t.Tx, t.Case, step, token)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(all, func(c staff.Colleague) bool { return c.AccountID == to })
	switch {
	case i < 0:
		return "", wrong("hand_over.officer")
	case to == token.Officer || token.Officer == "" && to == t.Who.AccountID:
		return "", wrong("hand_over.same")
	}
	return all[i].Name, t.Impl.Flow.May(t.Case.Flow, step.Key, to)
}

// takers are the officers of the step's body who may do it.
func takers(tx *db.Tx, c *Case, step flow.Step, token flow.Token) ([]staff.Colleague, error) {
	return staff.Colleagues(tx, c.SubjectAt(token).BodyID, rightAt(step))
}

// Takers lists who may be handed an open step, for choosing one.
func (s *Service) Takers(ctx context.Context, who staff.Actor, caseID, stepKey string) (out []staff.Colleague, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		t, err := s.begin(tx, who, Seen{CaseID: caseID}, staff.CaseRead)
		if err != nil {
			return err
		}
		step, _ := t.Impl.Flow.Step(stepKey)
		token, open := t.Case.Flow.Token(stepKey)
		if !open {
			return nil
		}
		out, err = takers(tx, t.Case, step, token)
		out = slices.DeleteFunc(out, func(x staff.Colleague) bool {
			return x.AccountID == token.Officer || t.Impl.Flow.May(t.Case.Flow, step.Key, x.AccountID) != nil
		})
		return err
	})
	return out, err
}
