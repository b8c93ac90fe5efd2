package supervision_test

import (
	"context"
	"errors"
	"testing"

	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/supervision"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

var ctx = context.Background()

func service(w *casetest.World) *supervision.Service {
	return supervision.New(w.DB, w.Org, w.Calendar.Table)
}

func count(t *testing.T, w *casetest.World, query string, args ...any) (n int) {
	t.Helper()
	if err := w.DB.Read(ctx, func(tx *db.Tx) error { return tx.Row(query, args...).Scan(&n) }); err != nil {
		t.Fatal(err)
	}
	return n
}

// only is the one record of the world, as the supervisor sees it.
func only(t *testing.T, w *casetest.World, s *supervision.Service) *supervision.Fault {
	t.Helper()
	all, _, err := s.List(ctx, w.Actor("supervisor"), supervision.Filter{})
	if err != nil || len(all) != 1 {
		t.Fatalf("%d records, %v", len(all), err)
	}
	return all[0]
}

// A fault is put on record once however often it is noticed, with its article,
// its colour and its notice; the body replies, the supervisors find and close.
func TestALifeOfARecord(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := service(w)
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		for range 3 {
			if err := s.Raise(ctx, supervision.Raise{Kind: supervision.Overdue, CaseID: c.ID, What: "法定期限已过", Step: "承办"}); err != nil {
				t.Fatal(err)
			}
		}
		f := only(t, w, s)
		if f.Colour != supervision.Red || f.Law != "行政许可法第四十二条、第七十四条" || f.Status != supervision.Open || f.CaseNumber != c.Number {
			t.Fatalf("%+v", f)
		}
		if n := count(t, w, `select count(*) from document where case_id = $1 and kind = 'JCYJ' and internal = 1`, c.ID); n != 1 {
			t.Fatalf("%d notices", n)
		}
		find := supervision.Find{Seen: supervision.Seen{ID: f.ID, Version: 1}, Verdict: supervision.Upheld, Finding: "承办人员未及时办理", Measure: "书面检查，限期办结"}
		if err := s.Find(ctx, w.Actor("supervisor"), find); !errors.Is(err, fault.Refused("fault.unheard", "")) {
			t.Fatalf("unheard: %v", err)
		}
		reply := supervision.Reply{Seen: supervision.Seen{ID: f.ID, Version: 1}, Text: "正在组织办理"}
		if err := s.Reply(ctx, w.Actor("zj-decider"), reply); !errors.Is(err, fault.Missing("fault.missing")) {
			t.Fatalf("another body: %v", err)
		}
		if err := s.Reply(ctx, w.Actor("supervisor"), reply); !errors.Is(err, fault.Denied("permission")) {
			t.Fatalf("the supervisor for the body: %v", err)
		}
		if err := s.Reply(ctx, w.Actor("decider"), reply); err != nil {
			t.Fatal(err)
		}
		if err := s.Find(ctx, w.Actor("supervisor"), find); !errors.Is(err, fault.Conflict("fault.stale")) {
			t.Fatalf("a stale page: %v", err)
		}
		find.Version = 2
		if err := s.Find(ctx, w.Actor("supervisor"), find); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(ctx, w.Actor("supervisor"), supervision.Close{Seen: supervision.Seen{ID: f.ID, Version: 3}, Remedy: "已办结并批评教育"}); err != nil {
			t.Fatal(err)
		}
		if f := only(t, w, s); f.Status != supervision.Closed || f.Reply == "" || f.Remedy == "" || f.RepliedBy != "孙建国" {
			t.Fatalf("%+v", f)
		}
	})
}

// Nobody is found at fault unheard, but silence does not protect either; what is
// not upheld is closed at once.
func TestSilenceOfTheBody(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := service(w)
		c := w.Submit(w.Food())
		if err := s.Raise(ctx, supervision.Raise{Kind: supervision.Warned, CaseID: c.ID, What: "将满"}); err != nil {
			t.Fatal(err)
		}
		f := only(t, w, s)
		if f.DocumentID != "" || f.Colour != supervision.Notice {
			t.Fatalf("a warning: %+v", f)
		}
		w.Clock.Set((f.ReplyBy + 1).Time())
		in := supervision.Find{Seen: supervision.Seen{ID: f.ID, Version: 1}, Verdict: "perhaps", Finding: "未超期"}
		if err := s.Find(ctx, w.Actor("supervisor"), in); fault.Of(err) == nil || fault.Of(err).Fields[0].Name != "verdict" {
			t.Fatal(err)
		}
		in.Verdict = supervision.Dismissed
		if err := s.Find(ctx, w.Actor("supervisor"), in); err != nil {
			t.Fatal(err)
		}
		if f := only(t, w, s); f.Status != supervision.Closed {
			t.Fatal(f.Status)
		}
	})
}

// What no sweep can notice a supervisor puts on record, by one of the articles
// on liability (行政许可法第七十二条、第七十四条、第七十五条).
func TestRecordedByHand(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := service(w)
		c := w.Submit(w.Food())
		in := supervision.Record{CaseNumber: c.Number, Kind: supervision.WrongFee, What: "窗口收取工本费二十元"}
		if _, err := s.Record(ctx, w.Actor("decider"), in); !errors.Is(err, fault.Denied("permission")) {
			t.Fatal(err)
		}
		if _, err := s.Record(ctx, w.Actor("supervisor"), supervision.Record{CaseNumber: c.Number, Kind: supervision.Overdue}); len(fault.Of(err).Fields) != 2 {
			t.Fatal(err)
		}
		if _, err := s.Record(ctx, w.Actor("supervisor"), in); err != nil {
			t.Fatal(err)
		}
		if f := only(t, w, s); f.Law != "行政许可法第七十五条" || f.Colour != supervision.Red {
			t.Fatalf("%+v", f)
		}
	})
}

// Everybody sees the records of their own cases, page by page.
func TestListStaysInScope(t *testing.T) {
	w := casetest.SQLite(t)
	s := service(w)
	for range 5 {
		c := w.Submit(w.Food())
		if err := s.Raise(ctx, supervision.Raise{Kind: supervision.Deemed, CaseID: c.ID, What: "视为受理"}); err != nil {
			t.Fatal(err)
		}
		w.Clock.Advance(1e9)
	}
	seen := map[string]bool{}
	for at, pages := (supervision.Cursor{}), 0; pages < 5; pages++ {
		all, next, err := s.List(ctx, w.Actor("decider"), supervision.Filter{Limit: 2, After: at, Colour: supervision.Red})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range all {
			seen[f.ID] = true
		}
		if next.ID == "" {
			break
		}
		at = supervision.ParseCursor(next.String())
	}
	if len(seen) != 5 {
		t.Fatalf("%d of 5", len(seen))
	}
	if all, _, err := s.List(ctx, w.Actor("zj-decider"), supervision.Filter{}); err != nil || len(all) != 0 {
		t.Fatalf("another body sees %d, %v", len(all), err)
	}
}

// Every kind has its article and its colour.
func TestEveryKindHasItsLaw(t *testing.T) {
	for _, k := range supervision.Kinds(false) {
		if k.Law() == "" || k.Colour() == "" {
			t.Errorf("%s", k)
		}
	}
	if len(supervision.Kinds(true)) != 12 {
		t.Errorf("%d kinds by hand", len(supervision.Kinds(true)))
	}
}
