package oversight

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/appealview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

const (
	complaintsPath = Base + "/complaints"
	appealsPath    = Base + "/appeals"
)

func (p *Pages) complaintRoutes() []visit.Route {
	return []visit.Route{
		p.get("/appeals", staff.SupervisionRead, p.Appeals),
		p.get("/complaints", staff.ComplaintHandle, p.Complaints),
		p.get("/complaints/{complaint}", staff.ComplaintHandle, p.Complaint),
		p.post("/complaints/{complaint}/accept", staff.ComplaintHandle, p.AcceptComplaint),
		p.post("/complaints/{complaint}/reply", staff.ComplaintHandle, p.ReplyComplaint),
	}
}

// Appeals lists the reviews and suits in the reader's scope, the newest first.
func (p *Pages) Appeals(v *visit.Visit) error {
	pending := v.Query("show") != "all"
	all, err := p.Grievances.AllAppeals(v.Context(), v.Actor, pending, v.Query("after"), complaintsSize+1)
	if err != nil {
		return err
	}
	all, pages := visit.Cut(v, appealsPath, visit.ShowAll(!pending), all, complaintsSize, func(a *complaint.Appeal) string { return a.ID })
	t := appealview.Table(all, "/desk/appeals", calendar.DayOf(v.Now()), p.Casework.Calendar())
	return show(v, "复议、诉讼", appealsPage(t, pending, pages), ui.Link{Text: "督查", Href: Base}, ui.Link{Text: "复议、诉讼", Current: true})
}

// complaints is a page of complaints.
type complaints struct {
	All   []*complaint.Complaint
	Open  bool
	Pages ui.Pages
}

const complaintsSize = 20

// Complaints lists those in the reader's scope, the newest first.
func (p *Pages) Complaints(v *visit.Visit) error {
	x := complaints{Open: v.Query("show") != "all"}
	all, err := p.Grievances.List(v.Context(), v.Actor, x.Open, v.Query("after"), complaintsSize+1)
	if err != nil {
		return err
	}
	x.All, x.Pages = visit.Cut(v, complaintsPath, visit.ShowAll(!x.Open), all, complaintsSize, func(c *complaint.Complaint) string { return c.ID })
	return show(v, "投诉", complaintsPage(x), ui.Link{Text: "督查", Href: Base}, ui.Link{Text: "投诉", Current: true})
}

// complaintsTable is the head of a list of complaints.
var complaintsTable = ui.TableData{Caption: "投诉", Columns: []ui.Column{{Title: "投诉"}, {Title: "事项"}, {Title: "投诉时间", Tight: true}, {Title: "期限", Tight: true}, {Title: "状态"}}}

func (x complaints) table() ui.TableData {
	t := complaintsTable
	t.Rows = x.rows()
	return t
}

func (x complaints) rows() (out []ui.Row) {
	for _, c := range x.All {
		row := ui.Row{Cells: []ui.Cell{{Text: text.Label(text.ComplaintKind, string(c.Kind)), Href: complaintsPath + "/" + c.ID, Note: c.Number},
			{Text: c.ItemName, Note: c.CaseNumber}, {Text: text.At(c.FiledAt)}, {Text: text.Day(dueOf(c))},
			{Body: ui.Badge(text.Label(text.Complaint, string(c.Status)), text.Tone(text.Complaint, string(c.Status))), Note: escalated(c)}}}
		if !c.EscalatedAt.IsZero() && c.Status != complaint.Answered {
			row.Tone = ui.Bad
		}
		out = append(out, row)
	}
	return out
}

// dueOf is the day by which the complaint must move on.
func dueOf(c *complaint.Complaint) calendar.Day {
	switch c.Status {
	case complaint.Filed:
		return c.AcceptDue
	case complaint.Accepted:
		return c.AnswerDue
	}
	return 0
}

func escalated(c *complaint.Complaint) string {
	if c.EscalatedAt.IsZero() {
		return ""
	}
	return "已升级督办：" + text.Label(text.Escalated, c.EscalatedWhy)
}

