package jobs

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
)

// rest is the pause between two looks into the outbox, in which events gather.
const rest = 2 * time.Millisecond

// runner works the outbox off. An event stays in the outbox while it is
// flying, and leaves it when its reactions are done or, where one failed, when
// that is a job in the queue.
type runner struct {
	*Jobs
	mu     sync.Mutex
	flying map[string]bool
	freed  chan struct{}
	ended  chan outcome
	events sync.WaitGroup
	lanes  lanes
}

func newRunner(j *Jobs) *runner {
	return &runner{Jobs: j, flying: map[string]bool{}, freed: make(chan struct{}, 1), ended: make(chan outcome, j.opt.Workers),
		lanes: lanes{free: make(chan struct{}, j.opt.Slow)}}
}

// loop takes events as long as ctx lasts: at once when this process committed
// some, now and then for those of others, and when room was made. After a
// failure it waits longer each time, up to half a minute. Reactions run under
// work.
func (r *runner) loop(ctx, work context.Context) {
	poll := time.NewTicker(r.opt.Poll)
	defer poll.Stop()
	pause := rest
	for ctx.Err() == nil {
		more, err := r.pass(ctx, work)
		if err != nil && ctx.Err() == nil {
			pause = min(pause*2, 30*time.Second)
			r.opt.Log.ErrorContext(ctx, "outbox not read", "error", err, "again_in", pause)
			sleep(ctx, pause)
			continue
		}
		pause = rest
		sleep(ctx, rest)
		r.await(ctx, more, poll.C)
	}
}

// await blocks until there is a reason to look; more says that there was more
// than there was room for.
func (r *runner) await(ctx context.Context, more bool, poll <-chan time.Time) {
	if more {
		select {
		case <-r.freed:
		case <-ctx.Done():
		}
		return
	}
	select {
	case <-r.db.Woken():
	case <-poll:
	case <-ctx.Done():
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

// pass takes as many events as there is room for and starts them.
func (r *runner) pass(ctx, work context.Context) (more bool, err error) {
	// What flies is noted before the look: an event that lands in between is
	// still in what is seen, and must not fly twice.
	flying := r.copyFlying()
	room := r.opt.Workers - len(flying)
	if room < (r.opt.Workers+3)/4 { // a look costs as much for few as for many
		return true, nil
	}
	seen, err := r.look(ctx, len(flying), room)
	if err != nil {
		return false, err
	}
	started := 0
	for _, e := range seen {
		if !flying[e.ID] {
			r.start(work, e)
			started++
		}
	}
	return started >= room, nil
}

func (r *runner) copyFlying() map[string]bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make(map[string]bool, len(r.flying))
	for id := range r.flying {
		out[id] = true
	}
	return out
}

// look reads on SQLite, which leaves the writer alone, and claims on
// PostgreSQL, where other processes look too.
func (r *runner) look(ctx context.Context, flying, room int) (seen []event.Event, err error) {
	if r.db.Dialect() == db.Postgres {
		now := r.db.Clock().Now()
		return event.Claim(ctx, r.db.Pool(), now, now.Add(r.opt.Lease), room)
	}
	err = r.db.Read(ctx, func(tx *db.Tx) error {
		seen, err = event.Waiting(tx, flying+room)
		return err
	})
	return seen, err
}

func (r *runner) start(work context.Context, e event.Event) {
	r.mu.Lock()
	r.flying[e.ID] = true
	r.mu.Unlock()
	if len(r.byTopic[e.Topic]) == 0 {
		r.ended <- outcome{event: e}
		return
	}
	r.events.Go(func() { r.ended <- r.fly(work, e) })
}

// outcome is how an event ended: the names of the reactions that failed, and
// whether the platform stopped in the middle.
type outcome struct {
	event  event.Event
	failed []string
	cut    bool
}

// fly runs the reactions to an event, one after the other.
func (r *runner) fly(work context.Context, e event.Event) outcome {
	o := outcome{event: e}
	for _, name := range r.byTopic[e.Topic] {
		begun := time.Now()
		err := r.run(work, name, e)
		if o.cut = work.Err() != nil && err != nil; o.cut {
			return o
		}
		r.opt.Observe(name, time.Since(begun), err, false)
		if err != nil {
			o.failed = append(o.failed, name)
			r.opt.Log.WarnContext(work, "job failed", "job", name, "topic", e.Topic, "subject", e.SubjectID, "attempt", 1, "error", err)
		}
	}
	return o
}

// run carries a reaction out, a slow one when it is its turn.
func (r *runner) run(work context.Context, name string, e event.Event) error {
	if r.slow[name] {
		if err := r.lanes.enter(work); err != nil {
			return err
		}
		defer r.lanes.leave(work, r.db, time.Now())
	}
	ctx, cancel := context.WithTimeout(work, r.opt.Timeout)
	defer cancel()
	return r.safely(ctx, name, e)
}

// safely runs a reaction; one that panics has failed.
func (j *Jobs) safely(ctx context.Context, name string, e event.Event) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return j.byName[name](ctx, e)
}
