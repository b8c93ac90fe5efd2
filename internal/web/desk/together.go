package desk

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/org"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// meet is 联审会议: its minutes complete the step and bind the decision.
func (p *Pages) meet() *caseview.Deed {
	return &caseview.Deed{
		Key: "meet", Title: "联审会议纪要", Said: "会议纪要已记入办件。", Law: "行政许可法第二十六条第二款",
		Lead:     "参与审查的机关都应当到会。结论为不同意的，不能作出准予决定，可以退回相关部门重新研究。纪要记入后不能修改。",
		Possible: func(v caseview.View) bool { return at(v, flow.Meet, casework.StatusHandling) },
		Typed:    []caseview.Field{{Name: "place", Label: "会议地点"}, {Name: "chair", Label: "主持人"}, {Name: "text", Label: "会议纪要"}},
		Form:     func(a caseview.Act) templ.Component { return meetForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			on, _ := calendar.ParseDay(v.Text("on")) // a day that cannot be read is the zero day, which the act refuses
			in := casework.HoldMeeting{Seen: seen, Outcome: v.Text("outcome"), Minutes: casework.Minutes{On: on, Place: v.Text("place"),
				Chair: v.Text("chair"), Text: v.Text("text")}}
			for i, b := range attending(a.View) {
				n := strconv.Itoa(i)
				in.Attendees = append(in.Attendees, casework.Attendee{BodyID: b.ID, Person: v.Text("person." + n), Stance: v.Text("stance." + n),
					Opinion: v.Text("said." + n)})
			}
			return p.Casework.HoldMeeting(v.Context(), v.Actor, in)
		},
		Done: func(_ *visit.Visit, a caseview.Act) string { return a.Path("") },
	}
}

// body is one that has a part in the case.
type body struct{ ID, Name string }

// attending are the bodies that come to a meeting: the deciding one first.
func attending(v caseview.View) []body {
	out := []body{{v.BodyID, v.Impl.Body.Name}}
	for _, id := range v.Flow.Bodies() {
		if id != v.BodyID {
			out = append(out, body{id, v.Bodies[id]})
		}
	}
	return out
}

// meetOutcomes are the conclusions of a meeting.
func meetOutcomes(a caseview.Act) (out []ui.Choice) {
	step, _ := a.At(flow.Meet, "")
	for _, o := range step.Outcomes {
		out = append(out, ui.Choice{Value: o.Key, Text: o.Name})
	}
	return out
}

var stances = []ui.Choice{{Value: flow.Support, Text: "同意"}, {Value: flow.Oppose, Text: "不同意"}}

// consult is 征求意见: another body is asked, the clock runs on.
func (p *Pages) consult() *caseview.Deed {
	return &caseview.Deed{
		Key: "consult", Title: "征求其他机关意见", Said: "已征求意见，对方的工作列表里可以看到。",
		Lead:     "向另一个机关征求意见。对方可以查看这个办件并答复，不能办理其他环节。征求意见不停止计算期限。",
		Possible: func(v caseview.View) bool { return v.Status == casework.StatusHandling },
		Typed:    []caseview.Field{{Name: "question", Label: "征求意见的内容"}},
		Form: func(a caseview.Act) templ.Component {
			return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
				return consultForm(a, p.bodyChoices(ctx, a.BodyID)).Render(ctx, w)
			})
		},
		Do: func(v *visit.Visit, _ caseview.Act, seen casework.Seen) error {
			days, _ := strconv.Atoi(v.Text("days")) // what is no number is refused as 0
			return p.Casework.Consult(v.Context(), v.Actor, casework.Consult{Seen: seen, BodyID: v.Text("body"), Question: v.Text("question"), Days: days})
		},
		Done: func(_ *visit.Visit, a caseview.Act) string { return a.Path("") },
	}
}

// bodyChoices are the bodies that may be asked, townships last.
func (p *Pages) bodyChoices(ctx context.Context, except string) []ui.Choice {
	all, err := p.Org.List(ctx, org.Filter{})
	if err != nil {
		return nil // the act says what is wrong
	}
	var out []ui.Choice
	for _, b := range all {
		if b.Active && b.ID != except && b.Kind != org.Enterprise {
			out = append(out, ui.Choice{Value: b.ID, Text: b.Name})
		}
	}
	return out
}

// question is the open question that the reader's body is asked, nil for none.
func (o opened) question() *casework.Consultation { return openQuestion(o.View, o.Reader) }

func openQuestion(v caseview.View, bodies []string) *casework.Consultation {
	for i, c := range v.Consultations {
		if c.Open() && slices.Contains(bodies, c.BodyID) {
			return &v.Consultations[i]
		}
	}
	return nil
}

// answer is the asked body's opinion, given once.
func (p *Pages) answer() *caseview.Deed {
	return &caseview.Deed{
		Key: "answer", Title: "答复征求意见", Said: "意见已提交。",
		Lead:     "只从本机关的职责提出意见。提交后不能修改。",
		Possible: func(v caseview.View) bool { return slices.ContainsFunc(v.Consultations, casework.Consultation.Open) },
		Typed:    []caseview.Field{{Name: "opinion", Label: "意见"}},
		Form:     func(a caseview.Act) templ.Component { return answerForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, _ casework.Seen) error {
			q := openQuestion(a.View, v.Actor.ScopeFor(needOf(flow.Examine)).Bodies)
			if q == nil {
				return fault.Missing("consult.missing")
			}
			return p.Casework.Opine(v.Context(), v.Actor, casework.Opine{CaseID: a.ID, ID: q.ID, Stance: v.Text("stance"),
				Opinion: strings.TrimSpace(v.Text("opinion"))})
		},
		Done: func(*visit.Visit, caseview.Act) string { return Base },
	}
}
