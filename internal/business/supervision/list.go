package supervision

import (
	"context"
	"fmt"
	"strings"
	"time"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// Filter narrows a list; the zero value is everything in the actor's scope.
type Filter struct {
	Status Status
	Colour Colour
	Kind   Kind
	BodyID string
	After  Cursor
	Limit  int
}

// Cursor is the place after which a page begins: the last record shown.
type Cursor struct {
	At time.Time
	ID string
}

// String is the cursor as a page keeps it in its address.
func (c Cursor) String() string {
	if c.ID == "" {
		return ""
	}
	return db.Stamp(c.At) + "." + c.ID
}

// ParseCursor reads what String wrote; anything else is the beginning.
func ParseCursor(s string) Cursor {
	i := strings.LastIndexByte(s, '.')
	if i < 0 {
		return Cursor{}
	}
	at, err := db.ParseStamp(s[:i])
	if err != nil || at.IsZero() {
		return Cursor{}
	}
	return Cursor{at, s[i+1:]}
}

// The records of a page, and of an export at most.
const (
	pageSize  = 20
	mostLines = 5000
)

// List gives the records that the actor may see, the newest first, and where
// the next page begins.
func (s *Service) List(ctx context.Context, who staff.Actor, f Filter) (out []*Fault, next Cursor, err error) {
	if err := who.Must(staff.FaultRead); err != nil {
		return nil, next, err
	}
	limit := f.Limit
	if limit <= 0 || limit > mostLines {
		limit = pageSize
	}
	where, args := f.where(who)
	args = append(args, limit+1)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scan, fmt.Sprintf(`select %s from fault_record where %s order by raised_at desc, id desc limit $%d`, columns, where, len(args)), args...)
		return err
	})
	if len(out) > limit {
		out = out[:limit]
		next = Cursor{out[limit-1].RaisedAt, out[limit-1].ID}
	}
	return out, next, err
}

func (f Filter) where(who staff.Actor) (string, []any) {
	scope, args := who.ScopeFor(staff.FaultRead).SQL("", 1)
	parts := []string{scope}
	arg := func(v string) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", len(args))
	}
	for _, x := range []struct{ column, value string }{{"status", string(f.Status)}, {"colour", string(f.Colour)}, {"kind", string(f.Kind)}, {"body_id", f.BodyID}} {
		if x.value != "" {
			parts = append(parts, x.column+" = "+arg(x.value))
		}
	}
	if f.After.ID != "" {
		parts = append(parts, fmt.Sprintf("(raised_at, id) < (%s, %s)", arg(db.Stamp(f.After.At)), arg(f.After.ID)))
	}
	return strings.Join(parts, " and "), args
}

// Get is one record for who may see it; fault fault.missing.
func (s *Service) Get(ctx context.Context, who staff.Actor, id string) (f *Fault, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		f, err = load(tx, who, staff.FaultRead, id)
		return err
	})
	return f, err
}

// mostCounted bounds a count: beyond it the page says "99+".
const mostCounted = 100

// Waiting counts what waits for the actor: replies to give, or findings to make.
func (s *Service) Waiting(ctx context.Context, who staff.Actor) (n int, err error) {
	status := Open
	if who.Can(staff.FaultHandle) {
		status = Replied
	}
	where, args := Filter{Status: status}.where(who)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		return tx.Row(fmt.Sprintf(`select count(*) from (select 1 from fault_record where %s limit %d) as waiting`, where, mostCounted), args...).Scan(&n)
	})
	return n, err
}
