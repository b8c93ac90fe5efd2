package api

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
)

// What is wrong is named by place and rule, and the rejected value is not said
// back.
func TestWrongInput(t *testing.T) {
	s := sqlite(t)
	token := s.token("lina")
	company := s.company(token)
	d := s.draft(token, s.Food())
	values := "/api/v1/drafts/" + d.ID + "/values"
	submission := "/api/v1/drafts/" + d.ID + "/submission"
	const secret = "机密4401"
	long := strings.Repeat("长", 10_000)
	for _, x := range []struct {
		method, path, body string
		status             int
		code, field, why   string
	}{
		{"POST", "/api/v1/drafts", `{"matter":12,"applicant":"` + company + `"}`, 422, "api.invalid", "matter", "api.type"},
		{"POST", "/api/v1/drafts", `{"applicant":"` + company + `"}`, 422, "api.invalid", "matter", "api.required"},
		{"POST", "/api/v1/drafts", `{"matter":"` + secret + `","applicant":"x"}`, 422, "api.invalid", "matter", "api.pattern"},
		{"POST", "/api/v1/drafts", `{"matter":"` + long + `","applicant":"x"}`, 422, "api.invalid", "applicant", "api.pattern"},
		{"POST", "/api/v1/drafts", `{"Matter":"` + s.Food().Code() + `","applicant":"` + company + `"}`, 422, "api.invalid", "Matter", "api.unknown"},
		{"POST", "/api/v1/drafts", `{"matter":"` + s.Food().Code() + `","applicant":"` + company + `","admin":"` + secret + `"}`, 422, "api.invalid", "admin", "api.unknown"},
		{"POST", "/api/v1/drafts", `{"matter":"` + s.Food().Code() + `","applicant":"` + company + `","variant":"99"}`, 422, "api.invalid", "variant", "api.value"},
		{"POST", "/api/v1/drafts", `{"matter":"999999999999999999999999999999Z","applicant":"` + company + `"}`, 404, "catalog.missing", "", ""},
		{"POST", "/api/v1/drafts", `{"matter":"` + s.Food().Code() + `","applicant":"` + someID + `"}`, 403, "party.not_yours", "", ""},
		{"POST", "/api/v1/drafts", `[1,2]`, 422, "api.invalid", "", "api.type"},
		{"POST", "/api/v1/drafts", `{"matter":"` + secret, 400, "api.body", "", ""},
		{"POST", "/api/v1/drafts", `{} {}`, 400, "api.body", "", ""},
		{"POST", "/api/v1/drafts", ``, 400, "api.body_missing", "", ""},
		{"POST", "/api/v1/drafts", strings.Repeat("[", 100_000), 400, "api.body", "", ""},
		{"POST", "/api/v1/drafts", `{"matter":"` + strings.Repeat("9", 1<<20) + `"}`, 413, "request.size", "", ""},
		{"PUT", values, `{"` + secret + `":1,"legal_name":"x"}`, 422, "api.invalid", secret, "api.unknown"},
		{"PUT", values, `{"` + strings.Repeat("x", 5000) + `":1}`, 422, "api.invalid", strings.Repeat("x", 80) + "…", "api.unknown"},
		{"PUT", values, `{"company.name":{"a":1}}`, 422, "form.document", "company.name", "form.json_type"},
		{"PUT", values, `{"company.name":"` + strings.Repeat("长", 20_001) + `"}`, 422, "form.invalid", "company.name", "form.too_long"},
		{"PUT", values, `"x"`, 422, "api.invalid", "", "api.type"},
		{"POST", submission, `{"declared":"yes"}`, 422, "api.invalid", "declared", "api.type"},
		{"POST", submission, `{"declared":false}`, 422, "form.invalid", "declared", "submit.declare"},
		{"GET", "/api/v1/cases?limit=1001", "", 422, "api.invalid", "limit", "api.max"},
		{"GET", "/api/v1/cases?limit=0", "", 422, "api.invalid", "limit", "api.min"},
		{"GET", "/api/v1/cases?limit=x" + secret, "", 422, "api.invalid", "limit", "api.type"},
		{"GET", "/api/v1/cases?after=%00%ff", "", 422, "api.invalid", "after", "api.pattern"},
		{"GET", "/api/v1/cases?sort=name", "", 422, "api.invalid", "sort", "api.unknown"},
		{"GET", "/api/v1/cases/%00%27or%201=1", "", 422, "api.invalid", "id", "api.pattern"},
		{"GET", "/api/v1/cases/" + someID, "", 404, "case.missing", "", ""},
		{"GET", "/api/v1/matters?audience=alien", "", 422, "api.invalid", "audience", "api.one_of"},
		{"GET", "/api/v1/matters?open=maybe", "", 422, "api.invalid", "open", "api.type"},
		{"GET", "/api/v1/matters?q=" + strings.Repeat("x", 101), "", 422, "api.invalid", "q", "api.max_length"},
		{"GET", "/api/v1/progress?number=1", "", 422, "api.invalid", "code", "api.required"},
		{"GET", "/api/v1/progress?number=1&code=2", "", 422, "case.number", "number", "case.number_length"},
	} {
		body := any(x.body)
		if x.body == "" && x.method == "GET" {
			body = nil
		}
		r := s.call(x.method, x.path, token, body, keyHeader, "k")
		p := r.refused(x.status, x.code)
		if x.why != "" && p.at(x.field) != x.why {
			t.Errorf("%s %.60s: %+v", x.path, x.body, p.Errors)
		}
		if strings.Contains(string(r.body), secret) && x.field != secret || len(r.body) > 4000 {
			t.Errorf("%s says back what it refused: %.200s", x.path, r.body)
		}
	}
	s.call("POST", "/api/v1/drafts", token, "<a/>", "Content-Type", "application/xml").refused(415, "api.media_type")
}

