package portal

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/procedure"
	"onewindow/internal/web/officetest"
)

// While the clock stands the applicant and the public read why, for how long,
// and the new due day (行政许可法第四十五条).
func TestTheClockThatStandsIsExplained(t *testing.T) {
	s := newSite(t)
	c := s.Walk(s.Submit(s.Matter("节能审查")), flow.Examine)
	id, err := s.Procedures.Begin(context.Background(), s.Actor("handler"), procedure.Begin{Seen: casetest.Seen(c), Kind: procedure.ExpertReview, Days: 15, Why: "内部理由"})
	if err != nil {
		t.Fatal(err)
	}
	now := s.Case(c.ID)
	wants := []string{"专家评审", "行政许可法第四十五条", "15 个工作日", now.StatutoryDue.Chinese()}
	mine := s.As("lina").Get("/cases/"+c.ID).Want(200, "#procedures", ".ow-next")
	found := s.Visitor().Post("/progress", url.Values{"number": {c.Number}, "code": {s.Casework.CheckCode(now)}}).Want(200, "#procedures")
	for _, w := range wants {
		if !strings.Contains(mine.Text("#procedures"), w) || !strings.Contains(found.Text("#procedures"), w) || !strings.Contains(mine.Text(".ow-next"), w) {
			t.Errorf("%s is not in %q, %q, %q", w, mine.Text("#procedures"), found.Text("#procedures"), mine.Text(".ow-next"))
		}
	}
	if strings.Contains(mine.Text("main")+found.Text("main"), "内部理由") {
		t.Error("the reason for the file is shown")
	}
	if err := s.Procedures.Cancel(context.Background(), s.Actor("handler"), procedure.Cancel{Seen: procedure.Seen{ID: id}, Reason: "资料已足"}); err != nil {
		t.Fatal(err)
	}
	if p := s.As("lina").Get("/cases/" + c.ID); !strings.Contains(p.Text("#procedures"), "期限恢复计算") {
		t.Error(p.Text("#procedures"))
	}
}

// A visit that is coming stands first; its place is for the applicant's notice
// and not for the public.
func TestAVisitIsAnnounced(t *testing.T) {
	s := newSite(t)
	c := s.Walk(s.Submit(s.Matter("公共场所卫生许可")), flow.Examine)
	at := s.Clock.Now().Add(24 * time.Hour)
	_, err := s.Procedures.Plan(context.Background(), s.Actor("handler"), procedure.Plan{Seen: casetest.Seen(c), At: at, Place: "中山路1号", Organiser: procedure.ByBureau,
		Why: "核实", Officers: []procedure.Appoint{{AccountID: s.Actor("handler").AccountID, Number: "1"}, {AccountID: s.Actor("handler2").AccountID, Number: "2"}}})
	if err != nil {
		t.Fatal(err)
	}
	mine := s.As("lina").Get("/cases/" + c.ID).Want(200)
	for _, w := range []string{"请配合现场核查", calendar.DayOf(at).Chinese(), "计入办理期限"} {
		if !strings.Contains(mine.Text(".ow-next"), w) {
			t.Errorf("%s is not in %s", w, mine.Text(".ow-next"))
		}
	}
	found := s.Visitor().Post("/progress", url.Values{"number": {c.Number}, "code": {s.Casework.CheckCode(c)}}).Want(200, "#procedures")
	if strings.Contains(found.Text("main"), "中山路1号") {
		t.Error("the place is shown to the public")
	}
	if p := s.As("lina").Get("/cases/" + c.ID); !strings.Contains(p.Text("main"), "现场核查通知书") {
		t.Error("there is no notice")
	}
	ctx, base := s.Browser("lina")
	officetest.Look(t, ctx, base+"/cases/"+c.ID, "portal-case-visit")
}
