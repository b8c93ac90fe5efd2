// Package gallery shows every component on invented data, so that whoever
// writes a page can look before choosing, and so that tests can look at all of
// them in a browser.
package gallery

import (
	"net/http"

	"github.com/a-h/templ"

	"onewindow/internal/web/ui"
	"onewindow/internal/web/ui/static"
)

// Sheet is one page of the gallery.
type Sheet struct {
	Path, Title string
	Work        bool // in the layout of officers
	Body        templ.Component
}

// Sheets is every page of the gallery.
func Sheets() []Sheet {
	return []Sheet{
		{Path: "/", Title: "组件一览", Body: index()},
		{Path: "/messages", Title: "提示与状态", Body: messages()},
		{Path: "/form", Title: "表单", Body: form(ui.Problems{})},
		{Path: "/form-wrong", Title: "表单（有误）", Body: form(wrong)},
		{Path: "/lists", Title: "列表与表格", Work: true, Body: lists()},
		{Path: "/case", Title: "办件", Work: true, Body: caseSheet()},
		{Path: "/figures", Title: "图表", Work: true, Body: figures()},
		{Path: "/deadline", Title: "期限推算", Work: true, Body: deadlines()},
		{Path: "/confirm", Title: "确认", Work: true, Body: confirm()},
		{Path: "/paper", Title: "打印页", Body: paper()},
	}
}

// Handler serves the gallery and the static files it needs.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+static.Prefix, static.Handler())
	for _, s := range Sheets() {
		mux.Handle("GET "+pattern(s.Path), s)
	}
	mux.HandleFunc("POST /draft", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("POST /form", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusUnprocessableEntity)
		Sheet{Path: "/form", Title: "表单（有误）", Body: form(wrong)}.render(w, r)
	})
	return mux
}

func pattern(path string) string {
	if path == "/" {
		return "/{$}"
	}
	return path
}

// ServeHTTP draws the sheet; ?elder=1 draws it in elder mode (关怀版).
func (s Sheet) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.render(w, r) }

func (s Sheet) render(w http.ResponseWriter, r *http.Request) {
	p := page(s, r.URL.Query().Get("elder") == "1")
	layout := ui.Portal(p)
	switch {
	case s.Work:
		layout = ui.Work(p)
	case s.Path == "/paper":
		layout = ui.Bare(p)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	layout.Render(templ.WithChildren(r.Context(), s.Body), w)
}
