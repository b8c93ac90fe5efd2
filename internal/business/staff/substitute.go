package staff

import (
	"context"
	"slices"
	"strings"
	"time"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Substitution (A/B 岗) is one officer standing in for another from From to To,
// both civil days included.
type Substitution struct {
	ID           string
	AccountID    string // who is away
	Name         string
	SubstituteID string
	Substitute   string // name
	From, To     string
	Reason       string
	CreatedAt    time.Time
}

// Substitute names who stands in. Officers name their own substitute; an
// administrator of accounts may for somebody who cannot.
type Substitute struct {
	AccountID    string // empty for oneself
	SubstituteID string
	From, To     string // civil days, YYYY-MM-DD
	Reason       string
}

// longest is how many days a substitution lasts at most; who is away longer
// gives the post to somebody else.
const longest = 90

// mostReason bounds the reason, in characters.
const mostReason = 200

// Substitute lends the case work of an officer to a colleague of the same body
// for some days. It makes nobody two people: who acted in a case acts at no step
// kept apart from that, whoever's work it is.
func (s *Service) Substitute(ctx context.Context, who Actor, in Substitute) error {
	if in.AccountID == "" {
		in.AccountID = who.AccountID
	}
	if !who.SignedIn() {
		return fault.SignedOut()
	}
	if !who.Self(in.AccountID) {
		if err := who.Must(StaffManage); err != nil {
			return err
		}
	}
	return s.db.Act(ctx, func(tx *db.Tx) error {
		if err := in.check(today(tx.Now)); err != nil {
			return err
		}
		if err := in.checkPeople(tx); err != nil {
			return err
		}
		x := Substitution{ID: id.New(), AccountID: in.AccountID, SubstituteID: in.SubstituteID, From: in.From, To: in.To,
			Reason: strings.TrimSpace(in.Reason)}
		insertSubstitution(tx, x, who.AccountID)
		away, err := accountByID(tx, in.AccountID)
		if err != nil {
			return err
		}
		saveAccount(tx, away) // the version keeps two substitutes from being named past each other
		s.Forget(tx, in.SubstituteID)
		tell(tx, who, "staff.substitute", in.AccountID, nil, x)
		event.Publish(tx, "account.substituted", in.AccountID, map[string]string{"substitute_id": in.SubstituteID, "from": in.From, "to": in.To})
		return nil
	})
}

// check is the rule of the days and the reason.
func (in Substitute) check(today string) error {
	var wrong []fault.Field
	if in.SubstituteID == "" || in.SubstituteID == in.AccountID {
		wrong = append(wrong, fault.At("substitute", "staff.substitute_self"))
	}
	from, err := time.Parse(time.DateOnly, in.From)
	if err != nil || in.From < today {
		wrong = append(wrong, fault.At("from", "staff.substitute_from"))
	}
	to, bad := time.Parse(time.DateOnly, in.To)
	switch {
	case bad != nil || in.To < in.From:
		wrong = append(wrong, fault.At("to", "staff.days"))
	case err == nil && to.Sub(from) >= longest*24*time.Hour:
		wrong = append(wrong, fault.At("to", "staff.substitute_long"))
	}
	if n := len([]rune(strings.TrimSpace(in.Reason))); n == 0 || n > mostReason {
		wrong = append(wrong, fault.At("reason", "staff.substitute_reason"))
	}
	if len(wrong) > 0 {
		return fault.Invalid("form.invalid", wrong...)
	}
	return nil
}

// checkPeople: an open officer's account of the same body, neither of the two
// an administrator of the 三员, the substitute not away too, and one substitute
// at a time.
func (in Substitute) checkPeople(tx *db.Tx) error {
	wrong := func(code string) error { return fault.Invalid("form.invalid", fault.At("substitute", code)) }
	mine, err := working(tx, in.AccountID)
	if err != nil {
		return err
	}
	theirs, err := working(tx, in.SubstituteID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(mine, func(p Posting) bool {
		return slices.ContainsFunc(theirs, func(q Posting) bool { return p.BodyID == q.BodyID })
	}) {
		return wrong("staff.substitute_body")
	}
	if slices.ContainsFunc(slices.Concat(mine, theirs), func(p Posting) bool { return p.Role.ofThree() }) {
		return fault.Refused("staff.three_officers", "GB/T 22239-2019 第三级 安全管理中心")
	}
	busy, err := substitutions(tx, `(s.account_id = $1 or s.account_id = $2) and s.from_day <= $3 and s.to_day >= $4`,
		in.AccountID, in.SubstituteID, in.To, in.From)
	if err != nil {
		return err
	}
	for _, b := range busy {
		if b.AccountID == in.SubstituteID {
			return wrong("staff.substitute_away")
		}
		return wrong("staff.substitute_twice")
	}
	return nil
}

// working are the postings of an open officer's account today.
func working(tx *db.Tx, accountID string) ([]Posting, error) {
	a, err := accountByID(tx, accountID)
	if err != nil {
		return nil, err
	}
	if a.Kind != Officer || !a.Active {
		return nil, fault.Refused("staff.not_officer", "")
	}
	all, err := postingsOf(tx, accountID)
	return slices.DeleteFunc(all, func(p Posting) bool { return !p.holds(today(tx.Now)) }), err
}

// EndSubstitution (提前结束) ends one before its last day.
func (s *Service) EndSubstitution(ctx context.Context, who Actor, substitutionID string) error {
	if !who.SignedIn() {
		return fault.SignedOut()
	}
	return s.db.Act(ctx, func(tx *db.Tx) error {
		all, err := substitutions(tx, `s.id = $1`, substitutionID)
		if err != nil {
			return err
		}
		if len(all) == 0 || !who.Self(all[0].AccountID) && !who.Can(StaffManage) {
			return fault.Missing("staff.substitution")
		}
		tx.Write(`update substitution set ended_at = $2 where id = $1 and ended_at = ''`, substitutionID, db.Stamp(tx.Now))
		s.Forget(tx, all[0].SubstituteID)
		tell(tx, who, "staff.end_substitution", all[0].AccountID, all[0], nil)
		return nil
	})
}

// Substitutions are those that concern the actor, as who is away or as who
// stands in, today and to come.
func (s *Service) Substitutions(ctx context.Context, who Actor) (out []Substitution, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = substitutions(tx, `(s.account_id = $1 or s.substitute_id = $2) and s.to_day >= $3`,
			who.AccountID, who.AccountID, today(tx.Now))
		return err
	})
	return out, err
}

