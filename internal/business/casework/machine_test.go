package casework_test

import (
	"context"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
)

// A machine refuses nobody (个人信息保护法第二十四条); the refusal that a person makes
// names where it is reviewed.
func TestNoMachineRefuses(t *testing.T) {
	w := casetest.SQLite(t)
	ctx := context.Background()
	c := w.Walk(w.Submit(w.Food()), flow.Decide)
	refuse := casework.Decide{Seen: casetest.Seen(c), Opinion: "不符合", Reasons: "不符合规定条件", Basis: "《中华人民共和国食品安全法》第三十五条"}
	if err := w.Casework.Decide(ctx, staff.Machine("系统"), refuse); code(err) != "decide.machine" {
		t.Errorf("a machine refused: %v", err)
	}
	if err := w.Casework.Decide(ctx, w.Actor("decider"), refuse); err != nil {
		t.Fatal(err)
	}
}
