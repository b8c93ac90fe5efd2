package desk

import (
	"slices"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// settleHeld is 处理暂缓制证: the grant rested on a commitment that was false.
func (p *Pages) settleHeld() *caseview.Deed {
	return &caseview.Deed{
		Key: "held", Title: "处理暂缓制证", Law: "行政许可法第六十九条第二款、第七条", Said: "已处理，已通知申请人。",
		Lead:     "准予后核查认为承诺不实，证照还没有制作，已暂缓。听取陈述申辩后，撤销准予决定，或者恢复制证。",
		Possible: func(v caseview.View) bool { return v.HeldBack() != nil && v.Status == casework.StatusGranted },
		Typed:    []caseview.Field{{Name: "statement", Label: "申请人的陈述、申辩"}, {Name: "reasons", Label: "理由"}},
		Form:     func(a caseview.Act) templ.Component { return settleHeldForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			if v.Text("outcome") == "" {
				return fault.Invalid("form.invalid", fault.At("outcome", "form.required", "label", "处理结果"))
			}
			return p.Casework.SettleHeld(v.Context(), v.Actor, casework.SettleHeld{Seen: seen, Rescind: v.Text("outcome") == "rescind",
				Statement: v.Text("statement"), Reasons: v.Text("reasons")})
		},
		Done: func(_ *visit.Visit, a caseview.Act) string { return a.Path("") },
	}
}

// heldOutcomes are the two ways out.
func heldOutcomes() []ui.Choice {
	return []ui.Choice{{Value: "rescind", Text: "撤销准予决定", Help: "出具撤销决定书，办件终结。"}, {Value: "release", Text: "承诺属实或者情节不影响准予，恢复制证", Help: "准予决定继续有效，办件回到制证环节。"}}
}

// heldPairs say until when the applicant may speak, and what follows then.
func heldPairs(a caseview.Act) []ui.Pair {
	until := a.HeldBack().Until
	note := "含当日。没有收到陈述申辩的，次日起才能撤销；收到的，答复后可以撤销"
	if a.Today > until {
		note = "已经届满，没有收到陈述申辩也可以撤销"
	}
	return []ui.Pair{{Term: "陈述申辩的期限", Text: text.Day(until), Note: note}, {Term: "核查认定", Text: "见撤销行政许可事先告知书", Href: a.Path("#documents")}}
}

// maySettle says that the reader is led to the page on which it is settled.
func (o opened) maySettle() bool {
	return slices.ContainsFunc(o.Others, func(a caseview.Act) bool { return a.Deed.Key == "held" })
}
