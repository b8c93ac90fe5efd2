package casework

import (
	"context"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Lapsing are the renewals that were applied for in time and are undecided
// though the licence ended before today. Nothing but a renewal is ever granted
// by the lapse of time (行政许可法第五十条第二款).
func (s *Service) Lapsing(ctx context.Context) (ids []string, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		ids, err = db.List(tx, func(r db.Scanner) (v string, err error) { return v, r.Scan(&v) },
			`select h.case_id from case_held h join cases c on c.id = h.case_id
			where h.valid_to <> '' and h.valid_to < $1 and c.purpose = 'renew' and c.status in ('received', 'handling')
			order by h.valid_to, h.case_id limit $2`, calendar.DayOf(tx.Now).String(), sweepLimit)
		return err
	})
	return ids, err
}

// RenewBySilence grants a renewal that the body left undecided until the
// licence ended, at the end of its last day, with its document (MYX). The noun
// of licences calls it in its own act.
func (s *Service) RenewBySilence(tx *db.Tx, who staff.Actor, caseID string) (h *Held, err error) {
	if who.Kind != staff.System {
		return nil, fault.Denied("permission")
	}
	err = s.ActIn(tx, who, Seen{CaseID: caseID}, staff.CaseDecide, func(t *Turn) error {
		if h, err = HeldOf(tx, t.Case); err != nil {
			return err
		}
		if err := t.Case.lapse(h, t.Today()); err != nil {
			return err
		}
		t.Case.Flow = granted(t)
		facts := document.Facts{Licence: h.document(), Basis: []string{"《中华人民共和国行政许可法》第五十条第二款"}}
		docID, err := t.Issue(document.MYX, facts)
		if err != nil {
			return err
		}
		t.Tell(Note{Kind: "case.renewed_by_silence", Outcome: flow.Grant, DocumentID: docID, Data: map[string]any{"valid_to": h.ValidTo.String()}})
		return nil
	})
	return h, err
}

// lapse is the rule: a renewal (and nothing else), applied for in time, whose
// licence has ended, undecided, and not waiting for its applicant. A case that
// nobody has answered yet counts as accepted from its receipt.
func (c *Case) lapse(h *Held, today calendar.Day) error {
	switch {
	case c.Purpose != PurposeRenew || h == nil || h.ValidTo == 0:
		return fault.Refused("lapse.only_renewal", lawSilentRenewal)
	case c.Status != StatusHandling && c.Status != StatusReceived:
		return fault.Conflict("case.not_at_step", "status", string(c.Status))
	case today <= h.ValidTo:
		return fault.Refused("lapse.not_ended", lawSilentRenewal, "day", h.ValidTo.Chinese())
	case !h.InTime(calendar.DayOf(c.ReceivedAt)):
		return fault.Refused("lapse.late", lawSilentRenewal, "day", h.LastDay.Chinese())
	}
	if c.AcceptedAt.IsZero() {
		c.AcceptedAt, c.Deemed = c.ReceivedAt, true
	}
	// The last instant of the last day: a decision of that day would have been
	// in time.
	c.DecidedAt = h.ValidTo.AddDays(1).Time().Add(-time.Second)
	c.Status, c.Granted = StatusGranted, true
	return nil
}

// granted is the flow with its open steps closed by the law and the certificate
// to be made; where no step makes one, the result is to be delivered.
func granted(t *Turn) flow.State {
	s := t.Case.Flow
	for _, o := range s.Open {
		s.Done = append(s.Done[:len(s.Done):len(s.Done)], flow.Done{Step: o.Step, Outcome: flow.Grant, Actor: t.Who.AccountID, Since: o.Since, At: t.Tx.Now})
	}
	s.Open = []flow.Token{}
	for _, act := range []flow.Act{flow.Issue, flow.Deliver} {
		for _, step := range t.Impl.Flow.Steps() {
			if step.Act == act && len(s.Open) == 0 {
				s.Open = []flow.Token{{Step: step.Key, Since: t.Tx.Now}}
			}
		}
	}
	return s
}
