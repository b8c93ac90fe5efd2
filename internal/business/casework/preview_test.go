package casework_test

import (
	"context"
	"strings"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/fault"
)

// A preview says what would be issued and changes nothing.
func TestPreviews(t *testing.T) {
	w, ctx := casetest.SQLite(t), context.Background()
	c := w.Submit(w.Food())
	m := w.Food().Materials[0]
	notice := casework.NotifySupplement{Seen: casetest.Seen(c), Items: []casework.Item{{Material: m.No, Name: m.Name, Problem: "缺少签字", Standard: "由法定代表人签字"}}}
	d, err := w.Casework.PreviewSupplement(ctx, w.Actor("clerk"), notice)
	if err != nil || d.Number != "" || d.Facts.Supplements[0].Problem != "缺少签字" {
		t.Fatalf("%+v, %v", d, err)
	}
	if now := w.Case(c.ID); now.Version != c.Version || now.Status != c.Status {
		t.Fatalf("the preview changed the case: %+v", now)
	}
	notice.Items = nil
	if _, err := w.Casework.PreviewSupplement(ctx, w.Actor("clerk"), notice); fault.Of(err).Fields[0].Code != "supplement.no_items" {
		t.Fatal(err)
	}

	c = w.Walk(c, flow.Decide)
	refusal := casework.Decide{Seen: casetest.Seen(c), Opinion: "不同意。", Reasons: "场所布局不符合条件", Basis: "《食品经营许可和备案管理办法》第十二条"}
	d, err = w.Casework.PreviewDecision(ctx, w.Actor("decider"), refusal)
	if err != nil || !strings.Contains(d.Facts.Remedies.Review, "人民政府") || d.Title() != "不予行政许可决定书" {
		t.Fatalf("%+v, %v", d.Facts.Remedies, err)
	}
	if now := w.Case(c.ID); !now.DecidedAt.IsZero() || now.Version != c.Version {
		t.Fatalf("the preview decided: %+v", now)
	}
}
