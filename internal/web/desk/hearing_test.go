package desk

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/hearing"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/text"
)

// A neighbour is told and heard, a hearing is held under somebody who did
// nothing in the case, the decision cites the record; each step on its page.
func TestAHearingOnItsPages(t *testing.T) {
	s := site(t)
	c, path := waiting(s, flow.Decide)
	handler, host, decider := s.As("handler2"), s.As("host"), s.As("decider")
	at := func(key string) string { return path + "/" + key }
	send(handler, at("interest"), at("interest"), "name", "赵邻").Want(422, "#f-address-error", "#f-interest-error")
	officetest.Location(t, send(handler, at("interest"), at("interest"), "name", "赵邻", "phone", "13800000000", "interest", "隔壁住户", "via", "hand"))
	handler.Get(path).Want(200, "#heard .ow-table", `a[href="`+at("interest-record")+`"]`)
	party := partyOf(t, s, c.ID)
	officetest.Location(t, send(handler, at("interest-record"), at("interest-record"), "party", party, "via", "hand", "text", "担心油烟。"))
	if p := handler.Get(at("interest-answer")).Want(200); !strings.Contains(p.Text("main"), "担心油烟。") {
		t.Error("what is to be answered is not shown")
	}
	officetest.Location(t, send(handler, at("interest-answer"), at("interest-answer"), "party", party, "adopted", "true", "text", "已要求安装净化设施。"))
	officetest.Location(t, send(handler, at("hearing-offer"), at("hearing-offer")))
	until := text.Day(hearing.AskUntil(calendar.DayOf(s.Clock.Now()), calendar.Builtin()))
	if clocks := handler.Get(path).Want(200, "#clocks table.ow-month").Text("#clocks"); !strings.Contains(clocks, c.ApplicantName+"要求听证的期限 "+until) || !strings.Contains(clocks, "行政许可法第四十七条") {
		t.Error("the period for asking does not stand among the limits: " + clocks)
	}
	if p := send(decider, path+"/grant", path+"/grant", "opinion", "同意。").Want(422, ".ow-law"); !strings.Contains(p.Text("main"), "行政许可法第三十六条") {
		t.Error("the refusal names no rule: " + p.Text("main"))
	}
	officetest.Location(t, send(handler, at("hearing-enter"), at("hearing-enter"), "person", "applicant", "want", "ask"))
	today := calendar.DayOf(s.Clock.Now())
	send(handler, at("hearing-notify"), at("hearing-notify"), "day", today.AddDays(2).String(), "place", "听证室", "chair", "host", "writer", "王敏").Want(422, "[role=alert]")
	held := hearing.Earliest(today, calendar.Builtin())
	officetest.Location(t, send(handler, at("hearing-notify"), at("hearing-notify"), "day", held.String(), "place", "听证室", "chair", "host", "writer", "王敏"))
	if to := officetest.Location(t, host.Get(Base)); to != Base+"/hearings" {
		t.Errorf("who presides comes to %s", to)
	}
	host.Get(Base+"/hearings").Want(200, `a[href="`+path+`#heard"]`)
	handler.Get(at("hearing-record")).Want(403)
	send(host, at("hearing-record"), at("hearing-record"), "examiner", "李强", "evidence", "符合条件。", "said.applicant", "无异议。", "absent."+party, "true").Want(422)
	s.Clock.Set(held.Time().Add(10 * time.Hour))
	host, decider = s.As("host"), s.As("decider")
	officetest.Location(t, send(host, at("hearing-record"), at("hearing-record"), "examiner", "李强", "evidence", "符合条件。", "said.applicant", "无异议。", "absent."+party, "true"))
	officetest.Location(t, send(host, at("hearing-sign"), at("hearing-sign"), "person", "applicant", "how", "signed"))
	officetest.Location(t, send(host, at("hearing-close"), at("hearing-close")))
	if _, err := s.Interest.Lapse(context.Background()); err != nil {
		t.Fatal(err)
	}
	// The basis begins with the record; without it the decision is refused.
	send(decider, path+"/grant", path+"/grant", "opinion", "同意。", "basis", "行政许可法第三十八条第一款").Want(422, ".ow-law")
	officetest.Location(t, send(decider, path+"/grant", path+"/grant", "opinion", "同意。"))
	p := decider.Get(at("law")).Want(200, ".ow-lawsteps .ow-refused", ".ow-articles dt")
	for _, words := range []string{"行政许可法第四十八条第一款第（一）项", "2019年4月23日的文本", "依规则拒绝", "听证结束"} {
		if !strings.Contains(p.Text("main"), words) {
			t.Errorf("the law of the case does not say %s", words)
		}
	}
}

// partyOf is the interested party of the case.
func partyOf(t *testing.T, s *officetest.Site, caseID string) string {
	t.Helper()
	all, err := s.Interest.ByCase(context.Background(), s.Actor("handler2"), caseID)
	if err != nil || len(all) == 0 {
		t.Fatalf("%v %v", all, err)
	}
	return all[0].ID
}

