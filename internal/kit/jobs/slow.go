package jobs

import (
	"context"
	"sync/atomic"
	"time"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
)

// OnSlow is On for a reaction that costs much and may wait a little, such as
// making a paper. Only a few of them run at a time, and each is followed by a
// pause that is the longer the busier people keep the store: acts come first,
// papers behind them. They run after the quick reactions to the event, and an
// event that waits for them keeps no other from being passed on.
func (j *Jobs) OnSlow(topic, name string, fn Reaction) {
	j.On(topic, name, fn)
	j.slow[name] = true
}

// lanes are where slow reactions run.
type lanes struct {
	free   chan struct{} // as many places as there are lanes
	looked atomic.Int64  // when the acts were last counted, in nanoseconds
	acts   atomic.Int64  // the count then
}

func (l *lanes) enter(ctx context.Context) error {
	select {
	case l.free <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// A store is busy at so many acts a second. All lanes together then use a
// quarter of one processor, however many they are; below, so much the more.
const (
	busy  = 200
	share = 4
)

// leave gives the lane free, after a pause when the store is busy.
func (l *lanes) leave(ctx context.Context, d *db.DB, begun time.Time) {
	sleep(ctx, pause(time.Since(begun), l.rate(time.Now(), d.Acts()), cap(l.free)))
	<-l.free
}

// pause is how long a lane rests after work that took so long.
func pause(took time.Duration, rate float64, lanes int) time.Duration {
	rest := float64(took) * float64(share*lanes) * min(rate/busy, 1)
	return min(time.Duration(rest), 2*time.Second)
}

// rate is how many acts there were a second since it was last asked.
func (l *lanes) rate(now time.Time, acts int64) float64 {
	before, then := l.looked.Swap(now.UnixNano()), l.acts.Swap(acts)
	passed := time.Duration(now.UnixNano() - before).Seconds()
	if before == 0 || passed <= 0 {
		return 0
	}
	return float64(acts-then) / passed
}

// keep tells other processes, as long as events that were put behind fly here,
// that this one lives.
func (r *runner) keep(ctx context.Context, quit <-chan struct{}) {
	if r.db.Dialect() != db.Postgres {
		return
	}
	beat := time.NewTicker(r.opt.Lease / 3)
	defer beat.Stop()
	for {
		select {
		case <-beat.C:
		case <-quit:
			return
		case <-ctx.Done():
			return
		}
		if err := r.prolong(ctx); err != nil && ctx.Err() == nil {
			r.opt.Log.ErrorContext(ctx, "events not kept", "error", err)
		}
	}
}

func (r *runner) prolong(ctx context.Context) error {
	flying := r.copyFlying()
	return r.db.Act(ctx, func(tx *db.Tx) error {
		for _, f := range flying {
			if f.event.Behind {
				event.Kept(tx, f.event, tx.Now.Add(r.opt.Lease))
			}
		}
		return nil
	})
}
