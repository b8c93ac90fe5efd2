package jobs_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/schema"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/jobs"
)

// processes is how many may work on one store: SQLite has one.
func processes(d *db.DB) int {
	if d.Dialect() == db.SQLite {
		return 1
	}
	return 3
}

// However many processes work off one outbox, every event is worked once and
// none is left.
func TestEveryEventOnce(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		var want []string
		for i := range 300 {
			want = append(want, fmt.Sprint(1000+i))
		}
		publish(t, d, "t", want[:200]...)
		c := make(chan string, 1000)
		for range processes(d) {
			j := queue(t, d, jobs.Options{Workers: 7})
			j.On("t", "r", func(_ context.Context, e event.Event) error { c <- e.SubjectID; return nil })
			start(t, j)
		}
		publish(t, d, "t", want[200:]...)
		var got []string
		for range want {
			got = append(got, within(t, c))
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("worked %d of %d events", len(got), len(want))
		}
		until(t, func() bool { return waiting(t, d) == 0 })
		if len(c) > 0 {
			t.Errorf("%d worked twice", len(c))
		}
	})
}

// until waits for something that happens elsewhere.
func until(t *testing.T, fn func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for range 5000 {
		if fn() {
			return
		}
		<-tick.C
	}
	t.Fatal("did not happen")
}

// A process that dies with an event that was put behind loses it to another after a while, and not
// before.
func TestDeadProcess(t *testing.T) {
	if os.Getenv("ONEWINDOW_TEST_POSTGRES") == "" {
		t.Skip("only PostgreSQL has several processes")
	}
	d, clk := dbtest.Postgres(t, schema.FS)
	publish(t, d, "t", "a")
	if err := d.Act(ctx, func(tx *db.Tx) error {
		list, err := event.Waiting(tx, 1)
		event.PutBehind(tx, list[0])
		return err
	}); err != nil {
		t.Fatal(err)
	}
	claim := func() int {
		list, err := event.Claim(ctx, d.Pool(), clk.Now(), clk.Now().Add(5*time.Minute), 9)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	if a, b := claim(), claim(); a != 1 || b != 0 {
		t.Errorf("claimed %d, then %d", a, b)
	}
	clk.Advance(5*time.Minute + time.Second)
	if claim() != 1 {
		t.Error("the event is lost")
	}
	if err := d.Act(ctx, func(tx *db.Tx) error {
		list, err := event.WaitingBehind(tx, 1)
		event.Released(tx, list[0])
		return err
	}); err != nil || claim() != 1 {
		t.Errorf("not free after release: %v", err)
	}
}

// Work that is cut short by an impatient Stop is done by the next process.
func TestImpatientStop(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		begun := make(chan bool, 9)
		j := queue(t, d, jobs.Options{})
		j.On("t", "endless", func(ctx context.Context, _ event.Event) error {
			begun <- true
			<-ctx.Done()
			return ctx.Err()
		})
		start(t, j)
		publish(t, d, "t", "a")
		within(t, begun)
		now, cancel := context.WithCancel(ctx)
		cancel()
		j.Stop(now)
		next := queue(t, d, jobs.Options{})
		next.On("t", "endless", func(context.Context, event.Event) error { begun <- true; return nil })
		start(t, next)
		within(t, begun)
	})
}

// A reaction that panics has failed and harms nobody else.
func TestPanic(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		errs, ran := make(chan error, 9), make(chan bool, 9)
		j := queue(t, d, jobs.Options{Observe: func(name string, _ time.Duration, err error, _ bool) {
			if name == "bug" {
				errs <- err
			}
		}})
		j.On("t", "bug", func(context.Context, event.Event) error { panic("nil map") })
		j.On("t", "fine", func(context.Context, event.Event) error { ran <- true; return nil })
		start(t, j)
		publish(t, d, "t", "a")
		if err := within(t, errs); err == nil || !strings.Contains(err.Error(), "nil map") {
			t.Errorf("got %v", err)
		}
		within(t, ran)
		until(t, func() bool { return waiting(t, d) == 0 })
	})
}

// One of several processes passes events on; when it loses its session, as it
// does by dying, another goes on, and nothing is left.
func TestAnotherProcessTakesTheLead(t *testing.T) {
	if os.Getenv("ONEWINDOW_TEST_POSTGRES") == "" {
		t.Skip("only PostgreSQL has several processes")
	}
	d, _ := dbtest.Postgres(t, schema.FS)
	c := make(chan string, 100)
	for range 2 {
		j := queue(t, d, jobs.Options{})
		j.On("t", "r", func(_ context.Context, e event.Event) error { c <- e.SubjectID; return nil })
		start(t, j)
	}
	publish(t, d, "t", "a")
	if got := within(t, c); got != "a" {
		t.Fatal(got)
	}
	holders := func() (n int) {
		if err := d.Read(ctx, func(tx *db.Tx) error {
			return tx.Row(`select count(*) from pg_locks where locktype = 'advisory' and objid = 20001 and database = (select oid from pg_database where datname = current_database())`).Scan(&n)
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := holders(); n != 1 {
		t.Fatalf("%d lead", n)
	}
	if _, err := d.Pool().ExecContext(ctx, `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 20001
		and database = (select oid from pg_database where datname = current_database())`); err != nil {
		t.Fatal(err)
	}
	publish(t, d, "t", "b")
	if got := within(t, c); got != "b" {
		t.Fatal(got)
	}
	until(t, func() bool { return waiting(t, d) == 0 && holders() == 1 })
}
