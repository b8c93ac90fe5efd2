package calendar

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// lawHoliday is where working days come from.
const lawHoliday = "行政许可法第八十二条"

// SaveDraft keeps the arrangement of a year being prepared. Revision is that of
// the draft that was seen, 0 for a new one.
type SaveDraft struct {
	Year     Year
	Revision int
}

// SaveDraft refuses an arrangement that no table could take; a second draft of
// the year, or one that somebody else changed meanwhile, is a conflict.
func (s *Service) SaveDraft(ctx context.Context, who staff.Actor, in SaveDraft) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.CalendarEdit); err != nil {
			return err
		}
		if err := in.Year.check(DayOf(tx.Now)); err != nil {
			return err
		}
		args := []any{in.Year.Year, db.JSON(in.Year), who.AccountID, who.Name, db.Stamp(tx.Now)}
		if in.Revision == 0 {
			tx.Write(`insert into calendar_draft (year, data, by_id, by_name, saved_at, revision) values ($1, $2, $3, $4, $5, 1)`, args...)
		} else {
			tx.Write(`update calendar_draft set revision = revision + 1, data = $2, by_id = $3, by_name = $4, saved_at = $5
				where year = $1 and revision = $6`, append(args, in.Revision)...)
		}
		record(tx, who, "calendar.save_draft", in.Year.Year, nil, in.Year)
		return nil
	})
}

// DiscardDraft throws a draft away; the calendar in force stays.
func (s *Service) DiscardDraft(ctx context.Context, who staff.Actor, year, revision int) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.CalendarEdit); err != nil {
			return err
		}
		deleteDraft(tx, year, revision)
		record(tx, who, "calendar.discard_draft", year, nil, nil)
		return nil
	})
}

func deleteDraft(tx *db.Tx, year, revision int) {
	tx.Write(`delete from calendar_draft where year = $1 and revision = $2`, year, revision)
}

// Drafts lists what is being prepared, by year.
func (s *Service) Drafts(ctx context.Context, who staff.Actor) (out []Draft, err error) {
	err = s.reading(ctx, who, func(tx *db.Tx) error {
		out, err = drafts(tx)
		return err
	})
	return out, err
}

// Draft is the draft of a year; fault calendar.draft.
func (s *Service) Draft(ctx context.Context, who staff.Actor, year int) (d Draft, err error) {
	err = s.reading(ctx, who, func(tx *db.Tx) error {
		d, err = draftOf(tx, year)
		return err
	})
	return d, err
}

func (s *Service) reading(ctx context.Context, who staff.Actor, fn func(*db.Tx) error) error {
	if err := who.Must(staff.CalendarEdit); err != nil {
		return err
	}
	return s.db.Read(ctx, fn)
}

// The years that an arrangement may be entered for.
const firstYear, lastYear = 2008, 2099

// check refuses what is no arrangement of a year.
func (y Year) check(today Day) error {
	var wrong []fault.Field
	if y.Year < firstYear || y.Year > lastYear {
		wrong = append(wrong, fault.At("year", "calendar.year", "first", strconv.Itoa(firstYear), "last", strconv.Itoa(lastYear)))
	}
	if len(y.Off) == 0 {
		wrong = append(wrong, fault.At("off", "calendar.no_days"))
	}
	if y.Issued != "" {
		if d, err := ParseDay(y.Issued); err != nil || d > today {
			wrong = append(wrong, fault.At("issued", "calendar.issued"))
		}
	}
	if len(wrong) > 0 {
		return fault.Invalid("calendar.invalid", wrong...)
	}
	_, err := New(0, y)
	return err
}

// complete refuses to publish what does not say where it comes from.
func (y Year) complete(reason string) error {
	var wrong []fault.Field
	for _, x := range []struct{ name, value string }{{"number", y.Number}, {"issued", y.Issued}, {"source", y.Source}, {"reason", reason}} {
		if strings.TrimSpace(x.value) == "" {
			wrong = append(wrong, fault.At(x.name, "text.required"))
		}
	}
	if len(wrong) > 0 {
		f := fault.Invalid("form.invalid", wrong...)
		f.Law = lawHoliday
		return f
	}
	return nil
}

// With is the table with the arrangement of one year put in or changed, as the
// next version.
func (t *Table) With(y Year) (*Table, error) {
	years := slices.DeleteFunc(t.all(), func(x Year) bool { return x.Year == y.Year })
	return New(t.version+1, append(years, y)...)
}

// all are the loaded years as they were given, in order.
func (t *Table) all() []Year {
	out := make([]Year, 0, len(t.years))
	for _, n := range slices.Sorted(maps.Keys(t.years)) {
		out = append(out, t.years[n].clone())
	}
	return out
}

func record(tx *db.Tx, who staff.Actor, act string, year int, before, after any) {
	audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: act, SubjectKind: "calendar",
		SubjectID: strconv.Itoa(year), Before: before, After: after, RequestID: who.RequestID})
}
