package portal

import (
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/evaluation"
	"onewindow/internal/kit/pdf"
	"onewindow/internal/web/account"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
	"onewindow/internal/web/webtest"
)

// newSite serves the portal over a seeded city.
func newSite(t testing.TB) *officetest.Site {
	return officetest.New(t, func(s *officetest.Site) []visit.Route {
		p := New(Deps{DB: s.DB, Clock: s.Clock, Catalog: s.Catalog, Casework: s.Casework, Party: s.Party, Documents: s.Documents,
			Licences: s.Licences, Ratings: evaluation.New(s.DB, s.Catalog, s.Keys), Keys: s.Keys, Fonts: pdf.NewFonts(),
			Limits: casetest.Limits, City: "定州市", Hotline: "12345", SignIn: account.SignInPath,
			Notices: []ui.Message{{Tone: ui.Info, Title: "这是演示系统", Text: "电子印章和证照没有法律效力；标有「示例」的内容是为演示编制的。"}},
			Guesses: visit.NewLimiter(1, 20, 1000, s.Clock)})
		return p.Routes()
	}, func(o *visit.Options) {
		o.Nav, o.Links, o.Log = Nav, Links, slog.New(slog.DiscardHandler)
	})
}

// example is the form of the draft as the published example fills it, with what
// was filled in already.
func example(p *webtest.Page, s *officetest.Site) url.Values {
	v := url.Values{"version": {p.Find("input[name=version]").AttrOr("value", "")}}
	for id, text := range s.Food().Example {
		v[id] = strings.Split(text, "\n")
	}
	return v
}

// draftOf begins a draft of the food matter and gives its path.
func draftOf(t testing.TB, s *officetest.Site, c *webtest.Client) string {
	t.Helper()
	code := s.Food().Code()
	form := c.Get("/apply/"+code).Want(200, "input[name=applicant]")
	p := c.Post("/apply/"+code, url.Values{"applicant": {form.Find("input[name=applicant]").Last().AttrOr("value", "")}})
	return p.Want(303).Header.Get("Location")
}

// granted is a case of 李娜 that waits to be received.
func seen(c *casework.Case) url.Values { return url.Values{"version": {number(c.Version)}} }
