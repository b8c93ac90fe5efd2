package calendar_test

import (
	"context"
	"errors"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/schema"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/fault"
)

var (
	ctx  = context.Background()
	boss = staff.Machine("测试")
)

func arrangement(year int) calendar.Year {
	d := calendar.Date(year, 1, 1)
	return calendar.Year{Year: year, Number: "国办发明电〔2021〕1号", Issued: "2021-11-01", Source: "测试", Off: map[calendar.Day]string{d: "元旦"}}
}

// A version holds the whole table, never changes, and is noticed by other
// processes.
func TestVersions(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		here, there := calendar.NewService(d), calendar.NewService(d)
		if here.Table().Version() != 1 || there.Table().Version() != 1 {
			t.Fatal("the table inside the program is version 1")
		}
		y := arrangement(2031)
		if err := here.SaveDraft(ctx, boss, calendar.SaveDraft{Year: y}); err != nil {
			t.Fatal(err)
		}
		if err := there.SaveDraft(ctx, boss, calendar.SaveDraft{Year: y}); !errors.Is(err, fault.Conflict("duplicate")) {
			t.Fatalf("a second draft of the year: %v", err)
		}
		if _, err := here.Publish(ctx, boss, calendar.Publish{Year: 2031, Revision: 1, Base: 9, Reason: "公布"}); !errors.Is(err, fault.Conflict("calendar.stale")) {
			t.Fatalf("against a version that was not previewed: %v", err)
		}
		n, err := here.Publish(ctx, boss, calendar.Publish{Year: 2031, Revision: 1, Base: 1, Reason: "公布"})
		if err != nil || n != 2 || here.Table().Version() != 2 || !here.Table().Loaded(2031) || !here.Table().Loaded(2021) {
			t.Fatal(n, err)
		}
		clk.Advance(3e9)
		if there.Table().Version() != 2 {
			t.Fatal("another process did not notice")
		}
		_, old, err := there.Edition(ctx, 1)
		if err != nil || old.Loaded(2031) {
			t.Fatal("version 1 changed", err)
		}
		all, err := there.Editions(ctx)
		if err != nil || len(all) != 2 || all[0].Reason != "公布" || all[1].Version != 1 {
			t.Fatalf("%+v %v", all, err)
		}
	})
}

// What does not say where it comes from is not published, and an edit that
// somebody else was faster with is refused.
func TestPublishWantsItsSource(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		s := calendar.NewService(d)
		y := arrangement(2032)
		y.Number = ""
		if err := s.SaveDraft(ctx, boss, calendar.SaveDraft{Year: y}); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveDraft(ctx, boss, calendar.SaveDraft{Year: y, Revision: 7}); !errors.Is(err, fault.Conflict("stale")) {
			t.Fatalf("stale draft: %v", err)
		}
		_, err := s.Publish(ctx, boss, calendar.Publish{Year: 2032, Revision: 1, Base: 1, Reason: ""})
		if f := fault.Of(err); f == nil || len(f.Fields) != 2 || f.Law == "" {
			t.Fatalf("%v", err)
		}
		if _, err := s.Publish(ctx, staff.Actor{AccountID: "x", Roles: []staff.Role{staff.Clerk}}, calendar.Publish{Year: 2032, Revision: 1, Base: 1, Reason: "x"}); !errors.Is(err, fault.Denied("permission")) {
			t.Fatalf("a clerk: %v", err)
		}
		if err := s.DiscardDraft(ctx, boss, 2032, 1); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Draft(ctx, boss, 2032); !errors.Is(err, fault.Missing("calendar.draft")) {
			t.Fatal(err)
		}
	})
}
