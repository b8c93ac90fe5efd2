package counter

import (
	"context"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/sm"
	"onewindow/internal/web/officetest"
)

// tolerated is a case accepted without a material that follows.
func tolerated(t *testing.T, s *officetest.Site) *casework.Case {
	t.Helper()
	ctx, lina, impl := context.Background(), s.Actor("lina"), s.Matter("公共场所卫生许可")
	draftID := s.Draft(lina, impl)
	d, files, err := s.Casework.Draft(ctx, lina, draftID)
	for _, f := range files {
		if err == nil && f.Material == "007" {
			err = s.Casework.Detach(ctx, lina, f.ID)
		}
	}
	if err == nil {
		_, err = s.Casework.ChooseMode(ctx, lina, casework.ChooseMode{DraftID: draftID, Mode: casework.ModeTolerance})
	}
	if err == nil {
		err = s.Casework.SignPromise(ctx, lina, casework.SignPromise{DraftID: draftID, Agreed: true, Name: "李娜",
			SM3: sm.Digest([]byte(casework.Words(impl, d.Variant, casework.ModeTolerance)))})
	}
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Casework.Submit(ctx, lina, casework.Submit{DraftID: draftID, Declared: true})
	if err != nil {
		t.Fatal(err)
	}
	return s.Case(r.CaseID)
}

// act sends the form of an act's page.
func act(t *testing.T, s *officetest.Site, login, to string, typed ...string) int {
	t.Helper()
	c := s.As(login)
	return c.Post(to, officetest.With(officetest.Fields(c.Get(to).Want(200), `form[action="`+to+`"]`), typed...)).Status
}

// The window accepts with what follows, takes it in, or ends what did not come.
func TestToleranceAtTheWindow(t *testing.T) {
	s := site(t)
	c := tolerated(t, s)
	path := Base + "/cases/" + c.ID
	if text := s.As("clerk").Get(path + "/accept").Want(200).Text("main"); !strings.Contains(text, "下列材料后补") || strings.Contains(text, "不能受理") {
		t.Error(text)
	}
	s.Walk(c, flow.Examine)
	clerk := s.As("clerk")
	clerk.Get(owingPath).Want(200, `[data-keys] a[href="`+path+`"]`)
	page := clerk.Get(path).Want(200, "#promise", `a[href="`+path+`/owed"]`)
	if page.Has(`a[href="` + path + `/end-owing"]`) {
		t.Error("may be ended before its last day")
	}
	if status := act(t, s, "clerk", path+"/owed"); status != 422 {
		t.Errorf("nothing handed in: %d", status)
	}
	if status := act(t, s, "clerk", path+"/owed", paperField("007"), "1"); status != 303 {
		t.Errorf("handed in: %d", status)
	}
	late := s.Walk(tolerated(t, s), flow.Examine)
	due := s.Casework.Calendar().AddWorking(calendar.DayOf(s.Clock.Now()), 3)
	s.Clock.Set((due + 1).Time().Add(9 * time.Hour))
	end := Base + "/cases/" + late.ID + "/end-owing"
	if status := act(t, s, "clerk", end, "reason", " "); status != 422 {
		t.Errorf("without a reason: %d", status)
	}
	if status := act(t, s, "clerk", end, "reason", "多次提醒仍未补齐"); status != 303 || s.Case(late.ID).Status != casework.StatusTerminated {
		t.Errorf("ended: %d %s", status, s.Case(late.ID).Status)
	}
}

// A registration at the window: persons are checked, papers go back.
func TestRegistrationAtTheWindow(t *testing.T) {
	s := site(t)
	c := s.Submit(s.Matter("有限责任公司设立登记"))
	path := Base + "/cases/" + c.ID
	page := s.As("clerk").Get(path).Want(200, "#persons", `a[href="`+path+`/return-papers"]`, `a[href="`+path+`/identity"]`)
	if strings.Contains(page.Text("#outcomes"), "一次性告知补正") {
		t.Error("a registration is offered a supplement")
	}
	if status := act(t, s, "clerk", path+"/identity", "person", "company.legal_name", "way", "in_person"); status != 422 {
		t.Errorf("without a record: %d", status)
	}
	if status := act(t, s, "clerk", path+"/identity", "person", "company.legal_name", "way", "in_person", "receipt", "核对身份证原件，人证一致"); status != 303 {
		t.Errorf("checked: %d", status)
	}
	if status := act(t, s, "clerk", path+"/return-papers"); status != 422 {
		t.Errorf("nothing named: %d", status)
	}
	if status := act(t, s, "clerk", path+"/return-papers", "ask.004", "true", "problem.004", "缺少股东签字", "standard.004", "全体股东签字"); status != 303 || s.Case(c.ID).Status != casework.StatusReturned {
		t.Errorf("returned: %d %s", status, s.Case(c.ID).Status)
	}
}

// On paper: the clerk chooses for the person at the window, prints and records.
func TestAPromiseOnPaper(t *testing.T) {
	s := site(t)
	clerk, impl := s.As("clerk"), s.Matter("出版物零售")
	partyID := s.Actor("lina").PartyIDs[0]
	start := Base + "/new/" + partyID + "/" + impl.ID
	page := clerk.Get(start).Want(200, `input[name="mode"][value="commitment"]`)
	to := officetest.Location(t, clerk.Post(start, officetest.With(officetest.Fields(page, `form[action="`+start+`"]`), "mode", "commitment")))
	if !strings.HasSuffix(to, "/promise") {
		t.Fatalf("leads to %s", to)
	}
	sheet := clerk.Get(to).Want(200, `.ow-pre[tabindex="0"][aria-label]`)
	clerk.Post(to, officetest.Fields(sheet, `form[action="`+to+`"]`)).Want(422, "#f-agreed-error", "#f-name-error")
	officetest.Location(t, clerk.Post(to, officetest.With(officetest.Fields(sheet, `form[action="`+to+`"]`), "agreed", "true", "name", "李娜")))
	if text := clerk.Get(to).Text("main"); !strings.Contains(text, "已签署") {
		t.Error(text)
	}
	s.As("clerk2").Get(to).Want(404)
}
