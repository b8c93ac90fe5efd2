package metric

import (
	"net/http"
	"time"
)

// Timed measures every request that passes through the mux below it. It must
// stand directly around the mux, which writes the matched pattern into the
// very request it is given.
func (g *Registry) Timed(mux http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun, sw := time.Now(), &statusWriter{ResponseWriter: w, status: http.StatusOK}
		defer func() { g.Request(r.Pattern, sw.status, time.Since(begun)) }()
		mux.ServeHTTP(sw, r)
	})
}

// statusWriter remembers the status.
type statusWriter struct {
	http.ResponseWriter
	status int
	wrote  bool
}

// WriteHeader remembers the first final status.
func (w *statusWriter) WriteHeader(status int) {
	if !w.wrote && status >= 200 {
		w.status, w.wrote = status, true
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write stands for an implied 200.
func (w *statusWriter) Write(b []byte) (int, error) {
	w.wrote = true
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
