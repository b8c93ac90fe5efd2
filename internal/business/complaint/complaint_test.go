package complaint

import (
	"context"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/fault"
)

func wants(t *testing.T, err error, code string) {
	t.Helper()
	if code == "" && err != nil || code != "" && (err == nil || fault.Of(err).Code != code) {
		t.Errorf("got %v, want %q", err, code)
	}
}

func service(w *casetest.World) *Service {
	return New(w.DB, Options{Casework: w.Casework, Keys: w.Keys})
}

// A complaint has its own clock: five working days to be taken up, fifteen to be
// answered; who is late loses it to the supervisor, and so does an answer that
// does not satisfy.
func TestAComplaintAndItsClock(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, s := context.Background(), service(w)
		c := w.Submit(w.Food())
		lina, hall, supervisor := w.Actor("lina"), w.Actor("hall"), w.Actor("supervisor")
		_, err := s.File(ctx, lina, File{CaseID: c.ID, Kind: "anger", Text: "x"})
		wants(t, err, "form.invalid")
		_, err = s.File(ctx, w.Actor("wangxiaoming"), File{CaseID: c.ID, Kind: Late, Text: "不是我的"})
		wants(t, err, "case.missing")
		id, err := s.File(ctx, lina, File{CaseID: c.ID, Kind: Late, Text: "一直没有消息"})
		wants(t, err, "")
		_, err = s.File(ctx, lina, File{CaseID: c.ID, Kind: Late, Text: "再来一次"})
		wants(t, err, "complaint.open")
		x, err := s.Get(ctx, hall, id)
		wants(t, err, "")
		if x.AcceptDue != calendar.MustDay("2026-09-20") || x.Text != "一直没有消息" {
			t.Errorf("%+v", x)
		}
		if n, err := s.Escalate(ctx); n != 0 || err != nil {
			t.Errorf("%d %v", n, err)
		}
		wants(t, s.Accept(ctx, w.Actor("clerk"), Seen{ID: id}), "permission")
		wants(t, s.Accept(ctx, hall, Seen{ID: id, Version: 9}), "complaint.stale")
		wants(t, s.Reply(ctx, hall, Reply{Seen: Seen{ID: id}, Text: "x"}), "complaint.not_open")
		wants(t, s.Accept(ctx, hall, Seen{ID: id}), "")
		w.Clock.Advance(40 * 24 * time.Hour)
		if n, err := s.Escalate(ctx); n != 1 || err != nil {
			t.Fatalf("%d %v", n, err)
		}
		wants(t, s.Reply(ctx, hall, Reply{Seen: Seen{ID: id}, Text: "处理了"}), "complaint.escalated")
		wants(t, s.Reply(ctx, supervisor, Reply{Seen: Seen{ID: id}, Text: "经查属实，已督促办理。", Upheld: true}), "")
		x, err = s.Get(ctx, lina, id)
		if err != nil || x.Status != Answered || !x.Upheld || x.EscalatedWhy != "late_answer" {
			t.Errorf("%+v %v", x, err)
		}
		wants(t, s.Again(ctx, lina, Seen{ID: id}), "complaint.not_answered") // it was with the supervisor already
	})
}

func TestUnsatisfied(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, s := context.Background(), service(w)
		c := w.Submit(w.Food())
		lina, hall := w.Actor("lina"), w.Actor("hall")
		id, err := s.File(ctx, lina, File{CaseID: c.ID, Kind: Attitude, Text: "态度不好"})
		wants(t, err, "")
		wants(t, s.Accept(ctx, hall, Seen{ID: id}), "")
		wants(t, s.Reply(ctx, hall, Reply{Seen: Seen{ID: id}, Text: "不属实"}), "")
		wants(t, s.Again(ctx, w.Actor("wangxiaoming"), Seen{ID: id}), "complaint.missing")
		wants(t, s.Again(ctx, lina, Seen{ID: id}), "")
		wants(t, s.Reply(ctx, hall, Reply{Seen: Seen{ID: id}, Text: "不属实"}), "complaint.escalated")
		all, err := s.List(ctx, w.Actor("supervisor"), true, "", 10)
		if err != nil || len(all) != 1 || all[0].EscalatedWhy != "unsatisfied" {
			t.Errorf("%v %v", all, err)
		}
	})
}

// A review that annuls leads to a case in which the decision is made anew
// (行政复议法第六十四条、行政诉讼法第七十条).
func TestAnAnnulledDecisionIsMadeAnew(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, s, decider := context.Background(), service(w), w.Actor("decider")
		c := w.Walk(w.Submit(w.Food()), flow.Decide)
		in := Record{CaseID: c.ID, Kind: "review", Organ: "定州市人民政府", Reference: "定政复〔2026〕1号", FiledOn: "2026-09-14"}
		_, err := s.Record(ctx, decider, in)
		wants(t, err, "appeal.undecided")
		wants(t, w.Casework.Decide(ctx, decider, casework.Decide{Seen: casetest.Seen(c), Opinion: "不同意", Reasons: "面积不足", Basis: "《中华人民共和国食品安全法》第三十三条"}), "")
		_, err = s.Record(ctx, w.Actor("zj-decider"), in)
		wants(t, err, "case.missing")
		id, err := s.Record(ctx, decider, in)
		wants(t, err, "")
		_, err = s.Record(ctx, decider, in)
		wants(t, err, "appeal.pending")
		_, err = s.Conclude(ctx, decider, Conclude{Seen: Seen{ID: id}, Result: "upheld", On: "2026-09-14", Redo: true})
		wants(t, err, "appeal.no_redo")
		_, err = s.Conclude(ctx, decider, Conclude{Seen: Seen{ID: id}, Result: "annulled", On: "2026-09-13", Redo: true})
		wants(t, err, "form.invalid")
		redo, err := s.Conclude(ctx, decider, Conclude{Seen: Seen{ID: id}, Result: "annulled", On: "2026-09-14", Note: "责令重新作出", Redo: true})
		wants(t, err, "")
		if again := w.Case(redo); again.PriorID != c.ID || again.Status != casework.StatusHandling {
			t.Errorf("%+v", again)
		}
		_, err = s.Conclude(ctx, decider, Conclude{Seen: Seen{ID: id}, Result: "upheld", On: "2026-09-14"})
		wants(t, err, "appeal.ended")
		all, err := s.Appeals(ctx, decider, w.Case(c.ID))
		if err != nil || len(all) != 1 || all[0].RedoID != redo || all[0].Result != "annulled" {
			t.Errorf("%+v %v", all, err)
		}
	})
}
