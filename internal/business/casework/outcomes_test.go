package casework_test

import (
	"errors"
	"testing"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/fault"
)

// A Saturday night, of the week whose Sunday is a working day.
var saturdayNight = time.Date(2026, 9, 19, 22, 30, 0, 0, clock.Beijing)

// The five outcomes of 行政许可法第三十二条第一款, each with its document.
func TestTheFiveOutcomes(t *testing.T) {
	items := func(c *casework.Case, w *casetest.World) []casework.Item {
		m := w.Food().Materials[0]
		return []casework.Item{{Material: m.No, Name: m.Name, Problem: "缺少法定代表人签字", Standard: "由法定代表人签字并加盖公章"}}
	}
	outcomes := map[string]struct {
		act    func(*casetest.World, *casework.Case) error
		status casework.Status
		kind   string
	}{
		"不受理": {func(w *casetest.World, c *casework.Case) error {
			return w.Casework.NotRequired(ctx, w.Actor("clerk"), casework.NotRequired{Seen: casetest.Seen(c), Reasons: "销售食用农产品不需要取得许可", Basis: "《中华人民共和国食品安全法》第三十五条第一款"})
		}, casework.StatusNotRequired, "BYSL-N"},
		"不予受理": {func(w *casetest.World, c *casework.Case) error {
			return w.Casework.NotCompetent(ctx, w.Actor("clerk"), casework.NotCompetent{Seen: casetest.Seen(c), Reasons: "经营场所不在本市", Basis: "《食品经营许可和备案管理办法》第六条", Competent: "望都县行政审批局"})
		}, casework.StatusNotCompetent, "BYSL"},
		"一次性告知补正": {func(w *casetest.World, c *casework.Case) error {
			return w.Casework.NotifySupplement(ctx, w.Actor("clerk"), casework.NotifySupplement{Seen: casetest.Seen(c), Items: items(c, w)})
		}, casework.StatusSupplement, "BZ"},
		"受理": {func(w *casetest.World, c *casework.Case) error {
			return w.Casework.Accept(ctx, w.Actor("clerk"), casework.Accept{Seen: casetest.Seen(c)})
		}, casework.StatusHandling, "SL"},
	}
	for name, o := range outcomes {
		t.Run(name, func(t *testing.T) {
			casetest.Each(t, func(t *testing.T, w *casetest.World) {
				c := w.Submit(w.Food())
				if err := o.act(w, c); err != nil {
					t.Fatal(err)
				}
				if got := w.Case(c.ID); got.Status != o.status || !got.ReceivedAt.Equal(c.ReceivedAt) {
					t.Fatalf("status %s, received %v", got.Status, got.ReceivedAt)
				}
				if n := count(t, w, `select count(*) from document where case_id = $1 and kind = $2`, c.ID, o.kind); n != 1 {
					t.Fatalf("%d documents of kind %s", n, o.kind)
				}
				// The page of a clerk who is too late refuses the act.
				if err := o.act(w, c); !errors.Is(err, fault.Conflict("case.stale")) {
					t.Fatalf("a stale tab: %v", err)
				}
			})
		})
	}
}

func TestCorrectedOnTheSpot(t *testing.T) {
	w := casetest.SQLite(t)
	c := w.Submit(w.Food())
	d, err := w.Casework.Dossier(ctx, w.Actor("clerk"), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	err = w.Casework.Correct(ctx, w.Actor("clerk"), casework.Correct{Seen: casetest.Seen(c), Values: d.Values})
	refused(t, err, "correct.nothing", "第三十二条第一款第（三）项")
	d.Values["premises.name"] = "定州市中山路一号店"
	if err := w.Casework.Correct(ctx, w.Actor("clerk"), casework.Correct{Seen: casetest.Seen(c), Values: d.Values}); err != nil {
		t.Fatal(err)
	}
	if c = w.Case(c.ID); c.Status != casework.StatusReceived {
		t.Fatalf("status %s", c.Status)
	}
	if err := w.Casework.Accept(ctx, w.Actor("clerk"), casework.Accept{Seen: casetest.Seen(c)}); err != nil {
		t.Fatal(err)
	}
}

func notify(w *casetest.World, c *casework.Case, materials ...string) error {
	in := casework.NotifySupplement{Seen: casetest.Seen(c)}
	for _, no := range materials {
		in.Items = append(in.Items, casework.Item{Material: no, Name: "材料" + no, Problem: "不清晰", Standard: "重新提供清晰的电子件"})
	}
	return w.Casework.NotifySupplement(ctx, w.Actor("clerk"), in)
}

// 行政许可法第三十二条第一款第（四）项: once, everything, and only what was named.
func TestSupplementOnlyOnceAndOnlyWhatWasNamed(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		who, c := w.Actor("lina"), w.Submit(w.Food())
		named, other := "", ""
		for _, m := range w.Food().Materials {
			if !m.Shared && casework.Takes(m, "pdf") {
				named, other = m.No, named
			}
		}
		if err := notify(w, c, named); err != nil {
			t.Fatal(err)
		}
		c = w.Case(c.ID)
		_, err := w.Casework.Attach(ctx, who, attach(c.ID, other))
		refused(t, err, "supplement.not_named", "第（四）项")
		err = w.Casework.Supplement(ctx, who, casework.SupplementCase{Seen: casetest.Seen(c)})
		if !field(err, "material."+named) {
			t.Fatalf("an empty supplement: %v", err)
		}
		w.Clock.Advance(24 * time.Hour)
		w.Attach(who, c.ID, named)
		if err := w.Casework.Supplement(ctx, who, casework.SupplementCase{Seen: casetest.Seen(c)}); err != nil {
			t.Fatal(err)
		}
		c = w.Case(c.ID)
		refused(t, notify(w, c, named), "supplement.once", "第（四）项")
		complete := c.CompleteAt
		w.Clock.Advance(72 * time.Hour)
		if err := w.Casework.Accept(ctx, w.Actor("clerk"), casework.Accept{Seen: casetest.Seen(c)}); err != nil {
			t.Fatal(err)
		}
		// Accepted when the last paper came, not when a clerk found the time.
		if c = w.Case(c.ID); !c.AcceptedAt.Equal(complete) || c.Deemed {
			t.Fatalf("accepted %v, complete %v", c.AcceptedAt, complete)
		}
	})
}

