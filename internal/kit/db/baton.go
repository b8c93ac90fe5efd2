package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Baton is what one of several processes holds until it lets go of it or dies. It
// is a lock of a PostgreSQL session on a connection of its own; a SQLite store has
// one process, which holds every baton.
type Baton struct{ conn *pgx.Conn }

// tellDeath makes the server notice within half a minute that a machine is gone:
// it hears at once of a process that died, and nothing of a cable that was cut.
const tellDeath = `set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3`

// Seize gives the baton with that number, nil while another process holds it.
func (d *DB) Seize(ctx context.Context, number int) (*Baton, error) {
	if d.dialect == SQLite {
		return &Baton{}, nil
	}
	c, err := d.reader.(pgReader).pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	var mine bool
	if _, err = c.Exec(ctx, tellDeath); err == nil {
		err = c.QueryRow(ctx, `select pg_try_advisory_lock($1)`, number).Scan(&mine)
	}
	if err != nil || !mine {
		c.Release()
		return nil, err
	}
	return &Baton{c.Hijack()}, nil // the pool may close before it
}

// ask bounds a question over the connection of a baton.
const ask = 5 * time.Second

// Held says whether the baton is still in hand: a connection that broke has lost it.
func (b *Baton) Held(ctx context.Context) bool {
	if b.conn == nil {
		return true
	}
	ctx, done := context.WithTimeout(ctx, ask)
	defer done()
	return b.conn.Ping(ctx) == nil
}

// Drop lets go of it, and another process may have it at once.
func (b *Baton) Drop() {
	if b.conn == nil {
		return
	}
	ctx, done := context.WithTimeout(context.Background(), ask)
	defer done()
	b.conn.Exec(ctx, `select pg_advisory_unlock_all()`) // what fails here falls with the connection
	b.conn.Close(ctx)
}
