package desk

import (
	"context"
	"strings"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
	"onewindow/internal/web/officetest"
)

// A challenge that waits stands on the desk of the head of the body, who answers it
// with reasons; who is recused finds nothing to do any more.
func TestAChallengeOnItsPages(t *testing.T) {
	s := site(t)
	c, path := waiting(s, flow.Examine)
	handler, decider := s.As("handler2"), s.As("decider")
	decider.Get(challengesPath).Want(200, ".ow-empty")
	at := path + "/challenge-enter"
	send(handler, at, at, "person", "applicant").Want(422, "#f-ground-error")
	officetest.Location(t, send(handler, at, at, "person", "applicant", "officer", s.Actor("handler").AccountID, "ground", "kin", "reason", "与竞争对手是亲属。"))
	decide := path + "/challenge-decide"
	decider.Get(challengesPath).Want(200, `a[href="`+decide+`"]`)
	if side := decider.Get(Base + "/find").Text("nav"); !strings.Contains(side, "回避申请") {
		t.Error("the side does not lead there: " + side)
	}
	if p := decider.Get(decide).Want(200); !strings.Contains(p.Text("main"), "与竞争对手是亲属。") {
		t.Error(p.Text("main"))
	}
	handler.Get(challengesPath).Want(403)
	s.As("zj-decider").Get(decide).Want(404)
	send(decider, decide, decide, "grant", "true").Want(422, "#f-answer-error")
	officetest.Location(t, send(decider, decide, decide, "grant", "true", "answer", "情况属实。"))
	decider.Get(challengesPath).Want(200, ".ow-empty")
	decider.Get(challengesPath+"?all=1").Want(200, ".ow-table")
	if p := s.As("handler").Get(path).Want(200); p.Has("#outcomes") || !strings.Contains(p.Text("main"), "已对这个办件回避") {
		t.Error(p.Text("main"))
	}
	all, err := s.Casework.Challenges(context.Background(), s.Actor("lina"), c.ID)
	if err != nil || len(all) != 1 || all[0].Status != casework.ChallengeGranted || !all[0].Paper {
		t.Errorf("%+v %v", all, err)
	}
}
