package admin_test

import (
	"maps"
	"strings"
	"testing"

	"onewindow/internal/web/officetest"
)

// One writes the next notice, another publishes it or sends it back.
func TestANoticeIsWrittenAndPublished(t *testing.T) {
	s := site(t)
	a, b := s.As("catalog"), s.As("catalog2")
	a.Get("/admin/privacy").Want(200, `a[href="/admin/privacy/draft"]`)
	form := officetest.Fields(a.Get("/admin/privacy/draft").Want(200), `form[action="/admin/privacy/draft"]`)
	if form.Get("keep") == "" {
		t.Fatal("the version before is not offered")
	}
	if p := a.Post("/admin/privacy/draft", officetest.With(maps.Clone(form), "do", "save", "keep", strings.Repeat("长", 5001))); p.Status != 422 || !p.Has("#f-keep-error") {
		t.Errorf("%d", p.Status)
	}
	officetest.Location(t, a.Post("/admin/privacy/draft", officetest.With(maps.Clone(form), "do", "save", "keep", "")))
	p := a.Get("/admin/privacy").Want(200)
	if !strings.Contains(p.Text("main"), "还缺：保存多久") || p.Has(`form[action$="/hand-over"]`) {
		t.Error(p.Text("main"))
	}
	if p := a.Post("/admin/privacy/draft", officetest.With(maps.Clone(form), "do", "save")); p.Status != 409 {
		t.Errorf("stale: %d", p.Status)
	}
	form = officetest.Fields(a.Get("/admin/privacy/draft"), `form[action="/admin/privacy/draft"]`)
	officetest.Location(t, a.Post("/admin/privacy/draft", officetest.With(maps.Clone(form), "do", "add:further", "keep", "十年")))
	form = officetest.Fields(a.Get("/admin/privacy/draft").Want(200, `input[name="further.0.title"]`), `form[action="/admin/privacy/draft"]`)
	officetest.Location(t, a.Post("/admin/privacy/draft", officetest.With(form, "do", "save", "further.0.title", "自动填充", "further.0.text", "本市共享的数据")))
	p = a.Get("/admin/privacy").Want(200, `form[action$="/hand-over"]`)
	officetest.Location(t, a.Post("/admin/privacy/hand-over", officetest.Fields(p, `form[action$="/hand-over"]`)))
	if p := a.Get("/admin/privacy"); p.Has(`form[action$="/publish"]`) || !strings.Contains(p.Text("main"), "您参与了编写") {
		t.Error(p.Text("main"))
	}
	p = b.Get("/admin/privacy").Want(200, `form[action$="/publish"]`)
	if p := b.Post("/admin/privacy/send-back", officetest.Fields(p, `form[action$="/send-back"]`)); p.Status != 422 || !p.Has("#f-reasons-error") {
		t.Errorf("%d", p.Status)
	}
	form = officetest.Fields(p, `form[action$="/publish"]`)
	if p := b.Post("/admin/privacy/publish", officetest.With(maps.Clone(form), "from", "2026-12-24")); p.Status != 422 || !p.Has("#f-from-error") {
		t.Errorf("%d %s", p.Status, p.Text("main"))
	}
	officetest.Location(t, b.Post("/admin/privacy/publish", form))
	if p := a.Get("/admin/privacy"); !strings.Contains(p.Text("main"), "第2版2026年12月25日待施行白雪") {
		t.Error(p.Text("main"))
	}
}
