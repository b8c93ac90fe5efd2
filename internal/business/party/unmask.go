package party

import (
	"context"
	"strings"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// Unmask (查看完整信息) opens a party in the clear. An officer gives a reason and
// the case that needs it; Case is what that case says of itself.
type Unmask struct {
	PartyID string
	Reason  string
	CaseID  string
	Case    staff.Subject
}

// Unmask writes who saw whose data and why, each time (个人信息保护法第五十一条).
// Faults: permission, scope, party.reason.
func (s *Service) Unmask(ctx context.Context, who staff.Actor, in Unmask) (p Party, err error) {
	own := who.ActsFor(in.PartyID)
	if err := in.mayOpen(who, own); err != nil {
		return p, err
	}
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		if p, err = s.Load(tx, in.PartyID); err != nil {
			return err
		}
		tell(tx, who, "party.unmask", p.ID, map[string]any{"reason": strings.TrimSpace(in.Reason), "case": in.CaseID, "own": own})
		if !own {
			event.Publish(tx, "party.unmasked", p.ID, map[string]string{"account_id": who.AccountID, "case_id": in.CaseID})
		}
		return nil
	})
	if err != nil {
		return Party{}, err
	}
	return p, nil
}

// mayOpen: one's own data always; an officer's only with a reason, for the
// applicant of a case within the officer's scope.
func (in Unmask) mayOpen(who staff.Actor, own bool) error {
	if own {
		return nil
	}
	if err := who.May(staff.PersonUnmask, in.Case); err != nil {
		return err
	}
	if in.CaseID == "" || in.Case.ApplicantID != in.PartyID {
		return fault.Denied("scope")
	}
	if len([]rune(strings.TrimSpace(in.Reason))) < 2 {
		return fault.Invalid("party.reason", fault.At("reason", "party.reason"))
	}
	return nil
}
