package desk

import (
	"context"
	"strings"
	"testing"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/commitment"
	"onewindow/internal/business/credit"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/registration"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
	"onewindow/internal/web/webtest"
)

// site is the desk of the demonstration city.
func site(t testing.TB) *officetest.Site {
	var p *Pages
	return officetest.New(t, func(s *officetest.Site) []visit.Route {
		p = New(Deps{Casework: s.Casework, Party: s.Party, Documents: s.Documents, Licences: s.Licences, Org: s.Org, Staff: s.Staff, Aftercare: s.Aftercare, Archive: s.Archive, Grievances: s.Grievances, Clock: s.Clock,
			Procedures: s.Procedures, Interest: s.Interest, Hearing: s.Hearing, FileBytes: casetest.Limits.FileBytes,
			Disclosure: s.Disclosure,
			Promises:   commitment.New(s.DB, s.Casework), Credit: credit.New(s.DB), Identity: registration.New(s.DB, s.Casework, registration.Simulated)})
		return p.Routes()
	}, func(o *visit.Options) { o.Side = func(v *visit.Visit) []ui.Group { return p.Side(v) } })
}

// waiting is a case that waits for the act, and its path.
func waiting(s *officetest.Site, act flow.Act) (*casework.Case, string) {
	c := s.Walk(s.Submit(s.Food()), act)
	return c, Base + "/cases/" + c.ID
}

// send posts the form of a page with what is typed.
func send(c *webtest.Client, page, to string, typed ...string) *webtest.Page {
	selector := `form[action="` + to + `"]`
	return c.Post(to, officetest.With(officetest.Fields(c.Get(page), selector), typed...))
}

// A case goes from the handler to the applicant's licence, each step by its own
// person, on its own pages.
func TestFromHandlingToTheLicence(t *testing.T) {
	s := site(t)
	c, path := waiting(s, flow.Examine)
	handler, reviewer, decider, issuer := s.As("handler"), s.As("reviewer"), s.As("decider"), s.As("issuer")
	if to := officetest.Location(t, handler.Get(Base)); to != Base+"/work/handler" {
		t.Fatalf("leads to %s", to)
	}
	handler.Get(Base+"/work/handler").Want(200, `[data-keys] a[href="`+path+`"]`, ".ow-side .ow-count")
	send(handler, path, path+"/examine", "outcome", "support", "opinion", " ").Want(422, "#f-opinion-error", "#materials")
	officetest.Location(t, send(handler, path, path+"/examine", "outcome", "support", "opinion", "布局合理，建议准予。", "t.003.0", "ok"))
	p := reviewer.Get(path).Want(200, "#outcomes")
	if text := p.Text("main"); !strings.Contains(text, "承办：建议准予") || !strings.Contains(text, "布局合理，建议准予。") || !strings.Contains(text, "李强") {
		t.Error(text)
	}
	officetest.Location(t, send(reviewer, path, path+"/review", "outcome", "support", "opinion", "同意承办意见。"))
	paper := officetest.Location(t, send(decider, path+"/grant", path+"/grant", "opinion", "同意。"))
	if p := decider.Get(paper).Want(200, ".ow-paper"); !strings.Contains(p.Text(".ow-paper h2"), "准予行政许可决定书") {
		t.Error(p.Text(".ow-paper h2"))
	}
	issuer.Get(path+"/issue").Want(200, ".ow-kv")
	to, _, _ := strings.Cut(officetest.Location(t, send(issuer, path+"/issue", path+"/issue")), "#")
	p = issuer.Get(to).Want(200, "#licence")
	href, _ := p.Find("#licence a").Attr("href")
	if pdf := issuer.Get(href); pdf.Status != 200 || !strings.HasPrefix(pdf.Body, "%PDF") {
		t.Errorf("licence: %d", pdf.Status)
	}
	if now := s.Case(c.ID); now.Status != casework.StatusGranted || now.Steps() != "deliver" {
		t.Errorf("%s at %s", now.Status, now.Steps())
	}
}

// 不予许可 (行政许可法第三十八条第二款): reasons, basis and remedies, seen before it is
// issued; without one of them it is not issued, and the rule is named.
func TestRefuse(t *testing.T) {
	s := site(t)
	c, path := waiting(s, flow.Decide)
	d := s.As("decider")
	p := d.Get(path+"/refuse").Want(200, "textarea[name=basis]")
	if !strings.Contains(p.Text("textarea[name=basis]"), "《") || !strings.Contains(p.Text(".ow-kv"), "定州市人民政府") {
		t.Errorf("basis %q, remedies %q", p.Text("textarea[name=basis]"), p.Text(".ow-kv"))
	}
	preview := path + "/refuse/preview"
	p = send(d, path+"/refuse", preview, "opinion", "不同意。").Want(422, "#f-reasons-error", ".ow-law")
	if !strings.Contains(p.Text("[role=alert]"), "第三十八条第二款") {
		t.Error(p.Text("[role=alert]"))
	}
	p = send(d, path+"/refuse", preview, "opinion", "不同意。", "reasons", "食品处理区与有毒有害场所的距离不符合要求").Want(200, ".ow-paper")
	for _, want := range []string{"食品处理区与有毒有害场所的距离不符合要求", "60日内", "6个月内", "人民法院"} {
		if !strings.Contains(p.Text(".ow-paper"), want) {
			t.Errorf("%s is not in %s", want, p.Text(".ow-paper"))
		}
	}
	form := officetest.Fields(p, `main form`)
	back := d.Post(preview, officetest.With(officetest.Fields(p, "main form"), "change", "1")).Want(200)
	if got := back.Text("textarea[name=reasons]"); !strings.Contains(got, "不符合要求") {
		t.Errorf("back with %q", got)
	}
	d.Get(officetest.Location(t, d.Post(path+"/refuse", form))).Want(200, ".ow-paper")
	if s.Case(c.ID).Status != casework.StatusRefused {
		t.Error("not refused")
	}
}

