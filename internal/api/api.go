// Package api is the JSON API for departments' own systems and third parties:
// the same acts as the pages, over the same services, with bearer tokens in the
// place of sessions. It holds no rule of its own; what it adds is how a request
// is written (OpenAPI 3.1), how it is sent twice and done once, and how a
// refusal is told (RFC 9457).
//
// One file is one noun; call.go registers an operation together with its
// documentation, problem.go is the one place where faults become answers.
package api

import (
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/party"
	"onewindow/internal/business/procedure"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/guard"
	"onewindow/internal/web/ui"
)

// Where the API and its documentation are.
const (
	Prefix      = "/api/v1"
	DocsPath    = "/api/docs"
	ProblemPath = "/problems/"
)

// Deps are what the API stands on.
type Deps struct {
	DB        *db.DB // keeps the answers to keyed requests
	Staff     *staff.Service
	Party     *party.Service
	Catalog   *catalog.Service
	Casework  *casework.Service
	Documents *document.Service
	Licences  *licence.Service
	// Procedures are 特别程序 and 现场核查.
	Procedures *procedure.Service
	Limits     casework.Limits // of uploads, as the service holds to them
	BaseURL    string          // the public address, without a slash at the end
	Proxies    guard.Proxies

	// Callers limits the requests of one token, Visitors those of one address
	// without a token, Guesses what could be tried out: check codes, licence
	// numbers, tokens. Nil does not limit.
	Callers, Visitors, Guesses *guard.Limiter

	Log *slog.Logger // nil is slog.Default()

	// Site and Nav are the frame of the documentation page.
	Site ui.Site
	Nav  []ui.Link
}

// API answers machines.
type API struct {
	Deps
	huma  huma.API
	mux   *http.ServeMux
	calls []*call
}

// New makes the API with its documentation.
func New(d Deps) *API {
	if d.Log == nil {
		d.Log = slog.Default()
	}
	a := &API{Deps: d, mux: http.NewServeMux()}
	a.huma = humago.NewWithPrefix(a.mux, Prefix, a.config())
	a.matterCalls()
	a.draftCalls()
	a.promiseCalls()
	a.fileCalls()
	a.caseCalls()
	a.documentCalls()
	a.licenceCalls()
	a.finishSpec()
	a.serveSpec()
	a.serveDocs()
	return a
}

// Handler serves everything below Prefix, DocsPath and ProblemPath. It needs no
// door of its own; behind one it keeps the door's request id.
func (a *API) Handler() http.Handler { return http.HandlerFunc(a.serve) }

func (a *API) today() calendar.Day { return calendar.DayOf(a.DB.Clock().Now()) }

// serve prepares the request and catches what nobody planned for.
func (a *API) serve(w http.ResponseWriter, r *http.Request) {
	out := &answer{ResponseWriter: w}
	req := a.newRequest(out, r)
	secure(out.Header())
	defer func() {
		if p := recover(); p != nil {
			a.broken(req, p)
		}
	}()
	if _, pattern := a.mux.Handler(req.r); pattern == "" {
		a.unrouted(req)
		return
	}
	a.mux.ServeHTTP(out, req.r)
}

// secure: answers are data and never a page; nobody keeps them unless they are
// public.
func secure(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// unrouted answers for paths and methods that no operation has.
func (a *API) unrouted(req *request) {
	p := &probe{header: http.Header{}}
	h, _ := a.mux.Handler(req.r)
	h.ServeHTTP(p, req.r)
	if p.status != http.StatusMethodNotAllowed {
		a.refuse(req, refused(http.StatusNotFound, "api.path"))
		return
	}
	allow := p.header.Get("Allow")
	req.w.Header().Set("Allow", allow)
	a.refuse(req, refused(http.StatusMethodNotAllowed, "api.method", "allow", strings.ReplaceAll(allow, ", ", "、")))
}

// probe takes an answer and keeps its status and header.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) WriteHeader(status int)      { p.status = status }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
