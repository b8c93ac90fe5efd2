package test

import (
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"onewindow/internal/app"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/config"
	"onewindow/internal/web/visit"
)

// album remembers which pages were looked at, by name and by the line of the
// route table that answered.
type album struct {
	sync.Mutex
	dir    string
	table  *http.ServeMux
	routes []visit.Route
	names  map[string]bool
	lines  map[string]bool
}

// shared is the one album of all walks; nil until one of them looks.
var shared *album

func openAlbum(t testing.TB) *album {
	t.Helper()
	if shared != nil {
		return shared
	}
	a := &album{dir: os.Getenv("ONEWINDOW_TEST_SHOTS"), table: http.NewServeMux(), routes: routes(t), names: map[string]bool{}, lines: map[string]bool{}}
	if a.dir == "" {
		a.dir = filepath.Join(filepath.Dir(bin), "shots")
	}
	if err := os.MkdirAll(a.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	shared = a
	for _, r := range a.routes {
		a.table.Handle(r.Method+" "+r.Pattern, http.NotFoundHandler())
	}
	return a
}

// routes is the route table of the platform.
func routes(t testing.TB) []visit.Route {
	t.Helper()
	c, err := config.Parse([]string{"--data", t.TempDir(), "--admin-addr", ""})
	if err != nil {
		t.Fatal(err)
	}
	p, err := app.Open(t.Context(), c, true, clock.NewFixed(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Beijing)), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	return p.Routes()
}

// line is the pattern of the route that answers an address; "" for none.
func (a *album) line(path string) string {
	u, err := url.Parse(path)
	if err != nil {
		return ""
	}
	_, pattern := a.table.Handler(&http.Request{Method: http.MethodGet, URL: u})
	return strings.TrimPrefix(pattern, "GET ")
}

// take says whether a page was not looked at before.
func (a *album) take(name, path string) bool {
	a.Lock()
	defer a.Unlock()
	if a.names[name] {
		return false
	}
	a.names[name] = true
	a.lines[a.line(path)] = true
	return true
}

// has says whether a page of this line was looked at.
func (a *album) has(line string) bool {
	a.Lock()
	defer a.Unlock()
	return a.lines[line]
}

// mark notes a line that answers without a page: a file, a way to elsewhere.
func (a *album) mark(line string) {
	a.Lock()
	defer a.Unlock()
	a.lines[line] = true
}

// unvisited are lines that no walk reaches, each with the reason.
var unvisited = map[string]string{
	"/display": "sets a cookie and leads back",
}

// lacking are the complaints about pages of the route table that no walk looked
// at.
func (a *album) lacking() (out []string) {
	for _, r := range a.routes {
		switch reason, listed := unvisited[r.Pattern]; {
		case r.Method != http.MethodGet:
		case listed && a.has(r.Pattern):
			out = append(out, r.Pattern+" is listed as not visited ("+reason+"), but was")
		case !listed && !a.has(r.Pattern):
			out = append(out, "no walk looks at the page "+r.Pattern+": follow a link to it, or list it with a reason")
		}
	}
	return out
}
