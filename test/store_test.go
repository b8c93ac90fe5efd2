package test

import (
	"database/sql"
	"net/url"
	"os"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // makes and drops databases

	"onewindow/internal/kit/id"
)

// newDatabase is the address of a database of the test's own.
func newDatabase(t testing.TB) string {
	t.Helper()
	name := "walk_" + id.New()
	admin(t, "create database "+name)
	t.Cleanup(func() { admin(t, "drop database if exists "+name+" with (force)") })
	u, err := url.Parse(os.Getenv("ONEWINDOW_TEST_POSTGRES"))
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func admin(t testing.TB, command string) {
	t.Helper()
	d, err := sql.Open("pgx", os.Getenv("ONEWINDOW_TEST_POSTGRES"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Exec(command); err != nil {
		t.Fatalf("%s: %v", command, err)
	}
}

// rows counts the rows of a table behind the program's back.
func rows(t testing.TB, database, table string) (n int) {
	t.Helper()
	d, err := sql.Open("pgx", database)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.QueryRow("select count(*) from " + table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
