package deadline

import (
	"testing"

	"onewindow/internal/business/calendar"

	"github.com/google/go-cmp/cmp"
)

func day(s string) calendar.Day { return calendar.MustDay(s) }

func stop(from, to string) Stop { return Stop{From: day(from), To: day(to), Kind: "hearing"} }

// check asks both ways of computing for the due day.
func check(t *testing.T, c Clock, due string, provisional bool) {
	t.Helper()
	long := Compute(calendar.Builtin(), c)
	short, p := DueDay(calendar.Builtin(), c)
	if long.Day != day(due) || short != day(due) {
		t.Errorf("%s + %s %v %v is due %s (Compute) and %s (DueDay), want %s",
			c.Start, c.Limit.Chinese(), c.Stops, c.Extensions, long.Day, short, due)
	}
	if long.Provisional != provisional || p != provisional {
		t.Errorf("%s + %s: provisional %v and %v, want %v", c.Start, c.Limit.Chinese(), long.Provisional, p, provisional)
	}
}

// 行政许可法第八十二条 (working days, without holidays) and 民法典第二百零一条第一款 (the
// first day is not counted), on the notices of 2021 to 2026.
func TestWorkingDays(t *testing.T) {
	for _, c := range []struct {
		start string
		n     int
		due   string
	}{
		{"2026-09-24", 5, "2026-10-09"},
		{"2026-09-18", 20, "2026-10-22"}, // works Sunday 20 September and Saturday 10 October
		{"2026-02-06", 20, "2026-03-12"},
		{"2026-09-01", 45, "2026-11-09"}, // 行政许可法第四十二条第二款
		{"2026-09-01", 60, "2026-11-30"},
		{"2026-02-14", 5, "2026-02-28"}, // from a worked Saturday to a worked Saturday
		{"2026-09-30", 3, "2026-10-10"}, // ends on a worked Saturday
		{"2021-02-05", 5, "2021-02-18"},
		{"2022-12-30", 1, "2023-01-03"}, // across the year, 31 December off
		{"2023-09-28", 2, "2023-10-08"}, // a worked Saturday and Sunday
		{"2024-02-08", 3, "2024-02-19"}, // New Year's Eve was worked in 2024
		{"2025-01-24", 2, "2025-01-27"},
	} {
		check(t, Clock{Start: day(c.start), Limit: Limit{N: c.n, Unit: Working}}, c.due, false)
	}
}

// What comes in on a rest day counts from the next working day on
// (电子签名法第十一条, 民法典第二百零一条第一款).
func TestStartOnRestDay(t *testing.T) {
	five := Limit{N: 5, Unit: Working}
	check(t, Clock{Start: day("2026-09-19"), Limit: five}, "2026-09-24", false) // Saturday; the 20th is worked
	check(t, Clock{Start: day("2026-10-03"), Limit: five}, "2026-10-13", false) // national holiday
}

// 民法典第二百零二条 (corresponding day, end of month) and 第二百零三条第一款 (a last day
// that is a rest day moves on).
func TestNaturalDaysMonthsYears(t *testing.T) {
	for _, c := range []struct {
		start string
		limit Limit
		due   string
		prov  bool
	}{
		{"2026-08-04", Limit{N: 60, Unit: Natural}, "2026-10-08", false}, // 行政复议法第二十条; 3 October rolls
		{"2026-03-02", Limit{N: 60, Unit: Natural}, "2026-05-06", false}, // 1 May rolls over the holiday
		{"2026-06-01", Limit{N: 15, Unit: Natural}, "2026-06-16", false}, // no roll
		{"2026-08-11", Limit{N: 60, Unit: Natural}, "2026-10-10", false}, // a worked Saturday stays
		{"2026-04-10", Limit{N: 6, Unit: Month}, "2026-10-10", false},    // 行政诉讼法第四十六条; worked Saturday
		{"2026-07-04", Limit{N: 3, Unit: Month}, "2026-10-08", false},
		{"2026-01-30", Limit{N: 1, Unit: Month}, "2026-02-28", false}, // no such day; the 28th is worked
		{"2026-03-31", Limit{N: 1, Unit: Month}, "2026-04-30", false},
		{"2025-10-01", Limit{N: 1, Unit: Year}, "2026-10-08", false},
		{"2024-02-29", Limit{N: 1, Unit: Year}, "2025-02-28", false},
		{"2026-11-30", Limit{N: 3, Unit: Month}, "2027-03-01", true}, // 28 February 2027 is a Sunday
		{"2026-11-30", Limit{N: 1, Unit: Month}, "2026-12-30", false},
	} {
		check(t, Clock{Start: day(c.start), Limit: c.limit}, c.due, c.prov)
	}
}

