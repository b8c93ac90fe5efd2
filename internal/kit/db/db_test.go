package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/fault"
)

var schema = fstest.MapFS{"0001_test.sql": {Data: []byte(`-- +goose Up
create table thing (id text primary key, version integer not null, note text not null);
create table counter (name text primary key, n integer not null);
create table numbered (id text primary key, name text not null, n integer not null, unique (name, n));
-- only: sqlite
create table engine (name text not null default 'sqlite');
-- end
-- only: postgres
create table engine (name text not null default 'postgres');
-- end
`)}}

var stores = dbtest.NewTemplate(schema, nil)

var ctx = context.Background()

func put(t *testing.T, d *db.DB, key, note string) {
	t.Helper()
	if err := d.Act(ctx, func(tx *db.Tx) error {
		tx.Write(`insert into thing (id, version, note) values ($1, 1, $2)`, key, note)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func note(t *testing.T, d *db.DB, key string) (version int, text string) {
	t.Helper()
	if err := d.Read(ctx, func(tx *db.Tx) error {
		return tx.Row(`select version, note from thing where id = $1`, key).Scan(&version, &text)
	}); err != nil {
		t.Fatal(err)
	}
	return version, text
}

func TestPlaceholdersBindByNumberNotByOrder(t *testing.T) {
	stores.Each(t, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		var got string
		if err := d.Read(ctx, func(tx *db.Tx) error {
			return tx.Row(`select cast($2 as text) || cast($1 as text) || cast($2 as text)`, "a", "b").Scan(&got)
		}); err != nil || got != "bab" {
			t.Fatalf("got %q, %v", got, err)
		}
	})
}

func TestWritesOfAnActAreAllOrNothing(t *testing.T) {
	stores.Each(t, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		put(t, d, "a", "first")
		err := d.Act(ctx, func(tx *db.Tx) error {
			tx.Write(`insert into thing (id, version, note) values ($1, 1, $2)`, "b", "x")
			tx.Write(`update thing set version = 2 where id = $1 and version = $2`, "a", 7)
			return nil
		})
		if !errors.Is(err, fault.Conflict("stale")) {
			t.Fatalf("want stale, got %v", err)
		}
		err = d.Read(ctx, func(tx *db.Tx) error {
			_, err := db.One(tx, "thing.missing", func(r db.Scanner) (s string, err error) { return s, r.Scan(&s) },
				`select note from thing where id = $1`, "b")
			return err
		})
		if !errors.Is(err, fault.Missing("thing.missing")) {
			t.Fatalf("half an act was written: %v", err)
		}
	})
}

func TestDuplicateKeyIsAConflict(t *testing.T) {
	stores.Each(t, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		put(t, d, "a", "first")
		err := d.Act(ctx, func(tx *db.Tx) error {
			tx.Write(`insert into thing (id, version, note) values ($1, 1, $2)`, "a", "again")
			return nil
		})
		if !errors.Is(err, fault.Conflict("duplicate")) {
			t.Fatalf("got %v", err)
		}
	})
}

// 64 acts race for one row: one wins, 63 are told, whether or not they share a commit.
func TestOneOfManyWins(t *testing.T) {
	stores.Each(t, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		put(t, d, "a", "first")
		var won, stale atomic.Int32
		together(64, func(i int) {
			err := d.Act(ctx, func(tx *db.Tx) error {
				tx.Write(`update thing set version = 2, note = $2 where id = $1 and version = 1`, "a", fmt.Sprint(i))
				return nil
			})
			switch {
			case err == nil:
				won.Add(1)
			case errors.Is(err, fault.Conflict("stale")):
				stale.Add(1)
			default:
				t.Error(err)
			}
		})
		if won.Load() != 1 || stale.Load() != 63 {
			t.Fatalf("won %d, stale %d", won.Load(), stale.Load())
		}
		if v, _ := note(t, d, "a"); v != 2 {
			t.Fatalf("version %d", v)
		}
	})
}

