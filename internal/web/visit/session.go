package visit

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"

	"onewindow/internal/business/staff"
)

// SignIn begins a session of the account under a fresh token, so that a token
// planted before is worth nothing.
func (v *Visit) SignIn(accountID string, epoch int64) error {
	s, ctx := v.door.o.Sessions, v.Context()
	if err := s.RenewToken(ctx); err != nil {
		return err
	}
	s.Put(ctx, staff.SessionAccount, accountID)
	s.Put(ctx, staff.SessionEpoch, epoch)
	return nil
}

// SignOut ends the session.
func (v *Visit) SignOut() error {
	v.Actor = staff.Actor{RequestID: v.Actor.RequestID}
	return v.door.o.Sessions.Destroy(v.Context())
}

// Keep remembers a short text in the session; "" forgets it.
func (v *Visit) Keep(key, value string) {
	if value == "" {
		v.door.o.Sessions.Remove(v.Context(), "keep."+key)
		return
	}
	v.door.o.Sessions.Put(v.Context(), "keep."+key, value)
}

// Kept is what Keep remembered.
func (v *Visit) Kept(key string) string {
	return v.door.o.Sessions.GetString(v.Context(), "keep."+key)
}

// sign is a keyed digest of a text for one purpose.
func (d *Door) sign(purpose, text string) string {
	m := hmac.New(sha256.New, d.o.Key)
	m.Write([]byte(purpose + "\x00" + text))
	return hex.EncodeToString(m.Sum(nil))
}

// owner is an opaque mark of the account for the page, so that a browser never
// offers to one person what another typed.
func (v *Visit) owner() string {
	if !v.Actor.SignedIn() {
		return ""
	}
	return v.door.sign("owner", v.Actor.AccountID)[:16]
}
