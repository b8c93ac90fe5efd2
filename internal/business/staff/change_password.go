package staff

import (
	"context"

	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// ChangePassword (修改口令) of the actor's own account.
type ChangePassword struct {
	Old, New string
}

// ChangePassword ends every session of the account, the present one included.
// Faults: password.old (counted like a failed sign-in), signin.locked,
// password with the field password, password.used.
func (s *Service) ChangePassword(ctx context.Context, who Actor, in ChangePassword) error {
	if !who.SignedIn() || who.TokenID != "" || who.Kind == System {
		return fault.SignedOut()
	}
	a, err := s.attempt(ctx, who, "staff.prove_password", SignIn{who.AccountID, in.Old},
		func(tx *db.Tx, _ string) (Account, error) { return accountByID(tx, who.AccountID) })
	if err != nil {
		if fault.Of(err).Code == "signin.wrong" {
			return fault.Invalid("password.old", fault.At("old", "password.old"))
		}
		return err
	}
	next, err := s.freshPassword(ctx, a, in.New)
	if err != nil {
		return err
	}
	return s.db.Act(ctx, func(tx *db.Tx) error {
		now, err := accountByID(tx, a.ID)
		if err != nil {
			return err
		}
		now.setPassword(next.hash, false, tx)
		s.savePassword(tx, now)
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "staff.change_password",
			SubjectKind: "account", SubjectID: a.ID, RequestID: who.RequestID})
		event.Publish(tx, "account.password_changed", a.ID, nil)
		return nil
	})
}

// freshPassword hashes a password that the account did not have lately.
func (s *Service) freshPassword(ctx context.Context, a Account, password string) (Hashed, error) {
	next, err := s.HashPassword(ctx, a.Login, password)
	if err != nil {
		return next, err
	}
	for _, old := range append([]string{a.hash}, a.past...) {
		used, err := s.hasher.Matches(ctx, password, old)
		if err != nil {
			return next, fault.Unavailable(err)
		}
		if used {
			return next, fault.Invalid("password.used", fault.At("password", "password.used"))
		}
	}
	return next, nil
}

// setPassword remembers the old hash, forgets failures and voids the sessions.
func (a *Account) setPassword(hash string, mustChange bool, tx *db.Tx) {
	a.past = append([]string{a.hash}, a.past...)
	a.past = a.past[:min(len(a.past), remembers-1)]
	a.hash, a.PasswordAt, a.MustChange = hash, tx.Now, mustChange
	a.Epoch++
}

// savePassword saves what setPassword changed and ends the sessions.
func (s *Service) savePassword(tx *db.Tx, a Account) {
	saveAccount(tx, a)
	s.sessions.revoke(tx, a.ID)
	s.Forget(tx, a.ID)
}
