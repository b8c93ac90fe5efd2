package casework

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/document"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// PreviewSupplement is the notice as NotifySupplement would issue it; it
// refuses what that would refuse, and changes nothing.
func (s *Service) PreviewSupplement(ctx context.Context, who staff.Actor, in NotifySupplement) (document.Document, error) {
	return s.preview(ctx, who, in.Seen, staff.CaseAccept, func(t *Turn) (document.Kind, document.Facts, error) {
		if t.Impl.Registration {
			return "", document.Facts{}, fault.Refused("registration.no_supplement", lawRegister)
		}
		until := s.calendar().AddWorking(calendar.DayOf(t.Tx.Now), in.days())
		if first, err := noticeOf(t.Tx, t.Case.ID); err == nil {
			if err := t.Case.mayTellAgain(in, first, t.Today(), s.calendar()); err != nil {
				return "", document.Facts{}, err
			}
			return document.BZ, supplementFacts(in.Items, until), in.check(t.Impl)
		}
		if err := in.check(t.Impl); err != nil {
			return "", document.Facts{}, err
		}
		return document.BZ, supplementFacts(in.Items, until), t.Case.notifySupplement(t.Tx.Now, s.calendar())
	})
}

// PreviewDecision is the decision as Decide would issue it.
func (s *Service) PreviewDecision(ctx context.Context, who staff.Actor, in Decide) (document.Document, error) {
	return s.preview(ctx, who, in.Seen, staff.CaseDecide, func(t *Turn) (document.Kind, document.Facts, error) {
		if err := in.check(); err != nil {
			return "", document.Facts{}, err
		}
		if err := t.Case.decidable(in, t.Impl); err != nil {
			return "", document.Facts{}, err
		}
		if err := s.registrable(t, in); err != nil {
			return "", document.Facts{}, err
		}
		t.Case.decide(in.Grant, t)
		return s.decision(t, in)
	})
}

// preview lets fn apply a rule to a case that is then forgotten.
func (s *Service) preview(ctx context.Context, who staff.Actor, seen Seen, p staff.Permission,
	fn func(*Turn) (document.Kind, document.Facts, error)) (out document.Document, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		t, err := s.begin(tx, who, seen, p)
		if err != nil {
			return err
		}
		k, facts, err := fn(t)
		if err != nil {
			return err
		}
		body, err := s.bodies.load(tx, t.Case.BodyID)
		if err != nil {
			return err
		}
		d := document.Draft{Kind: k, CaseID: t.Case.ID, Subject: t.Case.Subject(), Body: document.BodyOf(body), Facts: s.common(t.Case, t.Impl, body, facts)}
		out, err = d.Preview(tx.Now)
		return err
	})
	return out, err
}
