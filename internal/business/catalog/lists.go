package catalog

import (
	"context"
	"slices"
	"strings"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// ItemList asks for a page of the basic directory, by code.
type ItemList struct {
	Text  string // part of the name, or how the code begins
	Kind  Kind   // "" for all
	After string // code of the last entry of the page before
	Limit int
}

// AllItems bounds a list of the whole directory.
const AllItems = most

// Items is a page of the basic directory.
func (s *Service) Items(ctx context.Context, who staff.Actor, in ItemList) (out []Item, err error) {
	if err := who.Must(staff.CatalogReadDraft); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = itemPage(tx, in)
		return err
	})
	return out, err
}

// Item is one entry of the basic directory; fault catalog.item_missing.
func (s *Service) Item(ctx context.Context, who staff.Actor, code string) (i Item, err error) {
	if err := who.Must(staff.CatalogReadDraft); err != nil {
		return i, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) (err error) {
		i, err = itemByCode(tx, code)
		return err
	})
	return i, err
}

// DraftList asks for a page of the drafts that the actor may edit, by code.
type DraftList struct {
	Text  string // part of the name, or how the code begins
	State string // BeingEdited, or a HandoverState; "" for any
	After string // code of the last one of the page before
	Limit int
}

// BeingEdited asks for the drafts that were neither handed over nor sent back.
const BeingEdited = "editing"

// Drafts is a page of the drafts.
func (s *Service) Drafts(ctx context.Context, who staff.Actor, in DraftList) ([]Head, error) {
	if err := who.Must(staff.CatalogReadDraft); err != nil {
		return nil, err
	}
	return s.heads(ctx, func(tx *db.Tx) ([]Head, error) { return draftHeads(tx, editedBody(who), in) })
}

// Revisable is a page of the versions in force that the actor may begin the next
// version of: those without an end and without a draft. State is not asked.
func (s *Service) Revisable(ctx context.Context, who staff.Actor, in DraftList) (out []*Implementation, err error) {
	if err := who.Must(staff.CatalogReadDraft); err != nil {
		return nil, err
	}
	var drafted []string
	err = s.db.Read(ctx, func(tx *db.Tx) (err error) {
		drafted, err = draftCodes(tx, editedBody(who))
		return err
	})
	if err != nil {
		return nil, err
	}
	snap, err := s.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	slices.Sort(drafted) // the store's order may be another
	for _, e := range snap.Entries() {
		code := e.Impl.Code()
		_, has := slices.BinarySearch(drafted, code)
		named := strings.Contains(e.Impl.Name, in.Text) || strings.HasPrefix(code, in.Text)
		if e.Open() && code > in.After && named && !has && ownBody(who, e.Impl) == nil && len(out) < in.Limit {
			out = append(out, e.Impl)
		}
	}
	return out, nil
}

// editedBody is the body whose versions the actor edits, "" for all.
func editedBody(who staff.Actor) string {
	if everyBody(who) {
		return ""
	}
	return who.OrgID
}
