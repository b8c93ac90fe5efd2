package portal

import (
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/evaluation"
	"onewindow/internal/business/form"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// rating is what the page of a rating (评价) shows.
type rating struct {
	*casework.Dossier
	Given    *evaluation.Rating // nil until there is one
	Grade    string
	Reasons  string // codes, one a line
	Text     string
	Problems ui.Problems
}

func (p *Pages) rating(v *visit.Visit) (*rating, error) {
	d, err := p.dossier(v)
	if err != nil {
		return nil, err
	}
	r := &rating{Dossier: d}
	given, err := p.Ratings.Of(v.Context(), v.Actor, d.ID)
	switch {
	case err == nil:
		r.Given = &given
	case fault.Of(err).Kind != fault.KindMissing:
		return nil, err
	}
	return r, nil
}

// RatePage asks how the case was handled, or shows what was said.
func (p *Pages) RatePage(v *visit.Visit) error {
	r, err := p.rating(v)
	if err != nil {
		return err
	}
	if typed := p.typed(v); typed != nil {
		r.Grade, r.Text = typed["grade"], typed["text"]
		r.Reasons = typed["reasons-"+r.Grade]
	}
	return show(v, "评价服务", ratePage(r), caseCrumbs(r.Dossier)...)
}

// Rate takes the one rating of a case.
func (p *Pages) Rate(v *visit.Visit) error {
	grade, text := v.Text("grade"), v.Text("text")
	n, _ := strconv.Atoi(grade) // what is no number is no grade, which the act says
	reasons := v.Texts("reasons-" + grade)
	var err error
	if !v.Has("refresh") {
		err = p.Ratings.Rate(v.Context(), v.Actor, evaluation.Rate{CaseID: v.Path("id"), Grade: evaluation.Grade(n), Reasons: reasons, Text: text})
		if err == nil {
			v.Flash(ui.OK, "评价已经收到，谢谢。")
			return v.See(caseURL(v.Path("id")) + "/rate")
		}
	}
	r, failed := p.rating(v)
	if failed != nil {
		return failed
	}
	r.Grade, r.Text, r.Reasons = grade, text, v.Answers("reasons-")[grade]
	if err == nil {
		return show(v, "评价服务", ratePage(r), caseCrumbs(r.Dossier)...)
	}
	return again(v, err, "评价服务", func(problems ui.Problems) templ.Component {
		r.Problems = problems
		return ratePage(r)
	}, caseCrumbs(r.Dossier)...)
}

func gradeChoices() (out []ui.Choice) {
	for _, g := range evaluation.Grades() {
		out = append(out, ui.Choice{Value: strconv.Itoa(int(g)), Text: g.Name(), Help: stars(g)})
	}
	return out
}

func stars(g evaluation.Grade) string {
	return string([]rune("★★★★★☆☆☆☆☆")[5-g.Stars() : 10-g.Stars()])
}

// reasonField asks for the reasons of one grade, once that grade is chosen.
func (r *rating) reasonField(g evaluation.Grade) ui.Field {
	grade := strconv.Itoa(int(g))
	return ui.Field{Name: "reasons-" + grade, Label: "为什么" + g.Name() + "（可以多选）", Value: r.reasonsOf(grade), Hidden: r.Grade != grade,
		ShowIf: form.Condition{{Field: "grade", Op: form.Equals, Value: grade}}, Error: r.Problems.At("reasons")}
}

func (r *rating) reasonsOf(grade string) string {
	if r.Grade == grade {
		return r.Reasons
	}
	return ""
}

func reasonChoices(g evaluation.Grade) (out []ui.Choice) {
	for _, x := range g.Reasons() {
		out = append(out, ui.Choice{Value: x.Code, Text: x.Label})
	}
	return out
}

func givenPairs(g *evaluation.Rating) []ui.Pair {
	var reasons string
	for i, x := range g.Reasons {
		if i > 0 {
			reasons += "、"
		}
		reasons += x.Label
	}
	return []ui.Pair{{Term: "评价", Text: g.Grade.Name(), Note: stars(g.Grade)}, {Term: "原因", Text: reasons}, {Term: "您写的", Text: g.Text},
		{Term: "时间", Text: text.At(g.At)}}
}
