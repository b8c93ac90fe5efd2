package casework

import (
	"context"
	"strings"

	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Return (退回) sends the case back to an earlier step, with a reason. It moves
// no deadline.
type Return struct {
	Seen
	From, To string // step keys
	Reason   string
}

// Return needs the right of the step it returns from.
func (s *Service) Return(ctx context.Context, who staff.Actor, in Return) error {
	return s.Act(ctx, who, in.Seen, staff.CaseRead, func(t *Turn) error {
		step, ok := t.Impl.Flow.Step(in.From)
		if !ok {
			return fault.Conflict("case.not_at_step", "status", string(t.Case.Status))
		}
		if err := who.May(rightOf[step.Act], t.Case.Subject()); err != nil {
			return err
		}
		if err := t.Case.underWay(); err != nil {
			return err
		}
		state, err := t.Impl.Flow.Return(t.Case.Flow, in.From, in.To, who.AccountID, in.Reason, t.Tx.Now)
		if err != nil {
			return err
		}
		t.Case.Flow = state
		t.Tell(Note{Kind: "case.returned", Step: in.From, Outcome: in.To, Text: strings.TrimSpace(in.Reason)})
		return nil
	})
}

var rightOf = map[flow.Act]staff.Permission{flow.Accept: staff.CaseAccept, flow.Examine: staff.CaseExamine,
	flow.Review: staff.CaseReview, flow.Decide: staff.CaseDecide, flow.Issue: staff.CaseIssue, flow.Deliver: staff.CaseDeliver}

// RightOf is the permission that a step's act needs.
func RightOf(act flow.Act) staff.Permission { return rightOf[act] }
