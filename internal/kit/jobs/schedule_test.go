package jobs

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"onewindow/internal/kit/clock"
)

// A schedule's slot is never in the future and stays the same until the next.
func TestSchedules(t *testing.T) {
	for name, s := range map[string]struct {
		due     Schedule
		longest time.Duration
	}{
		"interval": {Interval(15 * time.Minute), 15 * time.Minute},
		"daily":    {Daily(23, 30), 24 * time.Hour},
		"monthly":  {Monthly(28, 2), 31 * 24 * time.Hour},
	} {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			now := time.Unix(rapid.Int64Range(1_600_000_000, 1_900_000_000).Draw(t, "now"), 0)
			slot := s.due(now)
			if slot.After(now) || now.Sub(slot) >= s.longest+time.Second {
				t.Fatalf("at %v the slot is %v", now, slot)
			}
			if again := s.due(slot); !again.Equal(slot) {
				t.Fatalf("the slot %v is due at %v", slot, again)
			}
		}))
	}
	at := time.Date(2026, 3, 1, 5, 0, 0, 0, clock.Beijing)
	if got := Monthly(5, 1)(at); !got.Equal(time.Date(2026, 2, 5, 1, 0, 0, 0, clock.Beijing)) {
		t.Errorf("monthly: %v", got)
	}
	if got := (nightly{}).Next(at); !got.Equal(time.Date(2026, 3, 2, 3, 30, 0, 0, clock.Beijing)) {
		t.Errorf("nightly: %v", got)
	}
}

// The pauses double up to an hour; 24 attempts take about half a day.
func TestDelay(t *testing.T) {
	var sum time.Duration
	for attempt := 1; attempt < 24; attempt++ {
		least, most := delay(attempt, 0), delay(attempt, 1)
		if least <= 0 || most > 66*time.Minute || delay(attempt+1, 0) < least {
			t.Errorf("attempt %d: %v to %v", attempt, least, most)
		}
		sum += delay(attempt, 0.5)
	}
	if sum < 12*time.Hour || sum > 15*time.Hour {
		t.Errorf("together %v", sum)
	}
}
