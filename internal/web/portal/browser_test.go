package portal

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/web/officetest"
	"onewindow/internal/web/webtest"
)

// opened is the form of a draft in a browser that saves at once.
func opened(t *testing.T) (*officetest.Site, context.Context, string) {
	s := newSite(t)
	draft := draftOf(t, s, s.As("lina"))
	ctx, site := s.Browser("lina")
	webtest.Quiet(t, ctx)
	webtest.Open(t, ctx, site+draft, 1280)
	webtest.Eval[bool](t, ctx, `(document.getElementById('fill').dataset.autosaveAfter = '50', true)`)
	return s, ctx, draft
}

func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// Drafts saved while one types do not make one's own form stale.
func TestTypingAndSaving(t *testing.T) {
	s, ctx, draft := opened(t)
	for _, text := range []string{"嘉禾", "餐厅"} {
		webtest.Eval[bool](t, ctx, `(document.querySelector('[data-autosave-status]').textContent = '', true)`)
		do(t, ctx, chromedp.SendKeys(`#f-premises_name`, text))
		webtest.Until(t, ctx, `document.querySelector('[data-autosave-status]').textContent.startsWith('已保存')`)
	}
	do(t, ctx, chromedp.SendKeys(`#f-premises_name`, "二店"), chromedp.Click(`button[name=do][value=save]`))
	webtest.Until(t, ctx, `document.querySelector('.ow-t-ok') && document.getElementById('f-premises_name').value === '嘉禾餐厅二店'`)
	d, _, err := s.Casework.Draft(context.Background(), s.Actor("lina"), draft[len("/drafts/"):])
	if err != nil || d.Values["premises.name"] != "嘉禾餐厅二店" || d.Version < 4 {
		t.Error(d.Version, d.Values["premises.name"], err)
	}
}

// A form that is sent while a draft is on its way follows it.
func TestSendingDuringSaving(t *testing.T) {
	_, ctx, _ := opened(t)
	do(t, ctx, chromedp.SendKeys(`#f-premises_name`, "嘉禾"))
	webtest.Eval[bool](t, ctx, `(() => {
		const real = window.fetch;
		window.fetch = (...a) => { window.owSaving = true; return new Promise((r) => setTimeout(r, 400)).then(() => real(...a)); };
		document.getElementById('f-premises_name').dispatchEvent(new Event('input', {bubbles: true}));
		return true;
	})()`)
	webtest.Until(t, ctx, `window.owSaving`)
	do(t, ctx, chromedp.Click(`button[name=do][value=save]`))
	webtest.Until(t, ctx, `!window.owSaving && document.querySelector('.ow-t-ok')`)
}

// The other tab is told at once that this one is old.
func TestSavingInTwoTabs(t *testing.T) {
	s, ctx, draft := opened(t)
	c := s.As("lina")
	c.Post(draft, other(example(c.Get(draft), s), "do", "save")).Want(303)
	do(t, ctx, chromedp.SendKeys(`#f-premises_name`, "嘉禾"))
	webtest.Until(t, ctx, `document.querySelector('[data-autosave-status]').textContent.includes('别处改过')`)
	do(t, ctx, chromedp.Click(`button[name=do][value=next]`))
	webtest.Until(t, ctx, `document.querySelector('.ow-note[role=alert]') && document.querySelector('.ow-t-warn')`)
	if got := webtest.Eval[string](t, ctx, `document.getElementById('f-premises_name').value`); got != "嘉禾" {
		t.Errorf("what was typed became %q", got)
	}
}

// Files appear in the list as soon as they have arrived, and the page keeps its place.
func TestUploadingInABrowser(t *testing.T) {
	_, ctx, _ := opened(t)
	file := filepath.Join(t.TempDir(), "平面图.pdf")
	if err := os.WriteFile(file, casetest.PDF, 0o600); err != nil {
		t.Fatal(err)
	}
	at := webtest.Eval[string](t, ctx, `location.href`)
	webtest.Eval[bool](t, ctx, `(delete document.getElementById('fill').dataset.changed, true)`)
	webtest.Open(t, ctx, at+"/materials", 1280)
	for n := 1; n <= 2; n++ {
		do(t, ctx, chromedp.SetUploadFiles(`#f-file-003`, []string{file}), chromedp.Click(`#m-003 .ow-form > .btn`))
		webtest.Until(t, ctx, `document.querySelectorAll('#m-003 .ow-files li').length === `+number(n))
		webtest.Until(t, ctx, `location.hash === '#m-003'`)
	}
	do(t, ctx, chromedp.Click(`#m-003 button[name=remove]`))
	webtest.Until(t, ctx, `document.querySelectorAll('#m-003 .ow-files li').length === 1`)
}

// The reasons of a rating come with the grade.
func TestRatingInABrowser(t *testing.T) {
	s := newSite(t)
	o := tell(t, s, s.As("lina"))
	ctx, site := s.Browser("lina")
	webtest.Quiet(t, ctx)
	webtest.Open(t, ctx, site+o.concluded+"/rate", 390)
	do(t, ctx, chromedp.Click(`input[name=grade][value="2"]`), chromedp.WaitVisible(`input[name="reasons-2"]`), chromedp.Click(`input[name="reasons-2"]`))
	webtest.Shot(t, ctx, "rating")
	do(t, ctx, chromedp.Click(`form[id=rate] .btn-primary`))
	webtest.Until(t, ctx, `document.body.innerText.includes('填写一张表单就可完成申报') && !document.querySelector('input[name=grade]')`)
}
