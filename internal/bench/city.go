package bench

import (
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"onewindow/internal/app"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/config"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/id"
	"onewindow/internal/kit/sm"
)

// city is the demonstration city in a fresh store, with its keys and files.
type city struct {
	o        Options
	dir, dsn string
	keys     *sm.Keyring
	casework *casework.Service // for codes that are derived, never for acts
	impl     *catalog.Implementation
	party    string
	actors   map[string]staff.Actor
}

// cities makes stores and drops them again. Growth adds to one and the same.
type cities struct {
	o       Options
	dialect string
	dir     string
	seeded  *city // the one that the others are copies of
	made    []*city
}

func (c *cities) close() {
	for _, x := range c.made {
		c.drop(x)
	}
}

func (c *cities) drop(x *city) {
	if c.dialect == "postgres" {
		if err := onServer(c.o.Postgres, `drop database if exists `+databaseOf(x.dsn)+` with (force)`); err != nil {
			fmt.Fprintln(c.o.Log, "   a database stays behind:", err)
		}
	}
	os.RemoveAll(x.dir)
}

// city makes a city with so many cases in it. The caller drops it.
func (r *Run) city(cases int) (*city, error) {
	c := r.cities
	if c.seeded == nil {
		x, err := c.found(city{o: r.Options})
		if err != nil {
			return nil, err
		}
		if err := x.seed(r.Ctx); err != nil {
			return nil, fmt.Errorf("seed the city: %w", err)
		}
		c.seeded = x
	}
	x, err := c.found(*c.seeded)
	if err != nil {
		return nil, err
	}
	if err := x.durable(r.Ctx, r.report); err != nil {
		return nil, err
	}
	return x, x.preload(r, cases)
}

// found is a new city, a copy of what was seeded before.
func (c *cities) found(x city) (*city, error) {
	before := x
	dir, err := os.MkdirTemp(c.dir, "city-")
	if err != nil {
		return nil, err
	}
	x.dir, x.dsn = dir, "sqlite:"+filepath.Join(dir, "onewindow.db")
	if before.dir != "" {
		if err := copied(dir, before.dir); err != nil {
			return nil, err
		}
	}
	if c.dialect == "postgres" {
		name, of := "onewindow_bench_"+id.New(), ""
		if before.dsn != "" {
			of = " template " + databaseOf(before.dsn)
		}
		if err := onServer(c.o.Postgres, `create database `+name+of); err != nil {
			return nil, err
		}
		if x.dsn, err = withDatabase(c.o.Postgres, name); err != nil {
			return nil, err
		}
	}
	c.made = append(c.made, &x)
	return &x, nil
}

// copied is a folder of keys and files, for its owner alone.
func copied(to, from string) error {
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		return err
	}
	return filepath.WalkDir(to, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		return os.Chmod(path, 0o600)
	})
}

func databaseOf(dsn string) string {
	u, _ := url.Parse(dsn)
	return strings.TrimPrefix(u.Path, "/")
}

func withDatabase(dsn, name string) (string, error) {
	u, err := url.Parse(dsn)
	if err != nil {
		return "", fmt.Errorf("the address of the server is no URL")
	}
	u.Path = "/" + name
	return u.String(), nil
}

// settings are the flags of a server on the city. Limits that would stop a load
// from one address are lifted; everything behind them runs.
func (x *city) settings() []string {
	return []string{"--data", x.dir, "--database", x.dsn, "--addr", "127.0.0.1:0", "--admin-addr", "",
		"--rate-sign-in", "100000", "--rate-lookup", "100000000", "--rate-api", "100000000"}
}

// seed brings the city in and remembers what the drivers need.
func (x *city) seed(ctx context.Context) error {
	c, err := config.Parse(x.settings())
	if err != nil {
		return err
	}
	s, err := app.OpenServices(ctx, c, false, clock.System{})
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.SeedDemo(ctx, time.Now()); err != nil {
		return err
	}
	return x.remember(ctx, s)
}

// remember keeps what the drivers need of the city.
func (x *city) remember(ctx context.Context, s *app.Services) error {
	x.keys, x.casework, x.actors = s.Keys, s.Casework, map[string]staff.Actor{}
	for _, login := range people {
		if err := x.know(ctx, s, login); err != nil {
			return err
		}
	}
	applicant := x.actors["lina"]
	x.party = applicant.PartyIDs[len(applicant.PartyIDs)-1]
	return x.choose(ctx, s)
}

// people are the demonstration accounts that the drivers act as.
var people = []string{"lina", "clerk", "handler", "reviewer", "decider", "issuer", "deliverer"}

func (x *city) know(ctx context.Context, s *app.Services, login string) error {
	var account string
	err := s.DB.Read(ctx, func(tx *db.Tx) (err error) {
		account, err = staff.IDOfLogin(tx, login)
		return err
	})
	if err == nil {
		x.actors[login], err = s.Staff.ActorOf(ctx, account)
	}
	return err
}

// wholeLife is the way from acceptance to delivery.
var wholeLife = []flow.Act{flow.Accept, flow.Examine, flow.Review, flow.Decide, flow.Issue, flow.Deliver}

// choose takes the matter with the whole way and a signed licence that asks for
// the fewest materials: files are another workload.
func (x *city) choose(ctx context.Context, s *app.Services) error {
	snap, err := s.Catalog.Snapshot(ctx)
	if err != nil {
		return err
	}
	for _, e := range snap.Entries() {
		var acts []flow.Act
		for _, step := range e.Impl.Flow.Steps() {
			acts = append(acts, step.Act)
		}
		if e.Impl.Status != catalog.Published || e.Impl.Body.ID != x.actors["handler"].OrgID || !slices.Equal(acts, wholeLife) {
			continue
		}
		if x.impl == nil || len(asked(e.Impl)) < len(asked(x.impl)) {
			x.impl = e.Impl
		}
	}
	if x.impl == nil {
		return fmt.Errorf("no matter goes from acceptance to a licence")
	}
	return nil
}

// asked are the materials that must be brought.
func asked(impl *catalog.Implementation) (out []catalog.Material) {
	for _, m := range impl.Materials {
		if m.AskedOf(impl.Example) && !m.Shared && !casework.Takes(m, "form") {
			out = append(out, m)
		}
	}
	return out
}

// serve starts the platform on the city.
func (x *city) serve(more ...string) (*server, error) {
	return launch(filepath.Join(x.dir, "log"), x.o.Serve, append(x.settings(), more...)...)
}

// store opens the city's store for looking at it.
func (x *city) store(ctx context.Context, fn func(*db.DB) error) error {
	d, err := db.Open(ctx, x.dsn, clock.System{})
	if err != nil {
		return err
	}
	defer d.Close()
	return fn(d)
}

// count reads one number.
func count(ctx context.Context, d *db.DB, text string, args ...any) (n int, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error { return tx.Row(text, args...).Scan(&n) })
	return n, err
}
