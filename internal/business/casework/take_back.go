package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"onewindow/internal/business/flow"
	"onewindow/internal/business/form"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// TakeBack (撤回承诺) takes a commitment back before the decision; the case goes on
// by the ordinary procedure (国办发〔2020〕42号).
type TakeBack struct {
	Seen
	Reason string
}

// TakeBack brings the materials that the promise replaced back into the case. A
// case that was accepted stays accepted: they are owed then, and may be asked
// for by no second notice.
func (s *Service) TakeBack(ctx context.Context, who staff.Actor, in TakeBack) error {
	return s.Act(ctx, who, in.Seen, staff.CaseWithdraw, func(t *Turn) error {
		if err := needed("", "reason", in.Reason); err != nil {
			return err
		}
		if err := t.Case.mayTakeBack(); err != nil {
			return err
		}
		replaced := t.Impl.Commitment.Replaces
		full, err := s.catalog.Load(t.Tx, t.Case.ImplementationID)
		if err != nil {
			return err
		}
		values, err := t.Values()
		if err != nil {
			return err
		}
		if err := t.Case.ordinary(full.Flow, values); err != nil {
			return err
		}
		t.Case.Mode, t.Impl = ModeOrdinary, full
		var missing []Given
		for _, m := range full.Materials {
			if slices.Contains(replaced, m.No) && !m.Shared {
				t.Tx.Write(`insert into case_material (case_id, code, name, paper, reused) values ($1, $2, $3, 0, '')`, t.Case.ID, m.No, m.Name)
				missing = append(missing, Given{Material: m})
			}
		}
		if !t.Case.AcceptedAt.IsZero() {
			t.Reproject()
			if len(missing) > 0 {
				insertOwing(t.Tx, t.Case, t.owe(missing, SupplementDays, lawCommitment, "撤回承诺后，需要提交承诺所代替的材料"))
			}
		}
		t.Tx.Write(`update promise set taken_back = $2 where owner_id = $1 and taken_back = ''`, t.Case.ID, db.Stamp(t.Tx.Now))
		t.Tell(Note{Kind: "case.commitment_taken_back", Text: strings.TrimSpace(in.Reason)})
		return nil
	})
}

// mayTakeBack is the rule: a commitment was made and nothing is decided yet.
func (c *Case) mayTakeBack() error {
	switch {
	case c.Mode != ModeCommitment:
		return fault.Refused("commitment.none", lawCommitment)
	case c.Status != StatusReceived && c.Status != StatusSupplement && c.Status != StatusHandling:
		return fault.Refused("commitment.decided", lawCommitment, "status", string(c.Status))
	}
	return nil
}

// ordinary puts the case on the ordinary flow, at the place where it stands:
// before acceptance, or at the first step after it. What was done stays done.
func (c *Case) ordinary(def flow.Definition, v form.Values) error {
	begun := c.ReceivedAt
	if len(c.Flow.Open) > 0 {
		begun = c.Flow.Open[0].Since
	}
	start := func(at time.Time) flow.State {
		state := def.Judge(def.Start(at), v)
		state.LowerID, state.Asked = c.Flow.LowerID, c.Flow.Asked
		return state
	}
	state := start(begun)
	if c.Status == StatusHandling {
		accept, ok := def.StepOf(flow.Accept)
		done, was := c.lastOf(flow.Accepted)
		if !ok || !was {
			return fault.Conflict("case.not_at_step", "status", string(c.Status))
		}
		var err error
		if state, err = def.Complete(start(done.Since), accept.Key, flow.Accepted, done.Actor, done.At); err != nil {
			return err
		}
	}
	state.Done = c.Flow.Done
	c.Flow = state
	return nil
}

// lastOf is the newest completion with an outcome.
func (c *Case) lastOf(outcome string) (flow.Done, bool) {
	for _, d := range slices.Backward(c.Flow.Done) {
		if d.Outcome == outcome {
			return d, true
		}
	}
	return flow.Done{}, false
}
