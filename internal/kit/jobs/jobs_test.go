package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"onewindow/internal/business/schema"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/jobs"
)

var ctx = context.Background()

func queue(t *testing.T, d *db.DB, opt jobs.Options) *jobs.Jobs {
	t.Helper()
	opt.Log = slog.New(slog.DiscardHandler)
	opt.Pause = func(int) time.Duration { return 0 }
	if opt.Poll == 0 {
		opt.Poll = 10 * time.Millisecond
	}
	j, err := jobs.New(d, opt)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func start(t *testing.T, j *jobs.Jobs) {
	t.Helper()
	if err := j.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	if err := j.Start(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Stop(ctx) })
}

func publish(t testing.TB, d *db.DB, topic string, subjects ...string) {
	t.Helper()
	for _, s := range subjects {
		err := d.Act(ctx, func(tx *db.Tx) error {
			event.Publish(tx, topic, s, map[string]string{"of": s, "odd": "\x00\"年"})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func waiting(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	err := d.Read(ctx, func(tx *db.Tx) error {
		events, err := event.Waiting(tx, 100)
		n = len(events)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// within fails the test when nothing arrives.
func within[T any](t *testing.T, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(20 * time.Second):
		t.Fatal("nothing happened")
		panic("unreachable")
	}
}

// Every registered reaction sees every event with its payload unchanged, and
// the outbox is empty afterwards.
func TestWorkersReact(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		j := queue(t, d, jobs.Options{Poll: time.Hour})
		type seen struct{ who, id, subject, payload string }
		c := make(chan seen, 100)
		for _, who := range []string{"notice", "exchange"} {
			j.On("case.accepted", who, func(_ context.Context, e event.Event) error {
				if !e.At.Equal(clk.Now()) || e.Topic != "case.accepted" {
					t.Errorf("event arrived as %+v", e)
				}
				c <- seen{who, e.ID, e.SubjectID, string(e.Payload)}
				return nil
			})
		}
		start(t, j)
		publish(t, d, "case.accepted", "a", "b", "c")
		publish(t, d, "nobody.cares", "x")
		got := map[seen]bool{}
		for range 6 {
			s := within(t, c)
			s.id = ""
			got[s] = true
		}
		for _, s := range []string{"a", "b", "c"} {
			for _, who := range []string{"notice", "exchange"} {
				if !got[seen{who, "", s, `{"odd":"\u0000\"年","of":"` + s + `"}`}] {
					t.Errorf("%s did not see %s: %v", who, s, got)
				}
			}
		}
	})
}

// A job that fails is tried again after its pause and, when its attempts are
// used up, stands in Failed until somebody retries it.
func TestRetryAndGiveUp(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		type run struct {
			err  error
			last bool
		}
		runs := make(chan run, 10)
		j := queue(t, d, jobs.Options{Attempts: 3, Observe: func(_ string, _ time.Duration, err error, last bool) { runs <- run{err, last} }})
		var mended sync.Map
		j.On("case.accepted", "notice", func(context.Context, event.Event) error {
			if _, ok := mended.Load("yes"); ok {
				return nil
			}
			return errors.New("gateway away")
		})
		start(t, j)
		publish(t, d, "case.accepted", "a")
		if r := within(t, runs); r.err == nil || r.last {
			t.Fatalf("first attempt: %+v", r)
		}
		if r := within(t, runs); r.err == nil || r.last {
			t.Fatalf("second attempt: %+v", r)
		}
		if r := within(t, runs); r.err == nil || !r.last {
			t.Fatalf("third attempt: %+v", r)
		}
		f := failedOnes(t, j, 1)[0]
		if f.Name != "notice" || f.SubjectID != "a" || f.Attempts != 3 || !f.GivenUp || f.Error != "gateway away" {
			t.Fatalf("failed: %+v", f)
		}
		if b, err := j.Backlog(ctx); err != nil || b.GivenUp != 1 || b.Events != 0 {
			t.Fatalf("backlog %+v, %v", b, err)
		}
		mended.Store("yes", true)
		if err := j.Retry(ctx, f.ID); err != nil {
			t.Fatal(err)
		}
		if r := within(t, runs); r.err != nil {
			t.Fatalf("after it was mended: %+v", r)
		}
		failedOnes(t, j, 0)
		if err := j.Retry(ctx, 1<<40); !errors.Is(err, fault.Missing("job")) {
			t.Errorf("retry of nothing: %v", err)
		}
	})
}

// failedOnes waits until Failed lists n jobs: the queue writes the outcome
// shortly after the job returned.
func failedOnes(t *testing.T, j *jobs.Jobs, n int) []jobs.Failure {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	var list []jobs.Failure
	for range 2000 {
		var err error
		if list, err = j.Failed(ctx); err != nil {
			t.Fatal(err)
		}
		if len(list) == n {
			return list
		}
		<-tick.C
	}
	t.Fatalf("failed: %+v, want %d", list, n)
	return nil
}

// Stop waits for the job under way; what was not begun is done by the next
// process.
func TestStopIsGraceful(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		j := queue(t, d, jobs.Options{Workers: 1})
		begun, finish, ended := make(chan bool), make(chan bool), make(chan string, 9)
		reaction := func(_ context.Context, e event.Event) error {
			begun <- true
			<-finish
			ended <- e.SubjectID
			return nil
		}
		j.On("t", "slow", reaction)
		start(t, j)
		publish(t, d, "t", "a", "b")
		within(t, begun)
		stopped := make(chan error, 1)
		go func() { stopped <- j.Stop(ctx) }()
		finish <- true
		if err := within(t, stopped); err != nil {
			t.Fatal(err)
		}
		if within(t, ended) != "a" {
			t.Fatal("not in order")
		}
		next := queue(t, d, jobs.Options{Workers: 1})
		next.On("t", "slow", reaction)
		start(t, next)
		within(t, begun)
		finish <- true
		if within(t, ended) != "b" {
			t.Fatal("b was lost")
		}
	})
}

// A job whose reaction no longer exists fails visibly instead of vanishing.
func TestUnknownReaction(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		errs := make(chan error, 9)
		old := queue(t, d, jobs.Options{Workers: 1})
		stop := make(chan bool, 1)
		old.On("t", "retired", func(context.Context, event.Event) error { stop <- true; return errors.New("not yet") })
		start(t, old)
		publish(t, d, "t", "a")
		within(t, stop)
		if err := old.Stop(ctx); err != nil {
			t.Fatal(err)
		}
		next := queue(t, d, jobs.Options{Observe: func(_ string, _ time.Duration, err error, _ bool) { errs <- err }})
		start(t, next)
		if err := within(t, errs); err == nil || !strings.Contains(err.Error(), "retired") {
			t.Fatalf("got %v", err)
		}
	})
}

// Names identify reactions, so a name cannot be used twice, and nothing is
// registered once the queue runs.
func TestRegistration(t *testing.T) {
	d, _ := dbtest.SQLite(t, schema.FS)
	j := queue(t, d, jobs.Options{})
	nothing := func(context.Context, event.Event) error { return nil }
	j.On("t", "one", nothing)
	panics(t, func() { j.On("u", "one", nothing) })
	start(t, j)
	panics(t, func() { j.On("t", "two", nothing) })
	if j.Start(ctx) == nil || j.Drain(ctx) == nil {
		t.Error("started twice or drained while started")
	}
	if err := errors.Join(j.Stop(ctx), j.Stop(ctx)); err != nil {
		t.Error(err)
	}
}

func panics(t *testing.T, fn func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Error("did not panic")
		}
	}()
	fn()
}
