package db

import (
	"context"
	"errors"
	"runtime"

	"onewindow/internal/kit/fault"
)

// pending is one act's writes on their way to a committer.
type pending struct {
	ctx    context.Context
	writes []write
	done   chan error
}

// mostTogether is how many acts may share one commit. It bounds the time that
// the first of them waits for the last.
const mostTogether = 64

// errRows says that a queued write touched another number of rows than it
// must: somebody else was faster.
var errRows = fault.Conflict("stale")

// commit hands the writes to a committer and waits until they are durable.
// When the caller's context ends while the commit is under way the outcome is
// still awaited: a person must never be told "failed" of what was done.
func (d *DB) commit(ctx context.Context, tx *Tx) error {
	if len(tx.writes) == 0 {
		return nil
	}
	p := &pending{ctx, tx.writes, make(chan error, 1)}
	select {
	case d.queue <- p:
	case <-ctx.Done():
		return ctx.Err()
	case <-d.stopped:
		return errClosing
	}
	select {
	case err := <-p.done:
		return err
	case <-d.stopped:
		return p.answer()
	}
}

// errClosing says that the act came after the store was told to close.
var errClosing = fault.Unavailable(errors.New("store is closing"))

// answer is what the last committer said, if it reached this act at all.
func (p *pending) answer() error {
	select {
	case err := <-p.done:
		return err
	default:
		return errClosing
	}
}

func (d *DB) startCommitters() {
	n := 1
	if d.dialect == Postgres {
		n = max(1, runtime.NumCPU()/2)
	}
	for range n {
		d.done.Go(d.committer)
	}
}

func (d *DB) committer() {
	for {
		select {
		case p := <-d.queue:
			d.together(d.gather(p))
		case <-d.closing:
			d.drain()
			return
		}
	}
}

// drain answers what was queued while the store was closing.
func (d *DB) drain() {
	for {
		select {
		case p := <-d.queue:
			p.done <- errClosing
		default:
			return
		}
	}
}

// gather takes the acts that are waiting at this moment.
func (d *DB) gather(first *pending) []*pending {
	group := []*pending{first}
	for len(group) < mostTogether {
		select {
		case p := <-d.queue:
			group = append(group, p)
		default:
			return group
		}
	}
	return group
}

// together commits a group at once; when the group fails as a whole each act
// is committed on its own, so that one act's conflict is no other's.
func (d *DB) together(group []*pending) {
	// A commit is never abandoned half way because one caller left.
	ctx := context.WithoutCancel(group[0].ctx)
	if len(group) > 1 && d.commitGroup(ctx, group) {
		return
	}
	for _, p := range group {
		p.done <- d.commitAlone(ctx, p.writes)
	}
}

func (d *DB) commitGroup(ctx context.Context, group []*pending) bool {
	if d.dialect == SQLite {
		return d.groupSQLite(ctx, group)
	}
	return d.groupPostgres(ctx, group)
}

func (d *DB) commitAlone(ctx context.Context, writes []write) error {
	if d.dialect == SQLite {
		return d.aloneSQLite(ctx, writes)
	}
	return d.batchPostgres(ctx, writes)
}
