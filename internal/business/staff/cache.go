package staff

import (
	"sync"
	"time"
)

// cache remembers at most max values. When it is full an arbitrary value gives
// way: being forgotten costs one read.
type cache[V any] struct {
	mu  sync.Mutex
	max int
	gen uint64 // counts drops, so that a value read before a drop is not kept after it
	m   map[string]kept[V]
}

type kept[V any] struct {
	value V
	at    time.Time
}

func newCache[V any](max int) *cache[V] {
	return &cache[V]{max: max, m: map[string]kept[V]{}}
}

// get gives the value when it is not older than age.
func (c *cache[V]) get(key string, now time.Time, age time.Duration) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.m[key]
	if !ok || now.Sub(k.at) > age {
		var none V
		return none, false
	}
	return k.value, true
}

// mark is taken before reading the store and handed to put.
func (c *cache[V]) mark() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.gen
}

// put keeps the value unless something was dropped since mark.
func (c *cache[V]) put(key string, v V, now time.Time, mark uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if mark != c.gen {
		return
	}
	for other := range c.m {
		if len(c.m) < c.max {
			break
		}
		delete(c.m, other)
	}
	c.m[key] = kept[V]{v, now}
}

// drop forgets one key.
func (c *cache[V]) drop(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	delete(c.m, key)
}

// dropIf forgets every value for which fn is true.
func (c *cache[V]) dropIf(fn func(string, V) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	for k, v := range c.m {
		if fn(k, v.value) {
			delete(c.m, k)
		}
	}
}
