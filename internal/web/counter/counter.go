// Package counter is 综合窗口: what waits to be taken up at the hall, receiving an
// application for somebody at the window, the five outcomes of
// 行政许可法第三十二条, supplements handed in on paper, handing results over.
package counter

import (
	"net/http"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/party"
	"onewindow/internal/business/procedure"
	"onewindow/internal/business/registration"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// Base is the path under which these pages stand.
const Base = "/counter"

// Deps are what the pages stand on.
type Deps struct {
	Casework  *casework.Service
	Catalog   *catalog.Service
	Party     *party.Service
	Documents *document.Service
	// Procedures are drawn with a case, so that the window can say where it stands.
	Procedures *procedure.Service
	Identity   *registration.Service
	Licences   *licence.Service
	// Limits of uploads, as the service holds to them.
	Limits casework.Limits
}

// Pages are the pages of the window.
type Pages struct {
	Deps
	cases caseview.Source
}

// New makes the pages.
func New(d Deps) *Pages {
	return &Pages{d, caseview.Source{Casework: d.Casework, Documents: d.Documents, Party: d.Party, Procedures: d.Procedures, Base: Base}}
}

// Routes is the table of them all.
func (p *Pages) Routes() []visit.Route {
	upload := []visit.Rule{visit.Upload(p.Limits.CaseBytes)}
	out := []visit.Route{
		p.get("", staff.CaseRead, p.Work),
		p.get("/find", staff.CaseRead, p.cases.Find),
		p.get("/cases/{id}/law", staff.CaseRead, p.cases.Law),
		p.get("/deliveries", staff.CaseDeliver, p.Deliveries),

		p.get("/new", staff.CaseReceive, p.PersonPage),
		p.post("/new", staff.PersonFind, p.FindPerson),
		p.post("/new/party", staff.CaseReceive, p.EnsureParty),
		p.get("/new/{party}", staff.CaseReceive, p.Matters),
		p.post("/held/{party}/{licence}", staff.CaseReceive, p.ApplyAbout),
		p.get("/new/{party}/{impl}", staff.CaseReceive, p.Situation),
		p.post("/new/{party}/{impl}", staff.CaseReceive, p.StartDraft),
		p.get("/drafts", staff.CaseReceive, p.Drafts),
		p.get("/drafts/{id}", staff.CaseReceive, p.DraftForm),
		p.post("/drafts/{id}", staff.CaseReceive, p.SaveForm),
		p.get("/drafts/{id}/materials", staff.CaseReceive, p.DraftMaterials),
		p.post("/drafts/{id}/materials", staff.CaseReceive, p.SaveMaterials, upload...),
		p.get("/drafts/{id}/check", staff.CaseReceive, p.CheckPage),
		p.post("/drafts/{id}/submit", staff.CaseReceive, p.Submit),
		p.post("/drafts/{id}/discard", staff.CaseReceive, p.Discard),

		p.get("/cases/{id}", staff.CaseRead, p.Case),
		p.post("/cases/{id}/unmask", staff.PersonUnmask, p.Unmask),
		p.post("/cases/{id}/review", staff.CaseAccept, p.Review),
		p.post("/cases/{id}/supplement/preview", staff.CaseAccept, p.PreviewSupplement),
		p.get("/files/{file}", staff.CaseRead, p.cases.File),
		p.get("/documents/{document}", staff.CaseRead, p.cases.Paper),
		p.get("/documents/{document}/pdf", staff.CaseRead, p.cases.PDF),
	}
	out = append(out, p.promiseRoutes()...)
	for _, d := range append(p.deeds(), p.promiseDeeds()...) {
		rules := []visit.Rule(nil)
		if d.Read != nil {
			rules = upload
		}
		need := rightTo(d.Key)
		out = append(out, p.get("/cases/{id}/"+d.Key, need, p.cases.Ask(d)), p.post("/cases/{id}/"+d.Key, need, p.cases.Do(d), rules...))
	}
	return out
}

// rights are what the acts on a case need.
var rights = map[string]staff.Permission{
	"accept": staff.CaseAccept, "supplement": staff.CaseAccept, "correct": staff.CaseAccept, "not-required": staff.CaseAccept,
	"not-competent": staff.CaseAccept, "supplemented": staff.CaseSupplement, "withdraw": staff.CaseWithdraw, "deliver": staff.CaseDeliver,
	"post": staff.CaseDeliver, "post-signed": staff.CaseDeliver, "post-returned": staff.CaseDeliver, "leave": staff.CaseDeliver,
	"announce": staff.CaseDeliver, "terminate": staff.CaseAccept,
}

func (p *Pages) deeds() []*caseview.Deed {
	return append([]*caseview.Deed{p.accept(), p.supplement(), p.correct(), p.notRequired(), p.notCompetent(), p.supplemented(), p.withdraw(), p.deliver()}, p.serving()...)
}

func (p *Pages) get(path string, need staff.Permission, h func(*visit.Visit) error) visit.Route {
	return visit.Route{Method: http.MethodGet, Pattern: Base + path, Need: visit.Permission(need), Handler: caseview.Officer(h)}
}

func (p *Pages) post(path string, need staff.Permission, h func(*visit.Visit) error, rules ...visit.Rule) visit.Route {
	return visit.Route{Method: http.MethodPost, Pattern: Base + path, Need: visit.Permission(need), Handler: caseview.Officer(h), Rules: rules}
}

// Side is the part of the work navigation that leads to these pages, with what
// waits; nil for who has no work here.
func (p *Pages) Side(v *visit.Visit) []ui.Group {
	var links []ui.Link
	var counts map[staff.Role]int
	if v.Actor.Can(staff.CaseAccept) || v.Actor.Can(staff.CaseDeliver) {
		counts, _ = p.cases.Waiting(v) // the navigation is no reason to fail
	}
	if v.Actor.Can(staff.CaseAccept) {
		links = append(links, ui.Link{Text: "待受理", Href: Base, Icon: "inbox", Count: counts[staff.Clerk]})
	}
	if v.Actor.Can(staff.CaseAccept) {
		links = append(links, ui.Link{Text: "容缺待补", Href: owingPath, Icon: "clock"})
	}
	if v.Actor.Can(staff.CaseReceive) {
		links = append(links, ui.Link{Text: "窗口收件", Href: Base + "/new", Icon: "plus"},
			ui.Link{Text: "未提交的收件", Href: Base + "/drafts", Icon: "edit"})
	}
	if v.Actor.Can(staff.CaseDeliver) {
		links = append(links, ui.Link{Text: "待送达", Href: Base + "/deliveries", Icon: "leave", Count: counts[staff.Deliverer]})
	}
	if len(links) == 0 {
		return nil
	}
	return []ui.Group{{Title: "综合窗口", Links: append(links, ui.Link{Text: "查找办件", Href: Base + "/find", Icon: "search"})}}
}

// show answers with a page of these.
func show(v *visit.Visit, title string, body templ.Component, crumbs ...ui.Link) error {
	return v.Render(frame(v, title, body, crumbs...))
}

func frame(v *visit.Visit, title string, body templ.Component, crumbs ...ui.Link) templ.Component {
	return caseview.Frame(v.Page(title, crumbs...), body)
}
