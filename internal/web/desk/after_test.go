package desk

import (
	"context"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/licence"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/web/officetest"
)

// react passes what happened on to the regulator, as app does.
func react(t testing.TB, s *officetest.Site) {
	t.Helper()
	var all []event.Event
	err := s.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		all, err = event.Waiting(tx, 5000)
		return err
	})
	for _, e := range all {
		if on := s.Aftercare.Reactions()[e.Topic]; on != nil && err == nil {
			err = on(context.Background(), e)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// packageOf is the archive package of a case that ended.
func packageOf(t testing.TB, s *officetest.Site) string {
	t.Helper()
	ctx := context.Background()
	c := s.Submit(s.Food())
	if err := s.Casework.Withdraw(ctx, s.Actor("lina"), casework.Withdraw{Seen: casetest.Seen(c), Reason: "不办了"}); err != nil {
		t.Fatal(err)
	}
	var all []event.Event
	err := s.DB.Read(ctx, func(tx *db.Tx) (err error) {
		all, err = event.Waiting(tx, 5000)
		return err
	})
	for _, e := range all {
		if err == nil && e.Topic == "case.withdrawn" {
			err = s.Archive.OnConcluded(ctx, e)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.Archive.List(ctx, s.Actor("handler"), "", 1)
	if err != nil || len(list) != 1 {
		t.Fatalf("%v %v", list, err)
	}
	return list[0].ID
}

// What ended is archived and handed out to who may have it.
func TestArchivePage(t *testing.T) {
	s := site(t)
	id := packageOf(t, s)
	c := s.As("handler")
	c.Get(Base+"/archive").Want(200, `a[href="`+Base+"/archive/"+id+`"]`, ".ow-side a[aria-current]")
	if p := c.Get(Base + "/archive/" + id).Want(200); !strings.HasPrefix(p.Body, "PK") {
		t.Error("it is no zip file")
	}
	s.As("deliverer").Get(Base + "/archive/" + id).Want(403)
}

// afterwards is a procedure on the licence and a push about it.
func afterwards(t testing.TB, s *officetest.Site, licenceID string) (proceedingID, pushID string) {
	t.Helper()
	proceedingID, err := s.Aftercare.Open(context.Background(), s.Actor("handler"), aftercare.Open{LicenceID: licenceID, Kind: aftercare.Rescind,
		Ground: "procedure", Reasons: "应当听证而未听证"})
	if err != nil {
		t.Fatal(err)
	}
	react(t, s)
	all, err := s.Aftercare.Inbox(context.Background(), s.Actor("regulator"), true, "", 10)
	if err != nil || len(all) == 0 {
		t.Fatalf("%v %v", all, err)
	}
	return proceedingID, all[0].ID
}

func issuedLicence(t testing.TB, s *officetest.Site) *licence.Licence {
	t.Helper()
	c := s.Walk(s.Submit(s.Food()), flow.Issue)
	id, err := s.Licences.Issue(context.Background(), s.Actor("issuer"), licence.Issue{Seen: casetest.Seen(c)})
	if err != nil {
		t.Fatal(err)
	}
	l, err := s.Licences.Get(context.Background(), s.Actor("issuer"), id)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// A handler begins to rescind, the holder has time, a decider decides, and
// whoever looks sees 已撤销 (行政许可法第七条、第六十九条).
func TestRescindOnItsPages(t *testing.T) {
	s := site(t)
	l := issuedLicence(t, s)
	handler, decider := s.As("handler"), s.As("decider")
	handler.Get(Base+"/licences").Want(200, `a[href="`+licencePath(l.ID)+`"]`, ".ow-side a[aria-current]")
	if to := officetest.Location(t, handler.Get(Base+"/licences?number="+l.Content.Number)); to != licencePath(l.ID) {
		t.Errorf("the number leads to %s", to)
	}
	handler.Get(Base+"/licences?number=123").Want(422, "[role=alert]")
	handler.Get(licencePath(l.ID)).Want(200, "#begin")
	begin := licencePath(l.ID) + "/begin/rescind"
	send(handler, begin, begin, "ground", "unqualified").Want(422, "#f-reasons-error")
	to := officetest.Location(t, send(handler, begin, begin, "ground", "unqualified", "reasons", "经营场所不符合条件"))
	if p := handler.Get(to).Want(200, "h1"); p.Has("#decide") || !strings.Contains(p.Text("main"), "撤销行政许可事先告知书") {
		t.Error(p.Text("main"))
	}
	if p := decider.Get(to).Want(200); p.Has("#decide") {
		t.Error("it can be decided before the holder was heard")
	}
	s.Clock.Advance(14 * 24 * time.Hour)
	decider.Get(to).Want(200, "#decide", "textarea[name=compensation]")
	if p := handler.Get(to).Want(200); p.Has("#decide") {
		t.Error("a handler decides")
	}
	p := send(decider, to, to, "outcome", "ended").Want(422, "#f-compensation-error")
	officetest.Location(t, send(decider, to, to, "outcome", "ended", "compensation", "依法赔偿直接损失。"))
	p = decider.Get(to).Want(200)
	if !strings.Contains(p.Text("main"), "撤销行政许可决定书") || p.Has("#decide") {
		t.Error(p.Text("main"))
	}
	if p := handler.Get(licencePath(l.ID)).Want(200, "h1"); !strings.Contains(p.Text("main"), "已撤销") || !p.Has(`#begin a[href$="deregister"]`) || p.Has(`#begin a[href$="rescind"]`) {
		t.Error(p.Text("main"))
	}
}

// The regulator takes in, reports, revokes; the approver sees what came back.
func TestTheRegulatorsInbox(t *testing.T) {
	s := site(t)
	l := issuedLicence(t, s)
	react(t, s)
	c := s.As("regulator")
	p := c.Get(regulatorPath).Want(200, "[data-keys] tbody tr", ".ow-side .ow-count")
	href, _ := p.Find("[data-keys] tbody a").Attr("href")
	c.Get(href).Want(200, `form[action$="acknowledge"]`, "#revoke")
	officetest.Location(t, send(c, href, href+"/acknowledge"))
	send(c, href, href+"/report", "result", "problem").Want(422, "#f-findings-error")
	officetest.Location(t, send(c, href, href+"/report", "result", "problem", "findings", "现场与申报不符"))
	handler := s.As("handler")
	if p := handler.Get(Base + "/proceedings").Want(200); !strings.Contains(p.Text("main"), "现场与申报不符") {
		t.Error(p.Text("main"))
	}
	send(c, href, href+"/revoke", "number", "定市监罚〔2026〕3号", "day", "2027-01-01", "reasons", "x").Want(422, "#f-day-error")
	officetest.Location(t, send(c, href, href+"/revoke", "number", "定市监罚〔2026〕3号", "day", "2026-09-14", "reasons", "使用非食品原料"))
	if p := handler.Get(licencePath(l.ID)).Want(200); !strings.Contains(p.Text("main"), "已吊销") {
		t.Error(p.Text("main"))
	}
	handler.Get(regulatorPath).Want(403)
}

func TestPagesOfLicencesInABrowser(t *testing.T) {
	s := site(t)
	l := issuedLicence(t, s)
	proceedingID, pushID := afterwards(t, s, l.ID)
	ctx, at := s.Browser("handler")
	officetest.Look(t, ctx, at+Base+"/licences", "desk-licences")
	officetest.Look(t, ctx, at+licencePath(l.ID), "desk-licence")
	officetest.Look(t, ctx, at+licencePath(l.ID)+"/begin/rescind", "desk-begin")
	officetest.Look(t, ctx, at+licencePath(l.ID)+"/begin/deregister", "desk-begin-deregister")
	officetest.Look(t, ctx, at+proceedingPath(noticed(t, s)), "desk-noticed")
	officetest.Look(t, ctx, at+Base+"/proceedings", "desk-proceedings")
	s.Clock.Advance(14 * 24 * time.Hour)
	ctx, at = s.Browser("decider")
	officetest.Look(t, ctx, at+proceedingPath(proceedingID), "desk-proceeding")
	ctx, at = s.Browser("regulator")
	officetest.Look(t, ctx, at+regulatorPath, "desk-regulator")
	officetest.Look(t, ctx, at+regulatorPath+"/"+pushID, "desk-push")
}
