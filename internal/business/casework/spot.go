package casework

import (
	"context"
	"errors"
	"time"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Spot says which of a case's open steps an act is about. The zero Spot is the
// only one of the act.
type Spot struct {
	Step string // key
	// Since is from when the person saw it wait. It lets what happens in other
	// branches meanwhile not stand in the way.
	Since time.Time
}

// patience is how often an act at a branch is tried again because another
// branch of the same case was faster; a block has no more branches than that.
const patience = 10

// actAt is Act for the work of one step, whoever's body it is: another body's
// officer gets at a case through the step that is theirs, and no further.
func (s *Service) actAt(ctx context.Context, who staff.Actor, seen Seen, spot Spot, act flow.Act, fn func(*Turn, flow.Step) error) error {
	var err error
	for range patience {
		err = s.db.Act(ctx, func(tx *db.Tx) error { return s.actAtIn(tx, who, seen, spot, act, fn) })
		if !errors.Is(err, fault.Conflict("stale")) {
			break
		}
	}
	s.KeepRefusal(ctx, who, seen.CaseID, mayAt(act, who), err)
	return err
}

func (s *Service) actAtIn(tx *db.Tx, who staff.Actor, seen Seen, spot Spot, act flow.Act, fn func(*Turn, flow.Step) error) error {
	if err := who.Must(mayAt(act, who)); err != nil {
		return err
	}
	t, err := s.begin(tx, who, Seen{CaseID: seen.CaseID}, staff.CaseRead)
	if err != nil {
		return err
	}
	if seen.Version != 0 && seen.Version != t.Case.Version && !t.beside(spot) {
		return staleOf(t.Case)
	}
	step, err := t.openStep(spot, act)
	if err != nil {
		return err
	}
	token, _ := t.Case.Flow.Token(step.Key)
	if who.May(rightAt(step), t.Case.SubjectAt(token)) != nil {
		return fault.Missing("case.missing")
	}
	if err := fn(t, step); err != nil {
		return err
	}
	s.finish(t)
	return nil
}

// beside says that the step the person saw still waits as it did, beside others
// in its block: what changed since is not theirs.
func (t *Turn) beside(spot Spot) bool {
	block, _ := t.Impl.Flow.BlockOf(spot.Step)
	token, open := t.Case.Flow.Token(spot.Step)
	return block != nil && open && token.Since.Equal(spot.Since)
}

// openStep finds the open step of the act that is the actor's to do: of those
// that wait, the one of the spot, or the only one of the actor's body.
func (t *Turn) openStep(spot Spot, act flow.Act) (flow.Step, error) {
	var mine []flow.Step
	for _, token := range t.Case.Flow.Open {
		step, known := t.Impl.Flow.Step(token.Step)
		if !known || step.Act != act || spot.Step != "" && spot.Step != step.Key {
			continue
		}
		if token.Body == "" || t.Who.May(rightAt(step), t.Case.SubjectAt(token)) == nil {
			mine = append(mine, step)
		}
	}
	switch len(mine) {
	case 0:
		return flow.Step{}, fault.Conflict("case.not_at_step", "status", string(t.Case.Status))
	case 1:
		return mine[0], nil
	}
	return flow.Step{}, fault.Conflict("case.which_step")
}

// complete closes an open step. Who stands in for another is held to the
// separation of both; who was not handed the step does not take it.
func (t *Turn) complete(step flow.Step, outcome string) error {
	if err := t.Case.free(step.Act); err != nil {
		return err
	}
	whom, err := t.inPlaceOf(step)
	if err != nil {
		return err
	}
	if step.Act == flow.Accept {
		if err := t.judge(); err != nil {
			return err
		}
	}
	state, err := t.Impl.Flow.Complete(t.Case.Flow, step.Key, outcome, t.Who.AccountID, t.Tx.Now)
	if err != nil {
		return err
	}
	state.Done[len(t.Case.Flow.Done)].For = whom
	t.Case.Flow = state
	return nil
}

// inPlaceOf is for whom the actor does an open step: nobody, or an officer who
// is away.
func (t *Turn) inPlaceOf(step flow.Step) (string, error) {
	token, _ := t.Case.Flow.Token(step.Key)
	whom := t.Who.StandsInFor(rightAt(step), t.Case.SubjectAt(token))
	if token.Officer != "" && token.Officer != t.Who.AccountID {
		if !t.Who.Substitutes(token.Officer) {
			return "", fault.Refused("case.handed_over", "", "step", step.Name)
		}
		whom = token.Officer
	}
	if whom != "" {
		return whom, t.Impl.Flow.May(t.Case.Flow, step.Key, whom)
	}
	return "", nil
}

// judge settles the conditions of the flow on what the applicant filled in.
func (t *Turn) judge() error {
	if !t.Impl.Flow.Conditional() {
		return nil
	}
	values, err := t.s.formOf(t.Tx, t.Case.ID)
	if err == nil {
		t.Case.Flow = t.Impl.Flow.Judge(t.Case.Flow, values)
	}
	return err
}

// RightOf is the permission that a step's act needs. Giving an opinion and
// holding a meeting are the work of the role that the step names; see RightAt.
func RightOf(act flow.Act) staff.Permission { return catalog.ActNeed(act) }

// RightAt is the permission that a step needs.
func RightAt(step flow.Step) staff.Permission { return rightAt(step) }

func rightAt(step flow.Step) staff.Permission { return catalog.StepNeed(step) }

// mayAt is the permission without which nobody does the act at all.
func mayAt(act flow.Act, who staff.Actor) staff.Permission {
	if p := catalog.ActNeed(act); p != "" {
		return p
	}
	for _, p := range []staff.Permission{staff.CaseReview, staff.CaseDecide} {
		if who.Can(p) {
			return p
		}
	}
	return staff.CaseExamine
}
