package calendar

import (
	"encoding/json"
	"time"

	"onewindow/internal/kit/db"
)

// newest is the version in force.
func newest(tx *db.Tx) (n int, err error) {
	err = tx.Row(`select coalesce(max(version), 1) from calendar_version`).Scan(&n)
	return n, err
}

const editionColumns = `version, year, reason, by_name, published_at`

func scanEdition(r db.Scanner) (e Edition, err error) {
	return e, r.Scan(&e.Version, &e.Year, &e.Reason, &e.ByName, db.At{Time: &e.PublishedAt})
}

func editions(tx *db.Tx) ([]Edition, error) {
	return db.List(tx, scanEdition, `select `+editionColumns+` from calendar_version order by version desc limit $1`, mostEditions)
}

func editionOf(tx *db.Tx, version int) (Edition, error) {
	return db.One(tx, "calendar.version", scanEdition, `select `+editionColumns+` from calendar_version where version = $1`, version)
}

func insertVersion(tx *db.Tx, t *Table, year int, reason, byID, byName string) {
	tx.Write(`insert into calendar_version (version, year, years, reason, by_id, by_name, published_at)
		values ($1, $2, $3, $4, $5, $6, $7)`, t.version, year, db.JSON(t.all()), reason, byID, byName, db.Stamp(tx.Now))
}

// Draft (拟稿) is the arrangement of a year being prepared.
type Draft struct {
	Year     Year
	Revision int
	ByName   string
	SavedAt  time.Time
}

const draftColumns = `data, revision, by_name, saved_at`

func scanDraft(r db.Scanner) (d Draft, err error) {
	var data string
	if err := r.Scan(&data, &d.Revision, &d.ByName, db.At{Time: &d.SavedAt}); err != nil {
		return d, err
	}
	return d, json.Unmarshal([]byte(data), &d.Year)
}

func drafts(tx *db.Tx) ([]Draft, error) {
	return db.List(tx, scanDraft, `select `+draftColumns+` from calendar_draft order by year limit 100`)
}

func draftOf(tx *db.Tx, year int) (Draft, error) {
	return db.One(tx, "calendar.draft", scanDraft, `select `+draftColumns+` from calendar_draft where year = $1`, year)
}
