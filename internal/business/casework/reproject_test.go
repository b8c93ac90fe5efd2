package casework_test

import (
	"context"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
)

// The week before the end of 2026: twenty working days reach into 2027.
var december = time.Date(2026, 12, 24, 9, 0, 0, 0, clock.Beijing)

// newYear is an arrangement of 2027 for tests: New Year's Day and Spring Festival.
func newYear() calendar.Year {
	y := calendar.Year{Year: 2027, Number: "国办发明电〔2026〕0号", Issued: "2026-11-20", Source: "测试", Off: map[calendar.Day]string{}, MakeUp: map[calendar.Day]string{}}
	y.Off[calendar.MustDay("2027-01-01")] = "元旦"
	for d := calendar.MustDay("2027-02-05"); d <= calendar.MustDay("2027-02-11"); d++ {
		y.Off[d] = "春节"
	}
	y.MakeUp[calendar.MustDay("2027-01-30")] = "春节"
	return y
}

// publish drafts and publishes the arrangement.
func publish(t *testing.T, w *casetest.World, y calendar.Year) {
	t.Helper()
	who := w.Actor("catalog")
	if err := w.Calendar.SaveDraft(ctx, who, calendar.SaveDraft{Year: y}); err != nil {
		t.Fatal(err)
	}
	in := calendar.Publish{Year: y.Year, Revision: 1, Base: w.Calendar.Table().Version(), Reason: "国务院办公厅公布2027年安排"}
	if _, err := w.Calendar.Publish(ctx, who, in); err != nil {
		t.Fatal(err)
	}
}

// A deadline that reaches into a year that is not loaded is provisional; when
// the year arrives it is computed anew, its change is on record, and the
// version that the page of a person names is still the same.
func TestANewCalendarMovesEveryOpenClock(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		w.Clock.Set(december)
		received, handled := w.Submit(w.Food()), w.Walk(w.Submit(w.Food()), flow.Examine)
		if !handled.Provisional {
			t.Fatal("a due day in a year that is not loaded is not provisional")
		}
		impl, _ := w.Catalog.ByID(ctx, handled.ImplementationID)
		before := *handled
		publish(t, w, newYear())
		seen, err := w.Casework.Foresee(ctx, w.Actor("catalog"), w.Calendar.Table())
		if err != nil || seen.Open != 2 || seen.Moved < 1 || seen.Firm != 1 {
			t.Fatalf("foreseen %+v %v", seen, err)
		}
		if n, err := w.Casework.Reproject(ctx); err != nil || n != 2 {
			t.Fatalf("%d cases, %v", n, err)
		}
		after := w.Case(handled.ID)
		want := after.Clocks(impl, w.Calendar.Table())
		if after.StatutoryDue != want.Statutory.Due.Day || after.PromisedDue != want.Promised.Due.Day || after.Provisional {
			t.Fatalf("due %s, provisional %v; derived %s", after.StatutoryDue, after.Provisional, want.Statutory.Due.Day)
		}
		if after.StatutoryDue == before.StatutoryDue || after.Version != before.Version || after.Calendar != 2 {
			t.Fatalf("before %+v after %+v", before, after)
		}
		if got := w.Case(received.ID); got.Calendar != 2 {
			t.Fatal("a case that is not accepted was left out")
		}
		if n, err := w.Casework.Reproject(ctx); n != 0 || err != nil {
			t.Fatalf("again: %d %v", n, err)
		}
		told(t, w, handled, before)
	})
}

