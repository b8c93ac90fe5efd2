package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/document"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/procedure"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/pdf"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/ui/static"
	"onewindow/internal/web/webtest"
)

func TestMain(m *testing.M) { webtest.Run(m) }

// site is a city with an API. Every answer that passes it is held to the
// published document.
type site struct {
	*casetest.World
	t     testing.TB
	api   *API
	url   string
	log   *bytes.Buffer
	rules *rules
}

func newSite(t testing.TB, w *casetest.World, change ...func(*Deps)) *site {
	t.Helper()
	s := &site{World: w, t: t, log: &bytes.Buffer{}}
	fonts := pdf.NewFonts()
	d := Deps{DB: w.DB, Staff: w.Staff, Party: w.Party, Catalog: w.Catalog, Casework: w.Casework, Limits: casetest.Limits,
		Procedures: procedure.New(w.DB, procedure.Options{Casework: w.Casework, Blobs: w.Blobs, FileBytes: casetest.Limits.FileBytes}),
		Documents:  document.New(w.DB, document.Options{Fonts: fonts, Blobs: w.Blobs, Authority: w.Sign, Watermark: "演示·无法律效力"}),
		Licences: licence.New(w.DB, licence.Options{Casework: w.Casework, Catalog: w.Catalog, Keys: w.Keys, Authority: w.Sign, Fonts: fonts, Blobs: w.Blobs,
			BaseURL: "http://127.0.0.1:8080"}),
		Log: slog.New(slog.NewTextHandler(s.log, nil)), Site: ui.Site{Name: "定州市政务服务"}}
	for _, c := range change {
		c(&d)
	}
	s.api = New(d)
	mux := http.NewServeMux()
	mux.Handle("/", s.api.Handler())
	mux.Handle("GET "+static.Prefix, static.Handler())
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	s.url = srv.URL
	s.rules = rulesOf(t, s.api)
	return s
}

func sqlite(t testing.TB, change ...func(*Deps)) *site {
	return newSite(t, casetest.SQLite(t), change...)
}

// token gives a token of a demonstration account; without permissions it may do
// all that the account may.
func (s *site) token(login string, may ...staff.Permission) string {
	s.t.Helper()
	if len(may) == 0 {
		may = staff.Permissions()
	}
	_, token := s.issue(login, 30, may...)
	return token
}

func (s *site) issue(login string, days int, may ...staff.Permission) (tokenID, token string) {
	s.t.Helper()
	tokenID, token, err := s.Staff.IssueToken(context.Background(), s.Actor("sysadmin"), staff.IssueToken{
		AccountID: s.Actor(login).AccountID, Name: "测试系统", Permissions: may, Days: days})
	if err != nil {
		s.t.Fatal(err)
	}
	return tokenID, token
}

// reply is one answer.
type reply struct {
	*http.Response
	body []byte
	t    testing.TB
}

// call sends a request; header holds pairs. A body that is no reader is sent as
// JSON.
func (s *site) call(method, path, token string, body any, header ...string) *reply {
	s.t.Helper()
	var from io.Reader
	switch b := body.(type) {
	case nil:
	case io.Reader:
		from = b
	case string:
		from = strings.NewReader(b)
	default:
		data, err := json.Marshal(b)
		if err != nil {
			s.t.Fatal(err)
		}
		from = bytes.NewReader(data)
	}
	r, err := http.NewRequest(method, s.url+path, from)
	if err != nil {
		s.t.Fatal(err)
	}
	if from != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return s.send(r)
}

func (s *site) send(r *http.Request) *reply {
	s.t.Helper()
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	out := &reply{res, data, s.t}
	s.rules.check(s.t, r, out)
	return out
}

// upload sends a file under a name.
func (s *site) upload(path, token, name string, content []byte, header ...string) *reply {
	s.t.Helper()
	body, contentType := multipartOf(part{"file", name, content})
	return s.call("POST", path, token, body, append([]string{"Content-Type", contentType}, header...)...)
}

type part struct {
	field, name string
	content     []byte
}

// multipartOf writes names as they are, however hostile.
func multipartOf(parts ...part) (io.Reader, string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range parts {
		h := textproto.MIMEHeader{}
		h.Set("Content-Disposition", fmt.Sprintf(`form-data; name="%s"; filename="%s"`, p.field, p.name))
		to, _ := w.CreatePart(h)
		to.Write(p.content)
	}
	w.Close()
	return &b, w.FormDataContentType()
}

// want fails the test unless the status is as given.
func (r *reply) want(status int) *reply {
	r.t.Helper()
	if r.StatusCode != status {
		r.t.Fatalf("%s %s: status %d, want %d: %s", r.Request.Method, r.Request.URL.Path, r.StatusCode, status, r.body)
	}
	return r
}

