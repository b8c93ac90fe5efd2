package desk

import (
	"context"
	"strings"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/commitment"
	"onewindow/internal/business/flow"
	"onewindow/internal/web/officetest"
)

// heldBack is a grant on a commitment that was found false before anything was
// issued.
func heldBack(t *testing.T, s *officetest.Site) *casework.Case {
	t.Helper()
	c := committed(t, s)
	err := commitment.New(s.DB, s.Casework).Verify(context.Background(), s.Actor("wl-regulator"), commitment.Verify{Seen: commitment.Seen{CaseID: c.ID},
		Outcome: commitment.FoundFalse, Found: "营业面积少报", Officers: "姚兰、郭峰"})
	if err != nil {
		t.Fatal(err)
	}
	return s.Case(c.ID)
}

// What rests on a false commitment is not issued: the decider is led to the page
// on which it is settled, and nothing is taken away before the applicant was
// heard (行政许可法第六十九条第二款、第七条).
func TestHeldBackOnItsPage(t *testing.T) {
	s := site(t)
	c := heldBack(t, s)
	path := Base + "/cases/" + c.ID
	at, decider := path+"/held", s.As("decider")
	if p := decider.Get(path).Want(200, `.ow-note a[href="`+at+`"]`); !strings.Contains(p.Text(".ow-note"), "已暂缓制证") {
		t.Error(p.Text("main"))
	}
	if p := s.As("handler").Get(path).Want(200); p.Has(`a[href="` + at + `"]`) {
		t.Error("a handler is led to the page of the decider")
	}
	s.As("handler").Get(at).Want(403)
	if p := s.As("issuer").Get(path).Want(200, ".ow-note"); p.Has(`a[href="`+path+`/issue"]`) || p.Has(`a[href="`+at+`"]`) || !strings.Contains(p.Text(".ow-note"), "已暂缓制证") {
		t.Error("what is held back is offered for issuing")
	}
	p := decider.Get(at).Want(200, "input[name=outcome][value=rescind]", "input[name=outcome][value=release]", "textarea[name=statement]", "textarea[name=reasons]", "button[type=submit]")
	until := c.HeldBack().Until
	if got := p.Text("main"); !strings.Contains(got, "陈述申辩的期限"+until.Chinese()) {
		t.Error(got)
	}
	send(decider, at, at).Want(422, "#f-outcome-error")
	early := send(decider, at, at, "outcome", "rescind", "reasons", "营业面积少报").Want(422, "[role=alert]", "input[name=outcome][value=rescind][checked]")
	if got := early.Text("[role=alert]"); !strings.Contains(got, until.Chinese()) {
		t.Error(got)
	}
	if got := early.Find("textarea[name=reasons]").Text(); got != "营业面积少报" {
		t.Errorf("what was typed became %q", got)
	}
	send(decider, at, at, "outcome", "rescind", "statement", "属笔误").Want(422, "#f-reasons-error")
	officetest.Location(t, send(decider, at, at, "outcome", "rescind", "statement", "属笔误", "reasons", "面积相差一倍，笔误之说不予采纳"))
	p = decider.Get(path).Want(200)
	if p.Has(`a[href="`+at+`"]`) || s.Case(c.ID).Status != casework.StatusTerminated {
		t.Error(p.Text("main"))
	}
	if got := p.Text("main"); !strings.Contains(got, "撤销行政许可决定书") {
		t.Error(got)
	}
}

// Where the commitment was true after all, what waits goes on.
func TestReleasedOnItsPage(t *testing.T) {
	s := site(t)
	c := heldBack(t, s)
	path := Base + "/cases/" + c.ID
	at, decider := path+"/held", s.As("decider")
	officetest.Location(t, send(decider, at, at, "outcome", "release", "reasons", "复核面积与承诺一致"))
	if p := decider.Get(path).Want(200); p.Has(`a[href="` + at + `"]`) {
		t.Error("it can be settled twice")
	}
	s.As("issuer").Get(path).Want(200, `a[href="`+path+`/issue"]`)
}

func TestHeldBackInABrowser(t *testing.T) {
	s := site(t)
	held := heldBack(t, s)
	joint := Base + "/cases/" + s.Walk(s.Submit(s.Matter("娱乐场所")), flow.Examine).ID
	officetest.Location(t, send(s.As("handler"), joint+"/extend", joint+"/extend", "days", "15", "reasons", "需要听取各方意见"))
	ctx, at := s.Browser("decider")
	officetest.Look(t, ctx, at+Base+"/cases/"+held.ID+"/held", "desk-held")
	officetest.Look(t, ctx, at+joint+"/extend/approve", "desk-extend-joint")
	officetest.Look(t, ctx, at+Base+"/cases/"+held.ID, "desk-held-case")
}
