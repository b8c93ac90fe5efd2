package aftercare

import (
	"context"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/registration"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

func cancel(id string) Decide {
	return Decide{Seen: Seen{ID: id}, Outcome: Ended, Announcement: "在政务服务网公告"}
}

// after is the morning after a day.
func (w world) after(d calendar.Day) { w.Clock.Set(d.AddDays(1).Time().Add(9 * time.Hour)) }

// 注销 that the holder did not ask for: told beforehand, heard, answered with
// reasons, then decided (行政许可法第七条、第七十条).
func TestTheHolderIsHeardBeforeALicenceIsDeregistered(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, l := context.Background(), w.issued(t)
		id, err := w.s.Open(ctx, w.Actor("handler"), Open{LicenceID: l.ID, Kind: Deregister, Ground: "force_majeure", Reasons: "经营场所因洪水灭失"})
		none(t, err)
		p := w.proceeding(t, id)
		d := w.document(t, l.CaseID, document.ZXGZ)
		if p.Status != Notified || p.Until != calendar.MustDay("2026-09-20") || p.Speaker != nil || d == nil || d.Facts.Addressee != "" {
			t.Fatalf("%+v %+v", p, d)
		}
		wants(t, w.s.Decide(ctx, w.Actor("decider"), cancel(id)), "aftercare.heard_first")
		w.Kept(l.CaseID, "aftercare.heard_first")
		wants(t, w.s.Answer(ctx, w.Actor("handler"), Answer{Seen: Seen{ID: id}, Text: "x"}), "aftercare.nothing_said")
		none(t, w.s.State(ctx, w.Actor("lina"), State{Seen: Seen{ID: id}, Text: "场所已经修复。"}))
		wants(t, w.s.Decide(ctx, w.Actor("decider"), cancel(id)), "aftercare.unanswered")
		w.Kept(l.CaseID, "aftercare.unanswered")
		wants(t, w.s.Answer(ctx, w.Actor("handler"), Answer{Seen: Seen{ID: id}}), "form.invalid")
		if err := w.s.Answer(ctx, w.Actor("lina"), Answer{Seen: Seen{ID: id}, Text: "x"}); err == nil {
			t.Error("the holder answers")
		}
		none(t, w.s.Answer(ctx, w.Actor("handler"), Answer{Seen: Seen{ID: id}, Text: "经现场核查，场所未修复，不予采纳。"}))
		wants(t, w.s.Answer(ctx, w.Actor("handler"), Answer{Seen: Seen{ID: id}, Text: "x"}), "aftercare.answered")
		none(t, w.s.Decide(ctx, w.Actor("decider"), cancel(id)))
		if got := w.stands(t, l.ID); got != licence.Cancelled {
			t.Errorf("it is %s", got)
		}
		zx := w.document(t, l.CaseID, document.ZX)
		if zx == nil || !strings.Contains(strings.Join(zx.Facts.Reasons, ""), "不予采纳") {
			t.Fatalf("the decision does not say what was answered: %+v", zx)
		}
	})
}

