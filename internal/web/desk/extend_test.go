package desk

import (
	"strings"
	"testing"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/flow"
	"onewindow/internal/web/officetest"
)

// The handler asks for more time, the head of the body finds it, approves, and
// the notice for the applicant is there; a day late the rule is named.
func TestExtension(t *testing.T) {
	s := site(t)
	c, path := waiting(s, flow.Examine)
	_, other := waiting(s, flow.Examine)
	handler, decider := s.As("handler"), s.As("decider")
	handler.Get(path).Want(200, "#others a[href='"+path+"/extend']", "#clocks table.ow-month")
	p := send(handler, path+"/extend", path+"/extend", "days", "12", "reasons", "现场核实需要时间")
	if p.Status != 422 || !strings.Contains(p.Text("[role=alert]"), "最多延长 10 个工作日") {
		t.Errorf("%d %s", p.Status, p.Text("[role=alert]"))
	}
	for _, at := range []string{path, other} {
		officetest.Location(t, send(handler, at+"/extend", at+"/extend", "days", "10", "reasons", "现场核实需要时间"))
	}
	handler.Get(path).Want(200, "#clocks")
	list := decider.Get(Base+"/extensions").Want(200, ".ow-side .ow-count", "table a[href='"+path+"/extend/approve']")
	if !strings.Contains(list.Text("main"), "现场核实需要时间") {
		t.Error(list.Text("main"))
	}
	if p := s.As("reviewer").Get(Base + "/extensions"); p.Status != 403 {
		t.Errorf("a reviewer: %d", p.Status)
	}
	paper := officetest.Location(t, send(decider, path+"/extend/approve", path+"/extend/approve"))
	if p := decider.Get(paper).Want(200, ".ow-paper"); !strings.Contains(p.Text(".ow-paper"), "延长办理期限告知书") || !strings.Contains(p.Text(".ow-paper"), "本机关负责人孙建国") {
		t.Error(p.Text(".ow-paper"))
	}
	if p := decider.Get(path); !strings.Contains(p.Text("#clocks"), "经本机关负责人孙建国批准") {
		t.Error(p.Text("#clocks"))
	}
	form := officetest.Fields(decider.Get(other+"/extend/approve"), "form[action$='/extend/approve']")
	s.Clock.Set((c.StatutoryDue + 1).Time())
	p = decider.Post(other+"/extend/approve", form)
	if p.Status != 422 || !strings.Contains(p.Text("[role=alert]"), "届满后不能延长") || !strings.Contains(p.Text("[role=alert]"), "第四十二条第一款") {
		t.Errorf("a day late: %d %s", p.Status, p.Text("main"))
	}
	officetest.Location(t, send(handler, other+"/late", other+"/late", "reason", "现场核实改期"))
	if p := handler.Get(other); !strings.Contains(p.Text("#clocks"), "现场核实改期") {
		t.Error(p.Text("#clocks"))
	}
}

// In joint handling the head of the body records what the government approved,
// and the paper names the government, its approval and the second paragraph.
func TestExtensionOfAJointCase(t *testing.T) {
	s := site(t)
	c := s.Walk(s.Submit(s.Matter("娱乐场所")), flow.Examine)
	path := Base + "/cases/" + c.ID
	officetest.Location(t, send(s.As("handler"), path+"/extend", path+"/extend", "days", "15", "reasons", "需要听取各方意见"))
	d := s.As("decider")
	at := path + "/extend/approve"
	if p := d.Get(at).Want(200, "#f-approver", "#f-number", "#f-on"); !strings.Contains(p.Text("main"), "由定州市人民政府负责人批准，本机关只登记批准的情况") {
		t.Error(p.Text("main"))
	}
	send(d, at, at, "approver", "副市长周某").Want(422, "#f-number-error", "#f-on-error", "#f-approver[value='副市长周某']")
	paper := officetest.Location(t, send(d, at, at, "approver", "副市长周某", "number", "定政批〔2026〕3号", "on", calendar.DayOf(s.Clock.Now()).String()))
	if text := d.Get(paper).Want(200).Text(".ow-paper"); !strings.Contains(text, "经定州市人民政府负责人（副市长周某") || !strings.Contains(text, "第四十二条第二款") {
		t.Error(text)
	}
}

// The head of the government finds on their desk what waits for them, and answers.
func TestTheGovernmentsDesk(t *testing.T) {
	s := site(t)
	g := s.As("government")
	if to := officetest.Location(t, g.Get(Base)); to != governmentPath {
		t.Errorf("comes to %s", to)
	}
	g.Get(governmentPath).Want(200, ".ow-empty")
	c := s.Walk(s.Submit(s.Matter("娱乐场所")), flow.Examine)
	path := Base + "/cases/" + c.ID
	g.Get(path).Want(404)
	officetest.Location(t, send(s.As("handler"), path+"/extend", path+"/extend", "days", "15", "reasons", "需要听取各方意见"))
	at, no := path+"/extend/government", path+"/extend/government-decline"
	g.Get(governmentPath).Want(200, ".ow-side .ow-count", `table a[href="`+at+`"]`)
	g.Get(path).Want(200, `a[href="`+at+`"]`)
	if p := s.As("decider").Get(path + "/extend/approve").Want(200); !strings.Contains(p.Text("main"), "已送定州市人民政府负责人在系统内批准") {
		t.Error(p.Text("main"))
	}
	s.As("decider").Get(at).Want(403)
	g.Get(path + "/extend/approve").Want(403)
	send(g, no, no, "answer", "").Want(422, "#f-answer-error")
	paper := officetest.Location(t, send(g, at, at))
	if text := g.Get(paper).Want(200).Text(".ow-paper"); !strings.Contains(text, "经定州市人民政府负责人刘振华批准") || !strings.Contains(text, "第四十二条第二款") {
		t.Error(text)
	}
	g.Get(governmentPath).Want(200, ".ow-empty")
}
