package jobs

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river/rivermigrate"
)

// Migrate brings the queue's own tables up to date. When they are, it costs
// one query. It does not touch the schema of the business.
func (j *Jobs) Migrate(ctx context.Context) error {
	m, err := rivermigrate.New(j.driver(), &rivermigrate.Config{Logger: slog.New(warnings{j.opt.Log.Handler()})})
	if err != nil {
		return fmt.Errorf("read job queue schema: %w", err)
	}
	if upToDate(ctx, m.ExistingVersions, m.AllVersions()) {
		return nil
	}
	// Two processes that start together may both come here; the slower one
	// fails, and all is well if the tables are up to date by then.
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil && !upToDate(ctx, m.ExistingVersions, m.AllVersions()) {
		return fmt.Errorf("migrate job queue: %w", err)
	}
	return nil
}

func upToDate(ctx context.Context, existing func(context.Context) ([]rivermigrate.Migration, error), all []rivermigrate.Migration) bool {
	have, err := existing(ctx)
	return err == nil && len(have) == len(all)
}
