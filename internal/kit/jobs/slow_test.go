package jobs_test

import (
	"context"
	"fmt"
	"strings"
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

// However many papers wait, what is quick is done at once: events of other
// topics, and the quick reactions to the very events whose papers wait. Nothing
// is done twice, and no paper is lost.
func TestSlowReactionsKeepNobodyWaiting(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		j := queue(t, d, jobs.Options{Workers: 4, Slow: 1})
		told, papers, open := make(chan string, 100), make(chan string, 100), make(chan bool)
		j.OnSlow("decided", "paper", func(_ context.Context, e event.Event) error {
			<-open
			papers <- e.SubjectID
			return nil
		})
		j.On("decided", "message", func(_ context.Context, e event.Event) error { told <- e.SubjectID; return nil })
		j.On("asked", "answer", func(_ context.Context, e event.Event) error { told <- e.SubjectID; return nil })
		for i := range 20 {
			publish(t, d, "decided", fmt.Sprint("d", i))
		}
		publish(t, d, "asked", "a")
		start(t, j)
		seen := map[string]bool{}
		for range 21 {
			seen[within(t, told)] = true
		}
		if len(seen) != 21 {
			t.Fatalf("told of %d, not 21", len(seen))
		}
		if b, err := j.Backlog(ctx); err != nil || b.Events < 20 {
			t.Errorf("%+v %v", b, err)
		}
		close(open)
		made := map[string]bool{}
		for range 20 {
			made[within(t, papers)] = true
		}
		until(t, func() bool { b, err := j.Backlog(ctx); return err == nil && b.Events == 0 })
		if len(made) != 20 || len(papers) > 0 || len(told) > 0 {
			t.Errorf("%d papers, %d more, %d told again", len(made), len(papers), len(told))
		}
	})
}

// What was put behind when the platform stopped is drained: only what is left
// of it.
func TestDrainTakesWhatWasPutBehind(t *testing.T) {
	d, _ := dbtest.SQLite(t, schema.FS)
	publish(t, d, "decided", "a")
	if err := d.Act(ctx, func(tx *db.Tx) error {
		all, err := event.Waiting(tx, 1)
		event.PutBehind(tx, all[0])
		return err
	}); err != nil {
		t.Fatal(err)
	}
	publish(t, d, "decided", "b")
	j := queue(t, d, jobs.Options{})
	var done []string
	j.OnSlow("decided", "paper", func(_ context.Context, e event.Event) error { done = append(done, "paper "+e.SubjectID); return nil })
	j.On("decided", "message", func(_ context.Context, e event.Event) error { done = append(done, "message "+e.SubjectID); return nil })
	if err := j.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(done, ", "); got != "paper a, paper b, message b" {
		t.Error(got)
	}
}
