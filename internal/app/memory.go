package app

import (
	"context"
	"os"
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

// A collection of garbage costs what is in use, not what is thrown away; where
// little is in use, a fixed share of it would be collected many times a second
// under load. So there is room for leastRoom of garbage, up to mostPercent of
// what is in use, and for leastPercent of it in a large city.
const (
	leastRoom    = 48 << 20
	leastPercent = 200
	mostPercent  = 600
)

// Proving passwords takes 19 MB for each processor, and a collection that meets
// them would count them as in use and leave room for several times that. So garbage
// is collected early when the whole comes near a limit, which grows with the city.
const (
	leastLimit   = 80 << 20
	limitPercent = 300
)

// room is how far memory may grow before garbage is collected.
type room struct {
	percent int
	limit   int64
}

func roomFor(inUse uint64) room { return room{percent(inUse), limit(inUse)} }

// limit is the memory at which garbage is collected whatever the percent says.
func limit(inUse uint64) int64 { return int64(max(leastLimit, inUse*limitPercent/100)) }

// percent is by how much the memory in use may grow before garbage is collected.
func percent(inUse uint64) int {
	return int(min(max(leastRoom*100/max(inUse, 1), leastPercent), mostPercent))
}

// inUse is how many bytes of objects the last collection left.
func inUse() uint64 { return measured("/gc/heap/live:bytes") }

// taken is how many bytes this process took for objects since it began.
func taken() uint64 { return measured("/gc/heap/allocs:bytes") }

func measured(name string) uint64 {
	s := []metrics.Sample{{Name: name}}
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

// keepMemory makes room for garbage as long as people are busy, and lets the
// system have what was needed for a moment. An operator's own GOGC or GOMEMLIMIT
// stands.
func keepMemory(ctx context.Context) {
	tick := time.NewTicker(lookAtMemory)
	defer tick.Stop()
	own := os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != ""
	for m, now := (memory{}), (room{}); ; {
		if next := roomFor(inUse()); !own && next != now {
			now = next
			debug.SetGCPercent(now.percent)
			debug.SetMemoryLimit(now.limit)
		}
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
