package desk

import (
	"context"
	"strings"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/flow"
	"onewindow/internal/web/officetest"
)

// together is an entertainment case at its joint examination, and its path.
func together(t *testing.T, s *officetest.Site) (string, string) {
	t.Helper()
	c := s.Walk(s.Submit(s.Matter("娱乐场所")), flow.Examine)
	path := Base + "/cases/" + c.ID
	officetest.Location(t, send(s.As("handler"), path, path+"/examine", "outcome", "support", "opinion", "材料齐全。"))
	return c.ID, path
}

// Each department finds the case on its own list, gives its opinion on its own
// page and nothing else; who comes later to a page opened before still can.
func TestDepartmentsSideBySide(t *testing.T) {
	s := site(t)
	caseID, path := together(t, s)
	police, fire, culture := s.As("ga-handler"), s.As("xf-handler"), s.As("wl-handler")
	p := police.Get(Base+"/work/handler").Want(200, `a[href="`+path+`"]`)
	p = police.Get(path).Want(200, `form[action="`+path+`/opine"]`, "#flow svg")
	if text := p.Text("main"); !strings.Contains(text, "治安条件意见") || p.Has(`form[action="`+path+`/examine"]`) || strings.Contains(text, "查看完整个人信息") {
		t.Error(text)
	}
	if text := s.As("handler").Get(path).Text("main"); !strings.Contains(text, "「消防安全意见」（定州市消防救援大队）") {
		t.Error(text)
	}
	old := officetest.Fields(p, `form[action="`+path+`/opine"]`)
	officetest.Location(t, send(fire, path, path+"/opine", "outcome", "support", "opinion", "消防条件符合。"))
	officetest.Location(t, police.Post(path+"/opine", officetest.With(old, "outcome", "oppose", "opinion", "疏散口数量不足。")))
	if text := fire.Get(path).Text("main"); strings.Contains(text, "提交意见") || !strings.Contains(text, "「实地检查意见」") {
		t.Error("the fire brigade is not told who has the case", text)
	}
	officetest.Location(t, send(culture, path, path+"/examine", "outcome", "support", "opinion", "现场符合。"))
	if now := s.Case(caseID); now.Steps() != "meet" {
		t.Fatalf("at %s", now.Steps())
	}
	s.As("zj-handler").Get(path).Want(404)
}

// 联审会议: everybody who has a part is asked for; the minutes bind, and the
// decider is told by which rule.
func TestMeeting(t *testing.T) {
	s := site(t)
	caseID, _ := together(t, s)
	c := s.Walk(s.Case(caseID), flow.Meet)
	path := Base + "/cases/" + c.ID
	chair := s.As("reviewer")
	p := chair.Get(path+"/meet").Want(200, "input[name='person.3']")
	if p.Has("input[name='person.4']") {
		t.Error("somebody is asked for who has no part")
	}
	day := calendar.DayOf(s.Clock.Now()).String()
	typed := []string{"on", day, "place", "三楼会议室", "chair", "张伟", "text", "各方意见如下……", "outcome", "oppose"}
	p = send(chair, path+"/meet", path+"/meet", typed...)
	if p.Status != 422 || !strings.Contains(p.Text("[role=alert]"), "参会人员") || !strings.Contains(p.Text("textarea[name=text]"), "各方意见如下") {
		t.Fatalf("%d %s", p.Status, p.Text("main"))
	}
	for _, n := range []string{"0", "1", "2", "3"} {
		typed = append(typed, "person."+n, "参会人"+n, "stance."+n, "support")
	}
	officetest.Location(t, send(chair, path+"/meet", path+"/meet", typed...))
	if now := s.Case(c.ID); now.Steps() != "review" {
		t.Fatalf("at %s", now.Steps())
	}
	p = s.As("ga-handler").Get(path).Want(200)
	minutes, _ := p.Find(`#documents a:contains("联审会议纪要")`).Attr("href")
	if !strings.Contains(p.Text("#documents"), "联审字") || s.As("ga-handler").Get(minutes).Status != 200 {
		t.Errorf("the minutes are not in the file: %s", p.Text("#documents"))
	}
	s.Walk(c, flow.Decide)
	p = send(s.As("decider"), path+"/grant", path+"/grant", "opinion", "同意。")
	if p.Status != 422 || !strings.Contains(p.Text("[role=alert]"), "联审会议") || !strings.Contains(p.Text("[role=alert]"), "第二十六条第二款") {
		t.Errorf("%d %s", p.Status, p.Text("[role=alert]"))
	}
}

