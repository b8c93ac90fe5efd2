package portal

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/disclosure"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/webtest"
)

// published are decisions of so many cases that everybody may read, as granted.
func published(t *testing.T, s *officetest.Site, n int) (out []*casework.Case) {
	t.Helper()
	for range n {
		out = append(out, s.Walk(s.Submit(s.Food()), flow.Issue))
	}
	var events []event.Event
	if err := s.DB.Read(bg, func(tx *db.Tx) (err error) { events, err = event.Waiting(tx, 5000); return err }); err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if e.Topic == "case.granted" {
			if err := s.Disclosure.OnDecided(bg, e); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.Clock.Set(s.Clock.Now().Add(20 * 24 * time.Hour))
	if done, err := s.Disclosure.Publish(bg); err != nil || done != n {
		t.Fatalf("%d %v", done, err)
	}
	return out
}

// decided are the cells of the column 决定, by the address of the decision.
func decided(p *webtest.Page) map[string]string {
	out, at := map[string]string{}, 0
	p.Find("main thead th").Each(func(i int, th *goquery.Selection) {
		if strings.TrimSpace(th.Text()) == "决定" {
			at = i
		}
	})
	p.Find("main tbody tr").Each(func(_ int, row *goquery.Selection) {
		href, _ := row.Find("a").First().Attr("href")
		out[href] = strings.TrimSpace(row.Children().Eq(at).Text())
	})
	return out
}

// The column of a decision says what became of it since, and of no other one; so
// does its own page (行政许可法第四十条、第七十条).
func TestWhatBecameOfADecision(t *testing.T) {
	s := newSite(t)
	cases := published(t, s, 2)
	v := s.Visitor()
	before := decided(v.Get("/decisions").Want(200, "main table"))
	if len(before) != 2 {
		t.Fatalf("%v", before)
	}
	for at, cell := range before {
		if strings.ContainsAny(cell, "，年") || !strings.Contains(cell, "准予") {
			t.Errorf("%s stands as decided, and the list says %q", at, cell)
		}
	}
	one, err := s.Disclosure.OfCase(bg, s.Actor("decider"), cases[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	mine := "/decisions/" + one.ID
	for _, x := range []struct {
		standing disclosure.Standing
		day, say string
	}{{disclosure.Replaced, "2026-10-08", "已换发新证，2026年10月8日"}, {disclosure.Rescinded, "2026-10-09", "已撤销，2026年10月9日"},
		{disclosure.Deregistered, "2026-10-12", "已撤销，2026年10月9日"}} { // closing the register does not hide why it was over
		if err := s.Disclosure.Stand(bg, disclosure.Stand{CaseID: cases[0].ID, Standing: x.standing, On: calendar.MustDay(x.day)}); err != nil {
			t.Fatal(err)
		}
		for at, cell := range decided(v.Get("/decisions").Want(200)) {
			switch {
			case at == mine && !strings.Contains(cell, x.say):
				t.Errorf("after %s the list says %q", x.standing, cell)
			case at != mine && cell != before[at]:
				t.Errorf("%s became %q", at, cell)
			}
		}
		if p := v.Get(mine).Want(200, ".ow-kv"); !strings.Contains(p.Text(".ow-kv"), x.say) {
			t.Errorf("after %s the page says %q", x.standing, p.Text(".ow-kv"))
		}
	}
}
