package complaint

import (
	"context"
	"strconv"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// most bounds a list; sealText is the context of the sealed columns.
const (
	most     = 100
	sealText = "complaint.text"
)

const columns = `select id, version, number, kind, status, case_id, case_number, item_name, filed_by, filer_name, text_sealed, filed_at,
	accept_due, answer_due, accepted_at, answered_at, answer_sealed, upheld, escalated_at, escalated_why, handler_id, handler_name,
	body_id, intake_id, applicant_id, agent_id from complaint `

func (s *Service) scan(r db.Scanner) (*Complaint, error) {
	c := &Complaint{}
	var text, answer, upheld string
	err := r.Scan(&c.ID, &c.Version, &c.Number, &c.Kind, &c.Status, &c.CaseID, &c.CaseNumber, &c.ItemName, &c.FiledBy, &c.FilerName, &text,
		db.At{Time: &c.FiledAt}, calendar.Optional{Day: &c.AcceptDue}, calendar.Optional{Day: &c.AnswerDue}, db.At{Time: &c.AcceptedAt}, db.At{Time: &c.AnsweredAt},
		&answer, &upheld, db.At{Time: &c.EscalatedAt}, &c.EscalatedWhy, &c.HandlerID, &c.HandlerName, &c.Subject.BodyID, &c.Subject.IntakeID,
		&c.Subject.ApplicantID, &c.Subject.AgentID)
	if err != nil {
		return nil, err
	}
	c.Upheld = upheld == "yes"
	if c.Text, err = s.o.Keys.Open(sealText, text); err != nil {
		return nil, err
	}
	c.Answer, err = s.o.Keys.Open(sealText, answer)
	return c, err
}

func (s *Service) rows(tx *db.Tx, where string, args []any, limit int) ([]*Complaint, error) {
	n := len(args) + 1
	return db.List(tx, s.scan, columns+`where `+where+` order by id desc limit $`+strconv.Itoa(n), append(args[:len(args):len(args)], limit)...)
}

func (s *Service) insert(tx *db.Tx, c *Complaint) {
	tx.Write(`insert into complaint (id, version, number, kind, status, case_id, case_number, item_name, filed_by, filer_name, text_sealed,
		filed_at, accept_due, answer_due, accepted_at, answered_at, answer_sealed, upheld, escalated_at, escalated_why, handler_id,
		handler_name, body_id, intake_id, applicant_id, agent_id)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', '', '', '', '', '', '', '', '', $14, $15, $16, $17)`,
		c.ID, c.Version, c.Number, string(c.Kind), string(c.Status), c.CaseID, c.CaseNumber, c.ItemName, c.FiledBy, c.FilerName,
		s.o.Keys.Seal(sealText, c.Text), db.Stamp(c.FiledAt), c.AcceptDue.String(), c.Subject.BodyID, c.Subject.IntakeID, c.Subject.ApplicantID,
		c.Subject.AgentID)
}

func (s *Service) update(tx *db.Tx, c *Complaint) {
	due, upheld := "", ""
	if c.AnswerDue != 0 {
		due = c.AnswerDue.String()
	}
	if !c.AnsweredAt.IsZero() {
		upheld = map[bool]string{true: "yes", false: "no"}[c.Upheld]
	}
	tx.Write(`update complaint set version = version + 1, status = $3, answer_due = $4, accepted_at = $5, answered_at = $6, answer_sealed = $7,
		upheld = $8, escalated_at = $9, escalated_why = $10, handler_id = $11, handler_name = $12 where id = $1 and version = $2`,
		c.ID, c.Version, string(c.Status), due, db.Stamp(c.AcceptedAt), db.Stamp(c.AnsweredAt), s.o.Keys.Seal(sealText, c.Answer), upheld,
		db.Stamp(c.EscalatedAt), c.EscalatedWhy, c.HandlerID, c.HandlerName)
}

// Get is one complaint for its filer, or who looks into it.
func (s *Service) Get(ctx context.Context, who staff.Actor, complaintID string) (*Complaint, error) {
	all, err := s.list(ctx, who, `id = $1`, []any{complaintID}, 1)
	if err == nil && len(all) == 0 {
		err = fault.Missing("complaint.missing")
	}
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// List are the complaints in the actor's scope, the newest first; open ones
// only, or all. after is the id of the last one of the page before.
func (s *Service) List(ctx context.Context, who staff.Actor, open bool, after string, limit int) ([]*Complaint, error) {
	if after == "" {
		after = "~"
	}
	where := `id < $1`
	if open {
		where += ` and status in ('filed', 'accepted')`
	}
	return s.list(ctx, who, where, []any{after}, limit)
}

func (s *Service) list(ctx context.Context, who staff.Actor, where string, args []any, limit int) (out []*Complaint, err error) {
	p := staff.ComplaintHandle
	if who.Kind == staff.Applicant {
		p = staff.ComplaintFile
	}
	if err := who.Must(p); err != nil {
		return nil, err
	}
	if limit <= 0 || limit > most {
		limit = most
	}
	scope, more := who.ScopeFor(p).SQL("", len(args)+1)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = s.rows(tx, where+` and `+scope, append(args, more...), limit)
		return err
	})
	return out, err
}
