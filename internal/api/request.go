package api

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"runtime/debug"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/guard"
	"onewindow/internal/kit/id"
	"onewindow/internal/kit/logs"
)

// request is one request on its way.
type request struct {
	api *API
	id  string
	who staff.Actor // the zero Actor came without a token
	r   *http.Request
	w   *answer
}

type requestKey struct{}

// from is the request that a context belongs to. It panics on a context that
// did not pass Handler.
func from(ctx context.Context) *request { return ctx.Value(requestKey{}).(*request) }

// by is who asks.
func by(ctx context.Context) staff.Actor { return from(ctx).who }

var requestID = regexp.MustCompile(`^[0-9A-Za-z-]{8,64}$`)

// newRequest gives the request the id that a door before us gave it, or the
// caller's own, or a fresh one.
func (a *API) newRequest(w *answer, r *http.Request) *request {
	req := &request{api: a, w: w, id: w.Header().Get("X-Request-ID")}
	if req.id == "" {
		req.id = r.Header.Get("X-Request-ID")
	}
	if !requestID.MatchString(req.id) {
		req.id = id.New()
	}
	w.Header().Set("X-Request-ID", req.id)
	ctx := logs.WithRequest(context.WithValue(r.Context(), requestKey{}, req), req.id)
	req.r = r.WithContext(ctx)
	return req
}

// address is by what a caller without a token is counted.
func (req *request) address() string { return guard.Key(req.api.Proxies.Client(req.r)) }

// answer remembers whether it has begun.
type answer struct {
	http.ResponseWriter
	begun bool
}

func (w *answer) WriteHeader(status int) {
	w.begun = w.begun || status >= 200
	w.ResponseWriter.WriteHeader(status)
}

func (w *answer) Write(b []byte) (int, error) {
	w.begun = true
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *answer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// broken answers after a panic. One that aborts an answer goes on, and so does
// one in the middle of an answer: the caller must see that it is not whole.
func (a *API) broken(req *request, p any) {
	if p == http.ErrAbortHandler {
		panic(p)
	}
	err := fault.Internal(fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
	if req.w.begun {
		a.note(req, err)
		panic(http.ErrAbortHandler)
	}
	a.refuse(req, err)
}
