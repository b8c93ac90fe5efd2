package admin_test

import (
	"context"
	"maps"
	"net/url"
	"strings"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/officetest"
)

// One administrator opens an account, another gives it a post, and only then can
// its owner work: 三员分立 (GB/T 22239-2019 第三级).
func TestAnAccountIsOpenedAndPosted(t *testing.T) {
	s := site(t)
	sys, sec := s.As("sysadmin"), s.As("secadmin")
	if p := sys.Post("/admin/accounts/new", url.Values{"login": {"x"}, "name": {""}, "password": {"short"}}); p.Status != 422 || !p.Has("[role=alert]") || p.Has(`input[value="short"]`) {
		t.Errorf("%d %s", p.Status, p.Text("main"))
	}
	open := url.Values{"login": {"new-clerk"}, "name": {"新来的"}, "password": {"Yichuang-2027"}}
	at := officetest.Location(t, sys.Post("/admin/accounts/new", open))
	if p := sys.Post("/admin/accounts/new", open); p.Status != 422 || !strings.Contains(p.Text("[role=alert]"), "已被使用") {
		t.Errorf("opened twice: %d %s", p.Status, p.Text("main"))
	}
	p := sys.Get(at).Want(200, `form[action="`+at+`/active"]`)
	if !strings.Contains(p.Text("main"), "没有岗位") || p.Has(`form[action="`+at+`/postings"]`) || p.Has(`a[href="`+at+`/password"]`) {
		t.Error(p.Text("main"))
	}
	sys.Post(at+"/postings", url.Values{"role": {"clerk"}, "body": {"dz-spj"}}).Want(403)
	form := officetest.Fields(sec.Get(at).Want(200), `form[action="`+at+`/postings"]`)
	if p := sec.Post(at+"/postings", officetest.With(maps.Clone(form), "role", "clerk", "body", "dz-spj", "hall", "dz-hall", "window", "dz-w01", "from", "2027-02-01", "to", "2027-01-01")); p.Status != 422 || !p.Has("#f-to-error") || p.Find(`select[name=hall] option[selected]`).AttrOr("value", "") != "dz-hall" {
		t.Errorf("%d %s", p.Status, p.Text("main"))
	}
	good := officetest.With(maps.Clone(form), "role", "clerk", "body", "dz-spj", "hall", "dz-hall", "window", "dz-w01")
	officetest.Location(t, sec.Post(at+"/postings", good))
	if p := sec.Post(at+"/postings", good); p.Status != 422 || !strings.Contains(p.Text("[role=alert]"), "已有同样的任职") {
		t.Errorf("posted twice: %d", p.Status)
	}
	if p := sec.Post(at+"/postings", officetest.With(maps.Clone(form), "role", "auditor", "body", "dz-spj")); p.Status != 422 || !strings.Contains(p.Text("[role=alert]"), "须由不同的人担任") {
		t.Errorf("three officers: %d %s", p.Status, p.Text("main"))
	}
	p = sec.Get(at)
	if !strings.Contains(p.Text("main"), "窗口受理：定州市行政审批局，") {
		t.Error(p.Text("main"))
	}
	end := officetest.Fields(p, `form[action="`+at+`/postings/end"]`)
	officetest.Location(t, sec.Post(at+"/postings/end", end))
	sec.Post(at+"/postings/end", end).Want(404)
}

// An account is closed and opened again, locked out and let in, and given a new
// password; nobody does so with their own.
func TestAnAccountIsKept(t *testing.T) {
	s := site(t)
	sys, sec := s.As("sysadmin"), s.As("secadmin")
	at := "/admin/accounts/" + s.Actor("clerk").AccountID
	officetest.Location(t, sys.Post(at+"/active", url.Values{"active": {"false"}}))
	p := sys.Get(at)
	if !strings.Contains(p.Text("main"), "已停用") || p.Find(`form[action="`+at+`/active"] input[name=active]`).AttrOr("value", "") != "true" {
		t.Error(p.Text("main"))
	}
	officetest.Location(t, sys.Post(at+"/active", url.Values{"active": {"true"}}))
	for range 5 {
		s.Staff.SignIn(context.Background(), staff.Actor{}, staff.SignIn{Login: "clerk", Password: "wrong-Password-1"})
	}
	sec.Get(at).Want(200, `form[action="`+at+`/unlock"]`)
	officetest.Location(t, sec.Post(at+"/unlock", nil))
	if p := sec.Get(at); p.Has(`form[action="` + at + `/unlock"]`) {
		t.Error("still locked")
	}
	sec.Get(at+"/password").Want(200, "input[name=password][type=password]")
	if p := sec.Post(at+"/password", url.Values{"password": {"simple"}}); p.Status != 422 || !p.Has("#f-password-error") {
		t.Errorf("%d %s", p.Status, p.Text("main"))
	}
	officetest.Location(t, sec.Post(at+"/password", url.Values{"password": {"Fresh-start-2027"}}))
	own := "/admin/accounts/" + s.Actor("sysadmin").AccountID
	if p := sys.Get(own).Want(200); p.Has(`form[action="` + own + `/active"]`) {
		t.Error("may close the own account")
	}
	sys.Post(own+"/active", url.Values{"active": {"false"}}).Want(403)
	sys.Get("/admin/accounts/none").Want(404)
}

