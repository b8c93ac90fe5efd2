package test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// people are all demonstration accounts: between them they see every page.
// "" is who is not signed in.
var people = []string{"", "wangxiaoming", "lina", "zhaomin", "clerk", "clerk2", "deliverer", "handler", "handler2", "reviewer", "decider", "issuer",
	"editor", "catalog", "catalog2", "yb-clerk", "zj-handler", "zj-reviewer", "zj-decider", "zj-issuer", "gh-handler", "gh-reviewer", "gh-decider", "gh-issuer",
	"hall", "supervisor", "regulator", "town", "town-decider", "sysadmin", "secadmin", "auditor",
	"government", "host", "host2", "ga-handler", "xf-handler", "wl-handler", "wl-regulator", "legal", "xf-reviewer", "xf-decider", "xf-issuer"}

// starts are where everybody begins to roam; what one may not see is passed by.
var starts = []string{"/", "/account", "/counter", "/desk", "/oversight", "/admin", "/interest", "/hearings", "/decisions"}

// often is how many pages of one line a person opens: cases differ by state.
const often = 4

// roamer follows links as one person, and looks in Chromium at every page of a
// line that nobody looked at yet.
type roamer struct {
	t     testing.TB
	login string
	plain *plain
	shots *album
	sit   func() *browser
	open  *browser // once it is needed
	asked map[string]bool
	met   []string       // what was asked, in its order
	count map[string]int // pages that were shown, by line
	queue []hop
	// forms is called for every page instead of looking at it.
	forms func(r *roamer)
}

type hop struct{ from, to string }

// roam sends everybody along all links. No link may lead nowhere.
func roam(t testing.TB, base string, shots *album, sit func() *browser) {
	for _, login := range people {
		r := &roamer{t: t, login: login, plain: newPlain(t, base), shots: shots, sit: sit}
		r.roam()
		r.acts()
	}
}

// acts opens the pages of acts on a case that no link led to, on the cases that
// the person met: an act that is not possible now has a page that says so.
func (r *roamer) acts() {
	r.t.Helper()
	for _, line := range r.shots.routes {
		before, after, act := strings.Cut(line.Pattern, "{id}")
		if line.Method != http.MethodGet || !act || strings.Contains(after, "{") || r.shots.by(r.t, line.Pattern) {
			continue
		}
		seen := map[string]bool{}
		for _, met := range r.met {
			rest, ok := strings.CutPrefix(met, before)
			if !ok || r.shots.by(r.t, line.Pattern) {
				continue
			}
			if id := strings.FieldsFunc(rest, func(c rune) bool { return strings.ContainsRune("/?#", c) })[0]; !seen[id] {
				seen[id] = true
				r.visit(hop{"", before + id + after})
			}
		}
	}
}

func (r *roamer) roam() {
	r.t.Helper()
	r.asked, r.count = map[string]bool{}, map[string]int{}
	if r.login != "" {
		signIn(r.plain, r.login)
		r.push("after signing in", r.plain.Path())
	}
	for _, to := range starts {
		r.push("", to)
	}
	for len(r.queue) > 0 {
		next := r.queue[0]
		r.queue = r.queue[1:]
		if r.count[r.shots.line(next.to)] < often {
			r.visit(next)
		}
	}
}

// push notes a link, unless enough of its kind were followed.
func (r *roamer) push(from, to string) {
	line := r.shots.line(to)
	if r.asked[to] || line == "" || line == "/display" || r.count[line] >= often {
		return
	}
	r.asked[to] = true
	r.met = append(r.met, to)
	r.queue = append(r.queue, hop{from, to})
}

func (r *roamer) visit(h hop) {
	r.t.Helper()
	res, err := r.plain.http.Get(r.plain.base + h.to)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	line, at := r.shots.line(h.to), res.Request.URL.RequestURI()
	switch {
	case res.StatusCode >= 400 && h.from != "":
		r.t.Errorf("%q: the link on %s to %s answers %s", r.login, h.from, h.to, res.Status)
	case res.StatusCode >= 400:
	case !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html"):
		r.shots.mark(r.t, line)
	case r.shots.line(at) != line:
		if r.shots.line(at) != "/sign-in" {
			r.shots.mark(r.t, line)
		}
		r.push(h.from, at)
	default:
		r.read(line, at, res)
	}
}

// read looks at the page if it is the first of its line, and gathers its links.
func (r *roamer) read(line, at string, res *http.Response) {
	r.t.Helper()
	r.count[line]++
	if r.forms == nil && !r.shots.has(line) {
		b := r.browser()
		b.Go(at)
		b.Look("roam" + strings.NewReplacer("/", "-", "{", "", "}", "", "$", "").Replace(line))
	} else if r.forms == nil {
		r.shots.mark(r.t, line)
	}
	doc, err := goquery.NewDocumentFromReader(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	r.plain.page.doc, r.plain.page.url = doc, res.Request.URL
	if r.forms != nil {
		r.forms(r)
	}
	doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		u, err := res.Request.URL.Parse(a.AttrOr("href", ""))
		if err == nil && u.Host == res.Request.URL.Host {
			r.push(at, (&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery}).String())
		}
	})
}

func (r *roamer) browser() *browser {
	if r.open == nil {
		r.open = r.sit()
		if r.login != "" {
			signIn(r.open, r.login)
		}
	}
	return r.open
}
