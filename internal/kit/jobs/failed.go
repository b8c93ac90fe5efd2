package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Failure is a reaction that was given up, or one that failed and waits for
// its next attempt.
type Failure struct {
	ID        int64
	Name      string // the reaction
	Topic     string
	EventID   string
	SubjectID string
	Attempts  int
	Error     string // of the last attempt; for administrators only
	At        time.Time
	GivenUp   bool
	Next      time.Time // when it is tried again; zero when given up
}

// most is how many failures are listed.
const most = 200

// Failed lists the newest jobs that were given up, and after them those that
// failed and will be tried again; at most 200 of each.
func (j *Jobs) Failed(ctx context.Context) ([]Failure, error) {
	var out []Failure
	for _, state := range []rivertype.JobState{rivertype.JobStateDiscarded, rivertype.JobStateRetryable} {
		list, err := j.client.JobList(ctx, river.NewJobListParams().States(state).
			OrderBy(river.JobListOrderByID, river.SortOrderDesc).First(most))
		if err != nil {
			return nil, fmt.Errorf("list failed jobs: %w", err)
		}
		for _, row := range list.Jobs {
			out = append(out, failure(row))
		}
	}
	return out, nil
}

func failure(row *rivertype.JobRow) Failure {
	f := Failure{ID: row.ID, Attempts: row.Attempt + 1, GivenUp: row.State == rivertype.JobStateDiscarded}
	var t task
	if json.Unmarshal(row.EncodedArgs, &t) == nil {
		f.Name, f.Topic, f.EventID, f.SubjectID = t.Name, t.Topic, t.ID, t.SubjectID
	}
	if n := len(row.Errors); n > 0 {
		f.Error, f.At = row.Errors[n-1].Error, row.Errors[n-1].At
	}
	if !f.GivenUp {
		f.Next = row.ScheduledAt
	}
	return f
}

// Retry has a failed job run again within a few seconds.
func (j *Jobs) Retry(ctx context.Context, id int64) error {
	if _, err := j.client.JobRetry(ctx, id); errors.Is(err, river.ErrNotFound) {
		return fault.Missing("job")
	} else if err != nil {
		return fmt.Errorf("retry job: %w", err)
	}
	return nil
}

// Forget removes a failed job for good.
func (j *Jobs) Forget(ctx context.Context, id int64) error {
	if _, err := j.client.JobDelete(ctx, id); errors.Is(err, river.ErrNotFound) {
		return fault.Missing("job")
	} else if err != nil {
		return fmt.Errorf("forget job: %w", err)
	}
	return nil
}

// Backlog is how far behind the queue is, for the health page and the metrics.
type Backlog struct {
	Events  int           // in the outbox, those put behind included; counted up to 10,000 of each
	Age     time.Duration // of the oldest of them
	GivenUp int           // jobs in Failed that were given up, counted up to 1,000
}

// Backlog counts with bounds, so that it stays cheap when much is waiting.
func (j *Jobs) Backlog(ctx context.Context) (Backlog, error) {
	var b Backlog
	err := j.db.Read(ctx, func(tx *db.Tx) error {
		var oldest time.Time
		if err := tx.Row(`select count(*), coalesce(min(at), '') from (select at from
			(select at from outbox order by id limit 10000) o union all select at from (select at from outbox_behind order by id limit 10000) b) waiting`).
			Scan(&b.Events, db.At{Time: &oldest}); err != nil {
			return err
		}
		if !oldest.IsZero() {
			b.Age = tx.Now.Sub(oldest)
		}
		return tx.Row(`select count(*) from (select 1 from river_job where state = 'discarded' and finalized_at is not null limit 1000) given_up`).
			Scan(&b.GivenUp)
	})
	return b, err
}

// behind is how long an event may wait before something is wrong.
const behind = 5 * time.Minute

// Check is for the health page: it fails when events are not passed on.
func (j *Jobs) Check(ctx context.Context) error {
	b, err := j.Backlog(ctx)
	if err == nil && b.Age > behind {
		err = fmt.Errorf("%d events wait, the oldest since %v", b.Events, b.Age.Round(time.Second))
	}
	return err
}
