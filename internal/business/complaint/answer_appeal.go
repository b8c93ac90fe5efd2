package complaint

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// AnswerAppeal (提交答复、答辩) says that the body's answer went to the organ, with
// evidence and grounds.
type AnswerAppeal struct {
	Seen
	On string // YYYY-MM-DD
}

// AnswerAppeal may come late; that is on record then.
func (s *Service) AnswerAppeal(ctx context.Context, who staff.Actor, in AnswerAppeal) error {
	return s.onAppeal(ctx, who, in.Seen, func(t *casework.Turn, a *Appeal) error {
		if err := a.answer(in.On, t.Today()); err != nil {
			return err
		}
		a.AnsweredBy = who.Name
		t.Tell(casework.Note{Kind: "appeal.answered", Outcome: a.Kind})
		return nil
	})
}

func (a *Appeal) answer(on string, today calendar.Day) error {
	day, err := calendar.ParseDay(on)
	switch {
	case !a.Pending():
		return fault.Conflict("appeal.ended")
	case a.AnsweredOn != 0:
		return fault.Conflict("appeal.answered")
	case err != nil || day > today || day < a.ReceivedOn:
		return fault.Invalid("form.invalid", fault.At("answered_on", "appeal.received"))
	}
	a.AnsweredOn = day
	return nil
}
