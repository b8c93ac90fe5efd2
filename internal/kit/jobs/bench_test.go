package jobs_test

import (
	"context"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"onewindow/internal/business/schema"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/jobs"
)

// fill writes n events, a hundred per act.
func fill(b *testing.B, d *db.DB, n int) {
	for n > 0 {
		err := d.Act(ctx, func(tx *db.Tx) error {
			for range min(n, 100) {
				event.Publish(tx, "case.accepted", "c", map[string]string{"case_no": "330100260914000001"})
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		n -= 100
	}
}

func eachEngine(b *testing.B, bench func(*testing.B, *db.DB)) {
	b.Run("sqlite", func(b *testing.B) {
		d, _ := dbtest.SQLite(b, schema.FS)
		bench(b, d)
	})
	if os.Getenv("ONEWINDOW_TEST_POSTGRES") != "" {
		b.Run("postgres", func(b *testing.B) {
			d, _ := dbtest.Postgres(b, schema.FS)
			bench(b, d)
		})
	}
}

// BenchmarkReact measures one event with two reactions that do nothing, from
// the full outbox to the last reaction.
func BenchmarkReact(b *testing.B) {
	eachEngine(b, func(b *testing.B, d *db.DB) {
		j, err := jobs.New(d, jobs.Options{})
		if err != nil {
			b.Fatal(err)
		}
		var left atomic.Int64
		left.Store(int64(2 * b.N))
		done := make(chan bool)
		count := func(context.Context, event.Event) error {
			if left.Add(-1) == 0 {
				close(done)
			}
			return nil
		}
		j.On("case.accepted", "one", count)
		j.On("case.accepted", "two", count)
		if err := j.Migrate(ctx); err != nil {
			b.Fatal(err)
		}
		fill(b, d, b.N)
		b.ResetTimer()
		begun := time.Now()
		if err := j.Start(ctx); err != nil {
			b.Fatal(err)
		}
		<-done
		b.ReportMetric(float64(2*b.N)/time.Since(begun).Seconds(), "reactions/s")
		b.StopTimer()
		if err := j.Stop(ctx); err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkDrain measures one event with two reactions in process.
func BenchmarkDrain(b *testing.B) {
	eachEngine(b, func(b *testing.B, d *db.DB) {
		j, err := jobs.New(d, jobs.Options{})
		if err != nil {
			b.Fatal(err)
		}
		nothing := func(context.Context, event.Event) error { return nil }
		j.On("case.accepted", "one", nothing)
		j.On("case.accepted", "two", nothing)
		fill(b, d, b.N)
		b.ResetTimer()
		if err := j.Drain(ctx); err != nil {
			b.Fatal(err)
		}
	})
}
