package casework

import (
	"context"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Seen names the case of an act and the version the person saw. A version that
// is no longer the newest refuses the act: somebody else was faster.
type Seen struct {
	CaseID  string
	Version int
}

// turn is one act on a case under way.
type turn struct {
	tx     *db.Tx
	who    staff.Actor
	c      *Case
	before *Case
	impl   *catalog.Implementation
}

// act loads the case, checks the right and the version, lets fn apply its rule,
// and saves the case with its lines on the work lists.
func (s *Service) act(ctx context.Context, who staff.Actor, seen Seen, p staff.Permission, fn func(*turn) error) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		t, err := s.begin(tx, who, seen, p)
		if err != nil {
			return err
		}
		if err := fn(t); err != nil {
			return err
		}
		s.finish(t)
		return nil
	})
}

// begin is who may and load. A case outside one's scope does not exist.
func (s *Service) begin(tx *db.Tx, who staff.Actor, seen Seen, p staff.Permission) (*turn, error) {
	if err := who.Must(p); err != nil {
		return nil, err
	}
	c, err := ByID(tx, seen.CaseID)
	if err != nil {
		return nil, err
	}
	if who.May(p, c.Subject()) != nil {
		return nil, fault.Missing("case.missing")
	}
	if seen.Version != 0 && seen.Version != c.Version {
		return nil, staleOf(c)
	}
	impl, err := s.catalog.Load(tx, c.ImplementationID)
	if err != nil {
		return nil, err
	}
	before := *c
	return &turn{tx, who, c, &before, impl}, nil
}

// staleOf tells what happened meanwhile: where the case stands now.
func staleOf(c *Case) error { return fault.Conflict("case.stale", "status", string(c.Status)) }

// finish saves the case and moves its lines on the work lists.
func (s *Service) finish(t *turn) {
	t.c.moveTasks(t.tx, t.before, t.impl, s.calendar())
	saveCase(t.tx, t.c)
}

// complete closes the open step of the act with an outcome.
func (t *turn) complete(act flow.Act, outcome string) (flow.Step, error) {
	step, ok := t.c.Open(t.impl.Flow, act)
	if !ok {
		return step, fault.Conflict("case.not_at_step", "status", string(t.c.Status))
	}
	state, err := t.impl.Flow.Complete(t.c.Flow, step.Key, outcome, t.who.AccountID, t.tx.Now)
	if err != nil {
		return step, err
	}
	t.c.Flow = state
	return step, nil
}

// tell leaves the act in the history, the audit and the outbox.
func (t *turn) tell(n Note) { t.c.tell(t.tx, t.who, t.before, n) }
