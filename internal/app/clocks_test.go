package app

import (
	"strings"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/org"
)

// 行政复议法第十一条、第二十三条: who gets no decision in time asks for review first; the
// silence is neither grant nor refusal, but for a renewal (行政许可法第五十条).
func TestOverdueTellsReviewBeforeCourt(t *testing.T) {
	n := casework.Noticed{Happened: casework.Happened{ItemName: "食品经营许可", Number: "1306820"}, Due: calendar.MustDay("2026-11-20")}
	body := org.Body{Name: "定州市行政审批局", Remedies: org.Remedies{Review: "定州市人民政府"}}
	words := overdueWords(n, casework.PurposeNew, body)
	for _, want := range []string{"2026年11月20日届满", "向定州市人民政府申请行政复议", "应当先申请行政复议", "不等于准予，也不等于不予许可"} {
		if !strings.Contains(words, want) {
			t.Errorf("does not say %s: %s", want, words)
		}
	}
	if renewal := overdueWords(n, casework.PurposeRenew, body); !strings.Contains(renewal, "视为准予延续") || strings.Contains(renewal, "不等于准予") {
		t.Error(renewal)
	}
	if words := overdueWords(n, casework.PurposeNew, org.Body{Name: "某局"}); !strings.Contains(words, "有管辖权的行政复议机关") {
		t.Error(words)
	}
}
