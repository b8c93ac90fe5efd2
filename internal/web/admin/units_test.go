package admin_test

import (
	"strings"
	"testing"

	"onewindow/internal/business/flow"
	"onewindow/internal/web/officetest"
)

// The legal department sees what the law writes and what either reading comes to,
// confirms one with its basis, and the case that runs keeps its days.
func TestTheUnitIsConfirmedOnItsPage(t *testing.T) {
	s := site(t)
	impl := s.Matter("建筑工程施工许可")
	running := s.Walk(s.Submit(impl), flow.Examine)
	c := s.As("legal")
	at := "/admin/units/" + impl.ID
	c.Get("/admin/units").Want(200, `a[href="`+at+`"]`)
	p := c.Get(at).Want(200, `form[action="`+at+`"]`)
	if text := p.Text("main"); !strings.Contains(text, "条文写作7日") || !strings.Contains(text, "按工作日从今天起算") {
		t.Error(text)
	}
	form := officetest.Fields(p, `form[action="`+at+`"]`)
	if p := c.Post(at, officetest.With(form, "why", "这是已经写好的理由")); p.Status != 422 || !p.Has("#f-unit-error") || !p.Has("#f-basis-error") || !strings.Contains(p.Body, "这是已经写好的理由") {
		t.Errorf("%d %s", p.Status, p.Text("main"))
	}
	officetest.Location(t, c.Post(at, officetest.With(form, "unit", "working", "basis", "主管部门答复（示例）", "why", "行政机关的期限按工作日计算")))
	if now := s.Case(running.ID); now.StatutoryDue != running.StatutoryDue || now.ImplementationID != impl.ID {
		t.Error("the running case moved")
	}
	c.Post(at, form).Want(409)
	s.Clock.Advance(24 * 3600e9)
	if text := c.Get("/admin/units").Text("main"); !strings.Contains(text, "已确认") || !strings.Contains(text, "定州市司法局方正") {
		t.Error(text)
	}
	s.As("catalog").Get("/admin/units").Want(403)
}

func TestUnitsInABrowser(t *testing.T) {
	s := site(t)
	ctx, base := s.Browser("legal")
	officetest.Look(t, ctx, base+"/admin/units", "admin-units")
	officetest.Look(t, ctx, base+"/admin/units/"+s.Matter("建筑工程施工许可").ID, "admin-unit")
}
