package casework_test

import (
	"bytes"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/fault"
)

func attach(owner, material string) casework.Attach {
	return casework.Attach{OwnerID: owner, Material: material, Name: "补.pdf", Size: int64(len(casetest.PDF)),
		Content: bytes.NewReader(casetest.PDF)}
}

func TestAWholeCase(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Walk(w.Submit(w.Food()), flow.Deliver)
		step, _ := w.Food().Flow.StepOf(flow.Deliver)
		err := w.Casework.Deliver(ctx, w.Actor("deliverer"), casework.Deliver{Seen: casetest.Seen(c), Way: casework.ByWindow, Code: "000000", SignedBy: "李娜"})
		if !field(err, "code") {
			t.Fatalf("a wrong pick-up code: %v", err)
		}
		if err := w.Step(c, step); err != nil {
			t.Fatal(err)
		}
		c = w.Case(c.ID)
		if c.Status != casework.StatusConcluded || !c.Granted || c.ConcludedAt.IsZero() || !c.Flow.Ended() {
			t.Fatalf("%+v", c)
		}
		for _, kind := range []string{"SJ", "SL", "ZYXK", "SDHZ"} {
			if n := count(t, w, `select count(*) from document where case_id = $1 and kind = $2`, c.ID, kind); n != 1 {
				t.Errorf("%d documents of kind %s", n, kind)
			}
		}
		if n := count(t, w, `select count(*) from task`); n != 0 {
			t.Errorf("%d open lines", n)
		}
		if n := count(t, w, `select count(*) from audit where subject_id = $1`, c.ID); n < 6 {
			t.Errorf("%d audit records", n)
		}
	})
}

// A refusal lacking reasons or basis is not issued (行政许可法第三十八条第二款).
func TestRefusalNeedsReasonsAndBasis(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Walk(w.Submit(w.Food()), flow.Decide)
		in := casework.Decide{Seen: casetest.Seen(c), Opinion: "不同意", Reasons: "经营场所与污染源距离不足"}
		err := w.Casework.Decide(ctx, w.Actor("decider"), in)
		refused(t, err, "form.invalid", "第三十八条第二款")
		if !field(err, "basis") {
			t.Fatalf("nothing is said at basis: %v", err)
		}
		in.Basis = "《中华人民共和国食品安全法》第三十三条第一款第（一）项"
		if err := w.Casework.Decide(ctx, w.Actor("decider"), in); err != nil {
			t.Fatal(err)
		}
		if c = w.Case(c.ID); c.Status != casework.StatusRefused || c.Granted {
			t.Fatalf("%s", c.Status)
		}
		if n := count(t, w, `select count(*) from document where case_id = $1 and kind = 'BYXK'`, c.ID); n != 1 {
			t.Errorf("%d refusals", n)
		}
	})
}

func TestNobodyReviewsWhatTheyExamined(t *testing.T) {
	w := casetest.SQLite(t)
	c := w.Walk(w.Submit(w.Food()), flow.Examine)
	both := w.Actor("handler")
	both.Grants = append(both.Grants[:len(both.Grants):len(both.Grants)], w.Actor("reviewer").Grants...)
	both.Roles = append(both.Roles[:len(both.Roles):len(both.Roles)], w.Actor("reviewer").Roles...)
	if err := w.Casework.Advance(ctx, both, casework.Advance{Seen: casetest.Seen(c), Act: flow.Examine, Outcome: flow.Support, Opinion: "可以"}); err != nil {
		t.Fatal(err)
	}
	c = w.Case(c.ID)
	err := w.Casework.Advance(ctx, both, casework.Advance{Seen: casetest.Seen(c), Act: flow.Review, Outcome: flow.Support, Opinion: "可以"})
	refused(t, err, "flow.same_person", "")
}

func TestReturnNeedsAReasonAndMovesNoDeadline(t *testing.T) {
	w := casetest.SQLite(t)
	c := w.Walk(w.Submit(w.Food()), flow.Review)
	in := casework.Return{Seen: casetest.Seen(c), From: "review", To: "examine"}
	refused(t, w.Casework.Return(ctx, w.Actor("reviewer"), in), "flow.return_reason", "")
	in.Reason = "现场照片缺一张"
	if err := w.Casework.Return(ctx, w.Actor("handler"), in); fault.Of(err) == nil || fault.Of(err).Kind != fault.KindDenied {
		t.Fatalf("a handler returns from review: %v", err)
	}
	if err := w.Casework.Return(ctx, w.Actor("reviewer"), in); err != nil {
		t.Fatal(err)
	}
	after := w.Case(c.ID)
	if after.Steps() != "examine" || after.StatutoryDue != c.StatutoryDue || after.PromisedDue != c.PromisedDue {
		t.Fatalf("%s %s %s", after.Steps(), after.StatutoryDue, after.PromisedDue)
	}
}

