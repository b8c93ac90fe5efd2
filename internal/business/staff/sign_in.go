package staff

import (
	"context"
	"errors"
	"strconv"
	"time"

	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// mostFailures wrong passwords in a row lock an account for lockedFor.
const (
	mostFailures = 5
	lockedFor    = 15 * time.Minute
)

// SignIn (登录) proves with a password who somebody is.
type SignIn struct {
	Login    string
	Password string
}

// SignIn gives the account's id. Faults: signin.wrong (whichever of the two was
// wrong, in the same time), signin.locked with the minutes left. The visitor's
// RequestID goes into the audit trail; the password goes nowhere.
func (s *Service) SignIn(ctx context.Context, who Actor, in SignIn) (string, error) {
	a, err := s.attempt(ctx, who, "staff.sign_in", in, accountByLogin)
	if err != nil {
		return "", err
	}
	return a.ID, nil
}

// attempt is one try at a password: it reads the account with find, compares
// outside the transaction, then counts and tells.
func (s *Service) attempt(ctx context.Context, who Actor, act string, in SignIn, find finder) (Account, error) {
	login := normalLogin(in.Login)
	a, right, err := s.compare(ctx, login, in.Password, find)
	if err != nil {
		return a, err
	}
	for range 2 * mostFailures { // others may be counting failures at the same time
		refusal, err := s.settle(ctx, who, act, login, find, right, a.hash)
		switch {
		case errors.Is(err, fault.Conflict("stale")):
			continue
		case err != nil:
			return a, err
		}
		return a, refusal
	}
	return a, fault.Conflict("stale")
}

type finder func(tx *db.Tx, login string) (Account, error)

// compare reads the account and compares the password. An account that is
// locked is not compared: that it is locked is no secret.
func (s *Service) compare(ctx context.Context, login, password string, find finder) (a Account, right bool, err error) {
	locked := false
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		a, err = s.lookup(tx, login, find)
		locked = a.open(tx.Now) != nil
		return err
	})
	if err != nil || locked {
		return a, false, err
	}
	if right, err = s.hasher.Matches(ctx, password, a.hash); err != nil {
		return a, false, fault.Unavailable(err)
	}
	return a, right, nil
}

// lookup gives the account or, for an unknown or closed one, a stand-in that
// counts failures in memory, so that neither time nor lockout tells which
// login names exist.
func (s *Service) lookup(tx *db.Tx, login string, find finder) (Account, error) {
	a, err := find(tx, login)
	if err == nil && a.Active {
		return a, nil
	}
	if err != nil && fault.Of(err).Kind != fault.KindMissing {
		return a, err
	}
	seen, _ := s.guesses.get(login, tx.Now, lockedFor)
	return Account{Failed: seen.n, Locked: seen.locked}, nil
}

// attempts is what is remembered of a login name that does not exist.
type attempts struct {
	n      int
	locked time.Time
}

// settle applies the outcome to the account as it is now. The refusal is
// returned beside the error because a refused attempt is committed too.
func (s *Service) settle(ctx context.Context, who Actor, act, login string, find finder, right bool, hash string) (refusal, err error) {
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		a, err := s.lookup(tx, login, find)
		if err != nil {
			return err
		}
		before := a
		refusal = a.try(tx.Now, right && a.hash == hash && a.ID != "")
		if a.ID == "" {
			s.guesses.put(login, attempts{a.Failed, a.Locked}, tx.Now, s.guesses.mark())
		} else if a.Failed != before.Failed || !a.Locked.Equal(before.Locked) {
			saveAccount(tx, a)
		}
		s.Forget(tx, a.ID) // another process may have moved the epoch on
		tellAttempt(tx, who, act, a, refusal)
		return nil
	})
	return refusal, err
}

// open refuses while the account is locked.
func (a Account) open(now time.Time) error {
	if left := a.Locked.Sub(now); left > 0 {
		minutes := int((left + time.Minute - 1) / time.Minute)
		return fault.Refused("signin.locked", "", "minutes", strconv.Itoa(minutes))
	}
	return nil
}

// try counts one attempt: the fifth failure in a row locks, a success and the
// end of a lock begin the count again.
func (a *Account) try(now time.Time, right bool) error {
	if err := a.open(now); err != nil {
		return err
	}
	if !a.Locked.IsZero() {
		a.Failed, a.Locked = 0, time.Time{}
	}
	if right {
		a.Failed = 0
		return nil
	}
	a.Failed++
	if a.Failed >= mostFailures {
		a.Locked = now.Add(lockedFor)
	}
	return fault.Invalid("signin.wrong")
}

// tellAttempt writes the audit row. Who failed is not known, so a failure has
// no actor; what a visitor typed as an unknown name is left out, because
// people type passwords into that field.
func tellAttempt(tx *db.Tx, who Actor, act string, a Account, refusal error) {
	e := audit.Entry{Act: act, SubjectKind: "account", SubjectID: a.ID, RequestID: who.RequestID}
	outcome := "ok"
	if refusal == nil {
		e.ActorID, e.ActorName = a.ID, a.Name
	} else {
		outcome = fault.Of(refusal).Code
	}
	e.After = map[string]any{"outcome": outcome, "failures": a.Failed}
	audit.Record(tx, e)
	switch {
	case a.ID != "" && refusal == nil && act == "staff.sign_in":
		event.Publish(tx, "account.signed_in", a.ID, map[string]string{"kind": string(a.Kind)})
	case a.ID != "" && a.Failed == mostFailures && outcome == "signin.wrong":
		event.Publish(tx, "account.locked", a.ID, map[string]string{"until": db.Stamp(a.Locked)})
	}
}
