package catalog

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// Retire ends an implementation without a successor (取消、暂停、移交), from a
// day on. Cases that run are decided under the version they began with.
type Retire struct {
	ID     string
	From   calendar.Day
	Ground Ground
	Note   string
}

// Retire refuses a version that has an end already.
func (s *Service) Retire(ctx context.Context, who staff.Actor, in Retire) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.CatalogPublish); err != nil {
			return err
		}
		i, err := byID(tx, in.ID)
		if err != nil {
			return err
		}
		if err := i.mayRetire(in, calendar.DayOf(tx.Now)); err != nil {
			return err
		}
		setEnd(tx, i.ID, in.From)
		changed(tx)
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "catalog.retire", SubjectKind: "implementation",
			SubjectID: i.ID, After: in, RequestID: who.RequestID})
		event.Publish(tx, "catalog.retired", i.ID, map[string]any{"code": i.Code(), "name": i.Name, "from": in.From, "ground": in.Ground, "note": in.Note})
		tx.AfterCommit(s.markStale)
		return nil
	})
}

func (i *Implementation) mayRetire(in Retire, today calendar.Day) error {
	switch {
	case i.Status != Published || i.To != nil:
		return fault.Conflict("catalog.not_in_force")
	case !in.Ground.Valid() || in.Ground == GroundFirst || in.Note == "":
		return fault.Invalid("catalog.ground", fault.At("ground", "catalog.ground"))
	case in.From < today || in.From <= i.From:
		return fault.Invalid("catalog.from_past", fault.At("from", "catalog.from_past"))
	}
	return nil
}
