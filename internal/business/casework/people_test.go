package casework_test

import (
	"context"
	"strings"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
)

// 移交: the step is the new officer's alone, or of who stands in for them.
func TestHandingOver(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		one, two := w.Actor("handler"), w.Actor("handler2")
		to := func(who staff.Actor, officer, reason string) error {
			return w.Casework.HandOver(ctx, who, casework.HandOver{Seen: casetest.Seen(w.Case(c.ID)), Spot: casework.Spot{Step: "examine"}, To: officer, Reason: reason})
		}
		if err := to(one, two.AccountID, " "); codeOf(err) != "text.required" {
			t.Errorf("without a reason: %v", err)
		}
		for _, x := range []string{"nobody", w.Actor("reviewer").AccountID, w.Actor("zj-handler").AccountID} {
			if err := to(one, x, "回避"); codeOf(err) != "hand_over.officer" {
				t.Errorf("%s: %v", x, err)
			}
		}
		if err := to(w.Actor("zj-handler"), two.AccountID, "回避"); codeOf(err) != "case.missing" {
			t.Errorf("another body hands over: %v", err)
		}
		if err := to(one, two.AccountID, "与申请人有利害关系，申请回避"); err != nil {
			t.Fatal(err)
		}
		page, _ := w.Casework.WorkList(ctx, two, casework.Filter{})
		if len(page.Tasks) != 1 || page.Tasks[0].Officer != two.AccountID {
			t.Errorf("%+v", page.Tasks)
		}
		in := casework.Advance{Act: flow.Examine, Outcome: flow.Support, Opinion: "同意"}
		in.Seen = casetest.Seen(w.Case(c.ID))
		if err := w.Casework.Advance(ctx, one, in); codeOf(err) != "case.handed_over" {
			t.Errorf("who handed it over does it: %v", err)
		}
		if err := to(one, one.AccountID, "拿回来"); codeOf(err) != "case.handed_over" {
			t.Errorf("who handed it over takes it back: %v", err)
		}
		day := calendar.DayOf(w.Clock.Now()).String()
		if err := w.Staff.Substitute(ctx, two, staff.Substitute{SubstituteID: one.AccountID, From: day, To: day, Reason: "出差"}); err != nil {
			t.Fatal(err)
		}
		in.Seen = casetest.Seen(w.Case(c.ID))
		if err := w.Casework.Advance(ctx, w.Actor("handler"), in); err != nil {
			t.Fatalf("the substitute may not: %v", err)
		}
		if done, _ := w.Case(c.ID).Flow.Last("examine"); done.Actor != one.AccountID || done.For != two.AccountID {
			t.Errorf("%+v", done)
		}
	})
}

// A/B 岗 makes nobody two people: who examined does not review as a substitute,
// and whose substitute examined does not review either.
func TestSeparationBindsSubstitutes(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		day := calendar.DayOf(w.Clock.Now())
		if err := w.Staff.Substitute(ctx, w.Actor("reviewer"), staff.Substitute{SubstituteID: w.Actor("handler").AccountID,
			From: day.String(), To: day.AddDays(30).String(), Reason: "休假"}); err != nil {
			t.Fatal(err)
		}
		c := w.Walk(w.Submit(w.Food()), flow.Review)
		in := casework.Advance{Seen: casetest.Seen(c), Act: flow.Review, Outcome: flow.Support, Opinion: "同意"}
		if err := w.Casework.Advance(ctx, w.Actor("handler"), in); codeOf(err) != "flow.same_person" {
			t.Errorf("the examiner reviews as a substitute: %v", err)
		}
		// The other handler's case: here the substitute may.
		c = w.Walk(w.Submit(w.Food()), flow.Examine)
		if err := w.Casework.Advance(ctx, w.Actor("handler2"), casework.Advance{Seen: casetest.Seen(c), Act: flow.Examine, Outcome: flow.Support, Opinion: "同意"}); err != nil {
			t.Fatal(err)
		}
		in.Seen = casetest.Seen(w.Case(c.ID))
		if err := w.Casework.Advance(ctx, w.Actor("handler"), in); err != nil {
			t.Fatal(err)
		}
		d, err := w.Casework.Dossier(ctx, w.Actor("reviewer"), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if last := d.History[len(d.History)-1]; last.ActorName != "李强" || !strings.Contains(last.Data, "张伟") {
			t.Errorf("history does not say for whom: %+v", last)
		}
	})
}

// A condition is judged on the answers: a small place needs no fire brigade.
func TestConditionsDecideTheWay(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		impl := w.Matter("娱乐场所").Clone()
		impl.ID = w.Matter("娱乐场所").ID
		impl.Example["premises.use_area"], impl.Example["entertainment.capacity"] = "120", "40"
		c := w.Walk(w.Submit(impl), flow.Examine)
		if err := w.Step(c, stepOf(w, c, "examine")); err != nil {
			t.Fatal(err)
		}
		if c = w.Case(c.ID); c.Steps() != "culture_examine,police_opine" {
			t.Errorf("at %s", c.Steps())
		}
		c = w.Walk(c, flow.Review)
		if _, met := c.Flow.Last("meet"); met || c.Steps() != "review" {
			t.Errorf("at %s, met %v", c.Steps(), met)
		}
	})
}
