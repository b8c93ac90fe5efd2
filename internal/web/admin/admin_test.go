package admin_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/delegation"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/privacy"
	"onewindow/internal/kit/clock"
	"onewindow/internal/web/admin"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

func site(t *testing.T) *officetest.Site {
	w := casetest.SQLiteAt(t, time.Date(2026, 12, 24, 9, 0, 0, 0, clock.Beijing)) // and so are the passwords
	var p *admin.Pages
	return officetest.On(w, t, func(s *officetest.Site) []visit.Route {
		p = admin.New(admin.Deps{Calendar: s.Calendar, Casework: s.Casework, Catalog: s.Catalog, Org: s.Org, Staff: s.Staff,
			Delegation: delegation.New(s.DB, s.Catalog), Privacy: privacy.New(s.DB)})
		return p.Routes()
	}, func(o *visit.Options) { o.Side = func(v *visit.Visit) []ui.Group { return p.Side(v) } })
}

// arrangement is the form of 2027 with two holidays filled in.
func arrangement() url.Values {
	return url.Values{"revision": {"0"}, "number": {"国办发明电〔2026〕8号"}, "issued": {"2026-11-20"}, "notice": {"https://www.gov.cn/2027"},
		"source": {"中国政府网"}, "rest.0.name": {"元旦"}, "rest.0.from": {"2027-01-01"}, "rest.0.to": {""}, "rest.0.worked": {""},
		"rest.1.name": {"春节"}, "rest.1.from": {"2027-02-05"}, "rest.1.to": {"2027-02-11"}, "rest.1.worked": {"1月30日、2027-02-13"},
		"rest.2.name": {""}, "rest.2.from": {""}, "rest.2.to": {""}, "rest.2.worked": {""}}
}

func TestBattery(t *testing.T) {
	s := site(t)
	if p := s.As("catalog").Post("/admin/calendar/years/2027", arrangement()); p.Status != 303 {
		t.Fatalf("%d %s", p.Status, p.Text("main"))
	}
	to := officetest.Location(t, s.As("catalog").Post("/admin/flow-drafts/"+s.Matter("娱乐场所").ID, nil))
	draftID := strings.TrimPrefix(to, "/admin/flows/")
	officetest.Battery{Site: s, Fill: map[string]string{"/flow-drafts/{version}": "/flow-drafts/" + s.Food().ID, "{year}": "2027", "{version}": "1", "{draft}": draftID, "{matter}": s.Matter("建筑工程施工许可").ID,
		"{account}": s.Actor("clerk").AccountID, "{kind}": "entrust", "{delegation}": "none", "{assessment}": "none"},
		Login: []string{"legal", "catalog", "sysadmin", "secadmin", "auditor"}}.Run(t)
}

// A year is typed in as the notice tells it, previewed against the open cases,
// and published once; its version can be looked at ever after.
func TestAYearArrives(t *testing.T) {
	s := site(t)
	s.Walk(s.Submit(s.Food()), flow.Examine)
	c := s.As("catalog")
	if p := c.Get("/admin/calendar"); !strings.Contains(p.Text("main"), "2027年的安排尚未载入") {
		t.Fatal(p.Text("main"))
	}
	if p := c.Get("/admin/calendar/years/2027"); p.Find("input[name='rest.6.name']").AttrOr("value", "") != "国庆节" {
		t.Fatal("the usual holidays are not offered")
	}
	to := officetest.Location(t, c.Post("/admin/calendar/years/2027", arrangement()))
	p := c.Get(to)
	for _, want := range []string{"元旦：1月1日放假", "春节：2月5日至2月11日放假调休，共7天；1月30日（星期六）、2月13日（星期六）上班", "期限会变动", "法定办结期限"} {
		if !strings.Contains(p.Text("main"), want) {
			t.Errorf("the preview does not say %s: %s", want, p.Text("main"))
		}
	}
	form := officetest.Fields(p, "form[action$='/publish']")
	if p := c.Post("/admin/calendar/years/2027/publish", form); p.Status != 422 || !strings.Contains(p.Text("main"), "期限会变动") {
		t.Fatalf("without a reason: %d", p.Status)
	}
	form.Set("reason", "国务院办公厅公布2027年部分节假日安排")
	officetest.Location(t, c.Post("/admin/calendar/years/2027/publish", form))
	if p := c.Post("/admin/calendar/years/2027/publish", form); p.Status != 404 {
		t.Fatalf("published twice: %d", p.Status)
	}
	if n, err := s.Casework.Reproject(context.Background()); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	p = c.Get("/admin/calendar")
	for _, want := range []string{"第2版（现行）", "在办办件都已按第2版计算期限", "1 件的期限有变动", "2028年的安排尚未载入"} {
		if !strings.Contains(p.Text("main"), want) {
			t.Errorf("the calendar does not say %s", want)
		}
	}
	if p := c.Get("/admin/calendar/versions/1"); !strings.Contains(p.Text("main"), "历史版本") || strings.Contains(p.Text("main"), "2027年") {
		t.Error("the version of before is not as it was")
	}
	if p := c.Get("/admin/calendar/versions/7"); p.Status != 404 {
		t.Error(p.Status)
	}
}

// What cannot be an arrangement is said at its field.
func TestWrongDaysAreNamed(t *testing.T) {
	s := site(t)
	c := s.As("sysadmin")
	for name, x := range map[string]struct{ field, value, says string }{
		"a make-up day on a weekday": {"rest.1.worked", "2027-02-12", "周末"},
		"no day":                     {"rest.0.from", "2027-13-01", "日期"},
		"backwards":                  {"rest.1.to", "2027-02-01", "不早于"},
		"another year":               {"rest.0.from", "2029-01-01", "不在这一年"},
		"off and worked":             {"rest.1.worked", "2027-02-06", "既是放假又是上班"},
		"a notice of tomorrow":       {"issued", "2099-01-01", "通知日期"},
	} {
		form := arrangement()
		form.Set(x.field, x.value)
		p := c.Post("/admin/calendar/years/2027", form)
		if p.Status != 422 || !strings.Contains(p.Text("[role=alert]"), x.says) || !p.Has(".ow-wrong") {
			t.Errorf("%s: %d %s", name, p.Status, p.Text("[role=alert]"))
		}
	}
	if p := c.Get("/admin/calendar/years/99"); p.Status != 404 {
		t.Error(p.Status)
	}
}
