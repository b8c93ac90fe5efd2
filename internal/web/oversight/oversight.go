// Package oversight is 督查: what those see who watch over how applications are
// handled, and do not handle any themselves.
package oversight

import (
	"net/http"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/business/supervision"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// Base is the path under which these pages stand.
const Base = "/oversight"

// Deps are what the pages stand on.
type Deps struct {
	Casework    *casework.Service
	Supervision *supervision.Service
	Org         *org.Service
	Grievances  *complaint.Service
}

// Pages are the pages of oversight.
type Pages struct{ Deps }

// New makes the pages.
func New(d Deps) *Pages { return &Pages{d} }

// Routes is the table of them all.
func (p *Pages) Routes() []visit.Route {
	return append(p.complaintRoutes(), []visit.Route{
		p.get("", staff.SupervisionRead, p.Home),
		p.get("/challenges", staff.SupervisionRead, p.Challenges),
		p.get("/faults", staff.FaultRead, p.Faults),
		p.get("/faults.csv", staff.FaultRead, p.ExportFaults),
		p.get("/faults/new", staff.FaultHandle, p.NewFault),
		p.post("/faults", staff.FaultHandle, p.RecordFault),
		p.get("/faults/{fault}", staff.FaultRead, p.Fault),
		p.post("/faults/{fault}/reply", staff.FaultReply, p.deed("已提交答复，等待督查人员认定。", p.reply)),
		p.post("/faults/{fault}/find", staff.FaultHandle, p.deed("已作出认定。", p.find)),
		p.post("/faults/{fault}/close", staff.FaultHandle, p.deed("线索已办结。", p.closing)),
	}...)
}

func (p *Pages) get(path string, need staff.Permission, h func(*visit.Visit) error) visit.Route {
	return visit.Route{Method: http.MethodGet, Pattern: Base + path, Need: visit.Permission(need), Handler: h}
}

func (p *Pages) post(path string, need staff.Permission, h func(*visit.Visit) error) visit.Route {
	return visit.Route{Method: http.MethodPost, Pattern: Base + path, Need: visit.Permission(need), Handler: h}
}

// Side is the part of the work navigation that leads to these pages; nil for
// who has no work here.
func (p *Pages) Side(v *visit.Visit) []ui.Group {
	var links []ui.Link
	if v.Actor.Can(staff.SupervisionRead) {
		links = append(links, ui.Link{Text: "督查首页", Href: Base, Icon: "shield"})
	}
	if v.Actor.Can(staff.FaultRead) {
		n, err := p.Supervision.Waiting(v.Context(), v.Actor)
		if err != nil { // the navigation is no reason to fail
			n = 0
		}
		links = append(links, ui.Link{Text: "责任追究线索", Href: Base + "/faults", Icon: "warn", Count: n})
	}
	if v.Actor.Can(staff.SupervisionRead) {
		links = append(links, ui.Link{Text: "复议、诉讼", Href: appealsPath, Icon: "shield"}, ui.Link{Text: "回避申请", Href: challengesPath, Icon: "people"})
	}
	if v.Actor.Can(staff.ComplaintHandle) {
		links = append(links, ui.Link{Text: "投诉", Href: complaintsPath, Icon: "bell"})
	}
	if len(links) == 0 {
		return nil
	}
	return []ui.Group{{Title: "督查", Links: links}}
}

// show answers with a page of these.
func show(v *visit.Visit, title string, body templ.Component, crumbs ...ui.Link) error {
	return v.Render(frame(v.Page(title, crumbs...), body))
}
