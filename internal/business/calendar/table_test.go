package calendar

import (
	"errors"
	"testing"

	"onewindow/internal/kit/fault"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The numbers of days off and make-up days of the six notices.
func TestBuiltinYears(t *testing.T) {
	b := Builtin()
	if diff := cmp.Diff([]int{2021, 2022, 2023, 2024, 2025, 2026}, b.Years()); diff != "" {
		t.Error(diff)
	}
	for year, want := range map[int][2]int{2021: {31, 7}, 2022: {31, 7}, 2023: {27, 7}, 2024: {28, 8}, 2025: {28, 5}, 2026: {33, 6}} {
		y, _ := b.Notice(year)
		if got := [2]int{len(y.Off), len(y.MakeUp)}; got != want {
			t.Errorf("%d has %v days off and worked, want %v", year, got, want)
		}
		if y.Notice == "" || y.Source == "" {
			t.Errorf("%d does not say where it comes from", year)
		}
	}
	if b.Loaded(2027) || b.Loaded(2020) || b.Version() != BuiltinVersion {
		t.Error("the built-in table claims more than it holds")
	}
}

// 行政许可法第八十二条 with the notices of 2023 and 2026.
func TestKinds(t *testing.T) {
	for _, c := range []struct {
		day  string
		kind Kind
		name string
	}{
		{"2026-09-18", Working, ""},
		{"2026-09-19", Weekend, ""},
		{"2026-09-20", MakeUp, "国庆节"},
		{"2026-09-25", Holiday, "中秋节"},
		{"2026-10-03", Holiday, "国庆节"},
		{"2026-10-10", MakeUp, "国庆节"},
		{"2026-02-14", MakeUp, "春节"},
		{"2026-02-28", MakeUp, "春节"},
		{"2026-01-04", MakeUp, "元旦"},
		{"2022-12-31", Holiday, "元旦"}, // named by the notice of 2023
		{"2024-06-08", Weekend, ""},   // the notice lists Monday 10 June only
		{"2024-06-10", Holiday, "端午节"},
		{"2027-01-01", Assumed, ""}, // not loaded: never a silent guess
		{"2027-02-06", Weekend, ""},
	} {
		d := MustDay(c.day)
		if k, n := Builtin().Kind(d), Builtin().Name(d); k != c.kind || n != c.name {
			t.Errorf("%s is %s %q, want %s %q", d, k, n, c.kind, c.name)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	day := func(d, name string) map[Day]string { return map[Day]string{MustDay(d): name} }
	for code, years := range map[string][]Year{
		"calendar.year_twice":         {{Year: 2027}, {Year: 2027}},
		"calendar.outside_year":       {{Year: 2027, Off: day("2028-01-01", "元旦")}},
		"calendar.name":               {{Year: 2027, Off: day("2027-01-01", "")}},
		"calendar.make_up_on_weekday": {{Year: 2027, MakeUp: day("2027-01-04", "元旦")}},
		"calendar.both":               {{Year: 2027, Off: day("2027-01-02", "元旦"), MakeUp: day("2027-01-02", "元旦")}},
	} {
		_, err := New(2, years...)
		var f *fault.Fault
		if !errors.As(err, &f) || len(f.Fields) != 1 || f.Fields[0].Code != code {
			t.Errorf("%s: got %v", code, err)
		}
	}
}

func TestNewKeepsItsOwnCopy(t *testing.T) {
	off := map[Day]string{MustDay("2027-01-01"): "元旦"}
	table, err := New(2, Year{Year: 2027, Off: off})
	if err != nil {
		t.Fatal(err)
	}
	delete(off, MustDay("2027-01-01"))
	y, _ := table.Notice(2027)
	y.Off[MustDay("2027-01-04")] = "x"
	if y, _ := table.Notice(2027); len(y.Off) != 1 || table.Working(MustDay("2027-01-01")) {
		t.Error("the table changed under its user's hands")
	}
}

func TestKnown(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"2026-01-01", "2026-12-31", true},
		{"2021-01-01", "2026-12-31", true},
		{"2026-12-31", "2027-01-01", false},
		{"2020-12-31", "2021-01-01", false},
		{"2027-02-01", "2027-01-01", true}, // no day at all
	} {
		if got := Builtin().Known(MustDay(c.from), MustDay(c.to)); got != c.want {
			t.Errorf("Known(%s, %s) = %v", c.from, c.to, got)
		}
	}
}

// 行政许可法第八十二条, 民法典第二百零一条: vectors counted by hand on the notice of 2026.
func TestAddWorking(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-09-24", 5, "2026-10-09"},
		{"2026-09-18", 20, "2026-10-22"},
		{"2026-02-14", 5, "2026-02-28"},
		{"2026-09-30", 3, "2026-10-10"},
		{"2026-10-10", -3, "2026-09-30"},
		{"2026-09-20", -1, "2026-09-18"},
		{"2026-09-18", 0, "2026-09-18"},
		{"2026-10-01", 0, "2026-10-01"},
	} {
		if got := Builtin().AddWorking(MustDay(c.from), c.n).String(); got != c.want {
			t.Errorf("%s %+d working days = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

// The fast arithmetic against walking day by day, on any calendar.
func TestArithmeticAgreesWithWalking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := anyTable(t)
		from := MustDay("2024-11-01") + Day(rapid.IntRange(0, 1200).Draw(t, "from"))
		n := rapid.IntRange(-300, 300).Draw(t, "n")
		if got, want := table.AddWorking(from, n), walk(table, from, n); got != want {
			t.Fatalf("AddWorking(%s, %d) = %s, want %s", from, n, got, want)
		}
		if to := table.AddWorking(from, n); n > 0 && table.WorkingBetween(from, to) != n {
			t.Fatalf("%d working days from %s to %s, want %d", table.WorkingBetween(from, to), from, to, n)
		}
		next := table.NextWorking(from)
		if !table.Working(next) || next < from || table.WorkingBetween(from-1, next) != 1 {
			t.Fatalf("NextWorking(%s) = %s", from, next)
		}
	})
}

func walk(table *Table, d Day, n int) Day {
	step := Day(1)
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d += step
		if table.Kind(d).Works() {
			n--
		}
	}
	return d
}

// anyTable draws a calendar of 2025 and 2027 with arbitrary days off and worked.
func anyTable(t *rapid.T) *Table {
	var years []Year
	for _, year := range []int{2025, 2027} {
		y := Year{Year: year, Off: map[Day]string{}, MakeUp: map[Day]string{}}
		for _, n := range rapid.SliceOfN(rapid.IntRange(0, 364), 0, 60).Draw(t, "special") {
			d := Date(year, 1, 1) + Day(n)
			if !weekday(d) && n%2 == 0 {
				y.MakeUp[d] = "节"
			} else {
				y.Off[d] = "节"
			}
		}
		years = append(years, y)
	}
	table, err := New(7, years...)
	if err != nil {
		t.Fatalf("drawn calendar: %v", err)
	}
	return table
}

func BenchmarkAddWorking(b *testing.B) {
	from, table := MustDay("2026-01-04"), Builtin()
	for b.Loop() {
		table.AddWorking(from, 60)
	}
}
