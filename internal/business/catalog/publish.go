package catalog

import (
	"context"
	"strconv"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// Publish puts a draft into force from a day on, on a legal ground. The version
// before it ends on that day; cases that run keep theirs.
type Publish struct {
	ID       string
	Revision int
	From     calendar.Day
	Ground   Ground
	Note     string
}

// mostNote bounds what is said of a change, in characters.
const mostNote = 300

// Publish refuses a draft that was not handed over by somebody else, that lacks
// anything or has a step that nobody could do, naming every one of them as a field.
func (s *Service) Publish(ctx context.Context, who staff.Actor, in Publish) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.CatalogPublish); err != nil {
			return err
		}
		draft, err := draftToChange(tx, who, in.ID, in.Revision)
		if err != nil {
			return err
		}
		old, err := openVersion(tx, draft.Code())
		if err != nil {
			return err
		}
		wrong, err := wrongFlow(tx, draft)
		if err != nil {
			return err
		}
		if err := draft.publish(in, old, who, calendar.DayOf(tx.Now), wrong); err != nil {
			return err
		}
		if old != nil {
			setEnd(tx, old.ID, in.From)
		}
		setPublished(tx, draft)
		changed(tx)
		s.tellPublished(tx, who, draft, old)
		return nil
	})
}

func (s *Service) tellPublished(tx *db.Tx, who staff.Actor, draft, old *Implementation) {
	audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "catalog.publish", SubjectKind: "implementation",
		SubjectID: draft.ID, Before: old, After: draft, RequestID: who.RequestID})
	event.Publish(tx, "catalog.published", draft.ID, map[string]any{
		"code": draft.Code(), "name": draft.Name, "version": draft.Version, "from": draft.From, "ground": draft.Change.Ground})
	tx.AfterCommit(s.markStale)
}

// publish is the rule: handed over by another, a complete draft whose steps all have somebody, a named
// ground, a day that is not past and lies after the day from which the old
// version is in force (优化营商环境条例第三十五条, 实施方案（三）1).
func (i *Implementation) publish(in Publish, old *Implementation, who staff.Actor, today calendar.Day, wrong []fault.Field) error {
	if err := i.Handover.publishedBy(who); err != nil {
		return err
	}
	switch {
	case !in.Ground.Valid() || (in.Ground == GroundFirst) != (old == nil):
		return fault.Invalid("catalog.ground", fault.At("ground", "catalog.ground"))
	case len([]rune(in.Note)) > mostNote:
		return fault.Invalid("form.invalid", fault.At("note", "text.too_long", "max", strconv.Itoa(mostNote)))
	case in.From < today:
		return fault.Invalid("catalog.from_past", fault.At("from", "catalog.from_past"))
	case old != nil && in.From <= old.From:
		return fault.Invalid("catalog.from_overlap", fault.At("from", "catalog.from_overlap", "after", old.From.String()))
	}
	if err := i.complete(wrong); err != nil {
		return err
	}
	i.Status, i.From = Published, in.From
	i.Change = Change{Ground: in.Ground, Note: in.Note, ByID: who.AccountID, ByName: who.Name}
	if old != nil {
		i.Change.Replace = old.ID
	}
	return nil
}

// complete refuses as catalog.not_publishable while something is lacking
// (行政许可法第三十条), or is wrong with the process.
func (i *Implementation) complete(wrong []fault.Field) error {
	f := fault.Refused("catalog.not_publishable", "行政许可法第三十条", "name", i.Name)
	for _, l := range i.Lacks() {
		if !l.Warning {
			f.Fields = append(f.Fields, fault.Field{Name: string(l.Part), Code: l.Code, Args: l.Args})
		}
	}
	for _, x := range wrong {
		f.Fields = append(f.Fields, fault.Field{Name: string(PartProcedure), Code: x.Code, Args: x.Args})
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}
