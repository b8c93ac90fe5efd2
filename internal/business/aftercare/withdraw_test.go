package aftercare

import (
	"context"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/document"
	"onewindow/internal/business/licence"
)

// What the holder asked for may be taken back until it is decided: the notice is
// over, the licence stands, and a later notice runs its whole time.
func TestTheHolderTakesASimpleDeregistrationBack(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, lina, l := context.Background(), w.Actor("lina"), w.established(t, "有限责任公司设立登记")
		id, err := w.s.Simplify(ctx, lina, simplified(l))
		none(t, err)
		wants(t, w.s.Withdraw(ctx, w.Actor("wangxiaoming"), Withdraw{Seen: Seen{ID: id}}), "aftercare.missing")
		wants(t, w.s.Withdraw(ctx, lina, Withdraw{Seen: Seen{ID: id, Version: 7}}), "aftercare.stale")
		w.Clock.Set(w.Clock.Now().AddDate(0, 0, 12))
		back := Withdraw{Seen: Seen{ID: id, Version: 1}, Reason: "有人接手经营"}
		none(t, w.s.Withdraw(ctx, lina, back))
		p := w.proceeding(t, id)
		none(t, w.s.Withdraw(ctx, lina, back)) // the same form once more
		if again := w.proceeding(t, id); p.Status != Dropped || p.Outcome != Withdrawn || w.stands(t, l.ID) != licence.Valid || again.Version != p.Version {
			t.Errorf("%+v %+v", p, again)
		}
		d := w.document(t, l.CaseID, document.ZZSQ)
		if d == nil || d.Facts.Ground != "简易注销" || !d.Facts.Withdrawn || d.Facts.Reasons[0] != "有人接手经营" {
			t.Fatalf("%+v", d)
		}
		if n := len(w.documents(t, l.CaseID, document.ZZSQ)); n != 1 {
			t.Errorf("%d notices of the end", n)
		}
		if p, err := w.s.Announcement(ctx, id); err != nil || p.Outcome != Withdrawn {
			t.Errorf("the public page does not say what became of it: %v", err)
		}
		wants(t, w.s.Object(ctx, w.Actor("wangxiaoming"), Object{Seen: Seen{ID: id}, Claim: Creditor, Said: Said{"甲", "1", "欠款"}}), "aftercare.not_open")
		wants(t, w.s.Apply(ctx, lina, Apply{Seen{ID: id}}), "aftercare.not_open")
		w.after(p.Simple.ApplyBy)
		if n, err := w.s.Watch(ctx); err != nil || n != 0 {
			t.Errorf("%d ended, %v", n, err)
		}
		from := calendar.DayOf(w.Clock.Now())
		if id, err = w.s.Simplify(ctx, lina, simplified(l)); err != nil || w.proceeding(t, id).Until != from.AddDays(20) {
			t.Errorf("a later notice does not run its whole time: %v", err)
		}
	})
}

// An ordinary deregistration too is taken back before the decision and not
// after; what the body began is not the holder's to end.
func TestTheHolderTakesADeregistrationBack(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, lina, l := context.Background(), w.Actor("lina"), w.issued(t)
		id, err := w.s.Open(ctx, w.Actor("handler"), Open{LicenceID: l.ID, Kind: Deregister, Ground: "force_majeure", Reasons: "经营场所灭失"})
		none(t, err)
		wants(t, w.s.Withdraw(ctx, lina, Withdraw{Seen: Seen{ID: id}}), "aftercare.not_asked")
		w.Kept(l.CaseID, "aftercare.not_asked")
		w.after(w.proceeding(t, id).Until)
		none(t, w.s.Decide(ctx, w.Actor("decider"), Decide{Seen: Seen{ID: id}, Outcome: NotFound, Answer: "场所已经修复"}))
		id, err = w.s.Request(ctx, lina, Request{LicenceID: l.ID, Reasons: "停业"})
		none(t, err)
		if err := w.s.Withdraw(ctx, w.Actor("handler"), Withdraw{Seen: Seen{ID: id}}); err == nil {
			t.Error("an officer takes the holder's application back")
		}
		none(t, w.s.Withdraw(ctx, lina, Withdraw{Seen: Seen{ID: id, Version: 1}}))
		wants(t, w.s.Decide(ctx, w.Actor("decider"), cancel(id)), "aftercare.not_open")
		if p := w.proceeding(t, id); p.Outcome != Withdrawn || w.stands(t, l.ID) != licence.Valid {
			t.Errorf("%+v", p)
		}
		id, err = w.s.Request(ctx, lina, Request{LicenceID: l.ID, Reasons: "停业"})
		none(t, err)
		none(t, w.s.Decide(ctx, w.Actor("decider"), cancel(id)))
		wants(t, w.s.Withdraw(ctx, lina, Withdraw{Seen: Seen{ID: id}}), "aftercare.not_open")
	})
}

// Withdrawing and objecting at the same moment: one of them ends the notice.
func TestWithdrawnOrObjectedOnce(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, l := context.Background(), w.established(t, "有限责任公司设立登记")
		id, err := w.s.Simplify(ctx, w.Actor("lina"), simplified(l))
		none(t, err)
		won := make(chan error, 16)
		lina, other := w.Actor("lina"), w.Actor("wangxiaoming")
		for range cap(won) / 2 {
			go func() { won <- w.s.Withdraw(ctx, lina, Withdraw{Seen: Seen{ID: id, Version: 1}}) }()
			go func() {
				won <- w.s.Object(ctx, other, Object{Seen: Seen{ID: id}, Claim: Creditor, Said: Said{"甲", "1", "欠款"}})
			}()
		}
		for range cap(won) {
			<-won
		}
		p := w.proceeding(t, id)
		all, err := w.s.Objections(ctx, w.Actor("handler"), id)
		none(t, err)
		notices := len(w.documents(t, l.CaseID, document.ZZSQ))
		if p.Outcome == Withdrawn && (notices != 1 || len(all) != 0) || p.Outcome == Objected && (notices != 0 || len(all) != 1) || p.Open() {
			t.Errorf("%s with %d notices and %d objections", p.Outcome, notices, len(all))
		}
	})
}
