package staff

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"onewindow/internal/kit/db"
)

var _ scs.CtxStore = (*SessionStore)(nil)

// data is a session of the actor as the manager would write it.
func data(t *testing.T, a Actor, note string) []byte {
	t.Helper()
	b, err := sessionCodec{}.Encode(time.Unix(0, 0), map[string]any{SessionAccount: a.AccountID, SessionEpoch: a.Epoch, "note": note})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// stored is the session's expiry in the database, and whether it is there.
func (o office) stored() (n int, expires string) {
	o.t.Helper()
	err := o.d.Read(o.ctx, func(tx *db.Tx) error {
		return tx.Row(`select count(*), coalesce(max(expires_at), '') from session`).Scan(&n, &expires)
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return n, expires
}

func (o office) found(st *SessionStore, token string) bool {
	o.t.Helper()
	_, ok, err := st.FindCtx(o.ctx, token)
	if err != nil {
		o.t.Fatal(err)
	}
	return ok
}

func TestSessionIsRememberedAndWrittenSeldom(t *testing.T) {
	each(t, func(o office) {
		a, st, now := o.officer("wang.min", Clerk), o.Sessions(), o.clk.Now()
		o.want(st.CommitCtx(o.ctx, "t1", data(t, a, ""), now.Add(time.Hour)), "")
		_, first := o.stored()
		o.want(st.CommitCtx(o.ctx, "t1", data(t, a, ""), now.Add(time.Hour+5*time.Minute)), "")
		if _, at := o.stored(); at != first {
			t.Error("moving the limit a little is written down")
		}
		o.clk.Advance(time.Hour + time.Minute)
		if !o.found(st, "t1") {
			t.Error("the moved limit is forgotten")
		}
		o.want(st.CommitCtx(o.ctx, "t1", data(t, a, "changed"), o.clk.Now().Add(time.Hour)), "")
		restarted := newSessionStore(o.d)
		got, ok, err := restarted.FindCtx(o.ctx, "t1")
		if !ok || err != nil || string(got) != string(data(t, a, "changed")) {
			t.Errorf("after a restart: %s, %v, %v", got, ok, err)
		}
		o.clk.Advance(time.Hour)
		if o.found(st, "t1") || o.found(restarted, "t1") {
			t.Error("an expired session is found")
		}
		o.want(st.Purge(o.ctx), "")
		if n, _ := o.stored(); n != 0 {
			t.Errorf("%d sessions after the purge", n)
		}
	})
}

func TestSessionIsDeleted(t *testing.T) {
	each(t, func(o office) {
		a, st, soon := o.officer("wang.min", Clerk), o.Sessions(), o.clk.Now().Add(time.Hour)
		o.want(st.CommitCtx(o.ctx, "t1", data(t, a, ""), soon), "")
		o.want(st.DeleteCtx(o.ctx, "t1"), "")
		o.want(st.DeleteCtx(o.ctx, "t1"), "")
		if n, _ := o.stored(); n != 0 || o.found(st, "t1") || o.found(st, "never") {
			t.Error("a deleted session is found")
		}
	})
}

// Signing out and a new password end every session, on this process at once
// and on others soon, and a request still under way cannot bring one back.
func TestRevokedSessionsStayAway(t *testing.T) {
	each(t, func(o office) {
		for name, end := range map[string]func(Actor) error{
			"sign out": func(a Actor) error { return o.SignOut(o.ctx, a) },
			"password": func(a Actor) error { return o.ChangePassword(o.ctx, a, ChangePassword{good, "Another-2026"}) },
			"closed":   func(a Actor) error { return o.SetActive(o.ctx, o.sys, SetActive{a.AccountID, false}) },
		} {
			a, other := o.officer("one-"+name[:3], Clerk), o.officer("two-"+name[:3], Clerk)
			st, away, soon := o.Sessions(), newSessionStore(o.d), o.clk.Now().Add(time.Hour)
			for _, token := range []string{"t1", "t2"} {
				o.want(st.CommitCtx(o.ctx, name+token, data(t, a, ""), soon), "")
			}
			o.want(st.CommitCtx(o.ctx, name+"other", data(t, other, ""), soon), "")
			if !o.found(away, name+"t2") {
				t.Fatal("another process does not find the session")
			}
			o.want(end(a), "")
			o.want(st.CommitCtx(o.ctx, name+"t1", data(t, a, "late"), soon), "")
			if o.found(st, name+"t1") || o.found(st, name+"t2") || !o.found(st, name+"other") {
				t.Errorf("%s: the wrong sessions ended", name)
			}
			o.clk.Advance(fresh + time.Second)
			if o.found(away, name+"t2") {
				t.Errorf("%s: another process keeps the session", name)
			}
		}
	})
}

// Through the real manager: a value put in one request is there in the next.
func TestManagerKeepsValues(t *testing.T) {
	each(t, func(o office) {
		o.clk.Set(time.Now())
		a := o.officer("wang.min", Clerk)
		m := o.Sessions().Manager(30*time.Minute, 8*time.Hour)
		h := m.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/in" {
				o.want(m.RenewToken(r.Context()), "")
				m.Put(r.Context(), SessionAccount, a.AccountID)
				m.Put(r.Context(), SessionEpoch, a.Epoch)
				m.Put(r.Context(), "large", true)
				return
			}
			if m.GetString(r.Context(), SessionAccount) != a.AccountID || m.GetInt64(r.Context(), SessionEpoch) != a.Epoch ||
				!m.GetBool(r.Context(), "large") {
				t.Error("the session lost its values")
			}
		}))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(context.Background(), "POST", "/in", nil))
		next := httptest.NewRequest("GET", "/page", nil)
		next.Header.Set("Cookie", w.Header().Get("Set-Cookie"))
		h.ServeHTTP(httptest.NewRecorder(), next)
		var account string
		o.want(o.d.Read(o.ctx, func(tx *db.Tx) error { return tx.Row(`select account_id from session`).Scan(&account) }), "")
		if account != a.AccountID {
			t.Errorf("the session belongs to %q", account)
		}
	})
}

func TestCodecRefusesWhatItCannotKeep(t *testing.T) {
	if _, err := (sessionCodec{}).Encode(time.Time{}, map[string]any{"n": 1}); err == nil {
		t.Error("an int would come back as an int64")
	}
	if _, _, err := (sessionCodec{}).Decode([]byte(`{"values":{"a":[1]}}`)); err == nil {
		t.Error("a list is decoded")
	}
}

func TestCacheIsBoundedAndForgets(t *testing.T) {
	c, now := newCache[int](3), time.Unix(0, 0)
	for i, k := range []string{"a", "b", "c", "d"} {
		c.put(k, i, now, c.mark())
	}
	if len(c.m) != 3 {
		t.Errorf("%d kept", len(c.m))
	}
	if v, ok := c.get("d", now.Add(time.Second), time.Second); !ok || v != 3 {
		t.Error("the newest is gone")
	}
	if _, ok := c.get("d", now.Add(2*time.Second), time.Second); ok {
		t.Error("a stale value is given")
	}
	mark := c.mark()
	c.drop("d") // changed while it was being read
	c.put("d", 9, now, mark)
	if _, ok := c.get("d", now, time.Second); ok {
		t.Error("a value read before the change is kept after it")
	}
}
