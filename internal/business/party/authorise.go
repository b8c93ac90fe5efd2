package party

import (
	"context"
	"slices"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// Authorise (委托) lets another account act for a party (行政许可法第二十九条第二款).
// Items limits it to matters with these basic codes; From and To are civil
// days, today and open when empty.
type Authorise struct {
	PartyID  string
	Login    string // the agent's
	Items    []string
	From, To string
}

// Authorise is open to the person themselves and to the legal representative,
// not to agents. Faults: party.not_yours, party.agent with the field login,
// party.days, party.authorised.
func (s *Service) Authorise(ctx context.Context, who staff.Actor, in Authorise) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		if err := mayAuthorise(tx, who, in.PartyID); err != nil {
			return err
		}
		agent, err := staff.IDOfLogin(tx, in.Login)
		if isMissing(err) || agent == who.AccountID {
			return fault.Invalid("party.agent", fault.At("login", "party.agent"))
		}
		if err != nil {
			return err
		}
		m := Mandate{AccountID: agent, PartyID: in.PartyID, Relation: Agent, Items: in.Items, From: in.From, To: in.To, GrantedBy: who.AccountID}
		held, err := mandatesOf(tx, agent)
		if err != nil {
			return err
		}
		if err := m.beside(held, today(tx.Now)); err != nil {
			return err
		}
		s.bind(tx, m)
		tell(tx, who, "party.authorise", in.PartyID, map[string]any{"agent": agent, "items": in.Items, "from": in.From, "to": in.To})
		event.Publish(tx, "party.authorised", in.PartyID, map[string]string{"account_id": agent})
		return nil
	})
}

// mayAuthorise wants the actor to be the person or the legal representative.
func mayAuthorise(tx *db.Tx, who staff.Actor, partyID string) error {
	if !who.SignedIn() {
		return fault.SignedOut()
	}
	held, err := mandatesOf(tx, who.AccountID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(held, func(m Mandate) bool {
		return m.PartyID == partyID && m.Relation != Agent && m.holds(today(tx.Now))
	}) {
		return fault.Denied("party.not_yours")
	}
	return nil
}

// beside refuses a mandate that is held already or whose days are out of order.
func (m Mandate) beside(held []Mandate, today string) error {
	for _, h := range held {
		if h.PartyID == m.PartyID && h.Relation == m.Relation {
			return fault.Conflict("party.authorised")
		}
	}
	if m.To != "" && (m.To < m.From || m.To < today) {
		return fault.Invalid("party.days", fault.At("to", "party.days"))
	}
	return nil
}
