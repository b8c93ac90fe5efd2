package admin

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/privacy"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

const assessmentsPath = Base + "/assessments"

func (p *Pages) assessmentRoutes() []visit.Route {
	return []visit.Route{
		p.get("/assessments", staff.PrivacyManage, p.Assessments),
		p.get("/assessments/new", staff.PrivacyManage, p.NewAssessment),
		p.post("/assessments/new", staff.PrivacyManage, p.Assess),
		p.get("/assessments/{assessment}", staff.PrivacyManage, p.Assessment),
	}
}

// Assessments lists what was assessed, the newest first.
func (p *Pages) Assessments(v *visit.Visit) error {
	all, err := p.Privacy.List(v.Context(), v.Actor, v.Query("after"), delegationLines+1)
	if err != nil {
		return err
	}
	all, pages := visit.Cut(v, assessmentsPath, nil, all, delegationLines, func(a privacy.Assessment) string { return a.ID })
	return show(v, "个人信息保护影响评估", assessmentsPage(all, pages), ui.Link{Text: "个人信息保护影响评估", Current: true})
}

func assessmentRows(all []privacy.Assessment) (out []ui.Row) {
	for _, a := range all {
		out = append(out, ui.Row{Cells: []ui.Cell{{Text: a.Title, Href: assessmentsPath + "/" + a.ID}, {Text: a.Outcome}, {Text: a.ByName, Note: text.At(a.At)}, {Text: text.Day(a.KeepTo)}}})
	}
	return out
}

// assessing is the form of an assessment.
type assessing struct {
	Typed    map[string]string
	Problems ui.Problems
}

func assessmentCrumbs(title string) []ui.Link {
	return []ui.Link{{Text: "个人信息保护影响评估", Href: assessmentsPath}, {Text: title, Current: true}}
}

// NewAssessment asks what was weighed.
func (p *Pages) NewAssessment(v *visit.Visit) error {
	return show(v, "登记评估", assessingPage(assessing{Typed: map[string]string{}}), assessmentCrumbs("登记评估")...)
}

// Assess keeps the report.
func (p *Pages) Assess(v *visit.Visit) error {
	id, err := p.Privacy.Assess(v.Context(), v.Actor, privacy.Assess{Title: v.Text("title"), Purpose: v.Text("purpose"), Risks: v.Text("risks"),
		Measures: v.Text("measures"), Outcome: v.Text("outcome")})
	if err == nil {
		v.Flash(ui.OK, "评估报告已登记，保存不少于三年，不能修改、删除。")
		return v.See(assessmentsPath + "/" + id)
	}
	return v.Again(err, func(problems ui.Problems) templ.Component {
		return frame(v.Page("登记评估", assessmentCrumbs("登记评估")...), assessingPage(assessing{v.Answers(""), problems}))
	})
}

// Assessment shows a report, ready to be printed.
func (p *Pages) Assessment(v *visit.Visit) error {
	a, err := p.Privacy.Get(v.Context(), v.Actor, v.Path("assessment"))
	if err != nil {
		return err
	}
	return show(v, a.Title, assessmentPage(a), assessmentCrumbs(a.Title)...)
}

func assessmentPairs(a privacy.Assessment) []ui.Pair {
	return []ui.Pair{{Term: "评估的处理活动", Text: a.Title}, {Term: "目的、方式是否合法、正当、必要", Text: a.Purpose}, {Term: "对个人权益的影响和安全风险", Text: a.Risks},
		{Term: "保护措施是否合法、有效、与风险相适应", Text: a.Measures}, {Term: "结论", Text: a.Outcome}, {Term: "评估人员", Text: a.ByName, Note: text.At(a.At)},
		{Term: "保存至少到", Text: text.Day(a.KeepTo)}}
}
