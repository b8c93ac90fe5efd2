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
