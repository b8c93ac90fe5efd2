package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"onewindow/internal/kit/fault"
)

// Any lets a queued write touch any number of rows.
const Any = -1

// Tx is one act's view of the store.
type Tx struct {
	Ctx context.Context
	// Now is the instant of the act, in UTC, taken once, to the millisecond.
	Now    time.Time
	db     *DB
	writes []write
	after  []func()
}

type write struct {
	text   string
	args   []any
	rows   int
	append bool
}

// Write queues a write that must touch exactly one row. When it touches
// another number the whole act fails with the fault "stale".
func (tx *Tx) Write(text string, args ...any) { tx.WriteN(1, text, args...) }

// WriteN queues a write that must touch exactly rows rows, or Any.
func (tx *Tx) WriteN(rows int, text string, args ...any) {
	tx.writes = append(tx.writes, write{text: text, args: args, rows: rows})
}

// Append queues an "insert into … values (…)" of one row into a table that is
// only ever added to. Rows for the same table, of this act and of those that
// commit together with it, may travel as one statement, in any order, after
// the other writes; nothing queued may depend on them.
func (tx *Tx) Append(text string, args ...any) {
	tx.writes = append(tx.writes, write{text: text, args: args, rows: 1, append: true})
}

// AfterCommit runs fn once the act is durable.
func (tx *Tx) AfterCommit(fn func()) { tx.after = append(tx.after, fn) }

func (tx *Tx) runAfter() {
	for _, fn := range tx.after {
		fn()
	}
}

// Dialect says which engine the act runs on.
func (tx *Tx) Dialect() Dialect { return tx.db.dialect }

// Wake tells the dispatcher that something waits in the outbox.
func (tx *Tx) Wake() {
	select {
	case tx.db.woken <- struct{}{}:
	default:
	}
}

// StampLayout sorts as text and reads as UTC.
const StampLayout = "2006-01-02T15:04:05.000Z"

// Stamp writes an instant; the zero time becomes the empty text.
func Stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(StampLayout)
}

// ParseStamp reads what Stamp wrote; the empty text is the zero time.
func ParseStamp(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if t, ok := quickStamp(s); ok {
		return t, nil
	}
	return time.Parse(StampLayout, s)
}

// quickStamp reads a stamp by the places of its digits, at a third of what
// time.Parse costs: a page reads dozens. What is no stamp it leaves to that.
func quickStamp(s string) (t time.Time, ok bool) {
	const form = "0000-00-00T00:00:00.000Z"
	if len(s) != len(form) {
		return t, false
	}
	for i := range form {
		if form[i] == '0' && (s[i] < '0' || s[i] > '9') || form[i] != '0' && s[i] != form[i] {
			return t, false
		}
	}
	n := func(from, to int) (n int) {
		for _, c := range s[from:to] {
			n = n*10 + int(c-'0')
		}
		return n
	}
	month, day, hour, minute, second := n(5, 7), n(8, 10), n(11, 13), n(14, 16), n(17, 19)
	if month < 1 || month > 12 || day < 1 || day > 28 && day > daysIn(n(0, 4), month) || hour > 23 || minute > 59 || second > 59 {
		return t, false
	}
	return time.Date(n(0, 4), time.Month(month), day, hour, minute, second, n(20, 23)*1e6, time.UTC), true
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// At scans a stamp column into a time.
type At struct{ Time *time.Time }

// Scan reads text made by Stamp; null is the zero time.
func (a At) Scan(src any) error {
	var s sql.NullString
	if err := s.Scan(src); err != nil {
		return err
	}
	return a.ScanText(s.String)
}

// ScanText reads text made by Stamp.
func (a At) ScanText(s string) (err error) {
	*a.Time, err = ParseStamp(s)
	return err
}

// One reads one row; when there is none it gives the Missing fault code.
func One[T any](tx *Tx, code string, scan func(Scanner) (T, error), text string, args ...any) (T, error) {
	v, err := scan(tx.Row(text, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return v, fault.Missing(code)
	}
	return v, err
}

func asFault(err error, f **fault.Fault) bool { return errors.As(err, f) }
