package staff

import (
	"context"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// SetActive (停用、启用) closes an account when its owner leaves, or opens it
// again.
type SetActive struct {
	AccountID string
	Active    bool
}

// SetActive ends every session and refuses every token of an account that is
// closed.
func (s *Service) SetActive(ctx context.Context, who Actor, in SetActive) error {
	if err := who.Must(StaffManage); err != nil {
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
		before := a.Active
		a.Active = in.Active
		a.Epoch++
		saveAccount(tx, a)
		s.sessions.revoke(tx, a.ID)
		s.Forget(tx, a.ID)
		tell(tx, who, "staff.set_active", a.ID, before, a.Active)
		event.Publish(tx, "account.active_changed", a.ID, map[string]bool{"active": a.Active})
		return nil
	})
}
