package catalog

import (
	"context"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// SaveItem enters a matter into the basic directory or changes its entry. The
// code itself never changes.
type SaveItem struct{ Item Item }

// SaveItem needs the permission to publish: the directory is kept by one
// office, and a department may not add to it (实施方案（三）1 严禁擅自调整).
func (s *Service) SaveItem(ctx context.Context, who staff.Actor, in SaveItem) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.CatalogPublish); err != nil {
			return err
		}
		all, err := items(tx)
		if err != nil {
			return err
		}
		if err := in.Item.check(); err != nil {
			return err
		}
		saveItem(tx, in.Item)
		changed(tx)
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "catalog.save_item", SubjectKind: "item",
			SubjectID: in.Item.Code, Before: all[in.Item.Code], After: in.Item, RequestID: who.RequestID})
		event.Publish(tx, "catalog.item_saved", in.Item.Code, in.Item)
		tx.AfterCommit(s.markStale)
		return nil
	})
}

// check refuses an entry whose code or kind is wrong.
func (i Item) check() error {
	var wrong []fault.Field
	if !basicCode(i.Code) {
		wrong = append(wrong, fault.At("code", "catalog.code"))
	} else if string(i.Kind) != i.Code[2:4] || i.Kind.Name() == "" {
		wrong = append(wrong, fault.At("kind", "catalog.kind"))
	}
	if i.Name == "" {
		wrong = append(wrong, fault.At("name", "catalog.name"))
	}
	if len(wrong) > 0 {
		return fault.Invalid("catalog.item_invalid", wrong...)
	}
	return nil
}

// markStale makes the next Snapshot read again.
func (s *Service) markStale() { s.stale.Store(true) }
