package catalog

import (
	"strings"
	"testing"

	"onewindow/internal/business/schema"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/fault"
)

var admin2 = staff.Actor{AccountID: "a2", Name: "另一名清单管理员", Kind: staff.Officer, OrgID: "dz-spj", Roles: []staff.Role{staff.CatalogAdmin}}

// A draft is locked while it is handed over; who had a hand in it does not publish
// it; sent back with reasons it is edited and handed over anew.
func TestHandover(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		s, _ := staffed(t, d)
		old := food(t, s)
		id, err := s.SaveDraft(ctx, admin2, SaveDraft{Body: old.Clone()})
		if err != nil {
			t.Fatal(err)
		}
		publish := func(rev int) Publish {
			return Publish{ID: id, Revision: rev, From: today.AddDays(1), Ground: GroundReform}
		}
		refuses(t, "not handed over", s.Publish(ctx, admin, publish(1)), fault.Refused("catalog.not_handed_over", ""))
		refuses(t, "foreign editor", s.HandOver(ctx, editor, HandOver{ID: id, Revision: 1}), fault.Denied("scope"))
		refuses(t, "clerk", s.HandOver(ctx, clerk, HandOver{ID: id, Revision: 1}), fault.Denied("permission"))
		refuses(t, "too long", s.HandOver(ctx, compiler, HandOver{ID: id, Revision: 1, Note: strings.Repeat("长", 301)}), fault.Invalid("form.invalid"))
		handOver(t, s, id)
		refuses(t, "twice", s.HandOver(ctx, compiler, HandOver{ID: id, Revision: 2}), fault.Conflict("catalog.handed_over"))
		_, err = s.SaveDraft(ctx, compiler, SaveDraft{ID: id, Revision: 2, Body: old.Clone()})
		refuses(t, "locked", err, fault.Conflict("catalog.handed_over"))
		refuses(t, "discarding", s.DiscardDraft(ctx, compiler, DiscardDraft{ID: id, Revision: 2}), fault.Conflict("catalog.handed_over"))
		refuses(t, "who edited", s.Publish(ctx, admin2, publish(2)), fault.Refused("catalog.same_person", ""))
		refuses(t, "no reasons", s.SendBack(ctx, admin, SendBack{ID: id, Revision: 2, Reasons: " "}), fault.Invalid("form.invalid"))
		refuses(t, "editor", s.SendBack(ctx, compiler, SendBack{ID: id, Revision: 2, Reasons: "x"}), fault.Denied("permission"))
		if err := s.SendBack(ctx, admin, SendBack{ID: id, Revision: 2, Reasons: "材料三的依据不对"}); err != nil {
			t.Fatal(err)
		}
		heads, err := s.Drafts(ctx, admin, DraftList{Limit: 200})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range heads {
			if h.ID == id && (h.Handover.State != SentBack || h.Handover.Note != "材料三的依据不对" || h.Handover.ByName != admin.Name) {
				t.Errorf("%+v", h.Handover)
			}
		}
		if _, err := s.SaveDraft(ctx, compiler, SaveDraft{ID: id, Revision: 3, Body: old.Clone()}); err != nil {
			t.Fatal(err)
		}
		if err := s.HandOver(ctx, compiler, HandOver{ID: id, Revision: 4}); err != nil {
			t.Fatal(err)
		}
		refuses(t, "stale", s.TakeBack(ctx, compiler, TakeBack{ID: id, Revision: 4}), fault.Conflict("stale"))
		if err := s.TakeBack(ctx, compiler, TakeBack{ID: id, Revision: 5}); err != nil {
			t.Fatal(err)
		}
		refuses(t, "taken back", s.TakeBack(ctx, compiler, TakeBack{ID: id, Revision: 6}), fault.Refused("catalog.not_handed_over", ""))
		if err := s.HandOver(ctx, compiler, HandOver{ID: id, Revision: 6}); err != nil {
			t.Fatal(err)
		}
		if err := s.Publish(ctx, admin, publish(7)); err != nil {
			t.Fatal(err)
		}
	})
}

func TestDiscardADraft(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		s, _ := staffed(t, d)
		old := food(t, s)
		id, err := s.SaveDraft(ctx, compiler, SaveDraft{Body: old.Clone()})
		if err != nil {
			t.Fatal(err)
		}
		refuses(t, "foreign editor", s.DiscardDraft(ctx, editor, DiscardDraft{ID: id, Revision: 1}), fault.Denied("scope"))
		refuses(t, "stale", s.DiscardDraft(ctx, compiler, DiscardDraft{ID: id, Revision: 2}), fault.Conflict("stale"))
		if err := s.DiscardDraft(ctx, compiler, DiscardDraft{ID: id, Revision: 1}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Draft(ctx, compiler, id); fault.Of(err).Code != "catalog.missing" {
			t.Error(err)
		}
		if now := food(t, s); now.ID != old.ID {
			t.Error("the version in force is gone")
		}
		refuses(t, "a published one", s.DiscardDraft(ctx, admin, DiscardDraft{ID: old.ID, Revision: old.Revision}), fault.Conflict("catalog.not_draft"))
	})
}

