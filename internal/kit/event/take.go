package event

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"

	"onewindow/internal/kit/db"
)

// table is where the event stands.
func (e Event) table() string { return table(e.Behind) }

func table(behind bool) string {
	if behind {
		return "outbox_behind"
	}
	return "outbox"
}

// After lists the oldest events whose id is greater than after, of those that
// were put behind or of the others.
func After(tx *db.Tx, behind bool, after string, limit int) ([]Event, error) {
	all, err := db.List(tx, scan, `select id, at, topic, subject_id, payload from `+table(behind)+` where id > $1 order by id limit $2`, after, limit)
	return marked(all, behind), err
}

func marked(all []Event, behind bool) []Event {
	for i := range all {
		all[i].Behind = behind
	}
	return all
}

// Passed queues the removal of events that were passed on, many by one
// statement. Their numbers are powers of two, so that few texts are prepared.
func Passed(tx *db.Tx, list ...Event) {
	for _, behind := range []bool{false, true} {
		var ids []any
		for _, e := range list {
			if e.Behind == behind {
				ids = append(ids, e.ID)
			}
		}
		for n := mostRemoved; n > 0; n /= 2 {
			for ; len(ids) >= n; ids = ids[n:] {
				tx.WriteN(db.Any, `delete from `+table(behind)+` where id in (`+places(n)+`)`, ids[:n:n]...)
			}
		}
	}
}

// mostRemoved is how many events one statement removes.
const mostRemoved = 64

// places is $1, $2 … up to n.
func places(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(i+1))
	}
	return b.String()
}

// Remove is Passed within the transaction of another library.
func Remove(ctx context.Context, tx *sql.Tx, e Event) error {
	_, err := tx.ExecContext(ctx, `delete from `+e.table()+` where id = $1`, e.ID)
	return err
}

// An event that several processes were at may come twice.
const putBehind = `insert into outbox_behind (id, at, topic, subject_id, payload) values ($1, $2, $3, $4, $5) on conflict (id) do nothing`

// PutBehind queues that an event waits behind the others: its quick reactions
// are done.
func PutBehind(tx *db.Tx, e Event) {
	tx.WriteN(db.Any, putBehind, e.ID, db.Stamp(e.At), e.Topic, e.SubjectID, string(e.Payload))
	Passed(tx, e)
}

// MoveBehind is PutBehind within the transaction of another library.
func MoveBehind(ctx context.Context, tx *sql.Tx, e Event) error {
	if _, err := tx.ExecContext(ctx, putBehind, e.ID, db.Stamp(e.At), e.Topic, e.SubjectID, string(e.Payload)); err != nil {
		return err
	}
	return Remove(ctx, tx, e)
}

// Released queues that an event that was claimed is free again.
func Released(tx *db.Tx, e Event) {
	tx.WriteN(db.Any, `update `+e.table()+` set taken_until = '' where id = $1`, e.ID)
}

// Kept queues that an event that was claimed stays claimed until then.
func Kept(tx *db.Tx, e Event, until time.Time) {
	tx.WriteN(db.Any, `update `+e.table()+` set taken_until = $2 where id = $1 and taken_until <> ''`, e.ID, db.Stamp(until))
}

// Claim takes the oldest free events of those that were put behind for one of
// several processes, in order. Nobody else is given them before until; a process
// that died with them loses them then. It is for PostgreSQL: a SQLite store has one
// process, which knows by itself what it is at.
func Claim(ctx context.Context, pool *sql.DB, now, until time.Time, limit int) ([]Event, error) {
	from := table(true)
	rows, err := pool.QueryContext(ctx, `with oldest as materialized (
			select id from `+from+` where taken_until < $1 order by id limit $2 for update skip locked)
		update `+from+` e set taken_until = $3 from oldest where e.id = oldest.id
		returning e.id, at, topic, subject_id, payload`, db.Stamp(now), limit, db.Stamp(until))
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
	return marked(out, true), rows.Err()
}