// Peer is another officer of one's body, for naming a substitute.
type Peer struct {
	ID, Name string
	Roles    []Role
}

// Peers are the other officers posted at the actor's body, by name;
// administrators of the 三员 are left out.
func (s *Service) Peers(ctx context.Context, who Actor) (out []Peer, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = peers(tx, who.OrgID)
		return err
	})
	return slices.DeleteFunc(out, func(c Peer) bool { return who.Self(c.ID) }), err
}

func peers(tx *db.Tx, bodyID string) (out []Peer, err error) {
	type row struct {
		Peer
		role Role
	}
	day := today(tx.Now)
	all, err := db.List(tx, func(r db.Scanner) (x row, err error) { return x, r.Scan(&x.ID, &x.Name, &x.role) },
		`select a.id, a.name, p.role from posting p join account a on a.id = p.account_id
		where p.body_id = $1 and p.ended_at is null and a.active = 1 and p.from_day <= $2 and (p.to_day is null or p.to_day >= $3)
		order by a.name, a.id, p.role limit 1000`, bodyID, day, day)
	for _, x := range all {
		switch n := len(out); {
		case x.role.ofThree():
		case n > 0 && out[n-1].ID == x.ID:
			out[n-1].Roles = union(out[n-1].Roles, []Role{x.role})
		default:
			out = append(out, Peer{x.ID, x.Name, []Role{x.role}})
		}
	}
	return out, err
}

func substitutions(tx *db.Tx, where string, args ...any) ([]Substitution, error) {
	return db.List(tx, func(r db.Scanner) (x Substitution, err error) {
		return x, r.Scan(&x.ID, &x.AccountID, &x.Name, &x.SubstituteID, &x.Substitute, &x.From, &x.To, &x.Reason, db.At{Time: &x.CreatedAt})
	}, `select s.id, s.account_id, a.name, s.substitute_id, b.name, s.from_day, s.to_day, s.reason, s.created_at
		from substitution s join account a on a.id = s.account_id join account b on b.id = s.substitute_id
		where s.ended_at = '' and `+where+` order by s.from_day, s.id limit 100`, args...)
}

func insertSubstitution(tx *db.Tx, x Substitution, by string) {
	tx.Write(`insert into substitution (id, account_id, substitute_id, from_day, to_day, reason, created_by, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`, x.ID, x.AccountID, x.SubstituteID, x.From, x.To, x.Reason, by, db.Stamp(tx.Now))
}
