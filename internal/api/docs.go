package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// The documentation page is drawn here from the same document that programs
// read, with the frame of every other page and nothing from elsewhere.

//go:embed docs.js
var docsScript []byte

//go:embed docs.css
var docsStyle []byte

// hashed is the address of an asset; it changes with its content.
func hashed(name string, body []byte) string {
	sum := sha256.Sum256(body)
	base, ext, _ := strings.Cut(name, ".")
	return DocsPath + "/" + base + "." + hex.EncodeToString(sum[:6]) + "." + ext
}

var (
	scriptURL = hashed("docs.js", docsScript)
	styleURL  = hashed("docs.css", docsStyle)
)

func (a *API) serveDocs() {
	view := sync.OnceValue(a.docsView)
	a.mux.HandleFunc("GET "+DocsPath, func(w http.ResponseWriter, r *http.Request) { a.drawDocs(w, r, view()) })
	a.mux.HandleFunc("GET "+scriptURL, asset("text/javascript; charset=utf-8", docsScript))
	a.mux.HandleFunc("GET "+styleURL, asset("text/css; charset=utf-8", docsStyle))
	a.mux.HandleFunc("GET "+ProblemPath+"{code}", a.explain)
}

func asset(mediaType string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mediaType)
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		w.Write(body)
	}
}

// explain leads from the type of a problem to what is said of it.
func (a *API) explain(w http.ResponseWriter, r *http.Request) {
	code := r.PathValue("code")
	if text.Code(code) == "" {
		a.refuse(from(r.Context()), refused(http.StatusNotFound, "api.path"))
		return
	}
	http.Redirect(w, r, DocsPath+"#problem-"+code, http.StatusSeeOther)
}

func (a *API) drawDocs(w http.ResponseWriter, r *http.Request, view docsView) {
	elder, _ := r.Cookie("ow-elder")
	frame := ui.Portal(ui.Page{Title: "接口文档", Site: a.Site, Nav: a.Nav, Path: DocsPath, Elder: elder != nil && elder.Value == "1",
		Crumbs: []ui.Link{{Text: "首页", Href: "/"}, {Text: "接口文档", Current: true}}})
	page := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return frame.Render(templ.WithChildren(ctx, docsPage(view)), w)
	})
	var b bytes.Buffer
	if err := page.Render(r.Context(), &b); err != nil {
		a.refuse(from(r.Context()), err)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", visit.Policy)
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "private, no-cache")
	w.Write(b.Bytes())
}
