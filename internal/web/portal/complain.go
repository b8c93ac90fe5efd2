package portal

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/complaint"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// complaining is the page on which a complaint about a case is written.
type complaining struct {
	*casework.Dossier
	Kind, Text string
	Problems   ui.Problems
}

// AskComplain asks what went wrong.
func (p *Pages) AskComplain(v *visit.Visit) error {
	d, err := p.dossier(v)
	if err != nil {
		return err
	}
	typed := p.typed(v)
	return show(v, "投诉", complainPage(complaining{Dossier: d, Kind: typed["kind"], Text: typed["text"]}), caseCrumbs(d)...)
}

// Complain files it.
func (p *Pages) Complain(v *visit.Visit) error {
	id, err := p.Complaints.File(v.Context(), v.Actor, complaint.File{CaseID: v.Path("id"), Kind: complaint.Kind(v.Text("kind")), Text: v.Text("text")})
	if err == nil {
		v.Flash(ui.OK, "投诉已经收到，5个工作日内告诉您是否受理。")
		return v.See("/complaints/" + id)
	}
	d, failed := p.dossier(v)
	if failed != nil {
		return failed
	}
	return again(v, err, "投诉", func(problems ui.Problems) templ.Component {
		return complainPage(complaining{Dossier: d, Kind: v.Text("kind"), Text: v.Text("text"), Problems: problems})
	}, caseCrumbs(d)...)
}

func complaintKinds() (out []ui.Choice) {
	for _, k := range complaint.Kinds() {
		out = append(out, ui.Choice{Value: string(k), Text: text.Label(text.ComplaintKind, string(k))})
	}
	return out
}

// MyComplaint shows a complaint and its answer.
func (p *Pages) MyComplaint(v *visit.Visit) error {
	c, err := p.Complaints.Get(v.Context(), v.Actor, v.Path("complaint"))
	if err != nil {
		return err
	}
	return show(v, "投诉 "+c.Number, myComplaintPage(c, ui.Problems{}), ui.Link{Text: "我的办件", Href: "/cases"}, ui.Link{Text: c.ItemName, Href: caseURL(c.CaseID)})
}

// Unsatisfied takes an answer to the supervisor.
func (p *Pages) Unsatisfied(v *visit.Visit) error {
	version, err := v.Int("version")
	if err != nil {
		return err
	}
	err = p.Complaints.Again(v.Context(), v.Actor, complaint.Seen{ID: v.Path("complaint"), Version: version})
	if err == nil {
		v.Flash(ui.OK, "已经转给督查机构处理。")
		return v.See("/complaints/" + v.Path("complaint"))
	}
	c, failed := p.Complaints.Get(v.Context(), v.Actor, v.Path("complaint"))
	if failed != nil {
		return failed
	}
	return again(v, err, "投诉 "+c.Number, func(problems ui.Problems) templ.Component { return myComplaintPage(c, problems) },
		ui.Link{Text: "我的办件", Href: "/cases"}, ui.Link{Text: c.ItemName, Href: caseURL(c.CaseID)})
}

func complaintPairs(c *complaint.Complaint) []ui.Pair {
	out := []ui.Pair{{Term: "投诉编号", Text: c.Number}, {Term: "办件", Text: c.ItemName, Href: caseURL(c.CaseID), Note: c.CaseNumber},
		{Term: "投诉的问题", Text: text.Label(text.ComplaintKind, string(c.Kind))}, {Term: "投诉内容", Text: c.Text}, {Term: "投诉时间", Text: text.At(c.FiledAt)}}
	if c.Status == complaint.Filed {
		out = append(out, ui.Pair{Term: "受理期限", Text: text.Day(c.AcceptDue)})
	}
	if c.Status == complaint.Accepted {
		out = append(out, ui.Pair{Term: "答复期限", Text: text.Day(c.AnswerDue)})
	}
	if !c.EscalatedAt.IsZero() {
		out = append(out, ui.Pair{Term: "督办", Text: "已转督查机构", Note: text.At(c.EscalatedAt)})
	}
	if c.Answer != "" {
		out = append(out, ui.Pair{Term: "答复", Text: c.Answer, Note: text.At(c.AnsweredAt)})
	}
	return out
}
