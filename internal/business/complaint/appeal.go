package complaint

import (
	"context"
	"errors"
	"slices"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Results are how a review or a suit may end.
var Results = []string{"upheld", "annulled", "changed", "ordered", "withdrawn"}

// Appeal (复议、诉讼) is a review or a suit against the decision of a case, as the
// body that decided records it.
type Appeal struct {
	ID               string
	Version          int
	Kind             string // review suit
	Status           string // pending ended
	CaseID           string
	Organ, Reference string
	FiledOn          calendar.Day
	Result           string
	ResultOn         calendar.Day
	Note             string
	RedoID           string // the case in which it is decided anew
	Subject          staff.Subject
}

// Record says that a review or a suit was begun.
type Record struct {
	CaseID, Kind, Organ, Reference, FiledOn string
}

// Record gives the id.
func (s *Service) Record(ctx context.Context, who staff.Actor, in Record) (appealID string, err error) {
	if err := who.Must(staff.AppealRecord); err != nil {
		return "", err
	}
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		c, err := casework.ByID(tx, in.CaseID)
		if err != nil {
			return err
		}
		if who.May(staff.AppealRecord, c.Subject()) != nil {
			return fault.Missing("case.missing")
		}
		filed, err := in.check(c, calendar.DayOf(tx.Now))
		if err != nil {
			return err
		}
		appealID = id.New()
		tx.Write(`insert into appeal (id, version, kind, status, case_id, case_number, item_name, organ, reference, filed_on, result, result_on,
			note, redo_id, recorded_by, recorded_at, body_id, intake_id, applicant_id, agent_id)
			values ($1, 1, $2, 'pending', $3, $4, $5, $6, $7, $8, '', '', '', '', $9, $10, $11, $12, $13, $14)`,
			appealID, in.Kind, c.ID, c.Number, c.ItemName, strings.TrimSpace(in.Organ), strings.TrimSpace(in.Reference), filed.String(), who.Name,
			db.Stamp(tx.Now), c.BodyID, c.IntakeID, c.ApplicantID, c.AgentID)
		tellAppeal(tx, who, "appeal.recorded", appealID, c.ID, "")
		return nil
	})
	if errors.Is(err, fault.Conflict("duplicate")) {
		err = fault.Conflict("appeal.pending")
	}
	return appealID, err
}

func (in Record) check(c *casework.Case, today calendar.Day) (calendar.Day, error) {
	if c.DecidedAt.IsZero() {
		return 0, fault.Refused("appeal.undecided", "行政复议法第二十条")
	}
	var wrong []fault.Field
	if in.Kind != "review" && in.Kind != "suit" {
		wrong = append(wrong, fault.At("kind", "appeal.kind"))
	}
	if strings.TrimSpace(in.Organ) == "" {
		wrong = append(wrong, fault.At("organ", "text.required"))
	}
	day, err := calendar.ParseDay(in.FiledOn)
	if err != nil || day > today || day < calendar.DayOf(c.DecidedAt) {
		wrong = append(wrong, fault.At("filed_on", "appeal.day"))
	}
	if len(wrong) > 0 {
		return 0, fault.Invalid("form.invalid", wrong...)
	}
	return day, nil
}

// Conclude says how it ended.
type Conclude struct {
	Seen
	Result, On, Note string
	// Redo says that the organ ordered the decision to be made anew
	// (行政复议法第六十四条、行政诉讼法第七十条).
	Redo bool
}

// Conclude opens the case in which the decision is made anew, where that was
// ordered, and gives its id.
func (s *Service) Conclude(ctx context.Context, who staff.Actor, in Conclude) (redoID string, err error) {
	if err := who.Must(staff.AppealRecord); err != nil {
		return "", err
	}
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		a, err := db.One(tx, "appeal.missing", scanAppeal, appealColumns+`where id = $1`, in.ID)
		if err != nil {
			return err
		}
		if who.May(staff.AppealRecord, a.Subject) != nil {
			return fault.Missing("appeal.missing")
		}
		on, err := a.conclude(in, calendar.DayOf(tx.Now))
		if err != nil {
			return err
		}
		if in.Redo {
			c, err := s.o.Casework.Redecide(tx, who, a.CaseID)
			if err != nil {
				return err
			}
			redoID = c.ID
		}
		tx.Write(`update appeal set version = version + 1, status = 'ended', result = $3, result_on = $4, note = $5, redo_id = $6
			where id = $1 and version = $2`, a.ID, a.Version, in.Result, on.String(), strings.TrimSpace(in.Note), redoID)
		tellAppeal(tx, who, "appeal.ended", a.ID, a.CaseID, in.Result)
		return nil
	})
	if errors.Is(err, fault.Conflict("stale")) {
		err = fault.Conflict("appeal.stale")
	}
	return redoID, err
}

// conclude is the rule: once, with a known result of a day not in the future;
// only what was annulled or ordered is decided anew.
func (a *Appeal) conclude(in Conclude, today calendar.Day) (calendar.Day, error) {
	on, err := calendar.ParseDay(in.On)
	switch {
	case a.Status != "pending":
		return 0, fault.Conflict("appeal.ended")
	case in.Version != 0 && in.Version != a.Version:
		return 0, fault.Conflict("appeal.stale")
	case !slices.Contains(Results, in.Result):
		return 0, fault.Invalid("form.invalid", fault.At("result", "appeal.result"))
	case err != nil || on > today || on < a.FiledOn:
		return 0, fault.Invalid("form.invalid", fault.At("on", "appeal.day"))
	case in.Redo && in.Result != "annulled" && in.Result != "ordered":
		return 0, fault.Refused("appeal.no_redo", "行政复议法第六十四条、行政诉讼法第七十条")
	}
	return on, nil
}

// Appeals are those against a case, oldest first, for who may see the case.
func (s *Service) Appeals(ctx context.Context, who staff.Actor, c *casework.Case) (out []*Appeal, err error) {
	if who.May(staff.CaseRead, c.Subject()) != nil {
		return nil, fault.Missing("case.missing")
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scanAppeal, appealColumns+`where case_id = $1 order by id limit 100`, c.ID)
		return err
	})
	return out, err
}

const appealColumns = `select id, version, kind, status, case_id, organ, reference, filed_on, result, result_on, note, redo_id, body_id, intake_id,
	applicant_id, agent_id from appeal `

func scanAppeal(r db.Scanner) (*Appeal, error) {
	a := &Appeal{}
	err := r.Scan(&a.ID, &a.Version, &a.Kind, &a.Status, &a.CaseID, &a.Organ, &a.Reference, optionalDay{&a.FiledOn}, &a.Result, optionalDay{&a.ResultOn},
		&a.Note, &a.RedoID, &a.Subject.BodyID, &a.Subject.IntakeID, &a.Subject.ApplicantID, &a.Subject.AgentID)
	return a, err
}

func tellAppeal(tx *db.Tx, who staff.Actor, topic, appealID, caseID, result string) {
	audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: topic, SubjectKind: "appeal", SubjectID: appealID,
		After: map[string]any{"case": caseID, "result": result}, RequestID: who.RequestID})
	event.Publish(tx, topic, appealID, map[string]string{"case_id": caseID, "result": result})
}
