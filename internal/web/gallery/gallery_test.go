package gallery

import (
	"strings"
	"testing"

	"onewindow/internal/web/webtest"
)

func TestEverySheetIsWhole(t *testing.T) {
	c := webtest.NewClient(t, Handler())
	for _, s := range Sheets() {
		p := c.Get(s.Path).Want(200, "main h1", `html[lang="zh-CN"]`, `meta[name="htmx-config"]`)
		for _, bad := range []string{"[style]", "[onclick]", "[onsubmit]", "style", "script:not([src])"} {
			if p.Has(bad) {
				t.Errorf("%s has %s, which the content security policy forbids", s.Path, bad)
			}
		}
	}
}

// Every control has a label, and every label a control.
func TestEveryControlHasALabel(t *testing.T) {
	c := webtest.NewClient(t, Handler())
	for _, s := range Sheets() {
		p := c.Get(s.Path)
		for _, n := range p.Find("input:not([type=hidden]),select,textarea").Nodes {
			id := ""
			for _, a := range n.Attr {
				if a.Key == "id" {
					id = a.Val
				}
			}
			if id == "" || !p.Has(`label[for="`+id+`"]`) {
				t.Errorf("%s: a control %q without label", s.Path, id)
			}
		}
		for _, n := range p.Find("label[for]").Nodes {
			for _, a := range n.Attr {
				if a.Key == "for" && !p.Has("#"+a.Val) {
					t.Errorf("%s: a label for %q, which is not there", s.Path, a.Val)
				}
			}
		}
	}
}

// A first visit loads at most 100 KB: the page and everything it names.
func TestFirstVisitWeighsLittle(t *testing.T) {
	c := webtest.NewClient(t, Handler())
	p := c.Get("/form")
	total := len(c.Get("/form", "Accept-Encoding", "gzip").Body)
	seen := map[string]bool{}
	for _, n := range p.Find("script,link,img,use").Nodes {
		for _, a := range n.Attr {
			path, _, _ := strings.Cut(a.Val, "#")
			if (a.Key == "src" || a.Key == "href") && strings.HasPrefix(path, "/static/") && !seen[path] {
				seen[path] = true
				total += len(c.Get(path, "Accept-Encoding", "gzip").Body)
			}
		}
	}
	if t.Logf("%d bytes, %d files", total, len(seen)); total > 100_000 || len(seen) < 6 {
		t.Errorf("%d bytes, %d files", total, len(seen))
	}
}

func TestAccessible(t *testing.T) {
	c := webtest.NewClient(t, Handler())
	ctx := webtest.Chrome(t)
	webtest.Quiet(t, ctx)
	look := func(s Sheet, name string, width int) {
		t.Run(name+strings.ReplaceAll(s.Path, "/", "_"), func(t *testing.T) {
			webtest.Open(t, ctx, c.URL+s.Path, width)
			webtest.Fits(t, ctx)
			webtest.Shot(t, ctx, name+strings.ReplaceAll(s.Path, "/", "_"))
			webtest.Axe(t, ctx)
		})
	}
	for _, s := range Sheets() {
		look(s, "wide", 1280)
		look(s, "phone", 390)
	}
	for _, s := range Sheets() {
		t.Run("narrow"+strings.ReplaceAll(s.Path, "/", "_"), func(t *testing.T) {
			webtest.Open(t, ctx, c.URL+s.Path, 360)
			webtest.Fits(t, ctx)
		})
	}
	webtest.Open(t, ctx, c.URL+"/display?elder=1&to=/form-wrong", 390)
	if !webtest.Eval[bool](t, ctx, `document.documentElement.classList.contains('ow-elder')`) {
		t.Fatal("not in elder mode")
	}
	for _, s := range Sheets() {
		look(s, "elder", 390)
	}
}
