package aftercare

import (
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/pdf"
)

var fonts = pdf.NewFonts()

type world struct {
	*casetest.World
	l *licence.Service
	s *Service
}

func each(t *testing.T, test func(*testing.T, world)) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		l := licence.New(w.DB, licence.Options{Casework: w.Casework, Catalog: w.Catalog, Keys: w.Keys, Authority: w.Sign, Fonts: fonts,
			Blobs: w.Blobs, BaseURL: "https://onewindow.example"})
		test(t, world{w, l, New(w.DB, Options{Licences: l, Casework: w.Casework, Catalog: w.Catalog, Keys: w.Keys, BaseURL: "https://onewindow.example"})})
	})
}

// issued is the licence of a fresh case.
func (w world) issued(t *testing.T) *licence.Licence {
	t.Helper()
	c := w.Walk(w.Submit(w.Food()), flow.Issue)
	id, err := w.l.Issue(context.Background(), w.Actor("issuer"), licence.Issue{Seen: casetest.Seen(c)})
	if err != nil {
		t.Fatal(err)
	}
	return w.licence(t, id)
}

func (w world) licence(t *testing.T, id string) *licence.Licence {
	t.Helper()
	l, err := w.l.Get(context.Background(), w.Actor("decider"), id)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (w world) stands(t *testing.T, id string) licence.Status {
	return w.licence(t, id).StatusOn(calendar.DayOf(w.Clock.Now()))
}

func (w world) proceeding(t *testing.T, id string) *Proceeding {
	t.Helper()
	p, err := w.s.Get(context.Background(), w.Actor("decider"), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (w world) document(t *testing.T, caseID string, k document.Kind) *document.Document {
	t.Helper()
	if all := w.documents(t, caseID, k); len(all) > 0 {
		return &all[0]
	}
	return nil
}

func (w world) documents(t *testing.T, caseID string, k document.Kind) []document.Document {
	t.Helper()
	all, err := document.New(w.DB, document.Options{}).ByCase(context.Background(), w.Actor("decider"), caseID)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(d document.Document) bool { return d.Kind != k })
}

func wants(t *testing.T, err error, code string) {
	t.Helper()
	if err == nil || fault.Of(err).Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

func none(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func fraud(l *licence.Licence) Open {
	return Open{LicenceID: l.ID, Kind: Rescind, Ground: "fraud", Reasons: "所附租赁合同系伪造"}
}

// 撤销: the holder is told and heard before, somebody else decides, what was got
// by fraud protects nobody and bars from a safety matter for three years
// (行政许可法第七条、第六十九条、第七十九条).
func TestRescind(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, l := context.Background(), w.issued(t)
		for _, login := range []string{"decider", "lina", "zj-handler", "regulator", "clerk"} {
			if _, err := w.s.Open(ctx, w.Actor(login), fraud(l)); err == nil {
				t.Errorf("%s begins to rescind", login)
			}
		}
		id, err := w.s.Open(ctx, w.Actor("handler"), fraud(l))
		none(t, err)
		_, err = w.s.Open(ctx, w.Actor("handler2"), fraud(l))
		wants(t, err, "aftercare.open_already")
		p := w.proceeding(t, id)
		if p.Status != Notified || p.Until != calendar.MustDay("2026-09-20") || w.document(t, l.CaseID, document.CXGZ) == nil {
			t.Fatalf("%+v", p)
		}
		if got := w.stands(t, l.ID); got != licence.Valid {
			t.Errorf("the notice alone makes it %s", got)
		}
		end := Decide{Seen: Seen{ID: id}, Outcome: Ended}
		wants(t, w.s.Decide(ctx, w.Actor("decider"), end), "aftercare.heard_first")
		w.Kept(l.CaseID, "aftercare.heard_first")
		wants(t, w.s.State(ctx, w.Actor("wangxiaoming"), State{Seen: Seen{ID: id}, Text: "不是我的"}), "aftercare.missing")
		none(t, w.s.State(ctx, w.Actor("lina"), State{Seen: Seen{ID: id, Version: 1}, Text: "合同由房东提供，本人不知情。"}))
		wants(t, w.s.State(ctx, w.Actor("lina"), State{Seen: Seen{ID: id}, Text: "再说一次"}), "aftercare.stated")
		wants(t, w.s.Decide(ctx, w.Actor("decider"), end), "form.invalid") // the statement must be answered
		end.Answer = "经核实，合同上的印章系本人伪造，陈述不予采纳。"
		wants(t, w.s.Decide(ctx, w.Actor("decider"), Decide{Seen: Seen{ID: id, Version: 1}, Outcome: Ended, Answer: "x"}), "aftercare.stale")
		none(t, w.s.Decide(ctx, w.Actor("decider"), end))
		wants(t, w.s.Decide(ctx, w.Actor("decider"), end), "aftercare.not_open")
		if got := w.stands(t, l.ID); got != licence.Rescinded {
			t.Errorf("it is %s", got)
		}
		d := w.document(t, l.CaseID, document.CX)
		if d == nil || !d.Facts.MustRescind || d.Facts.Compensation != "" || d.Facts.Remedies.Review == "" {
			t.Fatalf("%+v", d)
		}
		// ... and the matter is closed to the holder for three years.
		draft := w.Draft(w.Actor("lina"), w.Food())
		_, err = w.Casework.Submit(ctx, w.Actor("lina"), casework.Submit{DraftID: draft, Declared: true})
		wants(t, err, "submit.barred")
		if f := fault.Of(err); f.Law != lawBarThree || f.Args["day"] != "2029年9月14日" {
			t.Errorf("%+v", f)
		}
		w.Clock.Set(calendar.MustDay("2029-09-15").Time().Add(9 * time.Hour))
		_, err = w.Casework.Submit(ctx, w.Actor("lina"), casework.Submit{DraftID: draft, Declared: true})
		none(t, err)
	})
}

// 撤回 makes good the damage, 注销 only closes the register; the ways stay apart
// (行政许可法第八条、第七十条).
func TestRecallThenDeregister(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, l := context.Background(), w.issued(t)
		early := Open{LicenceID: l.ID, Kind: Deregister, Ground: "taken_away", Reasons: "已撤回"}
		_, err := w.s.Open(ctx, w.Actor("handler"), early)
		wants(t, err, "aftercare.standing")
		early.Ground = "expired"
		_, err = w.s.Open(ctx, w.Actor("handler"), early)
		wants(t, err, "aftercare.standing")

		id, err := w.s.Open(ctx, w.Actor("handler"), Open{LicenceID: l.ID, Kind: Recall, Ground: "facts_changed", Reasons: "经营场所所在地块依法征收"})
		none(t, err)
		w.Clock.Set(w.proceeding(t, id).Until.AddDays(1).Time().Add(9 * time.Hour))
		wants(t, w.s.State(ctx, w.Actor("lina"), State{Seen: Seen{ID: id}, Text: "太晚了"}), "aftercare.late")
		in := Decide{Seen: Seen{ID: id}, Outcome: Ended}
		wants(t, w.s.Decide(ctx, w.Actor("decider"), in), "form.invalid") // no word on compensation
		in.Compensation = "停产停业损失依法补偿，数额另行核定。"
		none(t, w.s.Decide(ctx, w.Actor("decider"), in))
		if got := w.stands(t, l.ID); got != licence.Retracted {
			t.Errorf("it is %s", got)
		}
		if d := w.document(t, l.CaseID, document.CH); d == nil || d.Facts.Compensation == "" {
			t.Fatal("no decision to recall")
		}
		_, err = w.s.Open(ctx, w.Actor("handler"), fraud(l))
		wants(t, err, "aftercare.standing")

		id, err = w.s.Open(ctx, w.Actor("handler"), Open{LicenceID: l.ID, Kind: Deregister, Ground: "taken_away", Reasons: "许可已撤回"})
		none(t, err)
		w.Clock.Set(w.proceeding(t, id).Until.AddDays(1).Time().Add(9 * time.Hour))
		none(t, w.s.Decide(ctx, w.Actor("decider"), Decide{Seen: Seen{ID: id}, Outcome: Ended, Announcement: "在政务服务网公告"}))
		after := w.licence(t, l.ID)
		if after.StatusOn(calendar.DayOf(w.Clock.Now())) != licence.Retracted || after.DeregisteredOn == nil {
			t.Errorf("after its 注销 it is %s, %v", after.StatusOn(calendar.DayOf(w.Clock.Now())), after.DeregisteredOn)
		}
		v, err := w.l.Verify(ctx, l.Content.Identifier)
		if err != nil || v.Status != licence.Retracted || v.DeregisteredOn == nil {
			t.Errorf("%+v %v", v, err)
		}
		_, err = w.s.Open(ctx, w.Actor("handler"), Open{LicenceID: l.ID, Kind: Deregister, Ground: "taken_away", Reasons: "许可已撤回"})
		none(t, err) // the proposal stands, the act does not
	})
}

