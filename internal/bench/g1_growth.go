package bench

import (
	"fmt"
	"math"
	"time"
)

var _ = register(Workload{"g1", "增长：办件从一万到一百万（可到一千万），工作列表和进度查询每次要多久；拟合 时间 = 办件数^b。", runGrowth})

// runGrowth fills one and the same store further and asks again. One client
// asks at a time, so that what is measured is the cost and not the queue.
func runGrowth(r *Run) error {
	x, err := r.city(0)
	if err != nil {
		return err
	}
	defer r.cities.drop(x)
	var list, look []point
	have := 0
	for _, size := range r.Sizes {
		if err := x.preload(r, size-have); err != nil {
			return err
		}
		have = size
		a, b, err := r.costs(x, size)
		if err != nil {
			return fmt.Errorf("at %d cases: %w", size, err)
		}
		list, look = append(list, point{size, a}), append(look, point{size, b})
	}
	r.tell("exponent b over all sizes", Figure{Name: "work list", Unit: "b", Median: exponent(list), Aim: "≤ 0.05"},
		Figure{Name: "look-up", Unit: "b", Median: exponent(look), Aim: "≤ 0.05"})
	return nil
}

// costs are the median times of a work list and a look-up at a size.
func (r *Run) costs(x *city, size int) (list, look float64, err error) {
	l, err := x.lookUps(r.Ctx)
	if err != nil {
		return 0, 0, err
	}
	s, err := x.serve()
	if err != nil {
		return 0, 0, err
	}
	defer s.stop()
	work, _, err := x.workList(s)
	if err != nil {
		return 0, 0, err
	}
	conns := s.clients(1)
	defer conns.close()
	var lists, looks series
	for round := -1; round < r.Rounds; round++ { // the first warms up
		length := r.Length / 2
		a, err := drive(r.Ctx, 1, length, conns.asking(work, 200))
		if err != nil {
			return 0, 0, err
		}
		b, err := drive(r.Ctx, 1, length, conns.asking(l.ask, 200))
		if err != nil {
			return 0, 0, err
		}
		if round >= 0 {
			lists, looks = append(lists, micro(a.steps.at(0.5))), append(looks, micro(b.steps.at(0.5)))
		}
	}
	r.tell(fmt.Sprintf("%d cases", size), cost("work list p50", "µs", lists), cost("look-up p50", "µs", looks))
	return lists.median(), looks.median(), nil
}

func micro(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }

// point is a cost at a size.
type point struct {
	n    int
	cost float64
}

// exponent fits cost = a·n^b by least squares of the logarithms. What grows not
// at all has 0; noise can make it negative.
func exponent(points []point) float64 {
	var n, sx, sy, sxx, sxy float64
	for _, p := range points {
		x, y := math.Log(float64(p.n)), math.Log(p.cost)
		n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	if d := n*sxx - sx*sx; d != 0 {
		return (n*sxy - sx*sy) / d
	}
	return 0
}
