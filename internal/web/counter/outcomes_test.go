package counter

import (
	"context"
	"strings"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/webtest"
)

// The five outcomes of 行政许可法第三十二条第一款, each by its page, each with its
// document.
func TestTheFiveOutcomes(t *testing.T) {
	outcomes := map[string]struct {
		typed  []string
		title  string
		status casework.Status
	}{
		"accept":        {nil, "受理通知书", casework.StatusHandling},
		"not-required":  {[]string{"reasons", "只销售预包装食品，不需要取得许可"}, "不受理", casework.StatusNotRequired},
		"not-competent": {[]string{"reasons", "经营场所在外县", "competent", "望都县行政审批局"}, "不予受理", casework.StatusNotCompetent},
		"correct":       {[]string{"premises.name", "嘉禾餐厅二店"}, "更正", casework.StatusReceived},
		"withdraw":      {[]string{"reason", "申请人暂不开业"}, "终止", casework.StatusWithdrawn},
	}
	s := site(t)
	clerk := s.As("clerk")
	for key, o := range outcomes {
		t.Run(key, func(t *testing.T) {
			c, path := submitted(s)
			p := clerk.Get(path+"/"+key).Want(200, "main h1", ".ow-law, .ow-note")
			to := officetest.Location(t, clerk.Post(path+"/"+key, officetest.With(officetest.Fields(p, "main form"), o.typed...)))
			if paper := clerk.Get(to).Want(200, ".ow-paper", "[data-print]"); !strings.Contains(paper.Text(".ow-paper h2"), o.title) || !strings.Contains(paper.Text(".ow-paper-number"), "号") {
				t.Errorf("%s %s", paper.Text(".ow-paper h2"), paper.Text(".ow-paper-number"))
			}
			if pdf := clerk.Get(to + "/pdf"); pdf.Status != 200 || pdf.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(pdf.Body, "%PDF") {
				t.Errorf("%d %s", pdf.Status, pdf.Header.Get("Content-Type"))
			}
			if got := s.Case(c.ID).Status; got != o.status {
				t.Errorf("status %s", got)
			}
		})
	}
}

// 一次性告知补正 (第三十二条第一款第（四）项): what was ticked as failed stands in the
// notice; it is seen before it is sent; a second one is not possible.
func TestSupplementIsToldOnce(t *testing.T) {
	s := site(t)
	clerk := s.As("clerk")
	c, path := submitted(s)
	m := s.Food().Materials[2]
	review := officetest.With(officetest.Fields(clerk.Get(path), "#review"), "go", "supplement", "t."+m.No+".0", "no", "n."+m.No+".0", "布局图没有标明洗消间")
	p := clerk.Post(path+"/review", review).Want(200, `input[name="ask.`+m.No+`"][checked]`)
	if got := p.Text(`textarea[name="problem.` + m.No + `"]`); !strings.Contains(got, "布局图没有标明洗消间") {
		t.Errorf("the problem is %q", got)
	}
	form := officetest.Fields(p, `form[action$="/supplement/preview"]`)
	p = clerk.Post(path+"/supplement/preview", officetest.With(form, "days", "10")).Want(200, ".ow-paper")
	if !strings.Contains(p.Text(".ow-paper"), "布局图没有标明洗消间") || s.Case(c.ID).Status != casework.StatusReceived {
		t.Error(p.Text(".ow-paper"))
	}
	wrong := clerk.Post(path+"/supplement/preview", officetest.With(officetest.Fields(p, "main form"), "problem."+m.No, "")).Want(422)
	if !strings.Contains(wrong.Text("[role=alert] a"), "「"+m.Name+"」存在的问题") {
		t.Error(wrong.Text("[role=alert]"))
	}
	carried := officetest.Fields(p, "main form")
	back := clerk.Post(path+"/supplement/preview", officetest.With(officetest.Fields(p, "main form"), "change", "1")).Want(200, `input[name="ask.`+m.No+`"][checked]`)
	if v, _ := back.Find("[name=days]").Attr("value"); v != "10" {
		t.Errorf("days %q", v)
	}
	clerk.Get(officetest.Location(t, clerk.Post(path+"/supplement", carried))).Want(200, ".ow-paper")
	if got := s.Case(c.ID).Status; got != casework.StatusSupplement {
		t.Fatalf("status %s", got)
	}
	takePaper(t, s, clerk, path, m.No)
	p = clerk.Get(path+"/supplement").Want(200, "textarea[name=new_fact]", `input[name="ask.`+m.No+`"]`)
	if n := p.Find("input[name^='ask.']").Length(); n != 1 || clerk.Get(path).Has(`button[value="supplement"]`) {
		t.Errorf("a second notice is offered about %d materials", n)
	}
	version, _ := p.Find("input[name=version]").Attr("value")
	again := officetest.With(carried, "version", version)
	if p := clerk.Post(path+"/supplement", again); p.Status != 422 || !strings.Contains(p.Text("[role=alert]"), "第三十二条第一款第（四）项") {
		t.Errorf("a second notice without a new fact: %d %s", p.Status, p.Text("[role=alert]"))
	}
	if got := s.Case(c.ID).Status; got != casework.StatusReceived {
		t.Errorf("status %s", got)
	}
}

