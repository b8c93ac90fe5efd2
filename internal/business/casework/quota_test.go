package casework_test

import (
	"context"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/fault"
)

func wantFault(t *testing.T, err error, code string) *fault.Fault {
	t.Helper()
	f := fault.Of(err)
	if f == nil || f.Code != code && (len(f.Fields) == 0 || f.Fields[0].Code != code) {
		t.Fatalf("%v, want %s", err, code)
	}
	return f
}

func decide(w *casetest.World, c *casework.Case, grant bool) error {
	in := casework.Decide{Seen: casework.Seen{CaseID: c.ID}, Grant: grant, Opinion: "同意。"}
	if !grant {
		in.Reasons, in.Basis = "不符合条件", "《取水许可和水资源费征收管理条例》第二十条"
	}
	return w.Casework.Decide(context.Background(), w.Actor("decider"), in)
}

// 行政许可法第五十七条: what is scarce goes to who was accepted first; when there is
// enough for all that wait, the order does not matter.
func TestLimitedQuantity(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx, impl := context.Background(), w.Matter("取水许可")
		var cases []*casework.Case
		for range 3 {
			cases = append(cases, w.Walk(w.Submit(impl), flow.Decide))
		}
		set := func(version, total, used int) error {
			return w.Casework.SetQuota(ctx, w.Actor("editor"), casework.SetQuota{Code: impl.Code(), Version: version, Total: total, Used: used, Note: "水资源配置方案"})
		}
		wantFault(t, w.Casework.SetQuota(ctx, w.Actor("handler"), casework.SetQuota{Code: impl.Code()}), "permission")
		food := casework.SetQuota{Code: w.Food().Code(), Total: 1, Note: "x"}
		wantFault(t, w.Casework.SetQuota(ctx, w.Actor("editor"), food), "quota.unlimited")
		wantFault(t, set(0, -1, 0), "quota.figure")
		must(t, set(0, 3, 1))
		wantFault(t, set(0, 9, 0), "quota.stale")
		f := wantFault(t, decide(w, cases[2], true), "quota.order")
		if f.Args["number"] != cases[0].Number || f.Args["left"] != "2" {
			t.Errorf("%v, the first is %s", f.Args, cases[0].Number)
		}
		must(t, decide(w, cases[1], true)) // two are left for the first two
		wantFault(t, decide(w, cases[2], true), "quota.order")
		must(t, decide(w, cases[0], true))
		wantFault(t, decide(w, cases[2], true), "quota.exhausted")
		must(t, decide(w, cases[2], false))
		scarce, err := w.Casework.Scarce(ctx, w.Actor("editor"))
		must(t, err)
		if len(scarce) != 1 || scarce[0].Quota.Used != 3 || scarce[0].Quota.Left() != 0 || len(scarce[0].Waiting) != 0 {
			t.Errorf("%+v", scarce)
		}
	})
}

// However many decide at the same instant, no more are granted than there are.
func TestLimitedQuantityInParallel(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		impl := w.Matter("取水许可")
		must(t, w.Casework.SetQuota(context.Background(), w.Actor("editor"), casework.SetQuota{Code: impl.Code(), Total: 2, Note: "水资源配置方案"}))
		const n = 6
		var cases []*casework.Case
		for range n {
			cases = append(cases, w.Walk(w.Submit(impl), flow.Decide))
		}
		got := make(chan error)
		for _, c := range cases {
			go func() { got <- decide(w, c, true) }()
		}
		granted := 0
		for range n {
			if <-got == nil {
				granted++
			}
		}
		for i, c := range cases {
			if now := w.Case(c.ID); now.Granted && i >= 2 {
				t.Errorf("number %d went before an earlier one", i+1)
			}
		}
		if granted != 2 {
			t.Errorf("%d of 2 were granted", granted)
		}
	})
}

// 行政许可法第三十四条第二款: a process without examination decides at once, and its
// decision says so.
func TestDecidedOnTheSpot(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		for _, grant := range []bool{true, false} {
			c := w.Walk(w.Submit(w.Matter("仅销售预包装食品")), flow.Decide)
			must(t, decide(w, c, grant))
			docs, err := document.New(w.DB, document.Options{}).ByCase(context.Background(), w.Actor("supervisor"), c.ID)
			must(t, err)
			last := docs[len(docs)-1]
			if last.Kind != document.DCJD || (last.Facts.Outcome == document.Refused) == grant {
				t.Errorf("grant %v: %s %q", grant, last.Kind, last.Facts.Outcome)
			}
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
