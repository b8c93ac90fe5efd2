package catalog

import (
	"errors"
	"sync"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/schema"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/fault"
)

var (
	admin  = staff.Actor{AccountID: "a1", Name: "清单管理员", Kind: staff.Officer, OrgID: "dz-spj", Roles: []staff.Role{staff.CatalogAdmin}}
	editor = staff.Actor{AccountID: "e1", Name: "公安局编制员", Kind: staff.Officer, OrgID: "dz-gaj", Roles: []staff.Role{staff.CatalogEditor}}
	// compiler edits for the bureau, so that admin publishes what another edited
	compiler = staff.Actor{AccountID: "e2", Name: "审批局编制员", Kind: staff.Officer, OrgID: "dz-spj", Roles: []staff.Role{staff.CatalogEditor}}
	clerk    = staff.Actor{AccountID: "c1", Name: "窗口", Kind: staff.Officer, OrgID: "dz-spj", Roles: []staff.Role{staff.Clerk}}
	today    = calendar.DayOf(dbtest.Start)
)

// handOver puts a draft of revision 1 before who publishes; it has revision 2 then.
func handOver(t *testing.T, s *Service, id string) {
	t.Helper()
	if err := s.HandOver(ctx, compiler, HandOver{ID: id, Revision: 1}); err != nil {
		t.Fatal(err)
	}
}

// food is the published version of 食品经营许可.
func food(t *testing.T, s *Service) *Implementation {
	t.Helper()
	snap, err := s.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return snap.Search(Query{Text: "食品经营许可"}).Hits[0].Entry.Impl
}

func refuses(t *testing.T, what string, err error, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

func TestANewVersionTakesOverOnItsDay(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		s, _ := staffed(t, d)
		old := food(t, s)
		next := old.Clone()
		next.Promised = working(15, old.Statutory.Start)
		next.Flow = procedure("standard", next)
		id, err := s.SaveDraft(ctx, compiler, SaveDraft{Body: next})
		if err != nil {
			t.Fatal(err)
		}
		handOver(t, s, id)
		from := today.AddDays(7)
		if err := s.Publish(ctx, admin, Publish{ID: id, Revision: 2, From: from, Ground: GroundReform, Note: "压减时限"}); err != nil {
			t.Fatal(err)
		}
		if now := food(t, s); now.ID != old.ID {
			t.Error("the new version is in force before its day")
		}
		clk.Advance(7 * 24 * time.Hour)
		now := food(t, s)
		if now.ID != id || now.Version != 2 || now.Change.Replace != old.ID || now.StatusOn(from) != Published || now.StatusOn(today) != Scheduled {
			t.Errorf("in force: %+v", now.Change)
		}
		// a running case keeps the version it began with
		kept, err := s.ByID(ctx, old.ID)
		if err != nil || kept.Promised != nil {
			t.Errorf("the old version changed: %v", err)
		}
		past, err := s.On(ctx, old.Code(), today.String())
		if err != nil || past.ID != old.ID {
			t.Errorf("on the past day: %v", err)
		}
		h, err := s.History(ctx, old.Code())
		if err != nil || len(h) != 2 || h[0].Change.Ground != GroundReform || h[1].To != from.String() {
			t.Errorf("history %+v %v", h, err)
		}
	})
}

// 行政许可法第三十条: a draft that lacks what must be shown is not published,
// and the refusal names each lack.
func TestAnIncompleteDraftIsNotPublished(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		s, _ := staffed(t, d)
		snap, _ := s.Snapshot(ctx)
		draft := snap.Search(Query{Text: "旅馆业特种行业许可"}).Hits[0].Entry.Impl
		refuses(t, "never handed over", s.Publish(ctx, admin, Publish{ID: draft.ID, Revision: draft.Revision, From: today, Ground: GroundFirst}), fault.Refused("catalog.not_handed_over", ""))
		err := s.HandOver(ctx, editor, HandOver{ID: draft.ID, Revision: draft.Revision})
		refuses(t, "incomplete", err, fault.Refused("catalog.not_publishable", ""))
		f := fault.Of(err)
		if f.Law != "行政许可法第三十条" || len(f.Fields) < 3 {
			t.Errorf("refusal %v", f)
		}
		if got, _ := s.ByID(ctx, draft.ID); got.Status != Draft {
			t.Error("it was published all the same")
		}
	})
}

func TestPublishHoldsToGroundDayAndRevision(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		s, _ := staffed(t, d)
		old := food(t, s)
		id, err := s.SaveDraft(ctx, compiler, SaveDraft{Body: old.Clone()})
		if err != nil {
			t.Fatal(err)
		}
		handOver(t, s, id)
		ok := Publish{ID: id, Revision: 2, From: today.AddDays(1), Ground: GroundLaw}
		with := func(change func(*Publish)) Publish { p := ok; change(&p); return p }
		refuses(t, "clerk", s.Publish(ctx, clerk, ok), fault.Denied("permission"))
		refuses(t, "editor", s.Publish(ctx, editor, ok), fault.Denied("permission"))
		refuses(t, "visitor", s.Publish(ctx, staff.Actor{}, ok), fault.SignedOut())
		refuses(t, "no ground", s.Publish(ctx, admin, with(func(p *Publish) { p.Ground = "" })), fault.Invalid("catalog.ground"))
		refuses(t, "not the first", s.Publish(ctx, admin, with(func(p *Publish) { p.Ground = GroundFirst })), fault.Invalid("catalog.ground"))
		refuses(t, "past", s.Publish(ctx, admin, with(func(p *Publish) { p.From = today - 1 })), fault.Invalid("catalog.from_past"))
		refuses(t, "same day", s.Publish(ctx, admin, with(func(p *Publish) { p.From = today })), fault.Invalid("catalog.from_overlap"))
		refuses(t, "stale", s.Publish(ctx, admin, with(func(p *Publish) { p.Revision = 1 })), fault.Conflict("stale"))
		if err := s.Publish(ctx, admin, ok); err != nil {
			t.Fatal(err)
		}
		refuses(t, "twice", s.Publish(ctx, admin, ok), fault.Conflict("catalog.not_draft"))
		changed := old.Clone()
		changed.Name = "别的名称"
		_, err = s.SaveDraft(ctx, admin, SaveDraft{ID: id, Revision: 1, Body: changed})
		refuses(t, "saving over a published version", err, fault.Conflict("catalog.not_draft"))
	})
}

