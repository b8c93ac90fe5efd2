package portal

import (
	"net/url"
	"strings"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/kit/db"

	"onewindow/internal/business/interest"
)

// The applicant and an interested party challenge an officer, and read the answer.
func TestOfficersAreChallenged(t *testing.T) {
	s := newSite(t)
	c, party := hearingCase(t, s)
	lina, at := s.As("lina"), "/cases/"+c.ID+"/heard"
	lina.Get("/cases/"+c.ID).Want(200, `a[href="`+at+`#challenge"]`)
	lina.Get(at).Want(200, "#challenge select")
	sendForm(lina, at, at+"/challenge", "officer", s.Actor("decider").AccountID, "challenge_reason", " ").Want(422, "#f-ground-error")
	sendForm(lina, at, at+"/challenge", "officer", s.Actor("reviewer").AccountID, "ground", "kin", "challenge_reason", " ").Want(422, "#f-challenge_reason-error")
	sendForm(lina, at, at+"/challenge", "officer", s.Actor("reviewer").AccountID, "ground", "kin", "challenge_reason", "与他人是亲属。").Want(303)
	guest := s.Visitor()
	in := url.Values{"number": {party.Number}, "code": {s.Interest.Code(party)}, "act": {"challenge"}, "officer": {s.Actor("decider").AccountID},
		"ground": {"other"}, "challenge_reason": {"与申请人是同学。"}}
	if p := guest.Post("/interest", in).Want(200, "#challenge"); !strings.Contains(p.Text("#challenge"), "待决定") || strings.Contains(p.Text("#challenge"), "与他人是亲属") {
		t.Error(p.Text("#challenge"))
	}
	all, err := s.Casework.Challenges(bg, s.Actor("decider"), c.ID)
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v %v", all, err)
	}
	if err := s.Casework.DecideChallenge(bg, s.Actor("decider"), casework.DecideChallenge{Seen: casework.Seen{CaseID: c.ID}, ChallengeID: all[0].ID, Answer: "没有亲属关系。"}); err != nil {
		t.Fatal(err)
	}
	p := lina.Get(at).Want(200, `#challenge a[href^="/documents/"]`, "#challenge textarea[name^=again_]")
	if text := p.Text("#challenge"); !strings.Contains(text, "没有亲属关系。") || strings.Contains(text, "同学") || !strings.Contains(text, "复核") {
		t.Error(text)
	}
	paper, _ := p.Find(`#challenge a[href^="/documents/"]`).Attr("href")
	if text := lina.Get(paper).Want(200).Text("main"); !strings.Contains(text, "回避申请决定书") || !strings.Contains(text, "申请复核一次") {
		t.Error(text)
	}
	again := all[0].ID
	sendForm(lina, at, at+"/challenge", "again", again, "officer", s.Actor("reviewer").AccountID, "ground", "kin", "again_"+again, "").Want(422, "#f-again_"+again+"-error")
	sendForm(lina, at, at+"/challenge", "again", again, "officer", s.Actor("reviewer").AccountID, "ground", "kin", "again_"+again, "户籍可查。").Want(303)
	if p = lina.Get(at).Want(200); p.Has("#challenge textarea[name^=again_]") || !strings.Contains(p.Text("#challenge"), "（复核）") {
		t.Error(p.Text("#challenge"))
	}
	// What is written to the neighbour is not the applicant's to read.
	if err := s.Casework.GovernChallenge(bg, s.Actor("government"), casework.DecideChallenge{Seen: casework.Seen{CaseID: c.ID}, ChallengeID: all[1].ID, Answer: "不影响公正。"}); err != nil {
		t.Fatal(err)
	}
	theirs, err := s.Documents.ByCase(bg, s.Actor("decider"), c.ID)
	for _, d := range theirs {
		if d.Kind == document.HBJD && d.Facts.Addressee != "" {
			lina.Get("/documents/" + d.ID).Want(404)
		}
	}
	_ = s.DB.Read(bg, func(tx *db.Tx) error {
		var p interest.Party
		p, err = s.Interest.Load(tx, all[1].PersonID)
		if err != nil || p.ID != party.ID {
			t.Errorf("%+v %v", p, err)
		}
		return nil
	})
}
