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
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/webtest"
)

// choose begins a draft of a matter in a mode from the page and gives its path.
func choose(t *testing.T, s *officetest.Site, c *webtest.Client, matter, mode string) string {
	t.Helper()
	impl := s.Matter(matter)
	page := c.Get(applyURL(impl.Code())).Want(200, `input[name="mode"][value="`+mode+`"]`)
	v := officetest.Fields(page, `form[action="`+applyURL(impl.Code())+`"]`)
	who := s.Actor("lina")
	v.Set("applicant", who.PartyIDs[len(who.PartyIDs)-1])
	v.Set("mode", mode)
	return strings.TrimSuffix(officetest.Location(t, c.Post(applyURL(impl.Code()), v)), "/promise")
}

// complete fills the draft in through the services, but for the named materials.
func complete(t *testing.T, s *officetest.Site, draft string, without ...string) {
	t.Helper()
	ctx, who, id := context.Background(), s.Actor("lina"), strings.TrimPrefix(draft, "/drafts/")
	d, _, err := s.Casework.Draft(ctx, who, id)
	if err != nil {
		t.Fatal(err)
	}
	full, err := s.Catalog.ByID(ctx, d.ImplementationID)
	if err != nil {
		t.Fatal(err)
	}
	impl := d.In(full)
	for k, x := range impl.ExampleFor(calendar.DayOf(s.Clock.Now())) {
		if d.Values[k] == "" {
			d.Values[k] = x
		}
	}
	if _, err := s.Casework.SaveDraft(ctx, who, casework.SaveDraft{DraftID: id, Values: d.Values}); err != nil {
		t.Fatal(err)
	}
	for _, m := range impl.Materials {
		if !m.Shared && casework.Takes(m, "pdf") && !strings.Contains(strings.Join(without, ","), m.No) {
			s.Attach(who, id, m.No)
		}
	}
}

// The applicant chooses commitment, reads, signs, submits, and takes it back.
func TestCommitmentFromChoiceToTakingBack(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	draft := choose(t, s, c, "出版物零售", "commitment")
	page := c.Get(draft+"/promise").Want(200, `form[action="`+draft+`/promise"]`, `form[action="`+draft+`/mode"]`)
	for _, want := range []string{"一、办理依据", "不实承诺的后果", "经营场所情况及使用权证明（作出承诺的，申请时不再提交）", "30个工作日内核查", "撤销"} {
		if !strings.Contains(page.Text("main"), want) {
			t.Errorf("the page does not tell %s", want)
		}
	}
	sign := officetest.Fields(page, `form[action="`+draft+`/promise"]`)
	c.Post(draft+"/promise", sign).Want(422, "#f-agreed-error", "#f-name-error")
	complete(t, s, draft)
	if p := c.Get(draft + "/materials").Want(200); p.Has("#m-002") {
		t.Error("what the promise replaces is asked for")
	}
	c.Get(draft+"/check").Want(200, `a[href="`+draft+`/promise"]`)
	fresh := officetest.Fields(c.Get(draft+"/promise"), `form[action="`+draft+`/promise"]`)
	officetest.Location(t, c.Post(draft+"/promise", officetest.With(fresh, "agreed", "true", "name", "李娜")))
	check := c.Get(draft + "/check").Want(200)
	if text := check.Text("main"); strings.Contains(text, "还没有签署") || !strings.Contains(text, "已签署") {
		t.Error(text)
	}
	receipt := officetest.Location(t, c.Post(draft+"/submit", url.Values{"version": {version(check)}, "declared": {"true"}}))
	at := strings.TrimSuffix(receipt, "/receipt")
	if p := c.Get(at).Want(200, `a[href="`+at+`/take-back"]`, `.ow-pre[tabindex="0"][aria-label]`); !strings.Contains(p.Text("main"), "告知承诺书") {
		t.Error(p.Text("main"))
	}
	s.As("wangxiaoming").Get(at + "/take-back").Want(404)
	back := officetest.Fields(c.Get(at+"/take-back").Want(200), `form[action="`+at+`/take-back"]`)
	c.Post(at+"/take-back", back).Want(422, "#f-reason-error")
	officetest.Location(t, c.Post(at+"/take-back", officetest.With(back, "reason", "愿意提交材料")))
	c.Post(at+"/take-back", officetest.With(back, "reason", "再来一次")).Want(409)
	if p := c.Get(at).Want(200); p.Has(`a[href="`+at+`/take-back"]`) || !strings.Contains(p.Text("main"), "改按一般程序办理") {
		t.Error(p.Text("main"))
	}
	c.Get(at + "/take-back").Want(303)
}

