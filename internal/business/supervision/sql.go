package supervision

import (
	"onewindow/internal/kit/db"
)

const columns = `id, number, version, kind, colour, status, law, what, case_id, case_number, item_name, step, person_id, person_name,
	raised_at, reply_by, reply, replied_by, replied_at, verdict, finding, measure, found_by, found_at, document_id, remedy, closed_by,
	closed_at, body_id, intake_id, applicant_id, agent_id`

func scan(r db.Scanner) (*Fault, error) {
	f := &Fault{}
	return f, r.Scan(&f.ID, &f.Number, &f.Version, &f.Kind, &f.Colour, &f.Status, &f.Law, &f.What, &f.CaseID, &f.CaseNumber, &f.ItemName,
		&f.Step, &f.PersonID, &f.PersonName, db.At{Time: &f.RaisedAt}, &f.ReplyBy, &f.Reply, &f.RepliedBy, db.At{Time: &f.RepliedAt},
		&f.Verdict, &f.Finding, &f.Measure, &f.FoundBy, db.At{Time: &f.FoundAt}, &f.DocumentID, &f.Remedy, &f.ClosedBy,
		db.At{Time: &f.ClosedAt}, &f.Subject.BodyID, &f.Subject.IntakeID, &f.Subject.ApplicantID, &f.Subject.AgentID)
}

func byID(tx *db.Tx, id string) (*Fault, error) {
	return db.One(tx, "fault.missing", scan, `select `+columns+` from fault_record where id = $1`, id)
}

func insert(tx *db.Tx, f *Fault, ref string) {
	tx.Write(`insert into fault_record (id, number, version, kind, colour, status, law, what, ref, case_id, case_number, item_name, step,
		person_id, person_name, raised_at, reply_by, document_id, body_id, intake_id, applicant_id, agent_id)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
		f.ID, f.Number, f.Version, string(f.Kind), string(f.Colour), string(f.Status), f.Law, f.What, ref, f.CaseID, f.CaseNumber, f.ItemName,
		f.Step, f.PersonID, f.PersonName, db.Stamp(f.RaisedAt), f.ReplyBy.String(), f.DocumentID, f.Subject.BodyID, f.Subject.IntakeID,
		f.Subject.ApplicantID, f.Subject.AgentID)
}

// save writes what may change; what was noticed stays as it is.
func save(tx *db.Tx, f *Fault) {
	tx.Write(`update fault_record set version = version + 1, status = $3, reply = $4, replied_by = $5, replied_at = $6, verdict = $7,
		finding = $8, measure = $9, found_by = $10, found_at = $11, remedy = $12, closed_by = $13, closed_at = $14
		where id = $1 and version = $2`, f.ID, f.Version, string(f.Status), f.Reply, f.RepliedBy, db.Stamp(f.RepliedAt), string(f.Verdict),
		f.Finding, f.Measure, f.FoundBy, db.Stamp(f.FoundAt), f.Remedy, f.ClosedBy, db.Stamp(f.ClosedAt))
}