// oneComplaint is the page of a complaint.
type oneComplaint struct {
	*complaint.Complaint
	Typed    map[string]string
	Problems ui.Problems
}

func (p *Pages) oneComplaint(v *visit.Visit) (o oneComplaint, err error) {
	o.Typed = map[string]string{}
	o.Complaint, err = p.Grievances.Get(v.Context(), v.Actor, v.Path("complaint"))
	return o, err
}

func (o oneComplaint) crumbs() []ui.Link {
	return []ui.Link{{Text: "督查", Href: Base}, {Text: "投诉", Href: complaintsPath}, {Text: o.Number, Current: true}}
}

func (o oneComplaint) pairs() []ui.Pair {
	out := []ui.Pair{{Term: "投诉编号", Text: o.Number}, {Term: "投诉人", Text: o.FilerName}, {Term: "投诉的问题", Text: text.Label(text.ComplaintKind, string(o.Kind))},
		{Term: "事项", Text: o.ItemName, Note: o.CaseNumber}, {Term: "投诉时间", Text: text.At(o.FiledAt)}, {Term: "受理期限", Text: text.Day(o.AcceptDue)}}
	if o.AnswerDue != 0 {
		out = append(out, ui.Pair{Term: "答复期限", Text: text.Day(o.AnswerDue)})
	}
	if e := escalated(o.Complaint); e != "" {
		out = append(out, ui.Pair{Term: "督办", Text: e, Note: text.At(o.EscalatedAt)})
	}
	out = append(out, ui.Pair{Term: "投诉内容", Text: o.Text})
	if o.Answer != "" {
		out = append(out, ui.Pair{Term: "答复", Text: o.Answer, Note: o.HandlerName + "，" + text.At(o.AnsweredAt)},
			ui.Pair{Term: "情况是否属实", Text: text.Label(text.Bool, strconv.FormatBool(o.Upheld))})
	}
	return out
}

// Complaint shows a complaint with what can be done.
func (p *Pages) Complaint(v *visit.Visit) error {
	o, err := p.oneComplaint(v)
	if err != nil {
		return err
	}
	return show(v, "投诉 "+o.Number, complaintPage(o), o.crumbs()...)
}

// AcceptComplaint takes a complaint up.
func (p *Pages) AcceptComplaint(v *visit.Visit) error {
	return p.onComplaint(v, "已受理，请在答复期限前调查处理并答复。", func(in complaint.Seen) error {
		return p.Grievances.Accept(v.Context(), v.Actor, in)
	})
}

// ReplyComplaint answers it.
func (p *Pages) ReplyComplaint(v *visit.Visit) error {
	return p.onComplaint(v, "已答复，已通知投诉人。", func(in complaint.Seen) error {
		if v.Text("upheld") == "" {
			return fault.Invalid("form.invalid", fault.At("upheld", "form.required", "label", "情况是否属实"))
		}
		return p.Grievances.Reply(v.Context(), v.Actor, complaint.Reply{Seen: in, Upheld: v.Text("upheld") == "yes", Text: strings.TrimSpace(v.Text("text"))})
	})
}

func (p *Pages) onComplaint(v *visit.Visit, said string, act func(complaint.Seen) error) error {
	version, err := strconv.Atoi(v.Text("version"))
	if err != nil || version < 1 {
		return fault.Invalid("request.broken")
	}
	if err = act(complaint.Seen{ID: v.Path("complaint"), Version: version}); err == nil {
		v.Flash(ui.OK, said)
		return v.See(complaintsPath + "/" + v.Path("complaint"))
	}
	o, failed := p.oneComplaint(v)
	if failed != nil {
		return failed
	}
	o.Typed["text"], o.Typed["upheld"] = v.Text("text"), v.Text("upheld")
	return v.Again(err, func(problems ui.Problems) templ.Component {
		o.Problems = problems
		return frame(v.Page("投诉 "+o.Number, o.crumbs()...), complaintPage(o))
	})
}
