package casework_test

import (
	"context"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

func refusedBy(t *testing.T, err error, code, law string) {
	t.Helper()
	f := fault.Of(err)
	if f == nil || f.Code != code || f.Law != law {
		t.Errorf("got %+v, want %s by %s", f, code, law)
	}
}

// 公务员法第七十六条、第七十七条: who has an interest tells it and does not act any
// more; the work passes to whoever else holds the role.
func TestWhoIsRecusedDoesNotAct(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		first, second := w.Actor("handler"), w.Actor("handler2")
		refusedBy(t, w.Casework.Recuse(ctx, first, casework.Recuse{Seen: casetest.Seen(c), Ground: "bored", Reason: "x"}), "form.invalid", "公务员法第七十六条")
		refusedBy(t, w.Casework.Recuse(ctx, first, casework.Recuse{Seen: casetest.Seen(c), Ground: casework.GroundKin}), "form.invalid", "公务员法第七十六条")
		if err := w.Casework.Recuse(ctx, first, casework.Recuse{Seen: casetest.Seen(c), Ground: casework.GroundKin, Reason: "申请人是其配偶。"}); err != nil {
			t.Fatal(err)
		}
		advance := casework.Advance{Act: flow.Examine, Outcome: flow.Support, Opinion: "符合条件。"}
		advance.Seen = casetest.Seen(w.Case(c.ID))
		refusedBy(t, w.Casework.Advance(ctx, first, advance), "recusal.recused", "公务员法第七十七条")
		for who, want := range map[string]int{"handler": 0, "handler2": 1} {
			page, err := w.Casework.WorkList(ctx, w.Actor(who), casework.Filter{})
			if err != nil || len(page.Tasks) != want {
				t.Errorf("%s has %d lines, %v", who, len(page.Tasks), err)
			}
		}
		if err := w.Casework.Advance(ctx, second, advance); err != nil {
			t.Errorf("the other of the role: %v", err)
		}
		// What was refused is kept with the case, without who tried.
		list, err := w.Casework.Refusals(ctx, second, c.ID)
		if err != nil || len(list) != 2 || len(list[len(list)-1].Laws()) == 0 {
			t.Fatalf("%+v %v", list, err)
		}
	})
}

func TestSomebodyElseIsRecusedByWhoDecides(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		c := w.Walk(w.Submit(w.Food()), flow.Review)
		in := casework.Recuse{Seen: casetest.Seen(c), Login: "reviewer", Ground: casework.GroundOther, Reason: "群众反映与申请人关系密切。"}
		if err := w.Casework.Recuse(ctx, w.Actor("handler"), in); fault.Of(err) == nil || fault.Of(err).Kind != fault.KindDenied {
			t.Errorf("a colleague recuses a colleague: %v", err)
		}
		in.Login = "nobody"
		if err := w.Casework.Recuse(ctx, w.Actor("decider"), in); fault.Of(err) == nil || fault.Of(err).Fields[0].Name != "login" {
			t.Errorf("nobody: %v", err)
		}
		in.Login = "reviewer"
		if err := w.Casework.Recuse(ctx, w.Actor("decider"), in); err != nil {
			t.Fatal(err)
		}
		in.Seen = casetest.Seen(w.Case(c.ID))
		if err := w.Casework.Recuse(ctx, w.Actor("decider"), in); fault.Of(err) == nil || fault.Of(err).Code != "recusal.twice" {
			t.Errorf("twice: %v", err)
		}
		refusedBy(t, w.Casework.Advance(ctx, w.Actor("reviewer"), casework.Advance{Seen: casetest.Seen(w.Case(c.ID)), Act: flow.Review, Outcome: flow.Support, Opinion: "同意。"}),
			"recusal.recused", "公务员法第七十七条")
		if err := w.Casework.Recuse(ctx, w.Actor("lina"), casework.Recuse{Seen: in.Seen, Ground: casework.GroundOwn, Reason: "x"}); fault.Of(err).Kind != fault.KindDenied {
			t.Errorf("an applicant recuses: %v", err)
		}
	})
}

// The same refusal on one day is one line with a count, and strangers to the
// case do not read it.
func TestRefusalsAreKeptOncePerDay(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		c := w.Walk(w.Submit(w.Food()), flow.Decide)
		for range 3 {
			refusedBy(t, w.Casework.Decide(ctx, w.Actor("decider"), casework.Decide{Seen: casetest.Seen(c), Opinion: "不同意。"}), "form.invalid", "行政许可法第三十八条第二款")
		}
		list, err := w.Casework.Refusals(ctx, w.Actor("lina"), c.ID)
		if err != nil || len(list) != 1 || list[0].Times != 3 || list[0].Fault().Code != "form.invalid" || list[0].OrgID != "dz-spj" {
			t.Fatalf("%+v %v", list, err)
		}
		if laws := list[0].Laws(); len(laws) != 1 || laws[0].Version != "2019-04-23" {
			t.Errorf("%+v", laws)
		}
		if _, err := w.Casework.Refusals(ctx, w.Actor("zj-handler"), c.ID); fault.Of(err) == nil || fault.Of(err).Code != "case.missing" {
			t.Errorf("another department reads it: %v", err)
		}
		d, err := w.Casework.Dossier(ctx, w.Actor("lina"), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range d.History {
			if len(h.Laws()) == 0 {
				t.Errorf("%s rests on nothing", h.Kind)
			}
		}
	})
}

// Who keeps out may leave a role empty: that is told at once, and only then.
func TestRecusalThatLeavesNobodyIsTold(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		told := func(want int) {
			t.Helper()
			n := 0
			w.Read(func(tx *db.Tx) error {
				return tx.Row(`select count(*) from outbox where topic = $1 and subject_id = $2`, casework.UnmannedTopic, c.ID).Scan(&n)
			})
			if n != want {
				t.Errorf("told %d times, want %d", n, want)
			}
		}
		for i, login := range []string{"handler", "handler2"} {
			in := casework.Recuse{Seen: casework.Seen{CaseID: c.ID}, Ground: casework.GroundKin, Reason: "亲属"}
			if err := w.Casework.Recuse(ctx, w.Actor(login), in); err != nil {
				t.Fatal(err)
			}
			told(i) // the second leaves nobody
		}
	})
}
