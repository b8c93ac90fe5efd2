package portal

import (
	"net/url"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/officetest"
	"strings"
	"testing"

	"onewindow/internal/business/casework/casetest"
)

// person is somebody new: the number is well-formed and belongs to nobody.
var person = url.Values{"login": {"sunyue"}, "password": {casetest.Password}, "again": {casetest.Password}, "name": {"孙悦"}, "id_type": {"111"},
	"id_number": {"139999199707070133"}, "phone": {"13800138111"}}

// Registering, signing in, registering a company, letting somebody act for it.
func TestRegister(t *testing.T) {
	s := newSite(t)
	c := s.Visitor()
	c.Get(RegisterPath).Want(200, `input[name=id_number][data-no-keep]`)
	c.Post(RegisterPath, url.Values{}).Want(422, "#f-name-error", "#f-id_type-error", "#f-phone-error")
	for field, wrong := range map[string]string{"id_number": "139999199707070131", "phone": "123", "again": "anders", "login": "孙悦", "password": "1"} {
		v := other(person, field, wrong)
		if field == "password" {
			v.Set("again", wrong)
		}
		p := c.Post(RegisterPath, v).Want(422, "#f-"+field+"-error")
		if p.Find("input[type=password][value]").AttrOr("value", "") != "" {
			t.Error("a password comes back in the page")
		}
	}
	p := c.Post(RegisterPath, person).Want(303)
	if to := p.Header.Get("Location"); !strings.HasPrefix(to, "/sign-in") {
		t.Fatal(to)
	}
	c.Post("/sign-in", person).Want(303)
	p = c.Get("/account").Want(200)
	if words := p.Text("main"); strings.Contains(words, "孙悦") || strings.Contains(p.Body, "139999199707070133") || strings.Contains(p.Body, "13800138111") {
		t.Error("personal data is not masked: " + words)
	}
	c.Post("/account/company", url.Values{"name": {"定州市新店餐饮有限公司"}, "uscc": {"91139999MA99000281"}}).Want(422, "#f-uscc-error")
	c.Post("/account/company", url.Values{"name": {"定州市新店餐饮有限公司"}, "uscc": {"91350100M000100Y43"}}).Want(303)
	c.Get("/apply/"+s.Food().Code()).Want(200, "input[name=applicant]:not([disabled])")
}

func TestAgents(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	company := s.Actor("lina").PartyIDs[1]
	page := "/account/" + company + "/agents"
	c.Get(page).Want(200, "input[name=login]")
	c.Post(page, url.Values{"login": {"nobody"}}).Want(422, "#f-login-error")
	c.Post(page, url.Values{"login": {"wangxiaoming"}, "to": {"2026-13-45"}}).Want(422, "#f-to-error")
	c.Post(page, url.Values{"login": {"wangxiaoming"}, "to": {"2020-01-01"}}).Want(422, "#f-to-error")
	c.Post(page, url.Values{"login": {"wangxiaoming"}}).Want(303)
	agent := s.As("wangxiaoming")
	agent.Get("/account").Want(200)
	agent.Get(page).Want(404) // an agent does not authorise others
	made := s.Submit(s.Food())
	agent.Get(caseURL(made.ID)).Want(200)
	if words := c.Get("/account").Text("main"); !strings.Contains(words, "王小明，自") {
		t.Errorf("to whom the power was given is not said: %s", words)
	}
	end, _ := c.Get("/account").Find(`form[action$="/end"]`).Last().Attr("action")
	agents := c.Get("/account").Find(`form[action$="/end"]`).Length()
	c.Post(end, nil).Want(303)
	if n := c.Get("/account").Find(`form[action$="/end"]`).Length(); n != agents-1 {
		t.Errorf("%d agents, then %d", agents, n)
	}
	c.Post("/account/mandates/x/end", nil).Want(404)
}

func TestContact(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	self := s.Actor("lina").PartyIDs[0]
	page := "/account/" + self + "/contact"
	c.Post(page, url.Values{"phone": {"一二三"}, "address": {"新址"}}).Want(422, "#f-phone-error", `input[name=address][value="新址"]`)
	c.Post(page, url.Values{"phone": {"13900139999"}, "address": {"河北省定州市新址1号"}}).Want(303)
	if words := c.Get("/account").Text("main"); !strings.Contains(words, "139****9999") {
		t.Error(words)
	}
	s.As("wangxiaoming").Post(page, url.Values{"phone": {"13900139999"}}).Want(404)
}

// Who owns an account sees by which systems it is used, and ends that.
func TestTheOwnerSeesTheirTokens(t *testing.T) {
	s := newSite(t)
	a := s.Actor("wangxiaoming")
	tokenID, _, err := s.Staff.IssueToken(bg, s.Actor("sysadmin"), staff.IssueToken{AccountID: a.AccountID, Name: "卫健业务系统", Permissions: []staff.Permission{staff.CaseRead}, Days: 30})
	if err != nil {
		t.Fatal(err)
	}
	revoke := "/account/tokens/" + tokenID + "/revoke"
	wang := s.As("wangxiaoming")
	if p := wang.Get("/account").Want(200, `#tokens form[action="`+revoke+`"]`); !strings.Contains(p.Text("#tokens"), "卫健业务系统") {
		t.Error(p.Text("#tokens"))
	}
	if p := s.As("lina").Get("/account").Want(200); p.Has("#tokens") {
		t.Error("somebody else's tokens")
	}
	s.As("lina").Post(revoke, nil).Want(403)
	officetest.Location(t, wang.Post(revoke, nil))
	if p := wang.Get("/account").Want(200); p.Has("#tokens form") || !strings.Contains(p.Text("#tokens"), "已吊销") {
		t.Error(p.Text("#tokens"))
	}
}
