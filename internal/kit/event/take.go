package event

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"onewindow/internal/kit/db"
)

// After lists the oldest events whose id is greater than after.
func After(tx *db.Tx, after string, limit int) ([]Event, error) {
	return db.List(tx, scan, `select id, at, topic, subject_id, payload from outbox where id > $1 order by id limit $2`, after, limit)
}

// Passed queues the removal of an event that was passed on.
func Passed(tx *db.Tx, id string) {
	tx.WriteN(db.Any, `delete from outbox where id = $1`, id)
}

// Remove is Passed within the transaction of another library.
func Remove(ctx context.Context, tx *sql.Tx, id string) error {
	_, err := tx.ExecContext(ctx, `delete from outbox where id = $1`, id)
	return err
}

// Released queues that an event that was claimed is free again.
func Released(tx *db.Tx, id string) {
	tx.WriteN(db.Any, `update outbox set taken_until = '' where id = $1`, id)
}

// Kept queues that an event that was claimed stays claimed until then.
func Kept(tx *db.Tx, id string, until time.Time) {
	tx.WriteN(db.Any, `update outbox set taken_until = $2 where id = $1 and taken_until <> ''`, id, db.Stamp(until))
}

// Claim takes the oldest free events for one of several processes, in order.
// Nobody else is given them before until; a process that died with them loses
// them then. It is for PostgreSQL: a SQLite store has one process, which knows
// by itself what it is at.
func Claim(ctx context.Context, pool *sql.DB, now, until time.Time, limit int) ([]Event, error) {
	rows, err := pool.QueryContext(ctx, `with oldest as materialized (
			select id from outbox where taken_until < $1 order by id limit $2 for update skip locked)
		update outbox set taken_until = $3 from oldest where outbox.id = oldest.id
		returning outbox.id, at, topic, subject_id, payload`, db.Stamp(now), limit, db.Stamp(until))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Event
	for rows.Next() {
		e, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b Event) int { return cmp.Compare(a.ID, b.ID) })
	return out, rows.Err()
}
