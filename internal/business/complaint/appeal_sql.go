package complaint

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// sealAsked is the context of the sealed column.
const sealAsked = "appeal.asked"

const appealColumns = `select id, version, kind, against, filed_by, simple, status, case_id, case_number, item_name, organ, reference,
	asked_sealed, filed_on, received_on, answer_due, organ_due, answered_on, answered_by, result, result_on, note, act_by, redo_id, licence_id,
	told, body_id, intake_id, applicant_id, agent_id from appeal `

func (s *Service) scanAppeal(r db.Scanner) (*Appeal, error) {
	a := &Appeal{}
	var simple int
	var asked string
	err := r.Scan(&a.ID, &a.Version, &a.Kind, &a.Against, &a.By, &simple, &a.Status, &a.CaseID, &a.CaseNumber, &a.ItemName, &a.Organ, &a.Reference,
		&asked, calendar.Optional{Day: &a.FiledOn}, calendar.Optional{Day: &a.ReceivedOn}, calendar.Optional{Day: &a.AnswerDue}, calendar.Optional{Day: &a.OrganDue}, calendar.Optional{Day: &a.AnsweredOn},
		&a.AnsweredBy, &a.Result, calendar.Optional{Day: &a.ResultOn}, &a.Note, calendar.Optional{Day: &a.ActBy}, &a.RedoID, &a.LicenceID, &a.told,
		&a.Subject.BodyID, &a.Subject.IntakeID, &a.Subject.ApplicantID, &a.Subject.AgentID)
	if err != nil {
		return nil, err
	}
	a.Simple = simple == 1
	if asked != "" { // rows of before say nothing
		a.Asked, err = s.o.Keys.Open(sealAsked, asked)
	}
	return a, err
}

func (s *Service) insertAppeal(tx *db.Tx, a *Appeal, who staff.Actor) {
	simple := 0
	if a.Simple {
		simple = 1
	}
	tx.Write(`insert into appeal (id, version, kind, against, filed_by, simple, status, case_id, case_number, item_name, organ, reference,
		asked_sealed, filed_on, received_on, answer_due, organ_due, result, result_on, note, redo_id, recorded_by, recorded_at,
		body_id, intake_id, applicant_id, agent_id)
		values ($1, 1, $2, $3, $4, $5, 'pending', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', '', '', '', $16, $17, $18, $19, $20, $21)`,
		a.ID, a.Kind, a.Against, a.By, simple, a.CaseID, a.CaseNumber, a.ItemName, a.Organ, a.Reference, s.o.Keys.Seal(sealAsked, a.Asked),
		a.FiledOn.String(), a.ReceivedOn.String(), a.AnswerDue.String(), a.OrganDue.String(), who.Name, db.Stamp(tx.Now),
		a.Subject.BodyID, a.Subject.IntakeID, a.Subject.ApplicantID, a.Subject.AgentID)
}

func updateAppeal(tx *db.Tx, a *Appeal) {
	tx.Write(`update appeal set version = version + 1, status = $3, answered_on = $4, answered_by = $5, result = $6, result_on = $7, note = $8,
		act_by = $9, redo_id = $10, licence_id = $11 where id = $1 and version = $2`,
		a.ID, a.Version, a.Status, a.AnsweredOn.Text(), a.AnsweredBy, a.Result, a.ResultOn.Text(), a.Note, a.ActBy.Text(), a.RedoID, a.LicenceID)
}

func (s *Service) appealByID(tx *db.Tx, appealID string) (*Appeal, error) {
	return db.One(tx, "appeal.missing", s.scanAppeal, appealColumns+`where id = $1`, appealID)
}

func (s *Service) appealsOf(tx *db.Tx, caseID string) ([]*Appeal, error) {
	return db.List(tx, s.scanAppeal, appealColumns+`where case_id = $1 order by id limit 100`, caseID)
}

// lateAppeals are those of which something may have been missed.
func (s *Service) lateAppeals(tx *db.Tx, today calendar.Day) ([]*Appeal, error) {
	answers, err := db.List(tx, s.scanAppeal, appealColumns+`where status = 'pending' and answered_on = '' and answer_due <> '' and answer_due < $1
		and told = 0 order by answer_due, id limit $2`, today.String(), most)
	if err != nil {
		return nil, err
	}
	orders, err := db.List(tx, s.scanAppeal, appealColumns+`where act_by <> '' and act_by < $1 and status = 'ended' and told < $2
		order by act_by desc, id desc limit $3`, today.String(), toldOrder, most)
	return append(answers, orders...), err
}

// Appeals are those against a case, oldest first, for who may see the case.
func (s *Service) Appeals(ctx context.Context, who staff.Actor, c *casework.Case) (out []*Appeal, err error) {
	if who.May(staff.CaseRead, c.Subject()) != nil {
		return nil, fault.Missing("case.missing")
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = s.appealsOf(tx, c.ID)
		return err
	})
	return out, err
}

// Appeal is one of them, for who may see its case.
func (s *Service) Appeal(ctx context.Context, who staff.Actor, appealID string) (a *Appeal, err error) {
	if err := who.Must(staff.CaseRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if a, err = s.appealByID(tx, appealID); err == nil && who.May(staff.CaseRead, a.Subject) != nil {
			err = fault.Missing("appeal.missing")
		}
		return err
	})
	return a, err
}

// AllAppeals are those in the actor's scope, the newest first; pending ones
// only, or all. after is the id of the last one of the page before.
func (s *Service) AllAppeals(ctx context.Context, who staff.Actor, pending bool, after string, limit int) (out []*Appeal, err error) {
	if err := who.Must(staff.CaseRead); err != nil {
		return nil, err
	}
	if after == "" {
		after = "~"
	}
	where := `id < $1`
	if pending {
		where += ` and status = 'pending'`
	}
	scope, args := who.ScopeFor(staff.CaseRead).SQL("", 3)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, s.scanAppeal, appealColumns+`where `+where+` and `+scope+` order by id desc limit $2`,
			append([]any{after, min(max(limit, 1), most)}, args...)...)
		return err
	})
	return out, err
}
