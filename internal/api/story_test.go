package api

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/procedure"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/sm"
)

// company is the id of the company that the token may act for.
func (s *site) company(token string) string {
	s.t.Helper()
	for _, p := range into[struct{ Items []Applicant }](s.call("GET", "/api/v1/parties", token, nil).want(200)).Items {
		if p.Kind == "company" {
			return p.ID
		}
	}
	s.t.Fatal("no company")
	return ""
}

// draft makes an empty draft of the matter for the company of 李娜.
func (s *site) draft(token string, impl *catalog.Implementation) Saved {
	s.t.Helper()
	r := s.call("POST", "/api/v1/drafts", token, map[string]any{"matter": impl.Code(), "applicant": s.company(token)}).want(201)
	d := into[Saved](r)
	if r.Header.Get("Location") != "/api/v1/drafts/"+d.ID || r.Header.Get("ETag") != `"1"` {
		s.t.Errorf("%v", r.Header)
	}
	return d
}

// filled is a draft with everything in it, by way of the API alone.
func (s *site) filled(token string, impl *catalog.Implementation) string {
	s.t.Helper()
	d := s.draft(token, impl)
	s.call("PUT", "/api/v1/drafts/"+d.ID+"/values", token, impl.Form.Document(impl.Example)).want(200)
	for _, m := range into[Guide](s.call("GET", "/api/v1/matters/"+impl.Code(), "", nil).want(200)).Materials {
		if !m.Shared && strings.Contains(strings.Join(m.Accept, " "), "pdf") {
			s.upload("/api/v1/drafts/"+d.ID+"/materials/"+m.No+"/files", token, m.Name+".pdf", casetest.PDF).want(201)
		}
	}
	return d.ID
}

func (s *site) submit(token, draftID, key string, header ...string) *reply {
	s.t.Helper()
	return s.call("POST", "/api/v1/drafts/"+draftID+"/submission", token, map[string]any{"declared": true}, append(header, keyHeader, key)...)
}

// From the search to the receipt, as another system does it; sent twice it is
// one case.
func TestApplying(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := newSite(t, w)
		token := s.token("lina")
		found := into[MatterList](s.call("GET", "/api/v1/matters?q=%E5%BC%80%E9%A5%AD%E5%BA%97&open=true", "", nil).want(200))
		if len(found.Items) == 0 || found.Items[0].Code != s.Food().Code() {
			t.Fatalf("%+v", found)
		}
		id := s.filled(token, s.Food())
		first := s.submit(token, id, "k1").want(201)
		again := s.submit(token, id, "k1").want(201)
		if string(first.body) != string(again.body) || again.Header.Get(replayedHeader) != "true" || first.Header.Get(replayedHeader) != "" {
			t.Errorf("%s\n%s %v", first.body, again.body, again.Header)
		}
		if first.Header.Get("Location") != again.Header.Get("Location") {
			t.Errorf("%v %v", first.Header, again.Header)
		}
		receipt := into[Receipt](first)
		other := into[Receipt](s.submit(token, id, "k2").want(201))
		if !other.Again || other.CaseID != receipt.CaseID {
			t.Errorf("%+v", other)
		}
		list := into[struct{ Items []CaseLine }](s.call("GET", "/api/v1/cases", token, nil).want(200))
		if len(list.Items) != 1 || list.Items[0].Number != receipt.Number || list.Items[0].Channel != "api" {
			t.Errorf("%+v", list)
		}
		s.submit(token, s.filled(token, s.Food()), "k1").refused(409, "once.mismatch")
		s.call("POST", "/api/v1/drafts/"+id+"/submission", token, map[string]any{"declared": true}).refused(400, "api.key_missing")
		progress := into[Progress](s.call("GET", fmt.Sprintf("/api/v1/progress?number=%s&code=%s", receipt.Number, receipt.CheckCode), "", nil).want(200))
		if progress.Status != "received" || strings.Contains(fmt.Sprint(progress), "嘉禾") {
			t.Errorf("%+v", progress)
		}
	})
}

// Twenty that meet under one key are one case, and everybody gets the receipt.
func TestSubmittingAtOnce(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := newSite(t, w)
		token := s.token("lina")
		id := s.filled(token, s.Food())
		cases := make(chan string)
		for n := range 20 {
			go func() {
				r := s.submit(token, id, fmt.Sprint("k", n%4))
				if r.StatusCode != 201 {
					t.Errorf("%d: %s", r.StatusCode, r.body)
				}
				var receipt Receipt
				json.Unmarshal(r.body, &receipt)
				cases <- receipt.CaseID
			}()
		}
		seen := map[string]bool{}
		for range 20 {
			seen[<-cases] = true
		}
		if len(seen) != 1 {
			t.Errorf("%v", seen)
		}
	})
}

