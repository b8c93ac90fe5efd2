package procedure

import (
	"encoding/json"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/db"
)

const columns = `p.id, p.case_id, p.version, p.kind, p.state, p.round, p.name, p.law, p.days, p.from_day, p.by_day, p.to_day,
	p.at, p.place, p.organiser, p.late, p.detail, p.number, p.item_name, p.applicant_name, p.body_id, p.intake_id,
	p.applicant_id, p.agent_id, p.start_by, p.start_at, p.end_at`

func scan(r db.Scanner) (Procedure, error) {
	var p Procedure
	var late int
	var detail, from, by, to string
	s := &p.Case.Subject
	err := r.Scan(&p.ID, &p.CaseID, &p.Version, &p.Kind, &p.State, &p.Round, &p.Name, &p.Law, &p.Days, &from, &by, &to,
		db.At{Time: &p.At}, &p.Place, &p.Organiser, &late, &detail, &p.Case.Number, &p.Case.ItemName, &p.Case.ApplicantName,
		&s.BodyID, &s.IntakeID, &s.ApplicantID, &s.AgentID, &p.StartBy, db.At{Time: &p.StartAt}, db.At{Time: &p.EndAt})
	if err != nil {
		return p, err
	}
	p.Late, p.From, p.By, p.To = late == 1, day(from), day(by), day(to)
	return p, json.Unmarshal([]byte(detail), &p.Detail)
}

// mostOfCase bounds what is read of one case.
const mostOfCase = 200

// ofCase are the procedures of a case with their officers and files, oldest
// first.
func ofCase(tx *db.Tx, caseID string) ([]Procedure, error) {
	all, err := db.List(tx, scan, `select `+columns+` from procedure p where p.case_id = $1 order by p.id limit $2`, caseID, mostOfCase)
	for i := 0; err == nil && i < len(all); i++ {
		err = all[i].fill(tx)
	}
	return all, err
}

func byID(tx *db.Tx, procedureID string) (*Procedure, error) {
	p, err := db.One(tx, "procedure.missing", scan, `select `+columns+` from procedure p where p.id = $1`, procedureID)
	if err != nil {
		return nil, err
	}
	return &p, p.fill(tx)
}

// fill loads officers and files.
func (p *Procedure) fill(tx *db.Tx) (err error) {
	if p.Officers, err = db.List(tx, scanOfficer, `select account_id, name, number, body_id, signed_at from procedure_officer
		where procedure_id = $1 order by account_id limit 20`, p.ID); err != nil {
		return err
	}
	p.Files, err = db.List(tx, scanFile, `select `+fileColumns+` from procedure_file where procedure_id = $1 order by id limit 200`, p.ID)
	return err
}

func scanOfficer(r db.Scanner) (Officer, error) {
	var o Officer
	return o, r.Scan(&o.AccountID, &o.Name, &o.Number, &o.BodyID, db.At{Time: &o.SignedAt})
}

const fileColumns = `id, procedure_id, name, type, size, sm3, blob_key, caption, by_id, at`

func scanFile(r db.Scanner) (File, error) {
	var f File
	return f, r.Scan(&f.ID, &f.ProcedureID, &f.Name, &f.Type, &f.Size, &f.SM3, &f.BlobKey, &f.Caption, &f.ByID, db.At{Time: &f.At})
}

func insertFile(tx *db.Tx, f File) {
	tx.Write(`insert into procedure_file (`+fileColumns+`) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		f.ID, f.ProcedureID, f.Name, f.Type, f.Size, f.SM3, f.BlobKey, f.Caption, f.ByID, db.Stamp(f.At))
}

func insert(tx *db.Tx, p *Procedure) {
	s := p.Case.Subject
	tx.Write(`insert into procedure (id, case_id, version, kind, state, round, name, law, days, from_day, by_day, to_day, at,
		place, organiser, late, detail, number, item_name, applicant_name, body_id, intake_id, applicant_id, agent_id,
		start_by, start_at, end_at) values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
		$19, $20, $21, $22, $23, $24, $25, $26)`,
		p.ID, p.CaseID, string(p.Kind), string(p.State), p.Round, p.Name, p.Law, p.Days, p.From.Text(), p.By.Text(),
		p.To.Text(), db.Stamp(p.At), p.Place, string(p.Organiser), db.Flag(p.Late), db.JSON(p.Detail), p.Case.Number,
		p.Case.ItemName, p.Case.ApplicantName, s.BodyID, s.IntakeID, s.ApplicantID, s.AgentID, p.StartBy, db.Stamp(p.StartAt),
		db.Stamp(p.EndAt))
	insertOfficers(tx, p)
}

func insertOfficers(tx *db.Tx, p *Procedure) {
	for _, o := range p.Officers {
		tx.Write(`insert into procedure_officer (procedure_id, account_id, name, number, body_id, at, signed_at)
			values ($1, $2, $3, $4, $5, $6, $7)`, p.ID, o.AccountID, o.Name, o.Number, o.BodyID, db.Stamp(p.when()), db.Stamp(o.SignedAt))
	}
}

// when is the instant by which the procedure stands in its officers' lists.
func (p *Procedure) when() time.Time {
	if p.At.IsZero() {
		return p.StartAt
	}
	return p.At
}

// save writes the procedure if it is still the version that was loaded.
func save(tx *db.Tx, p *Procedure) {
	tx.Write(`update procedure set version = version + 1, state = $3, from_day = $4, to_day = $5, at = $6, place = $7, detail = $8,
		end_at = $9 where id = $1 and version = $2`,
		p.ID, p.Version, string(p.State), p.From.Text(), p.To.Text(), db.Stamp(p.At), p.Place, db.JSON(p.Detail), db.Stamp(p.EndAt))
}

// unsign takes every signature back: what was signed has changed.
func unsign(tx *db.Tx, p *Procedure) {
	tx.WriteN(db.Any, `update procedure_officer set signed_at = '' where procedure_id = $1 and signed_at <> ''`, p.ID)
}

func day(s string) calendar.Day {
	d, err := calendar.ParseDay(s)
	if err != nil {
		return 0
	}
	return d
}
