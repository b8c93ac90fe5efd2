package ui

import (
	"html"
	"strings"
	"testing"

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
