package bench

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"onewindow/internal/app"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/config"
	"onewindow/internal/kit/logs"
)

// The test's own binary is the program that the workloads start.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case "serve", "demo":
			if err := serve(os.Args[1] == "demo", os.Args[2:]); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			return
		case "pages":
			if err := ServePages(os.Stdout); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			return
		}
	}
	os.Exit(m.Run())
}

// serve does what the command does.
func serve(demo bool, flags []string) error {
	c, err := config.Parse(flags)
	if err != nil {
		return err
	}
	log, err := logs.New(os.Stderr, c.Log.Level, c.Log.Format)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p, err := app.Open(ctx, c, demo, clock.System{}, log)
	if err == nil && demo {
		err = p.SeedDemo(ctx, time.Now())
	}
	if err != nil {
		return err
	}
	return p.Serve(ctx, func(addr string) { fmt.Printf("http://%s\n", addr) })
}

// Every workload runs with the smallest counts on both engines; that rows agree
// each checks itself. The quick loop, which has no PostgreSQL, tries an act, a
// page and a crash alone.
func TestWorkloads(t *testing.T) {
	me, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Postgres: os.Getenv("ONEWINDOW_TEST_POSTGRES"), Dir: t.TempDir(), Quick: true, Log: testLog{t},
		Serve: []string{me, "serve"}, Demo: []string{me, "demo"}, Page: []string{me, "pages"}, Names: Names()}
	if o.Postgres == "" {
		o.Names = []string{"g4", "w1", "w5"}
	}
	report, err := Measure(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range o.Names {
		if len(figures[name]) == 0 {
			t.Errorf("%s: which figures are expected?", name)
		}
		for _, figure := range figures[name] {
			for _, store := range o.stores() {
				if !has(report, name, store, figure) {
					t.Errorf("%s: no figure %q of %s", name, figure, store)
				}
			}
		}
	}
}

// figures are some of what each workload reports.
var figures = map[string][]string{
	"w1": {"cases", "transitions", "step p50", "step p99"}, "w5": {"pages", "page p99"}, "w6": {"look-ups", "look-up p99"},
	"w9": {"licences issued", "verify pages"}, "g1": {"work list p50", "look-up p50"}, "g2": {"idle", "peak"},
	"g3": {"listening", "first work list"}, "g4": {"back in service"}, "clocks": {"due days", "re-projection"},
}

func has(p *Report, workload, store, figure string) bool {
	for _, r := range p.Results {
		for _, f := range r.Figures {
			if r.Workload == workload && r.Store == store && f.Name == figure && f.Median > 0 {
				return true
			}
		}
	}
	return false
}

type testLog struct{ t *testing.T }

func (l testLog) Write(b []byte) (int, error) { l.t.Logf("%s", b); return len(b), nil }
