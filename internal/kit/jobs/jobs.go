// Package jobs does what happens afterwards and what happens by itself. A
// dispatcher empties the outbox: for every event it leaves one durable job per
// registered reaction, in the transaction that deletes the event. The queue
// itself is riverqueue/river, on both engines.
//
// Everything runs at least once: after a crash a reaction may see the same
// event again, so it must be idempotent; event.Event.ID is the key for that.
// Events are handed over in the order of their ids; the jobs made of them run
// side by side.
package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/riverqueue/river"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
)

// Reaction does something about an event that is already durable.
type Reaction func(ctx context.Context, e event.Event) error

// Options tune the queue. The zero value suits the engine in use.
type Options struct {
	Workers int           // jobs running at once: 64
	Poll    time.Duration // how often to look for the work of other processes: 15 s on SQLite, 1 s on PostgreSQL
	Timeout time.Duration // the longest a job may run: 2 minutes
	// Attempts is how often a job is tried before it is given up and stands in
	// Failed: 24 times, which takes about half a day.
	Attempts int
	Log      *slog.Logger
	// Observe, when set, is told of every run: the reaction's name, how long it
	// took, its error, and whether that was the last attempt.
	Observe func(name string, took time.Duration, err error, last bool)
}

// Jobs is the queue of one process.
type Jobs struct {
	db        *db.DB
	opt       Options
	client    *river.Client[*sql.Tx]
	bell      *bell
	byName    map[string]Reaction
	byTopic   map[string][]string // topic → names, in the order of registration
	schedules []*schedule

	mu      sync.Mutex
	cancel  context.CancelFunc // set while started
	running sync.WaitGroup
}

// New makes a queue over the store. It touches the database only in Migrate,
// Start and Drain.
func New(d *db.DB, opt Options) (*Jobs, error) {
	j := &Jobs{db: d, opt: opt.filled(d.Dialect()), bell: newBell(), byName: map[string]Reaction{}, byTopic: map[string][]string{}}
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
	o.Attempts = positive(o.Attempts, 24)
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
	if _, twice := j.byName[name]; twice || j.cancel != nil {
		panic("jobs: reaction " + name + " registered twice or too late")
	}
	j.byName[name] = fn
	j.byTopic[topic] = append(j.byTopic[topic], name)
}

var errStarted = errors.New("jobs: the workers are running")

// Start starts the workers, the dispatcher and the periodic work. They run
// until Stop, whatever becomes of ctx.
func (j *Jobs) Start(ctx context.Context) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.cancel != nil {
		return errStarted
	}
	ctx = context.WithoutCancel(ctx)
	if err := j.client.Start(ctx); err != nil {
		return fmt.Errorf("start job queue: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	j.cancel = cancel
	j.running.Go(func() { j.dispatchLoop(ctx) })
	j.running.Go(func() { j.scheduleLoop(ctx) })
	return nil
}

// Stop lets the jobs under way finish and stops. When ctx ends first, they are
// told to stop through their context and will be run again later.
func (j *Jobs) Stop(ctx context.Context) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.cancel == nil {
		return nil
	}
	j.cancel()
	j.running.Wait()
	j.cancel = nil
	if j.client.Stop(ctx) == nil {
		return nil
	}
	last, done := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer done()
	return j.client.StopAndCancel(last)
}
