package portal

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/registration"
	"onewindow/internal/web/officetest"
)

// established is the business licence of a registration.
func established(t testing.TB, s *officetest.Site, matter string) *licence.Licence {
	t.Helper()
	ctx := context.Background()
	c := s.Submit(s.Matter(matter))
	r := registration.New(s.DB, s.Casework, registration.Simulated)
	d, err := s.Casework.Dossier(ctx, s.Actor("clerk"), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	all, err := r.Persons(ctx, d)
	for _, x := range all.Lacks {
		if err == nil {
			err = r.CheckIdentity(ctx, s.Actor("clerk"), registration.CheckIdentity{Seen: casework.Seen{CaseID: c.ID}, Person: x.Key, Way: registration.InPerson, Receipt: "本人到场核验"})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	id, err := s.Licences.Issue(ctx, s.Actor("issuer"), licence.Issue{Seen: casetest.Seen(s.Walk(s.Case(c.ID), flow.Issue))})
	if err != nil {
		t.Fatal(err)
	}
	l, err := s.Licences.Get(ctx, s.Actor("lina"), id)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// promised is the form of the commitment, filled in.
func promised() url.Values {
	return url.Values{"promise": {"1", "2", "3", "4", "5", "6"}, "investors": {"李娜\n王小明"}, "reasons": {"停止经营"}}
}

// 简易注销: the holder promises, everybody reads the notice, a creditor objects,
// and the simple way is over (市场主体登记管理条例第三十三条).
func TestSimpleDeregistrationOnItsPages(t *testing.T) {
	s := newSite(t)
	food := issued(t, s)
	l := established(t, s, "有限责任公司设立登记")
	c, path := s.As("lina"), licenceURL(l.ID)
	if p := c.Get(licenceURL(food.ID)).Want(200); p.Has(`a[href$="/simple"]`) {
		t.Error("a permit is offered 简易注销")
	}
	c.Get(licenceURL(food.ID) + "/simple").Want(422)
	s.Visitor().Get("/cancellations").Want(200)
	c.Get(path).Want(200, `a[href="`+path+`/simple"]`)
	c.Get(path+"/simple").Want(200, "input[name=promise][value='6']", "textarea[name=investors]")
	short := promised()
	short["promise"] = short["promise"][1:]
	p := c.Post(path+"/simple", short).Want(422, "#f-promise-error", "input[name=promise][value='6'][checked]")
	if p.Find("textarea[name=investors]").Text() != "李娜\n王小明" {
		t.Error("what was typed is lost")
	}
	officetest.Location(t, c.Post(path+"/simple", promised()))
	p = c.Get(path).Want(200, "#simple")
	if main := p.Text("#simple"); !strings.Contains(main, "正在公示，至2026年10月4日") || !strings.Contains(main, "2026年10月24日以前") || p.Has(`#simple form`) {
		t.Error(main)
	}
	if p.Has(`#asks a[href$="/simple"]`) {
		t.Error("it may be begun twice")
	}
	c.Post(path+"/simple", promised()).Want(409)
	guest := s.Visitor()
	p = guest.Get("/cancellations").Want(200, "tbody a")
	to, _ := p.Find("tbody a").Attr("href")
	p = guest.Get(to).Want(200, "#object")
	if main := p.Text("main"); !strings.Contains(main, "停止") && !strings.Contains(main, "债权债务") || strings.Contains(main, "停止经营") {
		t.Error(main)
	}
	if at := guest.Get(to + "/object").Want(303).Header.Get("Location"); !strings.HasPrefix(at, "/sign-in") {
		t.Error(at)
	}
	other := s.As("wangxiaoming")
	other.Get(to+"/object").Want(200, "input[name=claim][value=creditor]")
	other.Post(to+"/object", url.Values{"claim": {"king"}}).Want(422, "#f-claim-error", "#f-name-error", "#f-contact-error", "#f-text-error")
	said := url.Values{"claim": {"creditor"}, "name": {"王小明"}, "contact": {"13900000001"}, "text": {"尚欠货款三万元。"}}
	c.Post(to+"/object", said).Want(422, "[role=alert]") // the holder's own
	officetest.Location(t, other.Post(to+"/object", said))
	other.Post(to+"/object", said).Want(409)
	p = guest.Get(to).Want(200)
	if main := p.Text("main"); p.Has("#object") || !strings.Contains(main, "简易注销终止") || strings.Contains(main, "王小明尚") || strings.Contains(main, "13900000001") {
		t.Error(main)
	}
	if p = c.Get(path).Want(200); p.Has("#simple") || !strings.Contains(p.Text("main"), "有人提出异议") || strings.Contains(p.Text("main"), "13900000001") {
		t.Error(p.Text("main"))
	}
}

// After a notice to which nobody objected the holder applies, once.
func TestTheHolderAppliesAfterTheNotice(t *testing.T) {
	s := newSite(t)
	l := established(t, s, "有限责任公司设立登记")
	c, path := s.As("lina"), licenceURL(l.ID)
	officetest.Location(t, c.Post(path+"/simple", promised()))
	all, err := s.Aftercare.OfLicence(context.Background(), s.Actor("lina"), l.ID)
	if err != nil || len(all) != 1 {
		t.Fatalf("%v %v", all, err)
	}
	v := url.Values{"proceeding": {all[0].ID}, "version": {"1"}}
	c.Post(path+"/simple/apply", v).Want(422, "[role=alert]")
	s.Clock.Set(all[0].Until.AddDays(1).Time())
	c = s.As("lina")
	if p := c.Get(path).Want(200, `#simple form[action$="/simple/apply"]`); !strings.Contains(p.Text("#simple"), "公示期满") {
		t.Error(p.Text("#simple"))
	}
	s.As("wangxiaoming").Post(path+"/simple/apply", v).Want(404)
	officetest.Location(t, c.Post(path+"/simple/apply", v))
	c.Post(path+"/simple/apply", v).Want(409)
	if p := c.Get(path).Want(200, "#simple"); p.Has("#simple form") || !strings.Contains(p.Text("#simple"), "登记机关在") {
		t.Error(p.Text("#simple"))
	}
}

// What the holder asked for is taken back on the pages: the simple way with its
// notice, and the ordinary one.
func TestTheHolderTakesItBackOnThePages(t *testing.T) {
	s := newSite(t)
	l := established(t, s, "有限责任公司设立登记")
	c, path := s.As("lina"), licenceURL(l.ID)
	ask := path + "/cancel/withdraw"
	c.Get(ask).Want(303)
	officetest.Location(t, c.Post(path+"/simple", promised()))
	c.Get(path).Want(200, `#simple a[href="`+ask+`"]`)
	p := c.Get(ask).Want(200, "textarea[name=reason]")
	id, _ := p.Find("input[name=proceeding]").Attr("value")
	v := url.Values{"proceeding": {id}, "version": {"1"}, "reason": {strings.Repeat("长", 5001)}}
	c.Post(ask, v).Want(422, "#f-reason-error")
	v.Set("reason", "")
	s.As("wangxiaoming").Post(ask, v).Want(404)
	stale := url.Values{"proceeding": {id}, "version": {"9"}}
	c.Post(ask, stale).Want(409)
	officetest.Location(t, c.Post(ask, v))
	officetest.Location(t, c.Post(ask, v)) // pressed twice
	if p = c.Get(path).Want(200, `#asks a[href$="/simple"]`, `#asks a[href$="/cancel"]`); p.Has("#simple") || !strings.Contains(p.Text("main"), "注销：持有人撤回申请") ||
		strings.Count(p.Text("#asks"), "不需要延续") > 1 {
		t.Error(p.Text("main"))
	}
	if p = s.Visitor().Get(cancellationURL(id)).Want(200); p.Has("#object") || !strings.Contains(p.Text("main"), "持有人撤回申请") {
		t.Error(p.Text("main"))
	}
	officetest.Location(t, c.Post(path+"/cancel", url.Values{"reasons": {"停止经营"}}))
	p = c.Get(path).Want(200, `#asked a[href="`+ask+`"]`)
	if p.Has(`#asks a[href$="/cancel"]`) || p.Has(`#asks a[href$="/simple"]`) {
		t.Error("it may be asked for twice")
	}
	if p := c.Get(path + "/cancel").Want(303); p.Header.Get("Location") != path {
		t.Error("the form is shown a second time")
	}
	if p.Find(`a[href$="#documents"]`).Length() != 1 {
		t.Error("where the papers of the procedure are is not said")
	}
	id, _ = c.Get(ask).Want(200).Find("input[name=proceeding]").Attr("value")
	officetest.Location(t, c.Post(ask, url.Values{"proceeding": {id}, "version": {"1"}}))
	c.Get(path).Want(200, `#asks a[href$="/cancel"]`)
}

// An individual business is not published.
func TestAnIndividualBusinessIsNotPublished(t *testing.T) {
	s := newSite(t)
	l := established(t, s, "个体工商户设立登记")
	c, path := s.As("lina"), licenceURL(l.ID)
	if p := c.Get(path + "/simple").Want(200); !strings.Contains(p.Text("main"), "不用公示") {
		t.Error(p.Text("main"))
	}
	officetest.Location(t, c.Post(path+"/simple", promised()))
	if p := c.Get(path).Want(200, "#simple"); !strings.Contains(p.Text("#simple"), "已推送税务等有关部门") {
		t.Error(p.Text("#simple"))
	}
	if p := s.Visitor().Get("/cancellations").Want(200); p.Has("tbody") {
		t.Error("it is published")
	}
}

// Who has the letter speaks with number and code, without an account, and reads
// the answer in the same way (行政许可法第七条).
func TestTheLetterOfADeregistration(t *testing.T) {
	s := newSite(t)
	ctx, l := context.Background(), issued(t, s)
	id, err := s.Aftercare.Open(ctx, s.Actor("handler"), aftercare.Open{LicenceID: l.ID, Kind: aftercare.Deregister, Ground: "dissolved", Reasons: "已破产清算",
		Speaker: &aftercare.Speaker{Name: "赵清算", Standing: aftercare.Liquidator, Contact: "13800000000", Via: aftercare.ByHand}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Aftercare.Get(ctx, s.Actor("handler"), id)
	if err != nil {
		t.Fatal(err)
	}
	in := func(kv ...string) url.Values {
		return other(url.Values{"number": {p.Letter}, "code": {s.Aftercare.Code(p)}}, kv...)
	}
	v, at := s.Visitor(), "/cancellations/letter"
	v.Get(at+"?number="+p.Letter).Want(200, "#f-number")
	wrong := v.Post(at, in("code", "AAAAAA")).Want(422, "[role=alert]")
	unknown := v.Post(at, in("number", "nothing-Z9")).Want(422, "[role=alert]")
	if wrong.Text("[role=alert]") != unknown.Text("[role=alert]") {
		t.Error("a wrong code and an unknown number are told apart")
	}
	if x := v.Post(at, in()).Want(200, "#f-text"); !strings.Contains(x.Text("main"), "已破产清算") {
		t.Error(x.Text("main"))
	}
	v.Post(at, in("text", " ")).Want(422, "#f-text-error")
	if x := v.Post(at, in("text", "请延至月底。")).Want(200); x.Has("#f-text") || !strings.Contains(x.Text("main"), "已经提交") {
		t.Error(x.Text("main"))
	}
	if err := s.Aftercare.Answer(ctx, s.Actor("handler"), aftercare.Answer{Seen: aftercare.Seen{ID: id}, Text: "库存可以依法处理。"}); err != nil {
		t.Fatal(err)
	}
	if x := v.Post(at, in()).Want(200); !strings.Contains(x.Text("main"), "库存可以依法处理") {
		t.Error(x.Text("main"))
	}
	for range 30 {
		v.Post(at, in("code", "AAAAAA"))
	}
	if got := v.Post(at, in()).Status; got != 429 {
		t.Errorf("guessing goes on: %d", got)
	}
}

// Where nobody is known the notice is announced, and who speaks is heard.
func TestAnAnnouncedNoticeOfADeregistration(t *testing.T) {
	s := newSite(t)
	l := issued(t, s)
	id, err := s.Aftercare.Open(context.Background(), s.Actor("handler"), aftercare.Open{LicenceID: l.ID, Kind: aftercare.Deregister, Ground: "died", Reasons: "经营者死亡",
		Speaker: &aftercare.Speaker{Via: aftercare.Announce}})
	if err != nil {
		t.Fatal(err)
	}
	p := s.Visitor().Get(cancellationURL(id)).Want(200, "#object")
	if main := p.Text("main"); strings.Contains(main, l.Content.Holder.Name) || !strings.Contains(main, "注销事先告知公告") {
		t.Errorf("the name of the dead is shown whole: %s", main)
	}
	c := s.As("wangxiaoming")
	officetest.Location(t, c.Post(cancellationURL(id)+"/object", url.Values{"claim": {"other"}, "name": {"王小明"}, "contact": {"13900000001"}, "text": {"由我继续经营。"}}))
	if p := c.Get(cancellationURL(id)).Want(200); p.Has("#object") || strings.Contains(p.Text("main"), "由我继续经营") {
		t.Error(p.Text("main"))
	}
}