// What is created under a key is created once, and the key stands for that one
// request.
func TestKeys(t *testing.T) {
	s := sqlite(t)
	token := s.token("lina")
	company := s.company(token)
	body := map[string]any{"matter": s.Food().Code(), "applicant": company}
	first := s.call("POST", "/api/v1/drafts", token, body, keyHeader, "d").want(201)
	again := s.call("POST", "/api/v1/drafts", token, fmt.Sprintf(`{ "applicant":%q,  "matter":%q }`, company, s.Food().Code()), keyHeader, "d").want(201)
	if string(first.body) != string(again.body) || again.Header.Get(replayedHeader) != "true" || again.Header.Get("ETag") != `"1"` {
		t.Errorf("%s\n%s", first.body, again.body)
	}
	s.call("POST", "/api/v1/drafts", token, map[string]any{"matter": s.Food().Code(), "applicant": company, "variant": "01"}, keyHeader, "d").refused(409, "once.mismatch")
	s.call("POST", "/api/v1/drafts", token, body, keyHeader, "a b").refused(422, "once.key")
	id := into[Saved](first).ID
	path := "/api/v1/drafts/" + id + "/materials/002/files"
	one := into[File](s.upload(path, token, "执照.pdf", casetest.PDF, keyHeader, "f").want(201))
	two := into[File](s.upload(path, token, "执照.pdf", casetest.PDF, keyHeader, "f").want(201))
	if one != two {
		t.Errorf("%v %v", one, two)
	}
	s.upload(path, token, "执照.pdf", append(casetest.PDF, '\n'), keyHeader, "f").refused(409, "once.mismatch")
	s.call("POST", "/api/v1/drafts", s.token("zhaomin"), body, keyHeader, "d").want(201) // keys of others are others
	// A refusal uses no key up.
	s.call("PUT", "/api/v1/drafts/"+id+"/values", token, map[string]any{"no_such": 1}, keyHeader, "v").refused(422, "api.invalid")
	s.call("PUT", "/api/v1/drafts/"+id+"/values", token, map[string]any{}, keyHeader, "v").want(200)
	s.call("DELETE", "/api/v1/drafts/"+id, token, nil, keyHeader, "x").want(204)
	s.call("DELETE", "/api/v1/drafts/"+id, token, nil, keyHeader, "x").want(204)
	s.call("DELETE", "/api/v1/drafts/"+id, token, nil).refused(409, "draft.closed")
}

// Whoever saw an old version is told where the draft stands now.
func TestVersions(t *testing.T) {
	s := sqlite(t)
	token := s.token("lina")
	d := s.draft(token, s.Food())
	path := "/api/v1/drafts/" + d.ID
	shown := s.call("GET", path, token, nil).want(200)
	tag := shown.Header.Get("ETag")
	values := into[Draft](shown).Form.Values
	saved := s.call("PUT", path+"/values", token, values, "If-Match", tag).want(200)
	if saved.Header.Get("ETag") != `"2"` {
		t.Errorf("%v", saved.Header)
	}
	late := s.call("PUT", path+"/values", token, values, "If-Match", tag)
	p := late.refused(412, "draft.stale")
	if p.Current == nil || *p.Current != (Current{2, "open", `"2"`}) || late.Header.Get("ETag") != `"2"` {
		t.Errorf("%s", late.body)
	}
	s.call("PUT", path+"/values", token, values, "If-Match", p.Current.ETag).want(200)
	s.call("PUT", path+"/values", token, values, "If-Match", "*").want(200)
	for _, bad := range []string{"2", `W/"2"`, `"0"`, `"x"`, `"1", "2"`, `"99999999999"`} {
		if p := s.call("PUT", path+"/values", token, values, "If-Match", bad).refused(422, "api.invalid"); p.at("If-Match") != "api.if_match" {
			t.Errorf("%s: %v", bad, p.Errors)
		}
	}
	s.submit(token, d.ID, "s", "If-Match", `"1"`).refused(412, "draft.stale")
}

// Sensitive answers come back masked, stay when they are not sent, and go when
// null is.
func TestSensitiveAnswers(t *testing.T) {
	s := sqlite(t)
	token := s.token("wangxiaoming")
	impl := s.Food()
	mine := into[struct{ Items []Applicant }](s.call("GET", "/api/v1/parties", token, nil).want(200)).Items
	if len(mine) != 1 || !strings.Contains(mine[0].IDNumber, "*") {
		t.Fatalf("%+v", mine)
	}
	d := into[Saved](s.call("POST", "/api/v1/drafts", token, map[string]any{"matter": impl.Code(), "applicant": mine[0].ID}).want(201))
	path := "/api/v1/drafts/" + d.ID
	held := into[Draft](s.call("GET", path, token, nil).want(200)).Form
	if len(held.Held) == 0 {
		t.Fatalf("%+v", held)
	}
	for id, masked := range held.Held {
		if _, open := held.Values[id]; open || !strings.Contains(masked, "*") {
			t.Errorf("%s: %s", id, masked)
		}
	}
	s.call("PUT", path+"/values", token, held.Values).want(200)
	if after := into[Draft](s.call("GET", path, token, nil).want(200)).Form; fmt.Sprint(after.Held) != fmt.Sprint(held.Held) {
		t.Errorf("%v, were %v", after.Held, held.Held)
	}
	for id := range held.Held {
		held.Values[id] = nil
	}
	s.call("PUT", path+"/values", token, held.Values).want(200)
	if after := into[Draft](s.call("GET", path, token, nil).want(200)).Form; len(after.Held) != 0 {
		t.Errorf("%v", after.Held)
	}
}

