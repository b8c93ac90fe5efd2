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

// Each runs the test on every engine at hand.
func Each(t *testing.T, schema fs.FS, test func(*testing.T, *db.DB, *clock.Moving)) {
	t.Run("sqlite", func(t *testing.T) {
		d, clk := SQLite(t, schema)
		test(t, d, clk)
	})
	if os.Getenv("ONEWINDOW_TEST_POSTGRES") == "" {
		return
	}
	t.Run("postgres", func(t *testing.T) {
		d, clk := Postgres(t, schema)
		test(t, d, clk)
	})
}

// SQLite is a fresh store in the test's folder.
func SQLite(t testing.TB, schema fs.FS) (*db.DB, *clock.Moving) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.db")
	copyFile(t, sqliteTemplate(t, schema), path)
	return open(t, "sqlite:"+path)
}

// Postgres is a fresh database on the test server; it fails the test when
// there is none.
func Postgres(t testing.TB, schema fs.FS) (*db.DB, *clock.Moving) {
	t.Helper()
	dsn := PostgresDSN(t, schema)
	return open(t, dsn)
}

// PostgresDSN makes a fresh migrated database and gives its address.
func PostgresDSN(t testing.TB, schema fs.FS) string {
	t.Helper()
	admin := os.Getenv("ONEWINDOW_TEST_POSTGRES")
	name := "t_" + id.New()
	run(t, admin, fmt.Sprintf("create database %s template %s", name, postgresTemplate(t, admin, schema)))
	t.Cleanup(func() { run(t, admin, "drop database if exists "+name+" with (force)") })
	return withDatabase(admin, name)
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

var (
	templates sync.Mutex
	lite      string
	pg        string
)

// sqliteTemplate migrates once for the test process.
func sqliteTemplate(t testing.TB, schema fs.FS) string {
	templates.Lock()
	defer templates.Unlock()
	if lite == "" {
		dir, err := os.MkdirTemp("", "onewindow-test-")
		if err != nil {
			t.Fatal(err)
		}
		lite = filepath.Join(dir, "template.db")
		migrate(t, "sqlite:"+lite, schema)
	}
	return lite
}

func postgresTemplate(t testing.TB, admin string, schema fs.FS) string {
	templates.Lock()
	defer templates.Unlock()
	if pg == "" {
		name := "tpl_" + id.New()
		run(t, admin, "create database "+name)
		migrate(t, withDatabase(admin, name), schema)
		pg = name
	}
	return pg
}

// DropTemplates removes what the test process left behind; call it from a
// TestMain when templates must not outlive the run.
func DropTemplates() {
	if lite != "" {
		os.RemoveAll(filepath.Dir(lite))
	}
}

func migrate(t testing.TB, dsn string, schema fs.FS) {
	t.Helper()
	d, err := db.Open(context.Background(), dsn, clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(context.Background(), schema); err != nil {
		t.Fatal(err)
	}
	if d.Dialect() == db.SQLite {
		if _, err := d.Pool().Exec("pragma wal_checkpoint(truncate)"); err != nil {
			t.Fatal(err)
		}
	}
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

func copyFile(t testing.TB, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
