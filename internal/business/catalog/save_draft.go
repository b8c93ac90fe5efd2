package catalog

import (
	"context"
	"encoding/json"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// SaveDraft writes a draft of a version: a new one when ID is empty, otherwise
// over the revision that was seen. What is lacking does not hinder saving.
type SaveDraft struct {
	ID       string
	Revision int
	Body     *Implementation
}

// largestBody bounds the stored text of one version, in bytes.
const largestBody = 1 << 20

// SaveDraft gives the id of the draft. An editor saves for the editor's own
// body only. There is at most one draft of a code; a second is fault duplicate.
func (s *Service) SaveDraft(ctx context.Context, who staff.Actor, in SaveDraft) (string, error) {
	saved := in.ID
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		draft, before, err := draftToSave(tx, who, in)
		if err != nil {
			return err
		}
		if before == nil {
			insertDraft(tx, draft)
		} else {
			updateDraft(tx, draft)
		}
		if draft.Version == 1 { // the directory shows the first draft
			changed(tx)
			tx.AfterCommit(s.markStale)
		}
		saved = draft.ID
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "catalog.save_draft", SubjectKind: "implementation",
			SubjectID: draft.ID, Before: before, After: draft, RequestID: who.RequestID})
		event.Publish(tx, "catalog.draft_saved", draft.ID, map[string]string{"code": draft.Code(), "name": draft.Name})
		return nil
	})
	return saved, err
}

// draftToSave loads what the draft refers to and gives it with what stood there
// before, nil for a new one.
func draftToSave(tx *db.Tx, who staff.Actor, in SaveDraft) (draft, before *Implementation, err error) {
	if err := who.Must(staff.CatalogEdit); err != nil {
		return nil, nil, err
	}
	draft = in.Body.Clone()
	if err := ownBody(who, draft); err != nil {
		return nil, nil, err
	}
	body, err := org.LoadBody(tx, draft.Body.ID)
	if err != nil {
		return nil, nil, err
	}
	item, err := itemByCode(tx, draft.ItemCode)
	if err != nil {
		return nil, nil, err
	}
	draft.settle(item, body, calendar.DayOf(tx.Now))
	if err := draft.fits(item); err != nil {
		return nil, nil, err
	}
	if in.ID != "" {
		before, err = draftToChange(tx, who, in.ID, in.Revision)
		if err == nil && before.Handover.State == HandedOver {
			err = fault.Conflict("catalog.handed_over")
		}
		if err == nil && before.Code() != draft.Code() {
			err = fault.Refused("catalog.code_fixed", "", "code", before.Code())
		}
		if err == nil {
			draft.ID, draft.Version, draft.Revision = before.ID, before.Version, before.Revision
			draft.Handover = before.Handover.edited(who)
		}
		return draft, before, err
	}
	last, err := lastVersion(tx, draft.Code())
	draft.ID, draft.Version, draft.Handover = id.New(), last+1, Handover{}.edited(who)
	return draft, nil, err
}

// draftToChange loads a draft and holds it to the revision that was seen.
func draftToChange(tx *db.Tx, who staff.Actor, id string, revision int) (*Implementation, error) {
	d, err := byID(tx, id)
	switch {
	case err != nil:
		return nil, err
	case ownBody(who, d) != nil:
		return nil, fault.Denied("scope")
	case d.Status != Draft:
		return nil, fault.Conflict("catalog.not_draft")
	case d.Revision != revision:
		return nil, fault.Conflict("stale")
	}
	return d, nil
}

// settle takes over what others keep: the kind from the directory, names, code
// and remedies from the body.
func (i *Implementation) settle(item Item, body org.Body, today calendar.Day) {
	i.Kind = item.Kind
	if i.Name == "" {
		i.Name = item.Name
	}
	i.Body = Body{ID: body.ID, Name: body.Name, USCC: body.USCC}
	if len(i.Remedies.Lacks()) > 0 {
		i.Remedies = body.Remedies
	}
	i.Status, i.ExampleOn = Draft, today
}

// fits refuses what can be no version at all.
func (i *Implementation) fits(item Item) error {
	switch {
	case item.Split:
		return fault.Refused("catalog.split", "", "item", item.Name)
	case !implementationCode(i.Code()):
		return fault.Invalid("catalog.code", fault.At("code", "catalog.code", "code", i.Code()))
	case len(toJSON(i)) > largestBody:
		return fault.TooLarge("catalog.too_large")
	}
	return nil
}

// Clone is a deep copy of the version's body, to begin a draft from.
func (i *Implementation) Clone() *Implementation {
	c := &Implementation{}
	if err := json.Unmarshal([]byte(toJSON(i)), c); err != nil {
		panic("catalog does not read what it wrote: " + err.Error())
	}
	return c
}