func TestParties(t *testing.T) {
	s := sqlite(t)
	for login, want := range map[string]string{"lina": "self legal", "zhaomin": "self agent", "wangxiaoming": "self"} {
		var got []string
		for _, p := range into[struct{ Items []Applicant }](s.call("GET", "/api/v1/parties", s.token(login), nil).want(200)).Items {
			got = append(got, p.Relation)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v", login, got)
		}
	}
	s.call("GET", "/api/v1/parties", s.token("clerk"), nil).refused(403, "permission")
	s.call("GET", "/api/v1/parties", s.token("lina", staff.CaseRead), nil).refused(403, "permission")
}

// Whoever follows a case over the API learns of a clock that stands: what, why,
// for how long; not of findings.
func TestProgressTellsOfProcedures(t *testing.T) {
	s := sqlite(t)
	c := s.Walk(s.Submit(s.Matter("节能审查")), flow.Examine)
	_, err := s.api.Procedures.Begin(context.Background(), s.Actor("handler"), procedure.Begin{Seen: casetest.Seen(c), Kind: procedure.ExpertReview, Days: 15, Why: "内部理由"})
	if err != nil {
		t.Fatal(err)
	}
	r := s.call("GET", fmt.Sprintf("/api/v1/progress?number=%s&code=%s", c.Number, s.Casework.CheckCode(c)), "", nil).want(200)
	progress := into[Progress](r)
	if len(progress.Procedures) != 1 || strings.Contains(string(r.body), "内部理由") {
		t.Fatalf("%s", r.body)
	}
	if x := progress.Procedures[0]; x.Kind != "expert" || x.State != "open" || x.StoppedDays != 15 || x.Law == "" || x.By == "" {
		t.Errorf("%+v", x)
	}
}

// An applicant chooses 告知承诺 through another system: the text is read, signed
// as it was shown, and only then is the application taken.
func TestPromisingThroughTheAPI(t *testing.T) {
	s := sqlite(t)
	token, impl := s.token("lina"), s.Matter("出版物零售业务经营许可")
	ways := into[Guide](s.call("GET", "/api/v1/matters/"+impl.Code(), "", nil).want(200)).Variants[0].Ways
	if !slices.Contains(ways, Way{"commitment", "告知承诺"}) {
		t.Fatalf("%+v", ways)
	}
	begin := func(mode string, m *catalog.Implementation) *reply {
		return s.call("POST", "/api/v1/drafts", token, map[string]any{"matter": m.Code(), "applicant": s.company(token), "mode": mode})
	}
	begin("commitment", s.Food()).refused(422, "mode.no_commitment")
	begin("miracle", impl).refused(422, "api.invalid")
	draft := "/api/v1/drafts/" + into[Saved](begin("commitment", impl).want(201)).ID
	s.call("PUT", draft+"/values", token, impl.Form.Document(impl.Example)).want(200)
	if d := into[Draft](s.call("GET", draft, token, nil).want(200)); d.Way.Mode != "commitment" {
		t.Errorf("%+v", d.Way)
	}
	shown := into[Promise](s.call("GET", draft+"/promise", token, nil).want(200))
	if shown.Signed || shown.SM3 != sm.Digest([]byte(shown.Words)) || !strings.Contains(shown.Words, impl.Name) {
		t.Errorf("%+v", shown)
	}
	sign := func(digest, name string) *reply {
		return s.call("PUT", draft+"/promise", token, map[string]any{"sm3": digest, "agreed": true, "name": name})
	}
	sign(strings.Repeat("0", 64), "李娜").refused(409, "promise.changed")
	sign(shown.SM3, " ").refused(422, "form.invalid")
	if r := s.call("POST", draft+"/submission", token, map[string]any{"declared": true}, keyHeader, "p1"); !strings.Contains(string(r.body), "承诺") {
		t.Errorf("%d %s", r.StatusCode, r.body)
	}
	if p := into[Promise](sign(shown.SM3, "李娜").want(200)); !p.Signed || p.By != "李娜" {
		t.Errorf("%+v", p)
	}
	s.call("GET", draft+"/promise", s.token("wangxiaoming"), nil).refused(404, "draft.missing")
	if r := s.call("POST", draft+"/submission", token, map[string]any{"declared": true}, keyHeader, "p2"); strings.Contains(string(r.body), "promise") {
		t.Errorf("%d %s", r.StatusCode, r.body)
	}
}
