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

// Little in use leaves room for much garbage, much in use for a share of it.
func TestRoomForGarbage(t *testing.T) {
	for inUse, want := range map[uint64]int{0: mostPercent, 4 << 20: mostPercent, 12 << 20: 400, 24 << 20: 200, 2 << 30: 200} {
		if got := percent(inUse); got != want {
			t.Errorf("%d MB in use: %d %%, not %d", inUse>>20, got, want)
		}
	}
	if inUse() > taken() {
		t.Error("more is in use than was ever taken")
	}
}

// A small city keeps to one limit, a large one has room for twice what it uses.
func TestLimitGrowsWithTheCity(t *testing.T) {
	for inUse, want := range map[uint64]int64{0: 80 << 20, 20 << 20: 80 << 20, 40 << 20: 120 << 20, 2 << 30: 6 << 30} {
		if got := limit(inUse); got != want {
			t.Errorf("%d MB in use: %d MB, not %d", inUse>>20, got>>20, want>>20)
		}
	}
}