// 第（四）项后段: silence past the fifth working day is acceptance from receipt.
func TestSilenceIsAcceptanceFromReceipt(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Submit(w.Food()) // Monday 2026-09-14; Sunday the 20th is a make-up working day
		w.Clock.Set(time.Date(2026, 9, 20, 23, 59, 0, 0, clock.Beijing))
		if n, err := w.Casework.Deem(ctx); n != 0 || err != nil {
			t.Fatalf("on the fifth working day: %d %v", n, err)
		}
		w.Clock.Set(time.Date(2026, 9, 21, 0, 1, 0, 0, clock.Beijing))
		refused(t, notify(w, c, w.Food().Materials[0].No), "supplement.late", "第（四）项")
		if n, err := w.Casework.Deem(ctx); n != 1 || err != nil {
			t.Fatalf("after it: %d %v", n, err)
		}
		c = w.Case(c.ID)
		if !c.Deemed || !c.AcceptedAt.Equal(c.ReceivedAt) || c.Status != casework.StatusHandling {
			t.Fatalf("deemed %v accepted %v status %s", c.Deemed, c.AcceptedAt, c.Status)
		}
		accept, _ := w.Food().Flow.Step(c.Flow.Done[0].Step)
		if took, ok := c.Took(accept); accept.Act != flow.Accept || !ok || !took.Equal(c.ReceivedAt) {
			t.Errorf("the way shows the acceptance on %v (%v)", took, ok)
		}
		if got := c.StatutoryDue.String(); got != "2026-10-16" {
			t.Errorf("20 working days from receipt end on %s", got)
		}
		if n, _ := w.Casework.Deem(ctx); n != 0 {
			t.Error("deemed twice")
		}
	})
}

func TestAcceptRefusesWhatALaterStepWouldMiss(t *testing.T) {
	w := casetest.SQLite(t)
	c := w.Submit(w.Food())
	err := w.Casework.Accept(ctx, w.Actor("clerk"), casework.Accept{Seen: casetest.Seen(c),
		Ticks: []casework.Tick{{Material: w.Food().Materials[0].No, Point: 0, OK: false}}})
	refused(t, err, "accept.incomplete", "第（五）项")
}

func TestWithdrawUntilTheDecision(t *testing.T) {
	w := casetest.SQLite(t)
	c := w.Walk(w.Submit(w.Food()), flow.Review)
	in := casework.Withdraw{Seen: casetest.Seen(c), Reason: "不再开店"}
	if err := w.Casework.Withdraw(ctx, w.Actor("wangxiaoming"), in); !errors.Is(err, fault.Missing("case.missing")) {
		t.Fatalf("a stranger: %v", err)
	}
	if err := w.Casework.Withdraw(ctx, w.Actor("lina"), in); err != nil {
		t.Fatal(err)
	}
	if n := count(t, w, `select count(*) from task where case_id = $1`, c.ID); n != 0 {
		t.Errorf("%d lines are left on the work lists", n)
	}
	decided := w.Walk(w.Submit(w.Food()), flow.Issue)
	err := w.Casework.Withdraw(ctx, w.Actor("lina"), casework.Withdraw{Seen: casetest.Seen(decided), Reason: "晚了"})
	refused(t, err, "withdraw.decided", "")
}
