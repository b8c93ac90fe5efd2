package calendar

import (
	"context"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// Topic is published with every new version; the payload is Published.
const Topic = "calendar.published"

// Published is what the event of a new version says.
type Published struct{ Version, Year int }

// Publish puts the draft of a year into force. Base is the version in force
// that the person saw the consequences against.
type Publish struct {
	Year, Revision, Base int
	Reason               string
}

// Publish makes a new version of the table. Every open deadline is computed
// anew afterwards, by the reaction to Topic.
func (s *Service) Publish(ctx context.Context, who staff.Actor, in Publish) (version int, err error) {
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.CalendarEdit); err != nil {
			return err
		}
		before, after, err := toPublish(tx, in)
		if err != nil {
			return err
		}
		version = after.version
		insertVersion(tx, after, in.Year, in.Reason, who.AccountID, who.Name)
		deleteDraft(tx, in.Year, in.Revision)
		old, _ := before.Notice(in.Year)
		published, _ := after.Notice(in.Year)
		record(tx, who, "calendar.publish", in.Year, old, published)
		event.Publish(tx, Topic, published.Number, Published{version, in.Year})
		tx.AfterCommit(func() { s.stale.Store(true) })
		return nil
	})
	return version, err
}

// toPublish loads the table in force and the one that the draft makes of it.
func toPublish(tx *db.Tx, in Publish) (before, after *Table, err error) {
	draft, err := draftOf(tx, in.Year)
	if err != nil {
		return nil, nil, err
	}
	n, err := newest(tx)
	switch {
	case err != nil:
		return nil, nil, err
	case draft.Revision != in.Revision, n != in.Base:
		return nil, nil, fault.Conflict("calendar.stale")
	}
	if err := draft.Year.complete(in.Reason); err != nil {
		return nil, nil, err
	}
	if before, err = load(tx, n); err != nil {
		return nil, nil, err
	}
	after, err = before.With(draft.Year)
	return before, after, err
}

// Foresee is the table as it would be with the draft of a year in force.
func (s *Service) Foresee(ctx context.Context, who staff.Actor, year int) (before, after *Table, d Draft, err error) {
	err = s.reading(ctx, who, func(tx *db.Tx) error {
		n, err := newest(tx)
		if err != nil {
			return err
		}
		if d, err = draftOf(tx, year); err != nil {
			return err
		}
		if before, err = load(tx, n); err != nil {
			return err
		}
		after, err = before.With(d.Year)
		return err
	})
	return before, after, d, err
}
