// Package metric counts what the program does, in the text format of
// Prometheus: how long pages take by their pattern, how often acts are done or
// refused, how background jobs fare, and whatever is registered as a gauge.
// Nothing in it names a person.
package metric

import (
	"crypto/subtle"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// Registry holds the program's metrics.
type Registry struct {
	set    *metrics.Set
	timers sync.Map // name → *metrics.PrometheusHistogram
	counts sync.Map // name → *metrics.Counter
}

// New is an empty registry.
func New() *Registry { return &Registry{set: metrics.NewSet()} }

// seconds are the upper bounds of the durations that are told apart.
var seconds = []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}

// Request notes one answered request. The pattern is the route's, such as
// "GET /cases/{id}"; an empty one stands for addresses that do not exist.
func (g *Registry) Request(pattern string, status int, took time.Duration) {
	if pattern == "" {
		pattern = "none"
	}
	g.timer(key{"onewindow_http_seconds", "pattern", pattern, "status", class(status)}).Update(took.Seconds())
}

func class(status int) string {
	if status < 100 || status > 599 {
		return "none"
	}
	return string("12345"[status/100-1]) + "xx"
}

// Act notes one act of the business; outcome is "ok" or the kind of fault.
func (g *Registry) Act(act, outcome string) {
	g.counter(key{"onewindow_acts_total", "act", act, "outcome", outcome}).Inc()
}

// Job notes one run of a job; it has the shape that jobs.Options.Observe wants.
func (g *Registry) Job(name string, took time.Duration, err error, last bool) {
	outcome := "ok"
	switch {
	case last:
		outcome = "given_up"
	case err != nil:
		outcome = "failed"
	}
	g.timer(key{"onewindow_job_seconds", "job", name, "outcome", outcome}).Update(took.Seconds())
}

// Count adds one to a counter of its own, such as "onewindow_sign_ins_total".
func (g *Registry) Count(name string) { g.counter(key{name: name}).Inc() }

// Gauge registers a value that is read whenever the metrics are; read must be
// quick. It panics when the name is taken.
func (g *Registry) Gauge(name string, read func() float64) { g.set.NewGauge(name, read) }

// key is a metric's name with up to two labels.
type key struct{ name, label1, value1, label2, value2 string }

func (k key) String() string {
	if k.label1 == "" {
		return k.name
	}
	return fmt.Sprintf("%s{%s=%q,%s=%q}", k.name, k.label1, k.value1, k.label2, k.value2)
}

func (g *Registry) timer(k key) *metrics.PrometheusHistogram {
	if h, ok := g.timers.Load(k); ok {
		return h.(*metrics.PrometheusHistogram)
	}
	h, _ := g.timers.LoadOrStore(k, g.set.GetOrCreatePrometheusHistogramExt(k.String(), seconds))
	return h.(*metrics.PrometheusHistogram)
}

func (g *Registry) counter(k key) *metrics.Counter {
	if c, ok := g.counts.Load(k); ok {
		return c.(*metrics.Counter)
	}
	c, _ := g.counts.LoadOrStore(k, g.set.GetOrCreateCounter(k.String()))
	return c.(*metrics.Counter)
}

// Write writes everything, the process's own figures included.
func (g *Registry) Write(w io.Writer) {
	g.set.WritePrometheus(w)
	metrics.WriteProcessMetrics(w)
}

// ServeHTTP answers /metrics. Serve it on an address of this machine only, or
// behind Guarded.
func (g *Registry) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	g.Write(w)
}

// Guarded lets a request through that carries the token ("Authorization:
// Bearer …"). Without a token only this machine is let through. Others learn
// nothing but 404.
func Guarded(token string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !allowed(token, r) {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func allowed(token string, r *http.Request) bool {
	if token == "" {
		from, err := netip.ParseAddrPort(r.RemoteAddr)
		return err == nil && from.Addr().Unmap().IsLoopback() && r.Header.Get("X-Forwarded-For") == ""
	}
	given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return ok && subtle.ConstantTimeCompare([]byte(given), []byte(token)) == 1
}
