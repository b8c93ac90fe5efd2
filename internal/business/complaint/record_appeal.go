package complaint

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Record (登记复议、诉讼) says that a review or a suit was begun, as the copy that
// reached the body says.
type Record struct {
	casework.Seen
	Kind, Against, By   string
	Simple              bool
	Organ, Reference    string
	Asked               string
	FiledOn, ReceivedOn string // YYYY-MM-DD
}

// Record gives the id.
func (s *Service) Record(ctx context.Context, who staff.Actor, in Record) (appealID string, err error) {
	err = s.o.Casework.Act(ctx, who, in.Seen, staff.AppealRecord, func(t *casework.Turn) error {
		a, err := in.appeal(t)
		if err != nil {
			return err
		}
		earlier, err := s.appealsOf(t.Tx, t.Case.ID)
		if err != nil {
			return err
		}
		if err := beside(earlier, a.Kind, a.Against); err != nil {
			return err
		}
		appealID = a.ID
		s.insertAppeal(t.Tx, a, who)
		t.Tell(casework.Note{Kind: "appeal.recorded", Outcome: a.Kind, Data: map[string]any{"appeal": a.ID, "against": a.Against,
			"answer_due": a.AnswerDue.Chinese()}})
		return nil
	})
	if errors.Is(err, fault.Conflict("duplicate")) {
		err = fault.Conflict("appeal.pending")
	}
	return appealID, err
}

// appeal is the rule of recording one: it was possible, and it says what the
// copy says.
func (in Record) appeal(t *casework.Turn) (*Appeal, error) {
	c, today := t.Case, t.Today()
	a := &Appeal{ID: id.New(), Version: 1, Kind: in.Kind, Against: in.Against, By: in.By, Simple: in.Simple, Status: "pending", CaseID: c.ID,
		CaseNumber: c.Number, ItemName: c.ItemName, Organ: strings.TrimSpace(in.Organ), Reference: strings.TrimSpace(in.Reference),
		Asked: strings.TrimSpace(in.Asked), Subject: c.Subject()}
	if a.Against == "" {
		a.Against = OfDecision
	}
	if a.By == "" {
		a.By = ByApplicant
	}
	var wrong []fault.Field
	if a.Kind != Review && a.Kind != Suit {
		wrong = append(wrong, fault.At("kind", "appeal.kind"))
	}
	wrong = needed(needed(wrong, "organ", a.Organ), "asked", a.Asked)
	if n := len([]rune(a.Asked)); n > mostText {
		wrong = append(wrong, fault.At("asked", "form.too_long", "max", strconv.Itoa(mostText), "n", strconv.Itoa(n)))
	}
	var err error
	if a.FiledOn, err = calendar.ParseDay(in.FiledOn); err != nil || a.FiledOn > today || a.Against == OfDecision && a.FiledOn < actOn(c) {
		wrong = append(wrong, fault.At("filed_on", "appeal.day"))
	}
	if a.ReceivedOn, err = calendar.ParseDay(in.ReceivedOn); err != nil || a.ReceivedOn > today || a.ReceivedOn < a.FiledOn {
		wrong = append(wrong, fault.At("received_on", "appeal.received"))
	}
	if err := Contestable(c, a.Against, a.FiledOn); err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return nil, fault.Invalid("form.invalid", wrong...)
	}
	cal := t.Calendar()
	a.AnswerDue, a.OrganDue = AnswerDue(cal, a.Kind, a.Simple, a.ReceivedOn), OrganDue(cal, a.Kind, a.Simple, a.FiledOn)
	return a, nil
}

// onAppeal is an act on a review or a suit inside the act on its case, so that
// it stands in the history of the case.
func (s *Service) onAppeal(ctx context.Context, who staff.Actor, in Seen, fn func(*casework.Turn, *Appeal) error) error {
	if err := who.Must(staff.AppealRecord); err != nil {
		return err
	}
	var caseID string
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		a, err := s.appealByID(tx, in.ID)
		if err != nil {
			return err
		}
		if who.May(staff.AppealRecord, a.Subject) != nil {
			return fault.Missing("appeal.missing")
		}
		if in.Version != 0 && in.Version != a.Version {
			return fault.Conflict("appeal.stale")
		}
		caseID = a.CaseID
		return s.o.Casework.ActIn(tx, who, casework.Seen{CaseID: a.CaseID}, staff.AppealRecord, func(t *casework.Turn) error {
			if err := fn(t, a); err != nil {
				return err
			}
			updateAppeal(tx, a)
			return nil
		})
	})
	s.o.Casework.KeepRefusal(ctx, who, caseID, staff.AppealRecord, err)
	if errors.Is(err, fault.Conflict("stale")) {
		err = fault.Conflict("appeal.stale")
	}
	return err
}
