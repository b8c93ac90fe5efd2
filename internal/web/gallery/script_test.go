package gallery

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"onewindow/internal/web/webtest"
)

// openForm opens the invented form in a browser.
func openForm(t *testing.T) context.Context {
	c := webtest.NewClient(t, Handler())
	ctx := webtest.Chrome(t)
	webtest.Quiet(t, ctx)
	webtest.Open(t, ctx, c.URL+"/form", 1280)
	return ctx
}

func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

func TestConditionalFields(t *testing.T) {
	ctx := openForm(t)
	asked := func(id string) bool {
		return webtest.Eval[bool](t, ctx, `(e => e.offsetParent !== null && !e.disabled)(document.getElementById("f-`+id+`"))`)
	}
	if !asked("uscc") || asked("id") {
		t.Error("a company is asked for its credit code")
	}
	do(t, ctx, chromedp.Click(`input[name=kind][value=person]`))
	if asked("uscc") || !asked("id") {
		t.Error("a person is asked for the identity number")
	}
	if webtest.Eval[bool](t, ctx, `document.querySelector('button[name=refresh]').offsetParent !== null`) {
		t.Error("the refresh button is for browsers without scripts")
	}
}

func TestAutosave(t *testing.T) {
	ctx := openForm(t)
	do(t, ctx, chromedp.SendKeys(`#f-note`, "临街"))
	webtest.Until(t, ctx, `document.querySelector('[data-autosave-status]').textContent.startsWith('已保存 ')`)
}

// When the session has expired, what was typed stays in the tab and is offered
// again to the same person only.
func TestAutosaveAfterTheSession(t *testing.T) {
	ctx := openForm(t)
	expire := `document.getElementById('apply').dataset.autosave = '/draft-expired'; true`
	webtest.Eval[bool](t, ctx, expire)
	do(t, ctx, chromedp.SendKeys(`#f-note`, "临街"), chromedp.Click(`input[name=kind][value=person]`), chromedp.SendKeys(`#f-id`, "130682199001011234"))
	webtest.Until(t, ctx, `document.querySelector('[data-autosave-status]').textContent.includes('登录已过期')`)
	webtest.Eval[bool](t, ctx, `delete document.getElementById('apply').dataset.changed; true`)
	if webtest.Eval[bool](t, ctx, `JSON.stringify(Object.assign({}, sessionStorage)).includes('130682199001011234')`) {
		t.Error("an identity number is kept in the browser")
	}
	do(t, ctx, chromedp.Reload())
	webtest.Until(t, ctx, `document.querySelector('#apply .ow-note')`)
	do(t, ctx, chromedp.Click(`#apply .ow-note .btn-primary`))
	if got := webtest.Eval[string](t, ctx, `document.getElementById('f-note').value`); got != "临街" {
		t.Error(got)
	}
	webtest.Eval[bool](t, ctx, `sessionStorage.setItem('ow:/form#apply', JSON.stringify({owner: 'another', rows: [['note', '别人的']], at: '08:00'})); delete document.getElementById('apply').dataset.changed; true`)
	do(t, ctx, chromedp.Reload())
	webtest.Until(t, ctx, `!sessionStorage.getItem('ow:/form#apply')`)
	if webtest.Eval[bool](t, ctx, `Boolean(document.querySelector('#apply .ow-note'))`) {
		t.Error("somebody else's words are offered")
	}
}

func TestOneClickOneSubmission(t *testing.T) {
	ctx := openForm(t)
	n := webtest.Eval[int](t, ctx, `(() => {
		let n = 0;
		const form = document.getElementById('apply');
		form.addEventListener('submit', (e) => { if (!e.defaultPrevented) n++; e.preventDefault(); });
		const b = form.querySelector('.btn-primary');
		b.click(); b.click(); b.click();
		return n;
	})()`)
	if n != 1 {
		t.Errorf("%d submissions", n)
	}
	if got := webtest.Eval[string](t, ctx, `document.querySelector('#apply .btn-primary').textContent.trim()`); got != "正在提交……" {
		t.Error(got)
	}
}

