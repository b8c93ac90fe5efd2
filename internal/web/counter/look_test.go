package counter

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/webtest"
)

// look is officetest.Look with these pages' names.
func look(t *testing.T, ctx context.Context, at, name string) {
	officetest.Look(t, ctx, at, "counter-"+name)
}

func TestPagesInABrowser(t *testing.T) {
	s := site(t)
	ctx, at := s.Browser("clerk")
	_, path := submitted(s)
	for range 3 {
		submitted(s)
	}
	look(t, ctx, at+Base, "work")
	look(t, ctx, at+Base+"/find", "find")
	look(t, ctx, at+Base+"/new", "person")
	look(t, ctx, at+path, "case")
	for _, d := range []string{"accept", "supplement", "correct", "not-required", "not-competent", "withdraw"} {
		look(t, ctx, at+path+"/"+d, d)
	}
	partyID, draft := windowDraft(s)
	look(t, ctx, at+Base+"/new/"+partyID+"?q=食品", "matters")
	look(t, ctx, at+Base+"/new/"+partyID+"/"+s.Food().ID, "situation")
	look(t, ctx, at+draft, "draft")
	look(t, ctx, at+draft+"/materials", "draft-materials")
	look(t, ctx, at+draft+"/check", "check")
	supplement := noticed(s)
	look(t, ctx, at+supplement, "case-supplement")
	look(t, ctx, at+supplement+"/supplemented", "supplemented")
	look(t, ctx, at+newest(s, strings.TrimPrefix(supplement, Base+"/cases/")), "document")
}

func TestDeliveryInABrowser(t *testing.T) {
	s := site(t)
	ctx, at := s.Browser("deliverer")
	c, path := submitted(s)
	s.Walk(c, flow.Deliver)
	look(t, ctx, at+Base+"/deliveries", "deliveries")
	look(t, ctx, at+path, "case-deliver")
	look(t, ctx, at+path+"/deliver", "deliver")
}

// windowDraft is an application begun at the window, and its applicant.
func windowDraft(s *officetest.Site) (partyID, path string) {
	s.T.Helper()
	clerk := s.Actor("clerk")
	m, err := s.Party.FindByUSCC(context.Background(), clerk, "91139999MA9900028Y")
	if err != nil {
		s.T.Fatal(err)
	}
	id, err := s.Casework.StartDraft(context.Background(), clerk, casework.StartDraft{ImplementationID: s.Food().ID, ApplicantID: m.ID, Channel: casework.Window})
	if err != nil {
		s.T.Fatal(err)
	}
	return m.ID, Base + "/drafts/" + id
}

// noticed is a case whose applicant was told once what to supplement.
func noticed(s *officetest.Site) string {
	s.T.Helper()
	c, path := submitted(s)
	m := s.Food().Materials[0]
	err := s.Casework.NotifySupplement(context.Background(), s.Actor("clerk"), casework.NotifySupplement{Seen: casetest.Seen(c), Items: []casework.Item{
		{Material: m.No, Name: m.Name, Problem: "缺少法定代表人签字", Standard: "由法定代表人签字"}, {Material: "form", Name: "申请表", Problem: "经营场所地址不完整", Standard: "写到门牌号"}}})
	if err != nil {
		s.T.Fatal(err)
	}
	return path
}

// newest is the path of the newest document of a case.
func newest(s *officetest.Site, caseID string) string {
	s.T.Helper()
	all, err := s.Documents.ByCase(context.Background(), s.Actor("clerk"), caseID)
	if err != nil || len(all) == 0 {
		s.T.Fatal(err)
	}
	return Base + "/documents/" + all[len(all)-1].ID
}

// here is look for the page that the browser shows now.
func here(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	webtest.Fits(t, ctx)
	webtest.Axe(t, ctx)
	webtest.Shot(t, ctx, "counter-"+name)
}

// The notice by hand and eye: a point is ticked as failed, the notice is worded
// from it, another material is added, the preview is read and sent.
func TestSupplementInABrowser(t *testing.T) {
	s := site(t)
	ctx, at := s.Browser("clerk")
	c, path := submitted(s)
	webtest.Open(t, ctx, at+path, 1280)
	do := func(acts ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, acts...); err != nil {
			t.Fatal(err)
		}
	}
	do(chromedp.Click(`input[name="t.003.1"][value=no]`), chromedp.SendKeys(`input[name="n.003.1"]`, "没有消毒设施"), chromedp.Click(`button[value=supplement]`),
		chromedp.WaitVisible(`textarea[name="problem.003"]`))
	here(t, ctx, "supplement-ticked")
	do(chromedp.Click(`input[name="ask.004"]`), chromedp.WaitVisible(`textarea[name="problem.004"]`), chromedp.Click(`form[action$=preview] .btn-primary`),
		chromedp.WaitVisible(`[role=alert] a[href="#f-problem_004"]`))
	here(t, ctx, "supplement-wrong")
	do(chromedp.SendKeys(`textarea[name="problem.004"]`, "缺少食品安全自查制度"), chromedp.Click(`form[action$=preview] .btn-primary`), chromedp.WaitVisible(`.ow-paper`))
	here(t, ctx, "supplement-preview")
	do(chromedp.Click(`main form .btn-primary`), chromedp.WaitVisible(`.ow-paper-number`))
	here(t, ctx, "supplement-sent")
	if got := s.Case(c.ID).Status; got != casework.StatusSupplement {
		t.Errorf("status %s", got)
	}
}

// What the slower clerk sees.
func TestStaleInABrowser(t *testing.T) {
	s := site(t)
	ctx, at := s.Browser("clerk")
	c, path := submitted(s)
	webtest.Open(t, ctx, at+path+"/not-competent", 1280)
	if err := s.Casework.Accept(context.Background(), s.Actor("clerk2"), casework.Accept{Seen: casetest.Seen(c)}); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.SendKeys(`#f-reasons`, "经营场所在外县"), chromedp.SendKeys(`#f-competent`, "望都县行政审批局"),
		chromedp.Click(`main form .btn-danger`), chromedp.WaitVisible(`[role=alert]`)); err != nil {
		t.Fatal(err)
	}
	here(t, ctx, "stale")
}
