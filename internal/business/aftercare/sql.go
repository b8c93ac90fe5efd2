package aftercare

import (
	"encoding/json"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/db"
)

// sealStatement is the context of the sealed column.
const sealStatement = "aftercare.statement"

const columns = `select id, version, kind, status, licence_id, case_id, item_name, licence_name, licence_number, holder_name,
	ground, requested, reasons, basis, penalty, penalty_day, until_day, statement_sealed, stated_at, outcome, answer, compensation,
	opened_by, opened_name, opened_at, decided_by, decided_name, decided_at, body_id, intake_id, applicant_id, agent_id,
	number, speaker_sealed, stated_via, simple, public, promise_sealed, apply_by, applied_at, due_day from proceeding `

func (s *Service) scan(r db.Scanner) (*Proceeding, error) {
	p := &Proceeding{}
	var requested, public int
	var reasons, basis, sealed, speaker, promise string
	simple := &Simple{}
	err := r.Scan(&p.ID, &p.Version, &p.Kind, &p.Status, &p.LicenceID, &p.CaseID, &p.ItemName, &p.Licence, &p.Number, &p.Holder,
		&p.Ground, &requested, &reasons, &basis, &p.Penalty, calendar.Optional{Day: &p.PenaltyOn}, calendar.Optional{Day: &p.Until}, &sealed, db.At{Time: &p.StatedAt},
		&p.Outcome, &p.Answer, &p.Compensation, &p.OpenedBy, &p.OpenedName, db.At{Time: &p.OpenedAt}, &p.DecidedBy, &p.DecidedName,
		db.At{Time: &p.DecidedAt}, &p.Subject.BodyID, &p.Subject.IntakeID, &p.Subject.ApplicantID, &p.Subject.AgentID,
		&p.Letter, &speaker, &p.StatedVia, &simple.Way, &public, &promise, calendar.Optional{Day: &simple.ApplyBy}, db.At{Time: &simple.AppliedAt}, calendar.Optional{Day: &simple.Due})
	if err != nil {
		return nil, err
	}
	p.Requested, p.Public = requested == 1, public == 1
	if simple.Way != "" {
		p.Simple = simple
		if err := s.openPromise(simple, promise); err != nil {
			return nil, err
		}
	}
	if err := json.Unmarshal([]byte(reasons), &p.Reasons); err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(basis), &p.Basis); err != nil {
		return nil, err
	}
	if sealed != "" {
		if p.Statement, err = s.o.Keys.Open(sealStatement, sealed); err != nil {
			return nil, err
		}
	}
	p.Speaker, err = s.openSpeaker(speaker)
	return p, err
}

func (s *Service) byID(tx *db.Tx, id string) (*Proceeding, error) {
	return db.One(tx, missing, s.scan, columns+`where id = $1`, id)
}

func (s *Service) insert(tx *db.Tx, p *Proceeding) {
	x := p.simple()
	tx.Write(`insert into proceeding (id, version, kind, status, licence_id, case_id, item_name, licence_name, licence_number,
		holder_name, ground, requested, reasons, basis, penalty, penalty_day, until_day, statement_sealed, stated_at, outcome, answer,
		compensation, opened_by, opened_name, opened_at, decided_by, decided_name, decided_at, body_id, intake_id, applicant_id, agent_id,
		number, speaker_sealed, stated_via, simple, public, promise_sealed, apply_by, applied_at, due_day)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
		$26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41)`,
		p.ID, p.Version, string(p.Kind), string(p.Status), p.LicenceID, p.CaseID, p.ItemName, p.Licence, p.Number, p.Holder, p.Ground,
		db.Flag(p.Requested), text(p.Reasons), text(p.Basis), p.Penalty, p.PenaltyOn.Text(), p.Until.Text(), s.sealed(p), db.Stamp(p.StatedAt),
		string(p.Outcome), p.Answer, p.Compensation, p.OpenedBy, p.OpenedName, db.Stamp(p.OpenedAt), p.DecidedBy, p.DecidedName,
		db.Stamp(p.DecidedAt), p.Subject.BodyID, p.Subject.IntakeID, p.Subject.ApplicantID, p.Subject.AgentID,
		p.Letter, s.sealedSpeaker(p), string(p.StatedVia), string(x.Way), db.Flag(p.Public), s.sealedPromise(p), x.ApplyBy.Text(), db.Stamp(x.AppliedAt),
		x.Due.Text())
}

func (s *Service) update(tx *db.Tx, p *Proceeding) {
	x := p.simple()
	tx.Write(`update proceeding set version = version + 1, status = $3, statement_sealed = $4, stated_at = $5, outcome = $6, answer = $7,
		compensation = $8, decided_by = $9, decided_name = $10, decided_at = $11, stated_via = $12, applied_at = $13, due_day = $14 where id = $1 and version = $2`,
		p.ID, p.Version, string(p.Status), s.sealed(p), db.Stamp(p.StatedAt), string(p.Outcome), p.Answer, p.Compensation,
		p.DecidedBy, p.DecidedName, db.Stamp(p.DecidedAt), string(p.StatedVia), db.Stamp(x.AppliedAt), x.Due.Text())
}

func (s *Service) sealed(p *Proceeding) string {
	if p.Statement == "" {
		return ""
	}
	return s.o.Keys.Seal(sealStatement, p.Statement)
}

// text marshals what is known to marshal; an empty list is [].
func text(list []string) string {
	if list == nil {
		list = []string{}
	}
	b, err := json.Marshal(list)
	if err != nil {
		panic("aftercare: " + err.Error())
	}
	return string(b)
}
