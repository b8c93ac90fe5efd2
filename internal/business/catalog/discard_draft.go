package catalog

import (
	"context"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// DiscardDraft (作废草稿) removes a draft that nobody goes on with. What is
// published stays.
type DiscardDraft struct {
	ID       string
	Revision int
}

// DiscardDraft refuses a draft that was handed over: it is taken back first.
func (s *Service) DiscardDraft(ctx context.Context, who staff.Actor, in DiscardDraft) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.CatalogEdit); err != nil {
			return err
		}
		d, err := draftToChange(tx, who, in.ID, in.Revision)
		if err != nil {
			return err
		}
		if d.Handover.State == HandedOver {
			return fault.Conflict("catalog.handed_over")
		}
		deleteDraft(tx, d)
		if d.Version == 1 { // the directory showed it
			changed(tx)
			tx.AfterCommit(s.markStale)
		}
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "catalog.discard_draft", SubjectKind: "implementation",
			SubjectID: d.ID, Before: d, RequestID: who.RequestID})
		event.Publish(tx, "catalog.draft_discarded", d.ID, map[string]string{"code": d.Code(), "name": d.Name})
		return nil
	})
}
