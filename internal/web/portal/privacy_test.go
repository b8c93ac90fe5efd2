package portal

import (
	"context"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/delegation"
	"onewindow/internal/business/privacy"
	"onewindow/internal/web/officetest"
)

// The notice stands where data is asked for; what is entrusted is announced to
// everybody.
func TestWhatIsToldToEverybody(t *testing.T) {
	s := newSite(t)
	visitor := s.Visitor()
	if text := visitor.Get("/privacy").Want(200).Text("main"); !strings.Contains(text, "保存多久") || !strings.Contains(text, "第 1 版") {
		t.Error(text)
	}
	visitor.Get(RegisterPath).Want(200, `a[href="/privacy"]`)
	s.As("lina").Get(applyURL(s.Food().Code())).Want(200, `a[href="/privacy"]`)
	if text := visitor.Get("/delegations").Want(200).Text("main"); !strings.Contains(text, "现在没有委托、划转") {
		t.Error(text)
	}
	err := delegation.New(s.DB, s.Catalog).Record(context.Background(), s.Actor("catalog"), delegation.Record{Kind: delegation.Entrust, ItemCode: s.Food().ItemCode,
		FromID: "dz-spj", ToID: "dz-t101", Basis: "某决定", Instrument: "定委〔2026〕1号", Content: "委托实施食品经营许可", From: calendar.DayOf(s.Clock.Now())})
	if err != nil {
		t.Fatal(err)
	}
	if text := visitor.Get("/delegations").Want(200).Text("main"); !strings.Contains(text, "委托实施食品经营许可") {
		t.Error(text)
	}
}

// 个人信息保护法第十七条第二款: when another version came into force since the last
// page was shown, the applicant is told before the application is handed in.
func TestAChangedNoticeIsToldBeforeSubmitting(t *testing.T) {
	s := newSite(t)
	notices, ctx := privacy.New(s.DB), context.Background()
	a, b := s.Actor("catalog"), s.Actor("catalog2")
	now, err := notices.Current(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{notices.SaveNotice(ctx, a, privacy.SaveNotice{Parts: now.Parts}), notices.HandOverNotice(ctx, a, 1),
		notices.PublishNotice(ctx, b, 2, calendar.DayOf(s.Clock.Now())+1)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if text := s.Visitor().Get("/privacy").Want(200).Text("main"); !strings.Contains(text, "现行版本：第 1 版") || !strings.Contains(text, "即将施行的版本：第 2 版") {
		t.Error(text)
	}
	c := s.As("lina")
	id := s.Draft(s.Actor("lina"), s.Food())
	p := c.Get(draftURL(id)+"/check").Want(200, `#submit input[name="notice"][value="1"]`)
	form := officetest.Fields(p, "#submit")
	form.Set("declared", "true")
	s.Clock.Advance(24 * time.Hour)
	p = c.Post(draftURL(id)+"/submit", form)
	if p.Status != 409 || !strings.Contains(p.Text("[role=alert]"), "更新为第2版") || !p.Has(`#submit input[name="notice"][value="2"]`) {
		t.Fatalf("%d %s", p.Status, p.Text("[role=alert]"))
	}
	form = officetest.Fields(p, "#submit")
	form.Set("declared", "true")
	officetest.Location(t, c.Post(draftURL(id)+"/submit", form))
	if text := s.Visitor().Get("/privacy").Text("main"); !strings.Contains(text, "现行版本：第 2 版") || !strings.Contains(text, "以前的版本：第 1 版") {
		t.Error(text)
	}
}
