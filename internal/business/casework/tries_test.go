package casework_test

import (
	"errors"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/id"
)

// try is one thing that somebody may attempt: how the platform is asked, and
// what the ledger thinks of it.
type try struct {
	name string
	rare bool   // ends the story early, so it is chosen seldom
	who  string // whose work it is
	may  func(l *ledger, who string, now time.Time) bool
	do   func(s *telling, seen casework.Seen, who string) error
	then func(l *ledger, who string, now time.Time)
}

// errTwo refuses what the story does not tell: one clock stands at a time.
var errTwo = errors.New("not in this story")

// one says that who is one of the names.
func one(who string, names ...string) bool {
	for _, n := range names {
		if n == who {
			return true
		}
	}
	return false
}

// undecided are the statuses in which the applicant may still withdraw.
func undecided(s casework.Status) bool {
	return s == casework.StatusReceived || s == casework.StatusSupplement || s == casework.StatusHandling
}

var tries = []try{
	{"accept", false, "clerk",
		func(l *ledger, who string, _ time.Time) bool {
			return who == "clerk" && l.status == casework.StatusReceived
		},
		func(s *telling, seen casework.Seen, who string) error {
			return s.w.Casework.Accept(ctx, s.actors[who], casework.Accept{Seen: seen})
		},
		func(l *ledger, who string, now time.Time) {
			l.status, l.step, l.accepted = casework.StatusHandling, "examine", now
			if l.complete.After(l.received) {
				l.accepted = l.complete
			} else if l.silent(now) {
				l.accepted = l.received
			}
			l.did("accept", who)
		}},
	{"notify", true, "clerk",
		func(l *ledger, who string, now time.Time) bool {
			return who == "clerk" && l.status == casework.StatusReceived && !l.noticed && !l.silent(now)
		},
		func(s *telling, seen casework.Seen, who string) error {
			m := s.impl.Materials[0]
			return s.w.Casework.NotifySupplement(ctx, s.actors[who], casework.NotifySupplement{Seen: seen, Items: []casework.Item{
				{Material: "form", Name: "申请表", Problem: "经营项目填写不全", Standard: "按实际经营项目填写"},
				{Material: m.No, Name: m.Name, Problem: "不清晰", Standard: "清晰完整"}}})
		},
		func(l *ledger, _ string, _ time.Time) { l.status, l.noticed = casework.StatusSupplement, true }},
	{"supplement", false, "lina",
		func(l *ledger, who string, _ time.Time) bool {
			return one(who, "lina", "clerk") && l.status == casework.StatusSupplement
		},
		func(s *telling, seen casework.Seen, who string) error {
			return s.w.Casework.Supplement(ctx, s.actors[who], casework.SupplementCase{Seen: seen, Values: s.impl.Example,
				Paper: map[string]int{s.impl.Materials[0].No: 1}})
		},
		func(l *ledger, _ string, now time.Time) { l.status, l.complete = casework.StatusReceived, now }},
	{"turn away", true, "clerk",
		func(l *ledger, who string, now time.Time) bool {
			late := l.silent(now) && l.complete.Equal(l.received)
			return who == "clerk" && l.status == casework.StatusReceived && !late
		},
		func(s *telling, seen casework.Seen, who string) error {
			return s.w.Casework.NotCompetent(ctx, s.actors[who], casework.NotCompetent{Seen: seen, Reasons: "不属于本机关职权",
				Basis: "行政许可法第三十二条", Competent: "所在地县级审批部门"})
		},
		func(l *ledger, _ string, _ time.Time) { l.end(casework.StatusNotCompetent) }},
	{"withdraw", true, "lina",
		func(l *ledger, who string, _ time.Time) bool { return one(who, "lina", "clerk") && undecided(l.status) },
		func(s *telling, seen casework.Seen, who string) error {
			return s.w.Casework.Withdraw(ctx, s.actors[who], casework.Withdraw{Seen: seen, Reason: "计划有变"})
		},
		func(l *ledger, _ string, now time.Time) { l.end(casework.StatusWithdrawn); l.leave(now) }},
	{"examine", false, "handler",
		func(l *ledger, who string, _ time.Time) bool {
			return one(who, "handler", "handler2", "three") && l.status == casework.StatusHandling && l.step == "examine" && l.apart(who, "review", "decide")
		},
		func(s *telling, seen casework.Seen, who string) error { return s.advance(seen, who, flow.Examine) },
		func(l *ledger, who string, _ time.Time) { l.did("examine", who); l.step = "review" }},
	{"review", false, "reviewer",
		func(l *ledger, who string, _ time.Time) bool {
			return one(who, "reviewer", "three") && l.status == casework.StatusHandling && l.step == "review" && l.apart(who, "examine", "decide")
		},
		func(s *telling, seen casework.Seen, who string) error { return s.advance(seen, who, flow.Review) },
		func(l *ledger, who string, _ time.Time) { l.did("review", who); l.step = "decide" }},
	{"send back", false, "decider",
		func(l *ledger, who string, _ time.Time) bool {
			return one(who, "decider", "three") && l.status == casework.StatusHandling && l.step == "decide" && l.apart(who, "examine", "review")
		},
		func(s *telling, seen casework.Seen, who string) error {
			return s.w.Casework.Return(ctx, s.actors[who], casework.Return{Seen: seen, From: "decide", To: "examine", Reason: "请补充核实"})
		},
		func(l *ledger, who string, _ time.Time) { l.did("decide", who); l.step = "examine" }},
	{"refuse", true, "decider",
		func(l *ledger, who string, _ time.Time) bool {
			return one(who, "decider", "three") && l.status == casework.StatusHandling && l.step == "decide" && l.apart(who, "examine", "review")
		},
		func(s *telling, seen casework.Seen, who string) error {
			return s.w.Casework.Decide(ctx, s.actors[who], casework.Decide{Seen: seen, Opinion: "不符合条件", Reasons: "场所不符合条件", Basis: "食品安全法第三十三条"})
		},
		func(l *ledger, who string, now time.Time) {
			l.did("decide", who)
			l.leave(now)
			l.status, l.step = casework.StatusRefused, "deliver"
		}},
	{"grant", false, "decider",
		func(l *ledger, who string, _ time.Time) bool {
			return one(who, "decider", "three") && l.status == casework.StatusHandling && l.step == "decide" && l.apart(who, "examine", "review")
		},
		func(s *telling, seen casework.Seen, who string) error {
			return s.w.Casework.Decide(ctx, s.actors[who], casework.Decide{Seen: seen, Grant: true, Opinion: "同意"})
		},
		func(l *ledger, who string, now time.Time) {
			l.did("decide", who)
			l.leave(now)
			l.status, l.step = casework.StatusGranted, "issue"
		}},
	{"issue", false, "issuer",
		func(l *ledger, who string, _ time.Time) bool {
			return who == "issuer" && l.status == casework.StatusGranted && l.step == "issue"
		},
		func(s *telling, seen casework.Seen, who string) error {
			return s.w.IssueBy(s.actors[who], seen)
		},
		func(l *ledger, _ string, _ time.Time) { l.step = "deliver" }},
	{"deliver", false, "deliverer",
		func(l *ledger, who string, _ time.Time) bool { return who == "deliverer" && l.step == "deliver" },
		func(s *telling, seen casework.Seen, who string) error {
			return s.w.Casework.Deliver(ctx, s.actors[who], casework.Deliver{Seen: seen, Way: casework.ByWindow,
				Code: s.w.Casework.PickupCode(&casework.Case{ID: seen.CaseID}), SignedBy: "李娜"})
		},
		func(l *ledger, _ string, _ time.Time) { l.end(casework.StatusConcluded) }},
	{"stop the clock", false, "handler",
		func(l *ledger, who string, _ time.Time) bool {
			return one(who, "handler", "handler2", "three") && l.status == casework.StatusHandling && l.paused == 0
		},
		func(s *telling, seen casework.Seen, who string) error {
			return s.w.Casework.Act(ctx, s.actors[who], seen, staff.CaseSuspend, func(t *casework.Turn) error {
				if t.Case.Course.Paused() {
					return errTwo
				}
				return t.Case.Pause(casework.Pause{ID: id.New(), Kind: "expert", From: t.Today(), Days: 6}, t.Impl, t.Calendar())
			})
		},
		func(l *ledger, _ string, now time.Time) { l.paused, l.pauseDays = civil(now), 6 }},
	{"run on", false, "handler",
		func(l *ledger, who string, _ time.Time) bool {
			return one(who, "handler", "handler2", "three") && l.status == casework.StatusHandling && l.paused != 0
		},
		func(s *telling, seen casework.Seen, who string) error {
			return s.w.Casework.Act(ctx, s.actors[who], seen, staff.CaseSuspend, func(t *casework.Turn) error {
				for _, p := range t.Case.Course.Pauses {
					if p.To == 0 {
						return t.Case.Resume(p.ID, t.Today())
					}
				}
				return errTwo
			})
		},
		func(l *ledger, _ string, now time.Time) { l.resume(civil(now)) }},
	{"extend", false, "decider",
		func(l *ledger, who string, now time.Time) bool {
			return one(who, "decider", "three") && l.status == casework.StatusHandling && l.extended == 0 && civil(now) <= l.statutory(20)
		},
		func(s *telling, seen casework.Seen, who string) error {
			return s.w.Casework.Act(ctx, s.actors[who], seen, staff.CaseExtend, func(t *casework.Turn) error {
				return t.Case.Extend(casework.Extension{N: 10, Reason: "情况复杂"}, false, t.Today())
			})
		},
		func(l *ledger, _ string, _ time.Time) { l.extended = 10 }},
	{"the sweep", false, "system",
		func(*ledger, string, time.Time) bool { return true },
		func(s *telling, _ casework.Seen, _ string) error { _, err := s.w.Casework.Deem(ctx); return err },
		func(l *ledger, _ string, now time.Time) {
			if l.status == casework.StatusReceived && l.complete.Equal(l.received) && l.silent(now) {
				l.status, l.step, l.accepted = casework.StatusHandling, "examine", l.received
			}
		}},
}

func (s *telling) advance(seen casework.Seen, who string, act flow.Act) error {
	return s.w.Casework.Advance(ctx, s.actors[who], casework.Advance{Seen: seen, Act: act, Outcome: flow.Support, Opinion: "符合条件"})
}
