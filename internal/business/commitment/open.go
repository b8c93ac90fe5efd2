package commitment

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// OnGranted opens the verification of a case that was granted on a commitment
// (国办发〔2020〕42号；定州市实施方案（一）2). The push to the supervising department,
// with the same last day, is package aftercare's. It may be told of a case more
// than once.
func (s *Service) OnGranted(ctx context.Context, e event.Event) error {
	var h casework.Happened
	if err := e.Decode(&h); err != nil {
		return err
	}
	return s.Open(ctx, h.CaseID)
}

// Open gives the case its verification; nothing happens where there is one, or
// where the case rests on no commitment.
func (s *Service) Open(ctx context.Context, caseID string) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		c, err := casework.ByID(tx, caseID)
		if err != nil || c.Mode != casework.ModeCommitment || !c.Granted {
			return err
		}
		if _, err := byCase(tx, caseID); fault.Of(err) == nil || fault.Of(err).Kind != fault.KindMissing {
			return err
		}
		impl, err := s.casework.Impl(tx, c)
		if err != nil {
			return err
		}
		v := due(c, impl, s.casework.Calendar())
		decider, err := org.LoadBody(tx, c.BodyID)
		if err != nil {
			return err
		}
		v.DeciderName, v.OpenedAt = decider.Name, tx.Now
		insert(tx, v)
		v.tell(tx, staff.Machine("系统（审管衔接）"), "commitment.verification_opened", "", Happened{Due: v.Due.String()})
		return nil
	})
}

// due is the rule: who verifies, and by when, counted in working days from the
// decision.
func due(c *casework.Case, impl *catalog.Implementation, cal *calendar.Table) *Verification {
	k := impl.Commitment
	v := &Verification{CaseID: c.ID, Version: 1, Status: Open, Number: c.Number, ItemName: c.ItemName, ItemCode: impl.Code(),
		ApplicantID: c.ApplicantID, ApplicantName: c.ApplicantName, AgentID: c.AgentID, DeciderID: c.BodyID, Verifier: k.Who(),
		CorrectDays: k.Correction(), DecidedAt: c.DecidedAt, Due: cal.AddWorking(calendar.DayOf(c.DecidedAt), k.VerifyDays)}
	v.BodyID, v.VerifierName = impl.Regulator.ID, impl.Regulator.Name
	if v.Verifier == catalog.ByBureau || v.BodyID == "" {
		v.BodyID, v.VerifierName = impl.Body.ID, impl.Body.Name
	}
	if v.Verifier == catalog.Jointly {
		v.VerifierName = impl.Body.Name + "会同" + impl.Regulator.Name
	}
	return v
}
