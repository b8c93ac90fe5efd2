// Package once makes a request that is sent twice be done once (幂等). A caller
// names its request with a key of its own; the answer is kept for 48 hours and
// given again to whoever sends the same request with the same key.
//
// Best is InAct, or Claim and Save in an act of one's own: the answer becomes
// durable together with what was done, or neither does. Do is for work that
// cannot be put into one act: it marks the key as running, works, and stores
// the answer. When the process dies in between nobody can know what was done;
// the key then refuses with "once.unknown" instead of doing it again.
package once

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Keep is how long an answer is kept.
const Keep = 48 * time.Hour

// Longest is how long work may run before its outcome counts as unknown.
const Longest = 10 * time.Minute

// running is the status of a key whose work has no answer yet.
const running = 0

// Request is one keyed request.
type Request struct {
	ActorID string // who asks; keys of different actors never meet
	Key     string // the caller's, see CheckKey
	Digest  string // of everything that makes the request what it is, see Digest
}

// Answer is what was answered: an HTTP status and a text, usually JSON.
type Answer struct {
	Status int
	Body   []byte
}

// CheckKey refuses a key that is empty, longer than 255 characters, or not
// printable ASCII.
func CheckKey(key string) error {
	ok := key != "" && len(key) <= 255
	for i := 0; ok && i < len(key); i++ {
		ok = key[i] > ' ' && key[i] <= '~'
	}
	if !ok {
		return fault.Invalid("once.key", fault.At("Idempotency-Key", "once.key"))
	}
	return nil
}

// Digest identifies a request by its parts: method, path, body.
func Digest(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:", len(p))
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Claim reads, within an act, whether the request was answered before: then it
// gives the answer, and the act must do nothing. Otherwise it gives nil, and
// the act does its work and calls Save. It refuses with Conflict
// "once.mismatch" when the key stood for another request, "once.running" while
// the first is under way, and "once.unknown" when that never ended.
func Claim(tx *db.Tx, q Request) (*Answer, error) {
	if err := CheckKey(q.Key); err != nil {
		return nil, err
	}
	rows, err := db.List(tx, scan, `select digest, status, answer, at from once where actor_id = $1 and key = $2 limit 1`, q.ActorID, q.Key)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0].answer(q, tx.Now)
}

type row struct {
	digest, body string
	status       int
	at           time.Time
}

func scan(r db.Scanner) (w row, err error) {
	err = r.Scan(&w.digest, &w.status, &w.body, db.At{Time: &w.at})
	return w, err
}

// answer is what the row means for the request.
func (w row) answer(q Request, now time.Time) (*Answer, error) {
	switch {
	case w.digest != q.Digest:
		return nil, fault.Conflict("once.mismatch")
	case w.status != running:
		return &Answer{w.status, []byte(w.body)}, nil
	case now.Sub(w.at) > Longest:
		return nil, fault.Conflict("once.unknown")
	}
	return nil, fault.Conflict("once.running")
}

// Save queues the answer with the act's writes. When two acts with the same
// key meet, one of them fails with Conflict "duplicate" and has done nothing.
func Save(tx *db.Tx, q Request, a Answer) {
	tx.Write(`insert into once (actor_id, key, digest, status, answer, at) values ($1, $2, $3, $4, $5, $6)`,
		q.ActorID, q.Key, q.Digest, a.Status, string(a.Body), db.Stamp(tx.Now))
}

// InAct runs fn as an act whose answer is stored with what it wrote. Of acts
// that meet one runs and the others get its answer; replayed says which it
// was. When fn fails nothing is stored and the key may be used again.
func InAct(ctx context.Context, d *db.DB, q Request, fn func(*db.Tx) (Answer, error)) (a Answer, replayed bool, err error) {
	act := func(tx *db.Tx) error {
		stored, err := Claim(tx, q)
		if replayed = stored != nil; err != nil || replayed {
			if replayed {
				a = *stored
			}
			return err
		}
		if a, err = fn(tx); err == nil {
			Save(tx, q, a)
		}
		return err
	}
	err = d.Act(ctx, act)
	if !errors.Is(err, fault.Conflict("duplicate")) {
		return a, replayed, err
	}
	// Either the same request was faster, and its answer is there now, or fn
	// itself met a duplicate.
	stored, e := lookUp(ctx, d, q)
	switch {
	case e != nil:
		return Answer{}, false, e
	case stored == nil:
		return Answer{}, false, err
	}
	return *stored, true, nil
}

func lookUp(ctx context.Context, d *db.DB, q Request) (a *Answer, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		a, err = Claim(tx, q)
		return err
	})
	return a, err
}

// Do runs fn, which may do anything, unless the request was answered before.
// When fn fails the key is free again. The answer of a refusal is stored when
// fn returns it as an answer, and not when it returns it as an error.
func Do(ctx context.Context, d *db.DB, actorID, key, digest string, fn func(context.Context) (status int, answer []byte, err error)) (status int, answer []byte, replayed bool, err error) {
	q := Request{actorID, key, digest}
	stored, replayed, err := InAct(ctx, d, q, func(*db.Tx) (Answer, error) { return Answer{Status: running}, nil })
	if err != nil || replayed {
		return stored.Status, stored.Body, replayed, err
	}
	after := context.WithoutCancel(ctx) // what was done is recorded even when the caller left
	done := false
	defer func() {
		if !done { // fn failed or panicked
			err = errors.Join(err, release(after, d, q))
		}
	}()
	if status, answer, err = fn(ctx); err != nil {
		return 0, nil, false, err
	}
	done = true
	if e := finish(after, d, q, Answer{status, answer}); e != nil {
		// It is done all the same, and the caller must hear so.
		slog.ErrorContext(ctx, "answer not kept", "error", e)
	}
	return status, answer, false, nil
}

func finish(ctx context.Context, d *db.DB, q Request, a Answer) error {
	return d.Act(ctx, func(tx *db.Tx) error {
		tx.Write(`update once set status = $1, answer = $2, at = $3 where actor_id = $4 and key = $5 and status = $6`,
			a.Status, string(a.Body), db.Stamp(tx.Now), q.ActorID, q.Key, running)
		return nil
	})
}

func release(ctx context.Context, d *db.DB, q Request) error {
	return d.Act(ctx, func(tx *db.Tx) error {
		tx.WriteN(db.Any, `delete from once where actor_id = $1 and key = $2 and status = $3`, q.ActorID, q.Key, running)
		return nil
	})
}

// Sweep forgets answers older than 48 hours.
func Sweep(ctx context.Context, d *db.DB) error {
	return d.Act(ctx, func(tx *db.Tx) error {
		tx.WriteN(db.Any, `delete from once where at < $1`, db.Stamp(tx.Now.Add(-Keep)))
		return nil
	})
}
