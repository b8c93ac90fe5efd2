package app

import "testing"

// What was needed for a moment is given back when nothing is done any more,
// once, and not while something is.
func TestMemoryIsGivenBackAtRest(t *testing.T) {
	m := memory{given: 100 << 20, seen: 100 << 20}
	for _, step := range []struct {
		taken uint64
		rests bool
		what  string
	}{
		{101 << 20, false, "nothing worth it"},
		{160 << 20, false, "busy"},
		{161 << 20, true, "at rest with 61 MB taken since"},
	} {
		if got := m.rests(step.taken); got != step.rests {
			t.Errorf("%s: %v", step.what, got)
		}
	}
	if m.given = 161 << 20; m.rests(162 << 20) {
		t.Error("given back twice")
	}
	if before := taken(); taken()-before > worthGiving {
		t.Error("what was taken does not count from the beginning")
	}
}
