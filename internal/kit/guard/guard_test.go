package guard

import (
	"errors"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/fault"
)

var start = time.Date(2026, 9, 14, 9, 0, 0, 0, clock.Beijing)

func TestLimiter(t *testing.T) {
	clk := clock.NewMoving(start)
	l := New(clk, 30)
	for i := range 30 {
		if err := l.Allow("a"); err != nil {
			t.Fatalf("request %d: %v", i, err)
		}
	}
	for range 3 { // being refused costs nothing
		err := l.Allow("a")
		var f *fault.Fault
		if !errors.As(err, &f) || f.Kind != fault.KindTooMany || f.Args["seconds"] != "2" {
			t.Fatalf("got %v", err)
		}
	}
	if err := l.Allow("b"); err != nil {
		t.Errorf("another key: %v", err)
	}
	clk.Advance(2 * time.Second)
	if err := l.Allow("a"); err != nil {
		t.Errorf("after the wait: %v", err)
	}
	if l.Allow("a") == nil {
		t.Error("two for one")
	}
	l.Reset("a")
	l.Reset("nobody")
	if err := l.Allow("a"); err != nil {
		t.Errorf("after reset: %v", err)
	}
}

// In no minute are more than twice the allowed requests let through (a full
// burst and what grows back), and memory stays bounded.
func TestLimiterBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clk := clock.NewMoving(start)
		n := rapid.IntRange(1, 20).Draw(t, "per minute")
		l := New(clk, n)
		l.most = 3
		allowed := 0
		for range 200 {
			clk.Advance(time.Duration(rapid.IntRange(0, 300).Draw(t, "ms")) * time.Millisecond)
			if l.Allow("a") == nil {
				allowed++
			}
			l.Allow(rapid.StringMatching("[a-c]").Draw(t, "other")) // never evicts a
			if len(l.byKey) > 3 || l.seen.Len() != len(l.byKey) {
				t.Fatal("grows")
			}
		}
		if allowed > 2*n {
			t.Fatalf("%d of %d a minute", allowed, n)
		}
	})
}

func TestLimiterForgets(t *testing.T) {
	l := New(clock.NewFixed(start), 1)
	l.most = 2
	for _, key := range []string{"a", "b", "a", "c"} { // b was not seen for longest
		l.Allow(key)
	}
	if l.Allow("a") == nil || l.Allow("c") == nil || l.Allow("b") != nil {
		t.Error("forgot the wrong key")
	}
}

func TestLimiterConcurrent(t *testing.T) {
	l := New(clock.NewFixed(start), 50)
	var group sync.WaitGroup
	var mu sync.Mutex
	allowed := 0
	for i := range 200 {
		group.Go(func() {
			l.Allow(strconv.Itoa(i))
			if l.Allow("a") == nil {
				mu.Lock()
				allowed++
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if allowed != 50 {
		t.Errorf("%d allowed", allowed)
	}
}

func TestClient(t *testing.T) {
	proxies := Proxies{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for _, x := range []struct {
		remote    string
		forwarded []string
		want      string
	}{
		{"1.2.3.4:5", nil, "1.2.3.4"},
		{"1.2.3.4:5", []string{"9.9.9.9"}, "1.2.3.4"}, // a stranger's claim
		{"10.0.0.1:5", nil, "10.0.0.1"},
		{"10.0.0.1:5", []string{"9.9.9.9"}, "9.9.9.9"},
		{"10.0.0.1:5", []string{"6.6.6.6, 9.9.9.9"}, "9.9.9.9"}, // forged in front
		{"10.0.0.1:5", []string{"6.6.6.6", "9.9.9.9, 10.1.1.1"}, "9.9.9.9"},
		{"10.0.0.1:5", []string{"10.2.2.2, 10.1.1.1"}, "10.2.2.2"},
		{"10.0.0.1:5", []string{"9.9.9.9, nonsense, 10.1.1.1"}, "10.1.1.1"},
		{"10.0.0.1:5", []string{"::ffff:9.9.9.9"}, "9.9.9.9"},
		{"[fd00::1]:5", []string{"2001:db8::7"}, "2001:db8::7"},
		{"[::ffff:1.2.3.4]:5", nil, "1.2.3.4"},
		{"pipe", []string{"9.9.9.9"}, "invalid IP"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = x.remote
		for _, f := range x.forwarded {
			r.Header.Add("X-Forwarded-For", f)
		}
		if got := proxies.Client(r).String(); got != x.want {
			t.Errorf("%s %v: %s, want %s", x.remote, x.forwarded, got, x.want)
		}
	}
}

func TestKey(t *testing.T) {
	for in, want := range map[string]string{"1.2.3.4": "1.2.3.4", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::", "fe80::1%eth0": "fe80::"} {
		if got := Key(netip.MustParseAddr(in)); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
