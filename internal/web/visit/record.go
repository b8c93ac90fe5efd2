package visit

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// record is what the access log will say of one request. It never holds the
// path, the query or the body: they may hold personal data.
type record struct {
	door               *Door
	id, pattern, trace string
	ip                 netip.Addr
	begin              time.Time
	actor, fault       string
	out                writer
}

type recordKey struct{}

// recordOf panics on a request that did not pass a door.
func recordOf(r *http.Request) *record { return r.Context().Value(recordKey{}).(*record) }

var (
	requestID   = regexp.MustCompile(`^[0-9A-Za-z-]{8,64}$`)
	traceParent = regexp.MustCompile(`^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$`)
)

func (d *Door) record(w http.ResponseWriter, r *http.Request) *record {
	rec := &record{door: d, id: r.Header.Get("X-Request-ID"), begin: d.o.Clock.Now(), ip: d.address(r), out: writer{ResponseWriter: w}}
	if rec.id == "" || !requestID.MatchString(rec.id) {
		rec.id = id.New()
	}
	if trace := r.Header.Get("Traceparent"); trace != "" {
		if m := traceParent.FindStringSubmatch(trace); m != nil {
			rec.trace = m[1]
		}
	}
	return rec
}

// address is who asks: the last address in X-Forwarded-For that is no proxy of
// ours, when a proxy of ours says so.
func (d *Door) address(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	ip, _ := netip.ParseAddr(host)
	if len(d.o.Proxies) == 0 {
		return ip.Unmap()
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !d.proxy(ip) {
			break
		}
		next, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		ip = next
	}
	return ip.Unmap()
}

func (d *Door) proxy(ip netip.Addr) bool {
	return slices.ContainsFunc(d.o.Proxies, func(p netip.Prefix) bool { return p.Contains(ip.Unmap()) })
}

func (d *Door) log(r *http.Request, rec *record) {
	out := &rec.out
	took := d.o.Clock.Now().Sub(rec.begin)
	d.o.Log.LogAttrs(context.Background(), slog.LevelInfo, "request",
		slog.String("method", r.Method), slog.String("pattern", rec.pattern), slog.Int("status", out.code()), slog.Int64("bytes", out.bytes),
		slog.Int64("ms", took.Milliseconds()), slog.String("request_id", rec.id), slog.String("ip", rec.ip.String()),
		slog.String("actor", rec.actor), slog.String("fault", rec.fault), slog.String("trace", rec.trace))
	if d.o.Observe != nil {
		d.o.Observe(rec.pattern, out.code(), took)
	}
}

// recovered turns a panic outside Handle into a 500.
func (d *Door) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				d.refuse(w, r, broken(p))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// broken is a panic as a fault. The panic that aborts an answer goes on.
func broken(p any) error {
	if p == http.ErrAbortHandler {
		panic(p)
	}
	return fault.Internal(fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
}

// writer counts and remembers the answer.
type writer struct {
	http.ResponseWriter
	status int
	bytes  int64
	closed bool // what follows is dropped: the answer was replaced
}

func (w *writer) WriteHeader(status int) {
	if w.closed || w.status != 0 {
		return
	}
	if status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *writer) Write(b []byte) (int, error) {
	if w.closed {
		return len(b), nil
	}
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

func (w *writer) code() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}

// Unwrap lets http.ResponseController reach the connection.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }
