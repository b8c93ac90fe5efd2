package catalog

import (
	"strings"
	"testing"

	"onewindow/internal/business/schema"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/fault"
)

// An entry of the directory is written over as it was seen, and never by a new
// one under the same code.
func TestAnEntryOfTheDirectoryIsNotLost(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		s := seeded(t, d)
		mine := Item{Code: "130190990000", Name: "流动摊贩登记", Kind: Licensing, Aliases: []string{"摆摊"}}
		save := func(change func(*Item)) error {
			i := mine
			change(&i)
			return s.SaveItem(ctx, admin, SaveItem{i})
		}
		if err := save(func(*Item) {}); err != nil {
			t.Fatal(err)
		}
		refuses(t, "a second under its code", save(func(i *Item) { i.Name = "别的" }), fault.Conflict("catalog.item_exists"))
		seen, err := s.Item(ctx, admin, mine.Code)
		if err != nil || seen.Version != 1 || seen.Name != mine.Name {
			t.Fatalf("%+v %v", seen, err)
		}
		if err := save(func(i *Item) { i.Version, i.Name = 1, "流动摊贩备案登记" }); err != nil {
			t.Fatal(err)
		}
		refuses(t, "over what another saved", save(func(i *Item) { i.Version, i.Name = 1, "晚到的" }), fault.Conflict("stale"))
		if seen, err = s.Item(ctx, admin, mine.Code); err != nil || seen.Version != 2 || seen.Name != "流动摊贩备案登记" {
			t.Errorf("%+v %v", seen, err)
		}
		for field, change := range map[string]func(*Item){
			"name":    func(i *Item) { i.Name = strings.Repeat("长", 101) },
			"source":  func(i *Item) { i.Source.Source = strings.Repeat("长", 301) },
			"aliases": func(i *Item) { i.Aliases = []string{strings.Repeat("长", 51)} },
			"kind":    func(i *Item) { i.Kind = "" },
			"code":    func(i *Item) { i.Code = "12" },
		} {
			f := fault.Of(save(change))
			if f.Code != "catalog.item_invalid" || len(f.Fields) != 1 || f.Fields[0].Name != field {
				t.Errorf("%s: %+v", field, f)
			}
		}
	})
}

// The directory and the drafts are read page by page; the pages together are the
// whole, and the filter holds on each.
func TestListsArePagedByKey(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		s, _ := staffed(t, d)
		whole, err := s.Items(ctx, admin, ItemList{Limit: AllItems})
		if err != nil || len(whole) < 90 {
			t.Fatalf("%d items, %v", len(whole), err)
		}
		for _, of := range []ItemList{{}, {Kind: OtherPower}, {Text: "登记"}, {Text: "1301900"}} {
			want := 0
			for _, i := range whole {
				if (of.Kind == "" || i.Kind == of.Kind) && (strings.Contains(i.Name, of.Text) || strings.HasPrefix(i.Code, of.Text)) {
					want++
				}
			}
			got := 0
			for of.Limit = 7; ; {
				page, err := s.Items(ctx, admin, of)
				if err != nil {
					t.Fatal(err)
				}
				if got += len(page); len(page) < of.Limit {
					break
				}
				of.After = page[len(page)-1].Code
			}
			if got != want || want == 0 {
				t.Errorf("%+v: %d of %d", of, got, want)
			}
		}
		none, err := s.Items(ctx, admin, ItemList{Text: "%", Limit: 10})
		if err != nil || len(none) > 0 {
			t.Errorf("a per cent sign is no pattern: %d %v", len(none), err)
		}
		id, err := s.SaveDraft(ctx, compiler, SaveDraft{Body: food(t, s).Clone()})
		if err != nil {
			t.Fatal(err)
		}
		handOver(t, s, id)
		for state, want := range map[string]int{"": 1, string(HandedOver): 1, BeingEdited: 0, string(SentBack): 0} {
			got, err := s.Drafts(ctx, admin, DraftList{Text: food(t, s).Name, State: state, Limit: 100})
			n := 0
			for _, h := range got {
				if h.ID == id {
					n++
				}
			}
			if err != nil || n != want {
				t.Errorf("%q: %d, %v", state, n, err)
			}
		}
		open, err := s.Revisable(ctx, compiler, DraftList{Limit: AllItems})
		if err != nil || len(open) == 0 {
			t.Fatalf("%d, %v", len(open), err)
		}
		for _, i := range open {
			if i.Code() == food(t, s).Code() || i.Body.ID != compiler.OrgID {
				t.Errorf("%s of %s", i.Name, i.Body.Name)
			}
		}
	})
}
