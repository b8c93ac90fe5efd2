package casework

import (
	"context"
	"errors"
	"slices"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/document"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// The topics of a second notice and of the attempt at one that was refused; both
// go on record (行政许可法第七十二条).
const (
	FurtherTopic   = "case.supplement_further"
	AttemptedTopic = "supplement.attempted"
)

// lawOnce lets everything that lacks be told once.
const lawOnce = lawSupplement

// mayTellAgain is the rule of a second notice (行政许可法第三十二条第一款第（四）项): none,
// unless the applicant brought a new fact. It may speak of nothing but what came
// with the answer to the first, must say what is new, and there is no third.
func (c *Case) mayTellAgain(in NotifySupplement, first *SupplementNotice, today calendar.Day, cal *calendar.Table) error {
	switch due := cal.AddWorking(calendar.DayOf(c.CompleteAt), acceptDays); {
	case first.N > 1 || strings.TrimSpace(in.NewFact) == "":
		return fault.Refused("supplement.once", lawOnce)
	case c.Status != StatusReceived || first.AnsweredAt.IsZero():
		return fault.Conflict("case.not_awaiting_acceptance", "status", string(c.Status))
	case today > due:
		return fault.Refused("supplement.late", lawOnce, "due", due.Chinese())
	}
	for _, i := range in.Items {
		if !first.names(i.Material) {
			return fault.Refused("supplement.old_fact", lawOnce, "name", i.Name)
		}
	}
	return nil
}

// tellAgain issues the second notice.
func (s *Service) tellAgain(t *Turn, in NotifySupplement, first *SupplementNotice) error {
	if err := t.Case.mayTellAgain(in, first, t.Today(), s.calendar()); err != nil {
		return err
	}
	if err := in.check(t.Impl); err != nil {
		return err
	}
	t.Case.Status = StatusSupplement
	until := s.calendar().AddWorking(t.Today(), in.days())
	t.Tx.Write(`insert into supplement_further (case_id, notified_at, until_day, days, items, new_fact, by_id, by_name)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`, t.Case.ID, db.Stamp(t.Tx.Now), until.String(), in.days(), db.JSON(in.Items),
		strings.TrimSpace(in.NewFact), t.Who.AccountID, t.Who.Name)
	saveTicks(t, t.Case.Steps(), in.Ticks)
	docID, err := t.Issue(document.BZ, supplementFacts(in.Items, until))
	if err != nil {
		return err
	}
	t.Tell(Note{Kind: FurtherTopic, Step: t.Case.Steps(), Text: strings.TrimSpace(in.NewFact), Data: in.Items, DocumentID: docID})
	return nil
}

// attempted leaves that a second notice was tried and refused: the act itself
// left nothing.
func (s *Service) attempted(ctx context.Context, who staff.Actor, caseID string, why error) error {
	f := fault.Of(why)
	if f == nil || !slices.Contains([]string{"supplement.once", "supplement.old_fact"}, f.Code) {
		return why
	}
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		c, err := ByID(tx, caseID)
		if err != nil {
			return err
		}
		event.Publish(tx, AttemptedTopic, c.ID, Noticed{Happened: c.happened(Note{Kind: AttemptedTopic}), Due: calendar.DayOf(tx.Now), Person: who.AccountID})
		return nil
	})
	return errors.Join(err, why)
}
