package sm

import (
	"testing"
	"time"

	"github.com/emmansun/gmsm/smx509"
)

func TestRememberedIsBounded(t *testing.T) {
	var r Remembered[int]
	for i := range 3 * mostKnown {
		r.Put(string(rune('a'+i%26))+time.Duration(i).String(), i)
		if len(r.by) > mostKnown {
			t.Fatalf("%d are remembered", len(r.by))
		}
	}
}

func TestSpanOfAChain(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }
	s := spanOf([]*smx509.Certificate{{NotBefore: day(5), NotAfter: day(30)}, {NotBefore: day(1), NotAfter: day(20)}})
	for n, want := range map[int]bool{4: false, 5: true, 20: true, 21: false} {
		if s.holds(day(n)) != want {
			t.Errorf("day %d: %v", n, !want)
		}
	}
}
