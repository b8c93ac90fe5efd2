package desk

import (
	"slices"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// Work leads to the first list on which something waits. Who only looks on has
// none and comes to the look-up.
func (p *Pages) Work(v *visit.Visit) error {
	roles := mine(v.Actor)
	if len(roles) == 0 && v.Actor.Can(staff.HearingHost) {
		return v.See(Base + "/hearings")
	}
	if len(roles) == 0 && v.Actor.Can(staff.CaseExtendJoint) {
		return v.See(governmentPath)
	}
	if len(roles) == 0 {
		return v.See(Base + "/find")
	}
	n, err := p.waits(v)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(roles, func(r staff.Role) bool { return n.byRole[r] > 0 })
	return v.See(listOf(roles[max(at, 0)]))
}

// List shows what waits for the actor in one role, the first due first.
func (p *Pages) List(v *visit.Visit) error {
	role := staff.Role(v.Path("role"))
	if !slices.Contains(mine(v.Actor), role) {
		return fault.Denied("permission")
	}
	n := &waits{}
	w, err := p.cases.Work(v, listOf(role), role, p.asks(v.Actor, n)...)
	if err != nil {
		return err
	}
	n.byRole = w.List.Page.Waiting
	visit.Known(v, waitsKey, n)
	w.Title = "待" + text.Label(text.Role, string(role)) + "办件"
	w.Lead, w.List.Caption = "先到期的排在前面；期限取本环节、承诺和法定期限中最早的一个", w.Title
	for _, r := range mine(v.Actor) {
		w.Tabs = append(w.Tabs, ui.Link{Text: text.Label(text.Role, string(r)), Href: listOf(r), Count: n.byRole[r], Current: r == role})
	}
	return show(v, w.Title, caseview.WorkPage(w, ui.Link{Text: "查找办件", Href: Base + "/find"}))
}
