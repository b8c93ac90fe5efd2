package staff

import (
	"slices"

	"onewindow/internal/kit/fault"
)

// Kind says what sort of actor this is.
type Kind string

// The kinds of actor.
const (
	Applicant Kind = "applicant" // 申请人 or their agent
	Officer   Kind = "officer"   // 工作人员
	System    Kind = "system"    // the platform itself: timers, reactions, seeds
)

// Actor is who performs an act. The zero Actor is a visitor who is not signed
// in. Actors are shared between requests: never change a slice in one.
type Actor struct {
	AccountID, Name string
	Kind            Kind
	OrgID           string // the body of the first posting
	HallID          string // the hall and window of the first posting that has one
	WindowID        string
	Roles           []Role
	PartyIDs        []string // whom an applicant may act for in every matter
	RequestID       string
	// Scope is every case the actor may see. What may be done to a case is
	// narrower: see May.
	Scope Scope
	// Grants is each role with the cases it reaches. An officer who decides for
	// one body and takes in at a hall must not decide what the hall takes in.
	Grants []Grant
	// MustChange says that the password must be changed before anything else.
	MustChange bool
	// Epoch goes up when every session of the account becomes void.
	Epoch int64
	// TokenID names the bearer token of an API call; Limit is all it may do.
	TokenID string
	Limit   []Permission
}

// Grant is one role with the cases it reaches. For is the account whose grant it
// is while this officer stands in for it; empty for one's own.
type Grant struct {
	Role  Role
	Scope Scope
	For   string
}

// Machine is the platform itself as actor, named for the audit trail.
func Machine(name string) Actor {
	return Actor{AccountID: "system", Name: name, Kind: System, Scope: Scope{All: true}}
}

// SignedIn says whether the actor is anybody.
func (a Actor) SignedIn() bool { return a.AccountID != "" }

// Can says whether the actor holds the permission at all.
func (a Actor) Can(p Permission) bool {
	if a.limited(p) {
		return false
	}
	return a.Kind == System || slices.ContainsFunc(a.Roles, func(r Role) bool { return r.Permits(p) })
}

// limited says that the actor came with a token that does not bring p.
func (a Actor) limited(p Permission) bool {
	return a.TokenID != "" && !slices.Contains(a.Limit, p)
}

// Must is Can as a fault: signed_out for a visitor, permission for others.
func (a Actor) Must(p Permission) error {
	switch {
	case !a.SignedIn():
		return fault.SignedOut()
	case !a.Can(p):
		return fault.Denied("permission")
	}
	return nil
}

// May is Must, and one and the same grant must bring the permission and cover
// the case; a guest reads it, and the government that was asked answers; fault scope when none does.
func (a Actor) May(p Permission, x Subject) error {
	if err := a.Must(p); err != nil {
		return err
	}
	scope := a.ScopeFor(p)
	if scope.Covers(x) || (p == CaseRead || p == CaseExtendJoint || p == ChallengeGovern) && scope.hosts(x.Guests) {
		return nil
	}
	return fault.Denied("scope")
}

// StandsInFor is the account for whom the actor would do p to the case: empty
// when it is the actor's own to do, or not the actor's at all.
func (a Actor) StandsInFor(p Permission, x Subject) string {
	whom := ""
	for _, g := range a.Grants {
		switch {
		case !g.Role.Permits(p) || !g.Scope.Covers(x):
		case g.For == "":
			return ""
		case whom == "":
			whom = g.For
		}
	}
	return whom
}

// Substitutes says whether the actor stands in for the account today.
func (a Actor) Substitutes(accountID string) bool {
	return accountID != "" && slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.For == accountID })
}

// ScopeFor is the cases to which the actor may do p; for lists of what waits
// for this actor.
func (a Actor) ScopeFor(p Permission) Scope {
	switch {
	case !a.Can(p):
		return Scope{}
	case a.Kind == System || len(a.Grants) == 0:
		return a.Scope
	}
	var s Scope
	for _, g := range a.Grants {
		if g.Role.Permits(p) {
			s = s.plus(g.Scope)
		}
	}
	return s
}

// Self says whether the account is the actor's own.
func (a Actor) Self(accountID string) bool { return accountID != "" && a.AccountID == accountID }

// ActsFor says whether the actor may act for the party in every matter.
func (a Actor) ActsFor(partyID string) bool {
	return partyID != "" && slices.Contains(a.PartyIDs, partyID)
}
