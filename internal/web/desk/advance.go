package desk

import (
	"time"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// advancing are the acts that hand a case on with an opinion.
var advancing = []flow.Act{flow.Examine, flow.Review, flow.Opine}

// advance is 承办, 审核 and another body's 意见: an opinion, and the review points
// as they were found.
func (p *Pages) advance(act flow.Act) *caseview.Deed {
	return &caseview.Deed{
		Key: string(act), Title: text.Label(text.Act, string(act)), Whole: true, Said: "意见已提交，办件转入下一环节。",
		Plain:    true,
		Possible: func(v caseview.View) bool { return at(v, act, casework.StatusHandling) },
		Typed:    []caseview.Field{{Name: "opinion", Label: "意见"}},
		Form:     func(a caseview.Act) templ.Component { return advanceForm(a, act) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Casework.Advance(v.Context(), v.Actor, casework.Advance{Seen: seen, Spot: spotOf(v), Act: act, Outcome: v.Text("outcome"),
				Opinion: v.Text("opinion"), Ticks: a.Marks.Ticks(a.Impl)})
		},
		Done: func(*visit.Visit, caseview.Act) string { return Base },
	}
}

// outcomes are the ways to complete the step that the act completes.
func outcomes(a caseview.Act, act flow.Act) []ui.Choice {
	step, _ := a.At(act, a.Typed["step"])
	block, _ := a.Impl.Flow.BlockOf(step.Key)
	var out []ui.Choice
	for _, o := range step.Outcomes {
		c := ui.Choice{Value: o.Key, Text: o.Name}
		switch {
		case o.Next != "":
			c.Help = "转「" + a.Impl.Flow.NameOf(o.Next) + "」"
		case block != nil:
			c.Help = "本分支完成，在「" + block.Name + "」汇合"
		}
		out = append(out, c)
	}
	return out
}

// spot are the hidden fields that say which of several open steps is meant, and
// since when it waits.
func spot(a caseview.Act, act flow.Act) []ui.Pair {
	step, _ := a.At(act, a.Typed["step"])
	token, open := a.Flow.Token(step.Key)
	if !open {
		return nil
	}
	return []ui.Pair{{Term: "step", Text: step.Key}, {Term: "since", Text: token.Since.Format(time.RFC3339Nano)}}
}

// spotOf reads what spot wrote; anything else is the only step of the act.
func spotOf(v *visit.Visit) casework.Spot {
	since, _ := time.Parse(time.RFC3339Nano, v.Text("since"))
	return casework.Spot{Step: v.Text("step"), Since: since}
}

// stepName is what the step is called.
func stepName(a caseview.Act, act flow.Act) string {
	if step, ok := a.At(act, a.Typed["step"]); ok {
		return step.Name
	}
	return a.Deed.Title
}
