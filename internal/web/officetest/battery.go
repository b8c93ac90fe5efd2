package officetest

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"onewindow/internal/business/staff"
	"onewindow/internal/web/visit"
	"onewindow/internal/web/webtest"
)

// Battery are the trials that every route of officers must stand.
type Battery struct {
	*Site
	// Fill puts real things in place of parts of a pattern ("/cases/{id}"): a case
	// that exists, so that a refusal is about the person and not about the thing.
	Fill map[string]string
	// Elsewhere is an officer of another department who holds every right that
	// the routes ask for by one of these logins.
	Elsewhere []string
	// Stale are the acts on a case; each is sent with a version of long ago.
	Stale []string
	// Login may use the routes.
	Login []string
}

// path is the pattern with its wildcards filled.
func (b Battery) path(pattern string) string {
	for part, real := range b.Fill {
		pattern = strings.Replace(pattern, part, real, 1)
	}
	if strings.Contains(pattern, "{") {
		b.t.Fatalf("nothing fills %s", pattern)
	}
	return pattern
}

func (b Battery) send(c *webtest.Client, r visit.Route, form url.Values, header ...string) *webtest.Page {
	if r.Method == http.MethodGet {
		return c.Get(b.path(r.Pattern), header...)
	}
	return c.Post(b.path(r.Pattern), form, header...)
}

// Run tries them all.
func (b Battery) Run(t *testing.T) {
	t.Run("every route has a right", b.rights)
	t.Run("signed out", b.signedOut)
	t.Run("wrong role", b.wrongRole)
	t.Run("another department", b.elsewhere)
	t.Run("cross-site", b.crossSite)
	t.Run("stale", b.stale)
	t.Run("hostile", b.hostile)
}

func (b Battery) rights(t *testing.T) {
	for _, r := range b.Routes {
		if r.Need.Permission == "" || r.Handler == nil {
			t.Errorf("%s %s asks for no permission", r.Method, r.Pattern)
		}
	}
}

func (b Battery) signedOut(t *testing.T) {
	c := b.Visitor()
	for _, r := range b.Routes {
		p := b.send(c, r, nil)
		want := http.StatusUnauthorized
		if r.Method == http.MethodGet {
			want = http.StatusSeeOther
			if to := p.Header.Get("Location"); !strings.HasPrefix(to, "/sign-in?to=") {
				t.Errorf("%s leads to %q", r.Pattern, to)
			}
		}
		if p.Status != want {
			t.Errorf("%s %s: %d", r.Method, r.Pattern, p.Status)
		}
	}
}

// wrongRole: an applicant, who may read cases of their own, and an
// administrator, who may read none.
func (b Battery) wrongRole(t *testing.T) {
	for _, login := range []string{"lina", "auditor"} {
		c := b.As(login)
		for _, r := range b.Routes {
			if r.Need.Permission == staff.AuditRead && login == "auditor" {
				continue
			}
			if p := b.send(c, r, nil); p.Status != http.StatusForbidden {
				t.Errorf("%s %s as %s: %d", r.Method, r.Pattern, login, p.Status)
			}
		}
	}
}

// elsewhere: an officer with the right over other cases does not learn that
// this one exists.
func (b Battery) elsewhere(t *testing.T) {
	for _, login := range b.Elsewhere {
		c, who := b.As(login), b.Actor(login)
		for _, r := range b.Routes {
			if !strings.Contains(r.Pattern, "/cases/{id}") && !regexp.MustCompile(`\{(file|document|licence|procedure|proceeding|push|package|appeal)\}`).MatchString(r.Pattern) || !who.Can(r.Need.Permission) {
				continue
			}
			if p := b.send(c, r, url.Values{"version": {"1"}, "reason": {"核对申请人"}}); p.Status != http.StatusNotFound {
				t.Errorf("%s %s as %s: %d", r.Method, r.Pattern, login, p.Status)
			}
		}
	}
}