// The public interest can save what was wrongly granted (第六十九条第三款), and the
// holder may give a licence up.
func TestSparedAndGivenUp(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, l := context.Background(), w.issued(t)
		id, err := w.s.Open(ctx, w.Actor("handler"), Open{LicenceID: l.ID, Kind: Rescind, Ground: "procedure", Reasons: "应当听证而未听证"})
		none(t, err)
		none(t, w.s.State(ctx, w.Actor("lina"), State{Seen: Seen{ID: id}, Text: "供应全市学校午餐。"}))
		in := Decide{Seen: Seen{ID: id}, Outcome: PublicInterest}
		wants(t, w.s.Decide(ctx, w.Actor("decider"), in), "form.invalid")
		in.Answer = "撤销将使三十所学校停餐，可能对公共利益造成重大损害。"
		none(t, w.s.Decide(ctx, w.Actor("decider"), in))
		if p := w.proceeding(t, id); p.Status != Dropped || w.stands(t, l.ID) != licence.Valid || w.document(t, l.CaseID, document.CX) != nil {
			t.Errorf("%+v", p)
		}
		_, err = w.s.Request(ctx, w.Actor("wangxiaoming"), Request{LicenceID: l.ID, Reasons: "不做了"})
		wants(t, err, "licence.missing")
		id, err = w.s.Request(ctx, w.Actor("lina"), Request{LicenceID: l.ID, Reasons: "停止经营"})
		none(t, err)
		none(t, w.s.Decide(ctx, w.Actor("decider"), Decide{Seen: Seen{ID: id}, Outcome: Ended, Announcement: "在政务服务网公告"}))
		if got := w.stands(t, l.ID); got != licence.Cancelled {
			t.Errorf("it is %s", got)
		}
		_, err = w.s.Request(ctx, w.Actor("lina"), Request{LicenceID: l.ID, Reasons: "停止经营"})
		wants(t, err, "aftercare.standing")
	})
}

