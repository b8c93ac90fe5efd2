package casework_test

import (
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
)

// Each mark is put once, on its day, on the cases that are due and on no others;
// what is overdue is not approved by that (行政许可法第四十二条、第七十四条).
func TestWatchMarksOnceAndApprovesNothing(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		other := w.Submit(w.Food())
		happened := func(kind string) int {
			return count(t, w, `select count(*) from case_event where case_id = $1 and kind = $2`, c.ID, kind)
		}
		watch := func() int {
			n, err := w.Casework.Watch(ctx)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := watch(); n != 0 {
			t.Fatalf("%d cases on the first day", n)
		}
		impl, _ := w.Catalog.ByID(ctx, c.ImplementationID)
		w.Clock.Set(c.WarnOn(impl, w.Calendar.Table(), 90).Time())
		if n, again := watch(), watch(); n != 1 || again != 0 || happened("case.warned") != 1 {
			t.Fatalf("warned %d, again %d", n, again)
		}
		w.Clock.Set(c.StatutoryDue.Time().Add(86399e9)) // the last second of the last day
		watch()
		if happened("case.overdue") != 0 {
			t.Fatal("overdue on the last day")
		}
		w.Clock.Set((c.StatutoryDue + 1).Time())
		if n, again := watch(), watch(); n != 1 || again != 0 || happened("case.overdue") != 1 {
			t.Fatalf("overdue %d, again %d", n, again)
		}
		got := w.Case(c.ID)
		if got.Status != casework.StatusHandling || got.Granted || !got.Marks.Has(casework.MarkOverdue) || got.AlarmOn != 0 {
			t.Fatalf("%+v", got)
		}
		if w.Case(other.ID).Marks != 0 {
			t.Fatal("a case that is not accepted was marked")
		}
	})
}

// Ten working days after the decision without delivery (行政许可法第四十四条), and no
// mark for what was done in time.
func TestWatchDelivery(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		late, done := w.Walk(w.Submit(w.Food()), flow.Issue), w.Walk(w.Submit(w.Food()), flow.Deliver)
		step, _ := w.Food().Flow.Step("deliver")
		if err := w.Step(done, step); err != nil {
			t.Fatal(err)
		}
		w.Clock.Set((late.DeliveryDue(w.Calendar.Table()) + 1).Time())
		if n, err := w.Casework.Watch(ctx); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		if m := w.Case(late.ID).Marks; !m.Has(casework.MarkDeliveryLate) || m.Has(casework.MarkOverdue) {
			t.Fatalf("marks %d", m)
		}
		if w.Case(done.ID).Marks != 0 {
			t.Fatal("a delivered case was marked")
		}
	})
}

// An extension moves the alarm with the limit.
func TestWatchFollowsAnExtension(t *testing.T) {
	w := casetest.SQLite(t)
	c := w.Walk(w.Submit(w.Food()), flow.Examine)
	if err := ask(w, c, 10, "需要核实"); err != nil {
		t.Fatal(err)
	}
	if err := answer(w, "decider", c, true); err != nil {
		t.Fatal(err)
	}
	w.Clock.Set((c.StatutoryDue + 1).Time())
	if _, err := w.Casework.Watch(ctx); err != nil {
		t.Fatal(err)
	}
	if w.Case(c.ID).Marks.Has(casework.MarkOverdue) {
		t.Fatal("overdue in the extended time")
	}
}

// What the watch notices is no new version: who has the page open acts on it, and
// the mark stays although the person's page did not know of it.
func TestTheWatchDoesNotMakeAPageStale(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		impl, _ := w.Catalog.ByID(ctx, c.ImplementationID)
		w.Clock.Set(c.WarnOn(impl, w.Calendar.Table(), 90).Time())
		if n, err := w.Casework.Watch(ctx); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		if got := w.Case(c.ID); got.Version != c.Version || !got.Marks.Has(casework.MarkWarned) {
			t.Fatalf("version %d, was %d, marks %d", got.Version, c.Version, got.Marks)
		}
		err := w.Casework.Advance(ctx, w.Actor("handler"), casework.Advance{Seen: casetest.Seen(c), Act: flow.Examine, Outcome: flow.Support, Opinion: "符合条件。"})
		if err != nil {
			t.Fatalf("the page that was open: %v", err)
		}
		if got := w.Case(c.ID); got.Version != c.Version+1 || !got.Marks.Has(casework.MarkWarned) {
			t.Fatalf("version %d, marks %d", got.Version, got.Marks)
		}
		if err := w.Casework.Advance(ctx, w.Actor("handler"), casework.Advance{Seen: casetest.Seen(c), Act: flow.Examine, Outcome: flow.Support, Opinion: "再次"}); codeOf(err) != "case.stale" {
			t.Fatalf("what a person did is a new version: %v", err)
		}
	})
}
