package counter

import (
	"context"
	"strings"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/web/officetest"
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
