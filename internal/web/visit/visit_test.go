package visit

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestHeaders(t *testing.T) {
	s := newSite(t)
	p := s.Get("/").Want(200)
	if got := p.Header.Get("Content-Security-Policy"); got != Policy {
		t.Error(got)
	}
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
		"Cache-Control": "private, no-cache", "Strict-Transport-Security": ""} {
		if got := p.Header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if len(p.Header.Get("X-Request-ID")) != 26 {
		t.Error("no request id")
	}
	if got := s.Get("/", "X-Request-ID", "abcdef-0123456789").Header.Get("X-Request-ID"); got != "abcdef-0123456789" {
		t.Errorf("a well-formed id is kept: %q", got)
	}
	if got := s.Get("/", "X-Request-ID", "bad id{}").Header.Get("X-Request-ID"); len(got) != 26 {
		t.Errorf("an odd id is replaced: %q", got)
	}
}

func TestTLS(t *testing.T) {
	s := newSite(t, func(o *Options) { o.TLS = true })
	p := s.Post("/sign-in", url.Values{"name": {"anna"}})
	cookies := strings.Join(p.Header.Values("Set-Cookie"), "\n")
	for _, want := range []string{"__Host-ow=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/", "__Host-ow-flash="} {
		if !strings.Contains(cookies, want) {
			t.Errorf("no %s in %s", want, cookies)
		}
	}
	if strings.Contains(cookies, "Domain=") || strings.Contains(strings.SplitN(cookies, "\n", 2)[0], "Expires") {
		t.Error(cookies)
	}
	if p.Header.Get("Strict-Transport-Security") == "" {
		t.Error("no HSTS")
	}
}

func TestSessionKnowsTheActor(t *testing.T) {
	s := newSite(t)
	s.Get("/cases/1").Want(303)
	s.signIn(t, "anna")
	p := s.Get("/cases/41").Want(200, "details.ow-menu", `form[action="/sign-out"]`)
	if p.Text("#who") != "anna" || p.Header.Get("Cache-Control") == "" || !strings.Contains(p.Header.Get("Cache-Control"), "no-store") {
		t.Errorf("%q %q", p.Text("#who"), p.Header.Get("Cache-Control"))
	}
	if owner, _ := p.Find("html").Attr("data-owner"); len(owner) != 16 || strings.Contains(owner, "anna") {
		t.Errorf("owner %q", owner)
	}
	s.Get("/publish").Want(403)
	s.Post("/sign-out", nil).Want(303)
	if to := s.Get("/cases/1").Want(303).Header.Get("Location"); to != "/sign-in?to=%2Fcases%2F1" {
		t.Error(to)
	}
}

// The token changes at sign-in, so that one planted before is worth nothing.
func TestSignInRenewsTheToken(t *testing.T) {
	s := newSite(t)
	s.signIn(t, "anna")
	before := cookie(s, "ow")
	s.signIn(t, "berta")
	if after := cookie(s, "ow"); after == before || after == "" {
		t.Error("the token stayed")
	}
}

