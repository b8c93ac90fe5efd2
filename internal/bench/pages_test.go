package bench

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"onewindow/internal/app"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/config"
	"onewindow/internal/kit/logs"
)

// BenchmarkPages is what each measured page costs behind the listener: the
// whole chain of handlers and the store, without sockets and drivers. It is
// steady where a rate is not, and counts what is allocated.
func BenchmarkPages(b *testing.B) {
	ctx := b.Context()
	x, s, pages := benchCity(b)
	l, err := x.lookUps(ctx)
	if err != nil {
		b.Fatal(err)
	}
	cookie, err := signIn(s, "handler")
	if err != nil {
		b.Fatal(err)
	}
	licences := issued(b, x, s)
	asked := map[string]func(i int) *http.Request{
		"empty": func(int) *http.Request { return httptest.NewRequest("GET", "/display?elder=1&to=/", nil) },
		"list": func(int) *http.Request {
			r := httptest.NewRequest("GET", "/desk/work/handler", nil)
			r.Header.Set("Cookie", cookie)
			return r
		},
		"lookup": func(i int) *http.Request {
			r := httptest.NewRequest("POST", "/progress", strings.NewReader(l.hot[i%len(l.hot)].right))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			return r
		},
		"verify": func(i int) *http.Request { return httptest.NewRequest("GET", licences[i%len(licences)], nil) },
	}
	for _, name := range []string{"empty", "list", "lookup", "verify"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			before := used()
			for i := 0; b.Loop(); i++ {
				w := nowhere{header: http.Header{}}
				if pages.ServeHTTP(&w, asked[name](i)); w.status != http.StatusOK && name != "empty" {
					b.Fatalf("%s: answered %d", name, w.status)
				}
			}
			b.ReportMetric(float64((used()-before).Microseconds())/float64(b.N), "cpu-µs/op")
		})
	}
}

// used is the processor time of this process.
func used() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// nowhere takes an answer and drops it.
type nowhere struct {
	header http.Header
	status int
}

func (w *nowhere) Header() http.Header         { return w.header }
func (w *nowhere) WriteHeader(status int)      { w.status = status }
func (w *nowhere) Write(b []byte) (int, error) { return len(b), nil }

// benchCity is a filled city, served in this process, and its pages. It stands
// on SQLite, or on PostgreSQL when ONEWINDOW_TEST_POSTGRES
// names a server.
func benchCity(b *testing.B) (*city, *server, http.Handler) {
	o := Options{Dir: b.TempDir(), Postgres: os.Getenv("ONEWINDOW_TEST_POSTGRES"), Log: io.Discard, Quick: true}
	dialect := "sqlite"
	if o.Postgres != "" {
		dialect = "postgres"
	}
	cities := &cities{o: o, dialect: dialect, dir: o.Dir}
	b.Cleanup(cities.close)
	r := &Run{Options: o, Ctx: b.Context(), Dialect: dialect, report: &Report{}, dir: o.Dir, cities: cities}
	x, err := r.city(10_000)
	if err != nil {
		b.Fatal(err)
	}
	c, err := config.Parse(x.settings())
	if err != nil {
		b.Fatal(err)
	}
	log, err := logs.New(io.Discard, "info", "json")
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	p, err := app.Open(ctx, c, false, clock.System{}, log)
	if err != nil {
		b.Fatal(err)
	}
	addr, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- p.Serve(ctx, func(a string) { addr <- a }) }()
	b.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			b.Error(err)
		}
	})
	return x, &server{addr: <-addr}, p.Handler()
}

// issued are the pages that verify a few new licences.
func issued(b *testing.B, x *city, s *server) []string {
	l, err := x.life(s)
	if err != nil {
		b.Fatal(err)
	}
	conns := s.clients(1)
	defer conns.close()
	for range 5 {
		if err := l.whole(conns[0], 0, &counter{}); err != nil {
			b.Fatal(err)
		}
	}
	paths, err := x.licencePaths(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	time.Sleep(2 * time.Second)
	return paths
}
