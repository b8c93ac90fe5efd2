package oversight_test

import (
	"strconv"
	"strings"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/flow"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/oversight"
)

// reviewed is a review of a refusal, as the body recorded it.
func reviewed(t *testing.T, x *officetest.Site, organ string) string {
	t.Helper()
	c := x.Walk(x.Submit(x.Food()), flow.Decide)
	err := x.Casework.Decide(t.Context(), x.Actor("decider"), casework.Decide{Seen: casetest.Seen(c), Opinion: "不同意", Reasons: "面积不足", Basis: "《中华人民共和国食品安全法》第三十三条"})
	if err != nil {
		t.Fatal(err)
	}
	today := calendar.DayOf(x.Clock.Now()).String()
	id, err := x.Grievances.Record(t.Context(), x.Actor("decider"), complaint.Record{Seen: casework.Seen{CaseID: c.ID}, Kind: complaint.Review, Organ: organ,
		Asked: "撤销不予许可决定", FiledOn: today, ReceivedOn: today})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// The supervisor sees every review and suit with its next day, those that are
// pending first of all; who has no part in supervision does not.
func TestAppealsForTheSupervisor(t *testing.T) {
	x, _ := site(t)
	at, boss := oversight.Base+"/appeals", x.As("supervisor")
	if p := boss.Get(at).Want(200, `.ow-tabs a[aria-current][href="`+at+`"], nav a[aria-current][href="`+at+`"]`); p.Has("main tbody") || !strings.Contains(p.Text("main"), "没有进行中的复议、诉讼") {
		t.Error(p.Text("main"))
	}
	id := reviewed(t, x, "定州市人民政府")
	link := `main tbody a[href="/desk/appeals/` + id + `"]`
	p := boss.Get(at).Want(200, link)
	row := p.Find(link).Closest("tr")
	for _, want := range []string{"行政复议", "定州市人民政府", "待提交答复", "2026年9月28日"} {
		if !strings.Contains(row.Text(), want) {
			t.Errorf("%q lacks %s", row.Text(), want)
		}
	}
	for login, want := range map[string]int{"clerk": 403, "handler": 403, "lina": 403} {
		x.As(login).Get(at).Want(want)
	}
	if to := x.Visitor().Get(at).Want(303).Header.Get("Location"); !strings.HasPrefix(to, "/sign-in") {
		t.Error(to)
	}
	// What was answered and concluded is under 全部 alone.
	a, err := x.Grievances.Appeal(t.Context(), x.Actor("decider"), id)
	if err != nil {
		t.Fatal(err)
	}
	today := calendar.DayOf(x.Clock.Now()).String()
	if err := x.Grievances.AnswerAppeal(t.Context(), x.Actor("decider"), complaint.AnswerAppeal{Seen: complaint.Seen{ID: id, Version: a.Version}, On: today}); err != nil {
		t.Fatal(err)
	}
	if row := boss.Get(at).Want(200, link).Find(link).Closest("tr").Text(); strings.Contains(row, "待提交答复") || !strings.Contains(row, "待复议机关") {
		t.Errorf("answered, and the list says %q", row)
	}
	if _, err := x.Grievances.Conclude(t.Context(), x.Actor("decider"), complaint.Conclude{Seen: complaint.Seen{ID: id}, Result: complaint.Upheld, On: today}); err != nil {
		t.Fatal(err)
	}
	if p := boss.Get(at).Want(200); p.Has(link) {
		t.Error("what is concluded stands among the pending")
	}
	if row := boss.Get(at+"?show=all").Want(200, link).Find(link).Closest("tr").Text(); !strings.Contains(row, "维持") {
		t.Errorf("%q does not say how it ended", row)
	}
}

// A long list pages by key and loses none.
func TestAppealsArePaged(t *testing.T) {
	x, _ := site(t)
	want := map[string]bool{}
	for i := range 22 {
		want[reviewed(t, x, "定州市人民政府第"+strconv.Itoa(i)+"处")] = true
	}
	boss, at, pages := x.As("supervisor"), oversight.Base+"/appeals", 0
	for at != "" && pages < 5 {
		p := boss.Get(at).Want(200, "main tbody tr")
		for id := range want {
			if p.Has(`a[href="/desk/appeals/` + id + `"]`) {
				delete(want, id)
			}
		}
		at, _ = p.Find(`a[rel="next"]`).Attr("href")
		pages++
	}
	if len(want) != 0 || pages != 2 {
		t.Errorf("%d are on none of the %d pages", len(want), pages)
	}
}
