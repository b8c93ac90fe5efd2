package deadline

import (
	"reflect"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/fault"
)

func TestLimitChinese(t *testing.T) {
	for want, l := range map[string]Limit{
		"20个工作日": {N: 20, Unit: Working},
		"60个自然日": {N: 60, Unit: Natural},
		"3个月":    {N: 3, Unit: Month},
		"2年":     {N: 2, Unit: Year},
		"当日":     {Unit: Working},
	} {
		if got := l.Chinese(); got != want {
			t.Errorf("%+v is %s, want %s", l, got, want)
		}
	}
}

func TestLimitCheck(t *testing.T) {
	for _, c := range []struct {
		limit Limit
		code  string
	}{
		{Limit{N: 20, Unit: Working}, ""},
		{Limit{Unit: Working}, ""},
		{Limit{N: 20, Unit: Year}, ""},
		{Limit{N: 21, Unit: Year}, "limit.n"},
		{Limit{N: -1, Unit: Working}, "limit.n"},
		{Limit{N: 1 << 40, Unit: Natural}, "limit.n"},
		{Limit{N: 20, Unit: "day"}, "limit.unit"}, // 单行法的“日”不得自动当工作日
		{Limit{N: 20}, "limit.unit"},
	} {
		got := ""
		if err := c.limit.Check(); err != nil {
			got = fault.Of(err).Fields[0].Code
		}
		if got != c.code {
			t.Errorf("%+v: got %q, want %q", c.limit, got, c.code)
		}
	}
}

func TestDaysLeft(t *testing.T) {
	for _, c := range []struct {
		today, due string
		unit       Unit
		want       int
	}{
		{"2026-09-18", "2026-10-22", Working, 20},
		{"2026-10-21", "2026-10-22", Working, 1},
		{"2026-10-22", "2026-10-22", Working, 0},
		{"2026-10-23", "2026-10-22", Working, -1},
		{"2026-10-26", "2026-10-22", Working, -2},
		{"2026-10-24", "2026-10-23", Working, -1}, // overdue since Friday, although Saturday is no working day
		{"2026-10-01", "2026-10-08", Working, 1},
		{"2026-10-01", "2026-10-08", Natural, 7},
		{"2026-10-10", "2026-10-08", Month, -2},
	} {
		if got := DaysLeft(calendar.Builtin(), day(c.today), day(c.due), c.unit); got != c.want {
			t.Errorf("on %s, due %s: %d %s days left, want %d", c.today, c.due, got, c.unit, c.want)
		}
	}
}

func BenchmarkDueDay(b *testing.B) {
	c := Clock{Start: day("2026-02-06"), Limit: Limit{N: 45, Unit: Working}, Extensions: []Extension{{N: 15}},
		Stops: []Stop{stop("2026-03-02", "2026-03-20"), stop("2026-03-10", "2026-03-25")}}
	for b.Loop() {
		DueDay(calendar.Builtin(), c)
	}
}

func BenchmarkCompute(b *testing.B) {
	c := Clock{Start: day("2026-09-18"), Limit: Limit{N: 20, Unit: Working}}
	for b.Loop() {
		walk(calendar.Builtin(), c)
	}
}

// What is remembered is what a walk gives, in each table, however much was
// remembered in between.
func TestRememberedDerivations(t *testing.T) {
	other, err := calendar.New(99)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for i := range mostDerivations + 10 {
			c := Clock{Start: day("2026-01-01").AddDays(i), Limit: Limit{N: 5 + i%3, Unit: Working}}
			for _, table := range []*calendar.Table{calendar.Builtin(), other} {
				if got, want := Compute(table, c), walk(table, c); !reflect.DeepEqual(got, want) {
					t.Fatalf("%+v: %+v, want %+v", c, got, want)
				}
			}
		}
	}
}
