package party

import (
	"context"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// View is the masked party, for those who may act for it and for officers who
// may look parties up.
func (s *Service) View(ctx context.Context, who staff.Actor, partyID string) (m Masked, err error) {
	if !who.ActsFor(partyID) {
		if err := who.Must(staff.PersonFind); err != nil {
			return m, err
		}
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		p, err := s.Load(tx, partyID)
		m = p.Masked()
		return err
	})
	return m, err
}

// Mine is one party the actor may act for, and why.
type Mine struct {
	Masked
	Mandate Mandate
}

// Mine lists the parties the actor may act for today, the person first; agents
// for single matters included.
func (s *Service) Mine(ctx context.Context, who staff.Actor) (out []Mine, err error) {
	if !who.SignedIn() {
		return nil, fault.SignedOut()
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := mandatesOf(tx, who.AccountID)
		for _, m := range all {
			if err != nil {
				return err
			}
			if !m.holds(today(tx.Now)) {
				continue
			}
			var p Party
			if p, err = s.Load(tx, m.PartyID); err == nil {
				out = append(out, Mine{p.Masked(), m})
			}
		}
		return err
	})
	return out, err
}

// Mandatary is who holds a mandate, by the name of the person behind the account.
type Mandatary struct {
	Mandate
	Name string
}

// Agents lists who may act for a party, for the person or legal representative:
// who gave the power sees to whom.
func (s *Service) Agents(ctx context.Context, who staff.Actor, partyID string) (out []Mandatary, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if err := mayAuthorise(tx, who, partyID); err != nil {
			return err
		}
		all, err := mandatesFor(tx, partyID)
		for _, m := range all {
			p, err := s.selfOf(tx, m.AccountID)
			if err != nil {
				return err
			}
			out = append(out, Mandatary{m, p.Name})
		}
		return err
	})
	return out, err
}
