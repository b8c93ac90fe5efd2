package casework

import (
	"context"
	"strconv"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Consult (征求意见) asks another body for its opinion in a case under way. The
// clock runs on: 行政许可法第四十五条 does not name it.
type Consult struct {
	Seen
	BodyID   string
	Question string
	Days     int // working days for the answer
}

// Consultation is a question to another body, and its answer when there is one.
type Consultation struct {
	ID, CaseID, BodyID, Body string
	Question                 string
	Due                      calendar.Day
	AskedBy                  string // name
	AskedAt                  time.Time
	AnsweredBy               string
	AnsweredAt               time.Time // zero while it is open
	Stance                   string
	Opinion                  string
}

// Open says that the answer is still awaited.
func (c Consultation) Open() bool { return c.AnsweredAt.IsZero() }

const (
	mostConsultDays = 15
	mostConsulted   = 10 // bodies in one case
)

// Consult puts a line on the other body's work list. Whoever examines, reviews
// or decides in the deciding body may ask; one question at a time to one body.
func (s *Service) Consult(ctx context.Context, who staff.Actor, in Consult) error {
	return s.Act(ctx, who, in.Seen, consulting(who), func(t *Turn) error {
		if err := t.Case.underWay(); err != nil {
			return err
		}
		body, err := in.check(t)
		if err != nil {
			return err
		}
		x := Consultation{ID: id.New(), CaseID: t.Case.ID, BodyID: body.ID, Body: body.Name, Question: strings.TrimSpace(in.Question),
			Due: t.Calendar().AddWorking(t.Today(), in.Days), AskedBy: who.Name, AskedAt: t.Tx.Now}
		insertConsultation(t.Tx, x, who)
		insertTask(t.Tx, t.Case.consultTask(x))
		t.Case.Flow.Asked = append(t.Case.Flow.Asked[:len(t.Case.Flow.Asked):len(t.Case.Flow.Asked)], body.ID)
		t.Tell(Note{Kind: "case.consulted", Text: x.Question, Data: map[string]string{"body_id": body.ID, "body": body.Name, "due": x.Due.String()}})
		return nil
	})
}

// consulting is by which of the officer's rights they ask.
func consulting(who staff.Actor) staff.Permission {
	for _, p := range []staff.Permission{staff.CaseReview, staff.CaseDecide} {
		if who.Can(p) && !who.Can(staff.CaseExamine) {
			return p
		}
	}
	return staff.CaseExamine
}

func (in Consult) check(t *Turn) (org.Body, error) {
	var wrong []fault.Field
	body, err := org.LoadBody(t.Tx, in.BodyID)
	if err != nil || !body.Active || body.ID == t.Case.BodyID {
		wrong = append(wrong, fault.At("body", "consult.body"))
	}
	if n := len([]rune(strings.TrimSpace(in.Question))); n == 0 || n > mostOpinion {
		wrong = append(wrong, fault.At("question", "consult.question", "max", strconv.Itoa(mostOpinion)))
	}
	if in.Days < 1 || in.Days > mostConsultDays {
		wrong = append(wrong, fault.At("days", "consult.days", "max", strconv.Itoa(mostConsultDays)))
	}
	if len(wrong) > 0 {
		return body, fault.Invalid("form.invalid", wrong...)
	}
	all, err := consultationsOf(t.Tx, t.Case.ID)
	for _, x := range all {
		if x.Open() && x.BodyID == in.BodyID {
			return body, fault.Refused("consult.open", "", "body", body.Name)
		}
	}
	if err == nil && len(all) >= mostConsulted {
		err = fault.Refused("consult.many", "", "max", strconv.Itoa(mostConsulted))
	}
	return body, err
}

// consultStep is what the line on the work list calls the step.
func consultStep(id string) string { return "consult:" + id }

// Asked says that the line is a question of another body, not a step.
func (t Task) Asked() bool { return strings.HasPrefix(t.Step, consultStep("")) }

func (c *Case) consultTask(x Consultation) Task {
	t := c.task(flow.Token{Step: consultStep(x.ID), Since: x.AskedAt, Body: x.BodyID}, flow.Step{Key: consultStep(x.ID), Role: string(staff.Handler)}, nil)
	t.Due = x.Due
	return t
}

// Opine answers a question that another body asked.
type Opine struct {
	CaseID  string
	ID      string // of the consultation
	Stance  string // flow.Support or flow.Oppose
	Opinion string
}

// Opine is the act of an officer of the body that was asked, who may do nothing
// else to the case. An answer is given once.
func (s *Service) Opine(ctx context.Context, who staff.Actor, in Opine) error {
	if err := who.Must(staff.CaseExamine); err != nil {
		return err
	}
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		t, err := s.begin(tx, who, Seen{CaseID: in.CaseID}, staff.CaseRead)
		if err != nil {
			return err
		}
		x, err := consultationByID(tx, in.ID)
		if err != nil || x.CaseID != in.CaseID || who.May(staff.CaseExamine, staff.Subject{BodyID: x.BodyID}) != nil {
			return fault.Missing("consult.missing")
		}
		if !x.Open() || t.Case.Status.Ended() {
			return fault.Conflict("consult.answered")
		}
		if in.Stance != flow.Support && in.Stance != flow.Oppose {
			return fault.Invalid("form.invalid", fault.At("stance", "consult.stance"))
		}
		if err := needed("", "opinion", in.Opinion); err != nil {
			return err
		}
		answerConsultation(tx, x.ID, who, in.Stance, strings.TrimSpace(in.Opinion))
		tx.WriteN(db.Any, `delete from task where case_id = $1 and step = $2`, x.CaseID, consultStep(x.ID))
		t.Tell(Note{Kind: "case.opined", Outcome: in.Stance, Text: strings.TrimSpace(in.Opinion),
			Data: map[string]string{"consultation": x.ID, "body_id": x.BodyID, "body": x.Body}})
		return nil
	})
	s.KeepRefusal(ctx, who, in.CaseID, staff.CaseExamine, err)
	return err
}