func TestUpload(t *testing.T) {
	ctx := openForm(t)
	file := filepath.Join(t.TempDir(), "平面图.pdf")
	if err := os.WriteFile(file, make([]byte, 300_000), 0o600); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.SetUploadFiles(`#f-plan`, []string{file}))
	webtest.Until(t, ctx, `document.getElementById('f-plan-picked').textContent.includes('平面图.pdf')`)
	do(t, ctx, chromedp.Click(`#apply .btn-primary`))
	webtest.Until(t, ctx, `document.activeElement && document.activeElement.matches('main [role=alert]')`)
	if got := webtest.Eval[string](t, ctx, `document.title`); got != "表单（有误） - 示例市政务服务 - 一窗" {
		t.Error(got)
	}
	do(t, ctx, chromedp.SetUploadFiles(`#f-plan`, []string{file}), chromedp.SendKeys(`#f-tel`, "13800138000"), chromedp.Click(`#apply .btn-primary`))
	webtest.Until(t, ctx, `location.pathname === '/case' && document.querySelector('[role=status] .ow-t-ok')`)
	if webtest.Eval[int](t, ctx, `Object.keys(sessionStorage).filter((k) => k.startsWith('ow:')).length`) != 0 {
		t.Error("what arrived is still kept in the browser")
	}
}

func TestFileTooLarge(t *testing.T) {
	ctx := openForm(t)
	file := filepath.Join(t.TempDir(), "大.pdf")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	f.Truncate(21 << 20)
	f.Close()
	do(t, ctx, chromedp.SetUploadFiles(`#f-plan`, []string{file}))
	webtest.Until(t, ctx, `document.getElementById('f-plan-picked').textContent.includes('超过 20.0 MB 的上限')`)
	if webtest.Eval[int](t, ctx, `document.getElementById('f-plan').files.length`) != 0 {
		t.Error("the file is still chosen")
	}
}

func TestMenuAndCopy(t *testing.T) {
	c := webtest.NewClient(t, Handler())
	ctx := webtest.Chrome(t)
	webtest.Quiet(t, ctx)
	webtest.Open(t, ctx, c.URL+"/case", 1280)
	do(t, ctx, chromedp.Click(`.ow-menu > summary`), chromedp.WaitVisible(`.ow-menu-list`))
	webtest.Shot(t, ctx, "menu")
	do(t, ctx, chromedp.Click(`h1`))
	webtest.Until(t, ctx, `!document.querySelector('.ow-menu').open`)
	do(t, ctx, chromedp.Click(`[data-copy]`))
	webtest.Until(t, ctx, `document.querySelector('[data-copy] span').textContent === '已复制'`)
	webtest.Open(t, ctx, c.URL+"/case", 390)
	do(t, ctx, chromedp.Click(`.ow-toggle`), chromedp.WaitVisible(`#side`))
	webtest.Shot(t, ctx, "side")
}

// Everything can be done without JavaScript.
func TestWithoutScripts(t *testing.T) {
	c := webtest.NewClient(t, Handler())
	ctx := webtest.Chrome(t)
	webtest.Scripts(t, ctx, false)
	webtest.Open(t, ctx, c.URL+"/form", 390)
	do(t, ctx, chromedp.WaitVisible(`button[name=refresh]`), chromedp.SendKeys(`#f-tel`, "13800138000"), chromedp.Click(`#apply .btn-primary`))
	do(t, ctx, chromedp.WaitVisible(`[role=status] .ow-t-ok`))
	if webtest.Eval[bool](t, ctx, `document.querySelector('[data-print]').offsetParent !== null`) {
		t.Error("a print button that does nothing is shown")
	}
	do(t, ctx, chromedp.Click(`.ow-toggle`), chromedp.WaitVisible(`#side`))
}
