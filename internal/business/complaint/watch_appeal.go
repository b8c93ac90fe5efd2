package complaint

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
)

// The topics of what was missed; the payload is casework.Noticed.
const (
	AnswerLateTopic = "appeal.answer_late" // 逾期未答复、答辩
	OrderLateTopic  = "appeal.order_late"  // 逾期未履行复议决定、判决
)

// What of an appeal is on record already.
const (
	toldAnswer = 1 << iota
	toldOrder
)

// WatchAppeals notices, once each, that the body did not answer in time, or did
// not act by the day that was ordered (行政复议法第七十七条、行政诉讼法第九十六条), and
// gives how many.
func (s *Service) WatchAppeals(ctx context.Context) (n int, err error) {
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		today := calendar.DayOf(tx.Now)
		late, err := s.lateAppeals(tx, today)
		if err != nil {
			return err
		}
		for _, a := range late {
			c, err := casework.ByID(tx, a.acts())
			if err != nil {
				return err
			}
			topic, due, mark := a.late(c, today)
			tx.Write(`update appeal set told = $3 where id = $1 and version = $2`, a.ID, a.Version, a.told|mark)
			if topic != "" {
				event.Publish(tx, topic, a.ID, casework.NoticedOf(c, due))
				n++
			}
		}
		return nil
	})
	return n, err
}

// acts is the case in which the body has to act.
func (a *Appeal) acts() string {
	if a.RedoID != "" {
		return a.RedoID
	}
	return a.CaseID
}

// late is the rule: what was missed and is not on record yet, "" for nothing,
// and what needs no second look.
func (a *Appeal) late(c *casework.Case, today calendar.Day) (topic string, due calendar.Day, mark int) {
	switch {
	case a.Pending() && a.AnsweredOn == 0 && a.AnswerDue != 0 && today > a.AnswerDue && a.told&toldAnswer == 0:
		return AnswerLateTopic, a.AnswerDue, toldAnswer
	case a.Pending() || a.ActBy == 0 || today <= a.ActBy || a.told&toldOrder != 0:
		return "", 0, 0
	case c.DecidedAt.IsZero() && !c.Status.Ended():
		return OrderLateTopic, a.ActBy, toldOrder
	}
	return "", 0, toldOrder
}
