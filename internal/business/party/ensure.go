package party

import (
	"context"
	"errors"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// EnsureParty finds or makes the record of who stands at the window. The clerk
// has seen the document.
type EnsureParty struct {
	Kind             Kind
	Name             string
	IDType, IDNumber string // persons
	USCC             string // companies
	LegalName        string
	Phone, Address   string
}

// EnsureParty gives the party's id. Two windows that make the same party at
// the same time get the same one. What is known already is completed and never
// overwritten. Faults: party with fields, party.name_mismatch.
func (s *Service) EnsureParty(ctx context.Context, who staff.Actor, in EnsureParty) (string, error) {
	if err := who.Must(staff.CaseReceive); err != nil {
		return "", err
	}
	p := Party{ID: id.New(), Kind: in.Kind, Name: in.Name, Phone: in.Phone, Address: in.Address}
	if in.Kind == Company {
		p.USCC, p.LegalName = in.USCC, in.LegalName
	} else {
		p.Kind, p.IDType, p.IDNumber = Person, in.IDType, in.IDNumber
	}
	p = p.clean()
	if err := invalid(p.check()); err != nil {
		return "", err
	}
	return s.ensureSoon(ctx, who, p)
}

// ensureSoon looks again when somebody else was faster: the next look finds
// theirs.
func (s *Service) ensureSoon(ctx context.Context, who staff.Actor, p Party) (partyID string, err error) {
	for range 5 {
		partyID, err = s.ensure(ctx, who, p)
		if !errors.Is(err, fault.Conflict("duplicate")) && !errors.Is(err, fault.Conflict("stale")) {
			break
		}
	}
	return partyID, err
}

func (s *Service) ensure(ctx context.Context, who staff.Actor, p Party) (partyID string, err error) {
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		known, err := s.same(tx, p)
		switch {
		case isMissing(err):
			partyID = p.ID
			s.insert(tx, p)
			tell(tx, who, "party.create", p.ID, map[string]string{"kind": string(p.Kind)})
			event.Publish(tx, "party.created", p.ID, map[string]string{"kind": string(p.Kind)})
			return nil
		case err != nil:
			return err
		}
		partyID = known.ID
		whole, err := known.completedBy(p)
		if err != nil {
			return err
		}
		if whole != known {
			s.update(tx, whole)
		}
		tell(tx, who, "party.ensure", known.ID, map[string]bool{"completed": whole != known})
		return nil
	})
	return partyID, err
}

// same is the party as it is known already.
func (s *Service) same(tx *db.Tx, p Party) (Party, error) {
	if p.Kind == Company {
		return s.byUSCC(tx, p.USCC)
	}
	return s.byDocument(tx, p.IDType, p.IDNumber)
}

// completedBy fills what is not known yet. Another name for the same number is
// a mistake to be cleared up by people.
func (p Party) completedBy(in Party) (Party, error) {
	if p.Name != in.Name {
		return p, fault.Invalid("party.name_mismatch", fault.At("name", "party.name_mismatch"))
	}
	p.Phone, p.Address = either(p.Phone, in.Phone), either(p.Address, in.Address)
	p.LegalName = either(p.LegalName, in.LegalName)
	return p, nil
}
