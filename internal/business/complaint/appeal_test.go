package complaint

import (
	"context"
	"slices"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/licence"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

func day(s string) calendar.Day { return calendar.MustDay(s) }

// 行政复议法第四十八条、第五十四条、第六十二条、第八十八条，行政诉讼法第六十七条、第八十一条、第八十三条.
func TestDaysOfAnAppeal(t *testing.T) {
	cal := calendar.Builtin()
	for _, c := range []struct {
		kind          string
		simple        bool
		from          string
		answer, organ string
	}{
		{Review, false, "2026-09-18", "2026-10-09", "2026-11-17"}, // ten working days: Sunday the 20th is worked, the Mid-Autumn and National days are not
		{Review, true, "2026-09-18", "2026-09-24", "2026-10-19"},  // thirty days end on Sunday the 18th
		{Suit, false, "2026-09-18", "2026-10-08", "2027-03-18"},   // fifteen natural days end within the holidays
		{Suit, true, "2026-09-18", "2026-10-08", "2026-11-02"},
		{Suit, false, "2026-03-02", "2026-03-17", "2026-09-02"},
	} {
		if got := AnswerDue(cal, c.kind, c.simple, day(c.from)); got != day(c.answer) {
			t.Errorf("%+v: the answer is due on %s", c, got)
		}
		if got := OrganDue(cal, c.kind, c.simple, day(c.from)); got != day(c.organ) {
			t.Errorf("%+v: the organ decides by %s", c, got)
		}
	}
}

// 行政复议法第二十三条、第二十九条: one way at a time, and a review first where
// nothing was answered.
func TestOneWayAtATime(t *testing.T) {
	silence := &Appeal{Kind: Review, Against: OfSilence, Status: "ended", Result: Dismissed}
	for _, c := range []struct {
		earlier       []*Appeal
		kind, against string
		want          string
	}{
		{nil, Review, OfDecision, ""},
		{nil, Suit, OfDecision, ""},
		{nil, Suit, OfSilence, "appeal.review_first"},
		{[]*Appeal{silence}, Suit, OfSilence, ""},
		{[]*Appeal{{Kind: Review, Against: OfSilence, Status: "ended", Result: Withdrawn}}, Suit, OfSilence, "appeal.review_first"},
		{[]*Appeal{{Kind: Review, Status: "pending"}}, Suit, OfDecision, "appeal.other_pending"},
		{[]*Appeal{{Kind: Suit, Status: "pending"}}, Review, OfDecision, "appeal.other_pending"},
		{[]*Appeal{{Kind: Review, Status: "pending"}}, Review, OfDecision, "appeal.pending"},
	} {
		wants(t, beside(c.earlier, c.kind, c.against), c.want)
	}
}

// What is contested must be there: a decision, another end that the body made,
// or a limit that passed (行政复议法第十一条、行政诉讼法第十二条).
func TestWhatIsContested(t *testing.T) {
	decided := &casework.Case{DecidedAt: time.Unix(1, 0), Status: casework.StatusRefused, StatutoryDue: day("2026-09-01")}
	open := &casework.Case{Status: casework.StatusHandling, StatutoryDue: day("2026-09-01")}
	for _, c := range []struct {
		c       *casework.Case
		against string
		on      string
		want    string
	}{
		{decided, OfDecision, "2026-09-02", ""},
		{decided, OfSilence, "2026-09-02", "appeal.not_overdue"},
		{open, OfDecision, "2026-09-02", "appeal.undecided"},
		{open, OfSilence, "2026-09-01", "appeal.not_overdue"},
		{open, OfSilence, "2026-09-02", ""},
		{&casework.Case{Status: casework.StatusReceived}, OfSilence, "2026-09-02", "appeal.not_overdue"},
		{&casework.Case{Status: casework.StatusNotCompetent}, OfDecision, "2026-09-02", ""},
		{&casework.Case{Status: casework.StatusWithdrawn}, OfDecision, "2026-09-02", "appeal.undecided"},
	} {
		wants(t, Contestable(c.c, c.against, day(c.on)), c.want)
	}
}

// What was missed is told once (行政复议法第四十八条、第七十七条).
func TestWhatIsLate(t *testing.T) {
	open, decided := &casework.Case{Status: casework.StatusHandling}, &casework.Case{Status: casework.StatusGranted, DecidedAt: time.Unix(1, 0)}
	pending := Appeal{Status: "pending", AnswerDue: day("2026-09-10")}
	ordered := Appeal{Status: "ended", Result: Ordered, ActBy: day("2026-09-10")}
	answered, told := pending, ordered
	answered.AnsweredOn, told.told = day("2026-09-11"), toldOrder
	for i, c := range []struct {
		a    Appeal
		c    *casework.Case
		on   string
		want string
		mark int
	}{
		{pending, open, "2026-09-10", "", 0}, {pending, open, "2026-09-11", AnswerLateTopic, toldAnswer}, {answered, open, "2026-09-11", "", 0},
		{ordered, open, "2026-09-10", "", 0}, {ordered, open, "2026-09-11", OrderLateTopic, toldOrder}, {ordered, decided, "2026-09-11", "", toldOrder},
		{told, open, "2026-09-11", "", 0},
	} {
		if topic, _, mark := c.a.late(c.c, day(c.on)); topic != c.want || mark != c.mark {
			t.Errorf("%d: %q %d", i, topic, mark)
		}
	}
}

func refused(t *testing.T, w *casetest.World) *casework.Case {
	t.Helper()
	c := w.Walk(w.Submit(w.Food()), flow.Decide)
	wants(t, w.Casework.Decide(context.Background(), w.Actor("decider"), casework.Decide{Seen: casetest.Seen(c), Opinion: "不同意", Reasons: "面积不足",
		Basis: "《中华人民共和国食品安全法》第三十三条"}), "")
	return w.Case(c.ID)
}

func recorded(c *casework.Case) Record {
	return Record{Seen: casework.Seen{CaseID: c.ID}, Kind: Review, Against: OfDecision, By: ByApplicant, Organ: "定州市人民政府", Reference: "定政复〔2026〕1号",
		Asked: "撤销不予许可决定", FiledOn: "2026-09-14", ReceivedOn: "2026-09-14"}
}

// A review that annuls leads to a case in which the decision is made anew
// (行政复议法第六十四条、行政诉讼法第七十条).
func TestAnAnnulledDecisionIsMadeAnew(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, s, decider := context.Background(), service(w), w.Actor("decider")
		open := w.Walk(w.Submit(w.Food()), flow.Decide)
		_, err := s.Record(ctx, decider, recorded(open))
		wants(t, err, "appeal.undecided")
		c := refused(t, w)
		in := recorded(c)
		_, err = s.Record(ctx, w.Actor("zj-decider"), in)
		wants(t, err, "case.missing")
		wrong := in
		wrong.Asked, wrong.ReceivedOn = " ", "2026-09-13"
		_, err = s.Record(ctx, decider, wrong)
		if f := fault.Of(err); f == nil || len(f.Fields) != 2 {
			t.Errorf("%v", err)
		}
		id, err := s.Record(ctx, decider, in)
		wants(t, err, "")
		_, err = s.Record(ctx, decider, in)
		wants(t, err, "appeal.pending")
		a, err := s.Appeal(ctx, w.Actor("lina"), id)
		if err != nil || a.Asked != in.Asked || a.AnswerDue != day("2026-09-28") || a.OrganDue != day("2026-11-13") {
			t.Errorf("%+v %v", a, err)
		}
		_, err = s.Appeal(ctx, w.Actor("wangxiaoming"), id)
		wants(t, err, "appeal.missing")
		wants(t, s.AnswerAppeal(ctx, decider, AnswerAppeal{Seen{ID: id, Version: 9}, "2026-09-14"}), "appeal.stale")
		wants(t, s.AnswerAppeal(ctx, decider, AnswerAppeal{Seen{ID: id}, "2026-09-13"}), "form.invalid")
		wants(t, s.AnswerAppeal(ctx, decider, AnswerAppeal{Seen{ID: id}, "2026-09-14"}), "")
		wants(t, s.AnswerAppeal(ctx, decider, AnswerAppeal{Seen{ID: id}, "2026-09-14"}), "appeal.answered")
		_, err = s.Conclude(ctx, decider, Conclude{Seen: Seen{ID: id}, Result: Upheld, On: "2026-09-14", Redo: true})
		wants(t, err, "appeal.no_redo")
		_, err = s.Conclude(ctx, decider, Conclude{Seen: Seen{ID: id}, Result: Annulled, On: "2026-09-13", Redo: true})
		wants(t, err, "form.invalid")
		redo, err := s.Conclude(ctx, decider, Conclude{Seen: Seen{ID: id}, Result: Annulled, On: "2026-09-14", Note: "责令重新作出", Redo: true, ActBy: "2026-10-20"})
		wants(t, err, "")
		if again := w.Case(redo); again.PriorID != c.ID || again.Status != casework.StatusHandling {
			t.Errorf("%+v", again)
		}
		_, err = s.Conclude(ctx, decider, Conclude{Seen: Seen{ID: id}, Result: Upheld, On: "2026-09-14"})
		wants(t, err, "appeal.ended")
		all, err := s.Appeals(ctx, decider, w.Case(c.ID))
		if err != nil || len(all) != 1 || all[0].RedoID != redo || all[0].Result != Annulled || all[0].ActBy != day("2026-10-20") {
			t.Errorf("%+v %v", all, err)
		}
		d, err := w.Casework.Dossier(ctx, decider, c.ID)
		wants(t, err, "")
		for _, kind := range []string{"appeal.recorded", "appeal.answered", "appeal.ended"} {
			if !slices.ContainsFunc(d.History, func(h casework.Happening) bool { return h.Kind == kind }) {
				t.Errorf("%s does not stand in the history", kind)
			}
		}
		w.Clock.Advance(60 * 24 * time.Hour)
		if n, err := s.WatchAppeals(ctx); n != 1 || err != nil { // nobody decided anew
			t.Errorf("%d %v", n, err)
		}
		if n, err := s.WatchAppeals(ctx); n != 0 || err != nil {
			t.Errorf("%d %v", n, err)
		}
	})
}