func TestEditorsSaveForTheirOwnBody(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		s, _ := staffed(t, d)
		_, err := s.SaveDraft(ctx, editor, SaveDraft{Body: food(t, s).Clone()})
		refuses(t, "foreign body", err, fault.Denied("scope"))
		mine, err := s.Drafts(ctx, editor, DraftList{Limit: 50})
		if err != nil || len(mine) == 0 {
			t.Fatalf("%d drafts, %v", len(mine), err)
		}
		for _, h := range mine {
			if h.BodyID != "dz-gaj" {
				t.Errorf("%s of %s is shown", h.Name, h.BodyID)
			}
		}
		draft, err := s.Draft(ctx, editor, mine[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		draft = draft.Clone()
		draft.Quantity = Quantity{Text: "无数量限制"}
		save := SaveDraft{ID: mine[0].ID, Revision: mine[0].Revision, Body: draft}
		if _, err := s.SaveDraft(ctx, editor, save); err != nil {
			t.Fatal(err)
		}
		_, err = s.SaveDraft(ctx, editor, save)
		refuses(t, "second save of the same revision", err, fault.Conflict("stale"))
		snap, _ := s.Snapshot(ctx)
		if e, ok := snap.ByID(mine[0].ID); !ok || e.Impl.Quantity.Text == "" {
			t.Error("the directory does not show the saved draft at once")
		}
	})
}

func TestOneDraftOfACode(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		s, _ := staffed(t, d)
		body := food(t, s).Clone()
		if _, err := s.SaveDraft(ctx, admin, SaveDraft{Body: body}); err != nil {
			t.Fatal(err)
		}
		_, err := s.SaveDraft(ctx, admin, SaveDraft{Body: body})
		refuses(t, "second draft", err, fault.Conflict("duplicate"))
	})
}

func TestRetire(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		s, _ := staffed(t, d)
		i := food(t, s)
		r := Retire{ID: i.ID, From: today.AddDays(1), Ground: GroundLaw, Note: "法律修改，取消许可"}
		refuses(t, "clerk", s.Retire(ctx, clerk, r), fault.Denied("permission"))
		refuses(t, "no reason", s.Retire(ctx, admin, Retire{ID: i.ID, From: r.From, Ground: GroundLaw}), fault.Invalid("catalog.ground"))
		if err := s.Retire(ctx, admin, r); err != nil {
			t.Fatal(err)
		}
		refuses(t, "twice", s.Retire(ctx, admin, r), fault.Conflict("catalog.not_in_force"))
		clk.Advance(24 * time.Hour)
		snap, _ := s.Snapshot(ctx)
		if _, there := snap.ByCode(i.Code()); there {
			t.Error("a retired matter is still in the directory")
		}
	})
}

// Several processes: what one publishes the others see within lookEvery.
func TestAnotherProcessSeesAPublicationWithinSeconds(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		here, there := seeded(t, d), New(d)
		i := food(t, there)
		if err := here.Retire(ctx, admin, Retire{ID: i.ID, From: today.AddDays(1), Ground: GroundLaw, Note: "x"}); err != nil {
			t.Fatal(err)
		}
		item := Item{Code: "130190001000", Name: "食品经营许可", Kind: Licensing, Listed: false, Version: 1}
		if err := here.SaveItem(ctx, admin, SaveItem{item}); err != nil {
			t.Fatal(err)
		}
		clk.Advance(lookEvery)
		snap, err := there.Snapshot(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, still := snap.ByCode(i.Code()); still {
			t.Error("the other process shows the old directory")
		}
		refuses(t, "item by a clerk", here.SaveItem(ctx, clerk, SaveItem{item}), fault.Denied("permission"))
		refuses(t, "kind against code", here.SaveItem(ctx, admin, SaveItem{Item{Code: "130190001000", Name: "x", Kind: OtherPower}}), fault.Invalid("catalog.item_invalid"))
	})
}

// Two who publish and retire the same matter at once: one wins, the other is
// told, and one version at most is open.
func TestParallelPublications(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		s, _ := staffed(t, d)
		i := food(t, s)
		id, err := s.SaveDraft(ctx, compiler, SaveDraft{Body: i.Clone()})
		if err != nil {
			t.Fatal(err)
		}
		handOver(t, s, id)
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for n := range errs {
			wg.Go(func() {
				if n%2 == 0 {
					errs[n] = s.Publish(ctx, admin, Publish{ID: id, Revision: 2, From: today.AddDays(2), Ground: GroundLaw})
				} else {
					errs[n] = s.Retire(ctx, admin, Retire{ID: i.ID, From: today.AddDays(3), Ground: GroundLaw, Note: "x"})
				}
			})
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if k := fault.Of(err).Kind; k != fault.KindConflict && k != fault.KindInvalid {
				t.Errorf("loser is told %v", err)
			}
		}
		h, _ := s.History(ctx, i.Code())
		open := 0
		for _, v := range h {
			if v.To == "" {
				open++
			}
		}
		if won != 1 || open > 1 {
			t.Errorf("%d winners, %d open versions", won, open)
		}
	})
}
