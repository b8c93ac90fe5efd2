package desk

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// SubstitutePath is the page of who stands in for whom (A/B 岗).
const SubstitutePath = Base + "/substitute"

func (p *Pages) peopleRoutes() []visit.Route {
	return []visit.Route{
		p.get("/cases/{id}/hand-over/{step}", staff.CaseRead, p.AskHandOver),
		p.post("/cases/{id}/hand-over/{step}", staff.CaseRead, p.HandOver),
		p.get("/substitute", staff.CaseRead, p.Substitutes),
		p.post("/substitute", staff.CaseRead, p.Substitute),
		p.post("/substitute/{substitution}/end", staff.CaseRead, p.EndSubstitute),
	}
}

// handing is the page on which an open step is handed to a colleague.
type handing struct {
	caseview.View
	Step     flow.Step
	Officers []ui.Choice
	Typed    map[string]string
	Problems ui.Problems
}

// Action is where the form goes.
func (h handing) Action() string { return h.Path("/hand-over/" + h.Step.Key) }

func (p *Pages) handing(v *visit.Visit) (h handing, err error) {
	if h.View, err = p.cases.Load(v); err != nil {
		return h, err
	}
	step, _ := h.Impl.Flow.Step(v.Path("step"))
	if _, open := h.Flow.Token(step.Key); !open {
		return h, fault.Conflict("case.not_at_step", "status", string(h.Status))
	}
	h.Step, h.Typed = step, map[string]string{}
	takers, err := p.Casework.Takers(v.Context(), v.Actor, h.ID, step.Key)
	for _, t := range takers {
		if !v.Actor.Self(t.AccountID) {
			h.Officers = append(h.Officers, ui.Choice{Value: t.AccountID, Text: t.Name})
		}
	}
	return h, err
}

// AskHandOver asks for the colleague and the reason.
func (p *Pages) AskHandOver(v *visit.Visit) error {
	h, err := p.handing(v)
	if err != nil {
		return err
	}
	return show(v, "移交办理", handPage(h), p.cases.Crumbs(h.View, "移交办理")...)
}

// HandOver is 移交、转办.
func (p *Pages) HandOver(v *visit.Visit) error {
	seen, err := caseview.SeenOf(v, v.Path("id"))
	if err == nil {
		err = p.Casework.HandOver(v.Context(), v.Actor, casework.HandOver{Seen: seen, Spot: casework.Spot{Step: v.Path("step")},
			To: v.Text("officer"), Reason: v.Text("reason")})
	}
	if err == nil {
		v.Flash(ui.OK, "已移交。")
		return v.See(Base + "/cases/" + v.Path("id"))
	}
	h, failed := p.handing(v)
	if failed != nil {
		return failed
	}
	h.Typed = v.Answers("")
	return v.Again(err, func(problems ui.Problems) templ.Component {
		h.Problems = problems
		return frame(v, "移交办理", handPage(h), p.cases.Crumbs(h.View, "移交办理")...)
	})
}

// handed are the open steps that the reader may hand over: their own, and, for
// who reviews or decides, all of the body's.
func handed(who staff.Actor, view caseview.View) (out []flow.Step) {
	if view.Status == casework.StatusSupplement || view.Status.Ended() {
		return nil
	}
	for _, t := range view.Flow.Open {
		step, known := view.Impl.Flow.Step(t.Step)
		x := view.SubjectAt(t)
		leads := who.May(staff.CaseReview, x) == nil || who.May(staff.CaseDecide, x) == nil
		if known && step.Act != flow.Deliver && (leads || who.May(casework.RightAt(step), x) == nil && barred(who, view, step) == nil) {
			out = append(out, step)
		}
	}
	return out
}

// standIn is the page of one's own substitutes.
type standIn struct {
	Mine, Theirs []staff.Substitution // for me, and for whom I stand in
	Peers        []ui.Choice
	Typed        map[string]string
	Problems     ui.Problems
}

func (p *Pages) standIns(v *visit.Visit) (s standIn, err error) {
	all, err := p.Staff.Substitutions(v.Context(), v.Actor)
	if err != nil {
		return s, err
	}
	for _, x := range all {
		if v.Actor.Self(x.AccountID) {
			s.Mine = append(s.Mine, x)
		} else {
			s.Theirs = append(s.Theirs, x)
		}
	}
	peers, err := p.Staff.Peers(v.Context(), v.Actor)
	for _, c := range peers {
		words := c.Name
		for i, r := range c.Roles {
			words += []string{"（", "、"}[min(i, 1)] + text.Label(text.Role, string(r))
		}
		if len(c.Roles) > 0 {
			words += "）"
		}
		s.Peers = append(s.Peers, ui.Choice{Value: c.ID, Text: words})
	}
	s.Typed = map[string]string{"from": calendar.DayOf(v.Now()).String()}
	return s, err
}

// Substitutes shows who stands in for whom.
func (p *Pages) Substitutes(v *visit.Visit) error {
	s, err := p.standIns(v)
	if err != nil {
		return err
	}
	return show(v, "我的代岗", substitutePage(s), ui.Link{Text: "工作列表", Href: Base}, ui.Link{Text: "我的代岗", Current: true})
}

// Substitute names who stands in for the officer.
func (p *Pages) Substitute(v *visit.Visit) error {
	err := p.Staff.Substitute(v.Context(), v.Actor, staff.Substitute{SubstituteID: v.Text("substitute"), From: v.Text("from"),
		To: v.Text("to"), Reason: v.Text("reason")})
	if err == nil {
		v.Flash(ui.OK, "已指定代岗人员。")
		return v.See(SubstitutePath)
	}
	s, failed := p.standIns(v)
	if failed != nil {
		return failed
	}
	s.Typed = v.Answers("")
	return v.Again(err, func(problems ui.Problems) templ.Component {
		s.Problems = problems
		return frame(v, "我的代岗", substitutePage(s), ui.Link{Text: "工作列表", Href: Base}, ui.Link{Text: "我的代岗", Current: true})
	})
}

// EndSubstitute ends it before its last day.
func (p *Pages) EndSubstitute(v *visit.Visit) error {
	if err := p.Staff.EndSubstitution(v.Context(), v.Actor, v.Path("substitution")); err != nil {
		return err
	}
	v.Flash(ui.OK, "代岗已结束。")
	return v.See(SubstitutePath)
}

func period(s staff.Substitution) string {
	from, _ := calendar.ParseDay(s.From)
	to, _ := calendar.ParseDay(s.To)
	return text.Day(from) + " 至 " + text.Day(to)
}
