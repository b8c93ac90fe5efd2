package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
)

func notes(r db.Scanner) (s string, err error) { return s, r.Scan(&s) }

// Several questions in one round trip are answered as each alone; an answer
// without rows leaves what was there.
func TestTogether(t *testing.T) {
	stores.Each(t, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		for i := range 20 {
			put(t, d, fmt.Sprintf("%02d", i), fmt.Sprint("n", i))
		}
		var some []string
		one, none := "", "untouched"
		err := d.Read(ctx, func(tx *db.Tx) error {
			return tx.Together(db.AskList(&some, notes, `select note from thing where id < $1 order by id`, "10"),
				db.AskOne(&one, notes, `select note from thing where id >= $1 order by id`, "10"),
				db.AskOne(&none, notes, `select note from thing where id = $1`, "nobody"))
		})
		if err != nil || len(some) != 10 || some[9] != "n9" || one != "n10" || none != "untouched" {
			t.Fatalf("%v %q %q %v", some, one, none, err)
		}
		err = d.Read(ctx, func(tx *db.Tx) error {
			return tx.Together(db.AskOne(&one, notes, `select note from thing limit 1`), db.AskOne(&one, notes, `select note from nothing`))
		})
		if err == nil {
			t.Fatal("a question about nothing was answered")
		}
		if _, text := note(t, d, "03"); text != "n3" {
			t.Fatalf("after a failure: %q", text)
		}
	})
}

type status string

// What a column holds goes where it belongs, whatever the engine.
func TestColumnsFindTheirPlaces(t *testing.T) {
	stores.Each(t, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		put(t, d, "a", "x")
		var s string
		var named status
		var n, sum int
		var big int64
		var yes bool
		var raw []byte
		var half float64
		var absent, present sql.NullString
		err := d.Read(ctx, func(tx *db.Tx) error {
			return tx.Row(`select note, note, version, sum(version), cast(7 as bigint), version, note, 0.5, cast(null as text), note
				from thing group by note, version`).Scan(&s, &named, &n, &sum, &big, &yes, &raw, &half, &absent, &present)
		})
		if err != nil || s != "x" || named != "x" || n != 1 || sum != 1 || big != 7 || !yes || string(raw) != "x" || half != 0.5 || absent.Valid || present.String != "x" {
			t.Fatalf("%q %q %d %d %d %v %q %v %v %v: %v", s, named, n, sum, big, yes, raw, half, absent, present, err)
		}
		for text, into := range map[string]any{`select cast(null as text)`: &s, `select note from thing`: &n, `select note, note from thing`: &s} {
			if err := d.Read(ctx, func(tx *db.Tx) error { return tx.Row(text).Scan(into) }); err == nil {
				t.Errorf("%s went into %T", text, into)
			}
		}
	})
}

func TestNoRow(t *testing.T) {
	stores.Each(t, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		err := d.Read(ctx, func(tx *db.Tx) error {
			var s string
			if err := tx.Row(`select note from thing where id = 'nobody'`).Scan(&s); !errors.Is(err, sql.ErrNoRows) {
				t.Errorf("got %v", err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// A reader that panics gives its connection back.
func TestPanickingReaders(t *testing.T) {
	stores.Each(t, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		put(t, d, "a", "x")
		const text = `select note from thing`
		bad := func(db.Scanner) (string, error) { panic("a mistake") }
		var into string
		for range 100 {
			for _, ask := range []func(*db.Tx) error{
				func(tx *db.Tx) error { _, err := db.List(tx, bad, text); return err },
				func(tx *db.Tx) error { return tx.Together(db.AskOne(&into, bad, text), db.AskOne(&into, notes, text)) },
				func(tx *db.Tx) error { return tx.Row(text).Scan(into) }, // no pointer
			} {
				func() {
					defer func() {
						if recover() == nil {
							t.Error("no panic")
						}
					}()
					d.Read(ctx, ask)
				}()
			}
		}
		if _, s := note(t, d, "a"); s != "x" {
			t.Fatal(s)
		}
	})
}

// More readers than connections wait for each other; one that gives up
// meanwhile takes no connection with it.
func TestReadersShareConnections(t *testing.T) {
	stores.Each(t, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		put(t, d, "a", "x")
		gone, leave := context.WithCancel(ctx)
		leave()
		together(100, func(i int) {
			with := ctx
			if i%3 == 0 {
				with = gone
			}
			var s string
			err := d.Read(with, func(tx *db.Tx) error { return tx.Row(`select note from thing where id = $1`, "a").Scan(&s) })
			if i%3 != 0 && (err != nil || s != "x") {
				t.Errorf("%q %v", s, err)
			}
		})
	})
}

// Texts of a row are its own, short and long ones beside each other, and stay
// what they were when the next row is read.
func TestTextsOfARow(t *testing.T) {
	stores.Each(t, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		long := strings.Repeat("长", 200)
		put(t, d, "a", "短")
		put(t, d, "b", long)
		put(t, d, "c", "")
		type row struct {
			id, note, again string
			none            sql.NullString
		}
		var rows []row
		err := d.Read(ctx, func(tx *db.Tx) (err error) {
			rows, err = db.List(tx, func(r db.Scanner) (x row, err error) {
				return x, r.Scan(&x.id, &x.note, &x.none, &x.again)
			}, `select id, note, cast(null as text), note from thing where id in ('a', 'b', 'c') order by id`)
			return err
		})
		want := []row{{id: "a", note: "短", again: "短"}, {id: "b", note: long, again: long}, {id: "c"}}
		if err != nil || !slices.Equal(rows, want) {
			t.Fatalf("%v %v", rows, err)
		}
	})
}
