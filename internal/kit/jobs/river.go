package jobs

import (
	"context"
	"database/sql"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
)

// task is what a job carries: the reaction's name and the event. The payload
// is text inside text so that no engine rewrites it.
type task struct {
	Name      string `json:"name"`
	ID        string `json:"id"`
	At        string `json:"at"`
	Topic     string `json:"topic"`
	SubjectID string `json:"subject_id"`
	Payload   string `json:"payload"`
}

// Kind names the one kind of job.
func (task) Kind() string { return "reaction" }

func newTask(name string, e event.Event) task {
	return task{name, e.ID, db.Stamp(e.At), e.Topic, e.SubjectID, string(e.Payload)}
}

func (t task) event() (event.Event, error) {
	at, err := db.ParseStamp(t.At)
	return event.Event{ID: t.ID, At: at, Topic: t.Topic, SubjectID: t.SubjectID, Payload: []byte(t.Payload)}, err
}

func (j *Jobs) driver() riverdriver.Driver[*sql.Tx] {
	if j.db.Dialect() == db.SQLite {
		return riversqlite.New(j.db.Pool())
	}
	return riverdatabasesql.New(j.db.Pool())
}

func (j *Jobs) newClient() (*river.Client[*sql.Tx], error) {
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, river.WorkFunc(j.work)); err != nil {
		return nil, err
	}
	return river.NewClient(j.driver(), &river.Config{
		Queues:            map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: min(j.opt.Workers, 16)}},
		Workers:           workers,
		FetchCooldown:     5 * time.Millisecond,
		FetchPollInterval: min(j.opt.Poll, 5*time.Second),
		// A table of notifications would be asked twenty times a second on
		// SQLite's only writing connection; a retry has time.
		PollOnly:    true,
		JobTimeout:  j.opt.Timeout,
		MaxAttempts: max(j.opt.Attempts-1, 1), // the first was made before it became a job
		RetryPolicy: retry(j.opt.Pause),
		// What is done is in the audit; what was given up stays until somebody
		// looks at it.
		CompletedJobRetentionPeriod: 10 * time.Minute,
		DiscardedJobRetentionPeriod: -1,
		ReindexerSchedule:           nightly{},
		Logger:                      slog.New(warnings{j.opt.Log.Handler()}),
	})
}

// work runs one job: the second attempt of a reaction, or a later one.
func (j *Jobs) work(ctx context.Context, job *river.Job[task]) error {
	begun := time.Now()
	err := j.run(ctx, job.Args)
	attempt := job.Attempt + 1
	last := err != nil && job.Attempt >= job.MaxAttempts
	j.opt.Observe(job.Args.Name, time.Since(begun), err, last)
	if err != nil {
		j.opt.Log.WarnContext(ctx, "job failed", "job", job.Args.Name, "topic", job.Args.Topic, "subject", job.Args.SubjectID,
			"attempt", attempt, "given_up", last, "error", err)
	}
	return err
}

func (j *Jobs) run(ctx context.Context, t task) error {
	if _, ok := j.byName[t.Name]; !ok {
		return errUnknown(t.Name)
	}
	e, err := t.event()
	if err != nil {
		return err
	}
	return j.safely(ctx, t.Name, e)
}

type errUnknown string

func (e errUnknown) Error() string { return "no reaction is named " + string(e) }

// retry lives by the wall clock, as the whole queue does: it is about machines
// that are away, whatever day it is in the store.
type retry func(attempt int) time.Duration

// NextRetry is asked by the queue after a failure.
func (r retry) NextRetry(job *rivertype.JobRow) time.Time {
	return time.Now().Add(r(job.Attempt + 1))
}

// backoff tries again after 2, 4, 8 … seconds, at most an hour, give or take a
// tenth.
func backoff(attempt int) time.Duration { return delay(attempt-1, rand.Float64()) }

// delay is the pause after the given failure in the queue; luck is between 0
// and 1.
func delay(failure int, luck float64) time.Duration {
	d := time.Hour
	if failure < 12 {
		d = time.Second << max(failure, 1)
	}
	return d*9/10 + time.Duration(luck*float64(d)/5)
}

// nightly has the queue's indexes rebuilt at half past three in Beijing.
type nightly struct{}

// Next is the first half past three after t.
func (nightly) Next(t time.Time) time.Time {
	return Daily(3, 30)(t).AddDate(0, 0, 1)
}

// warnings passes on only what deserves attention.
type warnings struct{ slog.Handler }

// Enabled keeps the queue's chatter out of the log.
func (w warnings) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && w.Handler.Enabled(ctx, l)
}