// A limit of no days ends on the day itself, or on the next working day.
func TestSameDay(t *testing.T) {
	for start, due := range map[string]string{"2026-09-18": "2026-09-18", "2026-09-19": "2026-09-20", "2026-10-01": "2026-10-08"} {
		check(t, Clock{Start: day(start), Limit: Limit{Unit: Working}}, due, false)
		check(t, Clock{Start: day(start), Limit: Limit{Unit: Natural}}, due, false)
	}
}

// 行政许可法第四十五条: stopped days are left out, each day once, both ends included.
func TestStops(t *testing.T) {
	for name, c := range map[string]struct {
		stops []Stop
		due   string
	}{
		"four working days":       {[]Stop{stop("2026-09-21", "2026-09-24")}, "2026-10-28"},
		"given twice":             {[]Stop{stop("2026-09-21", "2026-09-24"), stop("2026-09-21", "2026-09-24")}, "2026-10-28"},
		"overlapping":             {[]Stop{stop("2026-09-22", "2026-09-24"), stop("2026-09-21", "2026-09-23")}, "2026-10-28"},
		"adjacent":                {[]Stop{stop("2026-09-21", "2026-09-22"), stop("2026-09-23", "2026-09-24")}, "2026-10-28"},
		"one inside another":      {[]Stop{stop("2026-09-21", "2026-09-24"), stop("2026-09-22", "2026-09-22")}, "2026-10-28"},
		"one day":                 {[]Stop{stop("2026-09-21", "2026-09-21")}, "2026-10-23"},
		"rest days only":          {[]Stop{stop("2026-10-01", "2026-10-07")}, "2026-10-22"},
		"a worked Sunday":         {[]Stop{stop("2026-09-20", "2026-09-20")}, "2026-10-23"},
		"on the last day":         {[]Stop{stop("2026-10-22", "2026-10-22")}, "2026-10-23"},
		"after the last day":      {[]Stop{stop("2026-10-23", "2026-10-30")}, "2026-10-22"},
		"over before the start":   {[]Stop{stop("2026-09-01", "2026-09-18")}, "2026-10-22"},
		"across the start":        {[]Stop{stop("2026-09-01", "2026-09-21")}, "2026-10-26"},
		"in what the other added": {[]Stop{stop("2026-09-21", "2026-09-24"), stop("2026-10-26", "2026-10-26")}, "2026-10-29"},
		"ends before it begins":   {[]Stop{stop("2026-09-24", "2026-09-21")}, "2026-10-22"},
	} {
		t.Run(name, func(t *testing.T) {
			check(t, Clock{Start: day("2026-09-18"), Limit: Limit{N: 20, Unit: Working}, Stops: c.stops}, c.due, false)
		})
	}
}

// A stop moves the end of natural days and months by the days it lasted; the
// end is moved off rest days only afterwards, and not into a stop.
func TestStopsOfNaturalLimits(t *testing.T) {
	ten := []Stop{stop("2026-06-10", "2026-06-19")}
	check(t, Clock{Start: day("2026-06-01"), Limit: Limit{N: 15, Unit: Natural}, Stops: ten}, "2026-06-26", false)
	check(t, Clock{Start: day("2026-05-29"), Limit: Limit{N: 1, Unit: Month}, Stops: ten}, "2026-07-09", false)
	// Ends on Saturday 13 June; Monday to Wednesday the clock stands.
	check(t, Clock{Start: day("2026-06-01"), Limit: Limit{N: 12, Unit: Natural},
		Stops: []Stop{stop("2026-06-15", "2026-06-17")}}, "2026-06-18", false)
}

