package webtest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// hearing is a test that hears what would have failed it.
type hearing struct {
	testing.TB
	heard []string
}

func (h *hearing) Helper() {}
func (h *hearing) Errorf(format string, args ...any) {
	h.heard = append(h.heard, fmt.Sprintf(format, args...))
}

const faulty = `<!DOCTYPE html><html lang="zh-CN"><head><title>x</title></head><body><main><h1>x</h1>
<input type="text" name="a"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><div><svg width="3000" height="1"></svg></div></main></body></html>`

func TestAxeAndFitsFindFaults(t *testing.T) {
	c := NewClient(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, faulty) }))
	ctx := Chrome(t)
	Open(t, ctx, c.URL, 390)
	h := &hearing{TB: t}
	Axe(h, ctx)
	Fits(h, ctx)
	all := strings.Join(h.heard, "\n")
	for _, want := range []string{"label", "image-alt", "wider than the window"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %s in: %s", want, all)
		}
	}
}

func TestClient(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<p class=a> 一 \n 窗 </p>") })
	mux.HandleFunc("POST /", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "x", Value: "1"})
		http.Redirect(w, r, "/?a="+r.PostFormValue("a"), http.StatusSeeOther)
	})
	c := NewClient(t, mux)
	if p := c.Get("/").Want(200, "p.a"); p.Text("p") != "一 窗" || p.Has("b") {
		t.Error(p.Body)
	}
	p := c.Post("/", map[string][]string{"a": {"7"}})
	if p.Status != 303 || p.Header.Get("Location") != "/?a=7" {
		t.Errorf("%d %v", p.Status, p.Header)
	}
}