// 行政许可法第七十八条: an application with false materials is refused, and the
// applicant may not apply for the matter again for a year.
func TestRefuseForFalseMaterials(t *testing.T) {
	s := site(t)
	c, path := waiting(s, flow.Decide)
	if !s.Food().Safety {
		t.Fatal("food is no matter of safety")
	}
	d := s.As("decider")
	d.Get(path+"/refuse").Want(200, "input[name=false][type=checkbox]")
	p := send(d, path+"/refuse", path+"/refuse/preview", "opinion", "不同意。", "reasons", "提交的租赁合同系伪造", "false", "true").Want(200, ".ow-paper")
	if !strings.Contains(p.Text("main"), "一年内不得再次申请") {
		t.Error("the preview does not say what follows")
	}
	d.Get(officetest.Location(t, d.Post(path+"/refuse", officetest.Fields(p, "main form")))).Want(200, ".ow-paper")
	if s.Case(c.ID).Status != casework.StatusRefused {
		t.Fatal("not refused")
	}
	lina := s.Actor("lina")
	_, err := s.Casework.Submit(context.Background(), lina, casework.Submit{DraftID: s.Draft(lina, s.Food()), Declared: true})
	if f := fault.Of(err); f == nil || !strings.Contains(f.Law, "第七十八条") {
		t.Errorf("applied again: %v", err)
	}
}

