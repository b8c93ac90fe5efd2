package casework_test

import (
	"context"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
)

// answers are the documents that answer challenges in a case, as somebody reads
// them, oldest first.
func answers(t *testing.T, w *casetest.World, login, caseID string) (out []document.Document) {
	t.Helper()
	all, err := document.New(w.DB, document.Options{}).ByCase(context.Background(), w.Actor(login), caseID)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.Kind == document.HBJD {
			out = append(out, d)
		}
	}
	return out
}

// open is the challenge that waits.
func openChallenge(t *testing.T, w *casetest.World, caseID string) casework.Challenge {
	t.Helper()
	all, err := w.Casework.Challenges(context.Background(), w.Actor("decider"), caseID)
	if err != nil || len(all) == 0 || all[len(all)-1].Status != casework.ChallengeOpen {
		t.Fatalf("%+v %v", all, err)
	}
	return all[len(all)-1]
}

// A challenge is answered in writing; a refusal says by when it may be
// reconsidered, once, by somebody else, and no decision is made meanwhile.
func TestARefusedChallengeIsReconsidered(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, lina := context.Background(), w.Actor("lina")
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		ask := func() error { return w.Casework.Challenge(ctx, lina, challenged(w, c, "reviewer")) }
		if err := ask(); err != nil {
			t.Fatal(err)
		}
		no := casework.DecideChallenge{Seen: casework.Seen{CaseID: c.ID}, ChallengeID: openChallenge(t, w, c.ID).ID, Answer: "没有亲属关系。"}
		if err := w.Casework.DecideChallenge(ctx, w.Actor("decider"), no); err != nil {
			t.Fatal(err)
		}
		until := calendar.Builtin().AddWorking(calendar.DayOf(w.Clock.Now()), 5)
		d := answers(t, w, "lina", c.ID)
		if len(d) != 1 || d[0].Number == "" || d[0].Facts.Recusal.Granted || *d[0].Facts.Until != until || d[0].Facts.Reasons[0] != "没有亲属关系。" {
			t.Fatalf("%+v", d)
		}
		c = w.Walk(w.Case(c.ID), flow.Decide)
		if err := ask(); err != nil {
			t.Fatal(err)
		}
		decide := casework.Decide{Seen: casetest.Seen(w.Case(c.ID)), Grant: true, Opinion: "同意。"}
		refusedBy(t, w.Casework.Decide(ctx, w.Actor("decider"), decide), "challenge.undecided", "公务员法第七十七条")
		if n := w.Count(w.Casework.AskChallenges, w.Actor("decider")); n != 0 {
			t.Errorf("%d wait for who refused", n)
		}
		no.ChallengeID = openChallenge(t, w, c.ID).ID
		refusedBy(t, w.Casework.DecideChallenge(ctx, w.Actor("decider"), no), "challenge.refused_before", "民事诉讼法第五十条")
		if n := w.Count(w.Casework.AskChallenges, w.Actor("government")); n != 1 {
			t.Errorf("%d wait for the head of the government", n)
		}
		if err := w.Casework.GovernChallenge(ctx, w.Actor("government"), no); err != nil {
			t.Fatal(err)
		}
		if d = answers(t, w, "lina", c.ID); len(d) != 2 || !d[1].Facts.Recusal.Again || d[1].Facts.Until != nil || d[1].Facts.Approver != "定州市人民政府负责人刘振华" {
			t.Errorf("%+v", d[len(d)-1].Facts)
		}
		refusedBy(t, ask(), "challenge.final", "民事诉讼法第五十条")
		other := challenged(w, c, "reviewer")
		other.Ground = casework.GroundOwn
		if err := w.Casework.Challenge(ctx, lina, other); err != nil { // what is new is heard anew
			t.Fatal(err)
		}
		no.ChallengeID, no.Grant = openChallenge(t, w, c.ID).ID, true
		if err := w.Casework.DecideChallenge(ctx, w.Actor("decider"), no); err != nil {
			t.Fatal(err)
		}
		if d = answers(t, w, "lina", c.ID); len(d) != 3 || !d[2].Facts.Recusal.Granted || !w.Case(c.ID).Course.Out(w.Actor("reviewer").AccountID) {
			t.Errorf("%+v", d[len(d)-1].Facts)
		}
	})
}

// After five working days a refusal stands.
func TestAReconsiderationIsAskedForInTime(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		c := w.Walk(w.Submit(w.Food()), flow.Examine)
		in := challenged(w, c, "reviewer")
		if err := w.Casework.Challenge(ctx, w.Actor("lina"), in); err != nil {
			t.Fatal(err)
		}
		first := openChallenge(t, w, c.ID)
		if err := w.Casework.DecideChallenge(ctx, w.Actor("decider"), casework.DecideChallenge{Seen: casework.Seen{CaseID: c.ID}, ChallengeID: first.ID, Answer: "无此事。"}); err != nil {
			t.Fatal(err)
		}
		w.Clock.Set(calendar.Builtin().AddWorking(calendar.DayOf(w.Clock.Now()), 5).AddDays(1).Time().Add(time.Minute))
		refusedBy(t, w.Casework.Challenge(ctx, w.Actor("lina"), in), "challenge.review_over", "民事诉讼法第五十条")
	})
}
