// Package web is the table of all pages: every address, who may ask for it,
// and who answers, in front of one door that every request passes.
package web

import (
	"net/http"
	"slices"

	"onewindow/internal/web/account"
	"onewindow/internal/web/admin"
	"onewindow/internal/web/counter"
	"onewindow/internal/web/desk"
	"onewindow/internal/web/matter"
	"onewindow/internal/web/oversight"
	"onewindow/internal/web/portal"
	"onewindow/internal/web/ui/static"
	"onewindow/internal/web/visit"
)

// Pages are the page sets of all audiences.
type Pages struct {
	Account   *account.Pages
	Portal    *portal.Pages
	Counter   *counter.Pages
	Desk      *desk.Pages
	Oversight *oversight.Pages
	Admin     *admin.Pages
	Matter    *matter.Pages
	API       http.Handler // mounted at /api/; it knows no sessions
}

// Routes is the whole table.
func (p Pages) Routes() []visit.Route {
	return slices.Concat(p.Account.Routes(), p.Portal.Routes(), p.Counter.Routes(), p.Desk.Routes(),
		p.Oversight.Routes(), p.Admin.Routes(), p.Matter.Routes(), []visit.Route{
			{Method: http.MethodGet, Pattern: "/display", Need: visit.Public, Handler: visit.Display},
		})
}

// Handler puts every route on a mux behind the door.
func (p Pages) Handler(door *visit.Door) http.Handler {
	mux := http.NewServeMux()
	for _, r := range p.Routes() {
		r.Handle(mux)
	}
	mux.Handle("GET /static/", static.Handler())
	pages := door.Wrap(mux)
	all := http.NewServeMux()
	all.Handle("/", pages)
	all.Handle("/api/", p.API)
	return all
}
