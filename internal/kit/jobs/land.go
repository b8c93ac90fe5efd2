package jobs

import (
	"context"
	"database/sql"
	"time"

	"github.com/riverqueue/river"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
)

// mostLanding is how many events leave the outbox in one commit.
const mostLanding = 200

// land records how events ended, those together that ended meanwhile, until
// quit is closed and nothing is left.
func (r *runner) land(ctx context.Context, quit <-chan struct{}) {
	for {
		select {
		case o := <-r.ended:
			r.record(ctx, r.gather(o))
		case <-quit:
			if list := r.gather(); len(list) > 0 {
				r.record(ctx, list)
			}
			return
		}
	}
}

func (r *runner) gather(list ...outcome) []outcome {
	for len(list) < mostLanding {
		select {
		case o := <-r.ended:
			list = append(list, o)
		default:
			return list
		}
	}
	return list
}

// record writes the outcomes and makes room.
func (r *runner) record(ctx context.Context, list []outcome) {
	whole, failed := apart(list)
	r.insist(ctx, whole, r.remove)
	r.insist(ctx, failed, r.enqueue)
	r.mu.Lock()
	slow := false
	for _, o := range list {
		f := r.flying[o.event.ID]
		slow = slow || o.later || f.slow
		r.some = r.some || o.later
		if f.event.Behind == o.event.Behind { // else it was put behind and flies again already
			delete(r.flying, o.event.ID)
		}
	}
	slow = slow && r.some
	r.mu.Unlock()
	tell(r.freed)
	if slow {
		tell(r.turn)
	}
}

// apart tells events that failed from the others.
func apart(list []outcome) (whole, failed []outcome) {
	for _, o := range list {
		if len(o.failed) > 0 && !o.cut {
			failed = append(failed, o)
		} else {
			whole = append(whole, o)
		}
	}
	return whole, failed
}

// insist tries until the store has it or ctx ends; then the events stay in the
// outbox and fly once more later.
func (r *runner) insist(ctx context.Context, list []outcome, write func(context.Context, []outcome) error) {
	for pause := rest; len(list) > 0; pause = min(pause*2, 30*time.Second) {
		err := write(ctx, list)
		if err == nil || ctx.Err() != nil {
			return
		}
		r.opt.Log.ErrorContext(ctx, "outbox not written", "error", err, "again_in", pause)
		sleep(ctx, pause)
	}
}

// remove takes events out of the outbox in an ordinary act, which shares its
// commit with the acts of people.
func (r *runner) remove(ctx context.Context, list []outcome) error {
	return r.db.Act(ctx, func(tx *db.Tx) error {
		var passed []event.Event
		for _, o := range list {
			switch {
			case o.cut:
				event.Released(tx, o.event)
			case o.later:
				event.PutBehind(tx, o.event)
			default:
				passed = append(passed, o.event)
			}
		}
		event.Passed(tx, passed...)
		return nil
	})
}

// enqueue makes a job of every reaction that failed and removes its event, or
// puts it behind, in one transaction.
func (r *runner) enqueue(ctx context.Context, list []outcome) error {
	var params []river.InsertManyParams
	for _, o := range list {
		for _, name := range o.failed {
			params = append(params, river.InsertManyParams{Args: newTask(name, o.event)})
		}
	}
	return r.db.InTx(ctx, func(tx *sql.Tx) error {
		for _, o := range list {
			leave := event.Remove
			if o.later {
				leave = event.MoveBehind
			}
			if err := leave(ctx, tx, o.event); err != nil {
				return err
			}
		}
		_, err := r.client.InsertManyFastTx(ctx, tx, params)
		return err
	})
}
