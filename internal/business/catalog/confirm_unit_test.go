package catalog

import (
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/deadline"
	"onewindow/internal/business/schema"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/fault"
)

var legal = staff.Actor{AccountID: "l1", Name: "方正", Kind: staff.Officer, OrgID: "dz-sfj", Roles: []staff.Role{staff.Legal}}

// 行政许可法第四十二条第一款但书、第八十二条: what a law writes as 日 is counted in the
// unit that the legal department confirmed, from the next day on, in a version of
// its own; what is sure is not confirmed, and a draft does not take it back.
func TestTheUnitOfALimitIsConfirmed(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		s, _ := staffed(t, d)
		snap, err := s.Snapshot(ctx)
		if err != nil {
			t.Fatal(err)
		}
		old := snap.Search(Query{Text: "建筑工程施工许可"}).Hits[0].Entry.Impl
		draft, err := s.SaveDraft(ctx, admin, SaveDraft{Body: old.Clone()})
		if err != nil {
			t.Fatal(err)
		}
		in := ConfirmUnit{ID: old.ID, Unit: deadline.Working, Basis: "省住房和城乡建设厅答复（示例）", Why: "行政机关的期限按工作日计算"}
		refuses(t, "the catalogue's admin", s.ConfirmUnit(ctx, admin, in), fault.Denied("permission"))
		refuses(t, "a sure one", s.ConfirmUnit(ctx, legal, ConfirmUnit{ID: food(t, s).ID, Unit: deadline.Working, Basis: "x", Why: "x"}), fault.Refused("catalog.unit_sure", ""))
		for name, wrong := range map[string]ConfirmUnit{"unit": {ID: old.ID, Unit: deadline.Month, Basis: "x", Why: "x"},
			"basis": {ID: old.ID, Unit: deadline.Working, Why: "x"}, "why": {ID: old.ID, Unit: deadline.Working, Basis: "x"}} {
			if f := fault.Of(s.ConfirmUnit(ctx, legal, wrong)); f == nil || f.Law != lawUnit || len(f.Fields) != 1 || f.Fields[0].Name != name {
				t.Errorf("%s: %v", name, f)
			}
		}
		if err := s.ConfirmUnit(ctx, legal, in); err != nil {
			t.Fatal(err)
		}
		refuses(t, "twice", s.ConfirmUnit(ctx, legal, in), fault.Conflict("catalog.not_in_force"))
		clk.Advance(24 * time.Hour)
		if snap, err = s.Snapshot(ctx); err != nil {
			t.Fatal(err)
		}
		e, _ := snap.ByCode(old.Code())
		now := e.Impl
		if now.ID == old.ID || now.Statutory.Unit != deadline.Working || now.Statutory.Unsure || now.Statutory.Confirmed.Body != "定州市司法局" {
			t.Fatalf("%+v", now.Statutory)
		}
		if p, _ := now.Guide(today).Part(PartLimits); !strings.Contains(p.Facts[0].Text, "定州市司法局确认按工作日计算") {
			t.Error(p.Facts[0].Text)
		}
		if kept, err := s.ByID(ctx, old.ID); err != nil || !kept.Statutory.Unsure || kept.Statutory.Unit != deadline.Natural {
			t.Errorf("the version of running cases changed: %v %v", kept.Statutory, err)
		}
		if kept, err := s.ByID(ctx, draft); err != nil || kept.Statutory.Unsure || kept.Statutory.Unit != deadline.Working {
			t.Errorf("the draft takes it back: %v %v", kept.Statutory, err)
		}
		h, err := s.History(ctx, old.Code())
		if err != nil || len(h) != 2 || h[0].Change.Ground != GroundUnit || !strings.Contains(h[0].Change.Note, "定州市司法局确认") {
			t.Errorf("%+v %v", h, err)
		}
		unsure, settled, err := s.Unsettled(ctx, legal)
		if err != nil || len(settled) != 1 || settled[0].ID != now.ID {
			t.Errorf("%d unsure, %d settled, %v", len(unsure), len(settled), err)
		}
		for _, i := range unsure {
			if i.Code() == old.Code() {
				t.Error("it still waits")
			}
		}
	})
}
