package desk

import (
	"net/url"
	"strings"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/flow"
	"onewindow/internal/web/officetest"
)

// refusedCase is a case that was refused.
func refusedCase(t testing.TB, s *officetest.Site) *casework.Case {
	t.Helper()
	c := s.Walk(s.Submit(s.Food()), flow.Decide)
	err := s.Casework.Decide(t.Context(), s.Actor("decider"), casework.Decide{Seen: casetest.Seen(c), Opinion: "不同意", Reasons: "面积不足",
		Basis: "《中华人民共和国食品安全法》第三十三条"})
	if err != nil {
		t.Fatal(err)
	}
	return s.Case(c.ID)
}

// appealed is a review that waits for its answer.
func appealed(t testing.TB, s *officetest.Site) string {
	t.Helper()
	id, err := s.Grievances.Record(t.Context(), s.Actor("decider"), complaint.Record{Seen: casework.Seen{CaseID: refusedCase(t, s).ID}, Kind: complaint.Review,
		Organ: "定州市人民政府", Asked: "撤销不予许可决定", FiledOn: "2026-09-14", ReceivedOn: "2026-09-14"})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// A review is recorded from its case, answered and concluded on its own page;
// what was annulled leads to the case in which it is decided anew.
func TestAnAppealOnItsPages(t *testing.T) {
	s := site(t)
	c := refusedCase(t, s)
	path, decider := Base+"/cases/"+c.ID, s.As("decider")
	decider.Get(path).Want(200, `a[href="`+path+`/appeal"]`)
	form := decider.Get(path+"/appeal").Want(200, "textarea[name=asked]", "input[name=received_on]")
	fields := officetest.Fields(form, `main form[action$="/appeal"]`)
	decider.Post(path+"/appeal", fields).Want(422, "#f-asked-error", "#f-filed_on-error")
	to := officetest.Location(t, decider.Post(path+"/appeal", officetest.With(fields, "kind", "review", "organ", "定州市人民政府",
		"asked", "撤销不予许可决定", "filed_on", "2026-09-14", "received_on", "2026-09-14")))
	page := decider.Get(to).Want(200, "#answer form", "#conclude form")
	if got := page.Text("main"); !strings.Contains(got, "2026年9月28日") || !strings.Contains(got, "10个工作日") {
		t.Error(got)
	}
	decider.Get(appealsPath).Want(200, `a[href="`+to+`"]`)
	decider.Get(path).Want(200, `#appeals a[href="`+to+`"]`)
	// Others of the body read it, and do nothing.
	if p := s.As("handler").Get(to).Want(200); p.Has("main form") {
		t.Error(p.Text("main"))
	}
	s.As("supervisor").Get(to).Want(200)
	decider.Post(to+"/answer", officetest.Fields(page, "#answer form")).Want(422, "#f-answered_on-error")
	officetest.Location(t, decider.Post(to+"/answer", officetest.With(officetest.Fields(page, "#answer form"), "answered_on", "2026-09-14")))
	page = decider.Get(to).Want(200, "#conclude form")
	if page.Has("#answer") {
		t.Error("it is answered twice")
	}
	end := func() url.Values { return officetest.Fields(page, "#conclude form") }
	decider.Post(to+"/conclude", officetest.With(end(), "version", "1", "result", "upheld", "on", "2026-09-14")).Want(409, "[role=alert]")
	officetest.Location(t, decider.Post(to+"/conclude", officetest.With(end(), "result", "annulled", "on", "2026-09-14", "redo", "true", "act_by", "2026-10-20")))
	page = decider.Get(to).Want(200, `main a[href^="/desk/cases/"]`)
	if page.Has("main form") || !strings.Contains(page.Text("main"), "查看重新办理的办件") {
		t.Error(page.Text("main"))
	}
}

func TestAppealPagesInABrowser(t *testing.T) {
	s := site(t)
	at, c := appealPath(appealed(t, s)), refusedCase(t, s)
	ctx, base := s.Browser("decider")
	officetest.Look(t, ctx, base+at, "desk-appeal")
	officetest.Look(t, ctx, base+appealsPath, "desk-appeals")
	officetest.Look(t, ctx, base+Base+"/cases/"+c.ID+"/appeal", "desk-appeal-record")
}