// takePaper hands the supplement in at the window; without it the page names
// what lacks.
func takePaper(t *testing.T, s *officetest.Site, clerk *webtest.Client, path, no string) {
	t.Helper()
	p := clerk.Get(path+"/supplemented").Want(200, `input[name="paper.`+no+`"]`)
	form := officetest.Fields(p, "main form")
	clerk.Post(path+"/supplemented", form).Want(422, `[role=alert] a[href="#f-paper_`+no+`"]`, "#f-paper_"+no+"-error")
	to := officetest.Location(t, clerk.Post(path+"/supplemented", officetest.With(form, "paper."+no, "2")))
	if p := clerk.Get(to).Want(200, "#review"); !strings.Contains(p.Text("#materials"), "纸质 2 份") {
		t.Error(p.Text("#materials"))
	}
}

// A point that was found wrong, and a material that lacks, stop the acceptance
// (第三十二条第一款第（五）项).
func TestAcceptNeedsEverything(t *testing.T) {
	s := site(t)
	clerk := s.As("clerk")
	c, path := submitted(s)
	review := officetest.With(officetest.Fields(clerk.Get(path), "#review"), "go", "accept", "t.001.0", "no")
	p := clerk.Post(path+"/review", review).Want(200)
	p = clerk.Post(path+"/accept", officetest.Fields(p, "main form")).Want(422, "[role=alert] .ow-law")
	if !strings.Contains(p.Text("[role=alert]"), "第（五）项") || s.Case(c.ID).Status != casework.StatusReceived {
		t.Error(p.Text("[role=alert]"))
	}
}

// Two clerks at one case: the slower is told what the other did, and keeps
// what was typed.
func TestTheSlowerClerkIsTold(t *testing.T) {
	s := site(t)
	c, path := submitted(s)
	one, two := s.As("clerk"), s.As("clerk2")
	form := officetest.Fields(one.Get(path+"/not-competent"), "main form")
	officetest.Location(t, two.Post(path+"/accept", officetest.Fields(two.Get(path+"/accept"), "main form")))
	p := one.Post(path+"/not-competent", officetest.With(form, "reasons", "经营场所在外县", "competent", "望都县行政审批局")).Want(409, "[role=alert]")
	for _, want := range []string{"刘洋", "受理", "经营场所在外县", "望都县行政审批局"} {
		if !strings.Contains(p.Text("main"), want) {
			t.Errorf("%s is not in %s", want, p.Text("main"))
		}
	}
	if s.Case(c.ID).Status != casework.StatusHandling {
		t.Error("the slower act took effect")
	}
	// While the act is still possible, the form comes again with what was typed.
	c, path = submitted(s)
	form = officetest.Fields(one.Get(path+"/not-competent"), "main form")
	d, err := s.Casework.Dossier(context.Background(), s.Actor("clerk2"), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	d.Values["premises.name"] = "嘉禾餐厅三店"
	if err := s.Casework.Correct(context.Background(), s.Actor("clerk2"), casework.Correct{Seen: casetest.Seen(c), Values: d.Values}); err != nil {
		t.Fatal(err)
	}
	p = one.Post(path+"/not-competent", officetest.With(form, "reasons", "经营场所在外县", "competent", "望都县行政审批局")).Want(409, "main form textarea")
	if got := p.Text("textarea[name=reasons]"); got != "经营场所在外县" || !strings.Contains(p.Text("main"), "当场更正") {
		t.Errorf("%q in %s", got, p.Text("main"))
	}
	officetest.Location(t, one.Post(path+"/not-competent", officetest.Fields(p, "main form")))
}

// 送达 (第四十四条): the pick-up code and a signature, or nothing.
func TestDeliverAtTheWindow(t *testing.T) {
	s := site(t)
	c, path := submitted(s)
	c = s.Walk(c, flow.Deliver)
	d := s.As("deliverer")
	if to := officetest.Location(t, d.Get(Base)); to != Base+"/deliveries" {
		t.Errorf("work begins at %s", to)
	}
	d.Get(Base+"/deliveries").Want(200, "[data-keys] tbody tr")
	form := officetest.Fields(d.Get(path+"/deliver").Want(200), "main form")
	p := d.Post(path+"/deliver", officetest.With(form, "code", s.Casework.CheckCode(c), "signed_by", "李娜")).Want(422, "#f-code-error")
	if v, _ := p.Find("[name=signed_by]").Attr("value"); v != "李娜" {
		t.Error("the name was lost")
	}
	to := officetest.Location(t, d.Post(path+"/deliver", officetest.With(form, "code", s.Casework.PickupCode(c), "signed_by", "李娜")))
	if p := d.Get(to).Want(200, ".ow-paper"); !strings.Contains(p.Text(".ow-paper"), "李娜") {
		t.Error(p.Text(".ow-paper"))
	}
	if s.Case(c.ID).Status != casework.StatusConcluded {
		t.Error("not concluded")
	}
}