// A neighbour who once applied is found by name, masked, and told in the account;
// one whom nobody knows is named by name and address, which is opened with a reason.
func TestInterestedPartiesAreFoundOrNamed(t *testing.T) {
	s := site(t)
	neighbour := s.SubmitAs("wangxiaoming", s.Matter("公共场所卫生"))
	c, path := waiting(s, flow.Decide)
	handler := s.As("handler2")
	handler.Get(path+"/interest").Want(200, `a[href="`+path+`/interest-find"]`)
	find := path + "/interest-find"
	send(handler, find, find, "name", " ").Want(422, "#f-name-error")
	if p := send(handler, find, find, "name", "没有此人").Want(200, `a[href="`+path+`/interest"]`); !strings.Contains(p.Text("main"), "没有查到") {
		t.Error(p.Text("main"))
	}
	to := path + "/interest?known=" + neighbour.ApplicantID
	p := send(handler, find, find, "name", "王小明").Want(200, `a[href="`+to+`"]`)
	if text := p.Text("main .ow-table"); strings.Contains(text, "王小明") || !strings.Contains(text, "王**") {
		t.Error("what is found is not masked: " + text)
	}
	handler.Get(to).Want(200, `input[name=known][value="`+neighbour.ApplicantID+`"]`, `input[name=via][value=online]`)
	handler.Get(path + "/interest?known=nobody").Want(404)
	officetest.Location(t, send(handler, to, path+"/interest", "interest", "隔壁住户", "via", "online"))
	officetest.Location(t, send(handler, path+"/interest", path+"/interest", "name", "赵邻", "address", "河北省定州市南城区幸福路1号", "interest", "楼上住户", "via", "post"))
	all, err := s.Interest.ByCase(context.Background(), s.Actor("handler2"), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	reach := path + "/parties/" + all[len(all)-1].ID
	if p := handler.Get(reach).Want(200, `input[name=reason]`); strings.Contains(p.Text("main"), "幸福路") {
		t.Error("the address is not masked")
	}
	send(handler, reach, reach, "reason", "").Want(422, "#f-reason-error")
	if p := send(handler, reach, reach, "reason", "邮寄告知书").Want(200, ".ow-t-warn"); !strings.Contains(p.Text("main"), "幸福路1号") {
		t.Error(p.Text("main"))
	}
	s.As("zj-handler").Get(reach).Want(404)
	handler.Get(path + "/parties/nobody").Want(404)
}

// Who is recused finds no act any more and is told why.
func TestRecusalOnItsPages(t *testing.T) {
	s := site(t)
	c, path := waiting(s, flow.Examine)
	handler := s.As("handler")
	send(handler, path+"/recuse", path+"/recuse", "reason", "配偶").Want(422, "#f-ground-error")
	officetest.Location(t, send(handler, path+"/recuse", path+"/recuse", "ground", "kin", "reason", "申请人是其配偶。"))
	if p := handler.Get(path).Want(200); p.Has("#outcomes") || !strings.Contains(p.Text("main"), "已对这个办件回避") {
		t.Error(p.Text("main"))
	}
	if n := len(s.Case(c.ID).Course.Recused); n != 1 {
		t.Errorf("%d recused", n)
	}
	s.As("handler2").Get(path).Want(200, "#outcomes")
	other := path + "/recuse-other"
	send(s.As("decider"), other, other, "ground", "other", "reason", "群众反映").Want(422, "#f-login-error")
	officetest.Location(t, send(s.As("decider"), other, other, "login", "reviewer", "ground", "other", "reason", "群众反映"))
}

// What is withheld is marked by who decides; who looks on cannot.
func TestSecretsOnTheirPages(t *testing.T) {
	s := site(t)
	c, path := waiting(s, flow.Issue)
	var all []event.Event
	if err := s.DB.Read(context.Background(), func(tx *db.Tx) (err error) { all, err = event.Waiting(tx, 5000); return err }); err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if e.Topic == "case.granted" {
			if err := s.Disclosure.OnDecided(context.Background(), e); err != nil {
				t.Fatal(err)
			}
		}
	}
	decider := s.As("decider")
	decider.Get(Base+"/publishing").Want(200, `a[href="`+path+`/publish"]`)
	send(decider, path+"/publish", path+"/publish", "parts", "subject").Want(422, "#f-ground-error", "#f-reason-error")
	officetest.Location(t, send(decider, path+"/publish", path+"/publish", "parts", "subject", "ground", "trade", "reason", "合作尚未公布。"))
	if n, err := s.Disclosure.OfCase(context.Background(), s.Actor("decider"), c.ID); err != nil || len(n.Hidden) != 1 {
		t.Errorf("%+v %v", n, err)
	}
	s.As("handler").Get(path + "/publish").Want(403)
	s.As("zj-decider").Get(path + "/publish").Want(404)
	if p := decider.Post(path+"/publish", url.Values{"version": {"1"}, "reason": {"旧页面"}}); p.Status != 409 {
		t.Errorf("stale: %d", p.Status)
	}
}
