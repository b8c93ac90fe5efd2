package ui

import (
	"context"
	"html"
	"io"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"pgregory.net/rapid"
)

// What is drawn by hand is escaped exactly as the generated pages are.
func TestDrawnTextIsEscaped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[&<>"'a一]{0,40}`)).Draw(t, "s")
		d := &drawing{}
		d.text(s)
		if got := string(d.b); got != html.EscapeString(s) {
			t.Fatalf("%q, want %q", got, html.EscapeString(s))
		}
	})
}

func TestDrawnLinksLeadNowhereHarmful(t *testing.T) {
	for _, to := range []string{"javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", `/a"onclick="x`} {
		var b strings.Builder
		if err := Table(TableData{Rows: []Row{{Cells: []Cell{{Text: "x", Href: to}}}}}).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if s := strings.ToLower(b.String()); strings.Contains(s, "javascript:") || strings.Contains(s, "data:") || strings.Contains(s, `"onclick`) {
			t.Error(b.String())
		}
	}
}

// Fixed markup is drawn once for its key; what failed is drawn again.
func TestFixedIsDrawnOnce(t *testing.T) {
	type key string
	n := 0
	page := func(k key, err error) (string, error) {
		var b strings.Builder
		failed := Fixed(k, func() templ.Component {
			n++
			return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
				io.WriteString(w, string(k))
				return err
			})
		}).Render(t.Context(), &b)
		return b.String(), failed
	}
	if _, err := page("a", io.ErrUnexpectedEOF); err == nil {
		t.Error("the error is lost")
	}
	for range 2 {
		for _, k := range []key{"a", "b"} {
			if s, err := page(k, nil); s != string(k) || err != nil {
				t.Errorf("%q, %v", s, err)
			}
		}
	}
	if n != 3 {
		t.Errorf("drawn %d times", n)
	}
}

// What stands within a component is drawn there and nowhere else.
func TestDrawnChildren(t *testing.T) {
	var b strings.Builder
	inner := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error { return Panel("").Render(ctx, w) })
	if err := Panel("甲").Render(templ.WithChildren(t.Context(), inner), &b); err != nil {
		t.Fatal(err)
	}
	if want := `<section class="ow-panel"><h2>甲</h2><section class="ow-panel"></section></section>`; b.String() != want {
		t.Error(b.String())
	}
}