// Who died or was dissolved is not told: who speaks in their place is, by a
// letter with a number and a code.
func TestWhoSpeaksInTheHoldersPlaceIsTold(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, l, handler := context.Background(), w.issued(t), w.Actor("handler")
		in := Open{LicenceID: l.ID, Kind: Deregister, Ground: "dissolved", Reasons: "法院裁定宣告破产，已经清算"}
		_, err := w.s.Open(ctx, handler, in)
		wants(t, err, "form.invalid")
		in.Speaker = &Speaker{Name: "赵清算", Standing: Heir, Contact: "13800000000", Via: ByPost}
		_, err = w.s.Open(ctx, handler, in)
		wants(t, err, "form.invalid") // heirs speak for the dead
		in.Speaker.Standing = Liquidator
		id, err := w.s.Open(ctx, handler, in)
		none(t, err)
		p := w.proceeding(t, id)
		if p.Until != calendar.MustDay("2026-09-29") || p.Speaker.Name != "赵清算" || p.Letter != l.Content.Case+"-Z1" || p.Public {
			t.Fatalf("%+v %+v", p, p.Speaker)
		}
		if d := w.document(t, l.CaseID, document.ZXGZ); d == nil || d.Facts.Addressee != "赵清算" || !strings.Contains(d.Facts.How, w.s.Code(p)) {
			t.Fatalf("%+v", d)
		}
		own, err := document.New(w.DB, document.Options{}).ByCase(ctx, w.Actor("lina"), l.CaseID)
		none(t, err)
		for _, d := range own {
			if d.Kind == document.ZXGZ {
				t.Error("the letter to somebody else, with its code, lies open to the holder's account")
			}
		}
		wants(t, w.s.StateByCode(ctx, p.Letter, "AAAAAA", "不同意"), "aftercare.letter")
		wants(t, w.s.StateByCode(ctx, "", w.s.Code(&Proceeding{}), "不同意"), "aftercare.letter")
		wants(t, w.s.Record(ctx, handler, Record{State: State{Seen: Seen{ID: id}, Text: "不同意"}, Via: Online}), "form.invalid")
		none(t, w.s.StateByCode(ctx, " "+strings.ToLower(p.Letter), w.s.Code(p), "尚有库存食品需要处理，请延至月底。"))
		wants(t, w.s.Record(ctx, handler, Record{State: State{Seen: Seen{ID: id}, Text: "不同意"}, Via: ByHand}), "aftercare.stated")
		if p = w.proceeding(t, id); p.StatedVia != ByCode {
			t.Errorf("came by %s", p.StatedVia)
		}
		none(t, w.s.Answer(ctx, handler, Answer{Seen: Seen{ID: id}, Text: "库存可以依法处理，不影响注销。"}))
		none(t, w.s.Decide(ctx, w.Actor("decider"), cancel(id)))
		known, err := w.s.Known(ctx, p.Letter, w.s.Code(p))
		if err != nil || known.Outcome != Ended || !strings.Contains(known.Answer, "库存") {
			t.Errorf("%+v %v", known, err)
		}
	})
}

// Where nobody is known the notice is announced, and whoever speaks does it on
// the page of announcements.
func TestANoticeIsAnnouncedWhereNobodyIsKnown(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, l := context.Background(), w.issued(t)
		id, err := w.s.Open(ctx, w.Actor("handler"), Open{LicenceID: l.ID, Kind: Deregister, Ground: "dissolved", Reasons: "登记机关已注销登记", Speaker: &Speaker{Via: Announce}})
		none(t, err)
		p, err := w.s.Announcement(ctx, id)
		none(t, err)
		if p.Until < calendar.MustDay("2026-09-14").AddDays(30+5) || p.Letter != "" {
			t.Errorf("until %s, %q", p.Until, p.Letter)
		}
		said := Object{Seen: Seen{ID: id}, Claim: Creditor, Said: Said{Name: "王小明", Contact: "13900000000", Text: "尚欠货款。"}}
		wants(t, w.s.Object(ctx, w.Actor("lina"), said), "aftercare.own_notice")
		none(t, w.s.Object(ctx, w.Actor("wangxiaoming"), said))
		if p = w.proceeding(t, id); p.Status != Notified || !strings.Contains(p.Statement, "尚欠货款") {
			t.Errorf("%+v", p)
		}
		wants(t, w.s.Decide(ctx, w.Actor("decider"), cancel(id)), "aftercare.unanswered")
	})
}

// established is the business licence of a registration, held by a matter that
// knows 简易注销.
func (w world) established(t *testing.T, matter string) *licence.Licence {
	t.Helper()
	c := w.Submit(w.Matter(matter))
	r := registration.New(w.DB, w.Casework, registration.Simulated)
	d, err := w.Casework.Dossier(context.Background(), w.Actor("lina"), c.ID)
	none(t, err)
	all, err := r.Persons(context.Background(), d)
	none(t, err)
	for _, x := range all.Lacks {
		none(t, r.CheckIdentity(context.Background(), w.Actor("clerk"), registration.CheckIdentity{Seen: casework.Seen{CaseID: c.ID}, Person: x.Key,
			Way: registration.InPerson, Receipt: "本人到场核验"}))
	}
	c = w.Walk(w.Case(c.ID), flow.Issue)
	id, err := w.l.Issue(context.Background(), w.Actor("issuer"), licence.Issue{Seen: casetest.Seen(c)})
	none(t, err)
	return w.licence(t, id)
}

func simplified(l *licence.Licence) Simplify {
	return Simplify{LicenceID: l.ID, Promised: []string{"1", "2", "3", "4", "5", "6"}, Investors: "李娜\n王小明", Reasons: "停止经营"}
}

