package casework

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/form"
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

// Turn is one act on a case under way, inside its transaction. Before is the
// case as it was loaded; acts change Case alone.
type Turn struct {
	Tx     *db.Tx
	Who    staff.Actor
	Case   *Case
	Before *Case
	Impl   *catalog.Implementation // the version of the matter that the case began with
	s      *Service
}

// Act loads the case, checks the right and the version, lets fn apply its rule,
// and saves the case with its lines on the work lists.
func (s *Service) Act(ctx context.Context, who staff.Actor, seen Seen, p staff.Permission, fn func(*Turn) error) error {
	err := s.db.Act(ctx, func(tx *db.Tx) error { return s.ActIn(tx, who, seen, p, fn) })
	s.KeepRefusal(ctx, who, seen.CaseID, p, err)
	return err
}

// ActIn is Act inside the transaction of a noun above this one.
func (s *Service) ActIn(tx *db.Tx, who staff.Actor, seen Seen, p staff.Permission, fn func(*Turn) error) error {
	t, err := s.begin(tx, who, seen, p)
	if err != nil {
		return err
	}
	if err := fn(t); err != nil {
		return err
	}
	s.finish(t)
	return nil
}

// begin is who may and load. A case outside one's scope does not exist.
func (s *Service) begin(tx *db.Tx, who staff.Actor, seen Seen, p staff.Permission) (*Turn, error) {
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
	if err := c.out(who, p); err != nil {
		return nil, err
	}
	impl, err := s.catalog.Load(tx, c.ImplementationID)
	if err != nil {
		return nil, err
	}
	before := *c
	return &Turn{tx, who, c, &before, c.In(impl), s}, nil
}

// staleOf tells what happened meanwhile: where the case stands now.
func staleOf(c *Case) error { return fault.Conflict("case.stale", "status", string(c.Status)) }

// finish saves the case and moves its lines on the work lists.
func (s *Service) finish(t *Turn) {
	if t.Before.Status == StatusHandling && t.Case.Status != StatusHandling {
		t.Case.endPauses(t.Today())
	}
	if !t.Case.Course.same(t.Before.Course) {
		t.Reproject()
	}
	t.dropChallenges()
	t.Case.moveTasks(t.Tx, t.Before, t.Impl, s.calendar())
	t.Case.setAlarm(t.Impl, s.calendar(), s.warnAt)
	saveCase(t.Tx, t.Case, t.Before)
}

// Calendar is the calendar in force.
func (t *Turn) Calendar() *calendar.Table { return t.s.calendar() }

// Today is the civil day of the act.
func (t *Turn) Today() calendar.Day { return calendar.DayOf(t.Tx.Now) }

// Values are what the applicant filled in.
func (t *Turn) Values() (form.Values, error) { return t.s.formOf(t.Tx, t.Case.ID) }

// Reproject computes the due days anew from what happened to the case.
func (t *Turn) Reproject() { t.Case.setDue(t.Impl, t.s.calendar()) }

// Issue makes a document of the case with the facts that every kind may state
// and those that this act brings. It gives the document's id.
func (t *Turn) Issue(kind document.Kind, own document.Facts) (string, error) {
	body, err := t.s.bodies.load(t.Tx, t.Case.BodyID)
	if err != nil {
		return "", err
	}
	return document.Issue(t.Tx, document.Draft{Kind: kind, CaseID: t.Case.ID, Subject: t.Case.Subject(), Actor: t.Who,
		Body: document.BodyOf(body), Facts: t.s.common(t.Case, t.Impl, body, own)})
}

// Complete closes the open step of the act with an outcome. Where several
// branches wait for such an act, Advance names the one that is meant.
func (t *Turn) Complete(act flow.Act, outcome string) (flow.Step, error) {
	step, err := t.openStep(Spot{}, act)
	if err != nil {
		return step, err
	}
	return step, t.complete(step, outcome)
}

// Tell leaves the act in the history, the audit and the outbox.
func (t *Turn) Tell(n Note) { t.Case.tell(t.Tx, t.Who, t.Before, n) }
