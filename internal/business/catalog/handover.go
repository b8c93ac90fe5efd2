package catalog

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// lawApart is why who edits does not publish: the list is compiled by the
// department and examined by the approval bureau before it is published.
const lawApart = "定州市实施方案（三）1"

// Handover (送审) is where a draft stands between those who edit it and who
// publishes it. The zero value is a draft that is being edited.
type Handover struct {
	State  HandoverState `json:"state,omitempty"`
	ByID   string        `json:"by_id,omitempty"` // who handed over, or sent back
	ByName string        `json:"by_name,omitempty"`
	At     time.Time     `json:"at,omitzero"`
	Note   string        `json:"note,omitempty"` // what is said to the other side
	// Editors are the accounts that saved the draft: none of them publishes it.
	Editors []string `json:"editors,omitempty"`
}

// HandoverState is one of the states of a draft.
type HandoverState string

// A draft is edited (Editing), handed over and then locked, sent back with
// reasons and edited again, until it is published.
const (
	Editing    HandoverState = ""
	HandedOver HandoverState = "handed_over"
	SentBack   HandoverState = "sent_back"
)

// edited remembers who saved the draft.
func (h Handover) edited(who staff.Actor) Handover {
	if who.Kind == staff.Officer && !slices.Contains(h.Editors, who.AccountID) {
		h.Editors = append(slices.Clone(h.Editors), who.AccountID)
	}
	return h
}

// Apart says that the actor neither edited the draft nor handed it over.
func (h Handover) Apart(who staff.Actor) bool {
	return h.ByID != who.AccountID && !slices.Contains(h.Editors, who.AccountID)
}

// passed is the handover in another state, with the editors kept.
func (h Handover) passed(state HandoverState, who staff.Actor, note string, now time.Time) Handover {
	return Handover{State: state, ByID: who.AccountID, ByName: who.Name, At: now, Note: note, Editors: h.Editors}
}

// publishedBy refuses what was not handed over, and who had a hand in it.
func (h Handover) publishedBy(who staff.Actor) error {
	switch {
	case h.State != HandedOver:
		return fault.Refused("catalog.not_handed_over", lawApart)
	case !h.Apart(who):
		return fault.Refused("catalog.same_person", lawApart)
	}
	return nil
}

// HandOver (送审) locks a draft that is complete and puts it before who publishes.
type HandOver struct {
	ID       string
	Revision int
	Note     string
}

// HandOver refuses a draft that could not be published as it is, naming what is
// lacking.
func (s *Service) HandOver(ctx context.Context, who staff.Actor, in HandOver) error {
	return s.pass(ctx, who, passing{staff.CatalogEdit, in.ID, in.Revision, HandedOver, in.Note, "catalog.hand_over"}, func(tx *db.Tx, d *Implementation) error {
		if d.Handover.State == HandedOver {
			return fault.Conflict("catalog.handed_over")
		}
		wrong, err := wrongFlow(tx, d)
		if err != nil {
			return err
		}
		return d.complete(wrong)
	})
}

// TakeBack (撤回送审) opens a draft for editing again before it is published.
type TakeBack struct {
	ID       string
	Revision int
}

// TakeBack refuses a draft that was not handed over.
func (s *Service) TakeBack(ctx context.Context, who staff.Actor, in TakeBack) error {
	return s.pass(ctx, who, passing{staff.CatalogEdit, in.ID, in.Revision, Editing, "", "catalog.take_back"}, wasHandedOver)
}

// SendBack (退回) gives a draft back to its editors with reasons.
type SendBack struct {
	ID       string
	Revision int
	Reasons  string
}

// SendBack refuses without reasons.
func (s *Service) SendBack(ctx context.Context, who staff.Actor, in SendBack) error {
	return s.pass(ctx, who, passing{staff.CatalogPublish, in.ID, in.Revision, SentBack, in.Reasons, "catalog.send_back"}, func(tx *db.Tx, d *Implementation) error {
		if strings.TrimSpace(in.Reasons) == "" {
			return fault.Invalid("form.invalid", fault.At("reasons", "text.required"))
		}
		return wasHandedOver(tx, d)
	})
}

func wasHandedOver(_ *db.Tx, d *Implementation) error {
	if d.Handover.State != HandedOver {
		return fault.Refused("catalog.not_handed_over", lawApart)
	}
	return nil
}

// passing is a draft on its way from one side to the other.
type passing struct {
	need     staff.Permission
	id       string
	revision int
	to       HandoverState
	note     string
	act      string // of the audit and, as the event, what is told
}

// pass is the frame of the three acts; rule may refuse.
func (s *Service) pass(ctx context.Context, who staff.Actor, p passing, rule func(*db.Tx, *Implementation) error) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(p.need); err != nil {
			return err
		}
		d, err := draftToChange(tx, who, p.id, p.revision)
		if err != nil {
			return err
		}
		if n := len([]rune(p.note)); n > mostNote {
			return fault.Invalid("form.invalid", fault.At("note", "text.too_long", "max", strconv.Itoa(mostNote)))
		}
		if err := rule(tx, d); err != nil {
			return err
		}
		before := d.Handover
		d.Handover = before.passed(p.to, who, strings.TrimSpace(p.note), tx.Now)
		updateDraft(tx, d)
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: p.act, SubjectKind: "implementation",
			SubjectID: d.ID, Before: before, After: d.Handover, RequestID: who.RequestID})
		event.Publish(tx, p.act, d.ID, map[string]string{"code": d.Code(), "name": d.Name, "note": d.Handover.Note})
		return nil
	})
}
