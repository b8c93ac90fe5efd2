package audit

import (
	"strconv"
	"strings"
	"time"

	"onewindow/internal/kit/db"
)

// Filter narrows the trail; the zero Filter is all of it. What is set must all hold.
type Filter struct {
	ActorID  string
	Acts     []string // any of them; empty for every act
	Subjects []Subject
	From, To time.Time // at or after From, before To; zero leaves the end open
	Before   string    // id of the last entry of the page before
	Limit    int
}

// Subject names what entries are about. An empty Kind is any.
type Subject struct{ Kind, ID string }

// Search lists the newest entries that a filter lets through, paged by id.
func Search(tx *db.Tx, f Filter) ([]Entry, error) {
	var args []any
	arg := func(v any) string { args = append(args, v); return "$" + strconv.Itoa(len(args)) }
	parts := []string{"id < " + arg(orAll(f.Before))}
	if f.ActorID != "" {
		parts = append(parts, "actor_id = "+arg(f.ActorID))
	}
	if len(f.Acts) > 0 {
		var marks []string
		for _, a := range f.Acts {
			marks = append(marks, arg(a))
		}
		parts = append(parts, "act in ("+strings.Join(marks, ", ")+")")
	}
	if len(f.Subjects) > 0 {
		var any []string
		for _, s := range f.Subjects {
			one := "subject_id = " + arg(s.ID)
			if s.Kind != "" {
				one = "subject_kind = " + arg(s.Kind) + " and " + one
			}
			any = append(any, "("+one+")")
		}
		parts = append(parts, "("+strings.Join(any, " or ")+")")
	}
	if !f.From.IsZero() {
		parts = append(parts, "at >= "+arg(db.Stamp(f.From)))
	}
	if !f.To.IsZero() {
		parts = append(parts, "at < "+arg(db.Stamp(f.To)))
	}
	return db.List(tx, scan, `select id, at, actor_id, actor_name, act, subject_kind, subject_id, before, after, request_id
		from audit where `+strings.Join(parts, " and ")+` order by id desc limit `+arg(f.Limit), args...)
}
