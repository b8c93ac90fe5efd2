package staff

import (
	"bytes"
	"context"
	"time"

	"github.com/alexedwards/scs/v2"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/sm"
)

// What a session says of the account it belongs to. A session without them is
// a visitor's.
const (
	SessionAccount = "account" // string
	SessionEpoch   = "epoch"   // int64, the actor's epoch at sign-in
)

// SessionStore keeps sessions in the database and, for speed, in memory: a
// page view reads memory, and moving the idle limit forward is written down
// only now and then. It is the scs.CtxStore of Manager.
type SessionStore struct {
	db   *db.DB
	live *cache[session]
}

// session is one session. The expiry written down may lag behind the true one.
type session struct {
	account string
	data    []byte
	expires time.Time
	stored  time.Time // the expiry as written down
	read    time.Time // when it was last seen in the database
}

func newSessionStore(d *db.DB) *SessionStore {
	return &SessionStore{db: d, live: newCache[session](20_000)}
}

// Manager is a session manager over this store. A session ends after idle
// without a request, and after lifetime in any case. Its values are strings,
// bools and int64s. The caller sets the cookie.
func (st *SessionStore) Manager(idle, lifetime time.Duration) *scs.SessionManager {
	m := scs.New()
	m.Store, m.Codec = st, sessionCodec{}
	m.IdleTimeout, m.Lifetime = idle, lifetime
	return m
}

// FindCtx gives the session's data unless it expired or was revoked.
func (st *SessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	hash, now := sm.Digest([]byte(token)), st.db.Clock().Now()
	x, err := st.load(ctx, hash, now)
	switch {
	case err != nil && fault.Of(err).Kind == fault.KindMissing:
		return nil, false, nil
	case err != nil:
		return nil, false, err
	}
	return x.data, now.Before(x.expires), nil
}

func (st *SessionStore) load(ctx context.Context, hash string, now time.Time) (session, error) {
	old, known := st.live.get(hash, now, 365*24*time.Hour)
	if known && now.Sub(old.read) <= fresh {
		return old, nil
	}
	mark := st.live.mark()
	var x session
	err := st.db.Read(ctx, func(tx *db.Tx) (err error) {
		x, err = sessionRow(tx, hash)
		return err
	})
	if err != nil {
		if fault.Of(err).Kind == fault.KindMissing {
			st.live.drop(hash)
		}
		return x, err
	}
	if x.expires.Before(old.expires) {
		x.expires = old.expires
	}
	x.read = now
	st.live.put(hash, x, now, mark)
	return x, nil
}

// CommitCtx saves the session. When only the idle limit moved by a little it
// is kept in memory alone. A session whose account signed out everywhere in
// the meantime is not saved again.
func (st *SessionStore) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	hash, now := sm.Digest([]byte(token)), st.db.Clock().Now()
	mark := st.live.mark()
	old, known := st.live.get(hash, now, 365*24*time.Hour)
	if known && bytes.Equal(old.data, data) && expiry.Sub(old.stored) < slack(expiry.Sub(now)) {
		old.expires = expiry
		st.live.put(hash, old, now, mark)
		return nil
	}
	account, epoch, err := owner(data)
	if err != nil {
		return err
	}
	x := session{account: account, data: data, expires: expiry, stored: expiry, read: now}
	void := false
	err = st.db.Act(ctx, func(tx *db.Tx) error {
		if void, err = voided(tx, account, epoch); err != nil || void {
			return err
		}
		saveSession(tx, hash, x)
		return nil
	})
	if err == nil && !void {
		st.live.put(hash, x, now, mark)
	}
	return err
}

// slack is how far the written expiry may lag: a tenth of what is left, and a
// minute at least.
func slack(left time.Duration) time.Duration { return max(left/10, time.Minute) }

// voided says whether the session's account is gone or in a later epoch.
func voided(tx *db.Tx, account string, epoch int64) (bool, error) {
	if account == "" {
		return false, nil
	}
	a, err := accountByID(tx, account)
	if err != nil && fault.Of(err).Kind == fault.KindMissing {
		return true, nil
	}
	return err == nil && (a.Epoch != epoch || !a.Active), err
}

// DeleteCtx ends one session.
func (st *SessionStore) DeleteCtx(ctx context.Context, token string) error {
	hash := sm.Digest([]byte(token))
	return st.db.Act(ctx, func(tx *db.Tx) error {
		deleteSession(tx, hash)
		tx.AfterCommit(func() { st.live.drop(hash) })
		return nil
	})
}

// revoke ends every session of the account with the act's commit.
func (st *SessionStore) revoke(tx *db.Tx, accountID string) {
	deleteSessionsOf(tx, accountID)
	tx.AfterCommit(func() {
		st.live.dropIf(func(_ string, x session) bool { return x.account == accountID })
	})
}

// Purge removes expired sessions; a job calls it now and then.
func (st *SessionStore) Purge(ctx context.Context) error {
	return st.db.Act(ctx, func(tx *db.Tx) error {
		deleteExpiredSessions(tx)
		now := tx.Now
		tx.AfterCommit(func() {
			st.live.dropIf(func(_ string, x session) bool { return !now.Before(x.expires) })
		})
		return nil
	})
}

// Find, Commit and Delete complete scs.Store; the manager calls the variants
// with a context.
func (st *SessionStore) Find(token string) ([]byte, bool, error) {
	return st.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (st *SessionStore) Commit(token string, data []byte, expiry time.Time) error {
	return st.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context.
func (st *SessionStore) Delete(token string) error { return st.DeleteCtx(context.Background(), token) }
