package account_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/account"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/visit"
	"onewindow/internal/web/webtest"
)

func site(t testing.TB, demo string) *officetest.Site {
	return officetest.New(t, func(s *officetest.Site) []visit.Route {
		routes := account.New(account.Deps{Staff: s.Staff, Party: s.Party, Register: "/register", DemoPassword: demo}).Routes()
		for _, path := range []string{"/cases", "/counter", "/desk"} { // where people go on to
			routes = append(routes, visit.Route{Method: "GET", Pattern: path, Need: visit.Account, Handler: func(v *visit.Visit) error { return v.Done() }})
		}
		return routes
	})
}

func signIn(c *webtest.Client, login, password string, more ...string) *webtest.Page {
	return c.Post(account.SignInPath, officetest.With(url.Values{"login": {login}, "password": {password}}, more...))
}

// One door for all: by name, identity number or mobile number, each to where
// the work begins.
func TestSignIn(t *testing.T) {
	s := site(t, "")
	for login, home := range map[string]string{"clerk": "/counter", "CLERK ": "/counter", "handler": "/desk", "deliverer": "/counter", "lina": "/cases",
		"13999919881212002x": "/cases", "139 0000 0002": "/cases", "supervisor": "/oversight", "editor": "/admin/matters",
		"secadmin": "/admin/accounts", "auditor": "/admin/audit"} {
		c := s.Visitor()
		if to := officetest.Location(t, signIn(c, login, casetest.Password)); to != home {
			t.Errorf("%s begins at %s", login, to)
		}
	}
}

// One comes back to where one was, and never to another site.
func TestComesBack(t *testing.T) {
	s := site(t, "")
	c := s.Visitor()
	at := officetest.Location(t, c.Get("/desk?role=handler"))
	p := c.Get(at).Want(200, "[data-hold]")
	to, _ := p.Find("input[name=to]").Attr("value")
	if to != "/desk?role=handler" {
		t.Fatalf("to %q", to)
	}
	signIn(c, "handler", "falsch", "to", to).Want(422, `input[name=to][value="/desk?role=handler"]`, `input[name=login][value=handler]`)
	if got := officetest.Location(t, signIn(c, "handler", casetest.Password, "to", to)); got != to {
		t.Errorf("comes back to %s", got)
	}
	for _, evil := range []string{"https://evil.example/", "//evil.example/", `/\evil.example`, "javascript:alert(1)"} {
		if got := officetest.Location(t, signIn(s.Visitor(), "handler", casetest.Password, "to", evil)); got != "/" {
			t.Errorf("%s leads to %s", evil, got)
		}
	}
	for _, loop := range []string{"/sign-in?to=x", "/sign-out", "/password"} {
		if got := officetest.Location(t, signIn(s.Visitor(), "handler", casetest.Password, "to", loop)); got != "/desk" {
			t.Errorf("%s leads to %s", loop, got)
		}
	}
}

// A wrong password and an unknown name look the same; the fifth locks, and the
// page says until when.
func TestLockout(t *testing.T) {
	s := site(t, "")
	c := s.Visitor()
	signIn(c, "", "").Want(422, "#f-login-error", "#f-password-error")
	said := map[string]bool{}
	for _, login := range []string{"clerk", "nobody-at-all"} {
		for range 5 {
			p := signIn(c, login, "wrong").Want(422, "[role=alert]")
			said[p.Text("[role=alert]")] = true
			if p.Has("input[type=password][value]:not([value=''])") {
				t.Error("the password came back")
			}
		}
	}
	if len(said) != 1 {
		t.Errorf("said %v", said)
	}
	for _, login := range []string{"clerk", "nobody-at-all"} {
		p := signIn(c, login, casetest.Password).Want(422)
		if text := p.Text("[role=alert]"); !strings.Contains(text, "15 分钟") || !strings.Contains(text, "09:15") {
			t.Errorf("%s: %s", login, text)
		}
	}
	s.Clock.Advance(15*time.Minute + time.Second)
	officetest.Location(t, signIn(c, "clerk", casetest.Password))
}

// The token changes with every signing in, so that one planted before is
// worth nothing; signing out ends every session of the account.
func TestSessions(t *testing.T) {
	s := site(t, "")
	one, two := s.Visitor(), s.Visitor()
	officetest.Location(t, signIn(one, "clerk", casetest.Password))
	before := cookie(one)
	officetest.Location(t, signIn(one, "clerk", casetest.Password))
	if after := cookie(one); after == "" || after == before {
		t.Error("the token stayed")
	}
	officetest.Location(t, signIn(two, "clerk", casetest.Password))
	one.Get(account.SignInPath).Want(200, `a[href="/counter"]`)
	if to := officetest.Location(t, one.Post(account.SignOutPath, nil)); to != account.SignInPath {
		t.Errorf("leads to %s", to)
	}
	one.Get(account.SignInPath).Want(200, "[role=status]")
	p := two.Get(officetest.Location(t, two.Get("/counter"))).Want(200)
	if !strings.Contains(p.Text("[role=status]"), "登录已过期") {
		t.Error(p.Text("main"))
	}
	officetest.Location(t, s.Visitor().Post(account.SignOutPath, nil)) // nobody: no harm
}

