package bench

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // for making and dropping databases

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
)

// durable refuses a store that may forget what it confirmed; a quick run, whose
// figures prove nothing, takes any.
func (x *city) durable(ctx context.Context, report *Report) error {
	return x.store(ctx, func(d *db.DB) error {
		switch {
		case x.o.Quick:
			return nil
		case d.Dialect() == db.SQLite:
			return enough(d.Pool(), `pragma synchronous`, "synchronous", "2", "3")
		}
		for setting, good := range map[string][]string{"fsync": {"on"}, "full_page_writes": {"on"},
			"synchronous_commit": {"on", "local", "remote_write", "remote_apply"}} {
			if err := enough(d.Pool(), `show `+setting, setting, good...); err != nil {
				return err
			}
		}
		return d.Pool().QueryRow(`show server_version`).Scan(&report.Machine.Postgres)
	})
}

func enough(pool *sql.DB, ask, setting string, good ...string) error {
	var is string
	if err := pool.QueryRow(ask).Scan(&is); err != nil {
		return err
	}
	for _, g := range good {
		if is == g {
			return nil
		}
	}
	return fmt.Errorf("%s is %s: what is confirmed could be lost, so nothing is measured", setting, is)
}

// onServer carries out one statement where databases are made.
func onServer(dsn, statement string) error {
	c, err := sql.Open("pgx", dsn)
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = c.Exec(statement)
	return err
}

// bare is the limit of W1: the same engine on the same disk doing nothing but
// the durable commit of a transition: one of n cases changed, an event and a
// line of the outbox added.
type bare struct {
	d     *db.DB
	n     int
	conns []*pgx.Conn
	stmts []*sql.Stmt
	path  string
}

// leastCases keeps clients of the limit from waiting for each other's rows.
const leastCases = 10_000

func (x *city) bare(ctx context.Context, cases, clients int) (*bare, error) {
	b := &bare{n: max(cases, leastCases)}
	dsn := x.dsn
	if strings.HasPrefix(dsn, "sqlite:") {
		dsn = "sqlite:" + filepath.Join(x.dir, "limit.db")
	}
	var err error
	if b.d, err = db.Open(ctx, dsn, clock.System{}); err != nil {
		return nil, err
	}
	for _, text := range []string{
		`create table if not exists bare_case (id integer primary key, version integer not null, status text not null, flow text not null)`,
		`create table if not exists bare_event (id text primary key, case_id integer not null, at text not null, data text not null)`,
		`create table if not exists bare_outbox (id text primary key, at text not null, payload text not null)`,
		fmt.Sprintf(`with recursive n (i) as (select 1 union all select i + 1 from n where i < %d)
			insert into bare_case (id, version, status, flow) select i, 1, 'handling', '%s' from n where true on conflict (id) do nothing`, b.n, strings.Repeat("f", 400)),
	} {
		if _, err := b.d.Pool().ExecContext(ctx, text); err != nil {
			b.close()
			return nil, err
		}
	}
	if b.d.Dialect() == db.SQLite {
		err = b.prepare(ctx)
	} else {
		err = b.connect(ctx, x.dsn, clients)
	}
	if err != nil {
		b.close()
	}
	return b, err
}

func (b *bare) prepare(ctx context.Context) error {
	for _, text := range []string{`update bare_case set version = version + 1, flow = $2 where id = $1`,
		`insert into bare_event (id, case_id, at, data) values ($1, $2, $3, $4)`, `insert into bare_outbox (id, at, payload) values ($1, $2, $3)`} {
		s, err := b.d.Pool().PrepareContext(ctx, text)
		if err != nil {
			return err
		}
		b.stmts = append(b.stmts, s)
	}
	return nil
}

func (b *bare) connect(ctx context.Context, dsn string, clients int) error {
	for range clients {
		c, err := pgx.Connect(ctx, dsn)
		if err != nil {
			return err
		}
		b.conns = append(b.conns, c)
	}
	return nil
}

func (b *bare) close() {
	for _, c := range b.conns {
		c.Close(context.Background())
	}
	b.d.Close()
}

// transition is the whole in one statement.
const transition = `with changed as (update bare_case set version = version + 1, flow = $2 where id = $1 returning id),
	told as (insert into bare_event (id, case_id, at, data) select cast($3 as text), id, cast($4 as text), cast($5 as text) from changed)
	insert into bare_outbox (id, at, payload) values ($3, $4, $6)`

func (b *bare) step(ctx context.Context, client int, c *counter) error {
	defer c.time(time.Now())
	caseID, key := rand.IntN(b.n)+1, fmt.Sprintf("%016x%08x", rand.Uint64(), client)
	flow, event, payload := strings.Repeat("g", 400), strings.Repeat("e", 250), strings.Repeat("o", 250)
	at := db.Stamp(time.Now())
	if b.d.Dialect() == db.Postgres {
		_, err := b.conns[client].Exec(ctx, transition, caseID, flow, key, at, event, payload)
		return err
	}
	return b.d.InTx(ctx, func(tx *sql.Tx) error {
		for i, args := range [][]any{{caseID, flow}, {key, caseID, at, event}, {key, at, payload}} {
			if _, err := tx.StmtContext(ctx, b.stmts[i]).ExecContext(ctx, args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// rate is how many transitions a second the engine commits.
func (b *bare) rate(ctx context.Context, clients int, length time.Duration) (float64, error) {
	l, err := drive(ctx, clients, length, b.step)
	return l.perSecond(l.done), err
}
