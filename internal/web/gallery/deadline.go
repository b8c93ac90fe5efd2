package gallery

import (
	"time"

	"onewindow/internal/web/ui"
)

// derivation is an invented limit of 12 working days over the holidays of
// October 2026, with a stop of three days.
func derivation() ui.Calendar {
	c := ui.Calendar{
		Title:   "承诺期限 12个工作日",
		Summary: "2026年9月18日受理，次日起算，停钟2天，2026年10月15日到期。",
		Law:     "行政许可法第四十二条第一款、第八十二条",
	}
	holidays := map[string]string{"09-25": "中秋节", "09-26": "中秋节", "09-27": "中秋节", "10-01": "国庆节", "10-02": "国庆节",
		"10-03": "国庆节", "10-04": "国庆节", "10-05": "国庆节", "10-06": "国庆节", "10-07": "国庆节"}
	makeUp := map[string]bool{"09-20": true, "10-10": true}
	stopped := map[string]bool{"09-22": true, "09-23": true, "09-24": true}
	n := 0
	first := time.Date(2026, 9, 18, 0, 0, 0, 0, time.UTC)
	for d := first; n < 12; d = d.AddDate(0, 0, 1) {
		key := d.Format("01-02")
		day := ui.CalendarDay{Year: d.Year(), Month: int(d.Month()), Day: d.Day(), MakeUp: makeUp[key], Name: holidays[key]}
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		switch {
		case d.Equal(first):
			day.Kind = ui.DayFirst
		case stopped[key]:
			day.Kind = ui.DayStopped
		case holidays[key] != "":
			day.Kind = ui.DayHoliday
		case weekend && !makeUp[key]:
			day.Kind = ui.DayWeekend
		default:
			n++
			day.Kind, day.N, day.Due = ui.DayCounted, n, n == 12
		}
		c.Days = append(c.Days, day)
	}
	return c
}