// 行政许可法第四十二条: 20 and 10, 45 and 15; 行政复议法第六十二条: 60 and 30.
func TestExtensions(t *testing.T) {
	for _, c := range []struct {
		start string
		limit Limit
		ext   []Extension
		due   string
	}{
		{"2026-09-18", Limit{N: 20, Unit: Working}, []Extension{{N: 10}}, "2026-11-05"},
		{"2026-09-18", Limit{N: 20, Unit: Working}, []Extension{{N: 10, Unit: Working}}, "2026-11-05"},
		{"2026-09-01", Limit{N: 45, Unit: Working}, []Extension{{N: 15}}, "2026-11-30"},
		{"2026-03-02", Limit{N: 60, Unit: Natural}, []Extension{{N: 30}}, "2026-06-01"}, // 31 May is a Sunday
		{"2026-01-31", Limit{N: 1, Unit: Month}, []Extension{{N: 1}}, "2026-03-31"},
		{"2025-01-31", Limit{N: 1, Unit: Year}, []Extension{{N: 1, Unit: Month}}, "2026-02-28"},
		{"2026-06-01", Limit{N: 15, Unit: Natural}, []Extension{{N: 3, Unit: Working}}, "2026-06-22"},
		{"2026-06-01", Limit{N: 15, Unit: Natural}, []Extension{{N: 0}, {N: -4}}, "2026-06-16"},
	} {
		check(t, Clock{Start: day(c.start), Limit: c.limit, Extensions: c.ext}, c.due, false)
	}
}

// A year whose notice is not loaded makes the result provisional, never a guess.
func TestProvisional(t *testing.T) {
	w := func(n int) Limit { return Limit{N: n, Unit: Working} }
	check(t, Clock{Start: day("2026-12-14"), Limit: w(10)}, "2026-12-28", false)
	check(t, Clock{Start: day("2026-12-21"), Limit: w(9)}, "2027-01-01", true)
	check(t, Clock{Start: day("2026-12-31"), Limit: w(0)}, "2026-12-31", false)
	check(t, Clock{Start: day("2020-12-31"), Limit: w(1)}, "2021-01-04", false)
	check(t, Clock{Start: day("2020-12-30"), Limit: w(2)}, "2021-01-04", true)
	// Natural days cross an unknown year without asking it anything.
	check(t, Clock{Start: day("2020-06-01"), Limit: Limit{N: 12, Unit: Month}}, "2021-06-01", false)
	check(t, Clock{Start: day("2026-12-01"), Limit: Limit{N: 31, Unit: Natural}}, "2027-01-01", true)
}

func TestDerivation(t *testing.T) {
	due := Compute(calendar.Builtin(), Clock{Start: day("2026-09-18"), Limit: Limit{N: 6, Unit: Working},
		Stops: []Stop{stop("2026-09-28", "2026-09-29")}})
	want := []Span{
		{day("2026-09-18"), day("2026-09-18"), 0, 0, false, WhyFirst, ""},
		{day("2026-09-19"), day("2026-09-19"), 0, 0, false, WhyWeekend, ""},
		{day("2026-09-20"), day("2026-09-20"), 1, 1, true, WhyMakeUp, "国庆节"},
		{day("2026-09-21"), day("2026-09-24"), 2, 5, true, WhyWorking, ""},
		{day("2026-09-25"), day("2026-09-27"), 0, 0, false, WhyHoliday, "中秋节"},
		{day("2026-09-28"), day("2026-09-29"), 0, 0, false, WhyStopped, "hearing"},
		{day("2026-09-30"), day("2026-09-30"), 6, 6, true, WhyWorking, ""},
	}
	if diff := cmp.Diff(want, Group(due.Days)); diff != "" {
		t.Error(diff)
	}
	if n := Group(due.Days)[3].Len(); n != 4 {
		t.Errorf("the span of 21 to 24 September has %d days", n)
	}
}

func TestDerivationOfRolledAndAssumedDays(t *testing.T) {
	rolled := Compute(calendar.Builtin(), Clock{Start: day("2026-09-29"), Limit: Limit{N: 4, Unit: Natural}})
	want := []Span{
		{day("2026-09-29"), day("2026-09-29"), 0, 0, false, WhyFirst, ""},
		{day("2026-09-30"), day("2026-09-30"), 1, 1, true, WhyNatural, ""},
		{day("2026-10-01"), day("2026-10-03"), 2, 4, true, WhyNatural, "国庆节"},
		{day("2026-10-04"), day("2026-10-07"), 0, 0, false, WhyRolled, "国庆节"},
		{day("2026-10-08"), day("2026-10-08"), 0, 0, false, WhyRolled, ""},
	}
	if diff := cmp.Diff(want, Group(rolled.Days)); diff != "" {
		t.Error(diff)
	}
	assumed := Compute(calendar.Builtin(), Clock{Start: day("2026-12-31"), Limit: Limit{N: 1, Unit: Working}})
	if last := assumed.Days[len(assumed.Days)-1]; last.Why != WhyAssumed || !last.Counts {
		t.Errorf("1 January 2027 is %+v", last)
	}
}
