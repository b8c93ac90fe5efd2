package catalog

import (
	"context"
	"strconv"
	"strings"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// SaveItem enters a matter into the basic directory (Version 0), or writes over
// the version of its entry that was seen. The code itself never changes.
type SaveItem struct{ Item Item }

// SaveItem needs the permission to publish: the directory is kept by one
// office, and a department may not add to it (实施方案（三）1 严禁擅自调整). A new
// entry under a code that is there already is refused.
func (s *Service) SaveItem(ctx context.Context, who staff.Actor, in SaveItem) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.CatalogPublish); err != nil {
			return err
		}
		if err := in.Item.check(); err != nil {
			return err
		}
		before, err := itemByCode(tx, in.Item.Code)
		if f := fault.Of(err); err != nil && (f == nil || f.Kind != fault.KindMissing) {
			return err
		}
		switch {
		case before.Version == in.Item.Version:
		case in.Item.Version == 0:
			return fault.Conflict("catalog.item_exists", "name", before.Name)
		default:
			return fault.Conflict("stale")
		}
		if before.Version == 0 {
			insertItem(tx, in.Item)
		} else {
			updateItem(tx, in.Item)
		}
		changed(tx)
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "catalog.save_item", SubjectKind: "item",
			SubjectID: in.Item.Code, Before: before, After: in.Item, RequestID: who.RequestID})
		event.Publish(tx, "catalog.item_saved", in.Item.Code, in.Item)
		tx.AfterCommit(s.markStale)
		return nil
	})
}

// The longest texts of an entry, in characters.
const (
	mostItemName   = 100
	mostAlias      = 50
	mostAliases    = 50
	mostProvenance = 300
)

// check refuses an entry whose code or kind is wrong, or whose texts are too long.
func (i Item) check() error {
	var wrong []fault.Field
	switch {
	case !basicCode(i.Code):
		wrong = append(wrong, fault.At("code", "catalog.item_code"))
	case i.Kind.Name() != "" && string(i.Kind) != i.Code[2:4]:
		wrong = append(wrong, fault.At("kind", "catalog.kind_code", "digits", i.Code[2:4]))
	}
	if i.Kind.Name() == "" {
		wrong = append(wrong, fault.At("kind", "catalog.kind"))
	}
	if strings.TrimSpace(i.Name) == "" {
		wrong = append(wrong, fault.At("name", "catalog.name"))
	}
	wrong = append(wrong, tooLong("name", i.Name, mostItemName)...)
	wrong = append(wrong, tooLong("source", i.Source.Source, mostProvenance)...)
	for _, a := range i.Aliases {
		wrong = append(wrong, tooLong("aliases", a, mostAlias)...)
	}
	if len(i.Aliases) > mostAliases {
		wrong = append(wrong, fault.At("aliases", "sheet.rows", "max", strconv.Itoa(mostAliases)))
	}
	if len(wrong) > 0 {
		return fault.Invalid("catalog.item_invalid", wrong...)
	}
	return nil
}

func tooLong(field, s string, most int) []fault.Field {
	if len([]rune(s)) <= most {
		return nil
	}
	return []fault.Field{fault.At(field, "text.too_long", "max", strconv.Itoa(most))}
}

// markStale makes the next Snapshot read again.
func (s *Service) markStale() { s.stale.Store(true) }
