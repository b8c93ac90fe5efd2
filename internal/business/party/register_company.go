package party

import (
	"context"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// RegisterCompany (单位注册) lets the signed-in person act for an organisation as
// its legal representative. Check is the receipt of the check against the
// registry, empty when none was made.
type RegisterCompany struct {
	Name, USCC     string
	Phone, Address string
	Check          string
}

// RegisterCompany gives the organisation's id. Only a registry check makes
// somebody else its legal representative; the former one's right to act then
// ends. Faults: party with fields, party.no_person, party.name_mismatch,
// party.not_legal, party.registered.
func (s *Service) RegisterCompany(ctx context.Context, who staff.Actor, in RegisterCompany) (companyID string, err error) {
	stated := Party{Kind: Company, Name: in.Name, USCC: in.USCC, Phone: in.Phone, Address: in.Address, Checked: in.Check}.clean()
	if err := invalid(stated.check()); err != nil {
		return "", err
	}
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		self, err := s.mustSelf(tx, who)
		if err != nil {
			return err
		}
		known, err := s.byUSCC(tx, stated.USCC)
		if err != nil && !isMissing(err) {
			return err
		}
		c, err := known.ledBy(self, stated)
		if err != nil {
			return err
		}
		if companyID, err = s.saveLed(tx, c); err != nil {
			return err
		}
		s.bind(tx, Mandate{AccountID: who.AccountID, PartyID: companyID, Relation: Legal, GrantedBy: who.AccountID})
		tell(tx, who, "party.register_company", companyID, map[string]any{"uscc": c.USCC, "checked": in.Check != ""})
		event.Publish(tx, "party.company_registered", companyID, map[string]string{"account_id": who.AccountID})
		return nil
	})
	return companyID, err
}

// ledBy is the company with self as its legal representative; p is the zero
// party when it is not known yet.
func (p Party) ledBy(self, stated Party) (Party, error) {
	same := p.LegalIDNumber == self.IDNumber && p.LegalIDType == self.IDType
	switch {
	case p.ID == "":
		p = stated
	case p.Name != stated.Name && stated.Checked == "":
		return p, fault.Invalid("party.name_mismatch", fault.At("name", "party.name_mismatch"))
	case !same && stated.Checked == "":
		return p, fault.Refused("party.not_legal", "民法典第六十一条第一款")
	}
	p.LegalName, p.LegalIDType, p.LegalIDNumber = self.Name, self.IDType, self.IDNumber
	if stated.Checked != "" {
		p.Name, p.Checked = stated.Name, stated.Checked
	}
	p.Phone, p.Address = either(stated.Phone, p.Phone), either(stated.Address, p.Address)
	return p, nil
}

// saveLed saves the company and ends the former representative's mandate.
func (s *Service) saveLed(tx *db.Tx, c Party) (string, error) {
	if c.ID == "" {
		c.ID = id.New()
		s.insert(tx, c)
		return c.ID, nil
	}
	s.update(tx, c)
	mandates, err := mandatesFor(tx, c.ID)
	if err != nil {
		return c.ID, err
	}
	for _, m := range mandates {
		if m.Relation != Legal {
			continue
		}
		self, err := s.selfOf(tx, m.AccountID)
		if err != nil {
			return c.ID, err
		}
		if self.IDNumber == c.LegalIDNumber && self.IDType == c.LegalIDType {
			return c.ID, fault.Conflict("party.registered")
		}
		endMandate(tx, m.ID)
		s.staff.Forget(tx, m.AccountID)
	}
	return c.ID, nil
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
