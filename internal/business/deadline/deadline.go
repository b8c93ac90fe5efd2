// Package deadline computes statutory and promised limits (时限): the due day,
// whether it is provisional, and the derivation that names every day on the way
// with the reason why it counts or does not. It is pure: the same calendar and
// the same clock always give the same day.
//
// The rules: the first day is not counted (民法典第二百零一条第一款); months and years
// end on the corresponding day or the end of the month (第二百零二条); a last day
// that is a rest day moves to the next working day (第二百零三条第一款); the limits
// of a licensing authority are working days (行政许可法第八十二条); hearings,
// inspections and the other procedures of 行政许可法第四十五条 stop the clock.
package deadline

import (
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/fault"
)

// Unit is what a limit is counted in.
type Unit string

// The units of limits.
const (
	Working Unit = "working" // 工作日
	Natural Unit = "natural" // 自然日
	Month   Unit = "month"   // 月
	Year    Unit = "year"    // 年
)

// Start names the event that a limit runs from; which one is set per item.
type Start string

// The events that limits run from.
const (
	Received     Start = "received"      // 收到申请之日
	Accepted     Start = "accepted"      // 受理之日
	AllMaterials Start = "all_materials" // 收到全部有效文件之日
	Decided      Start = "decided"       // 作出决定之日
	Notified     Start = "notified"      // 告知之日
	Expiry       Start = "expiry"        // 有效期届满之日
)

// Limit is a number of units from an event, such as 20个工作日 from acceptance.
// N = 0 means on the day itself (当日). Law cites where the limit comes from.
type Limit struct {
	N     int    `json:"n"`
	Unit  Unit   `json:"unit"`
	Start Start  `json:"start,omitempty"`
	Law   string `json:"law,omitempty"`
}

// Whether the first and the last day of a stop count towards the limit. The law
// does not say; the platform counts neither, and the notice of the stop prints
// both days.
const (
	StopFromCounts = false
	StopToCounts   = false
)

// Stop is a time that does not count (行政许可法第四十五条). While it is still going
// on, To is the day on which the question is asked. A stop that ends before it
// begins has no effect.
type Stop struct {
	From calendar.Day `json:"from"`
	To   calendar.Day `json:"to"`
	Kind string       `json:"kind,omitempty"`
	Law  string       `json:"law,omitempty"`
}

// Extension lengthens the limit at its end (行政许可法第四十二条). Without a unit
// it has the limit's.
type Extension struct {
	N    int    `json:"n"`
	Unit Unit   `json:"unit,omitempty"`
	Law  string `json:"law,omitempty"`
}

// Clock is one running limit: Start is the day of the event, which is not counted.
type Clock struct {
	Start      calendar.Day `json:"start"`
	Limit      Limit        `json:"limit"`
	Stops      []Stop       `json:"stops,omitempty"`
	Extensions []Extension  `json:"extensions,omitempty"`
}

// Name is the unit by itself: 工作日, 自然日.
func (u Unit) Name() string { return strings.TrimPrefix(u.Chinese(), "个") }

// Chinese is the unit as documents write it after a number.
func (u Unit) Chinese() string {
	switch u {
	case Working:
		return "个工作日"
	case Natural:
		return "个自然日"
	case Month:
		return "个月"
	case Year:
		return "年"
	}
	return string(u)
}

// Chinese is the limit as documents write it: 20个工作日.
func (l Limit) Chinese() string {
	if l.N == 0 {
		return "当日"
	}
	return strconv.Itoa(l.N) + l.Unit.Chinese()
}

// Max is the largest number that a limit in this unit may have, 0 for a unit
// that does not exist. The longest period in the law is 20 years
// (行政诉讼法第四十六条); the bound keeps a derivation, which names every day, at a
// size that can be shown.
func (u Unit) Max() int {
	switch u {
	case Working, Natural:
		return 3660
	case Month:
		return 240
	case Year:
		return 20
	}
	return 0
}

// Check refuses a unit that does not exist ("limit.unit") and a number outside
// 0 to its Max ("limit.n").
func (l Limit) Check() error {
	switch most := l.Unit.Max(); {
	case most == 0:
		return fault.Invalid("limit.invalid", fault.At("unit", "limit.unit"))
	case l.N < 0 || l.N > most:
		return fault.Invalid("limit.invalid", fault.At("n", "limit.n", "max", strconv.Itoa(most)))
	}
	return nil
}

// phase is a stretch of the clock counted in one unit; years have become months.
type phase struct {
	n    int
	unit Unit
}

// phases joins the limit and its extensions. Neighbours in the same unit become
// one, so that 60 days extended by 30 are 90 days: the day on which the 60 would
// have rolled off a rest day plays no part.
func (c Clock) phases() []phase {
	out := []phase{}
	add := func(n int, u Unit) {
		if u == Year {
			n, u = 12*n, Month
		}
		switch last := len(out) - 1; {
		case n <= 0:
		case last >= 0 && out[last].unit == u:
			out[last].n += n
		default:
			out = append(out, phase{n, u})
		}
	}
	add(c.Limit.N, c.Limit.Unit)
	for _, e := range c.Extensions {
		if e.Unit == "" {
			e.Unit = c.Limit.Unit
		}
		add(e.N, e.Unit)
	}
	return out
}

// days is how many days of its own unit the phase has to count when it begins
// after at: a month phase counts the natural days to the corresponding day, so
// that a stop moves its end by as many days as it lasted.
func (p phase) days(at calendar.Day) int {
	if p.unit == Month {
		return int(at.AddMonths(p.n) - at)
	}
	return p.n
}
