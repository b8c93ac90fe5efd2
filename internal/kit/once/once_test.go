package once_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"onewindow/internal/business/schema"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/once"
)

var ctx = context.Background()

type work func(context.Context) (int, []byte, error)

// answers is work that counts its runs and answers with their number.
func answers(runs *int) work {
	return func(context.Context) (int, []byte, error) {
		*runs++
		return 200 + *runs, []byte(`{"n":1}`), nil
	}
}

func TestDo(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		runs := 0
		do := func(actor, key, digest string) (int, bool, error) {
			status, body, replayed, err := once.Do(ctx, d, actor, key, digest, answers(&runs))
			if err == nil && string(body) != `{"n":1}` {
				t.Errorf("body %s", body)
			}
			return status, replayed, err
		}
		for i, x := range []struct {
			actor, key, digest string
			status             int
			replayed           bool
			err                error
		}{
			{"a", "k", "d", 201, false, nil},
			{"a", "k", "d", 201, true, nil},
			{"a", "k", "e", 0, false, fault.Conflict("once.mismatch")},
			{"b", "k", "d", 202, false, nil},
			{"a", "l", "d", 203, false, nil},
			{"a", "", "d", 0, false, fault.Invalid("once.key")},
			{"a", "k", "d", 201, true, nil},
		} {
			status, replayed, err := do(x.actor, x.key, x.digest)
			if status != x.status || replayed != x.replayed || !errors.Is(err, x.err) {
				t.Errorf("%d: %d, %v, %v", i, status, replayed, err)
			}
		}
		clk.Advance(once.Keep + time.Minute)
		if err := once.Sweep(ctx, d); err != nil {
			t.Fatal(err)
		}
		if status, replayed, err := do("a", "k", "e"); status != 204 || replayed || err != nil {
			t.Errorf("after 48 h: %d, %v, %v", status, replayed, err)
		}
	})
}

// While the first is under way the second is told so; when it never ends its
// outcome is unknown, and it is not done again.
func TestRunning(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		again := func() error {
			_, _, _, err := once.Do(ctx, d, "a", "k", "d", func(context.Context) (int, []byte, error) {
				t.Error("done twice")
				return 0, nil, nil
			})
			return err
		}
		status, _, _, err := once.Do(ctx, d, "a", "k", "d", func(context.Context) (int, []byte, error) {
			if err := again(); !errors.Is(err, fault.Conflict("once.running")) {
				t.Errorf("meanwhile: %v", err)
			}
			clk.Advance(once.Longest + time.Second)
			if err := again(); !errors.Is(err, fault.Conflict("once.unknown")) {
				t.Errorf("much later: %v", err)
			}
			return 201, nil, nil
		})
		if status != 201 || err != nil {
			t.Errorf("%d, %v", status, err)
		}
		if err := again(); err != nil {
			t.Errorf("replay: %v", err)
		}
	})
}

// Work that fails or panics leaves the key free, even when the caller left.
func TestFailureFreesTheKey(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		leaving, leave := context.WithCancel(ctx)
		refused := fault.Refused("supplement.twice", "")
		_, _, _, err := once.Do(leaving, d, "a", "k", "d", func(context.Context) (int, []byte, error) {
			leave()
			return 0, nil, refused
		})
		if !errors.Is(err, refused) {
			t.Fatal(err)
		}
		func() {
			defer func() { recover() }()
			once.Do(ctx, d, "a", "k", "other", func(context.Context) (int, []byte, error) { panic("bug") })
		}()
		runs := 0
		if status, _, replayed, err := once.Do(ctx, d, "a", "k", "d", answers(&runs)); status != 201 || replayed || err != nil {
			t.Errorf("%d, %v, %v", status, replayed, err)
		}
	})
}

// Many that meet: the work is done once, by act or by Do, and everybody gets
// the answer or hears that it is under way.
func TestConcurrent(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		q := once.Request{ActorID: "a", Key: "k", Digest: "d"}
		var group sync.WaitGroup
		for range 20 {
			group.Go(func() {
				a, _, err := once.InAct(ctx, d, q, func(tx *db.Tx) (once.Answer, error) {
					event.Publish(tx, "case.accepted", "c", nil)
					return once.Answer{Status: 201, Body: []byte("{}")}, nil
				})
				if err != nil || a.Status != 201 {
					t.Errorf("act: %+v, %v", a, err)
				}
			})
			group.Go(func() {
				status, _, _, err := once.Do(ctx, d, "a", "l", "d", func(ctx context.Context) (int, []byte, error) {
					return 201, nil, d.Act(ctx, func(tx *db.Tx) error { event.Publish(tx, "case.decided", "c", nil); return nil })
				})
				if err == nil && status != 201 || err != nil && !errors.Is(err, fault.Conflict("once.running")) {
					t.Errorf("do: %d, %v", status, err)
				}
			})
		}
		group.Wait()
		counts := map[string]int{}
		err := d.Read(ctx, func(tx *db.Tx) error {
			events, err := event.Waiting(tx, 100)
			for _, e := range events {
				counts[e.Topic]++
			}
			return err
		})
		if err != nil || counts["case.accepted"] != 1 || counts["case.decided"] != 1 {
			t.Errorf("%v, %v", counts, err)
		}
	})
}

// A duplicate that the act itself meets is its own fault, not a replay, and
// nothing of the act is kept.
func TestOwnDuplicate(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		q := once.Request{ActorID: "a", Key: "k", Digest: "d"}
		for range 2 {
			_, replayed, err := once.InAct(ctx, d, q, func(tx *db.Tx) (once.Answer, error) {
				once.Save(tx, once.Request{ActorID: "z", Key: "taken"}, once.Answer{Status: 1})
				once.Save(tx, once.Request{ActorID: "z", Key: "taken"}, once.Answer{Status: 1})
				return once.Answer{Status: 201}, nil
			})
			if replayed || !errors.Is(err, fault.Conflict("duplicate")) {
				t.Errorf("%v, %v", replayed, err)
			}
		}
	})
}

func TestKeysAndDigests(t *testing.T) {
	for key, ok := range map[string]bool{"k": true, "5f3a-7_~!": true, strings.Repeat("k", 255): true,
		"": false, "a b": false, "键": false, "a\n": false, strings.Repeat("k", 256): false} {
		if err := once.CheckKey(key); (err == nil) != ok {
			t.Errorf("%q: %v", key, err)
		}
	}
	a, b := once.Digest([]byte("POST"), []byte("/a")), once.Digest([]byte("POST/"), []byte("a"))
	if a == b || a != once.Digest([]byte("POST"), []byte("/a")) || len(a) != 64 {
		t.Errorf("%s, %s", a, b)
	}
}
