// Package officetest serves pages of officers over a seeded city, for their
// tests: the real services, the real door, people signed in through the real
// sign-in page. Only tests import it.
package officetest

import (
	"context"
	"log/slog"
	"net/http"
	neturl "net/url"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/alexedwards/scs/v2"
	"github.com/alexedwards/scs/v2/memstore"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/business/archive"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/disclosure"
	"onewindow/internal/business/document"
	"onewindow/internal/business/hearing"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/procedure"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/pdf"
	"onewindow/internal/web/account"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/ui/static"
	"onewindow/internal/web/visit"
	"onewindow/internal/web/webtest"
)

// Site is a city with pages.
type Site struct {
	*casetest.World
	Documents  *document.Service
	Licences   *licence.Service
	Aftercare  *aftercare.Service
	Archive    *archive.Service
	Grievances *complaint.Service
	// Procedures are 特别程序 and 现场核查.
	Procedures *procedure.Service
	Interest   *interest.Service
	Hearing    *hearing.Service
	Disclosure *disclosure.Service
	Routes     []visit.Route // the pages under test
	handler    http.Handler
	t          testing.TB
}

// New serves what pages gives for the length of the test. change may alter the
// options of the door.
func New(t testing.TB, pages func(*Site) []visit.Route, change ...func(*visit.Options)) *Site {
	t.Helper()
	return On(casetest.SQLite(t), t, pages, change...)
}

// On is New over a world that is there already.
func On(w *casetest.World, t testing.TB, pages func(*Site) []visit.Route, change ...func(*visit.Options)) *Site {
	s := &Site{World: w, t: t}
	fonts := pdf.NewFonts()
	s.Documents = document.New(w.DB, document.Options{Fonts: fonts, Blobs: w.Blobs, Authority: w.Sign, Watermark: "演示·无法律效力"})
	s.Licences = licence.New(w.DB, licence.Options{Casework: w.Casework, Catalog: w.Catalog, Keys: w.Keys, Authority: w.Sign, Fonts: fonts, Blobs: w.Blobs,
		BaseURL: "http://127.0.0.1:8080"})
	s.Aftercare = aftercare.New(w.DB, aftercare.Options{Licences: s.Licences, Casework: w.Casework, Catalog: w.Catalog, Keys: w.Keys,
		BaseURL: "http://127.0.0.1:8080"})
	s.Procedures = procedure.New(w.DB, procedure.Options{Casework: w.Casework, Blobs: w.Blobs, FileBytes: casetest.Limits.FileBytes})
	s.Interest = interest.New(w.DB, w.Casework, w.Party, w.Keys, "http://127.0.0.1:8080")
	s.Hearing = hearing.New(w.DB, w.Casework, s.Interest)
	s.Archive = archive.New(w.DB, archive.Options{Casework: w.Casework, Documents: s.Documents, Licences: s.Licences, Authority: w.Sign,
		Keys: w.Keys, Blobs: w.Blobs})
	s.Disclosure = disclosure.New(w.DB, disclosure.Options{Cases: w.Casework, Documents: s.Documents})
	s.Grievances = complaint.New(w.DB, complaint.Options{Casework: w.Casework, Licences: s.Licences, Keys: w.Keys})
	s.Routes = pages(s)
	sessions := scs.New()
	sessions.Store = memstore.New()
	o := visit.Options{Log: slog.New(slog.DiscardHandler), Sessions: sessions, Actor: w.Staff.SessionActor, Clock: w.Clock, SignOut: account.SignOutPath, Password: account.PasswordPath,
		Site: ui.Site{Name: "定州市政务服务", SignIn: account.SignInPath, Display: "/display"}}
	for _, c := range change {
		c(&o)
	}
	mux := http.NewServeMux()
	mux.Handle("GET "+static.Prefix, static.Handler())
	for _, r := range account.New(account.Deps{Staff: w.Staff, Party: w.Party}).Routes() {
		if !s.own(r) {
			r.Handle(mux)
		}
	}
	for _, r := range s.Routes {
		r.Handle(mux)
	}
	s.handler = visit.New(o).Wrap(mux)
	return s
}

// own says whether the pages under test have the route themselves.
func (s *Site) own(r visit.Route) bool {
	for _, mine := range s.Routes {
		if mine.Method == r.Method && mine.Pattern == r.Pattern {
			return true
		}
	}
	return false
}

// Visitor is somebody who is not signed in.
func (s *Site) Visitor() *webtest.Client { return webtest.NewClient(s.t, s.handler) }

// As is a browser in which the demonstration account is signed in.
func (s *Site) As(login string) *webtest.Client {
	s.t.Helper()
	c := s.Visitor()
	p := c.Post(account.SignInPath, neturl.Values{"login": {login}, "password": {casetest.Password}})
	if p.Status != http.StatusSeeOther {
		s.t.Fatalf("sign in as %s: %d %s", login, p.Status, p.Text("main"))
	}
	return c
}

// Browser is Chromium with the account signed in; paths are asked of the URL.
// Without Chromium the test is skipped.
func (s *Site) Browser(login string) (ctx context.Context, url string) {
	s.t.Helper()
	c := s.As(login)
	ctx = webtest.Chrome(s.t)
	at, err := neturl.Parse(c.URL)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, k := range c.HTTP.Jar.Cookies(at) {
		set := chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, network.SetCookie, network.SetCookieParams{Name: k.Name, Value: k.Value, URL: c.URL})
			return err
		})
		if err := chromedp.Do(ctx, set); err != nil {
			s.t.Fatal(err)
		}
	}
	return ctx, c.URL
}

// Both is a browser of an officer who holds a further role from now on.
func (s *Site) Both(t testing.TB, login string, role staff.Role) *webtest.Client {
	t.Helper()
	a := s.Actor(login)
	err := s.Staff.Post(context.Background(), staff.Machine("测试"), staff.Post{AccountID: a.AccountID, BodyID: a.OrgID, Role: role})
	if err != nil {
		t.Fatal(err)
	}
	return s.As(login)
}