// refused fails the test unless it is a problem with the code.
func (r *reply) refused(status int, code string) Problem {
	r.t.Helper()
	r.want(status)
	p := into[Problem](r)
	if p.Code != code {
		r.t.Fatalf("%s %s: code %s, want %s: %s", r.Request.Method, r.Request.URL.Path, p.Code, code, r.body)
	}
	return p
}

// at is the problem of a field, "" when it has none.
func (p Problem) at(field string) string {
	for _, e := range p.Errors {
		if e.Field == field {
			return e.Code
		}
	}
	return ""
}

func into[T any](r *reply) (out T) {
	r.t.Helper()
	if err := json.Unmarshal(r.body, &out); err != nil {
		r.t.Fatalf("%v: %s", err, r.body)
	}
	return out
}

// rules are what the published document promises.
type rules struct {
	calls   []*call
	schemas map[string]*jsonschema.Schema // "id status", "id body"
}

func rulesOf(t testing.TB, a *API) *rules {
	t.Helper()
	data, err := json.Marshal(a.huma.OpenAPI())
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("http://api/openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	r := &rules{calls: a.calls, schemas: map[string]*jsonschema.Schema{}}
	for _, call := range a.calls {
		path := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(call.path)
		at := fmt.Sprintf("http://api/openapi.json#/paths/%s/%s/", path, strings.ToLower(call.method))
		add := func(name, place, media string) {
			if r.schemas[name], err = c.Compile(at + place + "/content/" + strings.ReplaceAll(media, "/", "~1") + "/schema"); err != nil {
				t.Fatal(err)
			}
		}
		for status, res := range call.op.Responses {
			for media := range res.Content {
				if strings.Contains(media, "json") {
					add(call.id+" "+status, "responses/"+status, media)
				}
			}
		}
		if b := call.op.RequestBody; b != nil && call.body == nil {
			add(call.id+" body", "requestBody", "application/json")
		}
	}
	return r
}

// personal is what no answer may hold: an identity number, whole. The one that
// GB 11643 itself gives as an example stands in published example forms.
var personal = regexp.MustCompile(`(?:^|[^0-9A-Za-z])(\d{17}[\dXx])(?:[^0-9A-Za-z]|$)`)

// check holds an answer to the document.
func (r *rules) check(t testing.TB, req *http.Request, res *reply) {
	t.Helper()
	where := req.Method + " " + req.URL.Path
	if strings.Contains(res.Header.Get("Content-Type"), "json") {
		for _, found := range personal.FindAllSubmatch(res.body, -1) {
			if string(found[1]) != "11010519491231002X" {
				t.Errorf("%s: says %s", where, found[1])
			}
		}
		if bytes.Contains(res.body, []byte("$schema")) && !strings.HasSuffix(req.URL.Path, "/form") && !strings.HasSuffix(req.URL.Path, "openapi.json") {
			t.Errorf("%s: names a schema", where)
		}
	}
	c := r.find(req)
	if c == nil {
		return
	}
	status := fmt.Sprint(res.StatusCode)
	if c.op.Responses[status] == nil {
		t.Errorf("%s: status %s is not documented: %s", where, status, res.body)
		return
	}
	if schema := r.schemas[c.id+" "+status]; schema != nil && req.Method != http.MethodHead {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(res.body))
		if err == nil {
			err = schema.Validate(doc)
		}
		if err != nil {
			t.Errorf("%s: %v\n%s", where, err, res.body)
		}
	}
	if res.StatusCode >= 400 {
		r.checkProblem(t, c, status, res)
	}
}

func (r *rules) checkProblem(t testing.TB, c *call, status string, res *reply) {
	t.Helper()
	p := into[Problem](res)
	if !slices.Contains(c.codes(status), p.Code) {
		t.Errorf("%s: %s %s is not documented: %s", c.id, status, p.Code, res.body)
	}
	han := regexp.MustCompile(`\p{Han}`)
	if p.Type != "/problems/"+p.Code || p.RequestID == "" || !han.MatchString(p.Title) || !han.MatchString(p.Detail) || p.Status != res.StatusCode {
		t.Errorf("%s: %s", c.id, res.body)
	}
	for _, e := range p.Errors {
		if !han.MatchString(e.Message) {
			t.Errorf("%s: %s", c.id, res.body)
		}
	}
}

// find is the operation that a request is for.
func (r *rules) find(req *http.Request) *call {
	path, ok := strings.CutPrefix(req.URL.Path, Prefix)
	if !ok {
		return nil
	}
	parts := strings.Split(path, "/")
	for _, c := range r.calls {
		names := strings.Split(c.path, "/")
		if c.method != req.Method || len(names) != len(parts) {
			continue
		}
		same := true
		for i, n := range names {
			same = same && (n == parts[i] || strings.HasPrefix(n, "{"))
		}
		if same {
			return c
		}
	}
	return nil
}