func (b Battery) crossSite(t *testing.T) {
	clients := b.clients()
	for _, r := range b.Routes {
		c := clients.of(r.Need.Permission)
		if r.Method == http.MethodGet || c == nil {
			continue
		}
		for _, from := range []string{"cross-site", "same-site"} {
			if p := b.send(c, r, nil, "Sec-Fetch-Site", from); p.Status != http.StatusForbidden {
				t.Errorf("%s from %s: %d", r.Pattern, from, p.Status)
			}
		}
	}
}

// stale: whoever acts on an old version is told, with what was typed.
func (b Battery) stale(t *testing.T) {
	clients := b.clients()
	for _, pattern := range b.Stale {
		r := b.route(pattern)
		form := url.Values{"version": {"9999"}, "opinion": {"这是已经写好的意见"}, "reasons": {"这是已经写好的理由"}, "basis": {"某法第一条"},
			"competent": {"某局"}, "reason": {"这是已经写好的理由"}, "days": {"15"}, "outcome": {"support"}, "code": {"ABC"}, "signed_by": {"李娜"}}
		p := b.send(clients.of(r.Need.Permission), r, form)
		if p.Status != http.StatusConflict || !p.Has("[role=alert]") {
			t.Errorf("%s: %d %s", pattern, p.Status, p.Text("main"))
		}
	}
}

func (b Battery) route(pattern string) visit.Route {
	for _, r := range b.Routes {
		if r.Method == http.MethodPost && r.Pattern == pattern {
			return r
		}
	}
	b.t.Fatalf("no route %s", pattern)
	return visit.Route{}
}

// nasty are things that no form of ours sends.
var nasty = []string{"<script>alert(1)</script>", "'; drop table cases; --", "../../etc/passwd", "\x00\xff\xfe", strings.Repeat("长", 25000),
	"-1", "99999999999999999999", "{{.}}", "%00%0d%0aSet-Cookie: x=1", "\u202e倒\u2066"}

// names are fields that some route reads.
var names = []string{"version", "after", "item", "channel", "due", "number", "kind", "id_type", "id_number", "uscc", "name", "phone", "address", "q",
	"variant", "go", "days", "ask.001", "problem.001", "standard.001", "t.001.0", "n.001.0", "paper.001", "reasons", "basis", "competent",
	"reason", "opinion", "outcome", "to", "code", "signed_by", "declared", "remove", "premises.name", "person.name"}

// hostile: nothing that is sent breaks a page, or comes back as markup.
func (b Battery) hostile(t *testing.T) {
	clients := b.clients()
	for _, r := range b.Routes {
		c := clients.of(r.Need.Permission)
		if c == nil || strings.HasSuffix(r.Pattern, "/discard") {
			continue
		}
		for round := range 3 {
			form := url.Values{"version": {"1"}}
			for i, n := range names {
				form.Set(n, nasty[(i+3*round)%len(nasty)])
			}
			at := b.path(r.Pattern)
			p := (*webtest.Page)(nil)
			if r.Method == http.MethodGet {
				p = c.Get(at + "?" + queries(form).Encode())
			} else {
				p = c.Post(at, form)
			}
			if p.Status >= 500 || p.Has("script:not([src])") || strings.Contains(p.Body, "<script>alert") {
				t.Errorf("%s %s, round %d: %d %s", r.Method, r.Pattern, round, p.Status, p.Text("main"))
			}
		}
	}
}

// queries are the fields that stand in addresses.
func queries(form url.Values) url.Values {
	out := url.Values{}
	for _, n := range []string{"item", "channel", "due", "after", "number", "q"} {
		if s := form.Get(n); len(s) < 1000 {
			out.Set(n, s)
		}
	}
	return out
}

// clients are signed-in browsers by login.
type clients struct {
	b   Battery
	all map[string]*webtest.Client
}

func (b Battery) clients() clients {
	c := clients{b, map[string]*webtest.Client{}}
	for _, login := range b.Login {
		c.all[login] = b.As(login)
	}
	return c
}

// of is a browser of somebody who holds the permission.
func (c clients) of(p staff.Permission) *webtest.Client {
	for _, login := range c.b.Login {
		if c.b.Actor(login).Can(p) {
			return c.all[login]
		}
	}
	c.b.t.Errorf("nobody of %v may %s", c.b.Login, p)
	return nil
}
