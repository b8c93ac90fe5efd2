package staff

import (
	"context"
	"time"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// Unlock (解锁) an account that wrong passwords locked.
type Unlock struct{ AccountID string }

// Unlock refuses one's own account.
func (s *Service) Unlock(ctx context.Context, who Actor, in Unlock) error {
	if err := who.Must(StaffGrant); err != nil {
		return err
	}
	if who.Self(in.AccountID) {
		return fault.Denied("staff.own_account")
	}
	return s.db.Act(ctx, func(tx *db.Tx) error {
		a, err := accountByID(tx, in.AccountID)
		if err != nil {
			return err
		}
		before := map[string]any{"failures": a.Failed, "locked_until": db.Stamp(a.Locked)}
		a.unlock()
		saveAccount(tx, a)
		tell(tx, who, "staff.unlock", a.ID, before, nil)
		event.Publish(tx, "account.unlocked", a.ID, nil)
		return nil
	})
}

func (a *Account) unlock() { a.Failed, a.Locked = 0, time.Time{} }
