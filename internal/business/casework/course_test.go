package casework

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/fault"
)

// accepted is a case accepted on Monday 14 September 2026 for a matter with
// twenty working days by law and a promise of ten.
func accepted() (*Case, *catalog.Implementation) {
	limit := func(n int) *catalog.Limit {
		return &catalog.Limit{Limit: deadline.Limit{N: n, Unit: deadline.Working, Start: deadline.Accepted}}
	}
	at := time.Date(2026, 9, 14, 9, 0, 0, 0, clock.Beijing)
	c := &Case{Status: StatusHandling, ReceivedAt: at, CompleteAt: at, AcceptedAt: at}
	return c, &catalog.Implementation{Statutory: limit(20), Promised: limit(10)}
}

func day(s string) calendar.Day {
	d, err := calendar.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

func codeOf(err error) string {
	if f := fault.Of(err); f != nil {
		return f.Code
	}
	return ""
}

// 行政许可法第四十五条: what may stop the clock, and for how long.
func TestPause(t *testing.T) {
	cal := calendar.Builtin()
	for name, tc := range map[string]struct {
		pause  Pause
		resume string // the day, empty while it goes on
		want   string // the statutory due day
		code   string
	}{
		"no pause":                       {want: "2026-10-16"},
		"goes on: projects to the cap":   {pause: Pause{ID: "a", Kind: "expert", From: day("2026-09-16"), Days: 5}, want: "2026-10-23"},
		"ends early: counts what it was": {pause: Pause{ID: "a", Kind: "expert", From: day("2026-09-16"), Days: 5}, resume: "2026-09-18", want: "2026-10-21"},
		"ends late: counts to the cap":   {pause: Pause{ID: "a", Kind: "expert", From: day("2026-09-16"), Days: 5}, resume: "2026-10-30", want: "2026-10-23"},
		"a site visit does not":          {pause: Pause{ID: "a", Kind: "site_visit", From: day("2026-09-16"), Days: 5}, code: "pause.kind"},
		"a consultation does not":        {pause: Pause{ID: "a", Kind: "consultation", From: day("2026-09-16"), Days: 5}, code: "pause.kind"},
		"another law needs its article":  {pause: Pause{ID: "a", Kind: "statute", From: day("2026-09-16"), Days: 5}, code: "pause.kind"},
		"the time needed must be named":  {pause: Pause{ID: "a", Kind: "hearing", From: day("2026-09-16")}, code: "pause.days"},
	} {
		c, impl := accepted()
		if tc.pause.ID != "" {
			if got := codeOf(c.Pause(tc.pause, impl, cal)); got != tc.code {
				t.Errorf("%s: %q, want %q", name, got, tc.code)
			}
		}
		if tc.resume != "" {
			if err := c.Resume("a", day(tc.resume)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		c.setDue(impl, cal)
		if tc.code == "" && c.StatutoryDue != day(tc.want) {
			t.Errorf("%s: due %s, want %s", name, c.StatutoryDue, tc.want)
		}
	}
}

func TestPauseOnlyUnderWayAndOnce(t *testing.T) {
	cal := calendar.Builtin()
	c, impl := accepted()
	p := Pause{ID: "a", Kind: "hearing", From: day("2026-09-16"), Days: 5}
	c.Status = StatusReceived
	if got := codeOf(c.Pause(p, impl, cal)); got != "case.not_at_step" {
		t.Errorf("before acceptance: %q", got)
	}
	c.Status = StatusHandling
	if err := c.Pause(p, impl, cal); err != nil || !c.Course.Paused() {
		t.Fatal(err)
	}
	if got := codeOf(c.Pause(p, impl, cal)); got != "pause.again" {
		t.Errorf("twice: %q", got)
	}
	if err := c.Resume("a", day("2026-09-18")); err != nil || c.Course.Paused() {
		t.Fatal(err)
	}
	if got := codeOf(c.Resume("a", day("2026-09-18"))); got != "pause.not_running" {
		t.Errorf("resumed twice: %q", got)
	}
}

// 行政许可法第四十二条: once, before the limit ends, by ten or fifteen working days;
// the body's own promise is not lengthened by it.
func TestExtend(t *testing.T) {
	cal := calendar.Builtin()
	for name, tc := range map[string]struct {
		n     int
		joint bool
		today string
		code  string
		due   string
	}{
		"ten":                {n: 10, today: "2026-10-16", due: "2026-10-30"},
		"a day late":         {n: 10, today: "2026-10-17", code: "extend.late"},
		"eleven":             {n: 11, today: "2026-10-15", code: "form.invalid"},
		"fifteen, jointly":   {n: 15, joint: true, today: "2026-10-15", due: "2026-11-06"},
		"no days":            {today: "2026-10-15", code: "form.invalid"},
		"less than the most": {n: 3, today: "2026-09-15", due: "2026-10-21"},
		"sixteen, jointly":   {n: 16, joint: true, today: "2026-10-15", code: "form.invalid"},
	} {
		c, impl := accepted()
		c.setDue(impl, cal)
		promised := c.PromisedDue
		got := codeOf(c.Extend(Extension{N: tc.n, Reason: "情况复杂"}, tc.joint, day(tc.today)))
		if got != tc.code {
			t.Errorf("%s: %q, want %q", name, got, tc.code)
			continue
		}
		if tc.code != "" {
			continue
		}
		c.setDue(impl, cal)
		if c.StatutoryDue != day(tc.due) || c.PromisedDue != promised {
			t.Errorf("%s: due %s and %s, want %s and %s", name, c.StatutoryDue, c.PromisedDue, tc.due, promised)
		}
		if got := codeOf(c.Extend(Extension{N: 1}, tc.joint, day(tc.today))); got != "extend.once" {
			t.Errorf("%s: a second time: %q", name, got)
		}
	}
}

// A hold makes an act wait; a record that binds must be cited
// (行政许可法第四十八条第二款).
func TestHolds(t *testing.T) {
	c, _ := accepted()
	turn := &Turn{Case: c}
	turn.Hold(Hold{ID: "h", Kind: "hearing", Law: "行政许可法第四十八条", Code: "x.held", Blocks: []flow.Act{flow.Decide}})
	if codeOf(c.free(flow.Decide)) != "x.held" || c.free(flow.Review) != nil {
		t.Error("the hold blocks the wrong act")
	}
	turn.Hold(Hold{ID: "h", Kind: "hearing", Code: "x.cite", Cite: "听证笔录第3号"})
	if c.free(flow.Decide) != nil || codeOf(c.cites("依据法律")) != "x.cite" || c.cites("依据听证笔录第3号") != nil {
		t.Error("the record does not bind")
	}
	turn.Lift("h")
	if c.cites("") != nil || len(c.Course.Holds) != 0 {
		t.Error("the hold stays")
	}
}

// An act changes a course of its own: what was loaded stays as it was.
func TestCourseIsNotChangedInPlace(t *testing.T) {
	cal := calendar.Builtin()
	rapid.Check(t, func(rt *rapid.T) {
		c, impl := accepted()
		for i := range rapid.IntRange(0, 3).Draw(rt, "pauses") {
			c.Pause(Pause{ID: string(rune('a' + i)), Kind: "testing", From: day("2026-09-16").AddDays(i), Days: 2}, impl, cal)
		}
		before := *c
		was := before.Course.text()
		turn := &Turn{Case: c}
		c.Resume("a", day("2026-09-20"))
		c.Extend(Extension{N: 3}, false, day("2026-09-20"))
		turn.Hold(Hold{ID: "x"})
		turn.Find(Finding{ID: "y"})
		if before.Course.text() != was {
			rt.Fatal("the course that was loaded changed")
		}
	})
}
