// Package gallery shows every component on invented data, so that whoever
// writes a page can look before choosing, and so that tests can look at all of
// them in a browser.
package gallery

import (
	"context"
	"io"
	"log/slog"
	"net/http"

	"github.com/a-h/templ"

	"onewindow/internal/kit/fault"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/ui/static"
	"onewindow/internal/web/visit"
)

// Sheet is one page of the gallery.
type Sheet struct {
	Path, Title string
	Work        bool // in the layout of officers
	Bare        bool // without header and navigation
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
		{Path: "/paper", Title: "打印页", Bare: true, Body: paper()},
	}
}

// Handler serves the gallery behind the same door as the platform's pages.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+static.Prefix, static.Handler())
	for _, s := range Sheets() {
		pattern := s.Path
		if pattern == "/" {
			pattern = "/{$}"
		}
		mux.Handle("GET "+pattern, visit.Handle(func(v *visit.Visit) error { return s.show(v, http.StatusOK) }))
	}
	mux.Handle("GET /display", visit.Handle(visit.Display))
	mux.Handle("GET /fault/{code}", visit.Handle(func(v *visit.Visit) error { return fault.Missing(v.Path("code")) }))
	mux.Handle("POST /draft", visit.Handle((*visit.Visit).Done))
	mux.Handle("POST /draft-expired", visit.Handle(func(*visit.Visit) error { return fault.SignedOut() }))
	mux.Handle("POST /form", visit.Handle(sent, visit.Upload(64<<20)))
	return visit.New(visit.Options{Site: site, Nav: nav, Log: slog.New(slog.DiscardHandler)}).Wrap(mux)
}

// sent answers the invented form: with its faults unless a scope is chosen.
func sent(v *visit.Visit) error {
	err := v.Files(visit.FileLimits{Each: 20 << 20, Count: 5}, func(p visit.Part) error {
		_, err := io.Copy(io.Discard, p)
		return err
	})
	if err != nil {
		return err
	}
	if v.Text("tel") == "" {
		return Sheet{Title: "表单（有误）", Body: form(wrong)}.show(v, http.StatusUnprocessableEntity)
	}
	v.Flash(ui.OK, "申请已提交，办件编号 2026-1123-000041。")
	return v.See("/case")
}

func (s Sheet) show(v *visit.Visit, status int) error {
	p := v.Page(s.Title)
	layout := ui.Portal
	switch {
	case s.Work:
		p = work(p, s)
		layout = ui.Work
	case s.Bare:
		layout = ui.Bare
	}
	return v.RenderStatus(status, templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return layout(p).Render(templ.WithChildren(ctx, s.Body), w)
	}))
}
