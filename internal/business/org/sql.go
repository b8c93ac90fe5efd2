package org

import (
	"database/sql"
	"encoding/json"
	"strings"

	"onewindow/internal/kit/db"
)

const bodyColumns = `select id, uscc, uscc_sample, name, short_name, kind, level, parent_id, division, active,
	position, remedies, source, confidence, sample from body`

// LoadBody is the body for another noun's act; fault org.body when there is
// none.
func LoadBody(tx *db.Tx, id string) (Body, error) {
	return db.One(tx, "org.body", scanBody, bodyColumns+` where id = $1`, id)
}

// LoadBodyByUSCC is the body with this unified social credit code; fault org.body.
func LoadBodyByUSCC(tx *db.Tx, uscc string) (Body, error) {
	return db.One(tx, "org.body", scanBody, bodyColumns+` where uscc = $1`, uscc)
}

// Bodies is every body in its fixed order, inside another noun's act.
func Bodies(tx *db.Tx) ([]Body, error) { return bodies(tx) }

func bodies(tx *db.Tx) ([]Body, error) {
	return db.List(tx, scanBody, bodyColumns+` order by position, id limit 1000`)
}

func scanBody(r db.Scanner) (Body, error) {
	var b Body
	var parent sql.NullString
	var remedies string
	err := r.Scan(&b.ID, &b.USCC, &b.USCCSample, &b.Name, &b.Short, &b.Kind, &b.Level, &parent, &b.Division, &b.Active,
		&b.Position, &remedies, &b.Source, &b.Confidence, &b.Sample)
	if err != nil {
		return b, err
	}
	b.ParentID = parent.String
	return b, json.Unmarshal([]byte(remedies), &b.Remedies)
}

// TownshipOf is the id of the township or street that a text names, by its code
// of twelve digits or by its name anywhere in the text; empty when there is none.
func TownshipOf(tx *db.Tx, text string) (string, error) {
	all, err := bodies(tx)
	if err != nil {
		return "", err
	}
	there, err := divisions(tx)
	names := map[string]string{}
	for _, d := range there {
		names[d.Code] = d.Name
	}
	for _, b := range all {
		if b.Kind == Township && b.Active && (b.Division == text || strings.Contains(text, names[b.Division])) {
			return b.ID, err
		}
	}
	return "", err
}

// FirstWindow is the first comprehensive window of the city; fault org.window when
// there is none.
func FirstWindow(tx *db.Tx) (Window, error) {
	return db.One(tx, "org.window", scanWindow, windowColumns+` where kind = 'comprehensive' and active = 1 order by hall_id, id limit 1`)
}

const hallColumns = `select id, body_id, name, division, address, hours, phone, hours_sample, active, position,
	source, confidence, sample from hall`

// LoadHall is the hall for another noun's act; fault org.hall when there is
// none.
func LoadHall(tx *db.Tx, id string) (Hall, error) {
	return db.One(tx, "org.hall", scanHall, hallColumns+` where id = $1`, id)
}

func halls(tx *db.Tx) ([]Hall, error) {
	return db.List(tx, scanHall, hallColumns+` order by position, id limit 1000`)
}

func scanHall(r db.Scanner) (Hall, error) {
	var h Hall
	var address, hours, phone sql.NullString
	err := r.Scan(&h.ID, &h.BodyID, &h.Name, &h.Division, &address, &hours, &phone, &h.HoursSample, &h.Active, &h.Position,
		&h.Source, &h.Confidence, &h.Sample)
	h.Address, h.Hours, h.Phone = address.String, hours.String, phone.String
	return h, err
}

const windowColumns = `select id, hall_id, body_id, number, name, kind, active, source, confidence, sample from hall_window`

// LoadWindow is the window for another noun's act; fault org.window when there
// is none.
func LoadWindow(tx *db.Tx, id string) (Window, error) {
	return db.One(tx, "org.window", scanWindow, windowColumns+` where id = $1`, id)
}