// Somebody who changes their mind before signing goes the ordinary way.
func TestNobodyIsMadeToPromise(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	draft := choose(t, s, c, "出版物零售", "commitment")
	v := officetest.Fields(c.Get(draft+"/promise"), `form[action="`+draft+`/mode"]`)
	if to := officetest.Location(t, c.Post(draft+"/mode", v)); to != draft {
		t.Errorf("leads to %s", to)
	}
	if to := officetest.Location(t, c.Get(draft+"/promise")); to != draft {
		t.Errorf("nothing to promise, led to %s", to)
	}
	c.Get(draft+"/materials").Want(200, "#m-002")
	v.Set("version", version(c.Get(draft)))
	c.Post(draft+"/mode", officetest.With(v, "mode", "tolerance")).Want(422)
	s.As("zhaomin").Get(draft + "/promise").Want(404)
	s.Visitor().Post(draft+"/promise", v).Want(401)
}

// Tolerance: what is owed stands on the case, in the public look-up, and is
// handed in by its page.
func TestWhatIsOwedIsSaidAndHandedIn(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	draft := choose(t, s, c, "公共场所卫生许可", "tolerance")
	fields := officetest.Fields(c.Get(draft+"/promise"), `form[action="`+draft+`/promise"]`)
	officetest.Location(t, c.Post(draft+"/promise", officetest.With(fields, "agreed", "true", "name", "李娜")))
	complete(t, s, draft, "007")
	if p := c.Get(draft + "/materials").Want(200); !strings.Contains(p.Text("#m-007"), "可以后补") {
		t.Error(p.Text("#m-007"))
	}
	check := c.Get(draft + "/check")
	at := strings.TrimSuffix(officetest.Location(t, c.Post(draft+"/submit", url.Values{"version": {version(check)}, "declared": {"true"}})), "/receipt")
	c.Get(at + "/owing").Want(303)
	kase := s.Walk(s.Case(strings.TrimPrefix(at, "/cases/")), flow.Examine)
	until := s.Casework.Calendar().AddWorking(calendar.DayOf(s.Clock.Now()), 3).Chinese()
	if p := c.Get(at).Want(200, `a[href="`+at+`/owing"]`); !strings.Contains(p.Text("main"), "请在 "+until+"前补交材料") {
		t.Error(p.Text("main"))
	}
	public := s.Visitor().Post("/progress", url.Values{"number": {kase.Number}, "code": {s.Casework.CheckCode(kase)}}).Want(200)
	if !strings.Contains(public.Text("main"), "还有材料要补交：「从业人员健康合格证明」，期限 "+until) {
		t.Error(public.Text("main"))
	}
	s.As("wangxiaoming").Get(at + "/owing").Want(404)
	c.Post(at+"/owing", url.Values{"version": {version(c.Get(at + "/owing"))}}).Want(422)
	s.Clock.Advance(time.Minute)
	upload(t, c, at+"/owing/007", "健康证.pdf", casetest.PDF).Want(303)
	upload(t, c, at+"/owing/003", "平面图.pdf", casetest.PDF).Want(422)
	officetest.Location(t, c.Post(at+"/owing", url.Values{"version": {version(c.Get(at + "/owing"))}}))
	if p := c.Get(at).Want(200); p.Has(`a[href="` + at + `/owing"]`) {
		t.Error("still owed")
	}
}

// A registration says who is to be checked, checks online, and leads back to a
// new application when the papers came back.
func TestRegistrationOfOneself(t *testing.T) {
	s := newSite(t)
	c := s.As("lina")
	kase := s.Submit(s.Matter("有限责任公司设立登记"))
	at := caseURL(kase.ID)
	page := c.Get(at).Want(200, "#persons", `form[action="`+at+`/identity"]`)
	v := officetest.Fields(page, `form[action="`+at+`/identity"]`)
	s.As("wangxiaoming").Post(at+"/identity", v).Want(404)
	officetest.Location(t, c.Post(at+"/identity", v))
	if text := c.Get(at).Text("#persons"); !strings.Contains(text, "已核验") || !strings.Contains(text, "模拟") {
		t.Error(text)
	}
	c.Post(at+"/identity", v).Want(409)
}
