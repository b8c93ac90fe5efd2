// Package test walks through the built program from end to end, as each of the
// people who meet: in Debian's Chromium and as a browser without scripts, on
// SQLite and, when ONEWINDOW_TEST_POSTGRES names a server, on PostgreSQL. It
// runs only when ONEWINDOW_TEST_BROWSER is set, as "make test" does. The pages
// that the walk visits are photographed into ONEWINDOW_TEST_SHOTS.
package test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// bin is the program under test, built once.
var bin string

// walking says whether these tests run at all.
var walking = os.Getenv("ONEWINDOW_TEST_BROWSER") != ""

func TestMain(m *testing.M) {
	if !walking {
		fmt.Println("the walks run with ONEWINDOW_TEST_BROWSER=1")
		os.Exit(m.Run())
	}
	os.Exit(build(m))
}

func build(m *testing.M) int {
	dir, err := os.MkdirTemp("", "onewindow-walk-")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer os.RemoveAll(dir)
	bin = filepath.Join(dir, "onewindow")
	c := exec.Command("go", "build", "-o", bin, "../cmd/onewindow")
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	if err := c.Run(); err != nil {
		fmt.Println("building the program:", err)
		return 1
	}
	return m.Run()
}

// walk skips a test in the quick loop.
func walk(t *testing.T) {
	t.Helper()
	if !walking {
		t.Skip("runs with ONEWINDOW_TEST_BROWSER=1")
	}
}
