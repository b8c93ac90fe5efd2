// Package visit is one HTTP request: who asks (session and actor), what was
// sent (forms and files, within limits), what is answered (page, redirect,
// download), and the page that a fault becomes. Every handler is a
//
//	func(v *visit.Visit) error
//
// made into an http.Handler by Handle, behind a Door that every request passes:
// request id, access log, recovery, security headers, cross-site refusal, rate
// limit.
package visit

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/alexedwards/scs/v2"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/ui"
)

// How long a session lives: Idle without a request, Lifetime in any case.
const (
	Idle     = 30 * time.Minute
	Lifetime = 12 * time.Hour
)

// Limits of what one request may send and take.
const (
	formBytes     = 1 << 20
	answerTime    = 30 * time.Second
	transferTime  = 10 * time.Minute
	mostHeader    = 32 << 10
	defaultUpload = 64 << 20
)

// Options are what the door stands on.
type Options struct {
	// Sessions keeps sessions; New sets its cookie. Nil refuses nobody and knows
	// nobody: for pages without accounts, such as the gallery.
	Sessions *scs.SessionManager
	// Actor is who stands behind a session (staff.Service.SessionActor).
	Actor func(ctx context.Context, accountID string, epoch int64) (staff.Actor, error)
	// Key signs flash messages, 32 bytes; several processes must share it. Nil
	// draws one.
	Key []byte
	// TLS says that visitors come over HTTPS: cookies are Secure and __Host-.
	TLS   bool
	Clock clock.Clock  // nil is the system's
	Log   *slog.Logger // nil is slog.Default()
	// Proxies may say in X-Forwarded-For whom they speak for.
	Proxies []netip.Prefix
	// Origins are further origins whose pages may send forms, such as
	// "https://hall.example.gov.cn".
	Origins []string
	Rate    *Limiter // by address; nil for none
	// MaxUpload bounds any request body in bytes; 0 is 64 MB.
	MaxUpload int64

	Site ui.Site
	Nav  func(v *Visit) []ui.Link // header navigation of public pages
	// Side is the side navigation; a visitor who has one sees faults in the
	// layout of work pages.
	Side  func(v *Visit) []ui.Group
	Links func(v *Visit) []ui.Link // in the menu under the user's name
	// SignOut and Password are the paths that sign out and that change the
	// password; an account that must change its password is sent to Password.
	SignOut, Password string
	// Observe is told of every answer, for metrics.
	Observe func(pattern string, status int, took time.Duration)
}

// Door is what every request passes.
type Door struct {
	o     Options
	cross *http.CrossOriginProtection
}

// New makes the door. It panics on an origin that is none: that is a mistake
// in the configuration, found at the start.
func New(o Options) *Door {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Key == nil {
		o.Key = make([]byte, 32)
		rand.Read(o.Key)
	}
	if o.MaxUpload == 0 {
		o.MaxUpload = defaultUpload
	}
	d := &Door{o: o, cross: http.NewCrossOriginProtection()}
	for _, origin := range o.Origins {
		if err := d.cross.AddTrustedOrigin(origin); err != nil {
			panic("visit: " + err.Error())
		}
	}
	if o.Sessions != nil {
		d.prepare(o.Sessions)
	}
	return d
}

// prepare gives sessions their cookie. The cookie ends with the browser, because
// people use shared machines.
func (d *Door) prepare(m *scs.SessionManager) {
	if m.IdleTimeout == 0 {
		m.IdleTimeout, m.Lifetime = Idle, Lifetime
	}
	m.Cookie.Name = d.cookieName("ow")
	m.Cookie.Path = "/"
	m.Cookie.HttpOnly = true
	m.Cookie.Secure = d.o.TLS
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Persist = false
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		d.refuse(w, r, fault.Unavailable(err))
		recordOf(r).out.closed = true // the page that was to follow
	}
}

func (d *Door) cookieName(name string) string {
	if d.o.TLS {
		return "__Host-" + name
	}
	return name
}

// Wrap puts the door before all routes. A path that no route takes becomes the
// same fault page as everything else.
func (d *Door) Wrap(mux *http.ServeMux) http.Handler {
	routes := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, pattern := mux.Handler(r)
		if pattern == "" {
			unrouted(w, r, h)
			return
		}
		recordOf(r).pattern = pattern
		mux.ServeHTTP(w, r)
	})
	d.cross.SetDenyHandler(Handle(func(*Visit) error { return fault.Denied("request.cross_site") }))
	inner := d.limited(d.cross.Handler(d.recovered(routes)))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := d.record(w, r)
		ctx := context.WithValue(r.Context(), recordKey{}, rec)
		w.Header().Set("X-Request-ID", rec.id)
		d.secure(w.Header())
		r = r.WithContext(ctx)
		r.Body = http.MaxBytesReader(&rec.out, r.Body, d.o.MaxUpload)
		defer d.log(r, rec)
		inner.ServeHTTP(&rec.out, r)
	})
}

// refuse answers with the page of a fault before a session is known.
func (d *Door) refuse(w http.ResponseWriter, r *http.Request, err error) {
	(&Visit{W: w, R: r, door: d, bare: true}).fail(err)
}

// unrouted answers for paths and methods that no route takes.
func unrouted(w http.ResponseWriter, r *http.Request, h http.Handler) {
	probe := &probe{header: http.Header{}}
	h.ServeHTTP(probe, r)
	f := fault.Missing("page.missing")
	if probe.status == http.StatusMethodNotAllowed {
		f = fault.Missing("request.method")
		w.Header().Set("Allow", probe.header.Get("Allow"))
	}
	Handle(func(v *Visit) error {
		v.status = probe.status
		return f
	}).ServeHTTP(w, r)
}

// probe takes an answer and keeps its status.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) WriteHeader(status int)      { p.status = status }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }

// Server is an HTTP server with the time limits that Handle counts on.
func Server(addr string, h http.Handler) *http.Server {
	return &http.Server{
		Addr: addr, Handler: h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       answerTime,
		WriteTimeout:      2 * answerTime,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    mostHeader,
	}
}
