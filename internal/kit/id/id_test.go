package id

import "testing"

func TestNewSortsByTimeAndIsValid(t *testing.T) {
	last := ""
	for range 1000 {
		n := New()
		if !Valid(n) {
			t.Fatalf("%q is not valid", n)
		}
		if n <= last {
			t.Fatalf("%q does not follow %q", n, last)
		}
		last = n
	}
	for _, bad := range []string{"", "x", "01234567890123456789012345I", "ILOU5678901234567890123456"} {
		if Valid(bad) {
			t.Errorf("%q passes as an identifier", bad)
		}
	}
}
