package desk

import (
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// regulatorRoutes are the pages of the departments that supervise what others
// granted (审管衔接).
func (p *Pages) regulatorRoutes() []visit.Route {
	return []visit.Route{
		p.get("/regulator", staff.RegulatorAct, p.Inbox),
		p.get("/regulator/{push}", staff.RegulatorAct, p.Push),
		p.post("/regulator/{push}/acknowledge", staff.RegulatorAct, p.Acknowledge),
		p.post("/regulator/{push}/report", staff.RegulatorAct, p.Report),
		p.post("/regulator/{push}/revoke", staff.RegulatorAct, p.Revoke),
	}
}

// inbox is a page of pushes.
type inbox struct {
	All     []*aftercare.Push
	Waiting bool
	Pages   ui.Pages
}

const regulatorPath = Base + "/regulator"

// Inbox lists what the department was told, the newest first.
func (p *Pages) Inbox(v *visit.Visit) error {
	x := inbox{Waiting: v.Query("show") != "all"}
	all, err := p.Aftercare.Inbox(v.Context(), v.Actor, x.Waiting, v.Query("after"), listSize+1)
	if err != nil {
		return err
	}
	x.All, x.Pages = visit.Cut(v, regulatorPath, visit.ShowAll(!x.Waiting), all, listSize, func(x *aftercare.Push) string { return x.ID })
	return show(v, "审管联动", inboxPage(x))
}

func (x inbox) rows() (out []ui.Row) {
	for _, p := range x.All {
		out = append(out, ui.Row{Cells: []ui.Cell{
			{Text: text.Label(text.Pushed, p.Reason) + "　" + p.ResultName, Href: regulatorPath + "/" + p.ID, Note: p.ItemName},
			{Text: p.Holder}, {Text: p.Sender, Note: text.At(p.At)}, {Text: text.Day(p.CheckBy)}, {Body: standing(p)}}})
	}
	return out
}

// standing is how far a push is, as a badge.
func standing(p *aftercare.Push) templ.Component {
	switch {
	case p.Result != "":
		return ui.Badge(text.Label(text.Checkup, string(p.Result)), text.Tone(text.Checkup, string(p.Result)))
	case !p.AcknowledgedAt.IsZero():
		return ui.Badge("已签收，待反馈", ui.Info)
	}
	return ui.Badge("待签收", ui.Warn)
}

// onePush is the page of a push.
type onePush struct {
	*aftercare.Push
	Stands   licence.Status
	Typed    map[string]string
	Problems ui.Problems
}

func (p *Pages) onePush(v *visit.Visit) (o onePush, err error) {
	o.Typed = map[string]string{}
	if o.Push, err = p.Aftercare.Push(v.Context(), v.Actor, v.Path("push")); err != nil {
		return o, err
	}
	o.Stands, err = p.Aftercare.StandsOf(v.Context(), o.Push)
	return o, err
}

// Push shows one push with what the department can do.
func (p *Pages) Push(v *visit.Visit) error {
	o, err := p.onePush(v)
	if err != nil {
		return err
	}
	return show(v, "审管联动推送", pushPage(o), o.crumbs()...)
}

func (o onePush) crumbs() []ui.Link {
	return []ui.Link{{Text: "审管联动", Href: regulatorPath}, {Text: o.ResultName, Current: true}}
}

func (o onePush) path(rest string) string { return regulatorPath + "/" + o.ID + rest }

// revocable says that the licence can be recorded as revoked.
func (o onePush) revocable() bool {
	return o.Stands == licence.Valid || o.Stands == licence.Expired || o.Stands == licence.Continued
}

func (o onePush) pairs() []ui.Pair {
	out := []ui.Pair{{Term: "推送", Text: text.Label(text.Pushed, o.Reason), Note: text.At(o.At)}, {Term: "事项", Text: o.ItemName},
		{Term: "结果", Text: o.ResultName, Note: o.ResultNumber}, {Term: "主体", Text: o.Holder}, {Term: "决定机关", Text: o.Sender},
		{Term: "办件编号", Text: o.Number}, {Term: "告知承诺", Text: text.Label(text.Bool, strconv.FormatBool(o.Commitment))},
		{Term: "核查时限", Text: text.Day(o.CheckBy)}}
	if o.Stands != "" {
		out = append(out, ui.Pair{Term: "证照状态", Text: text.Label(text.LicenceStatus, string(o.Stands))})
	}
	if !o.AcknowledgedAt.IsZero() {
		out = append(out, ui.Pair{Term: "签收", Text: o.AcknowledgedBy, Note: text.At(o.AcknowledgedAt)})
	}
	if o.Result != "" {
		out = append(out, ui.Pair{Term: "检查结果", Text: text.Label(text.Checkup, string(o.Result)), Note: o.ReportedBy + "，" + text.At(o.ReportedAt)},
			ui.Pair{Term: "检查情况", Text: o.Findings})
	}
	return append(out, ui.Pair{Term: "推送单", Text: "审管联动推送单", Href: Base + "/documents/" + o.DocumentID})
}

func pushSeen(v *visit.Visit) (aftercare.Seen, error) {
	version, err := strconv.Atoi(v.Text("version"))
	if err != nil || version < 1 {
		return aftercare.Seen{}, fault.Invalid("request.broken")
	}
	return aftercare.Seen{ID: v.Path("push"), Version: version}, nil
}

// Acknowledge takes a push in.
func (p *Pages) Acknowledge(v *visit.Visit) error {
	return p.onPush(v, "已经签收。请在核查时限前反馈检查情况。", func(seen aftercare.Seen) error {
		return p.Aftercare.Acknowledge(v.Context(), v.Actor, aftercare.Acknowledge{Seen: seen})
	})
}

// Report says what was found.
func (p *Pages) Report(v *visit.Visit) error {
	return p.onPush(v, "检查情况已经反馈给决定机关。", func(seen aftercare.Seen) error {
		return p.Aftercare.Report(v.Context(), v.Actor, aftercare.Report{Seen: seen, Result: aftercare.Result(v.Text("result")), Findings: v.Text("findings")})
	})
}

// Revoke records the penalty decision that revokes the licence.
func (p *Pages) Revoke(v *visit.Visit) error {
	return p.onPush(v, "吊销已经登记，证照即时失效，已通知颁发机关和持有人。", func(aftercare.Seen) error {
		_, err := p.Aftercare.Revoke(v.Context(), v.Actor, aftercare.Revocation{PushID: v.Path("push"), Number: v.Text("number"), Day: v.Text("day"), Reasons: v.Text("reasons")})
		return err
	})
}

func (p *Pages) onPush(v *visit.Visit, said string, act func(aftercare.Seen) error) error {
	seen, err := pushSeen(v)
	if err != nil {
		return err
	}
	if err = act(seen); err == nil {
		v.Flash(ui.OK, said)
		return v.See(regulatorPath + "/" + v.Path("push"))
	}
	o, failed := p.onePush(v)
	if failed != nil {
		return failed
	}
	for _, name := range []string{"result", "findings", "number", "day", "reasons"} {
		o.Typed[name] = v.Text(name)
	}
	return v.Again(err, func(problems ui.Problems) templ.Component {
		o.Problems = problems
		return frame(v, "审管联动推送", pushPage(o), o.crumbs()...)
	})
}
