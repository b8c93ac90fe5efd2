// Package dbtest gives tests a fresh, migrated store on SQLite and, when
// ONEWINDOW_TEST_POSTGRES holds the address of a server where databases may be
// made, on PostgreSQL too.
package dbtest

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // for making and dropping databases

	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/id"
)

// Start is where the test clock stands at first: a Monday morning in Beijing,
// an ordinary working day.
var Start = time.Date(2026, 9, 14, 9, 0, 0, 0, clock.Beijing)

// A Template is a store that is filled once for the test process; every test gets
// a copy of its own. It lies in memory, so that nothing stays behind.
type Template struct {
	schema fs.FS
	fill   func(*db.DB, *clock.Moving) error
	mu     sync.Mutex
	lite   []byte
	pg     string
}

// NewTemplate is the schema with the rows that fill writes at Start; fill may be
// nil.
func NewTemplate(schema fs.FS, fill func(*db.DB, *clock.Moving) error) *Template {
	return &Template{schema: schema, fill: fill}
}

// Each runs the test on every engine at hand.
func (p *Template) Each(t *testing.T, test func(*testing.T, *db.DB, *clock.Moving)) {
	t.Run("sqlite", func(t *testing.T) {
		d, clk := p.SQLite(t)
		test(t, d, clk)
	})
	if os.Getenv("ONEWINDOW_TEST_POSTGRES") == "" {
		return
	}
	t.Run("postgres", func(t *testing.T) {
		d, clk := open(t, p.postgresDSN(t))
		test(t, d, clk)
	})
}

// SQLite is a copy in the test's folder.
func (p *Template) SQLite(t testing.TB) (*db.DB, *clock.Moving) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, p.sqlite(t), 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, "sqlite:"+path)
}

func (p *Template) sqlite(t testing.TB) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.lite == nil {
		path := filepath.Join(t.TempDir(), "template.db")
		p.make(t, "sqlite:"+path)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		p.lite = data
	}
	return p.lite
}

func (p *Template) postgresDSN(t testing.TB) string {
	t.Helper()
	admin := os.Getenv("ONEWINDOW_TEST_POSTGRES")
	name := "t_" + id.New()
	run(t, admin, fmt.Sprintf("create database %s template %s", name, p.postgres(t, admin)))
	t.Cleanup(func() { run(t, admin, "drop database if exists "+name+" with (force)") })
	return withDatabase(admin, name)
}

func (p *Template) postgres(t testing.TB, admin string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.pg == "" {
		name := "tpl_" + id.New()
		run(t, admin, "create database "+name)
		p.make(t, withDatabase(admin, name))
		p.pg = name
	}
	return p.pg
}

// make migrates and fills an empty store.
func (p *Template) make(t testing.TB, dsn string) {
	t.Helper()
	clk := clock.NewMoving(Start)
	d, err := db.Open(context.Background(), dsn, clk)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	err = d.Migrate(context.Background(), p.schema)
	if err == nil && p.fill != nil {
		err = p.fill(d, clk)
	}
	if err == nil && d.Dialect() == db.SQLite {
		_, err = d.Pool().Exec("pragma wal_checkpoint(truncate)")
	}
	if err != nil {
		t.Fatal(err)
	}
}

// bare are the templates without rows, by schema.
var bare sync.Map

func bareOf(schema fs.FS) *Template {
	p, _ := bare.LoadOrStore(schema, NewTemplate(schema, nil))
	return p.(*Template)
}

// Each runs the test on a migrated store of every engine at hand.
func Each(t *testing.T, schema fs.FS, test func(*testing.T, *db.DB, *clock.Moving)) {
	bareOf(schema).Each(t, test)
}

// SQLite is a migrated store in the test's folder.
func SQLite(t testing.TB, schema fs.FS) (*db.DB, *clock.Moving) {
	t.Helper()
	return bareOf(schema).SQLite(t)
}

// Postgres is a migrated database on the test server; it fails the test when
// there is none.
func Postgres(t testing.TB, schema fs.FS) (*db.DB, *clock.Moving) {
	t.Helper()
	return open(t, PostgresDSN(t, schema))
}

// PostgresDSN makes a fresh migrated database and gives its address.
func PostgresDSN(t testing.TB, schema fs.FS) string {
	t.Helper()
	return bareOf(schema).postgresDSN(t)
}

func open(t testing.TB, dsn string) (*db.DB, *clock.Moving) {
	t.Helper()
	clk := clock.NewMoving(Start)
	d, err := db.Open(context.Background(), dsn, clk)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d, clk
}

func run(t testing.TB, dsn, text string) {
	t.Helper()
	c, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Exec(text); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

func withDatabase(dsn, name string) string {
	u, err := url.Parse(dsn)
	if err != nil {
		return dsn
	}
	u.Path = "/" + name
	return u.String()
}
