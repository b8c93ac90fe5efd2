package portal

import (
	"net/url"
	"strings"
	"testing"

	"onewindow/internal/business/complaint"
	"onewindow/internal/business/flow"
	"onewindow/internal/web/officetest"
)

// A complaint is filed from the case, answered, and taken on once.
func TestComplainOnItsPages(t *testing.T) {
	s := newSite(t)
	kase := s.Walk(s.Submit(s.Food()), flow.Examine)
	c, path := s.As("lina"), caseURL(kase.ID)+"/complain"
	c.Get(caseURL(kase.ID)).Want(200, `a[href="`+path+`"]`)
	c.Post(path, url.Values{"kind": {"late"}}).Want(422, "#f-text-error")
	to := officetest.Location(t, c.Post(path, url.Values{"kind": {"late"}, "text": {"一直没有消息"}}))
	if p := c.Get(to).Want(200); !strings.Contains(p.Text("main"), "一直没有消息") || p.Has("form[action$=again]") {
		t.Error(p.Text("main"))
	}
	s.As("wangxiaoming").Get(to).Want(404)
	s.As("wangxiaoming").Get(path).Want(404)
	s.Visitor().Post(to+"/again", url.Values{"version": {"1"}}).Want(401)
	c.Post(to+"/again", url.Values{"version": {"1"}}, "Sec-Fetch-Site", "cross-site").Want(403)
	c.Post(to+"/again", url.Values{"version": {"1"}}).Want(409)
	ctx, hall, id := t.Context(), s.Actor("hall"), strings.TrimPrefix(to, "/complaints/")
	if err := s.Grievances.Accept(ctx, hall, complaint.Seen{ID: id}); err != nil {
		t.Fatal(err)
	}
	if err := s.Grievances.Reply(ctx, hall, complaint.Reply{Seen: complaint.Seen{ID: id}, Text: "正在审查"}); err != nil {
		t.Fatal(err)
	}
	p := c.Get(to).Want(200, `form[action$="again"]`)
	officetest.Location(t, c.Post(to+"/again", officetest.Fields(p, `form[action$="again"]`)))
	if p := c.Get(to).Want(200); p.Has(`form[action$="again"]`) || !strings.Contains(p.Text("main"), "已转督查机构") {
		t.Error(p.Text("main"))
	}
}

// Without signing in: number and check code, and the answer by the same.
func TestComplainByCodeOnItsPage(t *testing.T) {
	s := newSite(t)
	kase := s.Submit(s.Food())
	c, code := s.Visitor(), s.Casework.CheckCode(kase)
	c.Get("/complain?number="+kase.Number).Want(200, `input[name=number][value="`+kase.Number+`"]`)
	form := url.Values{"number": {kase.Number}, "code": {"AAAAAA"}, "kind": {"late"}, "text": {"一直没有消息"}}
	c.Post("/complain", form).Want(422, "[role=alert]")
	form.Set("code", code)
	form.Set("text", "")
	c.Post("/complain", form).Want(422, "#f-text-error")
	form.Set("text", "一直没有消息")
	if p := c.Post("/complain", form).Want(200); !strings.Contains(p.Text("main"), "投诉已经收到，编号 TS") || strings.Contains(p.Body, code) {
		t.Error(p.Text("main"))
	}
	if p := c.Post("/complain/answer", form).Want(200); !strings.Contains(p.Text("main"), "待受理") {
		t.Error(p.Text("main"))
	}
	c.Post("/complain/answer", url.Values{"number": {kase.Number}, "code": {"AAAAAA"}}).Want(422)
	c.Post("/complain", form, "Sec-Fetch-Site", "cross-site").Want(403)
}

func TestComplainByCodeInABrowser(t *testing.T) {
	s := newSite(t)
	ctx, at := s.Browser("lina")
	officetest.Look(t, ctx, at+"/complain", "complain-code")
}