// Numbers assigned by counter and insert-select have no gap and no double,
// even when some of the acts fail.
func TestNumbersWithoutGaps(t *testing.T) {
	stores.Each(t, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		var made atomic.Int32
		together(64, func(i int) {
			err := d.Act(ctx, func(tx *db.Tx) error {
				tx.Write(`insert into counter (name, n) values ($1, 1) on conflict (name) do update set n = counter.n + 1`, "c")
				tx.Write(`insert into numbered (id, name, n) select cast($1 as text), name, n from counter where name = $2`, fmt.Sprint(i), "c")
				if i%4 == 0 {
					tx.Write(`update thing set version = 9 where id = 'nobody'`)
				}
				return nil
			})
			if err == nil {
				made.Add(1)
			}
		})
		var count, top int
		if err := d.Read(ctx, func(tx *db.Tx) error {
			return tx.Row(`select count(*), max(n) from numbered`).Scan(&count, &top)
		}); err != nil {
			t.Fatal(err)
		}
		if count != 48 || top != 48 || made.Load() != 48 {
			t.Fatalf("made %d, stored %d, highest %d", made.Load(), count, top)
		}
	})
}

// Appended rows arrive all, each with its own values, alone or in a crowd.
func TestAppendedRowsArriveAll(t *testing.T) {
	stores.Each(t, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		together(40, func(i int) {
			if err := d.Act(ctx, func(tx *db.Tx) error {
				for k := range 5 {
					tx.Append(`insert into thing (id, version, note) values ($1, $2, $3)`, fmt.Sprintf("%d . %d", i, k), k, fmt.Sprint(i))
				}
				tx.Write(`insert into counter (name, n) values ('all', 1) on conflict (name) do update set n = counter.n + 1`)
				return nil
			}); err != nil {
				t.Error(err)
			}
		})
		var rows, acts int
		if err := d.Read(ctx, func(tx *db.Tx) error {
			if err := tx.Row(`select n from counter where name = 'all'`).Scan(&acts); err != nil {
				return err
			}
			return tx.Row(`select count(*) from thing where id = note || ' . ' || cast(version as text)`).Scan(&rows)
		}); err != nil {
			t.Fatal(err)
		}
		if rows != 200 || acts != 40 {
			t.Fatalf("%d rows, %d acts", rows, acts)
		}
	})
}

func TestAfterCommitRunsOnlyWhenDurable(t *testing.T) {
	stores.Each(t, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		ran := 0
		act := func(key string) error {
			return d.Act(ctx, func(tx *db.Tx) error {
				tx.AfterCommit(func() { ran++ })
				tx.Write(`insert into thing (id, version, note) values ($1, 1, '')`, key)
				return nil
			})
		}
		if act("a") != nil || act("a") == nil || ran != 1 {
			t.Fatalf("ran %d times", ran)
		}
	})
}

func TestDialectLines(t *testing.T) {
	stores.Each(t, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		if err := d.Act(ctx, func(tx *db.Tx) error { tx.Write(`insert into engine default values`); return nil }); err != nil {
			t.Fatal(err)
		}
		var name string
		if err := d.Read(ctx, func(tx *db.Tx) error { return tx.Row(`select name from engine`).Scan(&name) }); err != nil || name != string(d.Dialect()) {
			t.Fatalf("%q %v", name, err)
		}
	})
}

func TestClosedStoreIsUnavailable(t *testing.T) {
	stores.Each(t, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		d.Close()
		err := d.Act(ctx, func(tx *db.Tx) error { tx.Write(`insert into counter (name, n) values ('x', 1)`); return nil })
		if f := fault.Of(err); f == nil || f.Kind != fault.KindUnavailable {
			t.Fatalf("got %v", err)
		}
	})
}

func TestStampSortsAndReturns(t *testing.T) {
	a := time.Date(2026, 9, 18, 23, 59, 59, 999e6, clock.Beijing)
	b := a.Add(time.Millisecond)
	if db.Stamp(a) >= db.Stamp(b) {
		t.Fatal("stamps do not sort")
	}
	if got, err := db.ParseStamp(db.Stamp(a)); err != nil || !got.Equal(a) {
		t.Fatalf("%v %v", got, err)
	}
}

func together(n int, fn func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { fn(i) })
	}
	wg.Wait()
}
