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
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

func wantCode(t *testing.T, err error, want string) {
	t.Helper()
	if want == "" && err != nil || want != "" && (err == nil || fault.Of(err).Code != want) {
		t.Errorf("got %v, want %q", err, want)
	}
}

// atField is the first field that is wrong, by its code.
func atField(t *testing.T, err error, want string) {
	t.Helper()
	if f := fault.Of(err); f == nil || len(f.Fields) == 0 || f.Fields[0].Code != want {
		t.Errorf("got %+v, want %s", f, want)
	}
}

func receiptOfService(t *testing.T, w *casetest.World, c *casework.Case) *document.Delivery {
	t.Helper()
	all, err := document.New(w.DB, document.Options{}).ByCase(context.Background(), w.Actor("deliverer"), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.Kind == document.SDHZ {
			return d.Facts.Delivery
		}
	}
	return nil
}

// 邮寄送达: sent, perhaps returned, served on the day it was signed for.
func TestServiceByPost(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, who := context.Background(), w.Actor("deliverer")
		c := w.Walk(w.Submit(w.Food()), flow.Deliver)
		seen := casework.Seen{CaseID: c.ID}
		wantCode(t, w.Casework.Deliver(ctx, who, casework.Deliver{Seen: seen, Way: casework.ByPost, SignedBy: "李娜"}), "deliver.not_posted")
		atField(t, w.Casework.Dispatch(ctx, who, casework.Dispatch{Seen: seen, Carrier: "中国邮政"}), "text.required")
		wantCode(t, w.Casework.Dispatch(ctx, w.Actor("handler"), casework.Dispatch{Seen: seen, Carrier: "中国邮政", Tracking: "1"}), "permission")
		wantCode(t, w.Casework.Dispatch(ctx, who, casework.Dispatch{Seen: casetest.Seen(c), Carrier: "中国邮政", Tracking: "EA1"}), "")
		wantCode(t, w.Casework.Dispatch(ctx, who, casework.Dispatch{Seen: seen, Carrier: "中国邮政", Tracking: "EA2"}), "deliver.under_way")
		wantCode(t, w.Casework.PostReturned(ctx, who, casework.PostReturned{Seen: seen, Why: "地址不详"}), "")
		wantCode(t, w.Casework.PostReturned(ctx, who, casework.PostReturned{Seen: seen, Why: "地址不详"}), "deliver.not_posted")
		if got := w.Case(c.ID); got.Status != casework.StatusGranted {
			t.Fatalf("a letter that came back makes it %s", got.Status)
		}
		wantCode(t, w.Casework.Dispatch(ctx, who, casework.Dispatch{Seen: seen, Carrier: "中国邮政", Tracking: "EA2"}), "")
		w.Clock.Advance(3 * 24 * time.Hour)
		today := calendar.DayOf(w.Clock.Now())
		in := casework.Deliver{Seen: seen, Way: casework.ByPost, SignedBy: "李娜", On: today.AddDays(1)}
		atField(t, w.Casework.Deliver(ctx, who, in), "deliver.on")
		in.On = today.AddDays(-5)
		atField(t, w.Casework.Deliver(ctx, who, in), "deliver.on")
		in.On = today.AddDays(-1)
		wantCode(t, w.Casework.Deliver(ctx, who, in), "")
		d := receiptOfService(t, w, c)
		if d == nil || d.Method != "邮寄送达" || calendar.DayOf(d.ReceivedAt) != in.On || d.Proof != "中国邮政，邮件号EA2" {
			t.Fatalf("%+v", d)
		}
		x, err := w.Casework.Dossier(ctx, who, c.ID)
		if err != nil || len(x.Attempts) != 2 || x.Attempts[0].Status != casework.Returned || x.Attempts[1].Status != casework.Served {
			t.Errorf("%+v %v", x.Attempts, err)
		}
	})
}

