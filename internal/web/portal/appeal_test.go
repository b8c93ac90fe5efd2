package portal

import (
	"strings"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/flow"
)

// The applicant sees a review of their case with the days of everybody.
func TestTheApplicantSeesTheAppeal(t *testing.T) {
	s := newSite(t)
	ctx, decider := t.Context(), s.Actor("decider")
	c := s.Walk(s.Submit(s.Food()), flow.Decide)
	if err := s.Casework.Decide(ctx, decider, casework.Decide{Seen: casetest.Seen(c), Opinion: "不同意", Reasons: "面积不足", Basis: "《中华人民共和国食品安全法》第三十三条"}); err != nil {
		t.Fatal(err)
	}
	lina := s.As("lina")
	if p := lina.Get(caseURL(c.ID)).Want(200); strings.Contains(p.Text("main"), "请求事项") {
		t.Error("there is nothing to see yet")
	}
	if _, err := s.Grievances.Record(ctx, decider, complaint.Record{Seen: casework.Seen{CaseID: c.ID}, Kind: complaint.Review, Organ: "定州市人民政府",
		Asked: "撤销不予许可决定", FiledOn: "2026-09-14", ReceivedOn: "2026-09-14"}); err != nil {
		t.Fatal(err)
	}
	got := lina.Get(caseURL(c.ID)).Want(200).Text("main")
	for _, want := range []string{"定州市人民政府", "撤销不予许可决定", "2026年9月28日", "2026年11月13日", "被申请复议或者被起诉"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not told", want)
		}
	}
}
