// Package audit writes who did what to what, with the state before and after,
// in the same transaction as the act. The table refuses change and deletion.
package audit

import (
	"encoding/json"
	"time"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/id"
)

// Entry is one audited act. Before and After marshal to JSON and must not hold
// personal data in the clear.
type Entry struct {
	ID          string
	At          time.Time
	ActorID     string
	ActorName   string
	Act         string // "case.accept"
	SubjectKind string // "case"
	SubjectID   string
	Before      any
	After       any
	RequestID   string
}

// Record queues the entry with the act's writes.
func Record(tx *db.Tx, e Entry) {
	tx.Append(`insert into audit (id, at, actor_id, actor_name, act, subject_kind, subject_id, before, after, request_id)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		id.New(), db.Stamp(tx.Now), e.ActorID, e.ActorName, e.Act, e.SubjectKind, e.SubjectID,
		text(e.Before), text(e.After), e.RequestID)
}

func text(v any) string {
	if v == nil {
		return ""
	}
	b, err := json.Marshal(v)
	if err != nil {
		panic("audit entry does not marshal: " + err.Error())
	}
	return string(b)
}

// Of lists the newest entries about a subject; before is the id to page from,
// empty for the first page.
func Of(tx *db.Tx, kind, subjectID, before string, limit int) ([]Entry, error) {
	return db.List(tx, scan, `select id, at, actor_id, actor_name, act, subject_kind, subject_id, before, after, request_id
		from audit where subject_kind = $1 and subject_id = $2 and id < $3 order by id desc limit $4`,
		kind, subjectID, orAll(before), limit)
}

// Newest lists the newest entries about anything, paged as Of is.
func Newest(tx *db.Tx, before string, limit int) ([]Entry, error) {
	return db.List(tx, scan, `select id, at, actor_id, actor_name, act, subject_kind, subject_id, before, after, request_id
		from audit where id < $1 order by id desc limit $2`, orAll(before), limit)
}

// By lists the newest entries of one account, paged as Of is.
func By(tx *db.Tx, actorID, before string, limit int) ([]Entry, error) {
	return db.List(tx, scan, `select id, at, actor_id, actor_name, act, subject_kind, subject_id, before, after, request_id
		from audit where actor_id = $1 and id < $2 order by id desc limit $3`, actorID, orAll(before), limit)
}

// orAll is before, or what stands behind every id.
func orAll(before string) string {
	if before == "" {
		return "~"
	}
	return before
}

func scan(r db.Scanner) (Entry, error) {
	var e Entry
	var before, after string
	err := r.Scan(&e.ID, db.At{Time: &e.At}, &e.ActorID, &e.ActorName, &e.Act, &e.SubjectKind, &e.SubjectID,
		&before, &after, &e.RequestID)
	e.Before, e.After = json.RawMessage(before), json.RawMessage(after)
	return e, err
}
