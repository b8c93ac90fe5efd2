package desk

import (
	"context"
	"strings"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/commitment"
	"onewindow/internal/business/credit"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/sm"
	"onewindow/internal/web/officetest"
)

// committed is a case granted on a commitment whose verification is open.
func committed(t *testing.T, s *officetest.Site) *casework.Case {
	t.Helper()
	ctx, lina, impl := context.Background(), s.Actor("lina"), s.Matter("出版物零售")
	draftID := s.Draft(lina, impl)
	_, err := s.Casework.ChooseMode(ctx, lina, casework.ChooseMode{DraftID: draftID, Mode: casework.ModeCommitment})
	if err == nil {
		err = s.Casework.SignPromise(ctx, lina, casework.SignPromise{DraftID: draftID, Agreed: true, Name: "李娜",
			SM3: sm.Digest([]byte(casework.Words(impl, "01", casework.ModeCommitment)))})
	}
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Casework.Submit(ctx, lina, casework.Submit{DraftID: draftID, Declared: true})
	if err != nil {
		t.Fatal(err)
	}
	c := s.Walk(s.Case(r.CaseID), flow.Issue)
	if err := commitment.New(s.DB, s.Casework).Open(ctx, c.ID); err != nil {
		t.Fatal(err)
	}
	return c
}

// distrusted is the id of a broken promise on record.
func distrusted(t *testing.T, s *officetest.Site) (id string) {
	t.Helper()
	err := s.DB.Act(context.Background(), func(tx *db.Tx) error {
		credit.Put(tx, staff.Machine("测试"), credit.Record{PartyID: "nobody", Kind: credit.BrokenTolerance, CaseID: "c", Number: "13068200012026091400001", ItemName: "公共场所卫生许可",
			BodyID: "dz-spj", Facts: "承诺后补的材料逾期没有补齐"})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	all, err := credit.New(s.DB).Of(context.Background(), "nobody")
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	return all[0].ID
}

// The supervising department verifies; the granting body looks on; a false
// commitment says what follows from it.
func TestVerifyingACommitment(t *testing.T) {
	s := site(t)
	c := committed(t, s)
	at := verifyPath + "/" + c.ID
	regulator := s.As("wl-regulator")
	regulator.Get(verifyPath).Want(200, `[data-keys] a[href="`+at+`"]`, ".ow-side .ow-count")
	page := regulator.Get(at).Want(200, `form[action="`+at+`"]`, `.ow-pre[tabindex="0"][aria-label]`)
	if text := page.Text("main"); !strings.Contains(text, "李娜") || !strings.Contains(text, "核查期限") {
		t.Error(text)
	}
	if p := s.As("handler").Get(at).Want(200); p.Has(`form[action="` + at + `"]`) {
		t.Error("the granting body is asked for the result")
	}
	s.As("regulator").Get(at).Want(404)
	send(regulator, at, at).Want(422, "#f-outcome-error", "#f-found-error", "#f-officers-error")
	officetest.Location(t, send(regulator, at, at, "outcome", "correct", "found", "书架布置与承诺不符", "officers", "姚兰\n郭峰"))
	if text := regulator.Get(at).Want(200).Text("main"); !strings.Contains(text, "整改期限") || !strings.Contains(text, "书架布置与承诺不符（核查人员：姚兰、郭峰）") {
		t.Error(text)
	}
	officetest.Location(t, send(regulator, at, at, "outcome", "false", "found", "期满仍未整改", "officers", "姚兰、郭峰"))
	if p := regulator.Get(at).Want(200); p.Has(`form[action="`+at+`"]`) || !strings.Contains(p.Text("main"), "承诺不实") {
		t.Error(p.Text("main"))
	}
	regulator.Get(verifyPath+"?show=closed").Want(200, `[data-keys] a[href="`+at+`"]`)
	decider := s.As("decider")
	list := decider.Get(creditPath).Want(200)
	form := list.Find(`form[id^="repair-"]`).AttrOr("action", "")
	decider.Post(form, officetest.Fields(list, `form[action="`+form+`"]`)).Want(422, ".ow-note[role=alert]")
	officetest.Location(t, decider.Post(form, officetest.With(officetest.Fields(list, `form[action="`+form+`"]`), "reason", "已经整改并公开承诺")))
	if text := decider.Get(creditPath).Text("main"); !strings.Contains(text, "已修复") {
		t.Error(text)
	}
}
