package staff

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/fault"
)

// GB/T 22239-2019 三级 身份鉴别: failures are counted, the fifth locks, and
// success begins again.
func TestSignInLocksAfterFiveFailures(t *testing.T) {
	each(t, func(o office) {
		a := o.officer("wang.min", Clerk)
		for range mostFailures - 1 {
			o.want(o.signIn("wang.min", "wrong"), "signin.wrong")
		}
		o.want(o.signIn(" Wang.Min ", good), "") // and the count begins again
		for range mostFailures {
			o.want(o.signIn("wang.min", "wrong"), "signin.wrong")
		}
		err := o.signIn("wang.min", good)
		o.want(err, "signin.locked")
		if f := fault.Of(err); f.Args["minutes"] != "15" {
			t.Errorf("%v", f.Args)
		}
		o.clk.Advance(lockedFor)
		o.want(o.signIn("wang.min", "wrong"), "signin.wrong") // one failure, not locked again
		o.want(o.signIn("wang.min", good), "")
		got := o.audits(a.AccountID)
		if len(got) != 14 || got[0].Act != "staff.sign_in" || got[0].ActorID != a.AccountID || got[1].ActorID != "" {
			t.Fatalf("%d audit rows: %+v", len(got), got[:2])
		}
		for _, e := range got {
			text, _ := json.Marshal(e)
			if strings.Contains(string(text), good) || strings.Contains(string(text), "argon2") {
				t.Errorf("a password stands in the audit trail: %s", text)
			}
		}
	})
}

// A login name that does not exist behaves like one that does.
func TestUnknownLoginsAreNotToldApart(t *testing.T) {
	each(t, func(o office) {
		for range mostFailures {
			o.want(o.signIn("nobody", "wrong"), "signin.wrong")
		}
		o.want(o.signIn("nobody", "wrong"), "signin.locked")
		o.clk.Advance(lockedFor + time.Second)
		o.want(o.signIn("nobody", "wrong"), "signin.wrong")
		o.want(o.signIn("", ""), "signin.wrong")
	})
}

func TestParallelGuessesAreAllCounted(t *testing.T) {
	each(t, func(o office) {
		o.officer("wang.min", Clerk)
		var wg sync.WaitGroup
		for range mostFailures {
			wg.Go(func() { o.signIn("wang.min", "wrong") })
		}
		wg.Wait()
		o.want(o.signIn("wang.min", good), "signin.locked")
	})
}

func TestUnlock(t *testing.T) {
	each(t, func(o office) {
		a, security := o.officer("wang.min", Clerk), o.officer("sec-one", SecurityAdmin)
		for range mostFailures {
			o.signIn("wang.min", "wrong")
		}
		o.want(o.Unlock(o.ctx, a, Unlock{a.AccountID}), "permission")
		o.want(o.Unlock(o.ctx, security, Unlock{security.AccountID}), "staff.own_account")
		o.want(o.Unlock(o.ctx, security, Unlock{"nobody"}), "staff.account")
		o.want(o.Unlock(o.ctx, security, Unlock{a.AccountID}), "")
		o.want(o.signIn("wang.min", good), "")
	})
}

// Whatever happens in whatever order: nobody gets in while locked, a lock
// begins at the fifth failure in a row, and lasts a quarter of an hour.
func TestTryIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, now, inRow := Account{}, dbtest.Start, 0
		var until time.Time
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "seconds")) * time.Second)
			right := rapid.Bool().Draw(t, "right")
			err := a.try(now, right)
			switch {
			case now.Before(until):
				if fault.Of(err) == nil || fault.Of(err).Code != "signin.locked" {
					t.Fatalf("%v while locked", err)
				}
				continue
			case !until.IsZero():
				until, inRow = time.Time{}, 0
			}
			if right {
				inRow = 0
			} else if inRow++; inRow == mostFailures {
				until = now.Add(lockedFor)
			}
			if (err == nil) != right || !a.Locked.Equal(until) {
				t.Fatalf("right %v: %v, locked until %v, want %v", right, err, a.Locked, until)
			}
		}
	})
}

