package app

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/jobs"
	"onewindow/internal/kit/notify"
	"onewindow/internal/web/text"
)

// reactClocks: a new calendar moves deadlines; who is concerned is told.
func (s *Services) reactClocks(j *jobs.Jobs) {
	j.On(calendar.Topic, "clock.reproject", s.onCalendar)
	j.On(casework.ReprojectedTopic, "clock.tell", s.onReprojected)
	j.On(casework.MovedTopic, "notice."+casework.MovedTopic, s.tellMoved)
}

// scheduleClocks: what an act under way computed by the old calendar, and what
// was broken off, is computed anew.
func (s *Services) scheduleClocks(j *jobs.Jobs, log *slog.Logger) {
	j.Every("clock.rest", jobs.Interval(5*time.Minute), func(ctx context.Context, _ time.Time) error {
		n, err := s.Casework.Reproject(ctx)
		if n > 0 {
			log.Info("deadlines computed by the new calendar", "cases", n)
		}
		return err
	})
}

// onCalendar computes every open case anew by the calendar that was published.
func (s *Services) onCalendar(ctx context.Context, e event.Event) error {
	var p calendar.Published
	if err := e.Decode(&p); err != nil {
		return err
	}
	if err := s.Calendar.Refresh(ctx); err != nil {
		return err
	}
	_, err := s.Casework.Reproject(ctx)
	return err
}

// onReprojected leaves the moves of a calendar with their cases.
func (s *Services) onReprojected(ctx context.Context, e event.Event) error {
	var version int
	if err := e.Decode(&version); err != nil {
		return err
	}
	_, err := s.Casework.TellMoves(ctx, version)
	return err
}

// tellMoved tells the applicant, and the officers who acted in the case, of the
// days that a new calendar moved. Officers read it in the portal.
func (s *Services) tellMoved(ctx context.Context, e event.Event) error {
	var m casework.ClockMoved
	if err := e.Decode(&m); err != nil {
		return err
	}
	days := movedWords(m.Moves)
	messages := []notify.Message{{ID: e.ID, RecipientID: recipient(m.Happened), SubjectID: m.CaseID, Title: "办理期限有调整", Link: "/cases/" + m.CaseID,
		Body: "国务院公布了新的放假调休安排，您申请的“" + m.ItemName + "”（" + m.Number + "）的期限相应调整：" + days + "。办理时限的天数没有变化。"}}
	for _, account := range m.Officers {
		messages = append(messages, notify.Message{ID: e.ID + "." + account, RecipientID: account, SubjectID: m.CaseID, Title: "经办的办件期限有调整",
			Link: "/desk/cases/" + m.CaseID, Body: "工作日历更新，“" + m.ItemName + "”（" + m.Number + "）的期限重新计算：" + days + "。", Quiet: true})
	}
	return s.putAll(ctx, messages...)
}

func movedWords(moves []casework.Move) string {
	var parts []string
	for _, m := range moves {
		parts = append(parts, text.Label(text.Clock, m.Clock)+"由"+m.Before.Chinese()+"变为"+m.After.Chinese())
	}
	return strings.Join(parts, "，")
}

// putAll writes messages, each in an act of its own, so that one that was written
// before keeps no other back.
func (s *Services) putAll(ctx context.Context, messages ...notify.Message) error {
	for _, m := range messages {
		err := s.DB.Act(ctx, func(tx *db.Tx) error {
			notify.Put(tx, m)
			return nil
		})
		if err != nil && !errors.Is(err, fault.Conflict("duplicate")) {
			return err
		}
	}
	return nil
}
