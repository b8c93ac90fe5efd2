package portal

import (
	"onewindow/internal/business/privacy"

	"bytes"
	"io"
	"log/slog"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/commitment"
	"onewindow/internal/business/delegation"
	"onewindow/internal/business/evaluation"
	"onewindow/internal/business/registration"
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
		p := New(Deps{Staff: s.Staff, PrivacyNotices: privacy.New(s.DB), DB: s.DB, Clock: s.Clock, Catalog: s.Catalog, Casework: s.Casework, Party: s.Party, Documents: s.Documents, Aftercare: s.Aftercare, Complaints: s.Grievances,
			Licences: s.Licences, Ratings: evaluation.New(s.DB, s.Catalog, s.Keys), Procedures: s.Procedures, Promises: commitment.New(s.DB, s.Casework), Interest: s.Interest, Hearing: s.Hearing, Disclosure: s.Disclosure,
			Identity: registration.New(s.DB, s.Casework, registration.Simulated), Delegation: delegation.New(s.DB, s.Catalog), Keys: s.Keys, Fonts: pdf.NewFonts(),
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
	v := url.Values{"version": {version(p)}}
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

// other is a copy of the values with some replaced.
func other(v url.Values, kv ...string) url.Values {
	out := url.Values{}
	maps.Copy(out, v)
	for i := 0; i+1 < len(kv); i += 2 {
		out.Set(kv[i], kv[i+1])
	}
	return out
}

// upload sends one file for a material, as a browser does.
func upload(t testing.TB, c *webtest.Client, path, name string, content []byte) *webtest.Page {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	part.Write(content)
	w.Close()
	return send(t, c, path, w.FormDataContentType(), &body)
}

// send posts any body from a page of the same origin.
func send(t testing.TB, c *webtest.Client, path, kind string, body io.Reader) *webtest.Page {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, c.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	return c.Do(r, "Content-Type", kind, "Sec-Fetch-Site", "same-origin")
}

// version is the hidden version of the page's form.
func version(p *webtest.Page) string {
	return p.Find("input[name=version]").First().AttrOr("value", "")
}