// A token for a department's system is shown once; asked for again it is not
// issued again, and revoked it opens no more.
func TestATokenIsIssuedOnce(t *testing.T) {
	s := site(t)
	sys := s.As("sysadmin")
	at := "/admin/accounts/" + s.Actor("lina").AccountID
	form := officetest.Fields(sys.Get(at+"/tokens/new").Want(200), `form[action="`+at+`/tokens/new"]`)
	if form.Get("days") != "180" || form.Get("id") == "" {
		t.Errorf("%v", form)
	}
	if p := sys.Post(at+"/tokens/new", officetest.With(maps.Clone(form), "days", "9999")); p.Status != 422 || !p.Has("#f-days-error") || !p.Has("#f-name-error") || !p.Has("#f-permissions-error") {
		t.Errorf("%d %s", p.Status, p.Text("main"))
	}
	good := officetest.With(maps.Clone(form), "name", "食品企业服务系统", "permissions", "case.read")
	p := sys.Post(at+"/tokens/new", good).Want(200)
	token := p.Text("code.ow-code")
	who, err := s.Staff.ActorByToken(context.Background(), token)
	if err != nil || who.Must(staff.CaseRead) != nil || who.Must(staff.CaseSubmit) == nil {
		t.Fatalf("%q opens for %+v: %v", token, who, err)
	}
	if p := sys.Post(at+"/tokens/new", good); p.Status != 409 || strings.Contains(p.Text("main"), "ow_") {
		t.Errorf("issued twice: %d", p.Status)
	}
	p = sys.Get(at)
	if words := p.Text("main"); !strings.Contains(words, "食品企业服务系统：查看办件；") || strings.Contains(words, token) {
		t.Error(words)
	}
	revoke := officetest.Fields(p, `form[action="`+at+`/tokens/revoke"]`)
	officetest.Location(t, sys.Post(at+"/tokens/revoke", revoke))
	if p := sys.Post(at+"/tokens/revoke", revoke); p.Status != 409 {
		t.Errorf("revoked twice: %d", p.Status)
	}
	if _, err := s.Staff.ActorByToken(context.Background(), token); err == nil {
		t.Error("a revoked token opens")
	}
}

// The lists go by login name and by time, page by page; the auditor alone reads
// the trail.
func TestAccountsAndTrail(t *testing.T) {
	s := site(t)
	sys, audit := s.As("sysadmin"), s.As("auditor")
	p := sys.Get("/admin/accounts?q=gh-").Want(200, `a[href="/admin/accounts/`+s.Actor("gh-handler").AccountID+`"]`)
	if p.Find("tbody tr").Length() != 4 {
		t.Error(p.Text("main"))
	}
	sys.Get("/admin/accounts?kind=applicant").Want(200, `a[href="/admin/accounts/`+s.Actor("lina").AccountID+`"]`)
	if p := sys.Get("/admin/accounts?q=nobody").Want(200); !strings.Contains(p.Text("main"), "没有这样的账号") {
		t.Error(p.Text("main"))
	}
	at := "/admin/accounts/" + s.Actor("clerk").AccountID
	for n := range 52 {
		officetest.Location(t, sys.Post(at+"/active", url.Values{"active": {map[bool]string{true: "true", false: "false"}[n%2 == 1]}}))
	}
	p = audit.Get("/admin/audit?q=sysadmin").Want(200)
	if p.Find("tbody tr").Length() != 50 || !strings.Contains(p.Text("main"), "系统管理员") {
		t.Errorf("%d rows", p.Find("tbody tr").Length())
	}
	next := p.Find(`nav a[rel=next]`).AttrOr("href", "")
	if p := audit.Get(next).Want(200); p.Find("tbody tr").Length() < 2 || p.Find("tbody tr").Length() == 50 {
		t.Errorf("%s: %d rows", next, p.Find("tbody tr").Length())
	}
	if p := audit.Get("/admin/audit").Want(200); p.Find("tbody tr").Length() != 50 {
		t.Errorf("%d rows", p.Find("tbody tr").Length())
	}
	if p := audit.Get("/admin/audit?q=nobody").Want(200); !strings.Contains(p.Text("main"), "没有这个登录名的账号") {
		t.Error(p.Text("main"))
	}
	sys.Get("/admin/audit").Want(403)
	sys.Get("/admin/audit.csv").Want(403)
	audit.Get("/admin/accounts").Want(403)
	day := calendar.DayOf(s.Clock.Now()).String()
	filtered := "/admin/audit?" + url.Values{"act": {"停用"}, "object": {"clerk"}, "from": {day}, "to": {day}}.Encode()
	p = audit.Get(filtered).Want(200, `input[name=object][value=clerk]`, `a[href^="/admin/audit.csv?"]`)
	next = p.Find(`nav a[rel=next]`).AttrOr("href", "")
	if p.Find("tbody tr").Length() != 50 || !strings.Contains(next, "object=clerk") || !strings.Contains(next, "before=") {
		t.Errorf("%d rows, next %s", p.Find("tbody tr").Length(), next)
	}
	if p := audit.Get(next).Want(200); p.Find("tbody tr").Length() != 2 {
		t.Errorf("%d rows", p.Find("tbody tr").Length())
	}
	if p := audit.Get("/admin/audit?act=没有这样").Want(200); !strings.Contains(p.Text("main"), "没有这样的操作") {
		t.Error(p.Text("main"))
	}
	audit.Get("/admin/audit?from=2026-02-30").Want(200, "#f-from-error")
	file := audit.Get("/admin/audit.csv?" + url.Values{"q": {"sysadmin"}}.Encode()).Want(200)
	if n := strings.Count(file.Body, "\n"); n < 53 || !strings.Contains(file.Body, "系统管理员") {
		t.Errorf("%d lines", n)
	}
	if p := audit.Get("/admin/audit?act=" + url.QueryEscape("导出审计")).Want(200); p.Find("tbody tr").Length() != 1 {
		t.Error("the export is not on record")
	}
}
