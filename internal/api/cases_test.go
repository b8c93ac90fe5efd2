package api

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/code"
)

// notify asks for the supplement of a material and of the form.
func (s *site) notify(c *casework.Case) {
	s.t.Helper()
	err := s.Casework.NotifySupplement(context.Background(), s.Actor("clerk"), casework.NotifySupplement{Seen: casetest.Seen(c), Items: []casework.Item{
		{Material: "003", Name: "主要设备设施、经营布局、操作流程文件", Problem: "布局图没有标明清洗消毒区域", Standard: "标明各区域"},
		{Material: "form", Name: "申请表", Problem: "面积与布局图不一致", Standard: "按布局图填写"},
	}})
	if err != nil {
		s.t.Fatal(err)
	}
}

// The supplement asks for everything that the notice names and for nothing
// else (行政许可法第三十二条第一款第（四）项).
func TestSupplementing(t *testing.T) {
	s := sqlite(t)
	token, impl := s.token("lina"), s.Food()
	c := s.Submit(impl)
	path := "/api/v1/cases/" + c.ID
	s.call("POST", path+"/supplement", token, "{}").refused(422, "supplement.not_asked")
	s.notify(c)
	shown := into[Case](s.call("GET", path, token, nil).want(200))
	if shown.Notice == nil || len(shown.Notice.Items) != 2 || shown.Summary.StatusName != "待补正" {
		t.Fatalf("%+v", shown.Notice)
	}
	p := s.call("POST", path+"/supplement", token, "{}").refused(422, "form.invalid")
	if p.at("material.003") != "material.lacking" || p.at("form") != "supplement.form_lacking" || !strings.Contains(p.Law, "第三十二条") {
		t.Errorf("%+v", p)
	}
	s.upload(path+"/materials/002/files", token, "执照.pdf", casetest.PDF).refused(422, "supplement.not_named")
	s.Clock.Advance(1e9) // later than the notice
	file := into[File](s.upload(path+"/materials/003/files", token, "布局图.pdf", casetest.PDF).want(201))
	s.call("DELETE", "/api/v1/files/"+file.ID, token, nil).want(204)
	s.upload(path+"/materials/003/files", token, "布局图.pdf", casetest.PDF).want(201)
	s.call("POST", path+"/supplement", token, map[string]any{"values": map[string]any{"nothing": 1}}).refused(422, "api.invalid")
	done := s.call("POST", path+"/supplement", token, map[string]any{"values": shown.Form.Values}, "If-Match", `"1"`)
	if p := done.refused(412, "case.stale"); p.Current == nil || p.Current.Status != "supplement" || p.Current.Version != 2 {
		t.Errorf("%s", done.body)
	}
	done = s.call("POST", path+"/supplement", token, map[string]any{"values": shown.Form.Values}, "If-Match", `"2"`).want(200)
	if into[CaseLine](done).Status != "received" || done.Header.Get("ETag") != `"3"` {
		t.Errorf("%s", done.body)
	}
	after := into[Case](s.call("GET", path, token, nil).want(200))
	if fmt.Sprint(after.Form) != fmt.Sprint(shown.Form) || after.Notice.AnsweredAt == "" {
		t.Errorf("%v\n%v", after.Form, shown.Form)
	}
}

func TestWithdrawing(t *testing.T) {
	s := sqlite(t)
	token := s.token("lina")
	c := s.Submit(s.Food())
	path := "/api/v1/cases/" + c.ID + "/withdrawal"
	s.call("POST", path, token, map[string]any{"reason": " "}).refused(422, "form.invalid")
	s.call("POST", path, token, map[string]any{"reason": "经营计划改变"}, "If-Match", `"7"`).refused(412, "case.stale")
	done := s.call("POST", path, token, map[string]any{"reason": "经营计划改变"}, keyHeader, "w").want(200)
	if line := into[CaseLine](done); line.Status != "withdrawn" || line.ConcludedAt == "" {
		t.Errorf("%+v", line)
	}
	s.call("POST", path, token, map[string]any{"reason": "经营计划改变"}, keyHeader, "w").want(200)
	s.call("POST", path, token, map[string]any{"reason": "经营计划改变"}).refused(422, "withdraw.decided")
}

// A case under way shows both limits with every day accounted for.
func TestCaseShowsItsLimits(t *testing.T) {
	s := sqlite(t)
	c := s.Walk(s.Submit(s.Food()), flow.Examine)
	shown := into[Case](s.call("GET", "/api/v1/cases/"+c.ID, s.token("handler"), nil).want(200))
	if shown.Statutory == nil || shown.Promised == nil || len(shown.Steps) != 1 || shown.Steps[0].Since == "" {
		t.Fatalf("%+v", shown)
	}
	spans := shown.Statutory.Derivation
	if first, last := spans[0], spans[len(spans)-1]; first.From != shown.Statutory.Start || first.Counts || last.To != shown.Statutory.Due {
		t.Errorf("%+v", spans)
	}
	if shown.Summary.StatutoryDue != shown.Statutory.Due || shown.Summary.PromisedDue != shown.Promised.Due {
		t.Errorf("%+v", shown.Summary)
	}
}

