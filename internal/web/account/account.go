// Package account is how people get in and out: one sign-in page for applicants
// and officers, signing out, changing the password.
package account

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/party"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// The paths of this package, for the door's options.
const (
	SignInPath   = "/sign-in"
	SignOutPath  = "/sign-out"
	PasswordPath = "/password"
)

// Deps are what the pages stand on.
type Deps struct {
	Staff *staff.Service
	Party *party.Service
	// Home is where somebody begins after signing in; nil is Home.
	Home func(staff.Actor) string
	// Register is the path where applicants open an account; "" hides the way.
	Register string
	// DemoPassword opens the demonstration accounts. Only where it is set are
	// they listed on the sign-in page.
	DemoPassword string
	// Guesses limits the attempts of one visitor; nil for no limit.
	Guesses *visit.Limiter
}

// Pages are the pages of this package.
type Pages struct{ Deps }

// New makes the pages.
func New(d Deps) *Pages {
	if d.Home == nil {
		d.Home = Home
	}
	return &Pages{d}
}

// Routes is the table of them all.
func (p *Pages) Routes() []visit.Route {
	open := []visit.Rule{visit.Open()}
	return []visit.Route{
		{Method: http.MethodGet, Pattern: SignInPath, Need: visit.Public, Handler: p.SignInPage, Rules: open},
		{Method: http.MethodPost, Pattern: SignInPath, Need: visit.Public, Handler: p.SignIn, Rules: open},
		{Method: http.MethodPost, Pattern: SignOutPath, Need: visit.Public, Handler: p.SignOut, Rules: open},
		{Method: http.MethodGet, Pattern: PasswordPath, Need: visit.Account, Handler: p.PasswordPage, Rules: open},
		{Method: http.MethodPost, Pattern: PasswordPath, Need: visit.Account, Handler: p.ChangePassword, Rules: open},
	}
}

// Home is where somebody's work begins: the desk of an examining officer, the
// window of a clerk, the cases of an applicant, the lists of who keeps the
// catalogue, the accounts, the trail.
func Home(a staff.Actor) string {
	switch {
	case a.Kind == staff.Applicant:
		return "/cases"
	case a.Can(staff.CaseAccept), a.Can(staff.CaseDeliver):
		return "/counter"
	case a.Can(staff.SupervisionRead):
		return "/oversight"
	case a.Can(staff.CaseRead):
		return "/desk"
	case a.Can(staff.CatalogEdit):
		return "/admin/matters"
	case a.Can(staff.LimitConfirm):
		return "/admin/units"
	case a.Can(staff.StaffManage), a.Can(staff.StaffGrant):
		return "/admin/accounts"
	case a.Can(staff.AuditRead):
		return "/admin/audit"
	}
	return "/"
}

// after is where to go on to: the page that was asked for, unless it belongs to
// getting in and out.
func (p *Pages) after(a staff.Actor, to string) string {
	path, _, _ := strings.Cut(to, "?")
	switch path {
	case "", "/", SignInPath, SignOutPath, PasswordPath:
		return p.Home(a)
	}
	return to
}

// show is a page in the layout of whoever asks.
func show(v *visit.Visit, title string, body templ.Component) templ.Component {
	page := v.Page(title)
	layout := ui.Portal(page)
	if len(page.Side) > 0 {
		layout = ui.Work(page)
	}
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return layout.Render(templ.WithChildren(ctx, body), w)
	})
}
