package staff

import (
	"time"

	"onewindow/internal/business/org"
)

// Account (账号) is one person's way in. An officer's account belongs to one
// person and is never shared.
type Account struct {
	ID         string
	Login      string
	Name       string
	Kind       Kind
	MustChange bool
	Failed     int
	Locked     time.Time // until then; zero when not locked
	Epoch      int64
	Active     bool
	Sample     bool // a demonstration account, shown as 示例
	CreatedAt  time.Time
	PasswordAt time.Time
	Version    int64
	hash       string
	past       []string
}

// Posting (任职) is one role of one officer at one body from From to To, both
// civil days included; an empty To is open.
type Posting struct {
	ID        string
	AccountID string
	BodyID    string
	HallID    string
	WindowID  string
	Role      Role
	From, To  string
	// Window is the kind of window, empty without one.
	Window org.WindowKind
}

// holds says whether the posting is in force on the day.
func (p Posting) holds(day string) bool {
	return p.From <= day && (p.To == "" || day <= p.To)
}

// scope is the cases that the posting reaches. A clerk at a comprehensive
// window or zone sees what the hall takes in, whoever decides it; a clerk at a
// domain window, or without a hall, sees the matters of the own body.
func (p Posting) scope() Scope {
	r := duties[p.Role].reach
	if p.Role == Clerk && (p.HallID == "" || p.Window == org.Domain) {
		r = bodyCases
	}
	var s Scope
	if r&allCases != 0 {
		s.All = true
	}
	if r&bodyCases != 0 && p.BodyID != "" {
		s.Bodies = []string{p.BodyID}
	}
	if r&hallCases != 0 && p.HallID != "" {
		s.Intakes = []string{p.HallID}
	}
	return s
}

// maxAge is how long an officer's password lasts (GB/T 22239-2019 三级 asks for
// regular change; ninety days is the usual practice).
const maxAge = 90 * 24 * time.Hour

// actor is what the account may do with these postings and parties.
func (a Account) actor(postings []Posting, parties []string, now time.Time) Actor {
	out := Actor{AccountID: a.ID, Name: a.Name, Kind: a.Kind, Epoch: a.Epoch, MustChange: a.MustChange}
	if a.Kind == Applicant {
		out.Roles, out.PartyIDs = []Role{ApplicantRole}, parties
		out.Scope = Scope{Applicants: parties, Agent: a.ID}
		return out
	}
	out.MustChange = a.MustChange || now.Sub(a.PasswordAt) > maxAge
	for _, p := range postings {
		if p.holds(today(now)) {
			out.take(p)
		}
	}
	return out
}

// standIn adds the case work of an officer who is away. What was lent to that
// officer is not lent on.
func (a *Actor) standIn(accountID string, postings []Posting, day string) {
	for _, p := range postings {
		if p.holds(day) && !p.Role.ofThree() && duties[p.Role].reach != noCases {
			a.Roles = union(a.Roles, []Role{p.Role})
			a.Grants = append(a.Grants, Grant{p.Role, p.scope(), accountID})
			a.Scope = a.Scope.plus(p.scope())
		}
	}
}

// take adds one posting to the actor.
func (a *Actor) take(p Posting) {
	if a.OrgID == "" {
		a.OrgID = p.BodyID
	}
	if a.HallID == "" {
		a.HallID, a.WindowID = p.HallID, p.WindowID
	}
	a.Roles = union(a.Roles, []Role{p.Role})
	a.Grants = append(a.Grants, Grant{Role: p.Role, Scope: p.scope()})
	a.Scope = a.Scope.plus(p.scope())
}
