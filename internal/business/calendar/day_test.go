package calendar

import (
	"encoding/json"
	"testing"
	"time"

	"onewindow/internal/kit/clock"

	"pgregory.net/rapid"
)

func TestDayOfIsBeijing(t *testing.T) {
	for instant, want := range map[string]string{
		"2026-09-18T15:59:59Z":      "2026-09-18",
		"2026-09-18T16:00:00Z":      "2026-09-19",
		"2026-12-31T16:00:00Z":      "2027-01-01",
		"2026-09-18T00:00:00+08:00": "2026-09-18",
		"1969-12-31T15:59:59Z":      "1969-12-31",
	} {
		at, err := time.Parse(time.RFC3339, instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := DayOf(at).String(); got != want {
			t.Errorf("DayOf(%s) = %s, want %s", instant, got, want)
		}
	}
}

func TestParseDayRefuses(t *testing.T) {
	for _, s := range []string{"", "2026-02-29", "2026-13-01", "2026-9-18", "20260918", "2026-09-18T00:00:00Z", "２０２６-09-18"} {
		if d, err := ParseDay(s); err == nil {
			t.Errorf("ParseDay(%q) = %s, want an error", s, d)
		}
	}
}

func TestDayAsPeopleReadIt(t *testing.T) {
	d := MustDay("2026-09-08")
	if got := d.Chinese(); got != "2026年9月8日" {
		t.Errorf("Chinese() = %s", got)
	}
	want := []string{"星期二", "星期三", "星期四", "星期五", "星期六", "星期日", "星期一"}
	for i, w := range want {
		if got := d.AddDays(i).WeekdayName(); got != w {
			t.Errorf("%s is %s, want %s", d.AddDays(i), got, w)
		}
	}
}

// 民法典第二百零二条: the corresponding day, or the end of the month without one.
func TestCorrespondingDay(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-11-30", 3, "2027-02-28"},
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2026-03-31", 1, "2026-04-30"},
		{"2026-08-31", 6, "2027-02-28"},
		{"2026-09-18", 3, "2026-12-18"},
		{"2026-12-31", 2, "2027-02-28"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", 48, "2028-02-29"},
	} {
		if got := MustDay(c.from).AddMonths(c.months).String(); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.from, c.months, got, c.want)
		}
	}
	if got := MustDay("2024-02-29").AddYears(1).String(); got != "2025-02-28" {
		t.Errorf("a year after 29 February is %s", got)
	}
}

func TestDayRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Day(rapid.IntRange(-200000, 200000).Draw(t, "day"))
		if got, err := ParseDay(d.String()); err != nil || got != d {
			t.Fatalf("ParseDay(%s) = %v, %v", d, got, err)
		}
		if got := DayOf(d.Time()); got != d {
			t.Fatalf("DayOf(%s.Time()) = %s", d, got)
		}
		if got := d.Time().Weekday(); got != d.Weekday() {
			t.Fatalf("%s is a %s, Weekday says %s", d, got, d.Weekday())
		}
		y, m, n := d.Date()
		if Date(y, m, n) != d || d.Time() != time.Date(y, m, n, 0, 0, 0, 0, clock.Beijing) {
			t.Fatalf("%s comes apart as %d %d %d", d, y, m, n)
		}
		stored, err := d.Value()
		var read Day
		if err != nil || read.Scan(stored) != nil || read != d {
			t.Fatalf("%s comes back from the store as %s", d, read)
		}
	})
}

func TestDayInJSON(t *testing.T) {
	in := map[Day]*Day{MustDay("2026-09-18"): nil, MustDay("2026-10-22"): new(MustDay("2026-10-23"))}
	b, err := json.Marshal(in)
	if err != nil || string(b) != `{"2026-09-18":null,"2026-10-22":"2026-10-23"}` {
		t.Fatalf("JSON is %s, %v", b, err)
	}
	var out map[Day]*Day
	if err := json.Unmarshal(b, &out); err != nil || *out[MustDay("2026-10-22")] != MustDay("2026-10-23") {
		t.Fatalf("comes back as %v, %v", out, err)
	}
	if err := json.Unmarshal([]byte(`{"2026-02-30":null}`), &out); err == nil {
		t.Fatal("30 February was accepted")
	}
}

func TestScanRefusesNothing(t *testing.T) {
	var d Day
	if err := d.Scan([]byte("2026-09-18")); err != nil || d != MustDay("2026-09-18") {
		t.Fatalf("bytes: %v, %v", d, err)
	}
	for _, v := range []any{nil, "", int64(5), time.Time{}} {
		if err := d.Scan(v); err == nil {
			t.Errorf("Scan(%#v) was accepted", v)
		}
	}
}
