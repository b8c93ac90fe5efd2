package desk

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// advancing are the acts that hand a case on with an opinion.
var advancing = []flow.Act{flow.Examine, flow.Review}

// advance is 承办 and 审核: an opinion, and the review points as they were found.
func (p *Pages) advance(act flow.Act) *caseview.Deed {
	return &caseview.Deed{
		Key: string(act), Title: text.Label(text.Act, string(act)), Whole: true, Said: "意见已提交，办件转入下一环节。",
		Plain:    true,
		Possible: func(v caseview.View) bool { return at(v, act, casework.StatusHandling) },
		Typed:    []caseview.Field{{Name: "opinion", Label: "意见"}},
		Form:     func(a caseview.Act) templ.Component { return advanceForm(a, act) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Casework.Advance(v.Context(), v.Actor, casework.Advance{Seen: seen, Act: act, Outcome: v.Text("outcome"),
				Opinion: v.Text("opinion"), Ticks: a.Marks.Ticks(a.Impl)})
		},
		Done: func(*visit.Visit, caseview.Act) string { return Base },
	}
}

// outcomes are the ways to complete the step that the act completes.
func outcomes(a caseview.Act, act flow.Act) []ui.Choice {
	step, _ := a.Case.Open(a.Impl.Flow, act)
	var out []ui.Choice
	for _, o := range step.Outcomes {
		next, _ := a.Impl.Flow.Step(o.Next)
		c := ui.Choice{Value: o.Key, Text: o.Name}
		if next.Name != "" {
			c.Help = "转「" + next.Name + "」"
		}
		out = append(out, c)
	}
	return out
}
