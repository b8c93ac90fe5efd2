package casework

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
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
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		at := spot{before: cal.Version()}
		for {
			batch, err := s.openCases(tx, at)
			if err != nil || len(batch) == 0 {
				return err
			}
			for _, o := range batch {
				impl, err := s.catalog.Load(tx, o.ImplementationID)
				if err != nil {
					return err
				}
				o.project(impl, cal, s.warnAt)
				f.add(o)
			}
			last := batch[len(batch)-1]
			at.calendar, at.id = last.before.Calendar, last.ID
		}
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
