package portal

import (
	"context"
	"strings"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/delegation"
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
