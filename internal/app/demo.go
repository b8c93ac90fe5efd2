package app

import (
	"context"
	"fmt"
	"time"

	"onewindow/internal/kit/clock"
)

// DemoPassword opens every demonstration account.
const DemoPassword = "Yichuang-2026"

// SeedDemo brings the demonstration city of Dingzhou (定州) into an empty store:
// its bodies, halls and townships, the collected matters, and an account for
// each role, as if all that had been done before the history that it looks
// back on. It may be run again.
func (s *Services) SeedDemo(ctx context.Context, now time.Time) error {
	return s.At(clock.NewMoving(now.AddDate(-earlierYears, -2, 0))).seed(ctx, now.AddDate(0, 0, -historyDays-7))
}

// earlierYears is how long ago the demonstration's city began to grant: longer
// than what it grants is valid, so that some of it ends in the weeks told of.
const earlierYears = 5

// seed makes the city; the officers' passwords are not as old as the rest.
func (s *Services) seed(ctx context.Context, passwords time.Time) error {
	for _, step := range []struct {
		what string
		do   func() error
	}{
		{"organisation", func() error { return s.Org.Seed(ctx) }},
		{"catalogue", func() error { return s.Catalog.Seed(ctx) }},
		{"officers", func() error { return s.Staff.SeedDemo(ctx, DemoPassword, passwords) }},
		{"applicants", func() error { return s.Party.SeedDemo(ctx, DemoPassword) }},
	} {
		if err := step.do(); err != nil {
			return fmt.Errorf("seed %s: %w", step.what, err)
		}
	}
	return nil
}
