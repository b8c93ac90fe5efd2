package portal

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/web/webtest"
)

// The whole way of an application without scripts, with the mistakes people make.
func TestApplication(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	draft := draftOf(t, s, c)
	form := c.Get(draft)
	form.Want(200, ".ow-prefilled", `input[name="company.uscc"][value="91139999MA9900028Y"]`, "form[data-autosave]")
	full := example(form, s)

	p := c.Post(draft, other(full, "company.uscc", "91139999MA99000280", "premises.area", "很大"))
	p.Want(http.StatusUnprocessableEntity, `.ow-note[role=alert] a[href="#f-company_uscc"]`, "#f-company_uscc[aria-invalid]", "#f-company_uscc-error")
	if got := p.Find("#f-company_uscc").AttrOr("value", ""); got != "91139999MA99000280" {
		t.Errorf("what was typed became %q", got)
	}
	full.Set("version", version(p))
	if p := c.Post(draft, other(full, "do", "next")).Want(303); p.Header.Get("Location") != draft+"/materials" {
		t.Error(p.Header.Get("Location"))
	}

	c.Get(draft+"/check").Want(200, `a[href="`+draft+`/materials#m-003"]`)
	c.Get(draft+"/materials").Want(200, "#m-001", "#m-003 input[type=file]")
	for _, no := range []string{"003", "004", "005"} {
		upload(t, c, draft+"/materials/"+no, "材料.pdf", casetest.PDF).Want(303)
	}
	c.Get(draft+"/materials").Want(200, "#m-003 .ow-files a")

	check := c.Get(draft + "/check")
	if strings.Contains(check.Text("main"), "还有") {
		t.Error(check.Text("main"))
	}
	c.Post(draft+"/submit", url.Values{"version": {version(check)}}).Want(422, "#f-declared-error")
	done := c.Post(draft+"/submit", url.Values{"version": {version(check)}, "declared": {"true"}}).Want(303)
	receipt := c.Get(done.Header.Get("Location")).Want(200, ".ow-paper", ".ow-paper-qr svg")
	if words := receipt.Text("main"); !strings.Contains(words, "2026年9月14日 09:00 收到您的申请") || !strings.Contains(words, "2026年9月20日前告诉您是否受理") {
		t.Error(words)
	}
}

// A double click, a retry and a second tab get the same receipt.
func TestSubmitOnce(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	draft := draftURL(s.Draft(s.Actor("lina"), s.Food()))
	v := url.Values{"version": {version(c.Get(draft + "/check"))}, "declared": {"true"}}
	var places [4]string
	var all sync.WaitGroup
	for i := range places {
		all.Go(func() { places[i] = c.Post(draft+"/submit", v).Header.Get("Location") })
	}
	all.Wait()
	for _, at := range places {
		if at != places[0] || !strings.HasSuffix(at, "/receipt") {
			t.Fatalf("%q", places)
		}
	}
	for _, path := range []string{"", "/materials", "/check"} {
		if p := c.Get(draft + path).Want(303); p.Header.Get("Location") != places[0] {
			t.Errorf("%s leads to %s", path, p.Header.Get("Location"))
		}
	}
	if n := c.Get("/cases").Find(".ow-code").Length(); n != 1 {
		t.Errorf("%d cases", n)
	}
}

// Two tabs: the slower one is told, sees what differs, and keeps what it typed.
func TestStaleTab(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	draft := draftOf(t, s, c)
	mine := example(c.Get(draft), s)
	c.Post(draft, other(mine, "premises.name", "别处填的店", "do", "save")).Want(303)
	p := c.Post(draft, other(mine, "premises.name", "本页填的店"))
	p.Want(http.StatusConflict, ".ow-note[role=alert]")
	if got := p.Find("#f-premises_name").AttrOr("value", ""); got != "本页填的店" {
		t.Errorf("what was typed became %q", got)
	}
	if words := p.Text(".ow-t-warn"); !strings.Contains(words, "别处填的店") || !strings.Contains(words, "本页填的店") {
		t.Error(words)
	}
	c.Post(draft, other(mine, "premises.name", "本页填的店", "version", version(p))).Want(303)
	if got := c.Get(draft).Find("#f-premises_name").AttrOr("value", ""); got != "本页填的店" {
		t.Errorf("saved %q", got)
	}
}

