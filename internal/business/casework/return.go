package casework

import (
	"context"
	"strings"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Return (退回) sends the case back to an earlier step, with a reason. It moves
// no deadline. A return out of a block ends what its other branches were doing.
type Return struct {
	Seen
	From, To string // step keys
	Reason   string
}

// Return needs the right of the step it returns from.
func (s *Service) Return(ctx context.Context, who staff.Actor, in Return) error {
	return s.Act(ctx, who, in.Seen, staff.CaseRead, func(t *Turn) error {
		step, ok := t.Impl.Flow.Step(in.From)
		token, open := t.Case.Flow.Token(in.From)
		if !ok || !open {
			return fault.Conflict("case.not_at_step", "status", string(t.Case.Status))
		}
		if err := who.May(rightAt(step), t.Case.SubjectAt(token)); err != nil {
			return err
		}
		if err := t.Case.underWay(); err != nil {
			return err
		}
		whom, err := t.inPlaceOf(step)
		if err != nil {
			return err
		}
		state, err := t.Impl.Flow.Return(t.Case.Flow, in.From, in.To, who.AccountID, in.Reason, t.Tx.Now)
		if err != nil {
			return err
		}
		state.Done[len(t.Case.Flow.Done)].For = whom
		t.Case.Flow = state
		t.Tell(Note{Kind: "case.returned", Step: in.From, Outcome: in.To, Text: strings.TrimSpace(in.Reason), Data: t.inPlace()})
		return nil
	})
}