// A wrong digit in a number is named by its place and not repeated.
func TestWrongDigits(t *testing.T) {
	s := sqlite(t)
	token := s.token("lina")
	d := s.draft(token, s.Food())
	path := "/api/v1/drafts/" + d.ID
	values := into[Draft](s.call("GET", path, token, nil).want(200)).Form.Values
	for id := range s.Food().Form.Document(s.Food().Example) {
		if strings.Contains(id, "id_number") {
			values[id] = "110105194912310021"
		}
		if strings.HasSuffix(id, "uscc") {
			values[id] = "91110108551385082R"
		}
	}
	saved := s.call("PUT", path+"/values", token, values).want(200)
	stopped := s.submit(token, d.ID, "k")
	p := stopped.refused(422, "form.invalid")
	found := map[string]int{}
	for _, e := range p.Errors {
		found[e.Code]++
	}
	if found["form.id_number"] == 0 || found["material.lacking"] == 0 || strings.Contains(string(stopped.body)+string(saved.body), "19491231") {
		t.Errorf("%s", stopped.body)
	}
	for _, e := range into[Saved](saved).Problems {
		found[e.Code]--
	}
	if found["form.id_number"] != 0 {
		t.Errorf("saving and submitting disagree: %v", found)
	}
}

func TestHostileUploads(t *testing.T) {
	s := sqlite(t, func(d *Deps) { d.Limits.FileBytes = 1 << 20 })
	token := s.token("lina")
	d := s.draft(token, s.Food())
	path := "/api/v1/drafts/" + d.ID + "/materials/002/files"
	for name, want := range map[string]string{
		"../../../etc/passwd.pdf": "passwd.pdf", `..\\..\\windows\\system32\\a.pdf`: "a.pdf", "/root/x.pdf": "x.pdf",
		"a\tb.pdf": "ab.pdf", strings.Repeat("长", 300) + ".pdf": strings.Repeat("长", 116) + ".pdf",
	} {
		if f := into[File](s.upload(path, token, name, casetest.PDF).want(201)); f.Name != want {
			t.Errorf("%q became %q", name, f.Name)
		}
	}
	s.upload(path, token, "a.pdf", nil).refused(422, "upload.empty")
	s.upload(path, token, "a.exe", []byte("MZ")).refused(422, "upload.type")
	s.upload(path, token, "", casetest.PDF).want(422)
	s.upload(path, token, "a.png", casetest.PDF).refused(422, "upload.mismatch")
	s.upload(path, token, "a.pdf", append(casetest.PDF, make([]byte, 1<<20)...)).refused(413, "upload.file")
	s.upload(path, token, "a.pdf", append(casetest.PDF, make([]byte, 2<<20)...)).refused(413, "upload.file")
	s.upload(strings.Replace(path, "002", "999", 1), token, "a.pdf", casetest.PDF).refused(404, "material.missing")
	s.call("POST", path, token, "{}").refused(415, "api.media_type")
	s.call("POST", path, token, "x", "Content-Type", "multipart/form-data").refused(400, "request.broken")
	s.call("POST", path, token, "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF", "Content-Type", "multipart/form-data; boundary=x").refused(400, "request.broken")
	s.call("POST", path, token, "--x--\r\n", "Content-Type", "multipart/form-data; boundary=x").refused(422, "api.invalid")
	for code, parts := range map[string][]part{
		"api.file_one": {{"file", "a.pdf", casetest.PDF}, {"file", "b.pdf", casetest.PDF}},
		"api.unknown":  {{"document", "a.pdf", casetest.PDF}},
	} {
		body, contentType := multipartOf(parts...)
		if p := s.call("POST", path, token, body, "Content-Type", contentType).refused(422, "api.invalid"); p.Errors[0].Code != code {
			t.Errorf("%s: %+v", code, p.Errors)
		}
	}
	if files := into[Draft](s.call("GET", "/api/v1/drafts/"+d.ID, token, nil).want(200)).Files; len(files) != 5 {
		t.Errorf("%d files", len(files))
	}
}

