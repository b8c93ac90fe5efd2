package visit

import (
	"context"
	"io"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

// statuses maps the kinds of faults; anything else is 500.
var statuses = map[fault.Kind]int{
	fault.KindInvalid:     http.StatusUnprocessableEntity,
	fault.KindRefused:     http.StatusUnprocessableEntity,
	fault.KindDenied:      http.StatusForbidden,
	fault.KindSignedOut:   http.StatusUnauthorized,
	fault.KindMissing:     http.StatusNotFound,
	fault.KindConflict:    http.StatusConflict,
	fault.KindTooLarge:    http.StatusRequestEntityTooLarge,
	fault.KindTooMany:     http.StatusTooManyRequests,
	fault.KindUnavailable: http.StatusServiceUnavailable,
}

// Status is the HTTP status of a fault.
func Status(f *fault.Fault) int {
	if s := statuses[f.Kind]; s != 0 {
		return s
	}
	return http.StatusInternalServerError
}

// Again shows the form anew with what stopped it. Faults that no form can
// mend, such as a lacking permission, are returned for the fault page.
func (v *Visit) Again(err error, page func(ui.Problems) templ.Component) error {
	f := fault.Of(err)
	switch f.Kind {
	case fault.KindInvalid, fault.KindRefused, fault.KindConflict, fault.KindTooLarge, fault.KindTooMany:
		v.note(f)
		return v.RenderStatus(Status(f), page(text.Problems(f)))
	}
	return err
}

// fail is the one place where faults become answers.
func (v *Visit) fail(err error) {
	f := fault.Of(err)
	v.note(f)
	if recordOf(v.R).out.status != 0 {
		return // the answer has begun
	}
	status := Status(f)
	if v.status != 0 {
		status = v.status
	}
	if f.Kind == fault.KindSignedOut && v.toSignIn() {
		return
	}
	h := v.W.Header()
	for _, name := range []string{"Content-Encoding", "Content-Disposition", "Content-Length", "Location", "HX-Redirect"} {
		h.Del(name)
	}
	switch f.Kind {
	case fault.KindTooMany:
		h.Set("Retry-After", f.Args["seconds"])
	case fault.KindUnavailable:
		h.Set("Retry-After", "5")
	}
	if v.R.Context().Err() != nil { // draw the page although the time is over
		v.R = v.R.WithContext(context.WithoutCancel(v.R.Context()))
	}
	if err := v.RenderStatus(status, v.faultPage(f)); err != nil {
		v.door.o.Log.Error("fault page", "err", err, "request_id", v.RequestID())
		http.Error(v.W, text.Fault(f), status)
	}
}

// note tells the logs: every fault by its code, unplanned ones with their cause.
func (v *Visit) note(f *fault.Fault) {
	recordOf(v.R).fault = f.Code
	if f.Kind == fault.KindInternal || f.Kind == fault.KindUnavailable {
		v.door.o.Log.Error("fault", "err", f.Error(), "request_id", v.RequestID())
	}
}

// toSignIn sends a visitor who only wanted to read to the sign-in page. Who has
// sent a form is told instead, so that what was typed is not lost.
func (v *Visit) toSignIn() bool {
	if v.door.o.Site.SignIn == "" || !v.safe() || v.scripted() {
		return false
	}
	if v.Expired {
		v.Flash(ui.Info, "登录已过期，请重新登录。")
	}
	return v.See(v.signIn(v.R.URL.RequestURI())) == nil
}

// signIn is the path of the sign-in page that comes back to a path afterwards.
func (v *Visit) signIn(to string) string {
	if to == "/" || v.R.URL.Path == v.door.o.Site.SignIn {
		return v.door.o.Site.SignIn
	}
	return v.door.o.Site.SignIn + "?" + url.Values{"to": {to}}.Encode()
}

// faultPage is the page, or for htmx and our scripts the fragment, of a fault.
func (v *Visit) faultPage(f *fault.Fault) templ.Component {
	p := text.Problems(f)
	if v.HTMX() {
		var links []ui.Link
		if f.Kind == fault.KindSignedOut && v.door.o.Site.SignIn != "" {
			links = []ui.Link{{Text: "登录", Href: v.signIn(v.back())}}
		}
		return ui.Fault(p, v.RequestID(), true, links...)
	}
	page := v.Page(p.Message)
	page.Hold = true
	page.Crumbs = nil
	links := []ui.Link{{Text: "返回首页", Href: page.Site.Home}}
	if page.Site.Home == "" {
		links[0].Href = "/"
	}
	if f.Kind == fault.KindSignedOut && page.Site.SignIn != "" {
		links = append([]ui.Link{{Text: "登录", Href: page.Site.SignIn}}, links...)
	} else if back := v.back(); back != "/" && v.R.Method != http.MethodGet {
		links = append([]ui.Link{{Text: "返回刚才的页面", Href: back}}, links...)
	}
	body := ui.Fault(p, v.RequestID(), false, links...)
	layout := ui.Portal(page)
	if len(page.Side) > 0 {
		layout = ui.Work(page)
	}
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return layout.Render(templ.WithChildren(ctx, body), w)
	})
}
