package casework

import (
	"context"
	"errors"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Deem (视为受理) accepts, in the name of the law, every application that nobody
// answered within five working days. It looks at the clerks' lines that are due
// before today, so it costs what is late, and gives how many it accepted.
func (s *Service) Deem(ctx context.Context) (int, error) {
	who := staff.Machine("系统（视为受理）")
	due, err := s.silentCases(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, caseID := range due {
		err := s.deem(ctx, who, caseID)
		switch f := fault.Of(err); {
		case err == nil:
			n++
		case f.Kind == fault.KindConflict: // a clerk was faster
		default:
			return n, err
		}
	}
	return n, nil
}

// sweepLimit bounds one sweep; what is left is taken by the next.
const sweepLimit = 500

func (s *Service) silentCases(ctx context.Context) (ids []string, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		ids, err = db.List(tx, func(r db.Scanner) (v string, err error) { return v, r.Scan(&v) },
			`select case_id from task where role = 'clerk' and due < $1 and status = 'received' order by due, case_id limit $2`,
			calendar.DayOf(tx.Now).String(), sweepLimit)
		return err
	})
	return ids, err
}

var errNotSilent = errors.New("not silent")

func (s *Service) deem(ctx context.Context, who staff.Actor, caseID string) error {
	err := s.Act(ctx, who, Seen{CaseID: caseID}, staff.CaseAccept, func(t *Turn) error {
		// What was supplemented in time is complete: it awaits a clerk, and its
		// acceptance is dated back whenever that comes.
		if t.Case.Status != StatusReceived || t.Case.CompleteAt.After(t.Case.ReceivedAt) || !t.Case.silent(t.Tx.Now, s.calendar()) {
			return errNotSilent
		}
		if err := t.Case.accept(t.Tx.Now, s.calendar()); err != nil {
			return err
		}
		step, err := t.Complete(flow.Accept, flow.Accepted)
		if err != nil {
			return err
		}
		t.Case.setDue(t.Impl, s.calendar())
		docID, err := t.Issue(document.MSL, document.Facts{})
		if err != nil {
			return err
		}
		t.Tell(Note{Kind: "case.deemed_accepted", Step: step.Key, Outcome: flow.Accepted, DocumentID: docID})
		missing, _, err := s.lacking(t)
		if err != nil {
			return err
		}
		return t.tolerate(missing)
	})
	if errors.Is(err, errNotSilent) {
		return fault.Conflict("case.not_silent")
	}
	return err
}
