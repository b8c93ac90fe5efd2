package visit

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/ui"
)

// Visit is one request on its way through a handler.
type Visit struct {
	W     http.ResponseWriter
	R     *http.Request
	Actor staff.Actor // the zero Actor is a visitor who is not signed in
	// Expired says that a session was there and is void now.
	Expired bool

	door    *Door
	bare    bool // no session is known: the plainest page will do
	status  int  // instead of the fault's own, 0 for none
	values  url.Values
	pending []ui.Message // said by this request
	said    []ui.Message // said by the request before
	read    bool         // said was read
	once    map[string]any
}

// rules are what Handle holds a request to.
type rules struct {
	body     int64
	upload   bool
	stream   bool
	signedIn bool
	open     bool
	needs    []func(staff.Actor) error
}

// Rule changes what Handle holds a request to.
type Rule func(*rules)

// Needs refuses whoever lacks the permission, and each of those that would do as
// well.
func Needs(p staff.Permission, or ...staff.Permission) Rule {
	return func(r *rules) {
		r.needs = append(r.needs, func(a staff.Actor) error {
			if slices.ContainsFunc(or, a.Can) {
				return nil
			}
			return a.Must(p)
		})
	}
}

// SignedIn refuses whoever is not signed in.
func SignedIn() Rule { return func(r *rules) { r.signedIn = true } }

// Upload allows a body of that many bytes, which the handler reads with
// Visit.Files before it asks for a field.
func Upload(bytes int64) Rule { return func(r *rules) { r.upload, r.body = true, bytes } }

// Stream allows an answer without end, such as server-sent events.
func Stream() Rule { return func(r *rules) { r.stream = true } }

// Open lets an account in that must change its password first: for the pages
// that change it, sign in and sign out.
func Open() Rule { return func(r *rules) { r.open = true } }

// Handle makes a handler of fn. It reads the session and the form, holds the
// request to the rules, and turns an error into the page of its fault.
func Handle(fn func(*Visit) error, with ...Rule) http.Handler {
	rule := rules{body: formBytes}
	for _, w := range with {
		w(&rule)
	}
	inner := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &Visit{W: w, R: r, door: recordOf(r).door}
		defer func() {
			if p := recover(); p != nil {
				v.fail(broken(p))
			}
		}()
		if err := v.run(fn, rule); err != nil {
			v.fail(err)
		}
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d := recordOf(r).door
		rule.times(w)
		if !rule.stream {
			ctx, cancel := context.WithTimeout(r.Context(), rule.time())
			defer cancel()
			r = r.WithContext(ctx)
		}
		if d.o.Sessions == nil {
			inner.ServeHTTP(w, r)
			return
		}
		d.o.Sessions.LoadAndSave(inner).ServeHTTP(w, r)
	})
}

func (r rules) time() time.Duration {
	if r.upload {
		return transferTime
	}
	return answerTime
}

// times moves the deadlines of the connection where the server's own are too
// short. A connection without deadlines, as in tests, is left alone.
func (r rules) times(w http.ResponseWriter) {
	c := http.NewResponseController(w)
	switch {
	case r.stream:
		c.SetWriteDeadline(time.Time{})
	case r.upload:
		end := time.Now().Add(transferTime)
		c.SetReadDeadline(end)
		c.SetWriteDeadline(end.Add(answerTime))
	}
}

func (v *Visit) run(fn func(*Visit) error, rule rules) error {
	if err := v.knowActor(); err != nil {
		return err
	}
	if v.Actor.MustChange && !rule.open && v.door.o.Password != "" {
		return v.See(v.door.o.Password)
	}
	if err := v.admit(rule); err != nil {
		return err
	}
	v.R.Body = http.MaxBytesReader(v.W, v.R.Body, rule.body)
	if !rule.upload {
		if err := v.parse(); err != nil {
			return err
		}
	}
	return fn(v)
}

// knowActor reads who the session belongs to. A session that is void is
// dropped, and the request goes on as a visitor's.
func (v *Visit) knowActor() error {
	rec := recordOf(v.R)
	defer func() { v.Actor.RequestID, rec.actor = rec.id, v.Actor.AccountID }()
	s := v.door.o.Sessions
	if s == nil {
		return nil
	}
	account := s.GetString(v.R.Context(), staff.SessionAccount)
	if account == "" {
		return nil
	}
	a, err := v.door.o.Actor(v.R.Context(), account, s.GetInt64(v.R.Context(), staff.SessionEpoch))
	if err == nil {
		v.Actor = a
		return nil
	}
	if fault.Of(err).Kind != fault.KindSignedOut {
		return err
	}
	v.Expired = true
	return s.Destroy(v.R.Context())
}

// admit holds the actor to the rules, and refuses to act on a cookie alone:
// every browser says where a form comes from.
func (v *Visit) admit(rule rules) error {
	if v.Actor.SignedIn() && !v.safe() && v.R.Header.Get("Sec-Fetch-Site") == "" && v.R.Header.Get("Origin") == "" {
		return fault.Denied("request.cross_site")
	}
	if rule.signedIn && !v.Actor.SignedIn() {
		return fault.SignedOut()
	}
	for _, met := range rule.needs {
		if err := met(v.Actor); err != nil {
			return err
		}
	}
	return nil
}

func (v *Visit) safe() bool { return v.R.Method == http.MethodGet || v.R.Method == http.MethodHead }

// Context is the request's.
func (v *Visit) Context() context.Context { return v.R.Context() }

// Now is the door's clock.
func (v *Visit) Now() time.Time { return v.door.o.Clock.Now() }

// RequestID is shown with faults and stands in logs and the audit trail.
func (v *Visit) RequestID() string { return recordOf(v.R).id }

// IP is the visitor's address.
func (v *Visit) IP() string { return recordOf(v.R).ip.String() }

// HTMX reports whether htmx asks for a part of a page.
func (v *Visit) HTMX() bool {
	return v.R.Header.Get("HX-Request") == "true" && v.R.Header.Get("HX-Boosted") == "" &&
		v.R.Header.Get("HX-History-Restore-Request") == ""
}

// scripted reports whether a script of ours sent the request and follows
// HX-Redirect instead of a redirect.
func (v *Visit) scripted() bool {
	return v.R.Header.Get("HX-Request") == "true" || strings.HasPrefix(v.R.Header.Get("X-Requested-With"), "onewindow-")
}

// Autosave reports whether the script is saving a draft: answer with Done.
func (v *Visit) Autosave() bool { return v.R.Header.Get("X-Requested-With") == "onewindow-autosave" }

// Limit counts one use of what l limits, by the visitor's address and the key.
func (v *Visit) Limit(l *Limiter, key string) error {
	return l.Allow(network(recordOf(v.R).ip) + " " + key)
}
