package portal

import (
	"strings"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/hearing"
	"onewindow/internal/business/licence"
)

// The applicant's own page says what of a hearing is open, until when, and how the
// day came about.
func TestTheCaseShowsThePeriodsOfItsHearing(t *testing.T) {
	s := newSite(t)
	c, _ := hearingCase(t, s)
	cal, today := calendar.Builtin(), calendar.DayOf(s.Clock.Now())
	lina, path := s.As("lina"), "/cases/"+c.ID
	p := lina.Get(path).Want(200, ".ow-dues")
	for _, words := range []string{"陈述、申辩的期限", "要求听证的期限", hearing.AskUntil(today, cal).Chinese(), "还剩5个工作日", "行政许可法第四十七条"} {
		if !strings.Contains(p.Text("main"), words) {
			t.Errorf("the page does not say %s", words)
		}
	}
	if strings.Contains(p.Text("main"), "赵邻") {
		t.Error("the page names the neighbour")
	}
	sendForm(lina, path+"/heard", path+"/heard/ask").Want(303)
	p = lina.Get(path).Want(200)
	by := hearing.HoldBy(today, cal)
	for _, words := range []string{"组织听证的期限", by.Chinese(), "发出听证通知的期限", hearing.NoticeBy(by, cal).Chinese(), "已经要求、放弃听证"} {
		if !strings.Contains(p.Text(".ow-dues"), words) {
			t.Errorf("the page does not say %s: %s", words, p.Text(".ow-dues"))
		}
	}
	// A case that concerns nobody else shows nothing of it.
	other := s.Walk(s.Submit(s.Food()), flow.Decide)
	if p := lina.Get("/cases/" + other.ID).Want(200); strings.Contains(p.Text("main"), "听证的期限") {
		t.Error("a hearing where there is none")
	}
}

// A licence says from when to when its renewal can be asked for, on its own page
// and on that of the case that granted it.
func TestTheRenewalWindowIsShown(t *testing.T) {
	s := newSite(t)
	l := issued(t, s)
	life, err := s.Licences.Life(bg, s.Actor("lina"), l.ID)
	if err != nil {
		t.Fatal(err)
	}
	first, last := life.Window.First, life.Window.Last
	for _, path := range []string{licenceURL(l.ID), caseURL(l.CaseID)} {
		p := s.As("lina").Get(path).Want(200, ".ow-dues", "table.ow-month")
		for _, words := range []string{"申请延续的最后一天", last.Chinese(), "最早 " + first.Chinese(), "视为准予延续"} {
			if !strings.Contains(p.Text("main"), strings.ReplaceAll(words, " ", "")) && !strings.Contains(p.Text("main"), words) {
				t.Errorf("%s does not say %s", path, words)
			}
		}
		if strings.Contains(p.Text(".ow-dues"), "还剩") {
			t.Errorf("%s counts down before the first day", path)
		}
	}
	s.Clock.Set(first.AddDays(1).Time())
	if p := s.As("lina").Get(licenceURL(l.ID)).Want(200); !strings.Contains(p.Text("#renewal"), "还剩") {
		t.Error(p.Text("#renewal"))
	}
	s.Clock.Set(last.AddDays(1).Time())
	if p := s.As("lina").Get(licenceURL(l.ID)).Want(200); !strings.Contains(p.Text("#renewal"), "已经超过") || strings.Contains(p.Text("#renewal"), "还剩") {
		t.Error(p.Text("#renewal"))
	}
}

func TestRenewalWords(t *testing.T) {
	day := calendar.MustDay
	rule := catalog.Result{}.RenewalRule()
	late := rule
	late.LateRefused = true
	for _, tc := range []struct {
		rule   catalog.Renewal
		today  string
		status licence.Status
		want   string
	}{
		{rule, "2026-11-01", licence.Valid, "按时提出"},
		{rule, "2026-12-10", licence.Valid, "不视为准予延续"},
		{late, "2026-12-10", licence.Valid, "不再受理延续"},
		{rule, "2027-01-02", licence.Expired, "已经届满"},
		{rule, "2027-01-02", licence.Continued, "视为准予延续"},
	} {
		if got := renewalWords(tc.rule, 0, day("2026-12-01"), day("2026-12-31"), day(tc.today), tc.status); !strings.Contains(got, tc.want) {
			t.Errorf("%s %s: %s", tc.today, tc.status, got)
		}
	}
}
