// Package oversight is 督查: what those see who watch over how applications are
// handled, and do not handle any themselves.
package oversight

import (
	"net/http"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// Base is the path under which these pages stand.
const Base = "/oversight"

// Deps are what the pages stand on.
type Deps struct {
	Casework *casework.Service
}

// Pages are the pages of oversight.
type Pages struct{ Deps }

// New makes the pages.
func New(d Deps) *Pages { return &Pages{d} }

// Routes is the table of them all.
func (p *Pages) Routes() []visit.Route {
	return []visit.Route{
		p.get("", staff.SupervisionRead, p.Home),
	}
}

func (p *Pages) get(path string, need staff.Permission, h func(*visit.Visit) error) visit.Route {
	return visit.Route{Method: http.MethodGet, Pattern: Base + path, Need: visit.Permission(need), Handler: h}
}

// Side is the part of the work navigation that leads to these pages; nil for
// who has no work here.
func (p *Pages) Side(v *visit.Visit) []ui.Group {
	if !v.Actor.Can(staff.SupervisionRead) {
		return nil
	}
	return []ui.Group{{Title: "督查", Links: []ui.Link{{Text: "督查首页", Href: Base, Icon: "shield"}}}}
}

// show answers with a page of these.
func show(v *visit.Visit, title string, body templ.Component, crumbs ...ui.Link) error {
	return v.Render(frame(v.Page(title, crumbs...), body))
}

// Home is where oversight begins.
func (p *Pages) Home(v *visit.Visit) error {
	return show(v, "督查", homeView(p.home(v)), ui.Link{Text: "督查", Current: true})
}

// home are the lists that the reader may open.
func (p *Pages) home(v *visit.Visit) []ui.Pair {
	return []ui.Pair{{Term: "办件", Text: "查找办件", Href: "/desk/find", Note: "按办件编号查看办理经过、期限和文书"}}
}
