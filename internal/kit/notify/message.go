// Package notify tells people things: a message stands in the portal as soon
// as the act that caused it is durable, and goes out by short message and mail
// afterwards, as a job with retries. What became of each way is recorded with
// the address masked.
package notify

import (
	"fmt"
	"strings"
	"time"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Message is one message to one person.
type Message struct {
	// ID may be given, such as the id of the event that caused the message;
	// a second message with it is refused as Conflict "duplicate".
	ID          string
	At          time.Time
	RecipientID string // account or party
	SubjectID   string // what it is about, such as a case
	Title       string
	Body        string // plain text, complete in itself: it is all a short message carries
	Link        string // path in the portal, such as /my/cases/…; may be empty
	ReadAt      time.Time
	// Quiet keeps the message in the portal: it is not sent anywhere.
	Quiet bool
}

// Topic is published for every message that is to be sent; the event's subject
// is the message's id.
const Topic = "message.put"

// Put queues the message with the act's writes and gives its id. A message that
// brings its own id, such as that of the event it tells of, is put once: again,
// it fails as a duplicate.
func Put(tx *db.Tx, m Message) string {
	if m.ID == "" {
		m.ID = id.New()
	}
	tx.Write(`insert into message (id, at, recipient_id, subject_id, title, body, link) values ($1, $2, $3, $4, $5, $6, $7)`,
		m.ID, db.Stamp(tx.Now), m.RecipientID, m.SubjectID, m.Title, m.Body, m.Link)
	if !m.Quiet {
		event.Publish(tx, Topic, m.ID, nil)
	}
	return m.ID
}

const columns = `id, at, recipient_id, subject_id, title, body, link, read_at`

func scan(r db.Scanner) (Message, error) {
	var m Message
	err := r.Scan(&m.ID, db.At{Time: &m.At}, &m.RecipientID, &m.SubjectID, &m.Title, &m.Body, &m.Link, db.At{Time: &m.ReadAt})
	return m, err
}

// MostUnread is as far as Unread counts; the page shows 99+ from there.
const MostUnread = 100

// Unread counts the unread messages to any of the recipients, up to
// MostUnread.
func Unread(tx *db.Tx, recipients ...string) (n int, err error) {
	if len(recipients) == 0 {
		return 0, nil
	}
	list, args := in(recipients, 1)
	err = tx.Row(fmt.Sprintf(`select count(*) from (select 1 from message where recipient_id in (%s) and read_at = '' limit %d) unread`,
		list, MostUnread), args...).Scan(&n)
	return n, err
}

// Key is the place in a list to go on from: the last row shown. The zero Key
// is the beginning.
type Key struct {
	At time.Time
	ID string
}

// values are what the key compares with; nothing is later than the beginning.
func (k Key) values() (at, id string) {
	if k.At.IsZero() {
		return "9999", ""
	}
	return db.Stamp(k.At), k.ID
}

// Key is the message's place in a list.
func (m Message) Key() Key { return Key{m.At, m.ID} }

// List lists the messages to any of the recipients, newest first, from after
// the key.
func List(tx *db.Tx, recipients []string, after Key, limit int) ([]Message, error) {
	if len(recipients) == 0 {
		return nil, nil
	}
	at, id := after.values()
	list, args := in(recipients, 4)
	return db.List(tx, scan, `select `+columns+` from message where recipient_id in (`+list+`) and (at, id) < ($1, $2)
		order by at desc, id desc limit $3`, append([]any{at, id, limit}, args...)...)
}

// Open reads a message to one of the recipients and queues its being read. To
// anybody else it is missing.
func Open(tx *db.Tx, recipients []string, id string) (Message, error) {
	if len(recipients) == 0 {
		return Message{}, fault.Missing("message")
	}
	list, args := in(recipients, 2)
	m, err := db.One(tx, "message", scan, `select `+columns+` from message where id = $1 and recipient_id in (`+list+`)`,
		append([]any{id}, args...)...)
	if err == nil && m.ReadAt.IsZero() {
		tx.WriteN(db.Any, `update message set read_at = $1 where id = $2 and read_at = ''`, db.Stamp(tx.Now), id)
	}
	return m, err
}

// MarkAllRead queues that everything to the recipients has been read.
func MarkAllRead(tx *db.Tx, recipients ...string) {
	if len(recipients) == 0 {
		return
	}
	list, args := in(recipients, 2)
	tx.WriteN(db.Any, `update message set read_at = $1 where read_at = '' and recipient_id in (`+list+`)`,
		append([]any{db.Stamp(tx.Now)}, args...)...)
}

// in writes the placeholders of a list from $n on.
func in(values []string, n int) (list string, args []any) {
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", n+i)
		args = append(args, v)
	}
	return b.String(), args
}
