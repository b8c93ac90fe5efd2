package gallery

import (
	"strings"
	"testing"

	"onewindow/internal/web/webtest"
)

func TestEverySheetIsWhole(t *testing.T) {
	c := webtest.NewClient(t, Handler())
	for _, s := range Sheets() {
		p := c.Get(s.Path)
		p.Want(200, "main h1", `html[lang="zh-CN"]`, `meta[name="htmx-config"]`)
		if n := p.Find("h1").Length(); n == 0 {
			t.Errorf("%s has no title", s.Path)
		}
		for _, bad := range []string{"[style]", "[onclick]", "[onsubmit]", "style", "script:not([src])"} {
			if p.Has(bad) {
				t.Errorf("%s has %s, which the content security policy forbids", s.Path, bad)
			}
		}
	}
}

// A first visit loads at most 100 KB: the page and everything it names.
func TestFirstVisitWeighsLittle(t *testing.T) {
	c := webtest.NewClient(t, Handler())
	total := 0
	for _, url := range []string{"/form"} {
		p := c.Get(url)
		total += len(p.Body) / 3 // HTML compresses to less than a third
		for _, sel := range []string{"script", "link", "img", "use"} {
			seen := map[string]bool{}
			for _, n := range p.Find(sel).Nodes {
				for _, a := range n.Attr {
					path, _, _ := strings.Cut(a.Val, "#")
					if (a.Key == "src" || a.Key == "href") && strings.HasPrefix(path, "/static/") && !seen[path] {
						seen[path] = true
						total += len(c.Get(path, "Accept-Encoding", "gzip").Body)
					}
				}
			}
		}
	}
	if t.Logf("%d bytes", total); total > 100_000 {
		t.Errorf("%d bytes", total)
	}
}

func TestAccessible(t *testing.T) {
	c := webtest.NewClient(t, Handler())
	ctx := webtest.Chrome(t)
	for _, s := range Sheets() {
		for name, width := range map[string]int{"wide": 1280, "phone": 390, "narrow": 360} {
			t.Run(name+strings.ReplaceAll(s.Path, "/", "_"), func(t *testing.T) {
				webtest.Open(t, ctx, c.URL+s.Path, width)
				webtest.Fits(t, ctx)
				webtest.Shot(t, ctx, name+strings.ReplaceAll(s.Path, "/", "_"))
				if name != "narrow" {
					webtest.Axe(t, ctx)
				}
			})
		}
		t.Run("elder"+strings.ReplaceAll(s.Path, "/", "_"), func(t *testing.T) {
			webtest.Open(t, ctx, c.URL+s.Path+"?elder=1", 390)
			webtest.Fits(t, ctx)
			webtest.Shot(t, ctx, "elder"+strings.ReplaceAll(s.Path, "/", "_"))
		})
	}
}
