package staff

import (
	"context"

	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// ResetPassword (重置口令) gives another officer's account a password that must
// be changed at the next sign-in.
type ResetPassword struct {
	AccountID string
	Password  string
}

// ResetPassword also lifts a lock and ends every session of the account.
func (s *Service) ResetPassword(ctx context.Context, who Actor, in ResetPassword) error {
	if err := who.Must(StaffGrant); err != nil {
		return err
	}
	if who.Self(in.AccountID) {
		return fault.Denied("staff.own_account")
	}
	var a Account
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		a, err = accountByID(tx, in.AccountID)
		return err
	})
	if err != nil {
		return err
	}
	next, err := s.freshPassword(ctx, a, in.Password)
	if err != nil {
		return err
	}
	return s.db.Act(ctx, func(tx *db.Tx) error {
		a, err := accountByID(tx, in.AccountID)
		if err != nil {
			return err
		}
		a.unlock()
		a.setPassword(next.hash, true, tx)
		s.savePassword(tx, a)
		tell(tx, who, "staff.reset_password", a.ID, nil, nil)
		event.Publish(tx, "account.password_reset", a.ID, nil)
		return nil
	})
}

// tell writes the audit row of an act on an account.
func tell(tx *db.Tx, who Actor, act, accountID string, before, after any) {
	audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: act, SubjectKind: "account",
		SubjectID: accountID, Before: before, After: after, RequestID: who.RequestID})
}
