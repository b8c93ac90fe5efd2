package staff

import (
	"context"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// SignOut (退出登录) ends every session of the actor's account, on every device.
func (s *Service) SignOut(ctx context.Context, who Actor) error {
	if !who.SignedIn() || who.TokenID != "" || who.Kind == System {
		return fault.SignedOut()
	}
	return s.db.Act(ctx, func(tx *db.Tx) error {
		a, err := accountByID(tx, who.AccountID)
		if err != nil {
			return err
		}
		a.Epoch++
		saveAccount(tx, a)
		s.sessions.revoke(tx, a.ID)
		s.Forget(tx, a.ID)
		tell(tx, who, "staff.sign_out", a.ID, nil, nil)
		event.Publish(tx, "account.signed_out", a.ID, nil)
		return nil
	})
}
