package oversight_test

import (
	"context"
	"net/url"
	"onewindow/internal/business/complaint"
	"strings"
	"testing"

	"onewindow/internal/business/supervision"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/oversight"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

func site(t *testing.T) (*officetest.Site, *supervision.Service) {
	var s *supervision.Service
	var p *oversight.Pages
	return officetest.New(t, func(x *officetest.Site) []visit.Route {
		s = supervision.New(x.DB, x.Org, x.Calendar.Table)
		p = oversight.New(oversight.Deps{Casework: x.Casework, Supervision: s, Org: x.Org, Grievances: complaint.New(x.DB, complaint.Options{Casework: x.Casework, Keys: x.Keys})})
		return p.Routes()
	}, func(o *visit.Options) { o.Side = func(v *visit.Visit) []ui.Group { return p.Side(v) } }), s
}

// raised is a record of a case of the approval bureau.
func raised(t *testing.T, x *officetest.Site, s *supervision.Service) *supervision.Fault {
	t.Helper()
	c := x.Submit(x.Food())
	if err := s.Raise(context.Background(), supervision.Raise{Kind: supervision.Deemed, CaseID: c.ID, What: "五个工作日内没有告知"}); err != nil {
		t.Fatal(err)
	}
	all, _, err := s.List(context.Background(), x.Actor("supervisor"), supervision.Filter{})
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	return all[0]
}

func TestBattery(t *testing.T) {
	x, s := site(t)
	f := raised(t, x, s)
	complaintID, err := x.Grievances.File(t.Context(), x.Actor("lina"), complaint.File{CaseID: x.Submit(x.Food()).ID, Kind: complaint.Late, Text: "没有消息"})
	if err != nil {
		t.Fatal(err)
	}
	officetest.Battery{Site: x, Fill: map[string]string{"{complaint}": complaintID, "{fault}": f.ID}, Login: []string{"supervisor", "decider", "hall"}}.Run(t)
	if p := x.As("zj-decider").Get("/oversight/faults/" + f.ID); p.Status != 404 {
		t.Errorf("another department: %d", p.Status)
	}
}

// A record is found by its filter, answered, found upon and closed on its pages,
// and exported with the filter.
func TestARecordOnItsPages(t *testing.T) {
	x, s := site(t)
	f := raised(t, x, s)
	at := "/oversight/faults/" + f.ID
	head, boss := x.As("decider"), x.As("supervisor")
	p := head.Get("/oversight/faults?colour=red&status=open").Want(200, ".ow-side .ow-count", "table a[href='"+at+"']", "option[value=red][selected]")
	if href, _ := p.Find("a[href*='faults.csv']").Attr("href"); !strings.Contains(href, "colour=red") {
		t.Errorf("the export forgets the filter: %s", href)
	}
	if p := head.Get("/oversight/faults?colour=yellow"); !strings.Contains(p.Text("main"), "没有符合条件的线索") {
		t.Error(p.Text("main"))
	}
	p = boss.Post(at+"/find", url.Values{"version": {"1"}, "verdict": {"upheld"}, "finding": {"未告知"}, "measure": {"整改"}})
	if p.Status != 422 || !strings.Contains(p.Text("[role=alert]"), "答复之前不作认定") {
		t.Errorf("unheard: %d %s", p.Status, p.Text("main"))
	}
	p = head.Post(at+"/reply", url.Values{"version": {"1"}, "reply": {""}})
	p.Want(422, "#f-reply-error")
	officetest.Location(t, head.Post(at+"/reply", officetest.With(officetest.Fields(head.Get(at), "form[action$='/reply']"), "reply", "窗口人员请假，未及时交接")))
	p = boss.Get("/oversight").Want(200, "main a[href='"+at+"']", "a[href='/oversight/complaints']", "a[href='/oversight/appeals']")
	if words := p.Text("main"); !strings.Contains(words, "没有等待处理的投诉") {
		t.Error(words)
	}
	p = boss.Get(at).Want(200, "form[action$='/find']")
	if !strings.Contains(p.Text("main"), "未及时交接") {
		t.Error(p.Text("main"))
	}
	officetest.Location(t, boss.Post(at+"/find", officetest.With(officetest.Fields(p, "form[action$='/find']"), "verdict", "upheld", "finding", "属实", "measure", "完善交接制度")))
	stale := boss.Post(at+"/find", url.Values{"version": {"1"}, "verdict": {"upheld"}, "finding": {"x"}, "measure": {"y"}})
	if stale.Status != 409 || !strings.Contains(stale.Text("[role=alert]"), "待整改") {
		t.Errorf("stale: %d %s", stale.Status, stale.Text("[role=alert]"))
	}
	officetest.Location(t, boss.Post(at+"/close", officetest.With(officetest.Fields(boss.Get(at), "form[action$='/close']"), "remedy", "已建立交接登记")))
	csv := boss.Get("/oversight/faults.csv?status=closed")
	if csv.Status != 200 || !strings.HasPrefix(csv.Body, "\ufeff编号") || !strings.Contains(csv.Body, "已建立交接登记") {
		t.Errorf("%d %.200s", csv.Status, csv.Body)
	}
}

// What no sweep notices is typed in; a wrong number is said at its field.
func TestRecordByHand(t *testing.T) {
	x, _ := site(t)
	c := x.Submit(x.Food())
	boss := x.As("supervisor")
	boss.Get("/oversight/faults/new").Want(200, "select[name=kind] option[value=no_hearing]")
	form := url.Values{"number": {"12345"}, "kind": {"no_hearing"}, "what": {"利害关系人提出听证申请，没有组织"}}
	boss.Post("/oversight/faults", form).Want(422, "#f-number-error")
	form.Set("number", c.Number)
	to := officetest.Location(t, boss.Post("/oversight/faults", form))
	if p := boss.Get(to); !strings.Contains(p.Text("main"), "行政许可法第七十二条") {
		t.Error(p.Text("main"))
	}
}
