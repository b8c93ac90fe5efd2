package portal

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/licence"
	"onewindow/internal/web/officetest"
)

func issued(t testing.TB, s *officetest.Site) *licence.Licence {
	t.Helper()
	c := s.Walk(s.Submit(s.Food()), flow.Issue)
	id, err := s.Licences.Issue(context.Background(), s.Actor("issuer"), licence.Issue{Seen: casetest.Seen(c)})
	if err != nil {
		t.Fatal(err)
	}
	l, err := s.Licences.Get(context.Background(), s.Actor("lina"), id)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// From 我的证照 a renewal, a change, another copy or 注销 is asked for, with what is
// known filled in; what may not be asked today says why.
func TestALicencesPage(t *testing.T) {
	s := newSite(t)
	l := issued(t, s)
	c, path := s.As("lina"), licenceURL(l.ID)
	c.Get("/licences").Want(200, `a[href="`+path+`"]`)
	p := c.Get(path).Want(200, "#asks", `#asks form input[value="change"]`, `#asks form input[value="replace"]`)
	if p.Has(`#asks form input[value="renew"]`) || !strings.Contains(p.Text("#asks"), "还没有到可以申请延续的时间") || !p.Has("#asks .ow-law") {
		t.Error(p.Text("#asks"))
	}
	c.Post(path+"/apply", url.Values{"purpose": {"renew"}}).Want(422, "[role=alert]")
	c.Post(path+"/apply", url.Values{"purpose": {"steal"}}).Want(422)
	s.Clock.Set(l.Content.ValidTo.AddDays(-60).Time())
	c = s.As("lina")
	c.Get(path).Want(200, `#asks form input[value="renew"]`)
	to := officetest.Location(t, c.Post(path+"/apply", url.Values{"purpose": {"renew"}}))
	if !strings.HasPrefix(to, "/drafts/") {
		t.Fatalf("leads to %s", to)
	}
	if p := c.Get(to).Want(200, "form"); !strings.Contains(p.Body, s.Food().Example["premises.address"]) && !strings.Contains(p.Body, "premises") {
		t.Error("nothing is filled in")
	}
	other := s.As("wangxiaoming")
	for _, x := range []string{path, path + "/cancel"} {
		other.Get(x).Want(404)
	}
	other.Post(path+"/apply", url.Values{"purpose": {"change"}}).Want(404)
	other.Post(path+"/cancel", url.Values{"reasons": {"x"}}).Want(404)
	c.Post(path+"/cancel", url.Values{}).Want(422, "#f-reasons-error")
	c.Get(path+"/cancel").Want(200, "textarea[name=reasons]")
	officetest.Location(t, c.Post(path+"/cancel", url.Values{"reasons": {"停止经营"}}))
	if p := c.Get(path).Want(200); !strings.Contains(p.Text("main"), "注销：待决定") {
		t.Error(p.Text("main"))
	}
}

// 陈述、申辩 (行政许可法第七条) on the page of the licence.
func TestStatementAndDefence(t *testing.T) {
	s := newSite(t)
	l := issued(t, s)
	id, err := s.Aftercare.Open(context.Background(), s.Actor("handler"), aftercare.Open{LicenceID: l.ID, Kind: aftercare.Rescind, Ground: "fraud", Reasons: "合同系伪造"})
	if err != nil {
		t.Fatal(err)
	}
	c, path := s.As("lina"), licenceURL(l.ID)
	p := c.Get(path).Want(200, "#hearing textarea[name=text]")
	if !strings.Contains(p.Text("#hearing"), "合同系伪造") || !strings.Contains(p.Text("#hearing"), "2026年9月20日") {
		t.Error(p.Text("#hearing"))
	}
	v := url.Values{"proceeding": {id}, "version": {"1"}}
	c.Post(path+"/statement", v).Want(422, "#f-text-error")
	officetest.Location(t, c.Post(path+"/statement", other(v, "text", "合同由房东提供，本人不知情。")))
	if p := c.Get(path).Want(200); p.Has("#hearing") {
		t.Error("it may be stated twice")
	}
	c.Post(path+"/statement", other(v, "text", "再说一次")).Want(409)
}

// Nobody but the holder asks, and not from another site.
func TestLicencePagesHoldTheirGround(t *testing.T) {
	s := newSite(t)
	path := licenceURL(issued(t, s).ID)
	lina, guest, handler := s.As("lina"), s.Visitor(), s.As("handler")
	for _, x := range []string{path + "/apply", path + "/cancel", path + "/statement"} {
		lina.Post(x, url.Values{}, "Sec-Fetch-Site", "cross-site").Want(403)
		handler.Post(x, url.Values{"version": {"1"}}).Want(403)
	}
	guest.Post(path+"/apply", url.Values{}).Want(401)
	guest.Post(path+"/cancel", url.Values{}).Want(401)
	if to := guest.Post(path+"/statement", url.Values{"version": {"1"}}).Want(303).Header.Get("Location"); !strings.HasPrefix(to, "/sign-in") {
		t.Error(to)
	}
}
