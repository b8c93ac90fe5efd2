package test

import (
	"log/slog"
	"net/http"
	"net/url"
	"os"
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
	dir    string // of the photographs; "" when none are wanted
	table  *http.ServeMux
	routes []visit.Route
	names  map[string]bool
	lines  map[string]map[string]bool // the tests that were there, by line
}

// shared is the one album of all walks; nil until one of them looks.
var (
	shared  *album
	opening sync.Mutex
)

func openAlbum(t testing.TB) *album {
	t.Helper()
	opening.Lock()
	defer opening.Unlock()
	if shared != nil {
		return shared
	}
	a := &album{dir: os.Getenv("ONEWINDOW_TEST_SHOTS"), table: http.NewServeMux(), routes: routes(t), names: map[string]bool{}, lines: map[string]map[string]bool{}}
	if a.dir != "" {
		if err := os.MkdirAll(a.dir, 0o755); err != nil {
			t.Fatal(err)
		}
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
func (a *album) take(t testing.TB, name, path string) bool {
	a.mark(t, a.line(path))
	a.Lock()
	defer a.Unlock()
	if a.names[name] {
		return false
	}
	a.names[name] = true
	return true
}

// has says whether a page of this line was looked at.
func (a *album) has(line string) bool {
	a.Lock()
	defer a.Unlock()
	return len(a.lines[line]) > 0
}

// by says whether this test was at a page of the line.
func (a *album) by(t testing.TB, line string) bool {
	a.Lock()
	defer a.Unlock()
	return a.lines[line][t.Name()]
}

// mark notes that a test was at a line: at a page that is looked at, or that was
// looked at before, or at what is no page, such as a file.
func (a *album) mark(t testing.TB, line string) {
	a.Lock()
	defer a.Unlock()
	if a.lines[line] == nil {
		a.lines[line] = map[string]bool{}
	}
	a.lines[line][t.Name()] = true
}

// unvisited are lines that no walk looks at, each with the reason.
var unvisited = map[string]string{
	"/display": "sets a cookie and leads back",
}

// elsewhere are lines that no link of the walk through a case leads to, each with
// the walk that looks at them.
var elsewhere = map[string]string{
	"/desk/appeals/{appeal}":                     "TestAppeal",
	"/heard/{party}":                             "TestNeighbour",
	"/heard/{party}/documents/{document}":        "TestNeighbour",
	"/desk/cases/{id}/parties/{party}":           "TestNeighbour",
	"/desk/cases/{id}/extend/government":         "TestChallenge",
	"/desk/cases/{id}/extend/government-decline": "TestChallenge",
	"/desk/cases/{id}/challenge-govern":          "TestChallenge",
	"/admin/delegations/{delegation}/end":        "TestDelegation",
	"/admin/assessments/{assessment}":            "TestDelegation",
	"/hearings/{hearing}":                        "TestHearing",
	"/decisions/{decision}":                      "TestDecisionIsPublished",
	"/complaints/{complaint}":                    "TestComplaint",
	"/desk/proceedings/{proceeding}":             "TestCancelledByItsHolder",
	"/cancellations/{proceeding}":                "TestSimpleDeregistration",
	"/cancellations/{proceeding}/object":         "TestSimpleDeregistration",
	"/licences/{licence}/simple":                 "TestSimpleDeregistration",
	"/licences/{licence}/cancel/withdraw":        "TestSimpleDeregistration",
	"/desk/procedures/{procedure}":               "TestExpertReview",
	"/desk/procedures/{procedure}/files/{file}":  "TestExpertReview",
	"/desk/verifications/{verification}":         "TestFalseCommitment",
	"/desk/cases/{id}/hearing-record":            "TestHearing",
	"/desk/cases/{id}/hearing-sign":              "TestHearing",
	"/desk/cases/{id}/hearing-close":             "TestHearing",
	"/oversight/complaints/{complaint}":          "TestComplaint",
	"/oversight/faults/{fault}":                  "TestDeemedAcceptance",
	"/admin/calendar/years/{year}/preview":       "TestAYearArrives",
}

// reached fails the test, as soon as everybody has followed all links, for
// every page that nobody was led to and that no other walk looks at.
func (a *album) reached(t testing.TB) {
	t.Helper()
	for _, r := range a.routes {
		if r.Method == http.MethodGet && !a.by(t, r.Pattern) && unvisited[r.Pattern] == "" && elsewhere[r.Pattern] == "" {
			t.Errorf("no link leads any of the people to the page %s (permission %q), and no other walk is listed for it in elsewhere", r.Pattern, r.Need.Permission)
		}
	}
}

// lacking are the complaints about pages of the route table that no walk looked
// at.
func (a *album) lacking() (out []string) {
	patterns := map[string]bool{}
	for _, r := range a.routes {
		patterns[r.Pattern] = true
		switch reason, listed := unvisited[r.Pattern]; {
		case r.Method != http.MethodGet:
		case listed && a.has(r.Pattern):
			out = append(out, r.Pattern+" is listed as not visited ("+reason+"), but was")
		case !listed && !a.has(r.Pattern):
			out = append(out, "no walk looks at the page "+r.Pattern+" (told by: "+elsewhere[r.Pattern]+"): follow a link to it, or list it with a reason")
		}
	}
	for line, walk := range elsewhere {
		if !patterns[line] {
			out = append(out, line+" of "+walk+" is no page")
		}
	}
	return out
}
