package deadline

import (
	"testing"
	"time"

	"onewindow/internal/business/calendar"

	"pgregory.net/rapid"
)

// model computes the due day as a patient clerk would: day by day, with a list
// of stopped days and nothing prepared beforehand.
func model(t *calendar.Table, c Clock) (due calendar.Day, provisional bool) {
	standing := map[calendar.Day]bool{}
	for _, s := range c.Stops {
		for d := s.From; d <= s.To; d++ {
			standing[d] = true
		}
	}
	today := c.Start
	for _, p := range stretches(c) {
		left := p.n
		if p.unit == Month {
			left = daysToCorresponding(today, p.n)
		}
		for left > 0 {
			today++
			k := t.Kind(today)
			if p.unit == Working && !t.Loaded(today.Year()) {
				provisional = true
			}
			if !standing[today] && (p.unit != Working || k.Works()) {
				left--
			}
		}
	}
	for !t.Kind(today).Works() || standing[today] {
		provisional = provisional || !t.Loaded(today.Year())
		today++
	}
	return today, provisional || !t.Loaded(today.Year())
}

// stretches writes years as months and joins what has the same unit.
func stretches(c Clock) (out []phase) {
	parts := []Extension{{N: c.Limit.N, Unit: c.Limit.Unit}}
	for _, e := range append(parts, c.Extensions...) {
		if e.Unit == "" {
			e.Unit = c.Limit.Unit
		}
		if e.Unit == Year {
			e.Unit, e.N = Month, 12*e.N
		}
		if n := len(out); n > 0 && out[n-1].unit == e.Unit {
			out[n-1].n += e.N
		} else if e.N > 0 {
			out = append(out, phase{e.N, e.Unit})
		}
	}
	return out
}

// daysToCorresponding looks for the corresponding day by trying ever earlier
// days of the month (民法典第二百零二条).
func daysToCorresponding(from calendar.Day, months int) int {
	y, m, d := from.Date()
	for ; ; d-- {
		at := time.Date(y, m+time.Month(months), d, 0, 0, 0, 0, time.UTC)
		if at.Day() == d {
			return int(calendar.Date(at.Date()) - from)
		}
	}
}

func anyClock(t *rapid.T) Clock {
	first := day("2024-10-01")
	units := rapid.SampledFrom([]Unit{Working, Natural, Month, Year})
	c := Clock{Start: first + calendar.Day(rapid.IntRange(0, 900).Draw(t, "start"))}
	c.Limit.Unit = units.Draw(t, "unit")
	c.Limit.N = rapid.IntRange(0, map[Unit]int{Working: 90, Natural: 120, Month: 7, Year: 2}[c.Limit.Unit]).Draw(t, "n")
	for range rapid.IntRange(0, 4).Draw(t, "stops") {
		from := c.Start + calendar.Day(rapid.IntRange(-20, 150).Draw(t, "from"))
		to := from + calendar.Day(rapid.IntRange(-3, 40).Draw(t, "length"))
		c.Stops = append(c.Stops, Stop{From: from, To: to, Kind: "hearing"})
	}
	for range rapid.IntRange(0, 2).Draw(t, "extensions") {
		e := Extension{N: rapid.IntRange(0, 15).Draw(t, "more")}
		if rapid.Bool().Draw(t, "own unit") {
			e.Unit = rapid.SampledFrom([]Unit{Working, Natural, Month}).Draw(t, "extension unit")
		}
		c.Extensions = append(c.Extensions, e)
	}
	return c
}

// anyTable loads 2025, 2026 or both, with arbitrary days off and worked.
func anyTable(t *rapid.T) *calendar.Table {
	var years []calendar.Year
	for _, year := range rapid.SampledFrom([][]int{{}, {2025}, {2026}, {2025, 2026}}).Draw(t, "loaded") {
		y := calendar.Year{Year: year, Off: map[calendar.Day]string{}, MakeUp: map[calendar.Day]string{}}
		for _, n := range rapid.SliceOfN(rapid.IntRange(0, 364), 0, 40).Draw(t, "special") {
			d := calendar.Date(year, 1, 1) + calendar.Day(n)
			if rest := d.Weekday() == time.Sunday || d.Weekday() == time.Saturday; rest && n%2 == 0 {
				y.MakeUp[d] = "节"
			} else {
				y.Off[d] = "节"
			}
		}
		years = append(years, y)
	}
	table, err := calendar.New(1, years...)
	if err != nil {
		t.Fatalf("drawn calendar: %v", err)
	}
	return table
}

