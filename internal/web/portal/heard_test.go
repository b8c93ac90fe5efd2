package portal

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/hearing"
	"onewindow/internal/business/interest"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/webtest"
)

var bg = context.Background()

// hearingCase is a case at the decision in which a neighbour is told and a
// hearing offered.
func hearingCase(t *testing.T, s *officetest.Site) (*casework.Case, interest.Party) {
	t.Helper()
	c := s.Walk(s.Submit(s.Food()), flow.Decide)
	if _, err := s.Interest.Register(bg, s.Actor("handler2"), interest.Register{Seen: casetest.Seen(c), Name: "赵邻", Phone: "13800000000", Interest: "隔壁住户", Via: interest.ByHand, Days: 5}); err != nil {
		t.Fatal(err)
	}
	if err := s.Hearing.Offer(bg, s.Actor("handler2"), hearing.Offer{Seen: casetest.Seen(s.Case(c.ID))}); err != nil {
		t.Fatal(err)
	}
	all, err := s.Interest.ByCase(bg, s.Actor("handler2"), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	return s.Case(c.ID), all[0]
}

// sendForm sends the form that goes to the path on the page.
func sendForm(c *webtest.Client, page, to string, typed ...string) *webtest.Page {
	return c.Post(to, officetest.With(officetest.Fields(c.Get(page), `form[action="`+to+`"]`), typed...))
}

func TestTheApplicantIsHeard(t *testing.T) {
	s := newSite(t)
	c, _ := hearingCase(t, s)
	lina, at := s.As("lina"), "/cases/"+c.ID+"/heard"
	lina.Get("/cases/"+c.ID).Want(200, `a[href="`+at+`"]`, `a[href="/cases/`+c.ID+`/law"]`)
	sendForm(lina, at, at+"/speak", "text", " ").Want(422, "#f-text-error")
	sendForm(lina, at, at+"/speak", "text", "油烟已经净化。").Want(303)
	sendForm(lina, at, at+"/ask").Want(303)
	p := lina.Get(at).Want(200)
	if text := p.Text("main"); !strings.Contains(text, "油烟已经净化。") || !strings.Contains(text, "要求听证") || strings.Contains(text, "赵邻") {
		t.Error(text)
	}
	// A page opened before somebody acted is told so, and keeps what was typed.
	stale := lina.Post(at+"/give", url.Values{"version": {"1"}})
	if stale.Status != 409 || !stale.Has("[role=alert]") {
		t.Errorf("%d", stale.Status)
	}
	sendForm(lina, at, at+"/give").Want(303)
	lina.Get("/cases/"+c.ID+"/law").Want(200, ".ow-lawsteps", ".ow-articles dd")
	if text := lina.Get("/cases/" + c.ID + "/law").Text("main"); strings.Contains(text, "赵鹏") || !strings.Contains(text, "行政许可法第四十七条第一款") {
		t.Error("the applicant's page names officers, or not the law")
	}
	for _, path := range []string{at, "/cases/" + c.ID + "/law"} {
		if got := s.Visitor().Get(path).Status; got != 303 {
			t.Errorf("%s signed out: %d", path, got)
		}
		if got := s.As("wangxiaoming").Get(path).Status; got != 404 {
			t.Errorf("%s as another applicant: %d", path, got)
		}
	}
	if got := lina.Post(at+"/ask", url.Values{"version": {"1"}}, "Sec-Fetch-Site", "cross-site").Status; got != 403 {
		t.Errorf("cross-site: %d", got)
	}
}

// An interested party speaks with number and code, without an account, and
// learns nothing with a wrong one.
func TestAnInterestedPartyIsHeard(t *testing.T) {
	s := newSite(t)
	c, party := hearingCase(t, s)
	v := s.Visitor()
	in := func(kv ...string) url.Values {
		form := url.Values{"number": {party.Number}, "code": {s.Interest.Code(party)}}
		for i := 0; i < len(kv); i += 2 {
			form.Set(kv[i], kv[i+1])
		}
		return form
	}
	v.Get("/interest?number="+party.Number).Want(200, "#f-number")
	wrong := v.Post("/interest", in("code", "AAAAAA")).Want(422, "[role=alert]")
	unknown := v.Post("/interest", in("number", "nothing-L9")).Want(422, "[role=alert]")
	if wrong.Text("[role=alert]") != unknown.Text("[role=alert]") {
		t.Error("a wrong code is told apart from an unknown number")
	}
	// The applicant's own place has no code of this kind.
	v.Post("/interest", in("number", c.Number+"-S")).Want(422)
	v.Post("/interest", in()).Want(200, "#f-text")
	v.Post("/interest", in("act", "speak", "text", " ")).Want(422, "#f-text-error")
	if p := v.Post("/interest", in("act", "speak", "text", "请装净化设施。")).Want(200); !strings.Contains(p.Text("main"), "请装净化设施。") {
		t.Error(p.Text("main"))
	}
	if p := v.Post("/interest", in("act", "ask")).Want(200); !strings.Contains(p.Text("main"), "要求听证") {
		t.Error(p.Text("main"))
	}
	if p := v.Post("/interest", in("act", "<script>")); p.Status != 422 || strings.Contains(p.Body, "<script>alert") {
		t.Errorf("%d", p.Status)
	}
	for range 40 {
		v.Post("/interest", in("code", "AAAAAA"))
	}
	if got := v.Post("/interest", in()).Status; got != 429 {
		t.Errorf("guessing goes on: %d", got)
	}
}

// A letter joined to an account is heard there from then on, without number and code.
func TestAnInterestedPartyJoinsTheirAccount(t *testing.T) {
	s := newSite(t)
	c := s.Walk(s.Submit(s.Food()), flow.Decide)
	handler := s.Actor("handler2")
	partyID, err := s.Interest.Register(bg, handler, interest.Register{Seen: casetest.Seen(c), Name: "王小明", Address: "南城区1号", Interest: "隔壁住户", Via: interest.ByPost, Days: 5})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Hearing.Offer(bg, handler, hearing.Offer{Seen: casetest.Seen(s.Case(c.ID)), ByPost: true}); err != nil {
		t.Fatal(err)
	}
	var party interest.Party
	if err := s.DB.Read(bg, func(tx *db.Tx) (err error) { party, err = s.Interest.Load(tx, partyID); return err }); err != nil {
		t.Fatal(err)
	}
	letter := url.Values{"number": {party.Number}, "code": {s.Interest.Code(party)}}
	at := "/heard/" + partyID
	s.Visitor().Post("/interest", letter).Want(200, `a[href="/sign-in"]`)
	wang, lina := s.As("wangxiaoming"), s.As("lina")
	wang.Get("/heard").Want(200, ".ow-empty")
	wang.Get(at).Want(404)
	join := url.Values{"number": letter["number"], "code": letter["code"], "act": {"join"}}
	if p := lina.Post("/interest", join).Want(422, "[role=alert]"); !strings.Contains(p.Text("[role=alert]"), "不一致") {
		t.Error(p.Text("[role=alert]"))
	}
	s.As("handler").Post("/interest", join).Want(403)
	wang.Post("/interest", letter).Want(200, `input[name=act][value=join]`)
	if to := officetest.Location(t, wang.Post("/interest", join)); to != at {
		t.Fatal(to)
	}
	wang.Get("/heard").Want(200, `a[href="`+at+`"]`)
	wang.Get(at).Want(200, `form[action="`+at+`/speak"]`, `form[action="`+at+`/ask"]`)
	sendForm(wang, at, at+"/speak", "text", " ").Want(422, "#f-text-error")
	officetest.Location(t, sendForm(wang, at, at+"/speak", "text", "担心油烟。"))
	officetest.Location(t, sendForm(wang, at, at+"/ask"))
	if p := wang.Get(at).Want(200); !strings.Contains(p.Text("main"), "担心油烟。") || !strings.Contains(p.Text("main"), "要求听证") {
		t.Error(p.Text("main"))
	}
	wang.Get(at+"/documents/"+party.DocumentID).Want(200, ".ow-sheet, .ow-paper, main")
	wang.Get(at + "/documents/nothing").Want(404)
	wang.Post(at+"/nothing", nil).Want(404)
	lina.Get(at).Want(404)
	lina.Get(at + "/documents/" + party.DocumentID).Want(404)
}

func TestAnnouncedAndPublished(t *testing.T) {
	s := newSite(t)
	v := s.Visitor()
	v.Get("/hearings").Want(200, "h1")
	v.Get("/decisions").Want(200, "h1")
	c := s.Walk(s.Submit(s.Matter("娱乐")), flow.Decide)
	handler := s.Actor("handler2")
	if err := s.Hearing.Order(bg, handler, hearing.Order{Seen: casetest.Seen(c), Days: 20, Reason: "条例规定"}); err != nil {
		t.Fatal(err)
	}
	held := hearing.Earliest(calendar.DayOf(s.Clock.Now()), calendar.Builtin())
	if err := s.Hearing.Notify(bg, handler, hearing.Notify{Seen: casetest.Seen(s.Case(c.ID)), At: held.Time().Add(9 * time.Hour), Place: "三楼听证室", ChairLogin: "host", Writer: "王敏"}); err != nil {
		t.Fatal(err)
	}
	all, err := s.Hearing.Announced(bg, "", 5)
	if err != nil || len(all) != 1 {
		t.Fatalf("%v %v", all, err)
	}
	v.Get("/hearings").Want(200, `a[href="/hearings/`+all[0].ID+`"]`)
	if p := v.Get("/hearings/" + all[0].ID).Want(200); !strings.Contains(p.Text("main"), "三楼听证室") {
		t.Error(p.Text("main"))
	}
	v.Get("/hearings/nothing").Want(404)

	s.Walk(s.Submit(s.Food()), flow.Issue)
	var events []event.Event
	if err := s.DB.Read(bg, func(tx *db.Tx) (err error) { events, err = event.Waiting(tx, 5000); return err }); err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if e.Topic == "case.granted" {
			if err := s.Disclosure.OnDecided(bg, e); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.Clock.Set(s.Clock.Now().Add(20 * 24 * time.Hour))
	if n, err := s.Disclosure.Publish(bg); err != nil || n != 1 {
		t.Fatalf("%d %v", n, err)
	}
	p := v.Get("/decisions?q=食品&month=bad").Want(200, "table a")
	href, _ := p.Find("table a").First().Attr("href")
	v.Get(href).Want(200, ".ow-kv")
	v.Get("/decisions?q=没有这样的事项").Want(200)
	v.Get("/decisions/nothing").Want(404)
	if strings.Contains(p.Body, "/cases/") && strings.Contains(p.Text("main"), "办件") {
		t.Error("the public list leads into the case")
	}
}
