package staff

import (
	"context"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// RevokeToken (吊销接口令牌) voids a bearer token for good.
type RevokeToken struct{ TokenID string }

// RevokeToken fails with stale when the token was revoked already. An administrator
// revokes any, the owner of an account those of their own; a token revokes none.
func (s *Service) RevokeToken(ctx context.Context, who Actor, in RevokeToken) error {
	if !who.SignedIn() {
		return fault.SignedOut()
	}
	return s.db.Act(ctx, func(tx *db.Tx) error {
		t, err := tokenByID(tx, in.TokenID)
		if err != nil {
			return err
		}
		if who.TokenID != "" || !who.Self(t.AccountID) {
			if err := who.Must(StaffManage); err != nil {
				return err
			}
		}
		revokeToken(tx, t.ID)
		tx.AfterCommit(func() { s.tokens.dropIf(func(_ string, k apiToken) bool { return k.ID == t.ID }) })
		tell(tx, who, "staff.revoke_token", t.AccountID, nil, map[string]string{"token": t.ID})
		event.Publish(tx, "token.revoked", t.AccountID, map[string]string{"token_id": t.ID})
		return nil
	})
}