// Consultations are those of a case, for who may read it.
func (s *Service) Consultations(ctx context.Context, who staff.Actor, caseID string) (out []Consultation, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := ByID(tx, caseID)
		if err != nil {
			return err
		}
		if who.May(staff.CaseRead, c.Subject()) != nil {
			return fault.Missing("case.missing")
		}
		out, err = consultationsOf(tx, caseID)
		return err
	})
	return out, err
}

const consultationColumns = `select id, case_id, body_id, body_name, question, due, asked_by_name, asked_at, answered_name,
	answered_at, stance, opinion from consultation `

func scanConsultation(r db.Scanner) (x Consultation, err error) {
	return x, r.Scan(&x.ID, &x.CaseID, &x.BodyID, &x.Body, &x.Question, calendar.Optional{Day: &x.Due}, &x.AskedBy, db.At{Time: &x.AskedAt},
		&x.AnsweredBy, db.At{Time: &x.AnsweredAt}, &x.Stance, &x.Opinion)
}

func consultationByID(tx *db.Tx, id string) (Consultation, error) {
	return db.One(tx, "consult.missing", scanConsultation, consultationColumns+`where id = $1`, id)
}

func consultationsOf(tx *db.Tx, caseID string) ([]Consultation, error) {
	return db.List(tx, scanConsultation, consultationColumns+`where case_id = $1 order by id limit 100`, caseID)
}

func insertConsultation(tx *db.Tx, x Consultation, who staff.Actor) {
	tx.Write(`insert into consultation (id, case_id, body_id, body_name, question, due, asked_by, asked_by_name, asked_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, x.ID, x.CaseID, x.BodyID, x.Body, x.Question, x.Due.String(), who.AccountID,
		who.Name, db.Stamp(x.AskedAt))
}

func answerConsultation(tx *db.Tx, id string, who staff.Actor, stance, opinion string) {
	tx.Write(`update consultation set answered_by = $2, answered_name = $3, answered_at = $4, stance = $5, opinion = $6
		where id = $1 and answered_at = ''`, id, who.AccountID, who.Name, db.Stamp(tx.Now), stance, opinion)
}
