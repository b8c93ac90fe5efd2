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
		list, err := event.Claim(ctx, d.Pool(), false, clk.Now(), clk.Now().Add(time.Minute), 9)
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
		if list, _ := event.Claim(ctx, d.Pool(), false, clk.Now(), clk.Now(), 9); len(list) != 0 {
			t.Error("another process took it")
		}
	})
}