// What nobody may do: decide on one's own proposal.
func TestNobodyDecidesTheirOwnProposal(t *testing.T) {
	p := &Proceeding{Kind: Deregister, Status: Proposed, Ground: "dissolved", OpenedBy: "a"}
	err := p.decide(Decide{Outcome: Ended, Announcement: "x"}, staff.Actor{AccountID: "a"}, calendar.MustDay("2026-11-28"))
	wants(t, err, "aftercare.same_person")
	wants(t, p.decide(Decide{Outcome: PublicInterest, Answer: "x"}, staff.Actor{AccountID: "b"}, calendar.MustDay("2026-11-28")), "aftercare.outcome")
}

func TestGroundsCiteTheLaw(t *testing.T) {
	for _, k := range Kinds() {
		seen := map[string]bool{}
		for _, g := range Grounds(k) {
			if g.Text == "" || g.Law == "" || seen[g.Code] {
				t.Errorf("%s %s", k, g.Code)
			}
			seen[g.Code] = true
		}
	}
	if len(Grounds(Rescind)) != 6 || len(Grounds(Deregister)) != 7 {
		t.Error("the law lists five and one for 撤销, six for 注销 with the holder's own wish under the sixth")
	}
}

// The decision is pushed to the regulator, who acknowledges and reports; a
// penalty decision revokes (行政许可法第二十五条、第六十一条、第七十条第（四）项).
func TestRegulator(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, l := context.Background(), w.issued(t)
		w.react(t)
		w.react(t) // events come at least once
		who := w.Actor("regulator")
		inbox, err := w.s.Inbox(ctx, who, true, "", 10)
		if err != nil || len(inbox) != 2 {
			t.Fatalf("%d in the inbox, %v", len(inbox), err)
		}
		if n := w.Count(w.s.AskInbox, who); n != 2 {
			t.Errorf("%d wait", n)
		}
		issued, granted := inbox[0], inbox[1]
		if issued.Reason != "issued" || issued.LicenceID != l.ID || granted.Reason != "granted" || issued.Receiver != w.Food().Regulator.Name {
			t.Errorf("%+v %+v", issued, granted)
		}
		if _, err := w.s.Inbox(ctx, w.Actor("handler"), true, "", 10); err == nil {
			t.Error("an approver reads the regulator's inbox")
		}
		seen := Seen{ID: issued.ID, Version: 1}
		wants(t, w.s.Report(ctx, who, Report{Seen: seen, Result: Fine, Findings: "符合"}), "push.first_acknowledge")
		w.Kept(l.CaseID, "push.first_acknowledge")
		none(t, w.s.Acknowledge(ctx, who, Acknowledge{seen}))
		wants(t, w.s.Acknowledge(ctx, who, Acknowledge{seen}), "push.stale")
		none(t, w.s.Report(ctx, who, Report{Seen: Seen{ID: issued.ID}, Result: Problem, Findings: "现场与申报不符"}))
		wants(t, w.s.Report(ctx, who, Report{Seen: Seen{ID: issued.ID}, Result: Fine, Findings: "x"}), "push.reported")
		back, err := w.s.Problems(ctx, w.Actor("handler"))
		if err != nil || len(back) != 1 || back[0].Findings != "现场与申报不符" {
			t.Errorf("%v %v", back, err)
		}
		revocation := Revocation{PushID: granted.ID, Number: "定市监罚〔2026〕12号", Day: "2026-09-14", Reasons: "生产经营有毒有害食品"}
		_, err = w.s.Revoke(ctx, who, revocation)
		wants(t, err, "aftercare.no_licence")
		revocation.PushID = issued.ID
		_, err = w.s.Revoke(ctx, w.Actor("decider"), revocation)
		wants(t, err, "permission")
		revocation.Day = "2026-09-15"
		_, err = w.s.Revoke(ctx, who, revocation)
		wants(t, err, "form.invalid") // not of today
		revocation.Day = "2026-09-14"
		id, err := w.s.Revoke(ctx, who, revocation)
		none(t, err)
		if p := w.proceeding(t, id); w.stands(t, l.ID) != licence.Revoked || p.Penalty != "定市监罚〔2026〕12号" {
			t.Errorf("%+v", p)
		}
		_, err = w.s.Revoke(ctx, who, revocation)
		wants(t, err, "licence.ended")
		w.react(t)
		of, err := w.s.OfCase(ctx, w.Actor("handler"), w.Case(l.CaseID))
		if err != nil || len(of) != 3 || of[2].Reason != "revoked" {
			t.Errorf("%v %v", of, err)
		}
	})
}

