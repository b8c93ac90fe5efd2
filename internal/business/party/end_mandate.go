package party

import (
	"context"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// EndMandate (解除委托) ends an agent's mandate, by who gave it or by the agent.
type EndMandate struct{ MandateID string }

// EndMandate refuses mandates that are not an agent's.
func (s *Service) EndMandate(ctx context.Context, who staff.Actor, in EndMandate) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		m, err := mandateByID(tx, in.MandateID)
		if err != nil {
			return err
		}
		if !who.Self(m.AccountID) {
			if err := mayAuthorise(tx, who, m.PartyID); err != nil {
				return err
			}
		}
		if m.Relation != Agent {
			return fault.Refused("party.not_agent", "")
		}
		endMandate(tx, m.ID)
		s.staff.Forget(tx, m.AccountID)
		tell(tx, who, "party.end_mandate", m.PartyID, map[string]string{"agent": m.AccountID})
		event.Publish(tx, "party.mandate_ended", m.PartyID, map[string]string{"account_id": m.AccountID})
		return nil
	})
}