// 征求意见: asked from the case, answered by the other body's officer, read by
// everybody who decides.
func TestAskingAnotherBody(t *testing.T) {
	s := site(t)
	_, path := waiting(s, flow.Examine)
	h, zj := s.As("handler"), s.As("zj-handler")
	zj.Get(path).Want(404)
	h.Get(path).Want(200, `#others a[href="`+path+`/consult"]`)
	send(h, path+"/consult", path+"/consult", "body", "", "question", "", "days", "99").Want(422, "#f-question-error", "#f-days-error", "#f-body-error")
	officetest.Location(t, send(h, path+"/consult", path+"/consult", "body", "dz-zjj", "question", "请核对房屋用途", "days", "3"))
	p := zj.Get(Base+"/work/handler").Want(200, `a[href="`+path+`"]`)
	if !strings.Contains(p.Text("main"), "其他机关征求意见") {
		t.Error(p.Text("main"))
	}
	p = zj.Get(path).Want(200, `a[href="`+path+`/answer"]`)
	paper, _ := p.Find("#documents a").Attr("href")
	zj.Get(paper).Want(200)
	if s.As("gh-handler").Get(paper).Status != 404 {
		t.Error("who was not asked reads it too")
	}
	send(zj, path+"/answer", path+"/answer", "opinion", "规划用途为商业。").Want(422, "#f-stance-error")
	officetest.Location(t, send(zj, path+"/answer", path+"/answer", "stance", "support", "opinion", "规划用途为商业。"))
	if text := h.Get(path).Text("#consulted"); !strings.Contains(text, "同意：规划用途为商业。") || !strings.Contains(text, "高翔") {
		t.Error(text)
	}
	if p := zj.Get(path); p.Has(`a[href="` + path + `/answer"]`) {
		t.Error("asked twice")
	}
}

// 移交: to a colleague who may, with a reason; then it is theirs alone.
func TestHandingOver(t *testing.T) {
	s := site(t)
	_, path := waiting(s, flow.Examine)
	h := s.As("handler")
	to := path + "/hand-over/examine"
	h.Get(path).Want(200, `a[href="`+to+`"]`)
	p := h.Get(to).Want(200)
	if n := p.Find("input[name=officer]").Length(); n != 1 || !strings.Contains(p.Text("main"), "赵鹏") {
		t.Fatalf("%d colleagues: %s", n, p.Text("main"))
	}
	send(h, to, to, "reason", "").Want(422, "#f-reason-error")
	officer, _ := p.Find("input[name=officer]").Attr("value")
	officetest.Location(t, send(h, to, to, "officer", officer, "reason", "申请回避"))
	if p := h.Get(path); p.Has("#outcomes") || !strings.Contains(p.Text("main"), "已经移交给其他人员") {
		t.Error(p.Text("main"))
	}
	p = s.As("handler2").Get(path).Want(200, "#outcomes")
	if !strings.Contains(p.Text("#history"), "移交给赵鹏") {
		t.Error(p.Text("#history"))
	}
	s.As("handler2").Get(path + "/hand-over/decide").Want(409)
}

// A/B 岗: named on one's own page; the colleague then decides, and the history
// says for whom.
func TestSubstitute(t *testing.T) {
	s := site(t)
	_, path := waiting(s, flow.Decide)
	d := s.As("decider")
	day := calendar.DayOf(s.Clock.Now())
	send(d, SubstitutePath, SubstitutePath, "to", "").Want(422, "#f-substitute-error", "#f-to-error", "#f-reason-error")
	officetest.Location(t, send(d, SubstitutePath, SubstitutePath, "substitute", s.Actor("handler2").AccountID, "from", day.String(),
		"to", day.AddDays(2).String(), "reason", "出差"))
	two := s.As("handler2")
	if p := two.Get(SubstitutePath); !strings.Contains(p.Text("main"), "孙建国") {
		t.Error(p.Text("main"))
	}
	two.Get(path).Want(200, "#outcomes")
	officetest.Location(t, send(two, path+"/grant", path+"/grant", "opinion", "同意。"))
	end := d.Get(SubstitutePath).Find(`form[action$="/end"]`)
	to, _ := end.Attr("action")
	officetest.Location(t, d.Post(to, nil))
	if s.Actor("handler2").Can("case.decide") {
		t.Error("still decides")
	}
	d.Post(to, nil).Want(404)
}

func TestTogetherInABrowser(t *testing.T) {
	s := site(t)
	look := func(t *testing.T, ctx context.Context, at, name string) { officetest.Look(t, ctx, at, "desk-"+name) }
	caseID, path := together(t, s)
	ctx, at := s.Browser("ga-handler")
	look(t, ctx, at+path, "branch")
	ctx, at = s.Browser("handler")
	_, own := waiting(s, flow.Examine)
	for _, x := range []string{"/consult", "/hand-over/examine"} {
		look(t, ctx, at+own+x, strings.ReplaceAll(x[1:], "/", "-"))
	}
	look(t, ctx, at+SubstitutePath, "substitute")
	s.Walk(s.Case(caseID), flow.Meet)
	ctx, at = s.Browser("reviewer")
	look(t, ctx, at+path+"/meet", "meet")
}