// A reason with a character that a store would choke on is refused.
func TestControlCharacters(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		s := newSite(t, w)
		c := s.Submit(s.Food())
		s.call("POST", "/api/v1/cases/"+c.ID+"/withdrawal", s.token("lina"), `{"reason":"a\u0000b"}`).refused(422, "api.invalid")
		token := s.token("lina")
		d := s.draft(token, s.Food())
		s.call("PUT", "/api/v1/drafts/"+d.ID+"/values", token, `{"company.name":"a\u0000b"}`).want(200)
		for _, e := range into[Saved](s.call("PUT", "/api/v1/drafts/"+d.ID+"/values", token, `{"company.name":"a\u0000b"}`).want(200)).Problems {
			if e.Field == "company.name" && e.Code != "form.control_char" {
				t.Errorf("%+v", e)
			}
		}
	})
}

func TestPathsThatAreNone(t *testing.T) {
	s := sqlite(t)
	for path, status := range map[string]int{"/api/v1": 404, "/api/v1/nothing": 404, "/api/v2/matters": 404, "/api/v1/cases/a/b/c/d": 404} {
		r := s.call("GET", path, "", nil)
		if r.refused(status, "api.path"); r.Header.Get("Content-Type") != problemType {
			t.Errorf("%v", r.Header)
		}
	}
	r := s.call("PATCH", "/api/v1/drafts", "", nil)
	if r.refused(405, "api.method"); !strings.Contains(r.Header.Get("Allow"), "POST") {
		t.Errorf("%v", r.Header)
	}
}

// Every answer carries its id and is kept from caches and frames.
func TestHeaders(t *testing.T) {
	s := sqlite(t)
	token := s.token("lina")
	r := s.call("GET", "/api/v1/cases", token, nil, "X-Request-ID", "caller-12345678")
	for name, want := range map[string]string{"X-Request-Id": "caller-12345678", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
		"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "Set-Cookie": "", "Access-Control-Allow-Origin": ""} {
		if r.Header.Get(name) != want {
			t.Errorf("%s: %q", name, r.Header.Get(name))
		}
	}
	if r := s.call("GET", "/api/v1/cases", token, nil, "X-Request-ID", "a\tb"); len(r.Header.Get("X-Request-Id")) != 26 {
		t.Errorf("%v", r.Header)
	}
	if r := s.call("GET", "/api/v1/matters", "", nil); r.Header.Get("Cache-Control") != "public, max-age=60" {
		t.Errorf("%v", r.Header)
	}
}

// What nobody planned for goes to the log and not to the caller, whether it is
// an error or a panic.
func TestNothingLeaks(t *testing.T) {
	s := sqlite(t)
	for _, token := range []string{"", s.token("lina")} {
		s.log.Reset()
		s.api.Catalog = nil // a nil service panics
		r := s.call("GET", "/api/v1/matters", token, nil)
		p := r.refused(500, "internal")
		if strings.Contains(string(r.body), "nil") || !strings.Contains(s.log.String(), p.RequestID) || !strings.Contains(s.log.String(), "panic") {
			t.Errorf("%s\n%s", r.body, s.log)
		}
	}
	req := &request{api: s.api, id: "r", r: mustRequest(t)}
	p := s.api.problem(req, fmt.Errorf("password of the store is x: %w", io.ErrUnexpectedEOF))
	if data, _ := json.Marshal(p); p.Status != 500 || strings.Contains(string(data), "store") || !strings.Contains(s.log.String(), "password of the store") {
		t.Errorf("%+v\n%s", p, s.log)
	}
	p = s.api.problem(req, fault.Unavailable(io.ErrUnexpectedEOF))
	if p.Status != 503 || p.header.Get("Retry-After") != "5" {
		t.Errorf("%+v", p)
	}
}

func mustRequest(t *testing.T) *http.Request {
	t.Helper()
	r, err := http.NewRequest("GET", "/", nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Every code that an operation documents has its Chinese words.
func TestDocumentedCodesHaveWords(t *testing.T) {
	words := text.Codes()
	for _, c := range sqlite(t).api.calls {
		for _, f := range c.faults {
			if words[f[4:]] == "" {
				t.Errorf("%s: %s", c.id, f)
			}
		}
		for _, p := range c.needs {
			if text.Label(text.Permission, string(p)) == string(p) {
				t.Errorf("%s: %s", c.id, p)
			}
		}
	}
}