// Questions that only some answers call for come with 更新表单.
func TestRefreshWithoutScripts(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	draft := draftOf(t, s, c)
	form := c.Get(draft).Want(200, "button[name=refresh]")
	hidden := form.Find("[data-show-if][hidden]").Length()
	c.Post(draft, other(example(form, s), "refresh", "1")).Want(303)
	if now := c.Get(draft).Find("[data-show-if][hidden]").Length(); hidden == 0 || now >= hidden {
		t.Errorf("%d hidden questions, then %d", hidden, now)
	}
}

func TestAutosave(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	draft := draftOf(t, s, c)
	v := example(c.Get(draft), s)
	script := []string{"X-Requested-With", "onewindow-autosave"}
	p := c.Post(draft+"/autosave", v, script...).Want(200)
	if !strings.HasPrefix(p.Header.Get("Content-Type"), "application/json") || !strings.Contains(p.Body, `"version":2`) {
		t.Error(p.Body)
	}
	if p := c.Post(draft+"/autosave", v, script...).Want(409); !strings.Contains(p.Body, "别处改过") {
		t.Error(p.Body)
	}
	s.Visitor().Post(draft+"/autosave", v, script...).Want(401)
	s.As("wangxiaoming").Post(draft+"/autosave", v, script...).Want(404)
}

// The session ends while somebody types: they sign in again and find it all.
func TestTypedOutlivesTheSession(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	draft := draftOf(t, s, c)
	typed := other(example(c.Get(draft), s), "premises.name", "没来得及保存的店")
	expired := func(login string) *webtest.Client {
		v := s.Visitor()
		p := v.Post(draft, typed).Want(303)
		if to := p.Header.Get("Location"); to != "/sign-in?to="+url.QueryEscape(draft) {
			t.Fatal(to)
		}
		v.Get("/sign-in").Want(200, ".ow-note")
		v.Post("/sign-in", url.Values{"login": {login}, "password": {casetest.Password}, "to": {draft}}).Want(303)
		return v
	}
	again := expired("lina")
	p := again.Get(draft).Want(200)
	if got := p.Find("#f-premises_name").AttrOr("value", ""); got != "没来得及保存的店" {
		t.Errorf("after signing in the field holds %q", got)
	}
	again.Post(draft, other(typed, "version", version(p))).Want(303)
	if got := again.Get(draft).Find("#f-premises_name").AttrOr("value", ""); got != "没来得及保存的店" {
		t.Errorf("saved %q", got)
	}
	if p := expired("wangxiaoming").Get(draft).Want(404); strings.Contains(p.Body, "没来得及保存的店") {
		t.Error("somebody else sees what was typed")
	}
}

func TestDiscard(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	draft := draftOf(t, s, c)
	upload(t, c, draft+"/materials/003", "材料.pdf", casetest.PDF).Want(303)
	c.Get(draft+"/discard").Want(200, ".ow-t-warn", "button.btn-danger")
	c.Post(draft+"/discard", nil).Want(303)
	c.Get(draft).Want(404)
	c.Get("/drafts").Want(200, ".ow-empty")
}

// A person may not apply in the name of somebody else, nor in a matter that is
// not meant for persons.
func TestApplyInWhoseName(t *testing.T) {
	s := newSite(t)
	c := s.As("wangxiaoming")
	food := applyURL(s.Food().Code())
	c.Get(food).Want(200, "input[name=applicant]:checked")
	c.Post(food, url.Values{}).Want(422, "#f-applicant-error")
	c.Post(food, url.Values{"applicant": {s.Actor("lina").PartyIDs[0]}}).Want(422, "#f-applicant-error")
	only := applyURL(s.Matter("劳务派遣").Code())
	c.Get(only).Want(200, "input[name=applicant][disabled]", ".ow-t-warn")
	if p := c.Get("/apply/" + strings.TrimPrefix(closedGuide(s), "/matters/")).Want(303); !strings.HasPrefix(p.Header.Get("Location"), "/matters/") {
		t.Error(p.Header.Get("Location"))
	}
}
