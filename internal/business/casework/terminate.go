package casework

import (
	"context"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Terminate (终止办理) ends an application whose supplement never came. No law says
// so for every matter: it takes a rule that the matter names, and a person who
// decides it; nothing ends by itself.
type Terminate struct {
	Seen
	Reason string
}

// Terminate issues the notice, with remedies.
func (s *Service) Terminate(ctx context.Context, who staff.Actor, in Terminate) error {
	return s.Act(ctx, who, in.Seen, staff.CaseAccept, func(t *Turn) error {
		notice, err := noticeOf(t.Tx, t.Case.ID)
		if err != nil && !missingNotice(err) {
			return err
		}
		if err := t.Case.terminate(t.Impl.SilenceEnds, notice, t.Today()); err != nil {
			return err
		}
		if err := needed(t.Impl.SilenceEnds, "reason", in.Reason); err != nil {
			return err
		}
		t.Case.Status, t.Case.ConcludedAt = StatusTerminated, t.Tx.Now
		t.Case.Flow.Open = []flow.Token{}
		docID, err := t.Issue(document.ZZSQ, document.Facts{Ground: "逾期未补正：" + strings.TrimSpace(in.Reason), Basis: []string{t.Impl.SilenceEnds}})
		if err != nil {
			return err
		}
		t.Tell(Note{Kind: "case.terminated", Text: strings.TrimSpace(in.Reason), DocumentID: docID})
		return nil
	})
}

// terminate is the rule: asked to supplement, the day has passed, and a rule of
// the matter allows it.
func (c *Case) terminate(rule string, n *SupplementNotice, today calendar.Day) error {
	switch {
	case c.Status != StatusSupplement || n == nil:
		return fault.Conflict("case.not_at_step", "status", string(c.Status))
	case rule == "":
		return fault.Refused("terminate.no_rule", lawFive)
	case today <= n.Until:
		return fault.Refused("terminate.early", rule, "day", n.Until.Chinese())
	}
	return nil
}

func missingNotice(err error) bool {
	f := fault.Of(err)
	return f != nil && f.Kind == fault.KindMissing
}

// Redecide (重新作出决定) makes the case that follows when a decision was annulled:
// the same application with all that was handed in, accepted as of now, linked
// to the one before. The noun of appeals calls it in its own act.
func (s *Service) Redecide(tx *db.Tx, who staff.Actor, priorID string) (*Case, error) {
	prior, err := ByID(tx, priorID)
	if err != nil {
		return nil, err
	}
	if prior.DecidedAt.IsZero() {
		return nil, fault.Conflict("case.not_at_step", "status", string(prior.Status))
	}
	impl, err := s.catalog.Load(tx, prior.ImplementationID)
	if err != nil {
		return nil, err
	}
	c, err := s.again(tx, prior, impl)
	if err != nil {
		return nil, err
	}
	insertCase(tx, c)
	if err := s.copyFile(tx, prior, c); err != nil {
		return nil, err
	}
	c.moveTasks(tx, &Case{}, impl, s.calendar())
	t := &Turn{tx, who, c, nil, impl, s}
	t.Tell(Note{Kind: "case.reopened", Data: map[string]any{"prior": prior.Number}})
	return c, nil
}

// again is the new case: received and accepted as of now, at the step after
// acceptance.
func (s *Service) again(tx *db.Tx, prior *Case, impl *catalog.Implementation) (*Case, error) {
	body, err := s.bodies.load(tx, prior.BodyID)
	if err != nil {
		return nil, err
	}
	day := calendar.DayOf(tx.Now)
	seq, err := s.numbers.take(tx.Ctx, body.ID, day)
	if err != nil {
		return nil, err
	}
	c := &Case{ID: id.New(), Number: compose(body.Division, body.Position, day, seq), Version: 1, Status: StatusHandling,
		Flow: impl.Flow.Start(tx.Now), Channel: prior.Channel, ImplementationID: impl.ID, Variant: prior.Variant, ItemName: prior.ItemName,
		BodyID: prior.BodyID, IntakeID: prior.IntakeID, ApplicantID: prior.ApplicantID, AgentID: prior.AgentID, ApplicantName: prior.ApplicantName,
		Company: prior.Company, ReceivedAt: tx.Now, CompleteAt: tx.Now, AcceptedAt: tx.Now, About: prior.About}
	c.PriorID = prior.ID
	if step, ok := c.Open(impl.Flow, flow.Accept); ok {
		if c.Flow, err = impl.Flow.Complete(c.Flow, step.Key, flow.Accepted, "system", tx.Now); err != nil {
			return nil, err
		}
	}
	c.setDue(impl, s.calendar())
	return c, nil
}

// copyFile gives the new case what was handed in for the one before. The
// contents are stored once and shared.
func (s *Service) copyFile(tx *db.Tx, prior, c *Case) error {
	values, err := s.formOf(tx, prior.ID)
	if err != nil {
		return err
	}
	s.insertForm(tx, c.ID, values)
	files, err := filesOf(tx, prior.ID)
	if err != nil {
		return err
	}
	for _, f := range files {
		f.ID, f.OwnerID = id.New(), c.ID
		insertFile(tx, f)
	}
	held, err := HeldOf(tx, prior)
	if err != nil {
		return err
	}
	if held != nil {
		insertHeld(tx, c.ID, held)
	}
	tx.WriteN(db.Any, `insert into case_material (case_id, code, name, paper, reused)
		select $2, code, name, paper, $3 from case_material where case_id = $1`, prior.ID, c.ID, prior.Number)
	return nil
}
