package jobs_test

import (
	"context"
	"sync/atomic"
	"testing"

	"onewindow/internal/business/schema"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/jobs"
)

// Slow reactions run side by side only as far as there are lanes, and all of
// them run.
func TestSlowReactionsKeepToTheirLanes(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		var now, most, done atomic.Int32
		j := queue(t, d, jobs.Options{Slow: 2})
		step := make(chan bool)
		j.OnSlow("t", "paper", func(context.Context, event.Event) error {
			if n := now.Add(1); n > most.Load() {
				most.Store(n)
			}
			step <- true
			now.Add(-1)
			done.Add(1)
			return nil
		})
		for range 9 {
			publish(t, d, "t", "a")
		}
		start(t, j)
		for range 9 {
			within(t, step)
		}
		until(t, func() bool { return done.Load() == 9 })
		if most.Load() > 2 {
			t.Errorf("%d ran at once", most.Load())
		}
	})
}

// Only what is done for somebody makes a store busy.
func TestWorkBehindIsNotCounted(t *testing.T) {
	d, _ := dbtest.SQLite(t, schema.FS)
	publish(t, d, "t", "a")
	if err := d.Act(db.Behind(ctx), func(tx *db.Tx) error { event.Publish(tx, "t", "b", nil); return nil }); err != nil || d.Acts() != 1 {
		t.Errorf("%d acts, %v", d.Acts(), err)
	}
}