// react does what app does with the events that wait.
func (w world) react(t *testing.T) {
	t.Helper()
	var all []event.Event
	none(t, w.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		all, err = event.Waiting(tx, 5000)
		return err
	}))
	for _, e := range all {
		if on := w.s.Reactions()[e.Topic]; on != nil {
			none(t, on(context.Background(), e))
		}
	}
}

// Whatever is done in whatever order: no licence is taken away before the
// holder could speak, or by who proposed it.
func TestNoProcedureSkipsTheHearing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := calendar.MustDay("2026-11-30")
		kind := rapid.SampledFrom([]Kind{Rescind, Recall}).Draw(t, "kind")
		g := rapid.SampledFrom(Grounds(kind)).Draw(t, "ground")
		p := &Proceeding{Kind: kind, Status: Notified, Ground: g.Code, OpenedBy: "a", Until: day.AddDays(rapid.IntRange(5, 12).Draw(t, "until"))}
		for range rapid.IntRange(1, 8).Draw(t, "acts") {
			day = day.AddDays(rapid.IntRange(0, 4).Draw(t, "days"))
			if rapid.Bool().Draw(t, "state") {
				if err := p.state("申辩", day); err == nil && day > p.Until {
					t.Fatal("a statement after the last day")
				}
				continue
			}
			who := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "who")
			in := Decide{Outcome: rapid.SampledFrom(Outcomes()).Draw(t, "outcome"),
				Answer:       rapid.SampledFrom([]string{"", "已核实"}).Draw(t, "answer"),
				Compensation: rapid.SampledFrom([]string{"", "依法补偿"}).Draw(t, "compensation")}
			open, statement := p.Open(), p.Statement
			if p.decide(in, staff.Actor{AccountID: who}, day) != nil {
				continue
			}
			switch {
			case !open, who == "a", statement == "" && day <= p.Until:
				t.Fatalf("%+v decided by %s on %s", p, who, day)
			case in.Outcome == Ended && p.compensated(g) != (p.Compensation != ""):
				t.Fatalf("compensation %q for %s", p.Compensation, g.Code)
			case statement != "" && p.Answer == "":
				t.Fatal("a statement without an answer")
			}
		}
	})
}
