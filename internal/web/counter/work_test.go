package counter

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/chromedp/chromedp"

	"onewindow/internal/kit/db"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/webtest"
)

// The filter stays while one goes into a case and comes back, until it is reset.
func TestFilterStays(t *testing.T) {
	s := site(t)
	_, path := submitted(s)
	clerk := s.As("clerk")
	lines := func(path string) int { return clerk.Get(path).Want(200).Find("[data-keys] tbody tr").Length() }
	for query, want := range map[string]int{"?channel=online": 1, "?channel=window": 0, "?item=食品": 1, "?item=%25": 0, "?due=-1": 0, "?due=3": 0, "?due=junk": 1, "?channel=junk": 1} {
		if got := lines(Base + query); got != want {
			t.Errorf("%s: %d lines", query, got)
		}
	}
	lines(Base + "?channel=window&item=&due=")
	clerk.Get(path).Want(200)
	if p := clerk.Get(Base).Want(200, "select[name=channel] option[value=window][selected]"); p.Has("[data-keys]") {
		t.Error("the filter was forgotten")
	}
	if lines(Base+"?all=1") != 1 || lines(Base) != 1 {
		t.Error("the filter was not reset")
	}
	s.Clock.Advance(9 * 24 * time.Hour)
	p := clerk.Get(Base+"?due=-1").Want(200, "tr.ow-row-bad")
	if !strings.Contains(p.Text("[data-keys]"), "已超期") {
		t.Error(p.Text("[data-keys]"))
	}
	if !strings.Contains(clerk.Get(path).Want(200).Text("main"), "告知补正的期限已过") || clerk.Get(path).Has(`button[value="supplement"]`) {
		t.Error("silence is not told")
	}
}

// Lists page by key: nothing is shown twice, the filter goes along.
func TestPaging(t *testing.T) {
	s := site(t)
	clerk, seen := s.As("clerk"), map[string]bool{}
	for range 21 {
		submitted(s)
	}
	p := clerk.Get(Base+"?channel=online").Want(200, "a[rel=next]")
	for n := 0; n < 2; n++ {
		p.Find("[data-keys] tbody th a").Each(func(_ int, a *goquery.Selection) {
			href, _ := a.Attr("href")
			if seen[href] {
				t.Errorf("%s twice", href)
			}
			seen[href] = true
		})
		next, more := p.Find("a[rel=next]").Attr("href")
		if !more {
			break
		}
		if !strings.Contains(next, "channel=online") {
			t.Errorf("the filter is lost in %s", next)
		}
		p = clerk.Get(next).Want(200)
	}
	if len(seen) != 21 {
		t.Errorf("%d lines", len(seen))
	}
}

func TestFindByNumber(t *testing.T) {
	s := site(t)
	c, path := submitted(s)
	clerk := s.As("clerk")
	typed := strings.ToLower(c.Number[:6] + " " + c.Number[6:])
	if to := officetest.Location(t, clerk.Get(Base+"/find?number="+url.QueryEscape(typed))); to != path {
		t.Errorf("leads to %s", to)
	}
	clerk.Get(Base+"/find?number=123").Want(422, "#f-number-error")
	s.As("town").Get(Base+"/find?number="+c.Number).Want(404, "#f-number-error")
}

// The applicant's data are opened with a reason, which is put on record
// (个人信息保护法第五十一条).
func TestUnmask(t *testing.T) {
	s := site(t)
	_, path := submitted(s)
	clerk := s.As("clerk")
	p := clerk.Get(path).Want(200, `form[action$="/unmask"]`)
	if strings.Contains(p.Body, "13900000002") {
		t.Fatal("the telephone number stands in the clear")
	}
	clerk.Post(path+"/unmask", url.Values{"reason": {""}}).Want(422, "#f-reason-error")
	p = clerk.Post(path+"/unmask", url.Values{"reason": {"电话核实补正内容"}}).Want(200, "#answers .ow-t-warn")
	if !strings.Contains(p.Text("#answers"), "13900000002") || !strings.Contains(p.Header.Get("Cache-Control"), "no-store") {
		t.Error(p.Text("#answers"))
	}
	n := 0
	if err := s.DB.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Row(`select count(*) from audit where act = 'party.unmask' and after like '%电话核实补正内容%'`).Scan(&n)
	}); err != nil || n != 1 {
		t.Errorf("%d records, %v", n, err)
	}
}

// The keys j and k go from line to line; Enter opens the line.
func TestKeys(t *testing.T) {
	s := site(t)
	ctx, at := s.Browser("clerk")
	for range 3 {
		submitted(s)
	}
	webtest.Open(t, ctx, at+Base, 1280)
	for _, key := range []string{"j", "j", "k", "j"} {
		if err := chromedp.Do(ctx, chromedp.KeyEvent(key)); err != nil {
			t.Fatal(err)
		}
	}
	row, err := chromedp.Run(ctx, chromedp.Evaluate[int](`Array.from(document.querySelectorAll('[data-keys] tbody tr')).findIndex(r => r.contains(document.activeElement))`))
	if err != nil || row != 1 {
		t.Errorf("the focus is on row %d, %v", row, err)
	}
}