// 留置送达 needs a witness; 电子送达 needs consent.
func TestServiceByLeavingAndOnline(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, who := context.Background(), w.Actor("deliverer")
		c := w.Walk(w.Submit(w.Food()), flow.Deliver)
		in := casework.Deliver{Seen: casetest.Seen(c), Way: casework.ByLeaving, Why: "受送达人拒绝签收"}
		atField(t, w.Casework.Deliver(ctx, who, in), "text.required")
		in.Witness = "居委会 赵强"
		wantCode(t, w.Casework.Deliver(ctx, who, in), "")
		if d := receiptOfService(t, w, c); d == nil || d.Method != "留置送达" || d.Witness != "居委会 赵强" {
			t.Fatalf("%+v", d)
		}
		c = w.Walk(w.Submit(w.Food()), flow.Deliver)
		online := casework.Deliver{Seen: casetest.Seen(c), Way: casework.ByDownload}
		atField(t, w.Casework.Deliver(ctx, w.Actor("lina"), online), "deliver.consent")
		online.Consent = true
		wantCode(t, w.Casework.Deliver(ctx, who, online), "deliver.own_download")
		wantCode(t, w.Casework.Deliver(ctx, w.Actor("lina"), online), "")
	})
}

// 公告送达 counts when its days are over, and not a day before.
func TestServiceByAnnouncement(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, who := context.Background(), w.Actor("deliverer")
		c := w.Walk(w.Submit(w.Food()), flow.Deliver)
		seen := casework.Seen{CaseID: c.ID}
		atField(t, w.Casework.Announce(ctx, who, casework.Announce{Seen: seen, Place: "政务服务网"}), "text.required")
		wantCode(t, w.Casework.Announce(ctx, who, casework.Announce{Seen: seen, Place: "政务服务网", Why: "邮件两次退回，电话无人接听"}), "")
		wantCode(t, w.Casework.Deliver(ctx, who, casework.Deliver{Seen: seen, Way: casework.ByAnnouncement}), "deliver.announcing")
		w.Clock.Set(calendar.DayOf(w.Clock.Now()).AddDays(30).Time().Add(23 * time.Hour))
		if n, err := w.Casework.ServeAnnounced(ctx); n != 0 || err != nil {
			t.Fatalf("on its last day: %d %v", n, err)
		}
		w.Clock.Advance(2 * time.Hour)
		if n, err := w.Casework.ServeAnnounced(ctx); n != 1 || err != nil {
			t.Fatalf("after it: %d %v", n, err)
		}
		if d := receiptOfService(t, w, c); w.Case(c.ID).Status != casework.StatusConcluded || d.Method != "公告送达" {
			t.Errorf("%+v", d)
		}
		// One who comes meanwhile is served at the window.
		c = w.Walk(w.Submit(w.Food()), flow.Deliver)
		wantCode(t, w.Casework.Announce(ctx, who, casework.Announce{Seen: casetest.Seen(c), Place: "政务服务网", Why: "下落不明"}), "")
		c = w.Case(c.ID)
		wantCode(t, w.Casework.Deliver(ctx, who, casework.Deliver{Seen: casetest.Seen(c), Way: casework.ByWindow, Code: w.Casework.PickupCode(c), SignedBy: "李娜"}), "")
		w.Clock.Advance(90 * 24 * time.Hour)
		if n, err := w.Casework.ServeAnnounced(ctx); n != 0 || err != nil {
			t.Errorf("served twice: %d %v", n, err)
		}
	})
}

