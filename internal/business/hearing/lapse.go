package hearing

import (
	"context"
	"errors"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// most is how many hearings one run looks at.
const most = 200

// Lapse ends the offers that nobody took up in time. It gives how many.
func (s *Service) Lapse(ctx context.Context) (n int, err error) {
	var late []*Hearing
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		late, err = db.List(tx, scan, columns+` where status = 'offered' and until_day < $1 order by until_day, id limit $2`,
			calendar.DayOf(tx.Now).String(), most)
		return err
	})
	for _, h := range late {
		err := s.lapse(ctx, h.CaseID)
		switch {
		case errors.Is(err, errTaken):
		case err != nil:
			return n, err
		default:
			n++
		}
	}
	return n, err
}

// errTaken says that somebody was faster.
var errTaken = errors.New("the offer was taken up")

func (s *Service) lapse(ctx context.Context, caseID string) error {
	return s.on(ctx, staff.Machine("听证申请期限"), casework.Seen{CaseID: caseID}, staff.CaseExamine, func(t *turn) error {
		if t.h.Status != Offered || t.h.Until >= t.Today() {
			return errTaken
		}
		t.h.settle(t.Today())
		if t.h.Status != Ended {
			return errTaken
		}
		return t.end()
	})
}

// OnCaseEnded closes the hearing of a case that ended before it: withdrawn, or
// ended otherwise.
func (s *Service) OnCaseEnded(ctx context.Context, e event.Event) error {
	var h casework.Happened
	if err := e.Decode(&h); err != nil {
		return err
	}
	return s.db.Act(ctx, func(tx *db.Tx) error {
		open, err := openOf(tx, h.CaseID)
		if f := fault.Of(err); f != nil && f.Kind == fault.KindMissing {
			return nil
		}
		if err != nil {
			return err
		}
		open.Status, open.Ending, open.Announced = Ended, "case_ended", false
		save(tx, *open)
		return nil
	})
}
