package staff

import (
	"context"
	"slices"
	"time"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// mostListed is how many accounts one page of a list holds at most.
const mostListed = 100

// Account is one account with its postings, for the administrators' pages and
// for its owner.
func (s *Service) Account(ctx context.Context, who Actor, accountID string) (a Account, postings []Posting, err error) {
	if !who.Self(accountID) {
		if err := who.mustAdminister(); err != nil {
			return a, nil, err
		}
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if a, err = accountByID(tx, accountID); err == nil {
			postings, err = postingsOf(tx, accountID)
		}
		return err
	})
	return a, postings, err
}

// Accounts lists accounts of one kind by login name, those alone that begin with
// prefix; after is the last login name of the page before, empty for the first.
func (s *Service) Accounts(ctx context.Context, who Actor, kind Kind, prefix, after string, limit int) (out []Account, err error) {
	if err := who.mustAdminister(); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = accountsAfter(tx, kind, normalLogin(prefix), after, min(max(limit, 1), mostListed))
		return err
	})
	return out, err
}

// mustAdminister wants one of the two permissions over accounts, which no
// administrator holds both.
func (a Actor) mustAdminister() error {
	if a.Can(StaffManage) {
		return nil
	}
	return a.Must(StaffGrant)
}

// Token is a bearer token as the administrators see it: what it may, for whom,
// how long, and never itself.
type Token struct {
	ID, Name    string
	Permissions []Permission
	CreatedAt   time.Time
	Expires     time.Time
	Revoked     time.Time // zero while it was not
}

// Open says whether the token still opens.
func (t Token) Open(now time.Time) bool { return t.Revoked.IsZero() && now.Before(t.Expires) }

// Tokens are the newest tokens of an account, at most a hundred.
func (s *Service) Tokens(ctx context.Context, who Actor, accountID string) (out []Token, err error) {
	if err := who.mustAdminister(); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = tokensOf(tx, accountID, mostListed)
		return err
	})
	return out, err
}

// Holders is the step that lists the accounts posted with a role at a body
// today, for another noun that assigns work or sends a notice.
func Holders(tx *db.Tx, bodyID string, role Role) ([]string, error) {
	postings, err := postingsAt(tx, bodyID, role)
	var out []string
	for _, p := range postings {
		if p.holds(today(tx.Now)) && !slices.Contains(out, p.AccountID) {
			out = append(out, p.AccountID)
		}
	}
	return out, err
}

// NameOf is the step that gives the name an account's owner goes by; fault
// staff.account when there is none.
func NameOf(tx *db.Tx, accountID string) (string, error) {
	a, err := accountByID(tx, accountID)
	return a.Name, err
}

// IDOfLogin is the step that gives the id of an open account; fault
// staff.account when there is none.
func IDOfLogin(tx *db.Tx, login string) (string, error) {
	a, err := accountByLogin(tx, normalLogin(login))
	if err == nil && !a.Active {
		return "", fault.Missing("staff.account")
	}
	return a.ID, err
}

// LoginOf is the step that gives an account's login name; fault staff.account
// when there is none.
func LoginOf(tx *db.Tx, accountID string) (string, error) {
	a, err := accountByID(tx, accountID)
	return a.Login, err
}

// Colleague is an officer as a list to choose from names them.
type Colleague struct{ AccountID, Login, Name string }

// Colleagues are the officers posted at a body today in a role that brings the
// permission.
func Colleagues(tx *db.Tx, bodyID string, p Permission) (out []Colleague, err error) {
	for _, role := range Roles() {
		if !role.Permits(p) {
			continue
		}
		ids, err := Holders(tx, bodyID, role)
		if err != nil {
			return nil, err
		}
		for _, accountID := range ids {
			a, err := accountByID(tx, accountID)
			if err != nil {
				return nil, err
			}
			c := Colleague{a.ID, a.Login, a.Name}
			if a.Active && !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out, nil
}