// 16 deciders at one case: one decision, the others are told.
func TestOneOfManyDecidersWins(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Walk(w.Submit(w.Food()), flow.Decide)
		who := w.Actor("decider")
		var won, told atomic.Int32
		var wg sync.WaitGroup
		for range 16 {
			wg.Go(func() {
				err := w.Casework.Decide(ctx, who, casework.Decide{Seen: casetest.Seen(c), Grant: true, Opinion: "同意"})
				switch {
				case err == nil:
					won.Add(1)
				case fault.Of(err).Kind == fault.KindConflict:
					told.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 || told.Load() != 15 {
			t.Fatalf("won %d, told %d", won.Load(), told.Load())
		}
		if n := count(t, w, `select count(*) from document where kind = 'ZYXK'`); n != 1 {
			t.Fatalf("%d decisions", n)
		}
	})
}

// 64 people do four different things to one case at once: one of them is done,
// whole, and the others are told what happened.
func TestSixtyFourAtOneCase(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Walk(w.Submit(w.Food()), flow.Decide)
		seen, decider, applicant := casetest.Seen(c), w.Actor("decider"), w.Actor("lina")
		events := count(t, w, `select count(*) from case_event where case_id = $1`, c.ID)
		papers := count(t, w, `select count(*) from document where case_id = $1`, c.ID)
		acts := []func() error{
			func() error {
				return w.Casework.Decide(ctx, decider, casework.Decide{Seen: seen, Grant: true, Opinion: "同意"})
			},
			func() error {
				return w.Casework.Decide(ctx, decider, casework.Decide{Seen: seen, Opinion: "不同意", Reasons: "不符合条件", Basis: "食品安全法第三十三条"})
			},
			func() error {
				return w.Casework.Withdraw(ctx, applicant, casework.Withdraw{Seen: seen, Reason: "计划有变"})
			},
			func() error {
				return w.Casework.Return(ctx, decider, casework.Return{Seen: seen, From: "decide", To: "examine", Reason: "请核实"})
			},
		}
		var won atomic.Int32
		var which atomic.Int32
		var wg sync.WaitGroup
		for i := range 64 {
			wg.Go(func() {
				switch err := acts[i%4](); {
				case err == nil:
					won.Add(1)
					which.Store(int32(i % 4))
				case fault.Of(err).Kind != fault.KindConflict:
					t.Errorf("%d: %v", i, err)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 {
			t.Fatalf("%d won", won.Load())
		}
		paper := 1
		if which.Load() == 3 { // sending back leaves no document
			paper = 0
		}
		if n := count(t, w, `select count(*) from case_event where case_id = $1`, c.ID) - events; n != 1 {
			t.Errorf("%d lines in the history", n)
		}
		if n := count(t, w, `select count(*) from document where case_id = $1`, c.ID) - papers; n != paper {
			t.Errorf("%d documents", n)
		}
	})
}

// What an officer of another body or hall may not see does not exist for them.
func TestAnotherDepartmentsCaseDoesNotExist(t *testing.T) {
	w := casetest.SQLite(t)
	c := w.Walk(w.Submit(w.Food()), flow.Examine)
	for _, login := range []string{"zj-handler", "gh-reviewer", "wangxiaoming", "town"} {
		if _, err := w.Casework.Dossier(ctx, w.Actor(login), c.ID); !errors.Is(err, fault.Missing("case.missing")) {
			t.Errorf("%s: %v", login, err)
		}
	}
	err := w.Casework.Advance(ctx, w.Actor("zj-handler"), casework.Advance{Seen: casetest.Seen(c), Act: flow.Examine, Outcome: flow.Support, Opinion: "x"})
	if !errors.Is(err, fault.Missing("case.missing")) {
		t.Errorf("%v", err)
	}
}

func TestProgressNeedsNumberAndCode(t *testing.T) {
	w := casetest.SQLite(t)
	c := w.Submit(w.Food())
	code := w.Casework.CheckCode(c)
	if p, err := w.Casework.Progress(ctx, c.Number[:6]+" "+c.Number[6:], code); err != nil || p.ID != c.ID {
		t.Fatalf("%v", err)
	}
	_, err := w.Casework.Progress(ctx, c.Number, "AAAAAA")
	refused(t, err, "progress.not_found", "")
	_, err = w.Casework.Progress(ctx, "1306820001202609140000019", code)
	if f := fault.Of(err); f == nil || f.Kind != fault.KindInvalid {
		t.Fatalf("a wrong check character: %v", err)
	}
}
