package jobs

import (
	"context"
	"fmt"
	"maps"
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
// that is a job in the queue. Slow reactions have places of their own: an event
// that finds none is put behind, from where it is taken when one is free.
type runner struct {
	*Jobs
	mu     sync.Mutex
	flying map[string]flight
	some   bool // somebody may have put events behind since it was last looked
	places chan struct{}
	freed  chan struct{} // room was made
	turn   chan struct{} // it may be the turn of what was put behind
	ended  chan outcome
	events sync.WaitGroup
	lanes  lanes
	lead   lead // the loop's alone
}

// flight is an event whose reactions run, or wait for a lane in a place of the
// slow ones.
type flight struct {
	event event.Event
	slow  bool
}

func newRunner(j *Jobs) *runner {
	places := max(j.opt.Slow+1, j.opt.Workers/4)
	return &runner{Jobs: j, flying: map[string]flight{}, some: true, places: make(chan struct{}, places), freed: make(chan struct{}, 1), turn: make(chan struct{}, 1),
		ended: make(chan outcome, j.opt.Workers+places), lanes: lanes{free: make(chan struct{}, j.opt.Slow)}}
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
		full, err := r.take(ctx, work)
		if err == nil {
			err = r.takeBehind(ctx, work)
		}
		if err != nil && ctx.Err() == nil {
			pause = min(pause*2, 30*time.Second)
			r.opt.Log.ErrorContext(ctx, "outbox not read", "error", err, "again_in", pause)
			sleep(ctx, pause)
			continue
		}
		pause = rest
		sleep(ctx, rest)
		r.await(ctx, full, poll.C)
	}
}

// await blocks until there is a reason to look; full says that there was no
// room for more.
func (r *runner) await(ctx context.Context, full bool, poll <-chan time.Time) {
	woken, freed := r.db.Woken(), r.freed
	if full { // whoever wakes it, it can do nothing
		woken, poll = nil, nil
	} else {
		freed = nil
	}
	select {
	case <-woken:
	case <-freed:
	case <-r.turn:
	case <-poll:
		r.lookBehind(true) // another process may have put something there
	case <-ctx.Done():
	}
}

// lookBehind says whether something may have been put behind.
func (r *runner) lookBehind(some bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.some = some
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// take starts as many events as there is room for.
func (r *runner) take(ctx, work context.Context) (full bool, err error) {
	// What flies is noted before the look: an event that lands in between is
	// still in what is seen, and must not fly twice.
	flying := r.copyFlying()
	quick, there := 0, 0
	for _, f := range flying {
		if !f.slow {
			quick++
		}
		if !f.event.Behind {
			there++
		}
	}
	room := r.opt.Workers - quick
	if room < (r.opt.Workers+3)/4 { // a look costs as much for few as for many
		return true, nil
	}
	if leads, err := r.leads(ctx); !leads || err != nil {
		return false, err
	}
	seen, err := r.look(ctx, false, there, room)
	return r.startAll(work, seen, flying, room) >= room, err
}

// takeBehind starts as many of the events put behind as slow reactions have
// places, once some were put there.
func (r *runner) takeBehind(ctx, work context.Context) error {
	r.mu.Lock()
	some := r.some
	r.mu.Unlock()
	room := cap(r.places) - len(r.places)
	if !some || room < (cap(r.places)+3)/4 {
		return nil
	}
	flying := r.copyFlying()
	there := 0
	for _, f := range flying {
		if f.event.Behind {
			there++
		}
	}
	r.lookBehind(false)
	seen, err := r.look(ctx, true, there, room)
	if r.startAll(work, seen, flying, room) >= room || err != nil {
		r.lookBehind(true)
	}
	return err
}

func (r *runner) copyFlying() map[string]flight {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.flying)
}

// look reads, and claims of what was put behind on PostgreSQL, where other
// processes look too.
func (r *runner) look(ctx context.Context, behind bool, flying, room int) (seen []event.Event, err error) {
	if behind && r.db.Dialect() == db.Postgres {
		now := r.db.Clock().Now()
		return event.Claim(ctx, r.db.Pool(), now, now.Add(r.opt.Lease), room)
	}
	err = r.db.Read(ctx, func(tx *db.Tx) error {
		seen, err = event.After(tx, behind, "", flying+room)
		return err
	})
	return seen, err
}

// startAll starts those that did not fly before they were seen, and says how
// many. One that flew and was then seen among those put behind has landed there
// meanwhile: it was put behind after flying was noted, and flies anew.
func (r *runner) startAll(work context.Context, seen []event.Event, flying map[string]flight, room int) (started int) {
	for _, e := range seen {
		if f, flies := flying[e.ID]; flies && f.event.Behind == e.Behind || started == room {
			continue
		}
		r.start(work, e)
		started++
	}
	return started
}

func (r *runner) start(work context.Context, e event.Event) {
	r.mu.Lock()
	r.flying[e.ID] = flight{event: e, slow: e.Behind}
	r.mu.Unlock()
	if len(r.byTopic[e.Topic]) == 0 {
		r.ended <- outcome{event: e}
		return
	}
	r.events.Go(func() { r.ended <- r.fly(work, e) })
}

// outcome is how an event ended: the names of the reactions that failed,
// whether slow ones are still to come, and whether the platform stopped in the
// middle.
type outcome struct {
	event  event.Event
	failed []string
	later  bool
	cut    bool
}

// fly runs the reactions to an event, one after the other: the quick ones, and
// the slow ones if there is a place.
func (r *runner) fly(work context.Context, e event.Event) outcome {
	o := outcome{event: e}
	var quick, slow []string
	for _, name := range r.byTopic[e.Topic] {
		if r.slow[name] {
			slow = append(slow, name)
		} else {
			quick = append(quick, name)
		}
	}
	if !e.Behind {
		r.runAll(work, quick, &o)
	}
	if len(slow) == 0 || o.cut {
		return o
	}
	if e.Behind {
		select {
		case r.places <- struct{}{}: // it was started because there was one
		case <-work.Done():
			o.cut = true
			return o
		}
	} else if o.later = !r.place(e); o.later {
		return o
	}
	defer func() { <-r.places }()
	r.runAll(work, slow, &o)
	return o
}

// place gives an event a place among the slow ones, if there is one, which
// makes room for a quick one.
func (r *runner) place(e event.Event) bool {
	select {
	case r.places <- struct{}{}:
	default:
		return false
	}
	r.mu.Lock()
	r.flying[e.ID] = flight{event: e, slow: true}
	r.mu.Unlock()
	tell(r.freed)
	return true
}

// tell leaves a word for who listens later.
func tell(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func (r *runner) runAll(work context.Context, names []string, o *outcome) {
	for _, name := range names {
		begun := time.Now()
		err := r.run(work, name, o.event)
		if o.cut = work.Err() != nil && err != nil; o.cut {
			return
		}
		r.opt.Observe(name, time.Since(begun), err, false)
		if err != nil {
			o.failed = append(o.failed, name)
			r.opt.Log.WarnContext(work, "job failed", "job", name, "topic", o.event.Topic, "subject", o.event.SubjectID, "attempt", 1, "error", err)
		}
	}
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
