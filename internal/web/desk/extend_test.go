package desk

import (
	"strings"
	"testing"

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
