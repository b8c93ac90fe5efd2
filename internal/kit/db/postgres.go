package db

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

func (d *DB) openPostgres(ctx context.Context, dsn string) error {
	d.dialect = Postgres
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return errors.New("the postgres address cannot be read") // the parser's text may hold the password
	}
	cfg.MaxConns = int32(max(16, runtime.NumCPU()*4))
	cfg.MaxConnIdleTime = 5 * time.Minute
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return err
	}
	d.reader = pgReader{pool}
	d.write = stdlib.OpenDBFromPool(pool)
	return nil
}

// groupPostgres sends the writes of several acts as one pipelined transaction.
func (d *DB) groupPostgres(ctx context.Context, group []*pending) bool {
	var all []write
	for _, p := range group {
		all = append(all, p.writes...)
	}
	if d.batchPostgres(ctx, all) != nil {
		return false // each act is tried alone and learns its own reason
	}
	for _, p := range group {
		p.done <- nil
	}
	return true
}

// batchPostgres sends the writes and their commit in one round trip: without
// begin, the server treats everything up to the synchronisation message as one
// transaction. A write with a wrong row count divides by zero and so undoes
// the whole.
func (d *DB) batchPostgres(ctx context.Context, writes []write) error {
	batch := &pgx.Batch{}
	for _, w := range merged(writes) {
		batch.Queue(guarded(w), w.args...)
	}
	return d.reader.(pgReader).pool.SendBatch(ctx, batch).Close()
}

// guarded makes the statement fail when it touches another number of rows.
// A plain insert of values needs no guard: it inserts its row or fails.
func guarded(w write) string {
	if w.append || w.rows == Any || w.rows == 1 && plainInsert(w.text) {
		return w.text
	}
	return fmt.Sprintf("with touched as (%s returning 1) select 1/(case when count(*) = %d then 1 else 0 end) from touched", w.text, w.rows)
}

func plainInsert(text string) bool {
	return strings.HasPrefix(text, "insert into ") && strings.Contains(text, " values ") &&
		!strings.Contains(text, "on conflict") && strings.Count(text, "values") == 1 && !strings.Contains(text, "),")
}
