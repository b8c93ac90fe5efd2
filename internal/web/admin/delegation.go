package admin

import (
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/delegation"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

const delegationsPath = Base + "/delegations"

func (p *Pages) delegationRoutes() []visit.Route {
	return []visit.Route{
		p.get("/delegations", staff.DelegationManage, p.Delegations),
		p.get("/delegate/{kind}", staff.DelegationManage, p.NewDelegation),
		p.post("/delegate/{kind}", staff.DelegationManage, p.RecordDelegation),
		p.get("/delegations/{delegation}/end", staff.DelegationManage, p.AskEndDelegation),
		p.post("/delegations/{delegation}/end", staff.DelegationManage, p.EndDelegation),
	}
}

// delegations is a page of what was entrusted and transferred.
type delegations struct {
	All   []delegation.Delegation
	Today calendar.Day
	Pages ui.Pages
}

const delegationLines = 20

// Delegations lists them, the newest first.
func (p *Pages) Delegations(v *visit.Visit) error {
	all, err := p.Delegation.List(v.Context(), v.Query("after"), delegationLines+1)
	if err != nil {
		return err
	}
	x := delegations{Today: calendar.DayOf(v.Now())}
	x.All, x.Pages = visit.Cut(v, delegationsPath, nil, all, delegationLines, func(d delegation.Delegation) string { return d.ID })
	return show(v, "委托和划转", delegationsPage(x), ui.Link{Text: "委托和划转", Current: true})
}

func (x delegations) rows() (out []ui.Row) {
	for _, d := range x.All {
		out = append(out, ui.Row{Cells: []ui.Cell{{Text: text.Label(text.Delegation, string(d.Kind)) + "　" + d.ItemName, Note: d.ItemCode},
			{Text: d.FromName + " → " + d.ToName}, {Text: d.Instrument, Note: d.Basis}, {Text: days(d)}, x.state(d)}})
	}
	return out
}

// days are from when to when it holds.
func days(d delegation.Delegation) string {
	switch {
	case d.Kind == delegation.Transfer:
		return text.Day(d.From) + "起"
	case d.Until == 0:
		return text.Day(d.From) + "起，至终止"
	}
	return text.Day(d.From) + "至" + text.Day(d.Until)
}

// state is what is to be done with it.
func (x delegations) state(d delegation.Delegation) ui.Cell {
	switch {
	case d.Kind == delegation.Transfer && d.DraftID != "":
		return ui.Cell{Text: "核对并发布新版清单", Href: Base + "/drafts/" + d.DraftID}
	case d.Kind == delegation.Transfer:
		return ui.Cell{Text: "已划转"}
	case !d.Open():
		return ui.Cell{Text: "已终止", Note: text.At(d.EndedAt)}
	case !d.OpenOn(x.Today):
		return ui.Cell{Text: "已到期"}
	}
	return ui.Cell{Text: "终止委托", Href: delegationsPath + "/" + d.ID + "/end"}
}

// delegating is the form by which one is recorded.
type delegating struct {
	Kind     delegation.Kind
	Items    []ui.Choice
	Bodies   []ui.Choice
	Typed    map[string]string
	Problems ui.Problems
}

func (d delegating) title() string { return "登记" + text.Label(text.Delegation, string(d.Kind)) }

func (p *Pages) delegating(v *visit.Visit) (d delegating, err error) {
	d.Kind, d.Typed = delegation.Kind(v.Path("kind")), map[string]string{}
	snap, err := p.Catalog.Snapshot(v.Context())
	if err != nil {
		return d, err
	}
	seen := map[string]bool{}
	for _, e := range snap.Entries() {
		if e.Open() && !seen[e.Impl.ItemCode] {
			seen[e.Impl.ItemCode] = true
			d.Items = append(d.Items, ui.Choice{Value: e.Impl.ItemCode, Text: e.Impl.Name + "（" + e.Impl.Body.Name + "）"})
		}
	}
	all, err := p.Org.List(v.Context(), org.Filter{})
	for _, b := range all {
		d.Bodies = append(d.Bodies, ui.Choice{Value: b.ID, Text: b.Name})
	}
	return d, err
}

// NewDelegation asks who entrusts whom with which matter.
func (p *Pages) NewDelegation(v *visit.Visit) error {
	d, err := p.delegating(v)
	if err != nil {
		return err
	}
	return show(v, d.title(), delegatingPage(d), delegationCrumbs(d.title())...)
}

func delegationCrumbs(title string) []ui.Link {
	return []ui.Link{{Text: "委托和划转", Href: delegationsPath}, {Text: title, Current: true}}
}

// RecordDelegation keeps and announces it.
func (p *Pages) RecordDelegation(v *visit.Visit) error {
	in := delegation.Record{Kind: delegation.Kind(v.Path("kind")), ItemCode: v.Text("item"), FromID: v.Text("from"), ToID: v.Text("to"), Basis: v.Text("basis"),
		Content: v.Text("content"), Instrument: v.Text("instrument")}
	in.From, _ = calendar.ParseDay(v.Text("day"))
	in.Until, _ = calendar.ParseDay(v.Text("until"))
	err := p.Delegation.Record(v.Context(), v.Actor, in)
	if err == nil {
		said := "委托已登记，并已向社会公告。"
		if in.Kind == delegation.Transfer {
			said = "划转已登记，并已公告。请核对新版清单，在生效日以前发布。"
		}
		v.Flash(ui.OK, said)
		return v.See(delegationsPath)
	}
	d, failed := p.delegating(v)
	if failed != nil {
		return failed
	}
	d.Typed = v.Answers("")
	return v.Again(err, func(problems ui.Problems) templ.Component {
		d.Problems = problems
		return frame(v.Page(d.title(), delegationCrumbs(d.title())...), delegatingPage(d))
	})
}

// AskEndDelegation asks back before an entrustment ends.
func (p *Pages) AskEndDelegation(v *visit.Visit) error {
	d, err := p.Delegation.Get(v.Context(), v.Path("delegation"))
	if err != nil {
		return err
	}
	return show(v, "终止委托", endDelegationPage(d, ui.Problems{}), delegationCrumbs("终止委托")...)
}

// EndDelegation ends it.
func (p *Pages) EndDelegation(v *visit.Visit) error {
	err := p.Delegation.End(v.Context(), v.Actor, v.Path("delegation"))
	if err == nil {
		v.Flash(ui.OK, "委托已终止，公告已更新。")
		return v.See(delegationsPath)
	}
	d, failed := p.Delegation.Get(v.Context(), v.Path("delegation"))
	if failed != nil {
		return failed
	}
	return v.Again(err, func(problems ui.Problems) templ.Component {
		return frame(v.Page("终止委托", delegationCrumbs("终止委托")...), endDelegationPage(d, problems))
	})
}

func delegationPairs(d delegation.Delegation) []ui.Pair {
	return []ui.Pair{{Term: "事项", Text: d.ItemName, Note: d.ItemCode}, {Term: "委托机关", Text: d.FromName}, {Term: "受委托机关", Text: d.ToName},
		{Term: "依据", Text: strings.TrimSpace(d.Basis + "　" + d.Instrument)}, {Term: "期限", Text: days(d)}, {Term: "公告内容", Text: d.Content}}
}