// Batches go on where the one before ended, also from the cases of one calendar to
// those of a later one.
func TestBatchesReachEveryCase(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		w.Clock.Set(december)
		w.Casework.MoveAtOnce(1)
		old := []*casework.Case{w.Submit(w.Food()), w.Submit(w.Food())}
		publish(t, w, newYear())
		newer := w.Submit(w.Food()) // by the second version, while the first two wait
		other := newYear()
		other.Off[calendar.MustDay("2027-01-04")] = "元旦"
		publish(t, w, other)
		if n, err := w.Casework.Reproject(ctx); err != nil || n != 3 {
			t.Fatalf("%d cases, %v", n, err)
		}
		for _, c := range append(old, newer) {
			if got := w.Case(c.ID); got.Calendar != 3 {
				t.Fatalf("%s stands at calendar %d", c.Number, got.Calendar)
			}
		}
		if r, err := w.Casework.Reprojection(ctx, 3); err != nil || r.Total != 3 || r.Left != 0 || r.Finished.IsZero() {
			t.Fatalf("%+v %v", r, err)
		}
	})
}

// told: one event and one line of history for the case whose day moved.
func told(t *testing.T, w *casetest.World, c *casework.Case, before casework.Case) {
	t.Helper()
	for range 2 {
		if _, err := w.Casework.TellMoves(ctx, 2); err != nil {
			t.Fatal(err)
		}
	}
	if n := count(t, w, `select count(*) from case_event where case_id = $1 and kind = 'case.clock_moved'`, c.ID); n != 1 {
		t.Fatalf("%d lines of history", n)
	}
	r, err := w.Casework.Reprojection(ctx, 2)
	if err != nil || r.Left != 0 || r.Untold != 0 || r.Moved < 1 || r.Finished.IsZero() {
		t.Fatalf("%+v %v", r, err)
	}
	d, err := w.Casework.Dossier(ctx, w.Actor("handler"), c.ID)
	if err != nil || len(d.Moves) != 1 || d.Moves[0].Moves[0].Before != before.StatutoryDue {
		t.Fatalf("%+v %v", d.Moves, err)
	}
}

// An act that was under way while the calendar changed does not put the old
// days back.
func TestAnActUnderWayDoesNotUndoTheNewCalendar(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		w.Clock.Set(december)
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		publish(t, w, newYear())
		err := w.Casework.Act(ctx, w.Actor("handler"), casetest.Seen(c), "case.examine", func(*casework.Turn) error {
			_, err := w.Casework.Reproject(context.Background())
			return err
		})
		if err == nil {
			t.Fatal("the act overwrote the new days")
		}
		if got := w.Case(c.ID); got.StatutoryDue == c.StatutoryDue || got.Version != c.Version {
			t.Fatalf("due %s", got.StatutoryDue)
		}
		if err := w.Casework.Advance(ctx, w.Actor("handler"), casework.Advance{Seen: casetest.Seen(c), Act: flow.Examine, Outcome: flow.Support, Opinion: "符合条件"}); err != nil {
			t.Fatalf("the page opened before the new calendar: %v", err)
		}
	})
}

// What the applicant was given in writing does not come sooner.
func TestASupplementPeriodIsNotShortened(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		w.Clock.Set(december)
		c := w.Submit(w.Food())
		m := w.Food().Materials[0]
		if err := w.Casework.NotifySupplement(ctx, w.Actor("clerk"), casework.NotifySupplement{Seen: casetest.Seen(c), Days: 10,
			Items: []casework.Item{{Material: m.No, Name: m.Name, Problem: "不清晰", Standard: "清晰"}}}); err != nil {
			t.Fatal(err)
		}
		until := func() string {
			var day string
			if err := w.DB.Read(ctx, func(tx *db.Tx) error {
				return tx.Row(`select until_day from supplement_notice where case_id = $1`, c.ID).Scan(&day)
			}); err != nil {
				t.Fatal(err)
			}
			return day
		}
		first := until()
		sooner := newYear() // New Year's Day is worked through, and a Saturday besides
		sooner.Off = map[calendar.Day]string{calendar.MustDay("2027-02-05"): "春节"}
		sooner.MakeUp[calendar.MustDay("2027-01-02")] = "元旦"
		publish(t, w, sooner)
		if _, err := w.Casework.Reproject(ctx); err != nil {
			t.Fatal(err)
		}
		if until() < first {
			t.Fatalf("%s came before %s", until(), first)
		}
	})
}
