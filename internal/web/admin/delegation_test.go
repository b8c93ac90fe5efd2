package admin_test

import (
	"strings"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/web/officetest"
)

// An entrustment is recorded, stands on the list, and is ended after it was
// asked back; a transfer leads to the draft of the next version.
func TestDelegationsOnTheirPages(t *testing.T) {
	s := site(t)
	c, food := s.As("catalog"), s.Food()
	day := calendar.DayOf(s.Clock.Now()).AddDays(3).String()
	p := c.Get("/admin/delegate/entrust").Want(200, "select[name=item]", "input[name=until]")
	fields := officetest.Fields(p, "main form")
	c.Post("/admin/delegate/entrust", fields).Want(422, "#f-item-error", "#f-instrument-error")
	fill := []string{"item", food.ItemCode, "from", "dz-spj", "to", "dz-t101", "basis", "某决定", "instrument", "定委〔2026〕1号", "day", day, "content", "委托公告"}
	officetest.Location(t, c.Post("/admin/delegate/entrust", officetest.With(fields, fill...)))
	list := c.Get("/admin/delegations").Want(200, `main a[href$="/end"]`)
	if !strings.Contains(list.Text("main"), "定委〔2026〕1号") {
		t.Error(list.Text("main"))
	}
	end := list.Find(`main a[href$="/end"]`).AttrOr("href", "")
	officetest.Location(t, c.Post(end, officetest.Fields(c.Get(end).Want(200), "main form")))
	c.Post(end, nil).Want(422, "[role=alert]")
	if p := c.Get("/admin/delegations").Want(200); p.Has(`main a[href$="/end"]`) {
		t.Error("what was ended is offered again")
	}
	fields = officetest.Fields(c.Get("/admin/delegate/transfer").Want(200), "main form")
	officetest.Location(t, c.Post("/admin/delegate/transfer", officetest.With(fields, append(fill, "to", "dz-scjg")...)))
	draft := c.Get("/admin/delegations").Want(200).Find(`main a[href*="/drafts/"]`).AttrOr("href", "")
	c.Get(draft).Want(200)
	s.As("editor").Get("/admin/delegations").Want(403)
}

// An assessment is recorded once, read and printed; nothing changes it.
func TestAssessmentsOnTheirPages(t *testing.T) {
	s := site(t)
	c := s.As("catalog")
	fields := officetest.Fields(c.Get("/admin/assessments/new").Want(200), "main form")
	c.Post("/admin/assessments/new", fields).Want(422, "#f-risks-error")
	to := officetest.Location(t, c.Post("/admin/assessments/new", officetest.With(fields, "title", "健康信息", "purpose", "必要", "risks", "泄露", "measures", "加密", "outcome", "可以处理")))
	if p := c.Get(to).Want(200); p.Has("main form") || !strings.Contains(p.Text("main"), "泄露") {
		t.Error(p.Text("main"))
	}
	c.Get("/admin/assessments").Want(200, `a[href="`+to+`"]`)
	s.As("sysadmin").Get(to).Want(403)
}

func TestDelegationPagesInABrowser(t *testing.T) {
	s := site(t)
	ctx, at := s.Browser("catalog")
	for _, x := range []string{"delegations", "delegate/entrust", "delegate/transfer", "assessments", "assessments/new"} {
		officetest.Look(t, ctx, at+"/admin/"+x, "admin-"+strings.ReplaceAll(x, "/", "-"))
	}
}
