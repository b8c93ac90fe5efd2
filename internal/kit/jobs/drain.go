package jobs

import (
	"context"
	"errors"
	"fmt"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
)

// Drain does in this goroutine everything that is waiting: periodic work that
// is due by the store's clock, then every event of the outbox in the order of
// ids, each reaction in the order of registration, until nothing is left, the
// events that reactions publish included. It neither waits nor uses the queue,
// for tests and for building the demo city.
//
// An event whose reaction fails stays in the outbox for the next Drain or for
// the workers; the errors come back joined. Drain refuses while workers run.
func (j *Jobs) Drain(ctx context.Context) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.stop != nil {
		return errStarted
	}
	return errors.Join(j.takeDue(ctx), j.drainAll(ctx, true), j.drainAll(ctx, false))
}

// drainAll works off what workers put behind, or all the rest.
func (j *Jobs) drainAll(ctx context.Context, behind bool) error {
	var failed []error
	after := ""
	for {
		events, err := j.waitingAfter(ctx, behind, after)
		if err != nil || len(events) == 0 {
			return errors.Join(append(failed, err)...)
		}
		after = events[len(events)-1].ID
		errs, err := j.drain(ctx, events)
		if failed = append(failed, errs...); err != nil {
			return errors.Join(append(failed, err)...)
		}
	}
}

func (j *Jobs) waitingAfter(ctx context.Context, behind bool, id string) (events []event.Event, err error) {
	err = j.db.Read(ctx, func(tx *db.Tx) error {
		events, err = event.After(tx, behind, id, 200)
		return err
	})
	return events, err
}

// drain runs the reactions to each event and removes the events that went
// well; the second error is the store's.
func (j *Jobs) drain(ctx context.Context, events []event.Event) (failed []error, err error) {
	var done []event.Event
	for _, e := range events {
		if errs := j.react(ctx, e); len(errs) > 0 {
			failed = append(failed, errs...)
			continue
		}
		done = append(done, e)
	}
	return failed, j.db.Act(ctx, func(tx *db.Tx) error {
		event.Passed(tx, done...)
		return nil
	})
}

func (j *Jobs) react(ctx context.Context, e event.Event) (errs []error) {
	for _, name := range j.byTopic[e.Topic] {
		if e.Behind && !j.slow[name] {
			continue // done before it was put behind
		}
		if err := j.byName[name](ctx, e); err != nil {
			errs = append(errs, fmt.Errorf("%s on %s of %s: %w", name, e.Topic, e.SubjectID, err))
		}
	}
	return errs
}
