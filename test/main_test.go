// Package test walks through the built program from end to end, as each of the
// people who meet: in Debian's Chromium and as a browser without scripts, on
// SQLite and, when ONEWINDOW_TEST_POSTGRES names a server, on PostgreSQL. It
// runs only when ONEWINDOW_TEST_BROWSER is set, as "make test" does. The pages
// that the walks visit are photographed, into ONEWINDOW_TEST_SHOTS where that is
// set, and when all walks ran, every page of the route table was looked at.
package test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"onewindow/internal/web/webtest"
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
	code := webtest.Run(m)
	if flag.Lookup("test.run").Value.String() != "" || shared == nil {
		return code
	}
	lacking := shared.lacking() // said even when a walk failed
	for _, l := range lacking {
		fmt.Println(l)
	}
	return max(code, min(1, len(lacking)))
}

// walk skips a test in the quick loop.
func walk(t *testing.T) {
	t.Helper()
	if !walking {
		t.Skip("runs with ONEWINDOW_TEST_BROWSER=1")
	}
}
