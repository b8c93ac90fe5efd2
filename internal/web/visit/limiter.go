package visit

import (
	"container/list"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/fault"
)

// Limiter lets each key do something so many times a second, with bursts. It
// remembers a bounded number of keys; the one unseen for longest is forgotten.
type Limiter struct {
	rate  rate.Limit
	burst int
	most  int
	clock clock.Clock

	mu   sync.Mutex
	keys map[string]*list.Element
	seen list.List // of *bucket, latest first
}

type bucket struct {
	key string
	*rate.Limiter
}

// NewLimiter makes a limiter for most keys at a time.
func NewLimiter(perSecond float64, burst, most int, c clock.Clock) *Limiter {
	return &Limiter{rate: rate.Limit(perSecond), burst: burst, most: most, clock: c, keys: map[string]*list.Element{}}
}

// Allow counts one use; when it is one too many, the fault request.rate says
// how long to wait.
func (l *Limiter) Allow(key string) error {
	now := l.clock.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.bucket(key).ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait == 0 {
		return nil
	}
	r.CancelAt(now)
	return fault.TooMany("request.rate", "seconds", strconv.Itoa(int(math.Ceil(min(wait, time.Hour).Seconds()))))
}

func (l *Limiter) bucket(key string) *bucket {
	if e := l.keys[key]; e != nil {
		l.seen.MoveToFront(e)
		return e.Value.(*bucket)
	}
	if len(l.keys) >= l.most {
		last := l.seen.Back()
		l.seen.Remove(last)
		delete(l.keys, last.Value.(*bucket).key)
	}
	b := &bucket{key, rate.NewLimiter(l.rate, l.burst)}
	l.keys[key] = l.seen.PushFront(b)
	return b
}

// network is what one visitor is taken to hold: an IPv4 address, or the 64-bit
// network of an IPv6 address.
func network(ip netip.Addr) string {
	if ip.Is6() {
		if p, err := ip.Prefix(64); err == nil {
			return p.String()
		}
	}
	return ip.String()
}

func (d *Door) limited(next http.Handler) http.Handler {
	if d.o.Rate == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := d.o.Rate.Allow(network(recordOf(r).ip)); err != nil {
			d.refuse(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}
