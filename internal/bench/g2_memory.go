package bench

import (
	"fmt"
	"slices"
	"time"

	"onewindow/internal/kit/db"
)

var _ = register(Workload{"g2", "内存：空闲时，64 个客户端同时办件时的峰值，一万件与最多件时相比。", runMemory})

// runMemory looks at the server's resident memory: idle, then under W1, in a
// small store and in a large one.
func runMemory(r *Run) error {
	small, large := slices.Min(r.Sizes), min(slices.Max(r.Sizes), 1_000_000)
	idle, peak, err := r.memoryOf(small)
	if err != nil {
		return err
	}
	idleThen, peakThen, err := r.memoryOf(large)
	if err != nil {
		return err
	}
	r.tell(fmt.Sprintf("%d cases beside %d", large, small), Figure{Name: "idle", Unit: "×", Median: idleThen / max(idle, 1), Aim: "≤ 1.1"},
		Figure{Name: "peak", Unit: "×", Median: peakThen / max(peak, 1), Aim: "≤ 1.1"})
	return nil
}

// memoryOf is the memory of a server on a store of its own: papers that another
// one left to be made would be work, not rest.
func (r *Run) memoryOf(size int) (idle, peak float64, err error) {
	x, err := r.city(size)
	if err != nil {
		return 0, 0, err
	}
	defer r.cities.drop(x)
	return r.memory(x, size)
}

// rest waits until nothing is left to be done and what was needed for a moment,
// such as the memory in which a password is proven, was given back.
func (r *Run) rest(x *city) error {
	if r.Quick {
		return nil
	}
	err := x.store(r.Ctx, func(d *db.DB) error { return empty(r.Ctx, d) })
	time.Sleep(givenBack)
	return err
}

// givenBack is as long as the server takes to see that it is at rest, twice.
const givenBack = 20 * time.Second

func (r *Run) memory(x *city, size int) (idle, peak float64, err error) {
	s, err := x.serve()
	if err != nil {
		return 0, 0, err
	}
	defer s.stop()
	work, _, err := x.workList(s) // everything that is read at first is there
	if err != nil {
		return 0, 0, err
	}
	after, _, _ := s.memory()
	if err := r.rest(x); err != nil {
		return 0, 0, err
	}
	idle, own, _ := s.memory()
	l, err := x.life(s)
	if err != nil {
		return 0, 0, err
	}
	n := slices.Max(r.Drivers)
	conns := s.clients(n)
	defer conns.close()
	if _, err := drive(r.Ctx, n, r.Length, l.driver(conns)); err != nil {
		return 0, 0, err
	}
	if _, err := drive(r.Ctx, n, r.Length/2, conns.asking(work, 200)); err != nil {
		return 0, 0, err
	}
	_, _, peak = s.memory()
	r.tell(fmt.Sprintf("%d cases", size), cost("after a sign-in", "MB", series{after}), cost("idle", "MB", series{idle}).aim("≤ 40"), cost("of that not the program's file", "MB", series{own}),
		cost(fmt.Sprintf("peak with %d drivers", n), "MB", series{peak}).aim("≤ 150"))
	return idle, peak, nil
}
