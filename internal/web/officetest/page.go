package officetest

import (
	"context"
	"net/url"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"onewindow/internal/web/webtest"
)

// Fields are the values that a browser would send of the forms that the
// selector finds.
func Fields(p *webtest.Page, selector string) url.Values {
	out := url.Values{}
	p.Find(selector).Find("input,textarea,select").Each(func(_ int, s *goquery.Selection) {
		name, _ := s.Attr("name")
		kind, _ := s.Attr("type")
		_, checked := s.Attr("checked")
		switch {
		case name == "", kind == "file", (kind == "radio" || kind == "checkbox") && !checked:
		case s.Is("textarea"):
			out.Add(name, s.Text())
		case s.Is("select"):
			value, _ := s.Find("option[selected]").Attr("value")
			out.Add(name, value)
		default:
			value, _ := s.Attr("value")
			out.Add(name, value)
		}
	})
	return out
}

// With changes some of the values; kv are pairs.
func With(v url.Values, kv ...string) url.Values {
	for i := 0; i+1 < len(kv); i += 2 {
		v.Set(kv[i], kv[i+1])
	}
	return v
}

// Location is where a redirect leads; anything else fails the test.
func Location(t testing.TB, p *webtest.Page) string {
	t.Helper()
	if p.Status != 303 {
		t.Fatalf("status %d: %s", p.Status, p.Text("main"))
	}
	return p.Header.Get("Location")
}

// Look opens a page wide and narrow: it fits, and axe finds nothing. Its
// pictures are saved under the name.
func Look(t *testing.T, ctx context.Context, at, name string) {
	t.Run(name, func(t *testing.T) {
		webtest.Open(t, ctx, at, 1280)
		for _, w := range []struct {
			width int
			mark  string
		}{{1280, ""}, {390, "-phone"}} {
			webtest.Resize(t, ctx, w.width)
			webtest.Fits(t, ctx)
			webtest.Axe(t, ctx)
			webtest.Shot(t, ctx, name+w.mark)
		}
	})
}
