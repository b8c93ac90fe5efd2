package desk

import (
	"context"
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

// 注销 at the desk: who speaks for a holder that is no more is told, what they
// say is taken down and answered, then somebody else decides (行政许可法第七条、第七十条).
func TestDeregisteringOnItsPages(t *testing.T) {
	s := site(t)
	l := issuedLicence(t, s)
	handler, decider := s.As("handler"), s.As("decider")
	begin := licencePath(l.ID) + "/begin/deregister"
	handler.Get(begin).Want(200, `input[name=via][value=announce]`, `input[name=standing][value=liquidator]`)
	if p := handler.Get(licencePath(l.ID) + "/begin/rescind").Want(200); p.Has("input[name=standing]") {
		t.Error("a rescission asks who speaks in the holder's place")
	}
	send(handler, begin, begin, "ground", "dissolved", "reasons", "已破产清算").Want(422, "#f-via-error", "#f-standing-error", "#f-speaker-error", "#f-contact-error")
	to := officetest.Location(t, send(handler, begin, begin, "ground", "dissolved", "reasons", "已破产清算", "via", "hand", "standing", "liquidator", "speaker", "赵清算", "contact", "13800000000"))
	p := handler.Get(to).Want(200, `form[action$="/statement"]`)
	if main := p.Text("main"); !strings.Contains(main, "注销行政许可事先告知书") || !strings.Contains(main, "赵清算") || !strings.Contains(main, l.Content.Case+"-Z1") || p.Has("#answer") {
		t.Error(main)
	}
	if p := decider.Get(to).Want(200); p.Has("#decide") || p.Has(`form[action$="/statement"]`) {
		t.Error("a decider decides before anybody was heard, or takes a statement down")
	}
	send(handler, to, to+"/statement", "text", "请延至月底。").Want(422)
	send(handler, to, to+"/statement", "via", "post", "text", "").Want(422, "#f-text-error")
	officetest.Location(t, send(handler, to, to+"/statement", "via", "post", "text", "请延至月底。"))
	if p := decider.Get(to).Want(200); p.Has("#decide") || !strings.Contains(p.Text("main"), "答复并说明理由以后再决定") {
		t.Error(p.Text("main"))
	}
	handler.Get(to).Want(200, "#answer textarea[name=reply]")
	send(handler, to, to+"/answer", "reply", "").Want(422, "#f-reply-error")
	officetest.Location(t, send(handler, to, to+"/answer", "reply", "库存可以依法处理，不影响注销。"))
	decider.Get(to).Want(200, "#decide")
	officetest.Location(t, send(decider, to, to, "outcome", "ended", "announcement", "在政务服务网公告"))
	if p := decider.Get(to).Want(200); !strings.Contains(p.Text("main"), "注销行政许可决定书") || !strings.Contains(p.Text("main"), "库存可以依法处理") {
		t.Error(p.Text("main"))
	}
}

// noticed is a simple deregistration whose notice runs.
func noticed(t testing.TB, s *officetest.Site) (proceedingID string) {
	t.Helper()
	ctx := context.Background()
	c := s.Submit(s.Matter("有限责任公司设立登记"))
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
	if err == nil {
		proceedingID, err = s.Aftercare.Simplify(ctx, s.Actor("lina"), aftercare.Simplify{LicenceID: id, Promised: []string{"1", "2", "3", "4", "5", "6"}, Investors: "李娜", Reasons: "停止经营"})
	}
	if err != nil {
		t.Fatal(err)
	}
	return proceedingID
}

// 简易注销 at the desk: what another department wrote ends it, and after the notice
// the body decides with the signed promise in hand (市场主体登记管理条例第三十三条).
func TestSimpleDeregistrationAtTheDesk(t *testing.T) {
	s := site(t)
	id := noticed(t, s)
	handler, decider, to := s.As("handler"), s.As("decider"), proceedingPath(id)
	if p := handler.Get(Base + "/proceedings").Want(200); !strings.Contains(p.Text("main"), "简易注销公示中") {
		t.Error(p.Text("main"))
	}
	p := handler.Get(to).Want(200, `form[action$="/objection"]`)
	if !strings.Contains(p.Text("main"), "简易注销公示") || p.Has("#decide") {
		t.Error(p.Text("main"))
	}
	if p := decider.Get(to).Want(200); p.Has("#decide") || p.Has(`form[action$="/objection"]`) {
		t.Error("the notice runs, and yet it can be decided")
	}
	send(handler, to, to+"/objection", "via", "post").Want(422, "#f-claim-error", "#f-name-error", "#f-contact-error", "#f-text-error")
	officetest.Location(t, send(handler, to, to+"/objection", "via", "post", "claim", "department", "name", "定州市税务局", "contact", "0312-0000000", "text", "有未缴税款"))
	if p := handler.Get(to).Want(200); !strings.Contains(p.Text("main"), "定州市税务局") || !strings.Contains(p.Text("main"), "简易注销终止") || p.Has(`form[action$="/objection"]`) {
		t.Error(p.Text("main"))
	}
}

func TestASimpleDeregistrationIsDecidedWithTheSignedPromise(t *testing.T) {
	s := site(t)
	id := noticed(t, s)
	decider, to := s.As("decider"), proceedingPath(id)
	p, err := s.Aftercare.Get(context.Background(), s.Actor("decider"), id)
	if err != nil {
		t.Fatal(err)
	}
	s.Clock.Set(p.Until.AddDays(1).Time())
	decider = s.As("decider")
	if p := decider.Get(to).Want(200); p.Has("#decide") || !strings.Contains(p.Text("main"), "持有人在") {
		t.Error(p.Text("main"))
	}
	if err := s.Aftercare.Apply(context.Background(), s.Actor("lina"), aftercare.Apply{Seen: aftercare.Seen{ID: id}}); err != nil {
		t.Fatal(err)
	}
	decider.Get(to).Want(200, "#decide input[name=original]")
	send(decider, to, to, "outcome", "ended", "announcement", "公告").Want(422, "#f-original-error")
	officetest.Location(t, send(decider, to, to, "outcome", "ended", "announcement", "公告", "original", "true"))
	if p := decider.Get(to).Want(200); !strings.Contains(p.Text("main"), "注销行政许可决定书") {
		t.Error(p.Text("main"))
	}
}
