package evaluation

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
)

var october = time.Date(2026, 10, 12, 9, 0, 0, 0, clock.Beijing)

// rated are n rated cases of one month; the first is bad.
func rated(t *testing.T, w *casetest.World, n int) (cases []*casework.Case) {
	t.Helper()
	for i := range n {
		c, grade := over(t, w), VerySatisfied
		if i == 0 {
			grade = VeryDissatisfied
		}
		rate(t, w, Rate{CaseID: c.ID, Grade: grade, Text: fmt.Sprintf("第%d个，定州市嘉禾食品有限公司（示例）", i)})
		cases = append(cases, c)
	}
	return cases
}

// Four ratings are nobody's business; five of a past month are told together.
func TestSummaryKeepsFewRatingsBack(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s, item := service(w), Of{ItemCode: w.Food().ItemCode}
		sum := func(of Of, total, withheld int) {
			t.Helper()
			got, err := s.Summary(ctx, of, 2026)
			if err != nil || got.Counts.Total() != total || got.Withheld != withheld {
				t.Errorf("%+v gives %+v, %v", of, got, err)
			}
		}
		rated(t, w, 4)
		sum(item, 0, 4)
		w.Clock.Set(october)
		sum(item, 0, 4)
		rated(t, w, 2)
		sum(Of{}, 0, 6)
		w.Clock.Set(october.AddDate(0, 1, 0))
		sum(item, 6, 0)
		sum(Of{BodyID: "dz-spj"}, 6, 0)
		sum(Of{BodyID: "dz-zjj"}, 0, 0)
		if got, _ := s.Summary(ctx, Of{}, 2026); len(got.Cells) != 1 || got.Cells[0].From != "2026-09" || got.Cells[0].To != "2026-10" || got.Counts.Bad() != 2 {
			t.Errorf("%+v", got)
		}
	})
}

func TestFiguresAreForSupervision(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := service(w)
		rated(t, w, 2)
		for login, may := range map[string]bool{"supervisor": true, "hall": true, "handler": false, "clerk": false, "lina": false} {
			got, err := s.Figures(ctx, w.Actor(login), Of{}, 2026)
			if may != (err == nil && got.Counts == Counts{1, 0, 0, 0, 1}) {
				t.Errorf("%s: %+v, %v", login, got, err)
			}
		}
	})
}

// What the rated office reads names nobody, and never fewer than five.
func TestRemarks(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := service(w)
		cell := Cell{BodyID: "dz-spj", ItemCode: w.Food().ItemCode, From: "2026-09"}
		cases := rated(t, w, 5)
		_, err := s.Remarks(ctx, w.Actor("handler"), cell, "", 0)
		wants(t, err, "rating.cell")
		w.Clock.Set(october)
		got, err := s.Remarks(ctx, w.Actor("handler"), cell, "", 1)
		if err != nil || len(got) != 5 {
			t.Fatalf("%+v, %v", got, err)
		}
		for i, r := range got {
			told := fmt.Sprintf("%+v", r)
			for _, c := range cases {
				if strings.Contains(told, c.ID) || strings.Contains(told, c.Number) || strings.Contains(told, "嘉禾") {
					t.Errorf("%s tells who", told)
				}
			}
			if i > 0 && got[i-1].ID >= r.ID {
				t.Error("the order is not that of the ids")
			}
		}
		if rest, err := s.Remarks(ctx, w.Actor("supervisor"), cell, got[4].ID, 0); err != nil || len(rest) != 0 {
			t.Errorf("%+v, %v", rest, err)
		}
		for login, code := range map[string]string{"zj-handler": "scope", "lina": "scope", "sysadmin": "permission"} {
			_, err := s.Remarks(ctx, w.Actor(login), cell, "", 0)
			wants(t, err, code)
		}
		cell.From = "2026-10"
		_, err = s.Remarks(ctx, w.Actor("handler"), cell, "", 0)
		wants(t, err, "rating.cell")
	})
}

// A bad rating reaches those who look into it at once and with its case, but
// never who worked on the case.
func TestBad(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := service(w)
		cases := rated(t, w, 3)
		w.Clock.Advance(time.Minute)
		second := rated(t, w, 1)[0]
		supervisor := w.Actor("supervisor")
		p, err := s.Bad(ctx, supervisor, "", 0)
		if err != nil || len(p.Bad) != 2 || p.Bad[0].CaseID != second.ID || p.Bad[1].CaseNumber != cases[0].Number {
			t.Fatalf("%+v, %v", p, err)
		}
		if p.Bad[1].Text != "第0个，定州市嘉禾食品有限公司（示例）" || p.Bad[1].Grade != VeryDissatisfied {
			t.Errorf("%+v", p.Bad[1])
		}
		first, err := s.Bad(ctx, supervisor, "", 1)
		if err != nil || len(first.Bad) != 1 || first.Next == "" {
			t.Fatalf("%+v, %v", first, err)
		}
		next, err := s.Bad(ctx, supervisor, first.Next, 1)
		if err != nil || len(next.Bad) != 1 || next.Bad[0].CaseID != cases[0].ID {
			t.Errorf("%+v, %v", next, err)
		}
		for _, login := range []string{"handler", "clerk", "decider", "lina"} {
			_, err := s.Bad(ctx, w.Actor(login), "", 0)
			wants(t, err, "permission")
		}
		if p, err := s.Bad(ctx, w.Actor("hall"), "", 0); err != nil || len(p.Bad) != 2 {
			t.Errorf("the hall's manager sees %+v, %v", p, err)
		}
	})
}

func TestNobodyLooksIntoTheirOwn(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		c := w.Walk(w.Submit(w.Food()), "")
		rate(t, w, Rate{CaseID: c.ID, Grade: Dissatisfied})
		who := w.Actor("supervisor")
		who.AccountID = c.Flow.Done[0].Actor
		if p, err := service(w).Bad(ctx, who, "", 0); err != nil || len(p.Bad) != 0 {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

// What was written rests sealed.
func TestWordsAreSealed(t *testing.T) {
	w := casetest.SQLite(t)
	rated(t, w, 1)
	var stored string
	err := w.DB.Read(ctx, func(tx *db.Tx) error { return tx.Row(`select words_sealed from rating limit 1`).Scan(&stored) })
	if err != nil || stored == "" || strings.Contains(stored, "第") {
		t.Errorf("%s, %v", stored, err)
	}
}
