package api

import (
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/clock"
)

// at writes an instant in Beijing time after RFC 3339, "" for none.
func at(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(clock.Beijing).Format(time.RFC3339)
}

// day writes a civil day, "" for none.
func day(d calendar.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

func dayOf(d *calendar.Day) string {
	if d == nil {
		return ""
	}
	return d.String()
}
