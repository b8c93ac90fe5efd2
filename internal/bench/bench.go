// Package bench is `onewindow bench`: what the platform does in a second, each
// figure beside the limit of the same machine in the same run. A workload is
// one file that registers itself by name; it drives the real program, in a
// process of its own, over HTTP with real sessions, against a store that
// survives a crash.
package bench

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"
)

// Options say what is measured and how.
type Options struct {
	Names    []string      // workloads; none: all of them
	Postgres string        // address of a server where databases may be made; empty: SQLite alone
	Only     string        // "sqlite" or "postgres": that store alone
	Dir      string        // where the stores of the run are made; empty: the system's folder
	Drivers  []int         // clients at a time
	Preload  int           // cases that are there before
	Sizes    []int         // cases for growth
	Rounds   int           // of each thing measured, one after the other in turn
	Length   time.Duration // of one round
	Quick    bool          // everything small: shows that it works, proves nothing
	Profile  string        // folder for processor profiles of the server; empty: none

	// Serve, Demo and Page are the commands, without flags, that run the
	// platform, the demonstration, and the pages that are the limit.
	Serve, Demo, Page []string
	// Log is told what is going on.
	Log io.Writer
}

// Workload is one thing that is measured.
type Workload struct {
	Name  string
	About string // what is done, and what it is compared with
	Run   func(*Run) error
}

var workloads = map[string]Workload{}

// register makes a workload known; each does so in its own file.
func register(w Workload) struct{} {
	workloads[w.Name] = w
	return struct{}{}
}

// Names are the known workloads in their order.
func Names() []string { return slices.Sorted(maps.Keys(workloads)) }

// About says what a workload measures.
func About(name string) string { return workloads[name].About }

// Run is one run of one workload on one store.
type Run struct {
	Options
	Ctx     context.Context
	Dialect string // "sqlite" or "postgres"
	name    string
	report  *Report
	dir     string
	cities  *cities
}

// Measure runs the workloads and gives what was found. A workload that fails
// is in the report with its reason and makes the run fail at the end.
func Measure(ctx context.Context, o Options) (*Report, error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(o.Dir, "onewindow-bench-")
	if err != nil {
		return nil, fmt.Errorf("folder of the run: %w", err)
	}
	defer os.RemoveAll(dir)
	report := &Report{Machine: machine(dir), Quick: o.Quick}
	if err := report.Machine.durable(o.Quick); err != nil {
		return nil, err
	}
	for _, dialect := range o.stores() {
		if err := measureOn(ctx, o, dialect, dir, report); err != nil {
			return report, err
		}
	}
	return report, report.failed()
}

func measureOn(ctx context.Context, o Options, dialect, dir string, report *Report) error {
	c := &cities{o: o, dialect: dialect, dir: dir}
	defer c.close()
	for _, name := range o.Names {
		fmt.Fprintf(o.Log, "── %s · %s\n", name, dialect)
		r := &Run{Options: o, Ctx: ctx, Dialect: dialect, name: name, report: report, dir: dir, cities: c}
		begun := time.Now()
		if err := workloads[name].Run(r); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			report.add(Result{Workload: name, Store: dialect, Error: err.Error()})
			fmt.Fprintln(o.Log, "   failed:", err)
		}
		fmt.Fprintf(o.Log, "   %.1f s\n", time.Since(begun).Seconds())
	}
	return nil
}

func (o *Options) fill() error {
	if o.Log == nil {
		o.Log = io.Discard
	}
	if len(o.Names) == 0 {
		o.Names = Names()
	}
	for _, name := range o.Names {
		if _, known := workloads[name]; !known {
			return fmt.Errorf("no workload is called %q; there are %v", name, Names())
		}
	}
	if o.Quick {
		o.Drivers, o.Preload, o.Sizes, o.Rounds, o.Length = []int{4}, 500, []int{500, 1000, 2000}, 3, 150*time.Millisecond
	}
	o.Rounds = max(o.Rounds, 3)
	if o.Only == "postgres" && o.Postgres == "" {
		return fmt.Errorf("no address of a PostgreSQL server was given")
	}
	return nil
}

func (o Options) stores() []string {
	switch {
	case o.Only != "":
		return []string{o.Only}
	case o.Postgres != "":
		return []string{"sqlite", "postgres"}
	}
	return []string{"sqlite"}
}

// say tells what is going on.
func (r *Run) say(format string, args ...any) { fmt.Fprintf(r.Log, "   "+format+"\n", args...) }

// tell adds a result to the report.
func (r *Run) tell(setting string, figures ...Figure) {
	r.report.add(Result{Workload: r.name, Store: r.Dialect, Setting: setting, Figures: figures})
}
