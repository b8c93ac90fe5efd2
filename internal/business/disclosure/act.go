package disclosure

import (
	"context"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Object (对公开提出异议) is the applicant's word that the decision holds a secret.
type Object struct {
	CaseID, Reason string
}

// told are the acts as the history of the case calls them.
var told = map[string]string{"disclosure.object": "disclosure.objected", "disclosure.mark": "disclosure.marked"}

// said is what the history keeps: why something is withheld, and never what an
// objection says.
func said(act string, n Notice) string {
	if act == "disclosure.mark" {
		return n.Reason
	}
	return ""
}

// mostReason bounds what is written, in characters.
const mostReason = 2000

// Object keeps the decision from being published until it is answered.
func (s *Service) Object(ctx context.Context, who staff.Actor, in Object) error {
	return s.on(ctx, who, staff.CaseHear, in.CaseID, "disclosure.object", func(n *Notice, today calendar.Day) error {
		if who.Kind != staff.Applicant {
			return fault.Denied("permission")
		}
		reason := strings.TrimSpace(in.Reason)
		if reason == "" || len([]rune(reason)) > mostReason {
			f := fault.Invalid("form.invalid", fault.At("reason", "text.required"))
			f.Law = lawSecret
			return f
		}
		return n.object(reason, today)
	})
}

// Mark (标记不公开的内容) withholds parts of a decision, or answers an objection.
type Mark struct {
	CaseID  string
	Version int
	Parts   []Part // none: nothing is withheld
	Ground  Ground
	Reason  string
}

// Mark is done by who decides in the case.
func (s *Service) Mark(ctx context.Context, who staff.Actor, in Mark) error {
	return s.on(ctx, who, staff.CaseDecide, in.CaseID, "disclosure.mark", func(n *Notice, today calendar.Day) error {
		if in.Version != n.Version {
			return fault.Conflict("disclosure.stale")
		}
		return n.mark(in, who.Name, today)
	})
}

// on is an act on the notice of a case: who may, load, rule, save, tell.
func (s *Service) on(ctx context.Context, who staff.Actor, right staff.Permission, caseID, act string, rule func(*Notice, calendar.Day) error) error {
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(right); err != nil {
			return err
		}
		n, err := byCase(tx, caseID)
		if err != nil || who.May(right, n.Owner) != nil {
			return fault.Missing("disclosure.missing")
		}
		before := n.trace()
		if err := rule(&n, calendar.DayOf(tx.Now)); err != nil {
			return err
		}
		save(tx, n)
		if err := s.o.Cases.Remark(tx, who, caseID, told[act], said(act, n)); err != nil {
			return err
		}
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: act, SubjectKind: "decision_notice", SubjectID: n.ID,
			Before: before, After: n.trace(), RequestID: who.RequestID})
		return nil
	})
	s.o.Cases.KeepRefusal(ctx, who, caseID, right, err)
	return err
}

// trace is the notice as the audit keeps it.
func (n *Notice) trace() any {
	return map[string]any{"status": n.Status, "hidden": n.Hidden, "ground": n.Ground}
}
