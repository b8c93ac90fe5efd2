package jobs

import (
	"context"
	"database/sql"
	"time"

	"github.com/riverqueue/river"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
)

// rest is the pause between two passes over the outbox. Without it every act
// on a busy store would be followed by a dispatching commit of its own.
const rest = 25 * time.Millisecond

// dispatchLoop empties the outbox at once when this process committed events
// and now and then for the events of others. After a failure it waits longer
// each time, up to half a minute.
func (j *Jobs) dispatchLoop(ctx context.Context) {
	poll := time.NewTicker(j.opt.Poll)
	defer poll.Stop()
	pause := rest
	for looking := true; ctx.Err() == nil; {
		err := j.pass(ctx, looking)
		if err != nil && ctx.Err() == nil {
			pause = min(pause*2, 30*time.Second)
			j.opt.Log.ErrorContext(ctx, "outbox not emptied", "error", err, "again_in", pause)
			sleep(ctx, pause)
			continue
		}
		pause = rest
		sleep(ctx, rest)
		looking = j.await(ctx, poll.C)
	}
}

// pass empties the outbox; when nothing is known to wait it looks first, which
// does not disturb the writer.
func (j *Jobs) pass(ctx context.Context, looking bool) error {
	if looking && !j.anyWaiting(ctx) {
		return nil
	}
	return j.empty(ctx)
}

// await blocks until there is a reason for a pass; looking is true when it is
// only the poll.
func (j *Jobs) await(ctx context.Context, poll <-chan time.Time) (looking bool) {
	select {
	case <-j.db.Woken():
		return false
	case <-poll:
		return true
	case <-ctx.Done():
		return true
	}
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

func (j *Jobs) anyWaiting(ctx context.Context) bool {
	var one []event.Event
	err := j.db.Read(ctx, func(tx *db.Tx) (err error) {
		one, err = event.Waiting(tx, 1)
		return err
	})
	return err != nil || len(one) > 0
}

// empty dispatches until the outbox holds less than a batch.
func (j *Jobs) empty(ctx context.Context) error {
	for {
		n, err := j.dispatch(ctx)
		if err != nil || n < batch(j.db.Dialect()) {
			return err
		}
	}
}

// batch is how many events share a dispatching transaction: on SQLite it keeps
// acts waiting for the writer, so it stays short.
func batch(x db.Dialect) int {
	if x == db.SQLite {
		return 100
	}
	return 500
}

// dispatch turns one batch of events into jobs and says how many events it
// took. Events without a reaction are only deleted.
func (j *Jobs) dispatch(ctx context.Context) (events int, err error) {
	made := 0
	err = j.db.InTx(ctx, func(tx *sql.Tx) error {
		taken, err := event.Take(ctx, tx, j.db.Dialect(), batch(j.db.Dialect()))
		if err != nil {
			return err
		}
		events = len(taken)
		params := j.params(taken)
		if made = len(params); made == 0 {
			return nil
		}
		_, err = j.client.InsertManyFastTx(ctx, tx, params)
		return err
	})
	if err == nil && made > 0 {
		j.bell.ring()
	}
	return events, err
}

func (j *Jobs) params(events []event.Event) []river.InsertManyParams {
	var out []river.InsertManyParams
	for _, e := range events {
		for _, name := range j.byTopic[e.Topic] {
			out = append(out, river.InsertManyParams{Args: newTask(name, e)})
		}
	}
	return out
}
