// Package db is the store: one SQL text over SQLite (the embedded default) and
// PostgreSQL (production). An act reads first and queues its writes; the
// writes of one act become durable together, in one round trip, and acts that
// arrive at the same time share one commit. Nobody is told "done" before the
// commit is on disk.
package db

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/fault"
)

// DB is an open store as one clock sees it. It is safe for concurrent use.
type DB struct {
	*core
	clock clock.Clock
}

// core is what every view of one store shares.
type core struct {
	dialect Dialect
	reader  reader  // many connections
	write   *sql.DB // SQLite: the single writer; PostgreSQL: over the connections that read
	stmts   sync.Map
	queue   chan *pending
	closing chan struct{}
	done    sync.WaitGroup
	once    sync.Once
	woken   chan struct{}
	stopped chan struct{} // closed when no committer runs any more
	acts    atomic.Int64
}

// attempts is how often an act is run again when the engine asks for it
// (serialization failure, deadlock, busy file).
const attempts = 4

// Open opens "sqlite:/path/file.db" or "postgres://…" and starts the
// committers. It does not touch the schema; see Migrate.
func Open(ctx context.Context, dsn string, clk clock.Clock) (*DB, error) {
	d := &DB{&core{queue: make(chan *pending, 1024), closing: make(chan struct{}), woken: make(chan struct{}, 1),
		stopped: make(chan struct{})}, clk}
	var err error
	switch {
	case strings.HasPrefix(dsn, "sqlite:"):
		err = d.openSQLite(strings.TrimPrefix(dsn, "sqlite:"))
	case strings.HasPrefix(dsn, "postgres://"), strings.HasPrefix(dsn, "postgresql://"):
		err = d.openPostgres(ctx, dsn)
	default:
		err = fmt.Errorf("store address must begin with sqlite: or postgres://")
	}
	if err != nil {
		return nil, err
	}
	if err := d.reader.ping(ctx); err != nil {
		d.closePools()
		return nil, fmt.Errorf("open store: %w", err)
	}
	d.startCommitters()
	return d, nil
}

// Close waits for the commits under way and closes the store.
func (d *DB) Close() error {
	d.once.Do(func() {
		close(d.closing)
		d.done.Wait()
		close(d.stopped)
		d.closePools()
	})
	return nil
}

func (d *DB) closePools() {
	if d.dialect == SQLite { // the writer goes last and takes the log along
		d.reader.close()
		d.write.Close()
		return
	}
	d.write.Close()
	d.reader.close()
}

// At is the same store under another clock: the demonstration city lives
// through its past while the present is served.
func (d *DB) At(clk clock.Clock) *DB { return &DB{d.core, clk} }

// Dialect says which engine this is.
func (d *DB) Dialect() Dialect { return d.dialect }

// Clock is the clock that acts take their instant from.
func (d *DB) Clock() clock.Clock { return d.clock }

// Woken receives after events were committed; it may skip beats but never the
// last one.
func (d *DB) Woken() <-chan struct{} { return d.woken }

// Acts is how many acts this process has carried out for somebody, for telling
// whether it is busy; those under Behind do not count.
func (d *DB) Acts() int64 { return d.acts.Load() }

type behindKey struct{}

// Behind marks what is done behind people's acts, and by nobody's order.
func Behind(ctx context.Context) context.Context { return context.WithValue(ctx, behindKey{}, true) }

// Pool is the writing *sql.DB, for the migration and job libraries only.
func (d *DB) Pool() *sql.DB { return d.write }

// Ping says whether the store answers; for the health page.
func (d *DB) Ping(ctx context.Context) error {
	if err := d.reader.ping(ctx); err != nil {
		return fault.Unavailable(err)
	}
	return nil
}

// Act runs fn, which reads and queues writes, and then makes all the writes
// durable together or none. It runs fn again when the engine asks for it, so
// fn must not have effects of its own; use Tx.AfterCommit for those.
func (d *DB) Act(ctx context.Context, fn func(*Tx) error) error {
	var err error
	for range attempts {
		tx := d.newTx(ctx)
		if err = fn(tx); err != nil {
			return d.mapped(err)
		}
		if err = d.commit(ctx, tx); err == nil {
			if ctx.Value(behindKey{}) == nil {
				d.acts.Add(1)
			}
			tx.runAfter()
			return nil
		}
		if !d.dialect.again(err) {
			return d.mapped(err)
		}
	}
	return fault.Unavailable(err)
}

// Read runs fn without writes.
func (d *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	tx := d.newTx(ctx)
	if err := fn(tx); err != nil {
		return d.mapped(err)
	}
	if len(tx.writes) > 0 {
		return fault.Internal(fmt.Errorf("a write was queued in a read"))
	}
	return nil
}

func (d *DB) newTx(ctx context.Context) *Tx {
	return &Tx{Ctx: ctx, Now: d.clock.Now().UTC().Truncate(time.Millisecond), db: d}
}

// InTx runs fn in an ordinary transaction of the writing pool. It exists for
// libraries that want a *sql.Tx (jobs); acts use Act.
func (d *DB) InTx(ctx context.Context, fn func(*sql.Tx) error) error {
	tx, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return d.mapped(err)
	}
	defer tx.Rollback()
	if err := fn(tx); err != nil {
		return d.mapped(err)
	}
	return d.mapped(tx.Commit())
}

// stmt prepares each text once.
func (d *DB) stmt(ctx context.Context, text string) (*sql.Stmt, error) {
	if s, ok := d.stmts.Load(text); ok {
		return s.(*sql.Stmt), nil
	}
	s, err := d.write.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	if old, loaded := d.stmts.LoadOrStore(text, s); loaded {
		s.Close()
		return old.(*sql.Stmt), nil
	}
	return s, nil
}

// mapped turns engine errors into faults and leaves faults alone.
func (d *DB) mapped(err error) error {
	if err == nil {
		return nil
	}
	var f *fault.Fault
	if asFault(err, &f) {
		return f
	}
	return d.dialect.fault(err)
}
