package catalog

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
)

// 行政许可法第五十条第一款 and the laws that say otherwise.
func TestRenewalWindows(t *testing.T) {
	cal := calendar.Builtin()
	day := calendar.MustDay
	for _, c := range []struct {
		name, first, last string
		rule              Renewal
		end               string
	}{
		{"thirty days, the law's own", "", "2026-11-30", Result{}.RenewalRule(), "2026-12-30"},
		{"a last day that is a Sunday moves to Monday", "", "2026-11-30", Result{}.RenewalRule(), "2026-12-29"},
		{"forty-five working days (water)", "", "2026-10-29", Renewal{Lead: 45, Unit: deadline.Working}, "2026-12-31"},
		{"sixty days (discharge)", "", "2026-11-02", Renewal{Lead: 60, Unit: deadline.Natural}, "2026-12-31"},
		{"ninety days (pesticides)", "", "2026-10-08", Renewal{Lead: 90, Unit: deadline.Natural}, "2026-12-31"},
		{"90 to 15 working days (food)", "2026-08-21", "2026-12-10", Renewal{Lead: 15, Earliest: 90, Unit: deadline.Working}, "2026-12-31"},
		{"six months", "", "2026-06-30", Renewal{Lead: 6, Unit: deadline.Month}, "2026-12-31"},
	} {
		if due := c.rule.Derive(day(c.end), cal); due.Day != day(c.last) || c.rule.Unit != deadline.Month && due.Days[len(due.Days)-1].Day != day(c.end) {
			t.Errorf("%s: derived %+v", c.name, due)
		}
		if got := c.rule.Last(day(c.end), cal); got != day(c.last) {
			t.Errorf("%s: last %s, want %s", c.name, got, c.last)
		}
		first := calendar.Day(0)
		if c.first != "" {
			first = day(c.first)
		}
		if got := c.rule.First(day(c.end), cal); got != first {
			t.Errorf("%s: first %s, want %s", c.name, got, c.first)
		}
	}
}

// A day more of lead never makes the last day later, and the last day is never
// after the end.
func TestRenewalWindowIsOrdered(t *testing.T) {
	cal := calendar.Builtin()
	rapid.Check(t, func(t *rapid.T) {
		end := calendar.MustDay("2025-01-01").AddDays(rapid.IntRange(0, 900).Draw(t, "end"))
		r := Renewal{Lead: rapid.IntRange(1, 120).Draw(t, "lead"),
			Unit: rapid.SampledFrom([]deadline.Unit{deadline.Working, deadline.Natural}).Draw(t, "unit")}
		longer := r
		longer.Lead++
		last := r.Last(end, cal)
		if due := r.Derive(end, cal); due.Day != last || due.Days[0].Day > last || due.Days[0].N != r.Lead {
			t.Fatalf("%+v of %s: %+v", r, end, due)
		}
		if last > end || longer.Last(end, cal) > last {
			t.Fatalf("%+v of %s: %s", r, end, last)
		}
		if !cal.Working(last) && last != end && r.Unit == deadline.Natural {
			t.Fatalf("%s is no working day", last)
		}
		r.Earliest = r.Lead + rapid.IntRange(0, 60).Draw(t, "more")
		if first := r.First(end, cal); first > last {
			t.Fatalf("first %s after last %s", first, last)
		}
	})
}

func TestRenewalIsReadAsWritten(t *testing.T) {
	d, err := readSeed()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"食品经营许可": "有效期届满前90个工作日至15个工作日之间", "取水许可": "有效期届满45日前", "农药经营许可": "有效期届满90日前",
		"第三类医疗器械经营许可": "有效期届满前90个工作日至30个工作日之间", "公共场所卫生许可": "有效期届满30日前", "兽药经营许可": "有效期届满6个月前",
		"建筑工程施工许可": "有效期届满30日前"}
	for _, r := range d.rows {
		rule := r.implementation().Result.RenewalRule()
		if w, ok := want[r.Name]; ok {
			delete(want, r.Name)
			if rule.Chinese() != w {
				t.Errorf("%s: %s, want %s", r.Name, rule.Chinese(), w)
			}
		}
		if rule.LateRefused != strings.Contains(r.Name, "第三类医疗器械") {
			t.Errorf("%s: late refused %v", r.Name, rule.LateRefused)
		}
	}
	if len(want) > 0 {
		t.Error("not found:", want)
	}
}