// 简易注销 of a company: promise, twenty days of notice, twenty for applying, and
// the body registers (市场主体登记管理条例第三十三条第一款、第二款).
func TestSimpleDeregistration(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, lina, food := context.Background(), w.Actor("lina"), w.issued(t)
		_, err := w.s.Simplify(ctx, lina, simplified(food))
		wants(t, err, "aftercare.not_simple")
		w.Kept(food.CaseID, "aftercare.not_simple")
		l := w.established(t, "有限责任公司设立登记")
		in := simplified(l)
		in.Promised = []string{"1", "2", "3", "4", "6", "6"}
		_, err = w.s.Simplify(ctx, lina, in)
		wants(t, err, "form.invalid")
		_, err = w.s.Simplify(ctx, w.Actor("wangxiaoming"), simplified(l))
		wants(t, err, "licence.missing")
		from := calendar.DayOf(w.Clock.Now())
		id, err := w.s.Simplify(ctx, lina, simplified(l))
		none(t, err)
		_, err = w.s.Simplify(ctx, lina, simplified(l))
		wants(t, err, "aftercare.open_already")
		p, err := w.s.Announcement(ctx, id)
		none(t, err)
		if p.Status != Noticed || p.Until != from.AddDays(20) || p.Simple.ApplyBy != from.AddDays(40) || len(p.Simple.SM3) != 64 || len(p.Simple.Investors) != 2 {
			t.Fatalf("%+v %+v", p, p.Simple)
		}
		if d := w.document(t, l.CaseID, document.JYGS); d == nil || len(d.Facts.Commitment.Promises) != len(Promises()) {
			t.Fatalf("%+v", d)
		}
		w.Clock.Set(p.Until.Time().Add(23 * time.Hour))
		wants(t, w.s.Apply(ctx, lina, Apply{Seen{ID: id}}), "aftercare.simple_running")
		wants(t, w.s.Decide(ctx, w.Actor("decider"), cancel(id)), "aftercare.simple_running")
		w.Kept(l.CaseID, "aftercare.simple_running")
		w.after(p.Until)
		if n, err := w.s.Watch(ctx); err != nil || n != 0 {
			t.Fatalf("%d %v", n, err)
		}
		none(t, w.s.Apply(ctx, lina, Apply{Seen{ID: id}}))
		wants(t, w.s.Apply(ctx, lina, Apply{Seen{ID: id}}), "aftercare.not_open")
		if p = w.proceeding(t, id); p.Status != Proposed || p.Simple.Due == 0 {
			t.Errorf("%+v", p)
		}
		end := cancel(id)
		wants(t, w.s.Decide(ctx, w.Actor("decider"), end), "form.invalid") // the signed promise is not there
		end.Original = true
		none(t, w.s.Decide(ctx, w.Actor("decider"), end))
		if got := w.stands(t, l.ID); got != licence.Cancelled {
			t.Errorf("it is %s", got)
		}
	})
}

// An objection ends the simple way; the general one is open.
func TestAnObjectionEndsTheSimpleWay(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, l := context.Background(), w.established(t, "有限责任公司设立登记")
		id, err := w.s.Simplify(ctx, w.Actor("lina"), simplified(l))
		none(t, err)
		said := Object{Seen: Seen{ID: id}, Claim: Creditor, Said: Said{Name: "定州市某供应商", Contact: "13900000000", Text: "尚欠货款三万元。"}}
		bad := said
		bad.Claim, bad.Contact = "", ""
		wants(t, w.s.Object(ctx, w.Actor("wangxiaoming"), bad), "form.invalid")
		wants(t, w.s.Object(ctx, w.Actor("lina"), said), "aftercare.own_notice")
		wants(t, w.s.RecordObjection(ctx, w.Actor("handler"), said), "form.invalid") // how it came
		none(t, w.s.Object(ctx, w.Actor("wangxiaoming"), said))
		wants(t, w.s.Object(ctx, w.Actor("wangxiaoming"), said), "aftercare.not_open")
		p := w.proceeding(t, id)
		if p.Status != Dropped || p.Outcome != Objected || w.stands(t, l.ID) != licence.Valid {
			t.Errorf("%+v", p)
		}
		all, err := w.s.Objections(ctx, w.Actor("handler"), id)
		if err != nil || len(all) != 1 || all[0].Text != "尚欠货款三万元。" || all[0].Claim != Creditor {
			t.Errorf("%+v %v", all, err)
		}
		if _, err := w.s.Objections(ctx, w.Actor("lina"), id); fault.Of(err).Kind != fault.KindDenied {
			t.Errorf("the holder reads who objected: %v", err)
		}
		_, err = w.s.Request(ctx, w.Actor("lina"), Request{LicenceID: l.ID, Reasons: "清算完毕"})
		none(t, err)
	})
}

