package visit

import (
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"
)

// A page leads on after the last line that it shows and back to the first page,
// with the filter kept; the line that was only asked for to see whether there is
// more is not shown.
func TestCut(t *testing.T) {
	key := func(s string) string { return s }
	for _, c := range []struct {
		query, lines string
		filter       url.Values
		all          []string
		prev, next   string
	}{
		{"", "ab", nil, []string{"a", "b"}, "", ""},
		{"", "ab", nil, []string{"a", "b", "c"}, "", "/x?after=b"},
		{"after=b", "cd", ShowAll(true), []string{"c", "d", "e"}, "/x?show=all", "/x?after=d&show=all"},
		{"after=d", "e", ShowAll(false), []string{"e"}, "/x", ""},
		{"after=d", "", url.Values{"q": {"饭店&"}}, nil, "/x?q=%E9%A5%AD%E5%BA%97%26", ""},
		{"", "%2", nil, []string{"%", "2", "3"}, "", "/x?after=2"},
	} {
		v := &Visit{R: httptest.NewRequest("GET", "/x?"+c.query, nil)}
		lines, pages := Cut(v, "/x", c.filter, slices.Clone(c.all), 2, key)
		var got string
		for _, l := range lines {
			got += l
		}
		if got != c.lines || pages.First != c.prev || pages.Next != c.next {
			t.Errorf("%q of %v: %s, %+v", c.query, c.all, got, pages)
		}
		if c.filter.Has("after") {
			t.Error("the caller's filter was changed")
		}
	}
}
