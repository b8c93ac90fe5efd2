package notify

import (
	"slices"
	"sync"
	"time"
)

// recent are the orders that the first channel read and the next one, which
// follows at once, has not taken yet.
type recent struct {
	mu     sync.Mutex
	orders []order
}

// Few messages are sent at once, and a channel that tries again later reads anew.
const (
	mostRecent = 64
	fresh      = 2 * time.Second
)

func (r *recent) put(o order) {
	o.read = time.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.orders) == mostRecent {
		r.orders = slices.Delete(r.orders, 0, 1)
	}
	r.orders = append(r.orders, o)
}

// take gives an order once.
func (r *recent) take(messageID string) (o order, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	i := slices.IndexFunc(r.orders, func(o order) bool { return o.message.ID == messageID })
	if i < 0 {
		return o, false
	}
	o = r.orders[i]
	r.orders = slices.Delete(r.orders, i, i+1)
	return o, time.Since(o.read) < fresh
}
