package interest

import (
	"context"
	"errors"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// most is how many parties one run looks at.
const most = 200

// Lapse lets the decision go on where a party's time has passed without word:
// silence is no consent, but it does not hold the applicant up either. It gives
// how many there were.
func (s *Service) Lapse(ctx context.Context) (n int, err error) {
	var late []Party
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		late, err = db.List(tx, s.scan, columns+` where status = 'told' and until_day < $1 order by until_day, id limit $2`,
			calendar.DayOf(tx.Now).String(), most)
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, p := range late {
		err := s.lapse(ctx, p)
		if errors.Is(err, errAnswered) {
			continue
		}
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// errAnswered says that somebody was faster.
var errAnswered = errors.New("no longer silent")

func (s *Service) lapse(ctx context.Context, seen Party) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		return s.cases.ActIn(tx, staff.Machine("陈述期限"), casework.Seen{CaseID: seen.CaseID}, staff.CaseExamine, func(t *casework.Turn) error {
			p, err := s.byID(tx, seen.ID)
			if err != nil {
				return err
			}
			if p.Status != Told || p.Until >= t.Today() {
				return errAnswered
			}
			p.Status = Silent
			s.save(tx, p)
			t.Lift(p.hold().ID)
			t.Tell(casework.Note{Kind: "interest.silent", Data: map[string]string{"number": p.Number}})
			return nil
		})
	})
}
