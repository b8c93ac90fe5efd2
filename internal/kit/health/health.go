// Package health answers whether the program lives (/healthz) and whether it
// can do its work (/readyz).
package health

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"onewindow/internal/kit/clock"
)

// Patience is how long one check may take.
const Patience = 2 * time.Second

// fresh is how long an answer is given again without asking anew, so that
// probes cannot load the store.
const fresh = time.Second

// Checks is the list of what must work.
type Checks struct {
	clock    clock.Clock
	list     []check
	mu       sync.Mutex
	stopping bool
	at       time.Time
	last     Report
}

type check struct {
	name  string
	vital bool
	ask   func(context.Context) error
}

// New is an empty list.
func New(c clock.Clock) *Checks { return &Checks{clock: c} }

// Vital adds a check without which the program is of no use: the store, the
// files. All checks are added before the first is asked.
func (c *Checks) Vital(name string, ask func(context.Context) error) {
	c.list = append(c.list, check{name, true, ask})
}

// Minor adds a check whose failure is shown but takes nobody out of service: a
// gateway, the background jobs.
func (c *Checks) Minor(name string, ask func(context.Context) error) {
	c.list = append(c.list, check{name, false, ask})
}

// Result is one check's answer. Error is for administrators.
type Result struct {
	Name  string `json:"name"`
	OK    bool   `json:"ok"`
	Vital bool   `json:"vital"`
	Error string `json:"error,omitempty"`
	Took  int64  `json:"took_ms"`
}

// Report is the answer of all checks.
type Report struct {
	Ready    bool      `json:"ready"`
	Stopping bool      `json:"stopping,omitempty"`
	At       time.Time `json:"at"`
	Checks   []Result  `json:"checks"`
}

// Stopping makes the program not ready from now on, so that no new requests
// are sent while those under way end.
func (c *Checks) Stopping() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopping = true
}

// Ask runs all checks at once, or gives the answer of less than a second ago.
func (c *Checks) Ask(ctx context.Context) Report {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.clock.Now(); c.at.IsZero() || now.Sub(c.at) >= fresh || now.Before(c.at) {
		c.at, c.last = now, c.ask(context.WithoutCancel(ctx))
		c.last.At = now
	}
	r := c.last
	r.Checks = slices.Clone(r.Checks)
	if c.stopping {
		r.Ready, r.Stopping = false, true
	}
	return r
}

func (c *Checks) ask(ctx context.Context) Report {
	r := Report{Ready: true, Checks: make([]Result, len(c.list))}
	var all sync.WaitGroup
	for i, x := range c.list {
		all.Go(func() { r.Checks[i] = x.run(ctx) })
	}
	all.Wait()
	for _, x := range r.Checks {
		r.Ready = r.Ready && (x.OK || !x.Vital)
	}
	return r
}

var errSlow = errors.New("no answer in " + Patience.String())

// run asks one check; one that ignores its context is not waited for.
func (x check) run(ctx context.Context) Result {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	begun, answer := time.Now(), make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				answer <- fmt.Errorf("panic: %v", p)
			}
		}()
		answer <- x.ask(ctx)
	}()
	r := Result{Name: x.name, Vital: x.vital}
	err := errSlow
	select {
	case err = <-answer:
	case <-ctx.Done():
	}
	if r.OK = err == nil; !r.OK {
		r.Error = err.Error()
	}
	r.Took = time.Since(begun).Milliseconds()
	return r
}

// Live answers /healthz: the program runs and answers, nothing else.
func Live(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]bool{"live": true})
}

// Ready answers /readyz with every check; 503 when a vital one fails. The
// reasons of failures are left out unless detail is set, which is for
// addresses that only administrators reach.
func (c *Checks) Ready(detail bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		report := c.Ask(r.Context())
		for i := range report.Checks {
			if !detail {
				report.Checks[i].Error = ""
			}
		}
		status := http.StatusOK
		if !report.Ready {
			status = http.StatusServiceUnavailable
		}
		answer(w, status, report)
	})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body)
}
