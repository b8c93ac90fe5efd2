package desk

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// returning are the acts from whose step a case may be sent back.
var returning = []flow.Act{flow.Examine, flow.Review, flow.Decide}

// sendBack is 退回 to an earlier step, with a reason; no deadline moves.
func (p *Pages) sendBack(act flow.Act) *caseview.Deed {
	return &caseview.Deed{
		Key: string(act) + "/return", Title: "退回", Said: "已退回。",
		Lead: "退回到前面的环节补充或者重新办理。期限照常计算，不因退回而延长。",
		Possible: func(v caseview.View) bool {
			return at(v, act, casework.StatusHandling) && len(targets(v, act)) > 0
		},
		Typed: []caseview.Field{{Name: "reason", Label: "退回理由"}},
		Form:  func(a caseview.Act) templ.Component { return sendBackForm(a, targets(a.View, act)) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			step, _ := a.At(act, v.Text("step"))
			return p.Casework.Return(v.Context(), v.Actor, casework.Return{Seen: seen, From: step.Key, To: v.Text("to"), Reason: v.Text("reason")})
		},
		Done: func(*visit.Visit, caseview.Act) string { return Base },
	}
}

// targets are the steps to which the case may go back now.
func targets(v caseview.View, act flow.Act) []ui.Choice {
	step, open := v.At(act, "")
	if !open {
		return nil
	}
	var out []ui.Choice
	for _, s := range v.Impl.Flow.Returns(v.Flow, step.Key) {
		out = append(out, ui.Choice{Value: s.Key, Text: s.Name})
	}
	return out
}

// chosen is the step that is chosen, the last one to begin with.
func chosen(a caseview.Act, to []ui.Choice) string {
	if s := a.Typed["to"]; s != "" || len(to) == 0 {
		return s
	}
	return to[len(to)-1].Value
}
