package catalog

import (
	"context"
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// lawUnit is why the unit has to be confirmed: the licensing law counts working
// days, and another law's limit goes before it.
const lawUnit = "行政许可法第四十二条第一款、第八十二条"

// UnitConfirmed (期限单位确认) is the legal department's word on the unit of a limit
// that its law writes as 日. It stands in the version that it made.
type UnitConfirmed struct {
	Unit  deadline.Unit `json:"unit"`
	Basis string        `json:"basis"` // what it rests on
	Why   string        `json:"why"`
	By    string        `json:"by"`   // who
	Body  string        `json:"body"` // of which department
	On    calendar.Day  `json:"on"`
}

// ConfirmUnit (确认期限单位) is an act of the legal department (法制机构).
type ConfirmUnit struct {
	ID    string // of the version in force
	Unit  deadline.Unit
	Basis string
	Why   string
}

// ConfirmUnit makes and publishes the next version of the matter, alike but for
// the unit, in force from the day after: cases that run keep the version they
// began with, and with it their days. A draft of the matter is confirmed along.
func (s *Service) ConfirmUnit(ctx context.Context, who staff.Actor, in ConfirmUnit) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.LimitConfirm); err != nil {
			return err
		}
		old, err := byID(tx, in.ID)
		if err != nil {
			return err
		}
		body, err := org.LoadBody(tx, who.OrgID)
		if err != nil {
			return err
		}
		next, err := old.confirmed(in, who, body.Name, calendar.DayOf(tx.Now))
		if err != nil {
			return err
		}
		last, err := lastVersion(tx, old.Code())
		if err != nil {
			return err
		}
		next.ID, next.Version = id.New(), last+1
		setEnd(tx, old.ID, next.From)
		insertSeed(tx, next)
		if err := confirmDraft(tx, old.Code(), next); err != nil {
			return err
		}
		changed(tx)
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "catalog.confirm_unit", SubjectKind: "implementation",
			SubjectID: next.ID, Before: old.Statutory, After: next.Statutory, RequestID: who.RequestID})
		event.Publish(tx, "catalog.published", next.ID, map[string]any{
			"code": next.Code(), "name": next.Name, "version": next.Version, "from": next.From, "ground": next.Change.Ground})
		tx.AfterCommit(s.markStale)
		return nil
	})
}

// confirmed is the rule: only what is in force and unsure is confirmed, as
// working or as natural days, with what it rests on (行政许可法第四十二条第一款但书、
// 第八十二条).
func (i *Implementation) confirmed(in ConfirmUnit, who staff.Actor, body string, today calendar.Day) (*Implementation, error) {
	if i.Status != Published || i.To != nil || i.From > today {
		return nil, fault.Conflict("catalog.not_in_force")
	}
	if i.Statutory == nil || !i.Statutory.Unsure {
		return nil, fault.Refused("catalog.unit_sure", lawUnit, "name", i.Name)
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	next := i.Clone()
	next.Statutory.settle(UnitConfirmed{Unit: in.Unit, Basis: strings.TrimSpace(in.Basis), Why: strings.TrimSpace(in.Why), By: who.Name, Body: body, On: today})
	next.Status, next.From = Published, today+1
	next.Change = Change{Ground: GroundUnit, ByID: who.AccountID, ByName: who.Name, Replace: i.ID,
		Note: body + "确认“" + i.Statutory.Written + "”按" + in.Unit.Name() + "计算，依据：" + strings.TrimSpace(in.Basis)}
	return next, next.complete(nil)
}

func (l *Limit) settle(c UnitConfirmed) {
	l.Unit, l.Unsure, l.Confirmed = c.Unit, false, &c
}

func (in ConfirmUnit) check() error {
	var wrong []fault.Field
	if in.Unit != deadline.Working && in.Unit != deadline.Natural {
		wrong = append(wrong, fault.At("unit", "catalog.unit"))
	}
	for _, x := range []struct{ name, text string }{{"basis", in.Basis}, {"why", in.Why}} {
		switch n := len([]rune(strings.TrimSpace(x.text))); {
		case n == 0:
			wrong = append(wrong, fault.At(x.name, "text.required"))
		case n > mostNote:
			wrong = append(wrong, fault.At(x.name, "text.too_long", "max", strconv.Itoa(mostNote)))
		}
	}
	if len(wrong) > 0 {
		f := fault.Invalid("form.invalid", wrong...)
		f.Law = lawUnit
		return f
	}
	return nil
}

// confirmDraft carries the confirmation into the draft of a code, where there is
// one, so that publishing it does not take the confirmation back.
func confirmDraft(tx *db.Tx, code string, with *Implementation) error {
	list, err := db.List(tx, scanImplementation, `select `+columns+` from implementation where code = $1 and status = 'draft'`, code)
	if err != nil || len(list) == 0 {
		return err
	}
	draft := list[0]
	if draft.Statutory == nil || !draft.Statutory.Unsure {
		return nil
	}
	draft.Statutory.settle(*with.Statutory.Confirmed)
	updateDraft(tx, draft)
	return nil
}

// Unsettled are the matters in force whose unit waits for its confirmation, and
// those that were confirmed, by code.
func (s *Service) Unsettled(ctx context.Context, who staff.Actor) (unsure, settled []*Implementation, err error) {
	if err := who.Must(staff.LimitConfirm); err != nil {
		return nil, nil, err
	}
	snap, err := s.Snapshot(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range snap.Entries() {
		switch l := e.Impl.Statutory; {
		case !e.Open() || l == nil:
		case l.Unsure && e.Impl.To == nil:
			unsure = append(unsure, e.Impl)
		case l.Confirmed != nil:
			settled = append(settled, e.Impl)
		}
	}
	return unsure, settled, nil
}