// Who does not apply within twenty days begins anew (条例第三十三条第二款).
func TestASimpleDeregistrationLapses(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, l := context.Background(), w.established(t, "有限责任公司设立登记")
		id, err := w.s.Simplify(ctx, w.Actor("lina"), simplified(l))
		none(t, err)
		p := w.proceeding(t, id)
		w.after(p.Until)
		wants(t, w.s.Object(ctx, w.Actor("wangxiaoming"), Object{Seen: Seen{ID: id}, Claim: Creditor, Said: Said{"甲", "1", "欠款"}}), "aftercare.late_objection")
		w.after(p.Simple.ApplyBy)
		wants(t, w.s.Apply(ctx, w.Actor("lina"), Apply{Seen{ID: id}}), "aftercare.simple_over")
		if n, err := w.s.Watch(ctx); err != nil || n != 1 {
			t.Fatalf("%d ended, %v", n, err)
		}
		if n, err := w.s.Watch(ctx); err != nil || n != 0 {
			t.Fatalf("%d ended again, %v", n, err)
		}
		if p = w.proceeding(t, id); p.Outcome != Lapsed || w.stands(t, l.ID) != licence.Valid {
			t.Errorf("%+v", p)
		}
		_, err = w.s.Simplify(ctx, w.Actor("lina"), simplified(l))
		none(t, err)
	})
}

// An individual business is not published; other departments have ten days, and
// then the body decides (条例第三十三条第三款).
func TestSimpleDeregistrationOfAnIndividual(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, l := context.Background(), w.established(t, "个体工商户设立登记")
		id, err := w.s.Simplify(ctx, w.Actor("lina"), simplified(l))
		none(t, err)
		_, err = w.s.Announcement(ctx, id)
		wants(t, err, "aftercare.missing")
		p := w.proceeding(t, id)
		end := cancel(id)
		end.Original = true
		wants(t, w.s.Apply(ctx, w.Actor("lina"), Apply{Seen{ID: id}}), "aftercare.not_open")
		wants(t, w.s.Decide(ctx, w.Actor("decider"), end), "aftercare.simple_running")
		w.after(p.Until)
		none(t, w.s.Decide(ctx, w.Actor("decider"), end))
		if p.Until != calendar.DayOf(p.OpenedAt).AddDays(10) || w.stands(t, l.ID) != licence.Cancelled {
			t.Errorf("%s %s", p.Until, w.stands(t, l.ID))
		}
	})
}

// Whatever comes on whatever day: nobody is deregistered the simple way before
// the notice was over, after an objection, or without having applied in time.
func TestNoSimpleDeregistrationCutsItsNotice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := calendar.MustDay("2026-03-02")
		p, rule := &Proceeding{OpenedBy: "a"}, &catalog.SimpleCancel{Individual: rapid.Bool().Draw(t, "individual")}
		if err := (Simplify{Promised: []string{"6", "5", "4", "3", "2", "1"}, Investors: "甲", Reasons: "停业"}).simplify(p, rule, staff.Actor{Name: "甲"}, start); err != nil {
			t.Fatal(err)
		}
		day, applied, objected, withdrawn := start, false, false, false
		for range rapid.IntRange(1, 8).Draw(t, "acts") {
			day = day.AddDays(rapid.IntRange(0, 12).Draw(t, "days"))
			switch rapid.IntRange(0, 3).Draw(t, "act") {
			case 0:
				applied = p.apply(day) == nil || applied
			case 3:
				withdrawn = p.withdraw("") == nil || withdrawn
			case 1:
				if p.object(Object{Claim: Creditor, Said: Said{"乙", "1", "欠款"}}, day) == nil {
					objected = true
					p.drop(Objected, "", day.Time())
				}
			default:
				if p.decide(Decide{Outcome: Ended, Announcement: "x", Original: true}, staff.Actor{AccountID: "b"}, day) != nil {
					continue
				}
				if objected || withdrawn || day <= p.Until || !rule.Individual && !applied {
					t.Fatalf("decided on %s, until %s, applied %v, objected %v", day, p.Until, applied, objected)
				}
			}
		}
	})
}
