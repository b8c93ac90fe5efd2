package interest

import (
	"context"
	"encoding/json"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// sealed is the context of the sealed column.
const sealed = "interest.data"

const columns = `select id, version, case_id, number, role, name, company, status, until_day, data_sealed, document_id, party_id, created_at
	from interested_party`

func (s *Service) scan(r db.Scanner) (p Party, err error) {
	var company int
	var until, data string
	if err := r.Scan(&p.ID, &p.Version, &p.CaseID, &p.Number, &p.Role, &p.Name, &company, &p.Status, &until, &data, &p.DocumentID, &p.PartyID, db.At{Time: &p.CreatedAt}); err != nil {
		return p, err
	}
	p.Company = company == 1
	if p.Until, err = calendar.ParseDay(until); err != nil {
		return p, err
	}
	plain, err := s.keys.Open(sealed, data)
	if err != nil {
		return p, err
	}
	return p, json.Unmarshal([]byte(plain), &p.Data)
}

func (s *Service) byID(tx *db.Tx, partyID string) (Party, error) {
	return db.One(tx, "interest.missing", s.scan, columns+` where id = $1`, partyID)
}

func (s *Service) byNumber(tx *db.Tx, number string) (Party, error) {
	return db.One(tx, "interest.missing", s.scan, columns+` where number = $1`, number)
}

func (s *Service) of(tx *db.Tx, caseID string) ([]Party, error) {
	return db.List(tx, s.scan, columns+` where case_id = $1 order by id limit $2`, caseID, mostParties+1)
}

// Of is the step that lists the parties of a case, for nouns above this one.
func (s *Service) Of(tx *db.Tx, caseID string) ([]Party, error) { return s.of(tx, caseID) }

// Load is the step that gives one party.
func (s *Service) Load(tx *db.Tx, partyID string) (Party, error) { return s.byID(tx, partyID) }

func (s *Service) insert(tx *db.Tx, p Party) {
	company := 0
	if p.Company {
		company = 1
	}
	tx.Write(`insert into interested_party (id, version, case_id, number, role, name, company, status, until_day, data_sealed, document_id, party_id, created_at)
		values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		p.ID, p.CaseID, p.Number, string(p.Role), p.Name, company, string(p.Status), p.Until.String(), s.seal(p.Data), p.DocumentID, p.PartyID, db.Stamp(p.CreatedAt))
}

func (s *Service) save(tx *db.Tx, p Party) {
	tx.Write(`update interested_party set version = version + 1, status = $3, until_day = $4, data_sealed = $5, party_id = $6 where id = $1 and version = $2`,
		p.ID, p.Version, string(p.Status), p.Until.String(), s.seal(p.Data), p.PartyID)
}

func (s *Service) seal(d Data) string {
	b, err := json.Marshal(d)
	if err != nil {
		panic("interest: " + err.Error())
	}
	return s.keys.Seal(sealed, string(b))
}

// ByCase are the parties of a case that the actor may see. Applicants see their
// own place alone: who else was heard, and what they said, is told at a hearing.
func (s *Service) ByCase(ctx context.Context, who staff.Actor, caseID string) (out []Party, err error) {
	if err := who.Must(staff.CaseRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := casework.ByID(tx, caseID)
		if err != nil || who.May(staff.CaseRead, c.Subject()) != nil {
			return fault.Missing("case.missing")
		}
		all, err := s.of(tx, caseID)
		for _, p := range all {
			if who.Kind != staff.Applicant || p.Role == Applicant {
				out = append(out, p)
			}
		}
		return err
	})
	return out, err
}
