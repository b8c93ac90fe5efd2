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

// handOver puts the draft of a page before who publishes.
func handOver(t *testing.T, s *officetest.Site, login, at string, revision int) {
	t.Helper()
	id := at[strings.LastIndex(at, "/")+1:]
	if err := s.Catalog.HandOver(context.Background(), s.Actor(login), catalog.HandOver{ID: id, Revision: revision}); err != nil {
		t.Fatal(err)
	}
}

// An editor's draft is handed over, looked at against the version in force, and
// published by who may and had no hand in it.
func TestADraftIsPublished(t *testing.T) {
	s := site(t)
	e, c := s.As("editor"), s.As("catalog")
	at := drafted(t, s, e)
	to := strings.Replace(at, "/flows/", "/drafts/", 1)
	c.Get(at).Want(200, `a[href="`+to+`"]`)
	c.Get("/admin/drafts").Want(200, `a[href="`+to+`"]`)
	p := c.Get(to).Want(200)
	if text := p.Text("main"); !strings.Contains(text, "内容没有变化") || !strings.Contains(text, "流程没有变化") || !strings.Contains(text, "没有送审") || p.Has(`form[action="`+to+`/publish"]`) {
		t.Error(text)
	}
	press(t, e, at, "save", "examine.body", "dz-sfj")
	p = c.Get(to)
	if text := p.Text("main"); !strings.Contains(text, "环节「承办」没有人能办理：定州市司法局没有「承办」岗位的人员") || !strings.Contains(text, "定州市司法局办理") {
		t.Error(text)
	}
	p = c.Post(to+"/publish", officetest.With(url.Values{}, "revision", "2", "from", "2026-12-25", "ground", "reform"))
	if p.Status != 422 || !strings.Contains(p.Text("[role=alert]"), "没有送审") {
		t.Errorf("%d %s", p.Status, p.Text("[role=alert]"))
	}
	press(t, e, at, "save", "examine.body", "-", "examine.days", "9")
	handOver(t, s, "editor", at, 3)
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

// A draft is sent back with reasons; who edited it may send it back too, and is
// told that somebody else publishes it.
func TestADraftIsSentBack(t *testing.T) {
	s := site(t)
	c, c2 := s.As("catalog"), s.As("catalog2")
	at := drafted(t, s, c)
	to := strings.Replace(at, "/flows/", "/drafts/", 1)
	handOver(t, s, "editor", at, 1)
	if p := c.Get(to).Want(200, `form[action="`+to+`/send-back"]`); p.Has(`form[action="`+to+`/publish"]`) || !strings.Contains(p.Text("main"), "您参与了这份草稿的编制") {
		t.Error(p.Text("main"))
	}
	p := c2.Get(to).Want(200, `form[action="`+to+`/publish"]`)
	form := officetest.Fields(p, `form[action="`+to+`/send-back"]`)
	if p := c2.Post(to+"/send-back", form); p.Status != 422 || !p.Has("#f-reasons-error") {
		t.Errorf("%d %s", p.Status, p.Text("main"))
	}
	form.Set("reasons", "承诺期限没有依据")
	if p := c2.Post(to+"/send-back", officetest.With(maps.Clone(form), "revision", "1")); p.Status != 409 {
		t.Error(p.Status)
	}
	officetest.Location(t, c2.Post(to+"/send-back", form))
	if p := c.Get("/admin/drafts"); !strings.Contains(p.Text("main"), "已退回") {
		t.Error(p.Text("main"))
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
	handOver(t, s, "editor", at, 3)
	ctx, base = s.Browser("catalog2")
	officetest.Look(t, ctx, base+strings.Replace(at, "/flows/", "/drafts/", 1), "admin-draft-ready")
}
