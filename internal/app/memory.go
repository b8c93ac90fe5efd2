package app

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// Work of a moment leaves memory behind: proving a password takes 19 MB, a
// drawn paper some, the demonstration's past a hundred. The runtime would give
// it back after the next collection of garbage, which comes to an idle
// platform after minutes, and then slowly.

// The platform rests when it took little memory since it was last looked at. It
// gives back what was taken since it last did when that is worth a collection.
const (
	lookAtMemory = 5 * time.Second
	littleTaken  = 4 << 20
	worthGiving  = 12 << 20
)

// taken is how many bytes this process took for objects since it began.
func taken() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// memory is how much was taken when it was last given back, and when it was
// last looked at.
type memory struct{ given, seen uint64 }

// rests looks anew: it says that there is something to give back and nothing
// else to do.
func (m *memory) rests(now uint64) bool {
	rest := now-m.seen < littleTaken && now-m.given > worthGiving
	m.seen = now
	return rest
}

// giveBack lets the system have memory that was needed for a moment.
func giveBack(ctx context.Context) {
	tick := time.NewTicker(lookAtMemory)
	defer tick.Stop()
	for m := (memory{}); ; {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		if m.rests(taken()) {
			debug.FreeOSMemory()
			m.given = taken()
		}
	}
}
