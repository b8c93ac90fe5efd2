package guard

import (
	"container/list"
	"math"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/fault"
)

// mostKeys is how many keys a limiter remembers, at about 200 bytes each. The
// one not seen for longest is forgotten first; it is then as good as new.
const mostKeys = 100_000

// Limiter allows so many requests a minute per key.
type Limiter struct {
	clock clock.Clock
	every rate.Limit
	burst int
	most  int

	mu    sync.Mutex
	byKey map[string]*list.Element
	seen  *list.List // of *bucket, the latest first
}

type bucket struct {
	key   string
	limit *rate.Limiter
}

// New is a limiter of perMinute requests, all of which may come at once.
func New(c clock.Clock, perMinute int) *Limiter {
	return &Limiter{clock: c, every: rate.Limit(float64(perMinute) / 60), burst: perMinute, most: mostKeys,
		byKey: map[string]*list.Element{}, seen: list.New()}
}

// Allow takes one request of the key, or refuses with TooMany "too_many" and,
// as {seconds}, how long to wait. A refused request costs nothing.
func (l *Limiter) Allow(key string) error {
	now := l.clock.Now()
	r := l.bucket(key).ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait == 0 {
		return nil
	}
	r.CancelAt(now)
	if wait == rate.InfDuration {
		wait = time.Minute
	}
	return fault.TooMany("too_many", "seconds", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
}

// Reset forgets a key, such as an address that has signed in well.
func (l *Limiter) Reset(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.byKey[key]; ok {
		l.forget(e)
	}
}

func (l *Limiter) bucket(key string) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.byKey[key]; ok {
		l.seen.MoveToFront(e)
		return e.Value.(*bucket).limit
	}
	if l.seen.Len() >= l.most {
		l.forget(l.seen.Back())
	}
	b := &bucket{key, rate.NewLimiter(l.every, l.burst)}
	l.byKey[key] = l.seen.PushFront(b)
	return b.limit
}

func (l *Limiter) forget(e *list.Element) {
	delete(l.byKey, l.seen.Remove(e).(*bucket).key)
}
