package jobs

import (
	"context"
	"testing"
	"time"

	"onewindow/internal/business/schema"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/event"
)

func TestPause(t *testing.T) {
	for _, c := range []struct {
		took  time.Duration
		rate  float64
		lanes int
		want  time.Duration
	}{
		{10 * time.Millisecond, 0, 2, 0},
		{10 * time.Millisecond, busy / 8, 2, 10 * time.Millisecond},
		{10 * time.Millisecond, busy, 2, 80 * time.Millisecond},
		{10 * time.Millisecond, 5000, 8, 320 * time.Millisecond},
		{time.Minute, 5000, 2, 2 * time.Second},
	} {
		if got := pause(c.took, c.rate, c.lanes); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestRate(t *testing.T) {
	var l lanes
	at := time.Unix(100, 0)
	if l.rate(at, 50) != 0 {
		t.Error("a first look knows no rate")
	}
	if got := l.rate(at.Add(2*time.Second), 450); got != 200 {
		t.Errorf("%v acts a second", got)
	}
	if got := l.rate(at.Add(2*time.Second), 900); got != 0 {
		t.Errorf("no time passed: %v", got)
	}
}

// What a process has at hand for long stays its own while it lives.
func TestFlyingEventsAreKept(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		ctx := context.Background()
		if d.Dialect() != db.Postgres {
			t.Skip("only PostgreSQL has several processes")
		}
		if err := d.Act(ctx, func(tx *db.Tx) error { event.Publish(tx, "t", "a", nil); return nil }); err != nil {
			t.Fatal(err)
		}
		if err := d.Act(ctx, func(tx *db.Tx) error {
			list, err := event.Waiting(tx, 1)
			event.PutBehind(tx, list[0])
			return err
		}); err != nil {
			t.Fatal(err)
		}
		list, err := event.Claim(ctx, d.Pool(), clk.Now(), clk.Now().Add(time.Minute), 9)
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		j, err := New(d, Options{Lease: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		r := newRunner(j)
		r.flying[list[0].ID] = flight{event: list[0]}
		clk.Advance(50 * time.Second)
		if err := r.prolong(ctx); err != nil {
			t.Fatal(err)
		}
		clk.Advance(50 * time.Second)
		if list, _ := event.Claim(ctx, d.Pool(), clk.Now(), clk.Now(), 9); len(list) != 0 {
			t.Error("another process took it")
		}
	})
}

// An event that is put behind after it was noted what flies, and before one
// looks what was put behind, is found there and flies on: on PostgreSQL that
// look claims it, so nobody else would.
func TestPutBehindBetweenTwoLooks(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		ctx := context.Background()
		j, err := New(d, Options{Slow: 1})
		if err != nil {
			t.Fatal(err)
		}
		j.OnSlow("decided", "paper", func(context.Context, event.Event) error { return nil })
		r := newRunner(j)
		defer r.letGo()
		for range cap(r.places) { // all are taken
			r.places <- struct{}{}
		}
		if err := d.Act(ctx, func(tx *db.Tx) error { event.Publish(tx, "decided", "a", nil); return nil }); err != nil {
			t.Fatal(err)
		}
		if _, err := r.take(ctx, ctx); err != nil {
			t.Fatal(err)
		}
		o := <-r.ended
		flying := r.copyFlying()
		if len(flying) != 1 || !o.later {
			t.Fatalf("%v flies, %+v", flying, o)
		}
		if err := r.remove(ctx, []outcome{o}); err != nil {
			t.Fatal(err)
		}
		<-r.places
		seen, err := r.look(ctx, true, 0, 1)
		if n := r.startAll(ctx, seen, flying, 1); n != 1 || err != nil {
			t.Fatalf("%d started of %d seen, %v", n, len(seen), err)
		}
		r.record(ctx, []outcome{o})
		if f := r.copyFlying()[o.event.ID]; !f.event.Behind {
			t.Error("the landing of the first flight took the second from what flies")
		}
	})
}
