package event

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

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

// Take removes the oldest events and gives them in order, within the
// transaction that passes them on. On PostgreSQL several processes take at
// once and step over each other's rows; SQLite has one writer.
func Take(ctx context.Context, tx *sql.Tx, engine db.Dialect, limit int) ([]Event, error) {
	lock := ""
	if engine == db.Postgres {
		lock = " for update skip locked"
	}
	rows, err := tx.QueryContext(ctx, `with oldest as materialized (select id from outbox order by id limit $1`+lock+`)
		delete from outbox where id in (select id from oldest) returning id, at, topic, subject_id, payload`, limit)
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