// A new matter begins blank or as a copy, without what belongs to another body.
func TestBegin(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		s, _ := staffed(t, d)
		old := food(t, s)
		refuses(t, "in force", begins(s, compiler, Begin{ItemCode: old.ItemCode, BodyID: "dz-spj", Level: County}), fault.Conflict("catalog.exists"))
		refuses(t, "foreign body", begins(s, compiler, Begin{ItemCode: old.ItemCode, BodyID: "dz-gaj", Level: County}), fault.Denied("scope"))
		refuses(t, "no such matter", begins(s, compiler, Begin{ItemCode: "130190999000", BodyID: "dz-spj", Level: County}), fault.Missing("catalog.item_missing"))
		if f := fault.Of(begins(s, compiler, Begin{Level: "9"})); f == nil || len(f.Fields) != 3 {
			t.Errorf("%v", f)
		}
		id, err := s.Begin(ctx, editor, Begin{ItemCode: old.ItemCode, BodyID: "dz-gaj", Level: County, CopyOf: old.ID})
		if err != nil {
			t.Fatal(err)
		}
		c, err := s.Draft(ctx, editor, id)
		if err != nil || len(c.Materials) != len(old.Materials) || len(c.Windows) > 0 || c.Power.Source != "" || c.Body.Name != "定州市公安局" || c.Version != 1 {
			t.Errorf("%+v %v", c.Body, err)
		}
		refuses(t, "a second draft", begins(s, editor, Begin{ItemCode: old.ItemCode, BodyID: "dz-gaj", Level: County}), fault.Conflict("catalog.draft_exists"))
		item := Item{Code: "130190990000", Name: "新的许可", Kind: Licensing, Listed: true}
		if err := s.SaveItem(ctx, admin, SaveItem{item}); err != nil {
			t.Fatal(err)
		}
		id, err = s.Begin(ctx, compiler, Begin{ItemCode: item.Code, BodyID: "dz-spj", Level: County})
		if err != nil {
			t.Fatal(err)
		}
		blank, err := s.Draft(ctx, compiler, id)
		if err != nil || blank.Name != "新的许可" || blank.Delivery == nil || blank.Publishable() {
			t.Errorf("%+v %v", blank, err)
		}
		all, err := s.Items(ctx, compiler, ItemList{Limit: 200})
		if err != nil || len(all) == 0 || all[0].Code > all[len(all)-1].Code {
			t.Errorf("%d items, %v", len(all), err)
		}
	})
}

func begins(s *Service, who staff.Actor, in Begin) error {
	_, err := s.Begin(ctx, who, in)
	return err
}

// What was exported is imported alike; what the reader does not know is named.
func TestAMatterTravelsAsAFile(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		s, _ := staffed(t, d)
		old := food(t, s)
		name, file, err := s.Export(ctx, compiler, old.ID)
		if err != nil || name != old.Name {
			t.Fatal(err)
		}
		id, err := s.Import(ctx, compiler, Import{File: file})
		if err != nil {
			t.Fatal(err)
		}
		i, err := s.Draft(ctx, compiler, id)
		if err != nil || i.Version != 2 || len(Changes(old, i)) > 0 {
			t.Errorf("%v %v", Changes(old, i), err)
		}
		_, err = s.Import(ctx, compiler, Import{File: file})
		refuses(t, "a second draft", err, fault.Conflict("catalog.draft_exists"))
		if _, err := s.Import(ctx, editor, Import{File: file, BodyID: "dz-gaj"}); err != nil {
			t.Errorf("for another body: %v", err)
		}
		elsewhere := strings.ReplaceAll(string(file), old.ItemCode, "130190990000")
		_, err = s.Import(ctx, compiler, Import{File: []byte(elsewhere)})
		refuses(t, "not in the directory", err, fault.Missing("catalog.item_missing"))
		if _, err := s.Import(ctx, admin, Import{File: []byte(elsewhere)}); err != nil {
			t.Errorf("by who keeps the directory: %v", err)
		}
		_, err = s.Import(ctx, compiler, Import{File: []byte("{\n\"item\": {\n")})
		if f := fault.Of(err); len(f.Fields) != 1 || f.Fields[0].Args["line"] != "2" {
			t.Errorf("a file that breaks off: %+v", f)
		}
		for code, text := range map[string]string{"catalog.import_json": "{\n\n\"item\": }", "catalog.import_type": "{\n\"version\": {\"visits\": \"x\"}}",
			"catalog.import_field": `{"version": {"colour": "red"}}`, "catalog.import_empty": `{"item": {}}`, "catalog.import_shape": "[1, 2]"} {
			_, err := s.Import(ctx, compiler, Import{File: []byte(text)})
			f := fault.Of(err)
			if f == nil || len(f.Fields) != 1 || f.Fields[0].Code != code {
				t.Errorf("%s: %v", code, err)
			}
			if code == "catalog.import_json" && f.Fields[0].Args["line"] != "3" {
				t.Errorf("%v", f.Fields[0].Args)
			}
		}
	})
}