// A body whose remedies are not known cannot refuse; the page says so before
// anything is typed, and names the rule after.
func TestRefusalWithoutRemedies(t *testing.T) {
	s := site(t)
	c, path := waiting(s, flow.Decide)
	if err := s.DB.Act(context.Background(), func(tx *db.Tx) error {
		tx.Write(`update body set remedies = '{}' where id = $1`, c.BodyID)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	s.Clock.Advance(time.Minute) // bodies are remembered for half a minute
	d := s.As("decider")
	p := d.Get(path+"/refuse").Want(200, "main .ow-t-bad")
	form := officetest.With(officetest.Fields(p, "main form"), "opinion", "不同意。", "reasons", "不符合条件")
	for _, to := range []string{"/refuse/preview", "/refuse"} {
		p = d.Post(path+to, form).Want(422, "[role=alert] .ow-law")
		if text := p.Text("[role=alert]"); !strings.Contains(text, "复议机关") || !strings.Contains(text, "行政复议法") {
			t.Errorf("%s: %s", to, text)
		}
	}
	if !s.Case(c.ID).DecidedAt.IsZero() {
		t.Error("decided")
	}
}

// 审查与决定相分离: who examined does not review, and is told why.
func TestSeparationOfDuties(t *testing.T) {
	s := site(t)
	c, path := waiting(s, flow.Review)
	// The reviewer sends it back, and may not examine it afterwards; the handler may not review it.
	reviewer := s.As("reviewer")
	reviewer.Get(path+"/review/return").Want(200, "input[name=to][checked]")
	send(reviewer, path+"/review/return", path+"/review/return", "reason", "").Want(422, "#f-reason-error")
	officetest.Location(t, send(reviewer, path+"/review/return", path+"/review/return", "reason", "请补充布局图的核查情况"))
	if now := s.Case(c.ID); now.Steps() != "examine" {
		t.Fatalf("at %s", now.Steps())
	}
	p := s.As("handler").Get(path).Want(200, "#outcomes")
	if !strings.Contains(p.Text("main"), "审核退回承办") || !strings.Contains(p.Text("main"), "请补充布局图的核查情况") {
		t.Error(p.Text("#history"))
	}
	both := s.Both(t, "handler2", "reviewer")
	officetest.Location(t, send(both, path, path+"/examine", "outcome", "support", "opinion", "已补充核查。"))
	p = both.Get(path).Want(200)
	if p.Has("#outcomes") || !strings.Contains(p.Text("main .ow-t-warn"), "须由不同的人办理") {
		t.Error(p.Text("main"))
	}
	form := officetest.Fields(s.As("reviewer").Get(path), `form[action$="/review"]`)
	both.Post(path+"/review", officetest.With(form, "outcome", "support", "opinion", "同意。")).Want(422, "[role=alert]")
	if p := s.As("decider").Get(path); p.Has("#outcomes") || !strings.Contains(p.Text("main"), "由「审核」承担") {
		t.Error(p.Text("main"))
	}
}

// Two officers at one step: one wins, the other is told and keeps the opinion.
func TestOneWins(t *testing.T) {
	s := site(t)
	c, path := waiting(s, flow.Examine)
	one, two := s.As("handler"), s.As("handler2")
	form := officetest.Fields(one.Get(path), `form[action$="/examine"]`)
	officetest.Location(t, send(two, path, path+"/examine", "outcome", "oppose", "opinion", "不符合条件。"))
	p := one.Post(path+"/examine", officetest.With(form, "outcome", "support", "opinion", "我写了很久的意见")).Want(409, "[role=alert]")
	for _, want := range []string{"赵鹏", "承办：建议不予", "我写了很久的意见"} {
		if !strings.Contains(p.Text("main"), want) {
			t.Errorf("%s is not in %s", want, p.Text("main"))
		}
	}
	if now := s.Case(c.ID); len(now.Flow.Done) != 2 {
		t.Errorf("%d steps done", len(now.Flow.Done))
	}
}

// Who only looks on sees the case and nothing to do.
func TestSupervisorLooksOn(t *testing.T) {
	s := site(t)
	c, path := waiting(s, flow.Examine)
	sup := s.As("supervisor")
	sup.Get(Base+"/find").Want(200, ".ow-side a[aria-current]")
	if to := officetest.Location(t, sup.Get(Base)); to != Base+"/find" {
		t.Errorf("leads to %s", to)
	}
	if to := officetest.Location(t, sup.Get(Base+"/find?number="+c.Number)); to != path {
		t.Errorf("leads to %s", to)
	}
	if p := sup.Get(path).Want(200, "#history", "#flow svg"); p.Has("main form") {
		t.Error("there is a form")
	}
	sup.Get(Base + "/work/handler").Want(403)
}

func TestBattery(t *testing.T) {
	s := site(t)
	c, _ := waiting(s, flow.Issue)
	licenceID, err := s.Licences.Issue(context.Background(), s.Actor("issuer"), licence.Issue{Seen: casetest.Seen(c)})
	if err != nil {
		t.Fatal(err)
	}
	c, path := waiting(s, flow.Decide)
	d, err := s.Casework.Dossier(context.Background(), s.Actor("decider"), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.Documents.ByCase(context.Background(), s.Actor("decider"), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	proceedingID, pushID := afterwards(t, s, licenceID)
	act := func(key string) string { return Base + "/cases/{id}/" + key }
	officetest.Battery{
		Site: s, Login: []string{"handler", "reviewer", "decider", "issuer", "regulator", "editor", "host", "government"}, Elsewhere: []string{"zj-handler", "zj-reviewer", "zj-decider", "zj-issuer", "town-decider"},
		Fill: map[string]string{"/cases/{id}": strings.TrimPrefix(path, Base), "{role}": "handler", "{step}": "decide", "{substitution}": "none", "{file}": d.Materials[2].Files[0].ID,
			"{document}": all[0].ID, "{licence}": licenceID, "{procedure}": "0000", "{verification}": committed(t, s).ID, "{credit}": distrusted(t, s),
			"{kind}": "rescind", "{proceeding}": proceedingID, "{push}": pushID, "{package}": packageOf(t, s), "{appeal}": appealed(t, s), "{party}": "none"},
		Stale: []string{act("grant"), act("refuse"), act("refuse/preview"), act("decide/return"), act("examine"), act("review"), act("opine"), act("meet"), act("consult"), act("issue"), act("visit"), act("procedure"),
			act("recuse"), act("interest"), act("interest-answer"), act("hearing-offer"), act("hearing-order"), act("hearing-decide-object"), act("hearing-close"),
			Base + "/proceedings/{proceeding}", Base + "/proceedings/{proceeding}/statement", Base + "/proceedings/{proceeding}/answer",
			Base + "/proceedings/{proceeding}/objection", regulatorPath + "/{push}/acknowledge", regulatorPath + "/{push}/report"},
	}.Run(t)
	if now := s.Case(c.ID); now.Version != c.Version {
		t.Errorf("the trials changed the case: %+v", now)
	}
}

func TestPagesInABrowser(t *testing.T) {
	s := site(t)
	look := func(t *testing.T, ctx context.Context, at, name string) { officetest.Look(t, ctx, at, "desk-"+name) }
	_, path := waiting(s, flow.Examine)
	waiting(s, flow.Examine)
	ctx, at := s.Browser("handler")
	look(t, ctx, at+Base, "work")
	look(t, ctx, at+path, "case")
	_, path = waiting(s, flow.Decide)
	ctx, at = s.Browser("decider")
	look(t, ctx, at+path, "case-decide")
	for _, x := range []string{"grant", "refuse", "decide/return"} {
		look(t, ctx, at+path+"/"+x, strings.ReplaceAll(x, "/", "-"))
	}
	_, path = waiting(s, flow.Issue)
	ctx, at = s.Browser("issuer")
	look(t, ctx, at+path+"/issue", "issue")
	officetest.Location(t, send(s.As("issuer"), path+"/issue", path+"/issue"))
	look(t, ctx, at+path, "case-issued")
}