func cookie(s *site, name string) string {
	u, _ := url.Parse(s.URL)
	for _, c := range s.HTTP.Jar.Cookies(u) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

func TestVoidSessions(t *testing.T) {
	s := newSite(t)
	s.signIn(t, "anna")
	s.Get("/").Want(200)
	s.epoch = 2 // signed out everywhere
	if p := s.Get("/mine?x=1"); p.Status != 303 || p.Header.Get("Location") != "/sign-in?to=%2Fmine%3Fx%3D1" {
		t.Fatalf("%d %s", p.Status, p.Header.Get("Location"))
	}
	p := s.Get("/sign-in?to=%2Fmine").Want(200, "[data-hold]")
	if !strings.Contains(p.Text("[role=status]"), "登录已过期") {
		t.Error(p.Text("main"))
	}
	s.Get("/").Want(200)
}

// Whoever sent a form is told, not sent away: what was typed stays in the tab.
func TestSignedOutWhileTyping(t *testing.T) {
	s := newSite(t)
	p := s.Post("/act", url.Values{"x": {"1"}}, "Referer", s.URL+"/cases/7").Want(401, "[data-hold]", "h1")
	if !p.Has(`a[href="/sign-in?to=%2Fcases%2F7"]`) {
		t.Error(p.Text("main"))
	}
}

func TestStoreAway(t *testing.T) {
	s := newSite(t)
	s.signIn(t, "anna")
	s.store.broken = true
	p := s.Get("/cases/1").Want(503, "h1")
	if strings.Contains(p.Body, "secret") || p.Header.Get("Retry-After") == "" || p.Find("h1").Length() != 1 {
		t.Error(p.Body)
	}
	s.store.broken, s.store.full = false, true
	if p := s.Get("/cases/1"); p.Status != 503 || p.Find("html").Length() != 1 || strings.Contains(p.Body, "办件 1") {
		t.Errorf("%d %s", p.Status, p.Text("body"))
	}
}

func TestMustChangePassword(t *testing.T) {
	s := newSite(t)
	s.signIn(t, "anna")
	s.must = true
	for path, want := range map[string]int{"/cases/1": 303, "/password": 200, "/sign-in": 200} {
		if p := s.Get(path); p.Status != want {
			t.Errorf("%s: %d", path, p.Status)
		}
	}
	if to := s.Get("/").Header.Get("Location"); to != "/password" {
		t.Error(to)
	}
}

func TestCrossSite(t *testing.T) {
	s := newSite(t)
	s.Post("/sign-in", url.Values{"name": {"anna"}}, "Sec-Fetch-Site", "cross-site").Want(403, "h1")
	s.signIn(t, "anna")
	s.Post("/act", nil).Want(303)
	for _, h := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Sec-Fetch-Site", "", "Origin", "https://evil.example"}} {
		if p := s.Post("/act", nil, h...); p.Status != 403 {
			t.Errorf("%v: %d", h, p.Status)
		}
	}
	r, _ := http.NewRequest("POST", s.URL+"/act", nil)
	if p := s.Do(r); p.Status != 403 {
		t.Errorf("a cookie alone acts: %d", p.Status)
	}
	s.Post("/act", nil, "Sec-Fetch-Site", "", "Origin", s.URL).Want(303)
}

func TestElderMode(t *testing.T) {
	s := newSite(t)
	p := s.Get("/")
	href, _ := p.Find(`.ow-tools a[href^="/display"]`).Attr("href")
	if to := s.Get(href).Want(303).Header.Get("Location"); to != "/" {
		t.Error(to)
	}
	p = s.Get("/").Want(200, "html.ow-elder")
	href, _ = p.Find(`.ow-tools a[href^="/display"]`).Attr("href")
	s.Get(href).Want(303)
	if s.Get("/").Has("html.ow-elder") {
		t.Error("still in elder mode")
	}
	if to := s.Get("/display?elder=1&to=https://evil.example/").Header.Get("Location"); to != "/" {
		t.Error(to)
	}
}

func TestFlash(t *testing.T) {
	s := newSite(t)
	s.signIn(t, "anna")
	if p := s.Get("/").Want(200); p.Text("[role=status] .ow-t-ok") != "欢迎" {
		t.Error(p.Text("main"))
	}
	if s.Get("/").Has(".ow-note") {
		t.Error("said twice")
	}
	s.signIn(t, "anna")
	s.clock.Advance(2 * time.Minute)
	if s.Get("/").Has(".ow-note") {
		t.Error("an old message is shown")
	}
	s.signIn(t, "anna")
	value := cookie(s, "ow-flash")
	forged := "x" + value
	r, _ := http.NewRequest("GET", s.URL+"/", nil)
	r.Header.Set("Cookie", "ow-flash="+forged)
	s.HTTP.Jar = nil
	if p := s.Do(r); p.Has(".ow-note") {
		t.Error("a forged message is shown")
	}
}

func TestNavigationMarksWhereWeAre(t *testing.T) {
	s := newSite(t)
	s.signIn(t, "anna")
	p := s.Get("/cases/3")
	if p.Text(`.ow-nav a[aria-current]`) != "办件" || p.Find(".ow-nav a[aria-current]").Length() != 1 {
		t.Error(p.Text(".ow-nav"))
	}
	if p := s.Get("/"); p.Text(".ow-nav a[aria-current]") != "首页" {
		t.Error(p.Text(".ow-nav"))
	}
}
