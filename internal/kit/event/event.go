// Package event is the outbox: what happened is written in the transaction in
// which it happened and passed on afterwards, at least once, in order of
// happening.
package event

import (
	"encoding/json"
	"time"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/id"
)

// Event is something that happened and is durable.
type Event struct {
	ID        string    `json:"id"`
	At        time.Time `json:"at"`
	Topic     string    `json:"topic"` // "case.accepted"
	SubjectID string    `json:"subject_id"`
	Payload   []byte    `json:"payload"` // JSON
	// Behind says that it was put behind: its quick reactions are done.
	Behind bool `json:"-"`
}

// Publish queues the event with the act's writes. The payload must marshal.
func Publish(tx *db.Tx, topic, subjectID string, payload any) {
	body, err := json.Marshal(payload)
	if err != nil {
		panic("event payload of " + topic + " does not marshal: " + err.Error())
	}
	tx.Append(`insert into outbox (id, at, topic, subject_id, payload) values ($1, $2, $3, $4, $5)`,
		id.New(), db.Stamp(tx.Now), topic, subjectID, string(body))
	tx.AfterCommit(tx.Wake)
}

// Decode reads the payload.
func (e Event) Decode(into any) error { return json.Unmarshal(e.Payload, into) }

// Waiting lists the oldest events that were not passed on.
func Waiting(tx *db.Tx, limit int) ([]Event, error) { return After(tx, false, "", limit) }

// WaitingBehind lists the oldest events that were put behind.
func WaitingBehind(tx *db.Tx, limit int) ([]Event, error) { return After(tx, true, "", limit) }

func scan(r db.Scanner) (Event, error) {
	var e Event
	var payload string
	err := r.Scan(&e.ID, db.At{Time: &e.At}, &e.Topic, &e.SubjectID, &payload)
	e.Payload = []byte(payload)
	return e, err
}