func cookie(c *webtest.Client) string {
	u, _ := url.Parse(c.URL)
	for _, k := range c.HTTP.Jar.Cookies(u) {
		if k.Name == "ow" {
			return k.Value
		}
	}
	return ""
}

// A first password is changed before anything else, and one goes on from there.
func TestForcedChange(t *testing.T) {
	s := site(t, "")
	const first, next = "Anfang-2026", "Weiter-2026-x"
	_, err := s.Staff.CreateOfficer(t.Context(), staff.Machine("测试"), staff.CreateOfficer{Login: "xinren", Name: "新人", Password: first,
		Postings: []staff.Post{{BodyID: "dz-spj", Role: staff.Handler}}})
	if err != nil {
		t.Fatal(err)
	}
	c := s.Visitor()
	if to := officetest.Location(t, signIn(c, "xinren", first, "to", "/desk")); to != account.PasswordPath {
		t.Fatalf("leads to %s", to)
	}
	officetest.Location(t, c.Get("/desk"))
	c.Get(account.PasswordPath).Want(200, ".ow-t-warn")
	change := func(old, password, again string) *webtest.Page {
		return c.Post(account.PasswordPath, url.Values{"old": {old}, "password": {password}, "again": {again}})
	}
	change(first, next, next+"y").Want(422, "#f-again-error")
	change("falsch", next, next).Want(422, "#f-old-error")
	change(first, "short", "short").Want(422, "#f-password-error")
	change(first, first, first).Want(422, "#f-password-error")
	if to := officetest.Location(t, change(first, next, next)); to != "/desk" {
		t.Errorf("leads to %s", to)
	}
	if p := c.Get("/desk"); p.Status != 204 {
		t.Errorf("signed out by the change: %d", p.Status)
	}
	signIn(s.Visitor(), "xinren", first).Want(422)
}

// The demonstration accounts are listed only where the configuration says so;
// each of them opens.
func TestDemoAccounts(t *testing.T) {
	if p := site(t, "").Visitor().Get(account.SignInPath).Want(200); p.Has(".ow-demo") || strings.Contains(p.Body, casetest.Password) {
		t.Error("listed without being asked for")
	}
	s := site(t, casetest.Password)
	p := s.Visitor().Get(account.SignInPath+"?to=/desk").Want(200, ".ow-demo form")
	var logins []string
	p.Find(".ow-demo input[name=login]").Each(func(_ int, x *goquery.Selection) {
		login, _ := x.Attr("value")
		logins = append(logins, login)
	})
	if len(logins) < 12 {
		t.Errorf("%d accounts", len(logins))
	}
	for _, login := range logins {
		officetest.Location(t, signIn(s.Visitor(), login, casetest.Password))
		if name := s.Actor(login).Name; !strings.Contains(p.Text(".ow-demo"), name) {
			t.Errorf("%s is not called %s", login, name)
		}
	}
}

func TestHostileAndCrossSite(t *testing.T) {
	s := site(t, "")
	c := s.Visitor()
	for _, x := range []string{"<script>alert(1)</script>", "' or 1=1 --", "\x00\xff", strings.Repeat("长", 20000), "../../x"} {
		p := signIn(c, x, x, "to", x)
		if p.Status >= 500 || p.Has("script:not([src])") {
			t.Errorf("%.20q: %d", x, p.Status)
		}
	}
	in := url.Values{"login": {"clerk"}, "password": {casetest.Password}}
	c.Post(account.SignInPath, in, "Sec-Fetch-Site", "cross-site").Want(403)
	s.As("clerk").Post(account.SignOutPath, nil, "Sec-Fetch-Site", "cross-site").Want(403)
	c.Get(account.PasswordPath).Want(303)
	c.Post(account.PasswordPath, nil).Want(401)
}

func TestPagesInABrowser(t *testing.T) {
	s := site(t, casetest.Password)
	ctx, at := s.Browser("clerk")
	officetest.Look(t, ctx, at+account.SignInPath, "account-sign-in")
	officetest.Look(t, ctx, at+account.PasswordPath, "account-password")
}
