package casework_test

import (
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/kit/clock"
)

// ledger is a second, deliberately simple mind about one case: a list of what
// happened, from which it says what may happen next and when the limits end.
// It counts days one by one and shares no rule with the package.
type ledger struct {
	cal                          *calendar.Table
	status                       casework.Status
	step                         string // which step waits, empty when none does
	received, complete, accepted time.Time
	noticed                      bool
	hands                        map[string]map[string]bool // step → who acted there
	paused                       calendar.Day               // since when the clock stands, 0 when it runs
	pauseDays                    int
	stopped                      map[calendar.Day]bool // days that do not count
	extended                     int
}

func newLedger(cal *calendar.Table, now time.Time) *ledger {
	return &ledger{cal: cal, status: casework.StatusReceived, step: "accept", received: now, complete: now,
		hands: map[string]map[string]bool{}, stopped: map[calendar.Day]bool{}}
}

func civil(t time.Time) calendar.Day {
	y, m, d := t.In(clock.Beijing).Date()
	return calendar.Date(y, m, d)
}

// nth walks to the n-th working day after a day, leaving stopped days out.
func (l *ledger) nth(after calendar.Day, n int, stopped map[calendar.Day]bool) calendar.Day {
	d := after
	for n > 0 {
		d++
		if l.cal.Kind(d).Works() && !stopped[d] {
			n--
		}
	}
	for stopped[d] || !l.cal.Kind(d).Works() {
		d++
	}
	return d
}

// silent: five working days after receipt have gone by without a word.
func (l *ledger) silent(now time.Time) bool {
	return civil(now) > l.nth(civil(l.received), 5, nil)
}

// standing are the days on which the clock stood, with those that the running
// pause is announced for.
func (l *ledger) standing() map[calendar.Day]bool {
	days := map[calendar.Day]bool{}
	for d := range l.stopped {
		days[d] = true
	}
	if l.paused != 0 {
		for _, d := range l.announced() {
			days[d] = true
		}
	}
	return days
}

// announced are the days from the beginning of the pause to the last of the
// working days that its notice names.
func (l *ledger) announced() (days []calendar.Day) {
	n := 0
	for d := l.paused; ; d++ {
		days = append(days, d)
		if l.cal.Kind(d).Works() {
			if n++; n == l.pauseDays {
				return days
			}
		}
	}
}

func (l *ledger) statutory(limit int) calendar.Day {
	return l.nth(civil(l.accepted), limit+l.extended, l.standing())
}

func (l *ledger) promised(limit int) calendar.Day {
	return l.nth(civil(l.accepted), limit, l.standing())
}

func (l *ledger) resume(on calendar.Day) {
	for _, d := range l.announced() {
		if d <= on || d == l.paused {
			l.stopped[d] = true
		}
	}
	l.paused = 0
}

// leave: a case that is no longer under way has no clock that stands.
func (l *ledger) leave(now time.Time) {
	if l.paused != 0 {
		l.resume(civil(now))
	}
}

func (l *ledger) end(s casework.Status) { l.status, l.step = s, "" }

// apart says that the person had no hand in any of the steps.
func (l *ledger) apart(who string, steps ...string) bool {
	for _, s := range steps {
		if l.hands[s][person(who)] {
			return false
		}
	}
	return true
}

func (l *ledger) did(step, who string) {
	if l.hands[step] == nil {
		l.hands[step] = map[string]bool{}
	}
	l.hands[step][person(who)] = true
}

// person: the officer with three roles is the handler, with more rights.
func person(who string) string {
	if who == "three" {
		return "handler"
	}
	return who
}
