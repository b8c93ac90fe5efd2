package party

import (
	"context"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Register (注册) opens an account for a natural person. Check is the receipt of
// the real-person check, empty when none was made.
type Register struct {
	Login, Password  string
	Name             string
	IDType, IDNumber string
	Phone, Address   string
	Check            string
}

// Register gives the account's id. A person whom a window knows already keeps
// that record, cases included; because it is then somebody's past that is
// opened, it needs a real-person check. Faults: party with fields, login.form,
// login.taken, password, party.check_needed, party.name_mismatch,
// party.registered.
func (s *Service) Register(ctx context.Context, who staff.Actor, in Register) (accountID string, err error) {
	p := Party{ID: id.New(), Kind: Person, Name: in.Name, IDType: in.IDType, IDNumber: in.IDNumber, Phone: in.Phone,
		Address: in.Address, Checked: in.Check}.clean()
	if err := invalid(p.checkRegistrant()); err != nil {
		return "", err
	}
	hashed, err := s.staff.HashPassword(ctx, in.Login, in.Password)
	if err != nil {
		return "", err
	}
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		known, err := s.registrant(tx, p)
		if err != nil {
			return err
		}
		if accountID, err = s.staff.AddApplicant(tx, in.Login, p.Name, hashed); err != nil {
			return err
		}
		self := p
		if known.ID == "" {
			s.insert(tx, self)
		} else {
			self.ID, self.Version = known.ID, known.Version
			s.update(tx, self)
		}
		s.bind(tx, Mandate{AccountID: accountID, PartyID: self.ID, Relation: Self, GrantedBy: accountID})
		tell(tx, staff.Actor{AccountID: accountID, Name: p.Name, RequestID: who.RequestID}, "party.register", self.ID,
			map[string]any{"account": accountID, "checked": in.Check != "", "known": known.ID != ""})
		event.Publish(tx, "party.registered", self.ID, map[string]string{"account_id": accountID})
		return nil
	})
	return accountID, err
}

// checkRegistrant also wants a telephone, because people are told of their
// cases there.
func (p Party) checkRegistrant() []fault.Field {
	wrong := p.check()
	if p.Phone == "" {
		wrong = append(wrong, fault.At("phone", "party.phone"))
	}
	return wrong
}

// registrant is the record the person has already, or the zero party; it
// refuses a second account and somebody else's number.
func (s *Service) registrant(tx *db.Tx, p Party) (Party, error) {
	known, err := s.byDocument(tx, p.IDType, p.IDNumber)
	if isMissing(err) {
		return Party{}, nil
	}
	if err != nil {
		return known, err
	}
	mandates, err := mandatesFor(tx, known.ID)
	if err != nil {
		return known, err
	}
	return known, known.takeOver(p, mandates)
}

// takeOver says whether the registrant may have this record.
func (p Party) takeOver(by Party, mandates []Mandate) error {
	for _, m := range mandates {
		if m.Relation == Self {
			return fault.Conflict("party.registered")
		}
	}
	switch {
	case by.Checked == "":
		return fault.Refused("party.check_needed", "")
	case by.Name != p.Name:
		return fault.Invalid("party.name_mismatch", fault.At("name", "party.name_mismatch"))
	}
	return nil
}

// bind queues a mandate that begins today unless it says otherwise, and has the
// account's actor read anew.
func (s *Service) bind(tx *db.Tx, m Mandate) {
	m.ID = id.New()
	if m.From == "" {
		m.From = today(tx.Now)
	}
	insertMandate(tx, m)
	s.staff.Forget(tx, m.AccountID)
}

// tell writes the audit row of an act on a party.
func tell(tx *db.Tx, who staff.Actor, act, partyID string, after any) {
	audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: act, SubjectKind: "party",
		SubjectID: partyID, After: after, RequestID: who.RequestID})
}
