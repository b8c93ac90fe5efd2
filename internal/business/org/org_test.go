package org

import (
	"context"
	"testing"

	"onewindow/internal/business/schema"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/code"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/fault"
)

func TestSeedIsComplete(t *testing.T) {
	c, err := readCity(dingzhou)
	if err != nil {
		t.Fatal(err)
	}
	ids, townships := map[string]bool{}, 0
	for _, b := range c.Bodies {
		ids[b.ID] = true
		if b.Kind == Township {
			townships++
		}
		if b.Source == "" || b.Confidence == "" || b.Name == "" || b.Short == "" {
			t.Errorf("%s lacks its name or its source", b.ID)
		}
		if b.Confidence == "low" && !b.Sample {
			t.Errorf("%s has no source and is not marked 示例", b.ID)
		}
	}
	if townships != 25 || len(c.Divisions) != 26 {
		t.Errorf("%d townships, %d divisions; the city has 25 and 26", townships, len(c.Divisions))
	}
	for _, h := range c.Halls {
		if !ids[h.BodyID] || h.Hours != "" && !h.HoursSample {
			t.Errorf("hall %s: unknown body or unmarked hours", h.ID)
		}
	}
}

// GB 32100-2015 and GB 11714: made-up codes must still carry right check
// characters, and must not be taken twice.
func TestSeedCodesCarryTheirCheckCharacters(t *testing.T) {
	c, _ := readCity(dingzhou)
	seen := map[string]bool{}
	for _, b := range c.Bodies {
		if code.USCC(b.USCC) != nil || seen[b.USCC] || !b.USCCSample {
			t.Errorf("%s %s: wrong, taken twice or not marked", b.ID, b.USCC)
		}
		seen[b.USCC] = true
	}
}

// 行政复议法第二十四条、第二十七条: the city's government reviews its own
// departments and townships; a body under vertical leadership is never sent
// there by default.
func TestRemediesFollowTheLeadership(t *testing.T) {
	c, _ := readCity(dingzhou)
	for _, b := range c.Bodies {
		switch b.Kind {
		case Department, Township, HallOffice:
			if b.Remedies.Review != "定州市人民政府" || len(b.Remedies.Lacks()) > 0 {
				t.Errorf("%s: %+v", b.Name, b.Remedies)
			}
		case Vertical:
			if b.Remedies.Review != "" || b.Remedies.Note == "" {
				t.Errorf("%s: remedies of a vertical body must be stated for it: %+v", b.Name, b.Remedies)
			}
		}
	}
	if got := (Remedies{Court: "定州市人民法院"}).Lacks(); len(got) != 2 || got[0] != "review" || got[1] != "online" {
		t.Errorf("lacks %v", got)
	}
}

func TestSeedAndRead(t *testing.T) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, _ *clock.Moving) {
		s, ctx := New(d), context.Background()
		for range 2 { // a second run changes nothing
			if err := s.Seed(ctx); err != nil {
				t.Fatal(err)
			}
		}
		seedReads(t, s, ctx)
	})
}

func seedReads(t *testing.T, s *Service, ctx context.Context) {
	b, err := s.ByID(ctx, "dz-spj")
	if err != nil || b.Name != "定州市行政审批局" || b.Sample || !b.USCCSample || b.Level != LevelCounty || !b.Active {
		t.Errorf("%+v, %v", b, err)
	}
	if same, err := s.ByUSCC(ctx, b.USCC); err != nil || same.ID != b.ID {
		t.Errorf("%+v, %v", same, err)
	}
	if c, err := s.ByID(ctx, "dz-bdc"); err != nil || c.ParentID != "dz-zrgh" || !c.Sample {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := s.ByID(ctx, "nobody"); fault.Of(err).Kind != fault.KindMissing {
		t.Errorf("an unknown body gives %v", err)
	}
	towns, err := s.List(ctx, Filter{Kind: Township})
	if err != nil || len(towns) != 25 || towns[0].Level != LevelTownship {
		t.Errorf("%d townships, %v", len(towns), err)
	}
	all, err := s.List(ctx, Filter{})
	if err != nil || len(all) != 59 || all[0].ID != "dz-spj" {
		t.Errorf("%d bodies, %v", len(all), err)
	}
	hall, err := s.HallByID(ctx, "dz-hall")
	if err != nil || hall.Address != "" || !hall.HoursSample {
		t.Errorf("%+v, %v", hall, err)
	}
	windows, err := s.Windows(ctx, "dz-hall")
	if err != nil || len(windows) != 10 || windows[0].Kind != Comprehensive || windows[0].BodyID != "" {
		t.Errorf("%+v, %v", windows, err)
	}
	if w, err := s.WindowByID(ctx, "dz-w08"); err != nil || w.Kind != Domain || w.BodyID != "dz-swj" {
		t.Errorf("%+v, %v", w, err)
	}
	halls, err := s.Halls(ctx)
	divisions, err2 := s.Divisions(ctx)
	if err != nil || err2 != nil || len(halls) != 26 || len(divisions) != 26 || halls[0].ID != "dz-hall" {
		t.Errorf("%d halls, %d divisions, %v, %v", len(halls), len(divisions), err, err2)
	}
}
