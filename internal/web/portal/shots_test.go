package portal

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/licence"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/webtest"
)

// story is one case in every state that its applicant sees, as paths.
type story struct {
	draft, received, supplement, handling, granted, concluded, licence string
	number, code, reference                                            string
}

// tell builds the story for 李娜.
func tell(t testing.TB, s *officetest.Site, c *webtest.Client) story {
	t.Helper()
	ctx := context.Background()
	var o story
	o.draft = draftOf(t, s, c)
	form := c.Get(o.draft)
	c.Post(o.draft, example(form, s)).Want(303)
	food := s.Food()
	o.received = caseURL(s.Submit(food).ID)
	waiting := s.Submit(food)
	s.Clock.Advance(time.Minute)
	err := s.Casework.NotifySupplement(ctx, s.Actor("clerk"), casework.NotifySupplement{Seen: casetest.Seen(waiting), Items: []casework.Item{
		{Material: "003", Name: "主要设备设施、经营布局、操作流程文件", Problem: "布局图没有标明清洗消毒区域", Standard: "标明冷藏、清洗消毒、加工、贮存等区域"},
		{Material: "form", Name: "申请表", Problem: "食品处理区面积与布局图不一致", Standard: "按布局图填写食品处理区面积"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	o.supplement = caseURL(waiting.ID)
	handled := s.Walk(s.Submit(food), flow.Review)
	o.handling, o.number, o.code = caseURL(handled.ID), handled.Number, s.Casework.CheckCode(handled)
	for _, at := range []*string{&o.granted, &o.concluded} {
		made := s.Walk(s.Submit(food), flow.Issue)
		id, err := s.Licences.Issue(ctx, s.Actor("issuer"), licence.Issue{Seen: casetest.Seen(made)})
		if err != nil {
			t.Fatal(err)
		}
		l, err := s.Licences.Get(ctx, s.Actor("lina"), id)
		if err != nil {
			t.Fatal(err)
		}
		*at, o.licence, o.reference = caseURL(made.ID), licenceURL(id), l.Reference()
	}
	last := s.Case(o.concluded[len("/cases/"):])
	if err := s.Casework.Deliver(ctx, s.Actor("lina"), casework.Deliver{Seen: casetest.Seen(last), Way: casework.ByDownload, Consent: true}); err != nil {
		t.Fatal(err)
	}
	return o
}

// paths are all pages of the portal as 李娜 sees them.
func (o story) paths(s *officetest.Site) map[string]string {
	food := guideURL(s.Food().Code())
	return map[string]string{
		"home": "/", "matters": "/matters", "matters-found": "/matters?q=" + url.QueryEscape("开饭店"), "matters-none": "/matters?q=" + url.QueryEscape("龙宫许可") + "&theme=food",
		"guide": food, "guide-closed": closedGuide(s), "apply": applyURL(s.Food().Code()), "drafts": "/drafts", "fill": o.draft, "materials": o.draft + "/materials",
		"check": o.draft + "/check", "discard": o.draft + "/discard", "cases": "/cases", "cases-none": "/cases?q=zzz", "case-received": o.received, "receipt": o.received + "/receipt",
		"case-supplement": o.supplement, "supplement": o.supplement + "/supplement", "case-handling": o.handling, "withdraw": o.handling + "/withdraw",
		"case-granted": o.granted, "receive": o.granted + "/receive", "case-concluded": o.concluded, "received": o.concluded + "/receive",
		"rate": o.concluded + "/rate", "licences": "/licences", "licence": o.licence, "cancel": o.licence + "/cancel", "verify": "/verify", "verified": verifyURL(o.reference), "progress": "/progress",
		"messages": "/messages", "account": "/account", "company": "/account/company", "register": "/register",
	}
}

func closedGuide(s *officetest.Site) string {
	snap, err := s.Catalog.Snapshot(context.Background())
	if err != nil {
		s.T.Fatal(err)
	}
	for _, e := range snap.Entries() {
		if !e.Open() {
			return guideURL(e.Impl.Code())
		}
	}
	return ""
}

func TestEveryPageIsWhole(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	for name, path := range tell(t, s, c).paths(s) {
		p := c.Get(path)
		if name == "register" {
			p.Want(http.StatusSeeOther)
			continue
		}
		p.Want(200, "main h1", `html[lang="zh-CN"]`)
		for _, bad := range []string{"[style]", "[onclick]", "style", "script:not([src])"} {
			if p.Has(bad) {
				t.Errorf("%s has %s, which the content security policy forbids", name, bad)
			}
		}
	}
}

func TestAccessible(t *testing.T) {
	s := newSite(t)
	ctx, site := s.Browser("lina")
	paths := tell(t, s, s.As("lina")).paths(s)
	for name, path := range paths {
		t.Run(name, func(t *testing.T) {
			webtest.Open(t, ctx, site+path, 1280)
			for look, width := range map[string]int{"wide": 1280, "phone": 390, "narrow": 360} {
				webtest.Resize(t, ctx, width)
				webtest.Fits(t, ctx)
				webtest.Shot(t, ctx, look+"_"+name)
				if look != "narrow" {
					webtest.Axe(t, ctx)
				}
			}
		})
	}
	// 关怀版 on a phone.
	webtest.Eval[string](t, ctx, `document.cookie = 'ow-elder=1; path=/'`)
	for name, path := range paths {
		t.Run(name+"_elder", func(t *testing.T) {
			webtest.Open(t, ctx, site+path, 390)
			webtest.Fits(t, ctx)
			webtest.Shot(t, ctx, "elder_"+name)
		})
	}
}
