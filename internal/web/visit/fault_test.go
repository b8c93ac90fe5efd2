package visit

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"onewindow/internal/kit/fault"
	"onewindow/internal/web/ui"
)

func TestEveryFaultIsAChinesePage(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		words  string
	}{
		{fault.Invalid("form.invalid", fault.At("a", "text.required")), 422, "请按提示更正"},
		{fault.Refused("supplement.once", "行政许可法第三十二条第一款第（四）项"), 422, "依据：行政许可法第三十二条第一款第（四）项"},
		{fault.Denied("permission"), 403, "权限"},
		{fault.Missing("case.missing"), 404, "没有找到这个办件"},
		{fault.Conflict("stale"), 409, "刷新"},
		{fault.TooLarge("request.size", "max", "1.0 MB"), 413, "1.0 MB"},
		{fault.TooMany("request.rate", "seconds", "9"), 429, "9 秒"},
		{fault.Unavailable(errors.New("dial 10.0.0.1 secret")), 503, "稍后再试"},
		{fmt.Errorf("wrapped: %w", errors.New("pq: secret")), 500, "系统出了故障"},
		{context.DeadlineExceeded, 503, "稍后再试"},
	} {
		s := newSite(t)
		s.handle("GET /try", func(*Visit) error { return c.err })
		p := s.Get("/try", "X-Request-ID", "request-0001").Want(c.status, "h1", "main", "[data-hold]")
		if !strings.Contains(p.Text("main"), c.words) || !strings.Contains(p.Text("main"), "request-0001") {
			t.Errorf("%v: %s", c.err, p.Text("main"))
		}
		if strings.Contains(p.Body, "secret") {
			t.Errorf("%v: the cause is shown", c.err)
		}
		if c.status >= 500 && !strings.Contains(s.log.String(), "secret") && c.err != context.DeadlineExceeded {
			t.Errorf("%v: the cause is not logged", c.err)
		}
	}
}

func TestFaultAsFragment(t *testing.T) {
	s := newSite(t)
	s.handle("POST /try", func(*Visit) error { return fault.Conflict("stale") })
	p := s.Post("/try", nil, "HX-Request", "true").Want(409, "[role=alert]")
	if strings.Contains(p.Body, "<html") || strings.Contains(p.Body, "<header") {
		t.Error(p.Body)
	}
	s.handle("POST /mine/save", func(*Visit) error { return nil }, SignedIn())
	s.Post("/mine/save", nil, "HX-Request", "true", "Referer", s.URL+"/mine").Want(401, `[role=alert] a[href="/sign-in?to=%2Fmine"]`)
}

func TestPanic(t *testing.T) {
	s := newSite(t)
	s.handle("GET /try", func(*Visit) error { panic("secret") })
	s.mux.HandleFunc("GET /plain", func(http.ResponseWriter, *http.Request) { panic("secret") })
	for _, path := range []string{"/try", "/plain"} {
		if p := s.Get(path).Want(500, "h1"); strings.Contains(p.Body, "secret") {
			t.Error(p.Body)
		}
	}
	if !strings.Contains(s.log.String(), "panic: secret") || !strings.Contains(s.log.String(), "fault_test.go") {
		t.Error("no stack in the log")
	}
	s.Get("/").Want(200)
}

func TestUnknownPaths(t *testing.T) {
	s := newSite(t)
	s.Get("/nowhere/at/all").Want(404, "h1", ".ow-header")
	p := s.Post("/mine", nil).Want(405, "h1")
	if p.Header.Get("Allow") != "GET, HEAD" {
		t.Error(p.Header.Get("Allow"))
	}
	s.signIn(t, "anna")
	s.Get("/nowhere").Want(404, ".ow-side")
}

func TestAgain(t *testing.T) {
	s := newSite(t)
	var err error
	s.handle("POST /form", func(v *Visit) error {
		return v.Again(err, func(p ui.Problems) templ.Component {
			return ui.Text(ui.Field{Name: "name", Label: "名称", Value: v.Text("name"), Error: p.At("name")})
		})
	})
	err = fault.Invalid("form.invalid", fault.At("name", "form.required", "label", "名称"))
	p := s.Post("/form", url.Values{"name": {" 甲 "}}).Want(422, `input[value="甲"][aria-invalid="true"]`)
	if p.Text("#f-name-error") != "请填写名称" {
		t.Error(p.Body)
	}
	err = fault.Denied("permission")
	s.Post("/form", nil).Want(403, "h1")
}

// Nothing personal is logged: no path, no query, no body.
func TestLog(t *testing.T) {
	s := newSite(t)
	s.signIn(t, "anna")
	s.Get("/cases/130682199001011234?name=zhangsan", "Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01").Want(200)
	s.Get("/nowhere/130682199001011234")
	s.Post("/act", url.Values{"phone": {"13800138000"}})
	log := s.log.String()
	for _, secret := range []string{"130682199001011234", "zhangsan", "13800138000"} {
		if strings.Contains(log, secret) {
			t.Errorf("%s is logged", secret)
		}
	}
	for _, want := range []string{`"pattern":"GET /cases/{id}"`, `"status":200`, `"actor":"anna"`, `"trace":"0af7651916cd43dd8448eb211c80319c"`,
		`"fault":"page.missing"`, `"ip":"127.0.0.1"`} {
		if !strings.Contains(log, want) {
			t.Errorf("no %s in %s", want, log)
		}
	}
}
