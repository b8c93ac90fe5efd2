package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"onewindow/internal/web/ui/static"
	"onewindow/internal/web/visit"
	"onewindow/internal/web/webtest"
)

// client reads the pages of a site.
func (s *site) client() *webtest.Client {
	mux := http.NewServeMux()
	mux.Handle("/", s.api.Handler())
	mux.Handle("GET "+static.Prefix, static.Handler())
	return webtest.NewClient(s.t, mux)
}

// The page shows every operation, schema and problem, links lead somewhere, and
// nothing comes from elsewhere or stands inline.
func TestDocsPage(t *testing.T) {
	s := sqlite(t)
	c := s.client()
	p := c.Get(DocsPath).Want(200, "main h1", `html[lang="zh-CN"]`)
	if p.Header.Get("Content-Security-Policy") != visit.Policy {
		t.Errorf("%v", p.Header)
	}
	for _, call := range s.api.calls {
		p.Want(200, "#"+call.id+" pre", `#`+call.id+` form[data-api-path]`, `nav a[href="#`+call.id+`"]`)
	}
	for _, bad := range []string{"[style]", "[onclick]", "style", "script:not([src])", `[src^="http"]`, `link[href^="http"]`} {
		if p.Has(bad) {
			t.Errorf("has %s", bad)
		}
	}
	ids := map[string]bool{}
	p.Find("[id]").Each(func(_ int, n *goquery.Selection) {
		id, _ := n.Attr("id")
		if ids[id] {
			t.Errorf("two of %s", id)
		}
		ids[id] = true
	})
	p.Find("main a").Each(func(_ int, n *goquery.Selection) {
		href, _ := n.Attr("href")
		if to, inside := strings.CutPrefix(href, "#"); inside && !ids[to] {
			t.Errorf("%s leads nowhere", href)
		}
	})
	p.Find("input:not([type=hidden]),textarea").Each(func(_ int, n *goquery.Selection) {
		if id, _ := n.Attr("id"); p.Find(`label[for="`+id+`"]`).Length() != 1 {
			t.Errorf("%s has no label", id)
		}
	})
	for _, path := range []string{scriptURL, styleURL} {
		if f := c.Get(path); f.Status != 200 || !strings.Contains(f.Header.Get("Cache-Control"), "immutable") || len(f.Body) == 0 {
			t.Errorf("%s: %d", path, f.Status)
		}
	}
	if r := c.Get("/problems/draft.stale"); r.Status != 303 || r.Header.Get("Location") != DocsPath+"#problem-draft.stale" {
		t.Errorf("%d %v", r.Status, r.Header)
	}
	if r := c.Get("/problems/no.such"); r.Status != 404 {
		t.Errorf("%d", r.Status)
	}
}

// In a browser: accessible, as wide as the window, quiet, and the form sends
// its request under the strict policy.
func TestDocsInABrowser(t *testing.T) {
	s := sqlite(t)
	c := s.client()
	token := s.token("lina")
	ctx := webtest.Chrome(t)
	webtest.Quiet(t, ctx)
	for _, width := range []int{360, 1280} {
		webtest.Open(t, ctx, c.URL+DocsPath, width)
		webtest.Fits(t, ctx)
		webtest.Shot(t, ctx, "api-docs-"+map[int]string{360: "phone", 1280: "desk"}[width])
		webtest.Axe(t, ctx)
	}
	const press = `(() => { const s = document.querySelector('#%'); s.querySelectorAll('details').forEach(d => d.open = true);
		s.querySelector('[type=submit]').click(); })()`
	shown := func(id, words string) {
		t.Helper()
		webtest.Until(t, ctx, `document.querySelector('#`+id+` .ow-api-result').innerText.includes('`+words+`')`)
	}
	run := func(js string) { t.Helper(); webtest.Eval[any](t, ctx, js+"; true") }
	run(`document.querySelector('[name="search-matters:query:q"]').value = '开饭店'`)
	run(strings.Replace(press, "%", "search-matters", 1))
	shown("search-matters", "食品经营许可")
	run(strings.Replace(press, "%", "list-parties", 1))
	shown("list-parties", "api.token_missing")
	run(`document.querySelector('[name="api-token"]').value = '` + token + `'`)
	run(strings.Replace(press, "%", "list-parties", 1))
	shown("list-parties", "legal")
	run(`document.querySelector('[name="create-draft:body:body"]').value = '{"matter":1}'`)
	run(strings.Replace(press, "%", "create-draft", 1))
	shown("create-draft", "api.required")
}
