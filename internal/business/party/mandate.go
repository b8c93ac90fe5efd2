package party

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Relation is why an account may act for a party.
type Relation string

// The relations.
const (
	Self  Relation = "self"  // 本人
	Legal Relation = "legal" // 法定代表人
	Agent Relation = "agent" // 代理人（行政许可法第二十九条第二款）
)

// Mandate lets an account act for a party, from From to To, both civil days
// included; an empty To is open. Items limits an agent to the matters with
// these basic codes; without any the agent may act in every matter.
type Mandate struct {
	ID        string
	AccountID string
	PartyID   string
	Relation  Relation
	Items     []string
	From, To  string
	GrantedBy string
	CreatedAt time.Time
}

// whole says whether the mandate is for every matter.
func (m Mandate) whole() bool { return len(m.Items) == 0 }

// holds says whether the mandate is in force on the day.
func (m Mandate) holds(day string) bool { return m.From <= day && (m.To == "" || day <= m.To) }

// OfAccount is the step that lists the parties an account may act for today in
// every matter. Package staff asks it for each applicant's actor.
func OfAccount(tx *db.Tx, accountID string) ([]string, error) {
	all, err := mandatesOf(tx, accountID)
	var out []string
	for _, m := range all {
		if m.holds(today(tx.Now)) && m.whole() && !slices.Contains(out, m.PartyID) {
			out = append(out, m.PartyID)
		}
	}
	return out, err
}

// HasAccount is the step that says whether somebody with an account acts for the
// party today in every matter, and so reads what is sent to it.
func HasAccount(tx *db.Tx, partyID string) (bool, error) {
	all, err := mandatesFor(tx, partyID)
	return slices.ContainsFunc(all, func(m Mandate) bool { return m.whole() && m.holds(today(tx.Now)) }), err
}

// MayApply is the step that says whether the actor may apply for the party in
// the matter with this basic code; fault party.not_yours when not.
func MayApply(tx *db.Tx, who staff.Actor, partyID, item string) error {
	if who.ActsFor(partyID) {
		return nil
	}
	all, err := mandatesOf(tx, who.AccountID)
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.PartyID == partyID && m.holds(today(tx.Now)) && (m.whole() || slices.Contains(m.Items, item)) {
			return nil
		}
	}
	return fault.Denied("party.not_yours")
}

// selfOf is the natural person behind an account; the zero party when the
// account belongs to no person.
func (s *Service) selfOf(tx *db.Tx, accountID string) (Party, error) {
	all, err := mandatesOf(tx, accountID)
	if err != nil {
		return Party{}, err
	}
	for _, m := range all {
		if m.Relation == Self {
			return s.Load(tx, m.PartyID)
		}
	}
	return Party{}, nil
}

// mustSelf is selfOf as the one who acts; fault party.no_person for accounts
// without a person.
func (s *Service) mustSelf(tx *db.Tx, who staff.Actor) (Party, error) {
	if !who.SignedIn() {
		return Party{}, fault.SignedOut()
	}
	p, err := s.selfOf(tx, who.AccountID)
	if err == nil && p.ID == "" {
		return p, fault.Denied("party.no_person")
	}
	return p, err
}

func itemsText(items []string) string {
	if len(items) == 0 {
		return "[]"
	}
	b, _ := json.Marshal(items) // a list of texts always marshals
	return string(b)
}

// isMissing says that a step found nothing.
func isMissing(err error) bool {
	var f *fault.Fault
	return errors.As(err, &f) && f.Kind == fault.KindMissing
}
