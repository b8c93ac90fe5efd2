// Package jobs does what happens afterwards and what happens by itself.
//
// A runner works off the outbox: it runs the reactions that are registered for
// an event and then removes the event, many in one commit. A reaction that
// fails becomes a durable job of riverqueue/river, in the transaction that
// removes the event; the queue tries again with growing pauses, and shows what
// it gave up. So the rule costs almost nothing and the exception is lost by
// nobody.
//
// A SQLite store has one process with a started queue, a PostgreSQL store any
// number. Everything runs at least once: after a crash a reaction may see the same
// event again, so it must be idempotent; event.Event.ID is the key for that.
// Events are begun in the order of their ids and run side by side.
package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
)

// Reaction does something about an event that is already durable.
type Reaction func(ctx context.Context, e event.Event) error

// Options tune the queue. The zero value suits the engine in use.
type Options struct {
	Workers int           // events worked at once: 64
	Poll    time.Duration // how often to look for what nobody announced: 15 s on SQLite, 1 s on PostgreSQL
	Slow    int           // slow reactions run at once: as many as there are processors
	// Lease is how long another process leaves an event put behind alone that this one took
	// and said nothing of since: 30 s. Only several processes on PostgreSQL need it.
	Lease   time.Duration
	Timeout time.Duration // the longest that the reactions to one event, or one job, may run: 2 minutes
	// Attempts is how often a reaction is tried, at least twice, before it is
	// given up and stands in Failed: 24 times, which takes about half a day.
	Attempts int
	// Pause is how long to wait after the given attempt, 2 and up; the second
	// follows the first within seconds. 2, 4, 8 … seconds, at most an hour.
	Pause func(attempt int) time.Duration
	Log   *slog.Logger
	// Observe, when set, is told of every run: the reaction's name, how long it
	// took, its error, and whether that was the last attempt.
	Observe func(name string, took time.Duration, err error, last bool)
}

// Jobs is the queue of one process.
type Jobs struct {
	db        *db.DB
	opt       Options
	client    *river.Client[*sql.Tx]
	byName    map[string]Reaction
	byTopic   map[string][]string // topic → names, in the order of registration
	slow      map[string]bool     // by name: see OnSlow
	schedules []*schedule
	held      atomic.Int32 // how many hold the schedule

	mu   sync.Mutex
	stop func(context.Context) error // set while started
}

// New makes a queue over the store. It touches the database only in Migrate,
// Start and Drain.
func New(d *db.DB, opt Options) (*Jobs, error) {
	j := &Jobs{db: d, opt: opt.filled(d.Dialect()), byName: map[string]Reaction{}, byTopic: map[string][]string{}, slow: map[string]bool{}}
	client, err := j.newClient()
	if err != nil {
		return nil, fmt.Errorf("job queue: %w", err)
	}
	j.client = client
	return j, nil
}

func (o Options) filled(x db.Dialect) Options {
	poll := 15 * time.Second
	if x == db.Postgres {
		poll = time.Second
	}
	o.Workers = positive(o.Workers, 64)
	o.Poll = positive(o.Poll, poll)
	o.Timeout = positive(o.Timeout, 2*time.Minute)
	o.Slow = positive(o.Slow, runtime.NumCPU())
	o.Lease = positive(o.Lease, 30*time.Second)
	o.Attempts = positive(o.Attempts, 24)
	if o.Pause == nil {
		o.Pause = backoff
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Observe == nil {
		o.Observe = func(string, time.Duration, error, bool) {}
	}
	return o
}

func positive[T int | time.Duration](v, otherwise T) T {
	if v > 0 {
		return v
	}
	return otherwise
}

// On registers a reaction to a topic. The name identifies the reaction in the
// queue and must stay the same between releases, or jobs that wait for it are
// orphaned. It panics when a name is used twice or the queue runs already.
func (j *Jobs) On(topic, name string, fn Reaction) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if _, twice := j.byName[name]; twice || j.stop != nil {
		panic("jobs: reaction " + name + " registered twice or too late")
	}
	j.byName[name] = fn
	j.byTopic[topic] = append(j.byTopic[topic], name)
}

var errStarted = errors.New("jobs: the workers are running")

// Start starts the runner, the queue and the periodic work. They run until
// Stop, whatever becomes of ctx.
func (j *Jobs) Start(ctx context.Context) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.stop != nil {
		return errStarted
	}
	ctx = db.Behind(context.WithoutCancel(ctx))
	if err := j.client.Start(ctx); err != nil {
		return fmt.Errorf("start job queue: %w", err)
	}
	taking, noMore := context.WithCancel(ctx)
	work, cut := context.WithCancel(ctx)
	r, quit := newRunner(j), make(chan struct{})
	var loops, landing sync.WaitGroup
	last, giveUp := context.WithCancel(ctx)
	landing.Go(func() { r.land(last, quit) })
	loops.Go(func() { r.loop(taking, work) })
	loops.Go(func() { j.scheduleLoop(taking) })
	landing.Go(func() { r.keep(last, quit) })
	j.stop = func(ctx context.Context) error {
		noMore()
		loops.Wait()
		err := j.stopClient(ctx)
		patiently(ctx, r.events.Wait, cut)
		close(quit)
		soon, done := context.WithTimeout(context.WithoutCancel(ctx), mercy)
		defer done()
		patiently(soon, landing.Wait, giveUp)
		r.letGo()
		return err
	}
	return nil
}

// mercy is how long work that was told to stop may take to do so.
const mercy = 5 * time.Second

// patiently waits until ctx ends, then cuts, and waits a little longer.
func patiently(ctx context.Context, wait, cut func()) {
	done := make(chan struct{})
	go func() { wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
	}
	cut()
	late := time.NewTimer(mercy)
	defer late.Stop()
	select {
	case <-done:
	case <-late.C:
	}
}

func (j *Jobs) stopClient(ctx context.Context) error {
	if j.client.Stop(ctx) == nil {
		return nil
	}
	last, done := context.WithTimeout(context.WithoutCancel(ctx), mercy)
	defer done()
	return j.client.StopAndCancel(last)
}

// Stop lets the work under way finish and stops. When ctx ends first, that
// work is told to stop through its context and will be done again later.
func (j *Jobs) Stop(ctx context.Context) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.stop == nil {
		return nil
	}
	err := j.stop(ctx)
	j.stop = nil
	return err
}
