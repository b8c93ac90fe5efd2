package evaluation

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// someFigures draws a year's figures in the order in which they are read.
func someFigures(t *rapid.T) (all []figure) {
	for _, body := range []string{"a", "b"} {
		for _, item := range []string{"1", "2", "3"} {
			for month := 1; month <= 12; month++ {
				if rapid.IntRange(0, 2).Draw(t, "silent") == 0 {
					continue
				}
				f := figure{bodyID: body, itemCode: item, itemName: "事项" + item, month: fmt.Sprintf("2026-%02d", month)}
				for g := range f.counts {
					f.counts[g] = rapid.IntRange(0, 2).Draw(t, "n")
				}
				all = append(all, f)
			}
		}
	}
	return all
}

// No cell has fewer than five ratings, none overlaps another, the running
// month is in none, and every rating is either in a cell or withheld.
func TestReleaseProtects(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := someFigures(t)
		running := fmt.Sprintf("2026-%02d", rapid.IntRange(1, 13).Draw(t, "running"))
		cells, withheld := release(all, running)
		total := withheld
		for i, c := range cells {
			total += c.Counts.Total()
			if c.Counts.Total() < 5 || c.From > c.To || c.To >= running {
				t.Fatalf("%+v in %s", c, running)
			}
			if i > 0 && cells[i-1].BodyID == c.BodyID && cells[i-1].ItemCode == c.ItemCode && cells[i-1].To >= c.From {
				t.Fatalf("%+v overlaps %+v", cells[i-1], c)
			}
		}
		for _, f := range all {
			total -= f.counts.Total()
		}
		if total != 0 {
			t.Fatalf("%d ratings are lost or invented", -total)
		}
	})
}

// What was released stays as it was: nobody learns anything by asking twice.
func TestReleaseNeverChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := someFigures(t)
		month := rapid.IntRange(1, 12).Draw(t, "month")
		before, _ := release(all, fmt.Sprintf("2026-%02d", month))
		after, _ := release(all, fmt.Sprintf("2026-%02d", month+1))
		for _, c := range before {
			found := false
			for _, d := range after {
				found = found || reflect.DeepEqual(c, d)
			}
			if !found {
				t.Fatalf("%+v is gone a month later", c)
			}
		}
	})
}

func TestRelease(t *testing.T) {
	f := func(month string, n ...int) figure {
		x := figure{bodyID: "a", itemCode: "1", itemName: "事项", month: month}
		copy(x.counts[:], n)
		return x
	}
	cells, withheld := release([]figure{f("2026-01", 2), f("2026-03", 0, 2), f("2026-04", 1, 0, 0, 0, 1), f("2026-05", 4), f("2026-06", 9)}, "2026-06")
	if len(cells) != 1 || withheld != 13 {
		t.Fatalf("%+v, %d", cells, withheld)
	}
	want := Cell{"a", "1", "事项", "2026-01", "2026-04", Counts{3, 2, 0, 0, 1}}
	if cells[0] != want {
		t.Errorf("%+v", cells[0])
	}
	if want.Counts.Bad() != 1 || want.Counts.Stars() != 400 || (Counts{}).Stars() != 0 {
		t.Errorf("%d bad, %d stars", want.Counts.Bad(), want.Counts.Stars())
	}
}
