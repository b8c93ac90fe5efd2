package app

import (
	"context"
	"log/slog"
	"time"

	"onewindow/internal/kit/jobs"
	"onewindow/internal/kit/notify"
	"onewindow/internal/kit/once"
)

// schedule is everything that happens by itself, on one page.
func schedule(j *jobs.Jobs, s *Services, n *notify.Notifier, log *slog.Logger) {
	// 行政许可法第三十二条第一款第（四）项后段: silence past the fifth working day is
	// acceptance.
	j.Every("case.deem", jobs.Interval(10*time.Minute), func(ctx context.Context, _ time.Time) error {
		deemed, err := s.Casework.Deem(ctx)
		if deemed > 0 {
			log.Warn("applications accepted by silence", "cases", deemed)
		}
		return err
	})
	scheduleAfter(j, s, log)
	s.scheduleClocks(j, log)
	// 行政许可法第三十六条、第四十七条: time to speak and to ask that passed without word.
	j.Every("interest.lapse", jobs.Interval(10*time.Minute), func(ctx context.Context, _ time.Time) error {
		_, err := s.Interest.Lapse(ctx)
		return err
	})
	// 行政许可法第四十条: what nobody objected to is published.
	j.Every("disclosure.publish", jobs.Interval(10*time.Minute), func(ctx context.Context, _ time.Time) error {
		_, err := s.Disclosure.Publish(ctx)
		return err
	})
	j.Every("hearing.lapse", jobs.Interval(10*time.Minute), func(ctx context.Context, _ time.Time) error {
		_, err := s.Hearing.Lapse(ctx)
		return err
	})
	schedulePromises(j, s, log)
	j.Every("session.purge", jobs.Interval(time.Hour), func(ctx context.Context, _ time.Time) error {
		return s.Staff.Sessions().Purge(ctx)
	})
	j.Every("once.sweep", jobs.Daily(3, 10), func(ctx context.Context, _ time.Time) error {
		return once.Sweep(ctx, s.DB)
	})
	j.Every("notify.sweep", jobs.Daily(3, 20), func(ctx context.Context, _ time.Time) error {
		return n.Sweep(ctx)
	})
}
