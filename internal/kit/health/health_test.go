package health_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/health"
)

func get(t *testing.T, h http.Handler) (int, health.Report, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/readyz", nil))
	var r health.Report
	if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	return w.Code, r, w.Body.String()
}

func TestReady(t *testing.T) {
	clk := clock.NewMoving(time.Date(2026, 9, 14, 9, 0, 0, 0, clock.Beijing))
	c := health.New(clk)
	var store, gateway error
	asked := 0
	c.Vital("store", func(context.Context) error { asked++; return store })
	c.Minor("sms", func(context.Context) error {
		if gateway != nil {
			panic(gateway)
		}
		return nil
	})
	expect := func(status, asks int) health.Report {
		t.Helper()
		code, r, _ := get(t, c.Ready(true))
		if code != status || asked != asks || r.Ready != (status == 200) || !r.At.Equal(clk.Now()) && asked == asks && status == 200 {
			t.Fatalf("%d after %d asks: %+v", code, asked, r)
		}
		return r
	}
	expect(200, 1)
	expect(200, 1) // within a second
	clk.Advance(time.Second)
	gateway = errors.New("gateway away")
	if r := expect(200, 2); r.Checks[1].OK || !strings.Contains(r.Checks[1].Error, "gateway away") || !r.Checks[0].Vital {
		t.Errorf("%+v", r)
	}
	clk.Advance(time.Second)
	store = errors.New("disk full at /srv")
	if r := expect(503, 3); r.Checks[0].Error != "disk full at /srv" {
		t.Errorf("%+v", r)
	}
	if _, _, body := get(t, c.Ready(false)); strings.Contains(body, "disk") || strings.Contains(body, "gateway") {
		t.Errorf("the public learns %s", body)
	}
}

// While the program stops it lives but is not ready.
func TestStopping(t *testing.T) {
	c := health.New(clock.System{})
	if code, _, _ := get(t, c.Ready(false)); code != 200 {
		t.Errorf("status %d", code)
	}
	c.Stopping()
	if code, r, _ := get(t, c.Ready(false)); code != 503 || !r.Stopping {
		t.Errorf("status %d, %+v", code, r)
	}
	w := httptest.NewRecorder()
	health.Live(w, nil)
	if w.Code != 200 {
		t.Errorf("live: %d", w.Code)
	}
}

// A check that hangs is given up after two seconds.
func TestSlowCheck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := health.New(clock.System{})
		release := make(chan bool)
		c.Vital("store", func(context.Context) error { <-release; return nil })
		code, r, _ := get(t, c.Ready(true))
		if code != 503 || r.Checks[0].Error != "no answer in 2s" || r.Checks[0].Took != 2000 {
			t.Errorf("%d: %+v", code, r)
		}
		close(release)
	})
}
