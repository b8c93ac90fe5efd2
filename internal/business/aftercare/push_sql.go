package aftercare

import (
	"strconv"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

func digits(n int) string { return strconv.Itoa(n) }

var faultMissing = fault.Missing(missing)

const pushColumns = `select id, version, event_id, reason, case_id, licence_id, document_id, number, item_name, result_name, result_number,
	holder_name, commitment, check_by, receiver, sender_id, sender, at, acknowledged_at, acknowledged_by, result, findings, reported_at,
	reported_by, body_id, intake_id, applicant_id, agent_id from push `

func scanPush(r db.Scanner) (*Push, error) {
	p := &Push{}
	var commitment int
	err := r.Scan(&p.ID, &p.Version, &p.eventID, &p.Reason, &p.CaseID, &p.LicenceID, &p.DocumentID, &p.Number, &p.ItemName, &p.ResultName,
		&p.ResultNumber, &p.Holder, &commitment, calendar.Optional{Day: &p.CheckBy}, &p.Receiver, &p.SenderID, &p.Sender, db.At{Time: &p.At},
		db.At{Time: &p.AcknowledgedAt}, &p.AcknowledgedBy, &p.Result, &p.Findings, db.At{Time: &p.ReportedAt}, &p.ReportedBy,
		&p.Subject.BodyID, &p.Subject.IntakeID, &p.Subject.ApplicantID, &p.Subject.AgentID)
	p.Commitment = commitment == 1
	return p, err
}

func insertPush(tx *db.Tx, p *Push) {
	tx.Write(`insert into push (id, version, event_id, reason, case_id, licence_id, document_id, number, item_name, result_name,
		result_number, holder_name, commitment, check_by, receiver, sender_id, sender, at, acknowledged_at, acknowledged_by, result,
		findings, reported_at, reported_by, body_id, intake_id, applicant_id, agent_id)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, '', '', '', '', '', '', $19, $20, $21, $22)`,
		p.ID, p.Version, p.eventID, p.Reason, p.CaseID, p.LicenceID, p.DocumentID, p.Number, p.ItemName, p.ResultName, p.ResultNumber,
		p.Holder, db.Flag(p.Commitment), p.CheckBy.Text(), p.Receiver, p.SenderID, p.Sender, db.Stamp(p.At), p.Subject.BodyID,
		p.Subject.IntakeID, p.Subject.ApplicantID, p.Subject.AgentID)
}

func updatePush(tx *db.Tx, p *Push) {
	tx.Write(`update push set version = version + 1, acknowledged_at = $3, acknowledged_by = $4, result = $5, findings = $6,
		reported_at = $7, reported_by = $8 where id = $1 and version = $2`,
		p.ID, p.Version, db.Stamp(p.AcknowledgedAt), p.AcknowledgedBy, string(p.Result), p.Findings, db.Stamp(p.ReportedAt), p.ReportedBy)
}
