package party

import (
	"strings"
	"time"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// Facts is what is known of the party, by the facts that form elements are
// filled from: "person.name", "company.uscc" and so on. What is not known is
// left out.
func (p Party) Facts() map[string]string {
	if p.Kind == Company {
		return known(map[string]string{
			"company.name": p.Name, "company.uscc": p.USCC, "company.phone": p.Phone, "company.address": p.Address,
			"company.legal_name": p.LegalName, "company.legal_id_number": citizen(p.LegalIDType, p.LegalIDNumber),
		})
	}
	facts := map[string]string{
		"person.name": p.Name, "person.id_type": p.IDType, "person.phone": p.Phone, "person.address": p.Address,
		"person.id_number": citizen(p.IDType, p.IDNumber),
	}
	if p.IDType == IDCard {
		facts["person.nationality"] = "中国"
		facts["person.birth_date"], facts["person.sex"] = readIDNumber(p.IDNumber)
	} else {
		facts["person.other_id_number"] = p.IDNumber
	}
	return known(facts)
}

// operator is what the party says about itself when it handles another's
// application (经办人).
func (p Party) operator() map[string]string {
	return known(map[string]string{
		"operator.name": p.Name, "operator.phone": p.Phone, "operator.id_number": citizen(p.IDType, p.IDNumber),
	})
}

// FactsFor is the step that gives the facts of the applicant together with
// those of the actor who handles the application.
func (s *Service) FactsFor(tx *db.Tx, who staff.Actor, partyID string) (map[string]string, error) {
	p, err := s.Load(tx, partyID)
	if err != nil || who.Kind != staff.Applicant {
		return p.Facts(), err
	}
	facts := p.Facts()
	self, err := s.selfOf(tx, who.AccountID)
	for name, value := range self.operator() {
		facts[name] = value
	}
	return facts, err
}

// citizen is the number when it is a citizen's; other documents have other
// elements.
func citizen(idType, number string) string {
	if idType == IDCard {
		return number
	}
	return ""
}

// readIDNumber gives the date of birth (YYYY-MM-DD) and the sex (GB/T 2261.1:
// 1 male, 2 female) that a citizen identity number carries.
func readIDNumber(number string) (born, sex string) {
	if len(number) != 18 {
		return "", ""
	}
	day, err := time.Parse("20060102", number[6:14])
	if err != nil {
		return "", ""
	}
	if (number[16]-'0')%2 == 1 {
		return day.Format(time.DateOnly), "1"
	}
	return day.Format(time.DateOnly), "2"
}

func known(facts map[string]string) map[string]string {
	for name, value := range facts {
		if strings.TrimSpace(value) == "" {
			delete(facts, name)
		}
	}
	return facts
}