// Pages by key hold every case once.
func TestPagesOfCases(t *testing.T) {
	s := sqlite(t)
	token := s.token("lina")
	for range 5 {
		s.Submit(s.Food())
	}
	type page struct {
		Items []CaseLine
		Next  string
	}
	seen, after := map[string]bool{}, ""
	for range 10 {
		p := into[page](s.call("GET", "/api/v1/cases?limit=2"+after, token, nil).want(200))
		for _, c := range p.Items {
			seen[c.ID] = true
		}
		if p.Next == "" {
			break
		}
		after = "&after=" + p.Next
	}
	if len(seen) != 5 {
		t.Errorf("%d cases", len(seen))
	}
}

// issued is a granted case with its licence.
func (s *site) issued() (caseID, licenceID string) {
	s.t.Helper()
	c := s.Walk(s.Submit(s.Food()), flow.Issue)
	licenceID, err := s.api.Licences.Issue(context.Background(), s.Actor("issuer"), licence.Issue{Seen: casetest.Seen(c)})
	if err != nil {
		s.t.Fatal(err)
	}
	return c.ID, licenceID
}

func TestPapers(t *testing.T) {
	s := sqlite(t)
	token := s.token("lina")
	caseID, licenceID := s.issued()
	docs := into[struct{ Items []DocumentLine }](s.call("GET", "/api/v1/cases/"+caseID+"/documents", token, nil).want(200)).Items
	if len(docs) < 3 || docs[0].Kind != "SJ" {
		t.Fatalf("%+v", docs)
	}
	doc := into[DocumentText](s.call("GET", "/api/v1/documents/"+docs[0].ID, token, nil).want(200))
	kinds := map[string]bool{}
	for _, b := range doc.Blocks {
		kinds[b.Kind] = true
	}
	if doc.Summary != docs[0] || !kinds["signature"] {
		t.Errorf("%+v", doc)
	}
	for _, path := range []string{"/api/v1/documents/" + docs[0].ID + "/pdf", "/api/v1/licences/" + licenceID + "/pdf"} {
		pdf := s.call("GET", path, token, nil).want(200)
		if !strings.HasPrefix(string(pdf.body), "%PDF-") || pdf.Header.Get("Content-Type") != "application/pdf" ||
			!strings.HasPrefix(pdf.Header.Get("Content-Disposition"), "attachment; filename*=utf-8''") {
			t.Errorf("%s: %v", path, pdf.Header)
		}
		s.call("HEAD", path, token, nil).want(200)
	}
	zip := s.call("GET", "/api/v1/licences/"+licenceID+"/export", token, nil).want(200)
	if !strings.HasPrefix(string(zip.body), "PK") {
		t.Errorf("%.20q", zip.body)
	}
	l := into[Licence](s.call("GET", "/api/v1/licences/"+licenceID, token, nil).want(200))
	if all := into[struct{ Items []Licence }](s.call("GET", "/api/v1/licences", token, nil).want(200)).Items; len(all) != 1 || all[0].ID != l.ID {
		t.Errorf("%+v", all)
	}
	v := into[Verification](s.call("GET", "/api/v1/verification?reference="+l.Reference, "", nil).want(200))
	if !v.Genuine || v.Status != "valid" || v.Face == nil || v.Face.Number != l.Number {
		t.Errorf("%+v", v)
	}
	unknown := "Z" + strings.Repeat("1", 24)
	unknown += string(code.Check3736(unknown))
	none := into[Verification](s.call("GET", "/api/v1/verification?reference="+unknown, "", nil).want(200))
	if none.Genuine || none.Face != nil {
		t.Errorf("%+v", none)
	}
	s.call("GET", "/api/v1/verification?reference=%E5%AE%9A%E5%B7%9E", "", nil).refused(422, "licence.reference")
}

func TestFiles(t *testing.T) {
	s := sqlite(t)
	token := s.token("lina")
	c := s.Submit(s.Food())
	var file File
	for _, m := range into[Case](s.call("GET", "/api/v1/cases/"+c.ID, token, nil).want(200)).Materials {
		if len(m.Files) > 0 {
			file = m.Files[0]
		}
	}
	got := s.call("GET", "/api/v1/files/"+file.ID, token, nil).want(200)
	if string(got.body) != string(casetest.PDF) || got.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%v", got.Header)
	}
	s.call("GET", "/api/v1/files/"+file.ID, s.token("wangxiaoming"), nil).refused(404, "file.missing")
	s.call("DELETE", "/api/v1/files/"+file.ID, token, nil).want(422)
	s.call("DELETE", "/api/v1/files/"+file.ID, s.token("wangxiaoming"), nil).want(404)
	s.call("GET", "/api/v1/files/"+file.ID, s.token("lina", staff.CaseSubmit), nil).refused(403, "permission")
}