func TestPasswordRules(t *testing.T) {
	for _, c := range []struct{ login, password, code string }{
		{"wang", "Ab1-xyz", "password.short"},
		{"wang", "abcdefgh1", "password.simple"},
		{"wang", "Abcdefgh1", ""},
		{"wang", "一二三四五六Aa", ""},
		{"wang", "Wang-2026", "password.login"},
		{"wang", "A1-" + strings.Repeat("x", 130), "password.long"},
	} {
		got := checkPassword(c.login, c.password)
		if (len(got) == 0) != (c.code == "") || len(got) > 0 && got[0].Code != c.code {
			t.Errorf("%s: %v, want %s", c.password, got, c.code)
		}
	}
}

func TestChangePassword(t *testing.T) {
	each(t, func(o office) {
		a := o.officer("wang.min", Clerk)
		change := func(old, next string) error { return o.ChangePassword(o.ctx, a, ChangePassword{old, next}) }
		o.want(change("wrong", "Another-2026"), "password.old")
		o.want(change(good, "weak"), "password")
		o.want(change(good, good), "password.used")
		o.want(change(good, "Another-2026"), "")
		o.want(o.signIn("wang.min", good), "signin.wrong")
		o.want(o.signIn("wang.min", "Another-2026"), "")
		if b := o.actor(a.AccountID); b.MustChange || b.Epoch != a.Epoch+1 {
			t.Errorf("%+v", b)
		}
		_, err := o.SessionActor(o.ctx, a.AccountID, a.Epoch)
		o.want(err, "signed_out")
		o.want(change("Another-2026", good), "password.used")
		o.want(o.ChangePassword(o.ctx, Actor{}, ChangePassword{}), "signed_out")
	})
}

// A stolen session must not be a way of guessing the password.
func TestChangePasswordCountsFailures(t *testing.T) {
	each(t, func(o office) {
		a := o.officer("wang.min", Clerk)
		for range mostFailures {
			o.want(o.ChangePassword(o.ctx, a, ChangePassword{"wrong", "Another-2026"}), "password.old")
		}
		o.want(o.ChangePassword(o.ctx, a, ChangePassword{good, "Another-2026"}), "signin.locked")
	})
}

func TestResetPassword(t *testing.T) {
	each(t, func(o office) {
		a, security := o.officer("wang.min", Clerk), o.officer("sec-one", SecurityAdmin)
		for range mostFailures {
			o.signIn("wang.min", "wrong")
		}
		o.want(o.ResetPassword(o.ctx, a, ResetPassword{a.AccountID, "Another-2026"}), "permission")
		o.want(o.ResetPassword(o.ctx, security, ResetPassword{security.AccountID, "Another-2026"}), "staff.own_account")
		o.want(o.ResetPassword(o.ctx, security, ResetPassword{a.AccountID, "Another-2026"}), "")
		o.want(o.signIn("wang.min", "Another-2026"), "")
		if !o.actor(a.AccountID).MustChange {
			t.Error("a password that another knows may stay")
		}
	})
}

func TestAddApplicant(t *testing.T) {
	each(t, func(o office) {
		hashed, err := o.HashPassword(o.ctx, "li.lei", good)
		o.want(err, "")
		add := func(login string) (accountID string, err error) {
			err = o.d.Act(o.ctx, func(tx *db.Tx) error {
				accountID, err = o.Service.AddApplicant(tx, login, "李雷", hashed)
				return err
			})
			return accountID, err
		}
		accountID, err := add("Li.Lei")
		o.want(err, "")
		o.want(o.signIn("li.lei", good), "")
		if a := o.actor(accountID); a.Kind != Applicant || !a.Can(CaseSubmit) || a.Can(CaseAccept) || a.MustChange {
			t.Errorf("%+v", a)
		}
		_, err = add("li.lei")
		o.want(err, "login.taken")
		o.want(o.Post(o.ctx, o.sys, Post{AccountID: accountID, BodyID: "dz-spj", Role: Clerk}), "staff.not_officer")
	})
}
