package jobs

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// Schedule gives the latest instant, not after now, at which periodic work was
// due. Instants that pass while nobody runs are not made up for, except the
// latest.
type Schedule func(now time.Time) time.Time

// Interval is due every d, counted from the beginning of time, so that all
// processes agree.
func Interval(d time.Duration) Schedule {
	return func(now time.Time) time.Time { return now.UTC().Truncate(d) }
}

// Daily is due every day at the given time in Beijing.
func Daily(hour, minute int) Schedule {
	return func(now time.Time) time.Time {
		y, m, d := now.In(clock.Beijing).Date()
		due := time.Date(y, m, d, hour, minute, 0, 0, clock.Beijing)
		if due.After(now) {
			due = due.AddDate(0, 0, -1)
		}
		return due
	}
}

// Monthly is due on a day of the month, 1 to 28, at the given hour in Beijing.
func Monthly(day, hour int) Schedule {
	return func(now time.Time) time.Time {
		y, m, _ := now.In(clock.Beijing).Date()
		due := time.Date(y, m, day, hour, 0, 0, 0, clock.Beijing)
		if due.After(now) {
			due = due.AddDate(0, -1, 0)
		}
		return due
	}
}

// schedule is one periodic work with the latest slot this process knows to be
// taken.
type schedule struct {
	name string
	due  Schedule
	last time.Time
}

// Every registers periodic work. Of all processes exactly one takes each slot
// and leaves one job for it, which is retried like any other; fn is given the
// slot. On a new store the slot that has just passed runs at once.
func (j *Jobs) Every(name string, due Schedule, fn func(ctx context.Context, slot time.Time) error) {
	j.On(slotTopic(name), name, func(ctx context.Context, e event.Event) error {
		var slot time.Time
		if err := e.Decode(&slot); err != nil {
			return fmt.Errorf("slot of %s: %w", name, err)
		}
		return fn(ctx, slot)
	})
	j.schedules = append(j.schedules, &schedule{name: name, due: due})
}

func slotTopic(name string) string { return "due." + name }

// scheduleLoop looks once a second, in memory, whether something is due by the
// store's clock.
func (j *Jobs) scheduleLoop(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		if err := j.takeDue(ctx); err != nil && ctx.Err() == nil {
			j.opt.Log.ErrorContext(ctx, "periodic work not taken", "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// HoldSchedule keeps periodic work from being taken by this process until it is
// let go again, such as while a past is being made under another clock. The
// latest slot of each work then runs at once.
func (j *Jobs) HoldSchedule() (letGo func()) {
	j.held.Add(1)
	return sync.OnceFunc(func() { j.held.Add(-1) })
}

// takeDue takes every slot that is due and publishes it as an event.
func (j *Jobs) takeDue(ctx context.Context) error {
	if j.held.Load() > 0 {
		return nil
	}
	now := j.db.Clock().Now()
	var errs []error
	for _, s := range j.schedules {
		slot := s.due(now)
		if !slot.After(s.last) {
			continue
		}
		if err := j.takeSlot(ctx, s.name, slot); err != nil {
			errs = append(errs, err)
			continue
		}
		s.last = slot
	}
	return errors.Join(errs...)
}

// takeSlot is nil too when another process was faster.
func (j *Jobs) takeSlot(ctx context.Context, name string, slot time.Time) error {
	err := j.db.Act(ctx, func(tx *db.Tx) error {
		at := db.Stamp(slot)
		taken, err := db.List(tx, func(r db.Scanner) (s string, err error) { err = r.Scan(&s); return },
			`select slot from job_slot where name = $1 and slot >= $2 limit 1`, name, at)
		if err != nil || len(taken) > 0 {
			return err
		}
		tx.Write(`insert into job_slot (name, slot) values ($1, $2)
			on conflict (name) do update set slot = excluded.slot where job_slot.slot < excluded.slot`, name, at)
		event.Publish(tx, slotTopic(name), name, slot)
		return nil
	})
	if errors.Is(err, fault.Conflict("stale")) {
		return nil
	}
	return err
}
