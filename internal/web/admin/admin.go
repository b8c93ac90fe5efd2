// Package admin is the pages of those who keep the platform's own data: the
// working calendar, and what else belongs to nobody's case.
package admin

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/delegation"
	"onewindow/internal/business/org"
	"onewindow/internal/business/privacy"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// Base is the path under which these pages stand.
const Base = "/admin"

// Deps are what the pages stand on.
type Deps struct {
	Calendar   *calendar.Service
	Casework   *casework.Service
	Catalog    *catalog.Service
	Org        *org.Service
	Staff      *staff.Service
	Delegation *delegation.Service
	Privacy    *privacy.Service
}

// Pages are the pages of administration.
type Pages struct{ Deps }

// New makes the pages.
func New(d Deps) *Pages { return &Pages{d} }

// Routes is the table of them all.
func (p *Pages) Routes() []visit.Route {
	return append(slices.Concat(p.flowRoutes(), p.publishRoutes(), p.unitRoutes(), p.accountRoutes(), p.delegationRoutes(), p.assessmentRoutes(), p.noticeRoutes()), []visit.Route{
		p.get("/calendar", staff.CalendarEdit, p.CalendarList),
		p.get("/calendar/versions/{version}", staff.CalendarEdit, p.CalendarVersion),
		p.get("/calendar/years/{year}", staff.CalendarEdit, p.CalendarEdit),
		p.post("/calendar/years/{year}", staff.CalendarEdit, p.CalendarSave),
		p.get("/calendar/years/{year}/preview", staff.CalendarEdit, p.CalendarPreview),
		p.post("/calendar/years/{year}/publish", staff.CalendarEdit, p.CalendarPublish),
		p.post("/calendar/years/{year}/discard", staff.CalendarEdit, p.CalendarDiscard),
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
	add := func(need staff.Permission, words, path, icon string) {
		if v.Actor.Can(need) {
			links = append(links, ui.Link{Text: words, Href: Base + path, Icon: icon})
		}
	}
	add(staff.CatalogEdit, "办理流程", "/flows", "inbox")
	add(staff.CatalogReadDraft, "清单发布", "/drafts", "check")
	add(staff.DelegationManage, "委托和划转", "/delegations", "people")
	add(staff.PrivacyManage, "个人信息告知", "/privacy", "shield")
	add(staff.PrivacyManage, "影响评估", "/assessments", "shield")
	add(staff.LimitConfirm, "期限单位确认", "/units", "clock")
	add(staff.CalendarEdit, "工作日历", "/calendar", "calendar")
	add(staff.StaffManage, "账号", "/accounts", "people")
	add(staff.StaffGrant, "账号", "/accounts", "people")
	add(staff.AuditRead, "审计记录", "/audit", "list")
	if len(links) == 0 {
		return nil
	}
	return []ui.Group{{Title: "管理", Links: links}}
}

// show answers with a page of these.
func show(v *visit.Visit, title string, body templ.Component, crumbs ...ui.Link) error {
	return v.Render(frame(v.Page(title, crumbs...), body))
}
