// Package portal is the website for applicants (申请人): finding a matter and its
// guide, applying, following a case, supplementing, receiving and verifying
// the result, rating. Every page works without JavaScript, from 360 pixels on,
// and prints.
//
// One file is one act or page, with its markup in the .templ beside it. Routes
// is the table of them all.
package portal

import (
	"context"
	"io"
	"net/http"

	"github.com/a-h/templ"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/commitment"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/delegation"
	"onewindow/internal/business/disclosure"
	"onewindow/internal/business/document"
	"onewindow/internal/business/evaluation"
	"onewindow/internal/business/hearing"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/party"
	"onewindow/internal/business/privacy"
	"onewindow/internal/business/procedure"
	"onewindow/internal/business/registration"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/pdf"
	"onewindow/internal/kit/sm"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// Deps are what the pages stand on.
type Deps struct {
	DB         *db.DB // the messages are read from it
	Clock      clock.Clock
	Catalog    *catalog.Service
	Casework   *casework.Service
	Party      *party.Service
	Staff      *staff.Service // one's own tokens
	Documents  *document.Service
	Licences   *licence.Service
	Aftercare  *aftercare.Service
	Complaints *complaint.Service
	Ratings    *evaluation.Service
	// Procedures are 特别程序 and 现场核查.
	Procedures *procedure.Service
	Promises   *commitment.Service
	Interest   *interest.Service
	Hearing    *hearing.Service
	Disclosure *disclosure.Service
	Identity   *registration.Service
	Delegation *delegation.Service
	// PrivacyNotices are what is told before data is taken.
	PrivacyNotices *privacy.Service
	Keys           *sm.Keyring
	Fonts          *pdf.Fonts
	Limits         casework.Limits // of uploads, as the service holds to them
	City           string          // 「定州市」, for the front page
	Hotline        string          // 12345
	SignIn         string          // path of the sign-in page
	// Notices stand on the front page: what kind of installation this is.
	Notices []ui.Message
	// Guesses limits, per visitor, what could be tried out: progress look-ups
	// with a check code, verifications, registrations.
	Guesses *visit.Limiter
}

// Pages are the pages of the portal.
type Pages struct{ Deps }

// New makes the pages.
func New(d Deps) *Pages { return &Pages{d} }

// Nav is the navigation of every public page; what is an applicant's own is not
// shown to officers.
func Nav(v *visit.Visit) []ui.Link {
	if v != nil && officer(v) {
		return []ui.Link{{Text: "首页", Href: "/"}, {Text: "办事指南", Href: "/matters"}, {Text: "进度查询", Href: "/progress"}, {Text: "证照核验", Href: "/verify"}}
	}
	return []ui.Link{
		{Text: "首页", Href: "/"}, {Text: "办事指南", Href: "/matters"}, {Text: "我的办件", Href: "/cases"},
		{Text: "进度查询", Href: "/progress"}, {Text: "证照核验", Href: "/verify"}, {Text: "我的消息", Href: "/messages"},
	}
}

// Links are the links under the applicant's name; officers have none.
func Links(v *visit.Visit) []ui.Link {
	if officer(v) {
		return nil
	}
	return []ui.Link{
		{Text: "我的办件", Href: "/cases", Icon: "case"}, {Text: "我的草稿", Href: "/drafts", Icon: "edit"},
		{Text: "我的证照", Href: "/licences", Icon: "seal"}, {Text: "与我有关的办件", Href: heardPath, Icon: "people"},
		{Text: "我的消息", Href: "/messages", Icon: "bell"},
		{Text: "账户", Href: "/account", Icon: "user"},
	}
}

// page is a whole page around a body.
func page(v *visit.Visit, title string, body templ.Component, crumbs ...ui.Link) templ.Component {
	frame := ui.Portal(v.Page(title, crumbs...))
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return frame.Render(templ.WithChildren(ctx, body), w)
	})
}

// show answers with a page. The last crumb is the page itself.
func show(v *visit.Visit, title string, body templ.Component, crumbs ...ui.Link) error {
	return v.Render(page(v, title, body, trail(title, crumbs)...))
}

// again answers with the page that a form came from and what stopped it.
func again(v *visit.Visit, err error, title string, body func(ui.Problems) templ.Component, crumbs ...ui.Link) error {
	return v.Again(err, func(p ui.Problems) templ.Component {
		return page(v, title, body(p), trail(title, crumbs)...)
	})
}

func trail(title string, crumbs []ui.Link) []ui.Link {
	if len(crumbs) == 0 {
		return nil
	}
	all := append([]ui.Link{{Text: "首页", Href: "/"}}, crumbs...)
	return append(all, ui.Link{Text: title, Current: true})
}

// today is the civil day in Beijing.
func (p *Pages) today() calendar.Day { return calendar.DayOf(p.Clock.Now()) }

// kept is under which name the session keeps what was typed into a form.
func kept(v *visit.Visit) string { return "typed " + v.R.URL.Path }

const (
	get  = http.MethodGet
	post = http.MethodPost
)