// A supplement that never comes ends an application only where a rule of the
// matter says so, only after its day, and only by a person.
func TestTerminateOnlyByARule(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, who := context.Background(), w.Actor("clerk")
		c := w.Submit(w.Food())
		err := w.Casework.NotifySupplement(ctx, who, casework.NotifySupplement{Seen: casetest.Seen(c), Days: 15,
			Items: []casework.Item{{Material: "003", Name: "平面图", Problem: "不清晰", Standard: "清晰"}}})
		wantCode(t, err, "")
		w.Clock.Advance(100 * 24 * time.Hour)
		if _, err := w.Casework.Deem(ctx); err != nil {
			t.Fatal(err)
		}
		if got := w.Case(c.ID); got.Status != casework.StatusSupplement {
			t.Fatalf("by itself it became %s", got.Status)
		}
		end := casework.Terminate{Seen: casework.Seen{CaseID: c.ID}, Reason: "逾期100日未补正"}
		wantCode(t, w.Casework.Terminate(ctx, who, end), "terminate.no_rule")
		rule(t, w, c, "《河北省政务服务条例》（示例）第二十条")
		wantCode(t, w.Casework.Terminate(ctx, who, casework.Terminate{Seen: end.Seen}), "form.invalid")
		wantCode(t, w.Casework.Terminate(ctx, who, end), "")
		if got := w.Case(c.ID); got.Status != casework.StatusTerminated || len(got.Flow.Open) != 0 {
			t.Errorf("%s %s", got.Status, got.Steps())
		}
		wantCode(t, w.Casework.Terminate(ctx, who, end), "case.not_at_step")
	})
}

// rule gives the matter of a case a rule by which silence ends it. The version
// is shared in memory, so that no catalogue act is needed for a test.
func rule(t *testing.T, w *casetest.World, c *casework.Case, law string) {
	t.Helper()
	impl, err := w.Catalog.ByID(context.Background(), c.ImplementationID)
	if err != nil {
		t.Fatal(err)
	}
	impl.SilenceEnds = law
}

// A decision that was annulled is made anew in a case of its own, linked to the
// first, with all that was handed in.
func TestRedecide(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		c := w.Walk(w.Submit(w.Food()), flow.Decide)
		var again *casework.Case
		redo := func() error {
			return w.DB.Act(ctx, func(tx *db.Tx) (err error) {
				again, err = w.Casework.Redecide(tx, w.Actor("decider"), c.ID)
				return err
			})
		}
		wantCode(t, redo(), "case.not_at_step")
		wantCode(t, w.Casework.Decide(ctx, w.Actor("decider"), casework.Decide{Seen: casetest.Seen(c), Opinion: "不同意", Reasons: "面积不足", Basis: "《中华人民共和国食品安全法》第三十三条"}), "")
		wantCode(t, redo(), "")
		before, err := w.Casework.Dossier(ctx, w.Actor("decider"), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		after, err := w.Casework.Dossier(ctx, w.Actor("decider"), again.ID)
		if err != nil {
			t.Fatal(err)
		}
		if after.PriorID != c.ID || after.Status != casework.StatusHandling || after.StatutoryDue <= before.StatutoryDue && after.StatutoryDue == 0 {
			t.Errorf("%+v", after.Case)
		}
		if len(after.Materials) != len(before.Materials) || len(after.Materials[2].Files) != len(before.Materials[2].Files) || after.Values["premises.address"] != before.Values["premises.address"] {
			t.Error("what was handed in did not come along")
		}
		if got := w.Walk(again, flow.Decide); got.Steps() != "decide" {
			t.Errorf("it stands at %s", got.Steps())
		}
	})
}

// An application about a registration that was issued begins with what its
// licence brings, and is not taken for papers that were given back.
func TestAboutARegistrationThatWasIssued(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, lina := context.Background(), w.Actor("lina")
		c := w.Submit(w.Food())
		start := casework.StartDraft{ImplementationID: w.Matter("市场主体变更登记").ID, ApplicantID: c.ApplicantID, Channel: casework.Online,
			About: casework.About{Purpose: casework.PurposeChange, LicenceID: "licence", PriorID: c.ID}}
		begin := func() error {
			return w.DB.Act(ctx, func(tx *db.Tx) error { _, err := w.Casework.StartDraftIn(tx, lina, start); return err })
		}
		wantCode(t, begin(), "")
		start.LicenceID = "" // papers that were given back are those of a case that says so
		wantCode(t, begin(), "case.missing")
	})
}