// 民法典第二百零一条 to 第二百零三条, 行政许可法第四十五条, 第八十二条: the fast answer, the
// derivation and the clerk agree on every calendar and clock.
func TestAgreesWithTheClerk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, c := anyTable(t), anyClock(t)
		want, provisional := model(table, c)
		if got, p := DueDay(table, c); got != want || p != provisional {
			t.Fatalf("DueDay = %s %v, the clerk says %s %v", got, p, want, provisional)
		}
		if got := Compute(table, c); got.Day != want || got.Provisional != provisional {
			t.Fatalf("Compute = %s %v, the clerk says %s %v", got.Day, got.Provisional, want, provisional)
		}
	})
}

// A derivation names every day once, numbers those that count without a gap,
// and gives the holiday of every day that has one.
func TestDerivationIsComplete(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, c := anyTable(t), anyClock(t)
		due, n := Compute(table, c), 0
		for i, d := range due.Days {
			if d.Day != c.Start+calendar.Day(i) {
				t.Fatalf("day %d of the derivation is %s", i, d.Day)
			}
			if d.Counts {
				n++
			}
			if d.Counts != (d.N == n && d.N > 0) || (!d.Counts && d.N != 0) {
				t.Fatalf("%s got number %d after %d", d.Day, d.N, n)
			}
			if d.Why == "" || (d.Why != WhyStopped && d.Name != table.Name(d.Day)) {
				t.Fatalf("%s has reason %q and name %q", d.Day, d.Why, d.Name)
			}
		}
		if last := due.Days[len(due.Days)-1]; last.Day != due.Day || !table.Working(due.Day) {
			t.Fatalf("the derivation ends on %s, due %s", last.Day, due.Day)
		}
	})
}

// Stops: their order, doubling them and cutting one in two change nothing; one
// more stop never brings the due day forward.
func TestStopsAreASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, c := anyTable(t), anyClock(t)
		due, _ := DueDay(table, c)
		other := c
		other.Stops = rapid.Permutation(append(c.Stops, c.Stops...)).Draw(t, "order")
		for i, s := range other.Stops {
			if s.To > s.From {
				other.Stops[i].To = s.From
				other.Stops = append(other.Stops, Stop{From: s.From + 1, To: s.To})
			}
		}
		if got, _ := DueDay(table, other); got != due {
			t.Fatalf("the same days stopped, due %s instead of %s", got, due)
		}
		other.Stops = append(other.Stops, Stop{From: c.Start, To: c.Start + 9})
		if got, _ := DueDay(table, other); got < due {
			t.Fatalf("one more stop brings the due day from %s forward to %s", due, got)
		}
	})
}

// Group loses nothing: the spans follow each other and cover every day.
func TestGroupCoversEveryDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		due := Compute(anyTable(t), anyClock(t))
		next, counted := due.Days[0].Day, 0
		for _, s := range Group(due.Days) {
			if s.From != next || s.Len() < 1 || (s.Counts && s.Last-s.First+1 != s.Len()) {
				t.Fatalf("span %+v follows %s", s, next)
			}
			if s.Counts {
				counted += s.Len()
			}
			next = s.To + 1
		}
		if last := due.Days[len(due.Days)-1].Day; next != last+1 {
			t.Fatalf("the spans end before %s", last)
		}
	})
}

// The sign of DaysLeft says overdue or not, whatever the calendar.
func TestDaysLeftSign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, c := anyTable(t), anyClock(t)
		due, _ := DueDay(table, c)
		today := due + calendar.Day(rapid.IntRange(-30, 30).Draw(t, "today"))
		if n := DaysLeft(table, today, due, c.Limit.Unit); (n < 0) != (today > due) || (n == 0) != (today == due) {
			t.Fatalf("on %s, due %s: %d days left", today, due, n)
		}
	})
}