func windows(tx *db.Tx, hallID string) ([]Window, error) {
	return db.List(tx, scanWindow, windowColumns+` where hall_id = $1 order by id limit 1000`, hallID)
}

func allWindows(tx *db.Tx) ([]Window, error) {
	return db.List(tx, scanWindow, windowColumns+` order by hall_id, id limit 5000`)
}

func scanWindow(r db.Scanner) (Window, error) {
	var w Window
	var body sql.NullString
	err := r.Scan(&w.ID, &w.HallID, &body, &w.Number, &w.Name, &w.Kind, &w.Active, &w.Source, &w.Confidence, &w.Sample)
	w.BodyID = body.String
	return w, err
}

func divisions(tx *db.Tx) ([]Division, error) {
	return db.List(tx, scanDivision, `select code, name, kind, parent, source, confidence from division order by code limit 1000`)
}

func scanDivision(r db.Scanner) (Division, error) {
	var d Division
	return d, r.Scan(&d.Code, &d.Name, &d.Kind, &d.Parent, &d.Source, &d.Confidence)
}

func saveDivision(tx *db.Tx, d Division) {
	tx.Write(`insert into division (code, name, kind, parent, source, confidence) values ($1, $2, $3, $4, $5, $6)
		on conflict (code) do update set name = excluded.name, kind = excluded.kind, parent = excluded.parent,
		source = excluded.source, confidence = excluded.confidence`,
		d.Code, d.Name, d.Kind, d.Parent, d.Source, d.Confidence)
}

func saveBody(tx *db.Tx, b Body) {
	remedies, _ := json.Marshal(b.Remedies) // a struct of strings always marshals
	tx.Write(`insert into body (id, uscc, uscc_sample, name, short_name, kind, level, parent_id, division, active,
		position, remedies, source, confidence, sample)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		on conflict (id) do update set uscc = excluded.uscc, uscc_sample = excluded.uscc_sample, name = excluded.name,
		short_name = excluded.short_name, kind = excluded.kind, level = excluded.level, parent_id = excluded.parent_id,
		division = excluded.division, active = excluded.active, position = excluded.position,
		remedies = excluded.remedies, source = excluded.source, confidence = excluded.confidence, sample = excluded.sample`,
		b.ID, b.USCC, db.Flag(b.USCCSample), b.Name, b.Short, b.Kind, b.Level, null(b.ParentID), b.Division, db.Flag(b.Active),
		b.Position, string(remedies), b.Source, b.Confidence, db.Flag(b.Sample))
}

func saveHall(tx *db.Tx, h Hall) {
	tx.Write(`insert into hall (id, body_id, name, division, address, hours, phone, hours_sample, active, position,
		source, confidence, sample) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		on conflict (id) do update set body_id = excluded.body_id, name = excluded.name, division = excluded.division,
		address = excluded.address, hours = excluded.hours, phone = excluded.phone, hours_sample = excluded.hours_sample,
		active = excluded.active, position = excluded.position, source = excluded.source,
		confidence = excluded.confidence, sample = excluded.sample`,
		h.ID, h.BodyID, h.Name, h.Division, null(h.Address), null(h.Hours), null(h.Phone), db.Flag(h.HoursSample), db.Flag(h.Active),
		h.Position, h.Source, h.Confidence, db.Flag(h.Sample))
}

func saveWindow(tx *db.Tx, w Window) {
	tx.Write(`insert into hall_window (id, hall_id, body_id, number, name, kind, active, source, confidence, sample)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (id) do update set hall_id = excluded.hall_id, body_id = excluded.body_id, number = excluded.number,
		name = excluded.name, kind = excluded.kind, active = excluded.active, source = excluded.source,
		confidence = excluded.confidence, sample = excluded.sample`,
		w.ID, w.HallID, null(w.BodyID), w.Number, w.Name, w.Kind, db.Flag(w.Active), w.Source, w.Confidence, db.Flag(w.Sample))
}

func null(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }
