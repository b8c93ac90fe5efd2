package hearing

import (
	"testing"

	"pgregory.net/rapid"

	"onewindow/internal/business/calendar"
)

// 行政许可法第四十七条、第四十八条: the days, over a make-up day, a holiday and a weekend.
func TestDays(t *testing.T) {
	cal := calendar.Builtin()
	for _, tc := range []struct{ name, from, ask, hold, earliest string }{
		{"an ordinary Monday", "2026-11-02", "2026-11-09", "2026-11-30", "2026-11-12"},
		{"a Friday", "2026-11-06", "2026-11-13", "2026-12-04", "2026-11-18"},
		{"told on a Saturday", "2026-11-07", "2026-11-13", "2026-12-04", "2026-11-18"},
		{"over the National Day", "2026-09-28", "2026-10-10", "2026-10-30", "2026-10-14"},
	} {
		d := calendar.MustDay(tc.from)
		if got := AskUntil(d, cal).String(); got != tc.ask {
			t.Errorf("%s: asking ends on %s, want %s", tc.name, got, tc.ask)
		}
		if got := HoldBy(d, cal).String(); got != tc.hold {
			t.Errorf("%s: to be held by %s, want %s", tc.name, got, tc.hold)
		}
		if got := Earliest(d, cal).String(); got != tc.earliest {
			t.Errorf("%s: may be held from %s, want %s", tc.name, got, tc.earliest)
		}
	}
}

// Against a clerk who counts on the fingers: seven working days lie wholly
// between the notice and the hearing, and not one day earlier would do.
func TestDaysAgreeWithTheFingers(t *testing.T) {
	cal := calendar.Builtin()
	rapid.Check(t, func(r *rapid.T) {
		from := calendar.MustDay("2026-01-05").AddDays(rapid.IntRange(0, 300).Draw(r, "day"))
		count := func(from, to calendar.Day) (n int) { // both ends left out
			for d := from.AddDays(1); d < to; d = d.AddDays(1) {
				if cal.Working(d) {
					n++
				}
			}
			return n
		}
		e := Earliest(from, cal)
		if count(from, e) != NoticeDays || !cal.Working(e) || between(from, e, cal) != NoticeDays {
			r.Fatalf("from %s: %s has %d days between", from, e, count(from, e))
		}
		if before := e.AddDays(-1); cal.Working(before) && count(from, before) >= NoticeDays {
			r.Fatalf("from %s: %s would do too", from, before)
		}
		if u := AskUntil(from, cal); count(from, u.AddDays(1)) != AskDays || !cal.Working(u) {
			r.Fatalf("from %s: asking until %s", from, u)
		}
		// Asking on the last day still leaves room for a notice in time.
		if HoldBy(from, cal) < Earliest(from, cal) {
			r.Fatalf("from %s: no day is both early and late enough", from)
		}
	})
}

// What a notice is early enough for and by when it must go out agree.
func TestNoticeByAgreesWithEarliest(t *testing.T) {
	cal := calendar.Builtin()
	rapid.Check(t, func(r *rapid.T) {
		held := cal.NextWorking(calendar.MustDay("2026-01-05").AddDays(rapid.IntRange(0, 300).Draw(r, "day")))
		by := NoticeBy(held, cal)
		if Earliest(by, cal) > held || Earliest(cal.AddWorking(by, 1), cal) <= held {
			r.Fatalf("held %s, notice by %s", held, by)
		}
	})
}

func TestTimetable(t *testing.T) {
	cal := calendar.Builtin()
	told := calendar.MustDay("2026-11-02")
	h := &Hearing{Kind: OnRequest, Status: Offered, Data: Data{People: []Person{{ID: applicantID, ToldOn: told, Until: AskUntil(told, cal)},
		{ID: "neighbour", ToldOn: told, Until: AskUntil(told.AddDays(7), cal)}}}}
	all := h.Timetable(cal)
	if len(all) != 2 || !all[0].Open || len(all[0].Due.Days) == 0 || all[0].Due.Day != h.People[0].Until {
		t.Fatalf("%+v", all)
	}
	if all[1].Due.Day != h.People[1].Until || len(all[1].Due.Days) != 0 {
		t.Errorf("a posted letter: %+v", all[1])
	}
	if err := h.ask(applicantID, told.AddDays(1), cal); err != nil {
		t.Fatal(err)
	}
	all = h.Timetable(cal)
	if len(all) != 4 || all[0].Open || !all[1].Open || all[2].Period != PeriodNotice || all[3].Period != PeriodHold || all[3].Due.Day != h.HoldBy || !all[3].Open {
		t.Errorf("%+v", all)
	}
}
