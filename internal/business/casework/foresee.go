package casework

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
)

// Foresight (变动预览) is what a calendar that is not in force yet would move.
type Foresight struct {
	Open     int            // open cases
	Moved    int            // cases of which a day would move
	Firm     int            // cases whose days would no longer be provisional
	ByClock  map[string]int // days that would move, by clock
	Examples []Example
}

// Example is one case whose days would move.
type Example struct {
	CaseID, Number, ItemName string
	Moves                    []Move
}

// mostExamples bounds the examples that are shown.
const mostExamples = 20

// Foresee computes every open case by a table that is not in force, and changes
// nothing.
func (s *Service) Foresee(ctx context.Context, who staff.Actor, cal *calendar.Table) (f Foresight, err error) {
	if err := who.Must(staff.CalendarEdit); err != nil {
		return f, err
	}
	f.ByClock = map[string]int{}
	err = s.eachOpen(ctx, cal, func(batch []*open) error {
		for _, o := range batch {
			f.add(o)
		}
		return nil
	})
	return f, err
}

func (f *Foresight) add(o *open) {
	f.Open++
	if o.before.Provisional && !o.Provisional {
		f.Firm++
	}
	if len(o.moves) == 0 {
		return
	}
	f.Moved++
	for _, m := range o.moves {
		f.ByClock[m.Clock]++
	}
	if len(f.Examples) < mostExamples {
		f.Examples = append(f.Examples, Example{o.ID, o.Number, o.ItemName, o.moves})
	}
}