// An interested party's review that annuls a grant ends the licence with it; who
// forgets the answer is put on record.
func TestAnAnnulledGrantEndsItsLicence(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, s, decider := context.Background(), service(w), w.Actor("decider")
		c := w.Walk(w.Submit(w.Food()), flow.Issue)
		licenceID, err := s.o.Licences.Issue(ctx, w.Actor("issuer"), licence.Issue{Seen: casetest.Seen(c)})
		wants(t, err, "")
		in := recorded(c)
		in.Kind, in.By, in.Organ, in.Asked = Suit, ByInterested, "定州市人民法院", "撤销准予决定"
		id, err := s.Record(ctx, decider, in)
		wants(t, err, "")
		w.Clock.Advance(30 * 24 * time.Hour)
		if n, err := s.WatchAppeals(ctx); n != 1 || err != nil {
			t.Errorf("%d %v", n, err)
		}
		_, err = s.Conclude(ctx, decider, Conclude{Seen: Seen{ID: id}, Result: Annulled, On: "2026-10-10"})
		wants(t, err, "")
		l, err := s.o.Licences.Get(ctx, w.Actor("lina"), licenceID)
		if err != nil || l.StatusOn(day("2026-10-14")) != licence.Rescinded {
			t.Errorf("%v %v", l, err)
		}
		a, err := s.Appeal(ctx, decider, id)
		if err != nil || a.LicenceID != licenceID {
			t.Errorf("%+v %v", a, err)
		}
	})
}

