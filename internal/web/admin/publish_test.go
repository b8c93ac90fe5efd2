package admin_test

import (
	"context"
	"maps"
	"net/url"
	"strings"
	"testing"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/officetest"
)

// An editor's draft is looked at against the version in force, and published by
// who may, with the steps that nobody could do named before.
func TestADraftIsPublished(t *testing.T) {
	s := site(t)
	c := s.As("catalog")
	at := drafted(t, s, c)
	to := strings.Replace(at, "/flows/", "/drafts/", 1)
	c.Get(at).Want(200, `a[href="`+to+`"]`)
	c.Get("/admin/drafts").Want(200, `a[href="`+to+`"]`)
	p := c.Get(to).Want(200, `form[action="`+to+`/publish"]`)
	if text := p.Text("main"); !strings.Contains(text, "内容没有变化") || !strings.Contains(text, "流程没有变化") {
		t.Error(text)
	}
	press(t, c, at, "save", "examine.body", "dz-sfj")
	p = c.Get(to)
	if text := p.Text("main"); !strings.Contains(text, "环节「承办」没有人能办理：定州市司法局没有「承办」岗位的人员") || p.Has(`form[action="`+to+`/publish"]`) ||
		!strings.Contains(text, "定州市司法局办理") {
		t.Error(text)
	}
	p = c.Post(to+"/publish", officetest.With(url.Values{}, "revision", "2", "from", "2026-12-25", "ground", "reform"))
	if p.Status != 422 || !strings.Contains(p.Text("[role=alert]"), "环节「承办」没有人能办理") {
		t.Errorf("%d %s", p.Status, p.Text("[role=alert]"))
	}
	press(t, c, at, "save", "examine.body", "-", "examine.days", "9")
	form := officetest.Fields(c.Get(to).Want(200), `form[action="`+to+`/publish"]`)
	if form.Get("from") != "2026-12-25" {
		t.Errorf("proposed day: %s", form.Get("from"))
	}
	if p := c.Post(to+"/publish", officetest.With(maps.Clone(form), "ground", "reform", "from", "2026-12-01")); p.Status != 422 || !strings.Contains(p.Text("[role=alert]"), "不能早于今天") {
		t.Errorf("%d %s", p.Status, p.Text("main"))
	}
	if p := c.Post(to+"/publish", officetest.With(maps.Clone(form), "ground", "")); p.Status != 422 || !p.Has("#f-ground-error") {
		t.Errorf("%d %s", p.Status, p.Text("main"))
	}
	if p := c.Post(to+"/publish", officetest.With(maps.Clone(form), "ground", "reform", "revision", "1")); p.Status != 409 {
		t.Errorf("an old draft: %d", p.Status)
	}
	officetest.Location(t, c.Post(to+"/publish", officetest.With(maps.Clone(form), "ground", "reform", "note", "压缩承办时间")))
	if p := c.Post(to+"/publish", form); p.Status != 409 {
		t.Errorf("published twice: %d", p.Status)
	}
	all, err := s.Catalog.History(context.Background(), s.Food().Code())
	if err != nil || len(all) != 2 || all[0].From != "2026-12-25" || all[0].Change.Ground != catalog.GroundReform {
		t.Fatalf("%v %v", all, err)
	}
}

// Who edits looks, and does not publish; the departments see their own alone.
func TestWhoSeesAndPublishesADraft(t *testing.T) {
	s := site(t)
	at := strings.Replace(drafted(t, s, s.As("catalog")), "/flows/", "/drafts/", 1)
	e := s.As("editor")
	if p := e.Get(at).Want(200); p.Has(`form[action="`+at+`/publish"]`) || !strings.Contains(p.Text("main"), "由行政审批局的清单管理人员核对后发布") {
		t.Error(p.Text("main"))
	}
	e.Post(at+"/publish", officetest.With(url.Values{}, "revision", "1", "from", "2026-12-25", "ground", "reform")).Want(403)
	a := s.Actor("ga-handler")
	if err := s.Staff.Post(context.Background(), staff.Machine("测试"), staff.Post{AccountID: a.AccountID, BodyID: a.OrgID, Role: staff.CatalogEditor}); err != nil {
		t.Fatal(err)
	}
	s.As("ga-handler").Get(at).Want(403)
}

func TestPublishingInABrowser(t *testing.T) {
	s := site(t)
	c := s.As("catalog")
	at := drafted(t, s, c)
	press(t, c, at, "save", "review.body", "dz-sfj", "examine.days", "9")
	ctx, base := s.Browser("catalog")
	officetest.Look(t, ctx, base+"/admin/drafts", "admin-drafts")
	officetest.Look(t, ctx, base+strings.Replace(at, "/flows/", "/drafts/", 1), "admin-draft")
	officetest.Look(t, ctx, base+at+"?drop=review", "admin-flow-drop")
	press(t, c, at, "save", "review.body", "-", "examine.days", "9")
	officetest.Look(t, ctx, base+strings.Replace(at, "/flows/", "/drafts/", 1), "admin-draft-ready")
}
