package party

import (
	"context"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// UpdateContact (修改联系方式) replaces telephone and address.
type UpdateContact struct {
	PartyID        string
	Phone, Address string
}

// UpdateContact is open to whoever may act for the party in every matter.
func (s *Service) UpdateContact(ctx context.Context, who staff.Actor, in UpdateContact) error {
	if !who.ActsFor(in.PartyID) {
		return fault.Denied("party.not_yours")
	}
	return s.db.Act(ctx, func(tx *db.Tx) error {
		p, err := s.Load(tx, in.PartyID)
		if err != nil {
			return err
		}
		before := p
		p.Phone, p.Address = in.Phone, in.Address
		p = p.clean()
		if err := invalid(p.checkRegistrant()); err != nil {
			return err
		}
		s.update(tx, p)
		tell(tx, who, "party.update_contact", p.ID, map[string]bool{"phone": p.Phone != before.Phone, "address": p.Address != before.Address})
		event.Publish(tx, "party.contact_changed", p.ID, nil)
		return nil
	})
}
