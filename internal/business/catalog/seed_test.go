package catalog

import (
	"context"
	"testing"
	"time"

	"onewindow/internal/business/org"
	"onewindow/internal/business/schema"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
)

var ctx = context.Background()

// seeded gives a service over a store with the seeds of org and catalogue.
func seeded(t testing.TB, d *db.DB) *Service {
	t.Helper()
	if err := org.New(d).Seed(ctx); err != nil {
		t.Fatal(err)
	}
	s := New(d)
	if err := s.Seed(ctx); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSeedOnBothEngines(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		start := time.Now()
		s := seeded(t, d)
		t.Logf("seeded in %v", time.Since(start))
		start = time.Now()
		snap, err := s.Snapshot(ctx)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("snapshot in %v", time.Since(start))
		open := 0
		for _, e := range snap.Entries() {
			if e.Open() {
				open++
				continue
			}
			codes := []string{}
			for _, l := range e.Lacks {
				if !l.Warning {
					codes = append(codes, l.Code[13:]+argsText(l))
				}
			}
			t.Log(e.Impl.Name, codes)
		}
		t.Log(open, len(snap.Entries()))
	})
}

func argsText(l Lack) string {
	s := ""
	for k, v := range l.Args {
		s += " " + k + "=" + v
	}
	return s
}
