package counter

import (
	"onewindow/internal/business/staff"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// Work lists what waits to be taken up at the actor's hall, the first due first.
// Who takes nothing up comes to the list of deliveries, or to the look-up.
func (p *Pages) Work(v *visit.Visit) error {
	switch {
	case v.Actor.Can(staff.CaseAccept):
	case v.Actor.Can(staff.CaseDeliver):
		return v.See(Base + "/deliveries")
	default:
		return v.See(Base + "/find")
	}
	return p.list(v, "待受理办件", "收到申请之日起5个工作日内作出处理，先到期的排在前面", Base, staff.Clerk)
}

// Deliveries lists what waits to be handed over.
func (p *Pages) Deliveries(v *visit.Visit) error {
	return p.list(v, "待送达办件", "作出准予决定之日起10个工作日内颁发、送达", Base+"/deliveries", staff.Deliverer)
}

func (p *Pages) list(v *visit.Visit, title, lead, path string, role staff.Role) error {
	w, err := p.cases.Work(v, path, role)
	if err != nil {
		return err
	}
	w.Title, w.Lead, w.List.Caption = title, lead, title
	var actions []ui.Link
	if v.Actor.Can(staff.CaseReceive) {
		actions = append(actions, ui.Link{Text: "窗口收件", Href: Base + "/new"})
	}
	return show(v, title, caseview.WorkPage(w, append(actions, ui.Link{Text: "查找办件", Href: Base + "/find"})...))
}
