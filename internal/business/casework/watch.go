package casework

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// The topics of what is noticed of a clock; the payload is Noticed.
const (
	WarnedTopic       = "case.warned"
	PromiseLateTopic  = "case.promise_late"
	OverdueTopic      = "case.overdue"
	DeliveryLateTopic = "case.delivery_late"
)

// alarmTopics are the marks in the order in which they are told, each with its
// topic.
var alarmTopics = []struct {
	mark  Mark
	topic string
}{{MarkWarned, WarnedTopic}, {MarkPromiseLate, PromiseLateTopic}, {MarkOverdue, OverdueTopic}, {MarkDeliveryLate, DeliveryLateTopic}}

// Noticed is a mark on the clock of a case, with the day that was missed or is
// near, the step at which the case was and the account that had it in hand, ""
// when nobody had taken it.
type Noticed struct {
	Happened
	Due      calendar.Day
	StepName string
	Person   string
}

// NoticedOf is what is told of a case by a noun above this one, whose day passed.
func NoticedOf(c *Case, due calendar.Day) Noticed {
	return Noticed{Happened: c.happened(Note{Step: c.Steps()}), Due: due}
}

// Watch (电子监察) notices, once each, that a limit is nearly used up or was
// missed. It looks at the cases whose alarm is due and at no others. Overdue is
// never approval: nothing but the mark changes (行政许可法第四十二条、第七十四条).
func (s *Service) Watch(ctx context.Context) (n int, err error) {
	for {
		due, err := s.alarmed(ctx)
		if err != nil {
			return n, err
		}
		done := 0
		for _, caseID := range due {
			switch err := s.notice(ctx, caseID); {
			case err == nil:
				done++
			case fault.Of(err).Kind != fault.KindConflict: // somebody was at the case
				return n, err
			}
		}
		n += done
		if len(due) < sweepLimit || done == 0 {
			return n, nil
		}
	}
}

// alarmed are the cases whose clock is to be looked at, the longest waiting first.
func (s *Service) alarmed(ctx context.Context) (ids []string, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		ids, err = db.List(tx, func(r db.Scanner) (v string, err error) { return v, r.Scan(&v) },
			`select case_id from case_clock where alarm_on <> '' and alarm_on <= $1 order by alarm_on, case_id limit $2`, calendar.DayOf(tx.Now).String(), sweepLimit)
		return err
	})
	return ids, err
}

// notice puts the marks that are due on a case and sets the next alarm.
func (s *Service) notice(ctx context.Context, caseID string) error {
	who := staff.Machine("系统（时限监察）")
	return s.db.Act(ctx, func(tx *db.Tx) error {
		t, err := s.begin(tx, who, Seen{CaseID: caseID}, staff.CaseRead)
		if err != nil {
			return err
		}
		t.mark()
		t.Case.setAlarm(t.Impl, s.calendar(), s.warnAt)
		saveMarks(tx, t.Case, t.Before)
		return nil
	})
}

func (t *Turn) mark() {
	due := t.Case.alarms(t.Impl, t.s.calendar(), t.s.warnAt)
	for _, x := range alarmTopics {
		if on, ok := due[x.mark]; !ok || on > t.Today() {
			continue
		}
		t.Case.Marks |= x.mark
		if x.mark == MarkWarned && t.Case.PromiseMissed(t.Today()) {
			continue // too late for a warning
		}
		t.tellNoticed(x.mark, x.topic)
	}
}

func (t *Turn) tellNoticed(m Mark, topic string) {
	due := t.Case.PromisedDue
	switch m {
	case MarkOverdue:
		due = t.Case.StatutoryDue
	case MarkDeliveryLate:
		due = t.Case.DeliveryDue(t.s.calendar())
	}
	n := Note{Kind: topic, Data: map[string]any{"due": due}}
	x := Noticed{Due: due}
	if len(t.Case.Flow.Open) > 0 {
		token := t.Case.Flow.Open[0]
		step, _ := t.Impl.Flow.Step(token.Step)
		n.Step, x.Person = token.Step, token.Officer
		x.StepName = step.Name
	}
	x.Happened = t.Case.happened(n)
	t.Case.tellOf(t.Tx, t.Who, t.Before, n, x)
}
