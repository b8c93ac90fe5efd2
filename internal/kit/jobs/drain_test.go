package jobs_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"onewindow/internal/business/schema"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/jobs"
)

// Drain does everything in order, the events of reactions included, without
// the queue's tables.
func TestDrain(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		j := queue(t, d, jobs.Options{})
		var did []string
		note := func(name string) jobs.Reaction {
			return func(_ context.Context, e event.Event) error {
				did = append(did, name+" "+e.SubjectID)
				return nil
			}
		}
		j.On("case.decided", "licence", func(_ context.Context, e event.Event) error {
			did = append(did, "licence "+e.SubjectID)
			publish(t, d, "licence.issued", e.SubjectID)
			return nil
		})
		j.On("case.decided", "notice", note("notice"))
		j.On("licence.issued", "exchange", note("exchange"))
		publish(t, d, "case.decided", "a", "b")
		publish(t, d, "nobody.cares", "x")
		if err := j.Drain(ctx); err != nil {
			t.Fatal(err)
		}
		want := []string{"licence a", "notice a", "licence b", "notice b", "exchange a", "exchange b"}
		if !slices.Equal(did, want) || waiting(t, d) != 0 {
			t.Fatalf("did %q, %d left", did, waiting(t, d))
		}
	})
}

// An event whose reaction fails stays for the next time; the others do not
// wait for it.
func TestDrainFailure(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		j := queue(t, d, jobs.Options{})
		broken, did := true, []string{}
		away := errors.New("away")
		j.On("t", "r", func(_ context.Context, e event.Event) error {
			if broken && e.SubjectID == "a" {
				return away
			}
			did = append(did, e.SubjectID)
			return nil
		})
		publish(t, d, "t", "a", "b")
		if err := j.Drain(ctx); !errors.Is(err, away) || waiting(t, d) != 1 {
			t.Fatalf("error %v, %d left", err, waiting(t, d))
		}
		broken = false
		if err := j.Drain(ctx); err != nil || !slices.Equal(did, []string{"b", "a"}) || waiting(t, d) != 0 {
			t.Fatalf("error %v, did %q", err, did)
		}
	})
}

// Periodic work runs once per slot by the store's clock, whatever number of
// processes look, and missed slots are not made up for.
func TestEvery(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		var slots []string
		process := func() *jobs.Jobs {
			j := queue(t, d, jobs.Options{})
			j.Every("deadline.sweep", jobs.Daily(6, 0), func(_ context.Context, slot time.Time) error {
				slots = append(slots, slot.In(clock.Beijing).Format("01-02 15:04"))
				return nil
			})
			return j
		}
		one, two := process(), process()
		drain := func() {
			for _, j := range []*jobs.Jobs{one, two, process()} {
				if err := j.Drain(ctx); err != nil {
					t.Fatal(err)
				}
			}
		}
		drain()                                                     // 14 September, 09:00
		clk.Advance(12 * time.Hour)                                 // the same day
		drain()                                                     //
		clk.Advance(12 * time.Hour)                                 // 15 September, 09:00
		drain()                                                     //
		clk.Set(time.Date(2026, 9, 19, 5, 59, 0, 0, clock.Beijing)) // three slots later
		drain()                                                     //
		if want := []string{"09-14 06:00", "09-15 06:00", "09-18 06:00"}; !slices.Equal(slots, want) {
			t.Fatalf("ran at %q, want %q", slots, want)
		}
	})
}

// Started, the leaderless clock takes the slot too.
func TestEveryWithWorkers(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		ran := make(chan time.Time, 9)
		for range processes(d) {
			j := queue(t, d, jobs.Options{})
			j.Every("sweep", jobs.Interval(time.Hour), func(_ context.Context, slot time.Time) error { ran <- slot; return nil })
			start(t, j)
		}
		if got := within(t, ran); !got.Equal(dbtest.Start) {
			t.Fatalf("slot %v", got)
		}
		if len(ran) > 0 {
			t.Fatal("ran twice")
		}
	})
}