// A body that is silent is contested by a review, and acts when it is ordered to
// (行政复议法第六十六条).
func TestSilenceIsContested(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, s, decider := context.Background(), service(w), w.Actor("decider")
		c := w.Walk(w.Submit(w.Food()), flow.Decide)
		w.Clock.Advance(60 * 24 * time.Hour)
		in := recorded(c)
		in.Against, in.Asked, in.FiledOn, in.ReceivedOn = OfSilence, "责令限期作出决定", "2026-11-10", "2026-11-12"
		suit := in
		suit.Kind = Suit
		_, err := s.Record(ctx, decider, suit)
		wants(t, err, "appeal.review_first")
		id, err := s.Record(ctx, decider, in)
		wants(t, err, "")
		_, err = s.Conclude(ctx, decider, Conclude{Seen: Seen{ID: id}, Result: Annulled, On: "2026-11-12"})
		wants(t, err, "form.invalid")
		_, err = s.Conclude(ctx, decider, Conclude{Seen: Seen{ID: id}, Result: Ordered, On: "2026-11-12"})
		wants(t, err, "form.invalid")
		_, err = s.Conclude(ctx, decider, Conclude{Seen: Seen{ID: id}, Result: Ordered, On: "2026-11-12", ActBy: "2026-11-20", Redo: true})
		wants(t, err, "appeal.no_redo")
		_, err = s.Conclude(ctx, decider, Conclude{Seen: Seen{ID: id}, Result: Ordered, On: "2026-11-12", ActBy: "2026-11-20"})
		wants(t, err, "")
		wants(t, w.Casework.Decide(ctx, decider, casework.Decide{Seen: casetest.Seen(w.Case(c.ID)), Grant: true, Opinion: "同意", Late: "已补办"}), "")
		w.Clock.Advance(20 * 24 * time.Hour)
		if n, err := s.WatchAppeals(ctx); n != 0 || err != nil {
			t.Errorf("%d %v", n, err)
		}
		var told int
		w.Read(func(tx *db.Tx) error { return tx.Row(`select told from appeal where id = $1`, id).Scan(&told) })
		if told&toldOrder == 0 {
			t.Error("what was done in time is looked at again")
		}
		all, err := s.AllAppeals(ctx, w.Actor("supervisor"), false, "", 10)
		if err != nil || len(all) != 1 {
			t.Errorf("%v %v", all, err)
		}
		none, err := s.AllAppeals(ctx, w.Actor("zj-decider"), false, "", 10)
		if err != nil || len(none) != 0 {
			t.Errorf("%v %v", none, err)
		}
	})
}
