package casework_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

func challenged(w *casetest.World, c *casework.Case, login string) casework.AskChallenge {
	return casework.AskChallenge{Seen: casework.Seen{CaseID: c.ID}, AccountID: w.Actor(login).AccountID, Ground: casework.GroundKin, Reason: "与竞争对手是亲属。"}
}

// 公务员法第七十七条: who applies may have an officer keep out; the handling goes on,
// the clock runs, the decision waits for the answer; who is recused is replaced.
func TestAnOfficerIsChallenged(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, lina := context.Background(), w.Actor("lina")
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		due := c.StatutoryDue
		officers, err := w.Casework.Challengeable(ctx, c)
		names := ""
		for _, o := range officers {
			names += o.Name + " "
		}
		if err != nil || names != "李强 赵鹏 张伟 孙建国 " {
			t.Fatalf("%s %v", names, err)
		}
		in := challenged(w, c, "handler")
		in.Reason = " "
		refusedBy(t, w.Casework.Challenge(ctx, lina, in), "form.invalid", "公务员法第七十七条")
		in = challenged(w, c, "zj-handler")
		if err := w.Casework.Challenge(ctx, lina, in); fault.Of(err) == nil || fault.Of(err).Fields[0].Name != "officer" {
			t.Errorf("who has no part in the case: %v", err)
		}
		in = challenged(w, c, "handler")
		if err := w.Casework.Challenge(ctx, w.Actor("handler2"), in); fault.Of(err) == nil || fault.Of(err).Kind != fault.KindDenied {
			t.Errorf("an officer challenges: %v", err)
		}
		if err := w.Casework.Challenge(ctx, lina, in); err != nil {
			t.Fatal(err)
		}
		if err := w.Casework.Challenge(ctx, lina, in); fault.Of(err) == nil || fault.Of(err).Code != "challenge.twice" {
			t.Errorf("twice: %v", err)
		}
		// The handling does not stop, nor the clock; the decision waits.
		c = w.Walk(w.Case(c.ID), flow.Decide)
		if c.StatutoryDue != due || c.Course.Paused() {
			t.Errorf("due %s, was %s", c.StatutoryDue, due)
		}
		decide := func() error {
			return w.Casework.Decide(ctx, w.Actor("decider"), casework.Decide{Seen: casetest.Seen(w.Case(c.ID)), Grant: true, Opinion: "同意。"})
		}
		refusedBy(t, decide(), "challenge.undecided", "公务员法第七十七条")
		all, err := w.Casework.Challenges(ctx, w.Actor("decider"), c.ID)
		if err != nil || len(all) != 1 || all[0].AnswerBy != calendar.Builtin().AddWorking(calendar.DayOf(all[0].AskedAt), 3) {
			t.Fatalf("%+v %v", all, err)
		}
		answer := casework.DecideChallenge{Seen: casework.Seen{CaseID: c.ID}, ChallengeID: all[0].ID, Grant: true, Answer: "情况属实。"}
		if err := w.Casework.DecideChallenge(ctx, w.Actor("reviewer"), answer); fault.Of(err) == nil || fault.Of(err).Kind != fault.KindDenied {
			t.Errorf("who is not responsible for the body: %v", err)
		}
		if n := w.Count(w.Casework.AskChallenges, w.Actor("decider")); n != 1 {
			t.Errorf("%d wait", n)
		}
		if err := w.Casework.DecideChallenge(ctx, w.Actor("decider"), answer); err != nil {
			t.Fatal(err)
		}
		if err := w.Casework.DecideChallenge(ctx, w.Actor("decider"), answer); fault.Of(err) == nil || fault.Of(err).Code != "challenge.answered" {
			t.Errorf("answered twice: %v", err)
		}
		if c := w.Case(c.ID); !c.Course.Out(w.Actor("handler").AccountID) || len(c.Course.Holds) != 0 {
			t.Errorf("%+v", c.Course)
		}
		mine, err := w.Casework.Challenges(ctx, lina, c.ID)
		if err != nil || len(mine) != 1 || mine[0].Answer != "情况属实。" || mine[0].Status != casework.ChallengeGranted {
			t.Errorf("%+v %v", mine, err)
		}
		if err := decide(); err != nil {
			t.Error(err)
		}
		refusedBy(t, w.Casework.Challenge(ctx, lina, challenged(w, c, "reviewer")), "challenge.decided", "公务员法第七十七条")
	})
}

// Nobody decides whether they themselves keep out, nor does who stands in for them.
func TestNobodyDecidesTheirOwnChallenge(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		if err := w.Casework.Challenge(ctx, w.Actor("lina"), challenged(w, c, "decider")); err != nil {
			t.Fatal(err)
		}
		all, err := w.Casework.Challenges(ctx, w.Actor("handler"), c.ID)
		if err != nil || len(all) != 1 {
			t.Fatalf("%+v %v", all, err)
		}
		answer := casework.DecideChallenge{Seen: casework.Seen{CaseID: c.ID}, ChallengeID: all[0].ID, Answer: "不属实。"}
		refusedBy(t, w.Casework.DecideChallenge(ctx, w.Actor("decider"), answer), "challenge.own", "公务员法第七十六条")
		if n := w.Count(w.Casework.AskChallenges, w.Actor("decider")); n != 0 {
			t.Errorf("%d wait for who is challenged", n)
		}
	})
}

// Why somebody challenges an officer is not in the store in the clear.
func TestAChallengeIsSealed(t *testing.T) {
	w := casetest.SQLite(t)
	ctx := context.Background()
	c := w.Walk(w.Submit(w.Food()), flow.Examine)
	in := challenged(w, c, "handler")
	in.Reason = "与竞争对手是连襟"
	if err := w.Casework.Challenge(ctx, w.Actor("lina"), in); err != nil {
		t.Fatal(err)
	}
	w.Read(func(tx *db.Tx) error {
		for _, q := range []string{`select data_sealed from challenge`, `select data || note from case_event`, `select after from audit`, `select payload from outbox`} {
			all, err := db.List(tx, func(r db.Scanner) (s string, err error) { return s, r.Scan(&s) }, q)
			if err != nil || len(all) == 0 || strings.Contains(strings.Join(all, ""), "连襟") {
				t.Errorf("%s: %v", q, err)
			}
		}
		return nil
	})
	// The list stands by its days and pages by key; who withdraws leaves nothing open.
	list, next, err := w.Casework.ChallengeList(ctx, w.Actor("supervisor"), "supervision.read", casework.ChallengeFilter{Limit: 1})
	if err != nil || len(list) != 1 || next != "" || list[0].Late(list[0].AnswerBy) || !list[0].Late(list[0].AnswerBy.AddDays(1)) {
		t.Fatalf("%+v %s %v", list, next, err)
	}
	w.Clock.Advance(time.Hour)
	if err := w.Casework.Withdraw(ctx, w.Actor("lina"), casework.Withdraw{Seen: casetest.Seen(w.Case(c.ID)), Reason: "不办了"}); err != nil {
		t.Fatal(err)
	}
	if list, _, err := w.Casework.ChallengeList(ctx, w.Actor("supervisor"), "supervision.read", casework.ChallengeFilter{Open: true}); err != nil || len(list) != 0 {
		t.Errorf("%+v %v", list, err)
	}
}
