package calendar

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strconv"
	"time"

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/fault"
)

// Day is a civil day (日) in Beijing, counted from 1970-01-01, which is zero
// and a real day. In JSON and in the database it is the text YYYY-MM-DD; a day
// that may be absent is a *Day and a column that may be null.
type Day int32

const daySeconds = 24 * 60 * 60

// DayOf is the civil day that an instant falls on in Beijing.
func DayOf(t time.Time) Day { return Date(t.In(clock.Beijing).Date()) }

// Date is the day of a year, month and day of the month; like time.Date it
// carries values out of range over.
func Date(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / daySeconds)
}

// ParseDay reads YYYY-MM-DD and refuses days that do not exist with the fault
// "calendar.day".
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fault.Invalid("calendar.day")
	}
	return Date(t.Date()), nil
}

// MustDay is ParseDay for days written into the program; it panics.
func MustDay(s string) Day {
	d, err := ParseDay(s)
	if err != nil {
		panic("calendar: no such day: " + s)
	}
	return d
}

func (d Day) utc() time.Time { return time.Unix(int64(d)*daySeconds, 0).UTC() }

// Date is the year, month and day of the month.
func (d Day) Date() (year int, month time.Month, day int) { return d.utc().Date() }

// Year is the year that the day lies in.
func (d Day) Year() int { return d.utc().Year() }

// Time is the first instant of the day in Beijing.
func (d Day) Time() time.Time {
	y, m, day := d.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, clock.Beijing)
}

// String is YYYY-MM-DD, which sorts.
func (d Day) String() string { return d.utc().Format(time.DateOnly) }

// Chinese is the day as documents write it: 2026年9月18日.
func (d Day) Chinese() string {
	y, m, day := d.Date()
	return strconv.Itoa(y) + "年" + strconv.Itoa(int(m)) + "月" + strconv.Itoa(day) + "日"
}

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return time.Weekday(floorMod(int(d)+4, 7)) }

// WeekdayName is the day of the week in Chinese: 星期五.
func (d Day) WeekdayName() string {
	return [...]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}[d.Weekday()]
}

// AddDays is the day n natural days later, or earlier when n is negative.
func (d Day) AddDays(n int) Day { return d + Day(n) }

// AddMonths is the corresponding day (对应日) n months later, or the last day of
// that month when it has no such day (民法典第二百零二条). It does not roll off
// rest days: NextWorking does.
func (d Day) AddMonths(n int) Day {
	y, m, day := d.Date()
	first := Date(y, m+time.Month(n), 1)
	fy, fm, _ := first.Date()
	return min(first+Day(day-1), Date(fy, fm+1, 1)-1)
}

// AddYears is the corresponding day n years later, 28 February for the 29th of
// a leap year (民法典第二百零二条).
func (d Day) AddYears(n int) Day { return d.AddMonths(12 * n) }

// MarshalText writes YYYY-MM-DD; it makes a Day work as JSON value and key.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD.
func (d *Day) UnmarshalText(b []byte) error {
	x, err := ParseDay(string(b))
	if err == nil {
		*d = x
	}
	return err
}

// Text is how a column holds a day that may be missing: the empty text for the
// zero day.
func (d Day) Text() string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// Value stores YYYY-MM-DD.
func (d Day) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads a stored YYYY-MM-DD; null and the empty text are errors, because
// a day that may be absent is scanned into a **Day.
func (d *Day) Scan(v any) error {
	switch x := v.(type) {
	case string:
		return d.UnmarshalText([]byte(x))
	case []byte:
		return d.UnmarshalText(x)
	}
	return fmt.Errorf("calendar: a day cannot be read from %T", v)
}

// ScanText is Scan of a text, without an interface around it.
func (d *Day) ScanText(s string) (err error) {
	*d, err = ParseDay(s)
	return err
}

// Optional scans what Text wrote; null is the zero day as well.
type Optional struct{ Day *Day }

// Scan reads YYYY-MM-DD, the empty text or null.
func (o Optional) Scan(v any) error {
	var s sql.NullString
	if err := s.Scan(v); err != nil {
		return err
	}
	return o.ScanText(s.String)
}

// ScanText reads YYYY-MM-DD or the empty text.
func (o Optional) ScanText(s string) error {
	if s == "" {
		*o.Day = 0
		return nil
	}
	return o.Day.ScanText(s)
}

func floorDiv(a, b int) int { return (a - floorMod(a, b)) / b }

func floorMod(a, b int) int { return (a%b + b) % b }
