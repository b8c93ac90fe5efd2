// Package desk is 审批: what waits for the officers who examine (承办), review
// (审核), decide (批准) and issue (制证), the case with its review points and the
// opinions of earlier steps, the decision with its documents, the licence.
package desk

import (
	"net/http"

	"github.com/a-h/templ"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/business/archive"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/commitment"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/credit"
	"onewindow/internal/business/disclosure"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/hearing"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/org"
	"onewindow/internal/business/party"
	"onewindow/internal/business/procedure"
	"onewindow/internal/business/registration"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// Base is the path under which these pages stand.
const Base = "/desk"

// Deps are what the pages stand on.
type Deps struct {
	Casework   *casework.Service
	Party      *party.Service
	Documents  *document.Service
	Licences   *licence.Service
	Org        *org.Service
	Aftercare  *aftercare.Service
	Interest   *interest.Service
	Hearing    *hearing.Service
	Staff      *staff.Service
	Archive    *archive.Service
	Grievances *complaint.Service
	Clock      clock.Clock
	// Procedures are 特别程序 and 现场核查; FileBytes bounds one photograph.
	Procedures *procedure.Service
	Promises   *commitment.Service
	Credit     *credit.Service
	Identity   *registration.Service
	FileBytes  int64
	Disclosure *disclosure.Service
}

// Pages are the pages of the desk.
type Pages struct {
	Deps
	cases caseview.Source
}

// New makes the pages.
func New(d Deps) *Pages {
	return &Pages{d, caseview.Source{Casework: d.Casework, Documents: d.Documents, Party: d.Party, Org: d.Org, Procedures: d.Procedures,
		Interest: d.Interest, Hearing: d.Hearing, Base: Base}}
}

// Routes is the table of them all.
func (p *Pages) Routes() []visit.Route {
	out := []visit.Route{
		p.get("", staff.CaseRead, p.Work),
		p.get("/work/{role}", staff.CaseRead, p.List),
		p.get("/find", staff.CaseRead, p.cases.Find),
		p.get("/extensions", staff.CaseExtend, p.Extensions),
		p.get("/government", staff.CaseExtendJoint, p.Government),
		p.get("/cases/{id}", staff.CaseRead, p.Case),
		p.post("/cases/{id}/unmask", staff.PersonUnmask, p.Unmask),
		p.post("/cases/{id}/refuse/preview", staff.CaseDecide, p.PreviewRefusal),
		p.get("/cases/{id}/law", staff.CaseRead, p.cases.Law),
		p.get("/hearings", staff.CaseRead, p.Hearings),
		p.get("/challenges", staff.ChallengeDecide, p.Challenges),
		p.get("/publishing", staff.CaseDecide, p.Publishing),
		p.get("/cases/{id}/publish", staff.CaseDecide, p.AskPublish),
		p.post("/cases/{id}/publish", staff.CaseDecide, p.MarkPublish),
		p.get("/files/{file}", staff.CaseRead, p.cases.File),
		p.get("/documents/{document}", staff.CaseRead, p.cases.Paper),
		p.get("/documents/{document}/pdf", staff.CaseRead, p.cases.PDF),
		p.get("/licences/{licence}/pdf", staff.LicenceRead, p.Licence),
	}
	out = append(append(out, p.licenceRoutes()...), p.regulatorRoutes()...)
	out = append(out, p.procedureRoutes()...)
	out = append(append(out, p.peopleRoutes()...), p.partyRoutes()...)
	out = append(append(out, p.verifyRoutes()...), p.appealRoutes()...)
	for _, d := range p.deeds() {
		path := "/cases/{id}/" + d.Key
		out = append(out, p.get(path, d.need, p.cases.Ask(d.Deed)), p.post(path, d.need, p.cases.Do(d.Deed)))
	}
	return out
}

// deed is an act of the desk with the right that it needs.
type deed struct {
	*caseview.Deed
	need staff.Permission
}

func (p *Pages) deeds() []deed {
	out := []deed{{p.grant(), staff.CaseDecide}, {p.refuse(), staff.CaseDecide}, {p.issue(), staff.CaseIssue}}
	for _, act := range advancing {
		out = append(out, deed{p.advance(act), needOf(act)})
	}
	for _, act := range returning {
		out = append(out, deed{p.sendBack(act), needOf(act)})
	}
	out = append(out, deed{p.meet(), needOf(flow.Meet)}, deed{p.answer(), staff.CaseExamine})
	return append(append(out, p.others()...), p.heardDeeds()...)
}

// needOf is the right without which nobody comes to the page of an act; for an
// opinion or a meeting the step says which it is, and the act checks it.
func needOf(act flow.Act) staff.Permission {
	if p := casework.RightOf(act); p != "" {
		return p
	}
	return staff.CaseRead
}

// others are the acts that belong to no step of the process: whoever has the
// right finds them on the page of a case for which they are possible.
func (p *Pages) others() []deed {
	return []deed{
		{p.rectify(), staff.CaseRectify},
		{p.askExtension(), staff.CaseExamine},
		{p.approveExtension(), staff.CaseExtend},
		{p.declineExtension(), staff.CaseExtend},
		{p.governExtension(), staff.CaseExtendJoint},
		{p.declineByGovernment(), staff.CaseExtendJoint},
		{p.explainLate(), staff.CaseExamine},
		{p.consult(), staff.CaseExamine},
		{p.recordAppeal(), staff.AppealRecord},
		{p.settleHeld(), staff.CaseDecide},
	}
}

func (p *Pages) get(path string, need staff.Permission, h func(*visit.Visit) error) visit.Route {
	return visit.Route{Method: http.MethodGet, Pattern: Base + path, Need: visit.Permission(need), Handler: caseview.Officer(h)}
}

func (p *Pages) post(path string, need staff.Permission, h func(*visit.Visit) error, rules ...visit.Rule) visit.Route {
	return visit.Route{Method: http.MethodPost, Pattern: Base + path, Need: visit.Permission(need), Handler: caseview.Officer(h), Rules: rules}
}

// roles are those whose work stands on the desk, with the right that makes a
// line one's own.
var roles = []struct {
	role staff.Role
	need staff.Permission
}{{staff.Handler, staff.CaseExamine}, {staff.Reviewer, staff.CaseReview}, {staff.Decider, staff.CaseDecide}, {staff.Issuer, staff.CaseIssue}}

// mine are the roles whose lines the actor works on.
func mine(a staff.Actor) []staff.Role {
	var out []staff.Role
	for _, r := range roles {
		if a.Can(r.need) {
			out = append(out, r.role)
		}
	}
	return out
}

func listOf(r staff.Role) string { return Base + "/work/" + string(r) }

// show answers with a page of these.
func show(v *visit.Visit, title string, body templ.Component, crumbs ...ui.Link) error {
	return v.Render(frame(v, title, body, crumbs...))
}

func frame(v *visit.Visit, title string, body templ.Component, crumbs ...ui.Link) templ.Component {
	return caseview.Frame(v.Page(title, crumbs...), body)
}
