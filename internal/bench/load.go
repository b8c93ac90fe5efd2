package bench

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// taken is how long each of many steps took.
type taken []time.Duration

// at is the part p (0.99) of a sorted list.
func (t taken) at(p float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	return t[min(len(t)-1, int(p*float64(len(t))))]
}

// load is what the clients of one round did.
type load struct {
	done  int // whole rounds of step
	steps taken
	took  time.Duration
}

func (l load) perSecond(n int) float64 { return float64(n) / l.took.Seconds() }

// errDone ends a client that has nothing left to do.
var errDone = errors.New("nothing left to do")

// drive lets clients repeat a step until the time is over; each finishes what
// it began. step is told which client it is and counts what it does.
func drive(ctx context.Context, clients int, length time.Duration, step func(ctx context.Context, client int, c *counter) error) (load, error) {
	counters := make([]counter, clients)
	errs := make([]error, clients)
	var wg sync.WaitGroup
	begun := time.Now()
	for i := range clients {
		wg.Go(func() {
			c := &counters[i]
			for errs[i] == nil && ctx.Err() == nil && time.Since(begun) < length {
				switch err := step(ctx, i, c); err {
				case nil:
					c.done++
				case errDone:
					return
				default:
					errs[i] = err
				}
			}
		})
	}
	wg.Wait()
	out := load{took: time.Since(begun)}
	for _, c := range counters {
		out.done += c.done
		out.steps = append(out.steps, c.steps...)
	}
	slices.Sort(out.steps)
	return out, errors.Join(append(errs, ctx.Err())...)
}

// counter is what one client did; only it writes there.
type counter struct {
	done  int
	steps taken
}

// time notes how long one step took.
func (c *counter) time(begun time.Time) { c.steps = append(c.steps, time.Since(begun)) }
