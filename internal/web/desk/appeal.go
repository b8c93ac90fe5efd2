package desk

import (
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/appealview"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

const appealsPath = Base + "/appeals"

func (p *Pages) appealRoutes() []visit.Route {
	return []visit.Route{
		p.get("/appeals", staff.AppealRecord, p.Appeals),
		p.get("/appeals/{appeal}", staff.CaseRead, p.Appeal),
		p.post("/appeals/{appeal}/answer", staff.AppealRecord, p.AnswerAppeal),
		p.post("/appeals/{appeal}/conclude", staff.AppealRecord, p.ConcludeAppeal),
	}
}

// recordAppeal is 登记复议、诉讼, against what was decided or against silence.
func (p *Pages) recordAppeal() *caseview.Deed {
	return &caseview.Deed{
		Key: "appeal", Title: "登记复议、诉讼", Said: "已登记，申请人可以看到。请在期限前提交答复或者答辩。",
		Law:  "行政复议法第四十八条、第五十四条，行政诉讼法第六十七条",
		Lead: "收到行政复议申请书副本或者起诉状副本后登记。答复或者答辩的期限自收到副本之日起算，由系统计算。",
		Possible: func(v caseview.View) bool {
			return complaint.Contestable(v.Case, complaint.OfDecision, v.Today) == nil || complaint.Contestable(v.Case, complaint.OfSilence, v.Today) == nil
		},
		Typed: []caseview.Field{{Name: "kind", Label: "种类"}, {Name: "organ", Label: "复议机关或者法院"}, {Name: "reference", Label: "案号"},
			{Name: "asked", Label: "请求事项"}, {Name: "filed_on", Label: "受理（立案）日期"}, {Name: "received_on", Label: "收到副本日期"}},
		Form: func(a caseview.Act) templ.Component { return recordAppealForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			id, err := p.Grievances.Record(v.Context(), v.Actor, complaint.Record{Seen: seen, Kind: v.Text("kind"), Against: v.Text("against"), By: v.Text("by"),
				Simple: v.Text("simple") != "", Organ: v.Text("organ"), Reference: v.Text("reference"), Asked: v.Text("asked"),
				FiledOn: v.Text("filed_on"), ReceivedOn: v.Text("received_on")})
			a.Typed["made"] = id
			return err
		},
		Done: func(_ *visit.Visit, a caseview.Act) string { return appealPath(a.Typed["made"]) },
	}
}

func appealPath(id string) string { return appealsPath + "/" + id }

// against are what can be contested in the case.
func against(a caseview.Act) (out []ui.Choice) {
	for _, x := range []string{complaint.OfDecision, complaint.OfSilence} {
		if complaint.Contestable(a.Case, x, a.Today) == nil {
			out = append(out, ui.Choice{Value: x, Text: text.Label(text.AppealOf, x)})
		}
	}
	return out
}

// typedOr is what was typed, or what is likely.
func typedOr(a caseview.Act, name, likely string) string {
	if s := a.Typed[name]; s != "" {
		return s
	}
	return likely
}

// appeals is a page of reviews and suits.
type appeals struct {
	Table ui.TableData
	Open  bool
	Pages ui.Pages
}

// Appeals lists those in the reader's scope, the newest first.
func (p *Pages) Appeals(v *visit.Visit) error {
	x := appeals{Open: v.Query("show") != "all"}
	all, err := p.Grievances.AllAppeals(v.Context(), v.Actor, x.Open, v.Query("after"), listSize+1)
	if err != nil {
		return err
	}
	all, x.Pages = visit.Cut(v, appealsPath, visit.ShowAll(!x.Open), all, listSize, func(a *complaint.Appeal) string { return a.ID })
	x.Table = appealview.Table(all, appealsPath, p.today(), p.Casework.Calendar())
	return show(v, "复议、诉讼", appealsPage(x), ui.Link{Text: "复议、诉讼", Current: true})
}

// oneAppeal is the page of a review or a suit.
type oneAppeal struct {
	*complaint.Appeal
	MayAct   bool
	Decided  bool // there is a decision that can be made anew
	Typed    map[string]string
	Problems ui.Problems
}

func (p *Pages) oneAppeal(v *visit.Visit) (o oneAppeal, err error) {
	o.Typed = map[string]string{}
	if o.Appeal, err = p.Grievances.Appeal(v.Context(), v.Actor, v.Path("appeal")); err != nil {
		return o, err
	}
	o.MayAct, o.Decided = v.Actor.May(staff.AppealRecord, o.Subject) == nil, o.Against == complaint.OfDecision
	return o, nil
}

// Appeal shows one, with what the body can record of it.
func (p *Pages) Appeal(v *visit.Visit) error {
	o, err := p.oneAppeal(v)
	if err != nil {
		return err
	}
	return show(v, o.title(), appealPage(o), o.crumbs()...)
}

func (o oneAppeal) title() string { return text.Label(text.AppealKind, o.Kind) }

func (o oneAppeal) crumbs() []ui.Link {
	return []ui.Link{{Text: "办件 " + o.CaseNumber, Href: Base + "/cases/" + o.CaseID}, {Text: o.title(), Current: true}}
}

func (o oneAppeal) pairs() []ui.Pair {
	out := []ui.Pair{{Term: "办件", Text: o.ItemName, Href: Base + "/cases/" + o.CaseID, Note: o.CaseNumber}}
	return append(out, appealview.Pairs(o.Appeal, Base)...)
}

// AnswerAppeal notes that the body's answer went out.
func (p *Pages) AnswerAppeal(v *visit.Visit) error {
	return p.onAppeal(v, "已登记答复。", func(seen complaint.Seen) error {
		return p.Grievances.AnswerAppeal(v.Context(), v.Actor, complaint.AnswerAppeal{Seen: seen, On: v.Text("answered_on")})
	})
}

// ConcludeAppeal notes how it ended.
func (p *Pages) ConcludeAppeal(v *visit.Visit) error {
	return p.onAppeal(v, "已登记结果，已通知申请人。", func(seen complaint.Seen) error {
		_, err := p.Grievances.Conclude(v.Context(), v.Actor, complaint.Conclude{Seen: seen, Result: v.Text("result"), On: v.Text("on"), Note: v.Text("note"),
			ActBy: v.Text("act_by"), Redo: v.Text("redo") != ""})
		return err
	})
}

func (p *Pages) onAppeal(v *visit.Visit, said string, act func(complaint.Seen) error) error {
	version, err := strconv.Atoi(v.Text("version"))
	if err != nil || version < 1 {
		return fault.Invalid("request.broken")
	}
	if err = act(complaint.Seen{ID: v.Path("appeal"), Version: version}); err == nil {
		v.Flash(ui.OK, said)
		return v.See(appealPath(v.Path("appeal")))
	}
	o, failed := p.oneAppeal(v)
	if failed != nil {
		return failed
	}
	o.Typed = v.Answers("")
	return v.Again(err, func(problems ui.Problems) templ.Component {
		o.Problems = problems
		return frame(v, o.title(), appealPage(o), o.crumbs()...)
	})
}

// results are how it may have ended.
func (o oneAppeal) results() []ui.Choice {
	return text.Choices(text.AppealResult, complaint.Results(o.Against)...)
}

// ordered is the condition under which a day for acting is asked for.
func ordered(results ...string) any {
	return []map[string]any{{"field": "result", "op": "in", "values": results}}
}

// appealSide leads to the reviews and suits.
func (p *Pages) appealSide(v *visit.Visit) []ui.Link {
	if !v.Actor.Can(staff.AppealRecord) {
		return nil
	}
	all, err := p.Grievances.AllAppeals(v.Context(), v.Actor, true, "", listSize)
	if err != nil { // the navigation is no reason to fail
		all = nil
	}
	return []ui.Link{{Text: "复议、诉讼", Href: appealsPath, Icon: "shield", Count: len(all)}}
}
