package visit

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/fault"
)

func TestLocal(t *testing.T) {
	for to, want := range map[string]string{
		"/cases/1?x=1#y": "/cases/1?x=1#y", "": "/", "//evil.example": "/", "https://evil.example/": "/", `/\evil.example`: "/",
		"javascript:alert(1)": "/", "/a\r\nSet-Cookie: x": "/", "cases": "/", "/%2Fevil": "/%2Fevil",
	} {
		if got := local(to); got != want {
			t.Errorf("%q: %q", to, got)
		}
	}
}

// A script of ours cannot see a redirect; it is told where to go.
func TestSeeForScripts(t *testing.T) {
	s := newSite(t)
	s.signIn(t, "anna")
	for _, h := range [][]string{{"HX-Request", "true"}, {"X-Requested-With", "onewindow-upload"}} {
		p := s.Post("/act", nil, h...).Want(200)
		if p.Header.Get("HX-Redirect") != "/cases/1" || p.Header.Get("Location") != "" {
			t.Errorf("%v: %v", h, p.Header)
		}
	}
}

func TestBigPagesAreCompressed(t *testing.T) {
	s := newSite(t)
	s.handle("GET /big", func(v *Visit) error { return page(v, strings.Repeat("<p>一窗</p>", 1000)) })
	p := s.Get("/big", "Accept-Encoding", "gzip").Want(200)
	if p.Header.Get("Content-Encoding") != "gzip" || len(p.Body) > 4000 || !strings.Contains(strings.Join(p.Header.Values("Vary"), ","), "Accept-Encoding") {
		t.Errorf("%d bytes, %v", len(p.Body), p.Header)
	}
	if p := s.Get("/big", "Accept-Encoding", "identity"); !strings.Contains(p.Body, "一窗") {
		t.Error("compressed although not accepted")
	}
}

// A page that fails while it is drawn is no half page.
func TestBrokenPage(t *testing.T) {
	s := newSite(t)
	s.handle("GET /broken", func(v *Visit) error {
		return v.Render(templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
			io.WriteString(w, "half")
			return errors.New("secret")
		}))
	})
	if p := s.Get("/broken").Want(500); strings.Contains(p.Body, "half") || strings.Contains(p.Body, "secret") {
		t.Error(p.Body)
	}
}

func TestServe(t *testing.T) {
	s := newSite(t)
	s.handle("GET /file/{type}", func(v *Visit) error {
		return v.Serve(File{Name: "受理通知书.pdf", Type: strings.ReplaceAll(v.Path("type"), "-", "/"), Inline: true, Body: strings.NewReader("%PDF-1.7")})
	})
	p := s.Get("/file/application-pdf").Want(200)
	if d := p.Header.Get("Content-Disposition"); !strings.HasPrefix(d, "inline; filename*=utf-8''%E5%8F%97") {
		t.Error(d)
	}
	if p.Header.Get("Cache-Control") != "no-store" || p.Header.Get("Content-Type") != "application/pdf" {
		t.Error(p.Header)
	}
	if d := s.Get("/file/text-html").Header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment") {
		t.Errorf("a page of somebody else's is shown: %s", d)
	}
	if p := s.Get("/file/application-pdf", "Range", "bytes=0-3"); p.Status != 206 || p.Body != "%PDF" {
		t.Errorf("%d %q", p.Status, p.Body)
	}
}

func TestLimiter(t *testing.T) {
	clk := clock.NewMoving(time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC))
	l := NewLimiter(0.5, 2, 3, clk)
	for i := range 2 {
		if err := l.Allow("a"); err != nil {
			t.Fatalf("use %d: %v", i, err)
		}
	}
	f := fault.Of(l.Allow("a"))
	if f == nil || f.Code != "request.rate" || f.Args["seconds"] != "2" {
		t.Fatalf("%+v", f)
	}
	if err := l.Allow("b"); err != nil {
		t.Error("another key is another's")
	}
	clk.Advance(2 * time.Second)
	if err := l.Allow("a"); err != nil {
		t.Error("after the wait it goes on")
	}
	for i := range 100 {
		l.Allow(strconv.Itoa(i))
	}
	if len(l.keys) != 3 || l.seen.Len() != 3 {
		t.Errorf("%d keys are remembered", len(l.keys))
	}
}

func TestRateByAddress(t *testing.T) {
	s := newSite(t, func(o *Options) { o.Rate = NewLimiter(0.1, 3, 100, o.Clock) })
	for range 3 {
		s.Get("/").Want(200)
	}
	p := s.Get("/").Want(429, "h1")
	if p.Header.Get("Retry-After") != "10" {
		t.Error(p.Header.Get("Retry-After"))
	}
}

func TestNetwork(t *testing.T) {
	a, b := netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("2001:db8::ffff:1")
	if network(a) != network(b) || network(a) == network(netip.MustParseAddr("2001:db8:0:1::1")) {
		t.Error("one visitor holds a 64-bit network")
	}
	if network(netip.MustParseAddr("192.0.2.1")) == network(netip.MustParseAddr("192.0.2.2")) {
		t.Error("IPv4 addresses are each their own")
	}
}

// Only a proxy of ours may say for whom it speaks, and only the last address
// that is none of ours counts: what stands before it can be made up.
func TestAddress(t *testing.T) {
	d := New(Options{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}})
	for _, c := range []struct{ remote, forwarded, want string }{
		{"192.0.2.9:1234", "203.0.113.5", "192.0.2.9"},
		{"10.0.0.1:1234", "", "10.0.0.1"},
		{"10.0.0.1:1234", "203.0.113.5", "203.0.113.5"},
		{"10.0.0.1:1234", "198.51.100.1, 203.0.113.5, 10.0.0.2", "203.0.113.5"},
		{"10.0.0.1:1234", "unknown", "10.0.0.1"},
		{"[::ffff:10.0.0.1]:1234", "203.0.113.5", "203.0.113.5"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.remote
		r.Header.Set("X-Forwarded-For", c.forwarded)
		if got := d.address(r).String(); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestTimeIsLimited(t *testing.T) {
	s := newSite(t)
	s.handle("GET /slow", func(v *Visit) error {
		if end, ok := v.Context().Deadline(); !ok || time.Until(end) > answerTime {
			t.Error("no deadline")
		}
		return context.DeadlineExceeded
	})
	s.handle("GET /stream", func(v *Visit) error {
		if _, ok := v.Context().Deadline(); ok {
			t.Error("a stream has no deadline")
		}
		return v.Done()
	}, Stream())
	s.Get("/slow").Want(503)
	s.Get("/stream").Want(204)
}
