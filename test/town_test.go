package test

import (
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"onewindow/internal/app"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/config"
	"onewindow/internal/web/webtest"
)

// town is the platform inside the test, so that its clock can be moved; the
// program itself has no way to do that.
type town struct {
	*cast
	platform *app.Platform
	clock    *clock.Moving
	shots    *album
}

// opened is the Monday on which a town begins.
var opened = time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Beijing)

// newTown opens a town whose people sit in Chromium, or without scripts when
// chromium is false.
func newTown(t *testing.T, database string, chromium bool) *town {
	t.Helper()
	args := []string{"--data", t.TempDir(), "--admin-addr", "", "--rate-sign-in", "100000", "--rate-lookup", "100000",
		"--session-idle", "100000h", "--session-longest", "100000h"}
	if database != "" {
		args = append(args, "--database", database)
	}
	conf, err := config.Parse(args)
	if err != nil {
		t.Fatal(err)
	}
	w := &town{clock: clock.NewMoving(opened)}
	if w.platform, err = app.Open(t.Context(), conf, true, w.clock, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.platform.Close() })
	if err := w.platform.SeedDemo(t.Context(), opened); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(w.platform.Handler())
	t.Cleanup(srv.Close)
	w.cast = newCast(t, &server{t: t, URL: srv.URL})
	if chromium {
		chrome := webtest.Chromium(t)
		w.shots = openAlbum(t)
		w.sit = func() visitor { return sit(t, chrome, srv.URL, w.shots, "") }
	}
	w.enter()
	return w
}

// at moves the clock to a time in Beijing, and lets what happens by itself
// happen.
func (w *town) at(year, month, day, hour, minute int) {
	w.t.Helper()
	w.clock.Set(time.Date(year, time.Month(month), day, hour, minute, 0, 0, clock.Beijing))
	w.rest()
}

// rest lets everything happen that waits for its time.
func (w *town) rest() {
	w.t.Helper()
	if err := w.platform.Jobs.Drain(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// others are the same people without scripts, who do quickly what leads to the
// point of a story.
func (w *town) others() *cast {
	c := *w.cast
	c.sit = func() visitor { return newPlain(w.t, w.s.URL) }
	c.enter()
	return &c
}

// towns are the stores on which the stories of the law are told: in Chromium on
// SQLite, without scripts on PostgreSQL.
func towns(t *testing.T, tell func(t *testing.T, w *town)) {
	stores(t, func(t *testing.T, database string) { tell(t, newTown(t, database, database == "")) })
}
