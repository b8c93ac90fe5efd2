package metric_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"onewindow/internal/kit/metric"
)

func scrape(g *metric.Registry) string {
	w := httptest.NewRecorder()
	g.ServeHTTP(w, nil)
	return w.Body.String()
}

func TestRegistry(t *testing.T) {
	g := metric.New()
	for range 2 {
		g.Act("case.accept", "ok")
	}
	g.Act("case.accept", "conflict")
	g.Job("notice", time.Second, nil, false)
	g.Job("notice", time.Second, errors.New("x"), false)
	g.Job("notice", time.Second, errors.New("x"), true)
	g.Count("onewindow_sign_ins_total")
	g.Gauge("onewindow_outbox_events", func() float64 { return 7 })
	text := scrape(g)
	for _, line := range []string{
		`onewindow_acts_total{act="case.accept",outcome="ok"} 2`,
		`onewindow_acts_total{act="case.accept",outcome="conflict"} 1`,
		`onewindow_job_seconds_count{job="notice",outcome="ok"} 1`,
		`onewindow_job_seconds_count{job="notice",outcome="failed"} 1`,
		`onewindow_job_seconds_sum{job="notice",outcome="given_up"} 1`,
		`onewindow_job_seconds_bucket{job="notice",outcome="ok",le="0.5"} 0`,
		`onewindow_sign_ins_total 1`,
		`onewindow_outbox_events 7`,
		`go_goroutines`,
	} {
		if !strings.Contains(text, line) {
			t.Errorf("%s is missing in\n%s", line, text)
		}
	}
}

// Requests are told apart by pattern, never by address: addresses are without
// number and may hold personal data.
func TestTimed(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /cases/{id}", func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("id") == "none" {
			http.Error(w, "", http.StatusNotFound)
			return
		}
		w.Write([]byte("ok"))
		w.WriteHeader(http.StatusTeapot) // too late
	})
	mux.HandleFunc("GET /flush", func(w http.ResponseWriter, _ *http.Request) {
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
	})
	g := metric.New()
	timed := g.Timed(mux)
	for _, path := range []string{"/cases/1", "/cases/2", "/cases/none", "/nowhere/138", "/flush"} {
		timed.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
	}
	text := scrape(g)
	for _, line := range []string{
		`onewindow_http_seconds_count{pattern="GET /cases/{id}",status="2xx"} 2`,
		`onewindow_http_seconds_count{pattern="GET /cases/{id}",status="4xx"} 1`,
		`onewindow_http_seconds_count{pattern="none",status="4xx"} 1`,
		`onewindow_http_seconds_count{pattern="GET /flush",status="2xx"} 1`,
	} {
		if !strings.Contains(text, line) {
			t.Errorf("%s is missing in\n%s", line, text)
		}
	}
}

func TestGuarded(t *testing.T) {
	for _, x := range []struct {
		token, from, bearer, forwarded string
		want                           int
	}{
		{"", "127.0.0.1:5", "", "", 200},
		{"", "[::1]:5", "", "", 200},
		{"", "10.0.0.1:5", "", "", 404},
		{"", "127.0.0.1:5", "", "1.2.3.4", 404}, // a proxy on this machine
		{"t", "127.0.0.1:5", "", "", 404},
		{"t", "10.0.0.1:5", "Bearer t", "", 200},
		{"t", "10.0.0.1:5", "Bearer tt", "", 404},
		{"t", "10.0.0.1:5", "t", "", 404},
	} {
		r := httptest.NewRequest("GET", "/metrics", nil)
		r.RemoteAddr = x.from
		if x.bearer != "" {
			r.Header.Set("Authorization", x.bearer)
		}
		if x.forwarded != "" {
			r.Header.Set("X-Forwarded-For", x.forwarded)
		}
		w := httptest.NewRecorder()
		metric.Guarded(x.token, metric.New()).ServeHTTP(w, r)
		if w.Code != x.want {
			t.Errorf("%+v: %d", x, w.Code)
		}
	}
}
