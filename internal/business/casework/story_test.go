package casework_test

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
)

// stories is how many random histories are told; each is of some thirty tries.
// ONEWINDOW_TEST_STORIES asks for more: 4000 are over 100,000 acts.
func stories() int {
	if n, err := strconv.Atoi(os.Getenv("ONEWINDOW_TEST_STORIES")); err == nil && n > 0 {
		return n
	}
	return 40
}

// Random histories of lawful and unlawful tries, by right and wrong people, at
// any time: the platform and a simple mind agree on which of them may be done,
// on both due days after each, and on what never moves.
func TestStories(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		told := &telling{w: w, impl: w.Food(), actors: map[string]staff.Actor{}}
		for _, login := range []string{"clerk", "handler", "handler2", "reviewer", "decider", "issuer", "deliverer", "lina", "zj-decider", "wangxiaoming"} {
			told.actors[login] = w.Actor(login)
		}
		// One officer who holds three roles, so that only the separation of
		// duties stands between them and the whole case.
		told.actors["three"] = several(told.actors["handler"], told.actors["reviewer"], told.actors["decider"])
		for i := range stories() {
			told.story(t, uint64(i))
		}
		t.Logf("%d tries, %d done, %d refused", told.done+told.refused, told.done, told.refused)
		if told.done == 0 || told.refused == 0 {
			t.Error("the stories are one-sided")
		}
	})
}

func several(first staff.Actor, more ...staff.Actor) staff.Actor {
	for _, a := range more {
		first.Grants = append(first.Grants[:len(first.Grants):len(first.Grants)], a.Grants...)
		first.Roles = append(first.Roles[:len(first.Roles):len(first.Roles)], a.Roles...)
	}
	return first
}

type telling struct {
	w             *casetest.World
	impl          *catalog.Implementation
	actors        map[string]staff.Actor
	done, refused int
}

// story is one case from its receipt through some thirty tries.
func (s *telling) story(t *testing.T, seed uint64) {
	chance := newChance(seed)
	s.w.Clock.Set(time.Date(2026, 9, 14, 9, 0, 0, 0, clock.Beijing).AddDate(0, 0, chance(120)))
	c := s.w.Submit(s.impl)
	l := newLedger(calendar.Builtin(), s.w.Clock.Now())
	for range 30 {
		s.w.Clock.Advance(time.Duration(chance(60*36)+1) * time.Minute)
		try := s.choose(l, chance)
		who := try.who
		if who != "system" && chance(10) == 0 { // somebody else tries
			who = []string{"clerk", "handler", "handler2", "reviewer", "decider", "issuer", "deliverer", "lina", "zj-decider", "wangxiaoming", "three"}[chance(11)]
		}
		before := s.w.Case(c.ID)
		seen := casetest.Seen(before)
		stale := who != "system" && chance(20) == 0
		if stale {
			seen.Version++
		}
		lawful := try.may(l, who, s.w.Clock.Now()) && !stale
		err := try.do(s, seen, who)
		if lawful != (err == nil) {
			t.Fatalf("story %d: %s by %s on %s while %s at %q: the ledger says %v, the platform %v",
				seed, try.name, who, civil(s.w.Clock.Now()), l.status, l.step, lawful, err)
		}
		if lawful {
			try.then(l, who, s.w.Clock.Now())
			s.done++
		} else {
			s.refused++
		}
		s.agree(t, seed, try.name, before, s.w.Case(c.ID), l)
		if l.step == "" && l.status != casework.StatusSupplement && chance(8) == 0 {
			return
		}
	}
}

// agree compares what both minds know of the case.
func (s *telling) agree(t *testing.T, seed uint64, try string, before, c *casework.Case, l *ledger) {
	t.Helper()
	if c.Status != l.status || c.Steps() != l.step && l.status != casework.StatusSupplement {
		t.Fatalf("story %d after %s: %s at %q, the ledger says %s at %q", seed, try, c.Status, c.Steps(), l.status, l.step)
	}
	if !c.ReceivedAt.Equal(l.received) || !before.AcceptedAt.IsZero() && !c.AcceptedAt.Equal(before.AcceptedAt) {
		t.Fatalf("story %d after %s: receipt or acceptance moved", seed, try)
	}
	if l.accepted.IsZero() {
		return
	}
	if !c.AcceptedAt.Equal(l.accepted) {
		t.Fatalf("story %d after %s: accepted %s, the ledger says %s", seed, try, c.AcceptedAt, l.accepted)
	}
	clocks := c.Clocks(s.impl, calendar.Builtin())
	want := l.statutory(s.impl.Statutory.N)
	promised := want // where nothing shorter is promised, the law's limit is the promise
	if s.impl.Promised != nil {
		promised = l.promised(s.impl.Promised.N)
	}
	if c.StatutoryDue != want || clocks.Statutory.Due.Day != want || c.PromisedDue != promised || clocks.Promised.Due.Day != promised {
		t.Fatalf("story %d after %s: due %s (derived %s) and %s, the ledger counts %s and %s", seed, try,
			c.StatutoryDue, clocks.Statutory.Due.Day, c.PromisedDue, want, promised)
	}
	twice := map[calendar.Day]bool{}
	for _, d := range clocks.Statutory.Due.Days {
		if twice[d.Day] {
			t.Fatalf("story %d: %s is counted twice", seed, d.Day)
		}
		twice[d.Day] = true
	}
}

// newChance gives numbers below n; the same seed gives the same story.
func newChance(seed uint64) func(n int) int {
	r := rand.New(rand.NewPCG(seed, 2026))
	return func(n int) int { return r.IntN(n) }
}

// choose is mostly what comes next, sometimes anything.
func (s *telling) choose(l *ledger, chance func(int) int) try {
	if chance(4) == 0 {
		return tries[chance(len(tries))]
	}
	var next []try
	for _, t := range tries {
		if t.may(l, t.who, s.w.Clock.Now()) && (!t.rare || chance(8) == 0) {
			next = append(next, t)
		}
	}
	if len(next) == 0 {
		return tries[chance(len(tries))]
	}
	return next[chance(len(next))]
}
