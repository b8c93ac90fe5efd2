package casework

import (
	"context"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// lawPromise makes a body say why a published time was not kept.
const lawPromise = "优化营商环境条例第三十六条"

// LateReason (超承诺时限理由) is published on the progress page.
type LateReason struct {
	Reason string
	Due    calendar.Day // the promised day that passed
	ByName string
	At     time.Time
}

// ExplainLate (公开超时理由) says to the public why the promised limit is not kept.
type ExplainLate struct {
	Seen
	Reason string
}

// ExplainLate may be given once the promised day has passed, and once.
func (s *Service) ExplainLate(ctx context.Context, who staff.Actor, in ExplainLate) error {
	return s.Act(ctx, who, in.Seen, staff.CaseExamine, func(t *Turn) error {
		if err := needed(lawPromise, "reason", in.Reason); err != nil {
			return err
		}
		if !t.Case.PromiseMissed(t.Today()) {
			return fault.Refused("late.in_time", lawPromise, "due", t.Case.PromisedDue.Chinese())
		}
		had, err := lateReasonOf(t.Tx, t.Case.ID)
		switch {
		case err != nil:
			return err
		case had != nil:
			return fault.Conflict("late.explained")
		}
		publishLate(t, in.Reason)
		return nil
	})
}

// publishLate puts the reason on the progress page.
func publishLate(t *Turn, reason string) {
	reason = strings.TrimSpace(reason)
	t.Tx.Write(`insert into late_reason (case_id, reason, due, by_id, by_name, at) values ($1, $2, $3, $4, $5, $6)`,
		t.Case.ID, reason, t.Case.PromisedDue.String(), t.Who.AccountID, t.Who.Name, db.Stamp(t.Tx.Now))
	t.Tell(Note{Kind: "case.late_explained", Text: reason})
}

// PromiseMissed says that the promised day passed without a decision, or that
// the decision came after it.
func (c *Case) PromiseMissed(today calendar.Day) bool {
	if c.PromisedDue == 0 || c.AcceptedAt.IsZero() {
		return false
	}
	if c.DecidedAt.IsZero() {
		return c.Status == StatusHandling && today > c.PromisedDue
	}
	return calendar.DayOf(c.DecidedAt) > c.PromisedDue
}

// explained refuses a decision that comes after the promised day while the
// public was not told why (优化营商环境条例第三十六条).
func explained(t *Turn, reason string) error {
	if !t.Case.PromiseMissed(t.Today()) {
		return nil
	}
	had, err := lateReasonOf(t.Tx, t.Case.ID)
	if err != nil || had != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		f := fault.Invalid("form.invalid", fault.At("late", "late.unexplained", "due", t.Case.PromisedDue.Chinese()))
		f.Law = lawPromise
		return f
	}
	if err := needed(lawPromise, "late", reason); err != nil {
		return err
	}
	publishLate(t, reason)
	return nil
}

// lateReasonOf is nil when none was given.
func lateReasonOf(tx *db.Tx, caseID string) (l *LateReason, err error) {
	err = tx.Together(askLateReason(&l, refByID(caseID)))
	return l, err
}

func askLateReason(l **LateReason, of Ref) db.Ask {
	return db.AskOne(l, func(r db.Scanner) (*LateReason, error) {
		l := &LateReason{}
		return l, r.Scan(&l.Reason, calendar.Optional{Day: &l.Due}, &l.ByName, db.At{Time: &l.At})
	}, `select reason, due, by_name, at from late_reason where case_id = `+of.ID, of.Arg)
}
