// Package clock is the only place that reads the wall clock. Everything else
// is given a Clock, so that tests stand still and the demo city can live
// through a month in a second.
package clock

import (
	"sync"
	"time"
)

// Beijing is the legal time of the country, without summer time.
var Beijing = time.FixedZone("CST", 8*3600)

// Clock tells the instant.
type Clock interface{ Now() time.Time }

// System is the machine's clock.
type System struct{}

// Now is the wall clock in UTC.
func (System) Now() time.Time { return time.Now().UTC() }

// Moving stands still until it is moved.
type Moving struct {
	mu  sync.Mutex
	now time.Time
}

// NewMoving starts a moving clock at t.
func NewMoving(t time.Time) *Moving { return &Moving{now: t.UTC()} }

// NewFixed is a clock that stands at t.
func NewFixed(t time.Time) *Moving { return NewMoving(t) }

// Now is where the clock stands, in UTC.
func (m *Moving) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// Set moves the clock to t.
func (m *Moving) Set(t time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = t.UTC()
}

// Advance moves the clock forward by d.
func (m *Moving) Advance(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(d)
}
