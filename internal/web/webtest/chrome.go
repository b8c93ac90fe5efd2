package webtest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"onewindow/test/axe"
)

// browsers are the names under which Chromium is installed.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "chrome"}

// spared are parts of Chromium that nobody sees in a test and that cost a process
// for every window: the suggestions of its address bar, a page kept in reserve.
const spared = "Translate,BlinkGenPropertyTrees,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,SpareRendererForSitePerProcess"

// one is the Chromium of all tests of a package; it starts with the first that
// needs it.
var one struct {
	sync.Mutex
	kept bool // by Run
	ctx  context.Context
	stop context.CancelFunc
}

// Run runs the tests of a package that look at pages in a browser: they share
// one Chromium, each with windows and cookies of its own. It gives the code to
// exit with.
func Run(m *testing.M) int {
	one.kept = true
	defer func() {
		if one.stop != nil {
			one.stop()
		}
	}()
	return m.Run()
}

// Chrome opens a window with cookies of its own for the length of the test.
// Tests in a browser take their time, so they run only when
// ONEWINDOW_TEST_BROWSER is set: to the path of a Chromium, or to anything else
// for the installed one.
func Chrome(t testing.TB) context.Context {
	t.Helper()
	ctx, leave := chromedp.NewContext(Chromium(t), chromedp.WithNewBrowserContext())
	t.Cleanup(leave)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// Chromium is the browser itself, in which windows are opened.
func Chromium(t testing.TB) context.Context {
	t.Helper()
	want := os.Getenv("ONEWINDOW_TEST_BROWSER")
	if want == "" {
		t.Skip("ONEWINDOW_TEST_BROWSER is not set")
	}
	one.Lock()
	defer one.Unlock()
	if one.ctx != nil {
		return one.ctx
	}
	path := ""
	for _, name := range append([]string{want}, browsers...) {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Fatal("ONEWINDOW_TEST_BROWSER is set, but no Chromium is installed")
	}
	ctx, stop, err := launch(path)
	if err != nil {
		t.Fatalf("%s does not start: %v", path, err)
	}
	if !one.kept {
		t.Cleanup(stop)
		return ctx
	}
	one.ctx, one.stop = ctx, stop
	return ctx
}

// launch starts a Chromium; a machine under load gets a second try.
func launch(path string) (context.Context, context.CancelFunc, error) {
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.Flag("disable-features", spared),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WSURLReadTimeout(time.Minute))
	for _, f := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "hide-scrollbars"} {
		opts = append(opts, chromedp.Flag(f, true))
	}
	var failed error
	for range 2 {
		shell, stop := chromedp.NewExecAllocator(context.Background(), opts...)
		ctx, end := chromedp.NewContext(shell)
		if failed = chromedp.Do(ctx, chromedp.Navigate("about:blank")); failed == nil {
			return ctx, func() { end(); stop() }, nil
		}
		end()
		stop()
	}
	return nil, nil, failed
}

// Open shows a page at a width as on a device of that width.
func Open(t testing.TB, ctx context.Context, url string, width int) {
	t.Helper()
	Resize(t, ctx, width)
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		t.Fatalf("%s: %v", url, err)
	}
}

// Resize shows the page that is open as on a device of that width.
func Resize(t testing.TB, ctx context.Context, width int) {
	t.Helper()
	opts := []chromedp.EmulateViewportOption{}
	if width < 768 {
		opts = append(opts, chromedp.EmulateMobile)
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(int64(width), 900, opts...)); err != nil {
		t.Fatal(err)
	}
}

// Scripts switches JavaScript on or off for the pages that follow.
func Scripts(t testing.TB, ctx context.Context, on bool) {
	t.Helper()
	set := chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	})
	if err := chromedp.Do(ctx, set); err != nil {
		t.Fatal(err)
	}
}

// refusal is what the console says of answers that a test provokes on purpose.
var refusal = regexp.MustCompile(`status of (401|403|409|413|422|429)`)

// Quiet fails the test at its end for every error that the browser's console
// showed until then: broken scripts, refused by the content security policy,
// files that are not there.
func Quiet(t testing.TB, ctx context.Context) {
	t.Helper()
	var mu sync.Mutex
	var heard []string
	err := chromedp.Listen(ctx, func(ev any) {
		mu.Lock()
		defer mu.Unlock()
		switch ev := ev.(type) {
		case *log.EventEntryAdded:
			if ev.Entry.Level == log.EntryLevelError && !refusal.MatchString(ev.Entry.Text) {
				heard = append(heard, ev.Entry.Text+" "+ev.Entry.URL)
			}
		case *runtime.EventExceptionThrown:
			heard = append(heard, ev.ExceptionDetails.Text+" "+ev.ExceptionDetails.URL)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, h := range heard {
			t.Error("console: " + h)
		}
	})
}

// Eval runs a JavaScript expression in the page and gives its value.
func Eval[T any](t testing.TB, ctx context.Context, js string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js))
	if err != nil {
		t.Fatalf("%s: %v", js, err)
	}
	return v
}

// Until waits, at most half a minute, for a JavaScript expression to become true;
// the page may change meanwhile.
func Until(t testing.TB, ctx context.Context, js string) {
	t.Helper()
	for range 600 {
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+js+")")); ok && err == nil {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatal(ctx.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
	text, _ := chromedp.Run(ctx, chromedp.Evaluate[string]("document.body.innerText"))
	t.Fatalf("never true: %s\n%s", js, text)
}

// violation is what axe-core reports.
type violation struct {
	ID, Impact, Help string
	Nodes            []struct {
		HTML           string `json:"html"`
		FailureSummary string `json:"failureSummary"`
	}
}

// Axe fails the test for every accessibility fault of the page that is shown:
// WCAG 2.2 A and AA, and best practices.
func Axe(t testing.TB, ctx context.Context) {
	t.Helper()
	const run = `axe.run(document, {resultTypes: ['violations'], preload: {assets: ['media']}}).then(r => JSON.stringify(r.violations))`
	if there, _ := chromedp.Run(ctx, chromedp.Evaluate[bool](`!!window.axe`)); !there {
		if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](axe.Source+";void 0")); err != nil {
			t.Fatal(err)
		}
	}
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](run, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	var found []violation
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		for _, n := range v.Nodes {
			t.Errorf("%s (%s): %s\n  %s\n  %s", v.ID, v.Impact, v.Help, n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", "\n  "))
		}
	}
}

// Fits fails the test when the page is wider than the window.
func Fits(t testing.TB, ctx context.Context) {
	t.Helper()
	const wide = `(() => {
		const w = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= w) return '';
		return Array.from(document.querySelectorAll('body *')).filter(e => e.getBoundingClientRect().right > w + 1 && !e.closest('.ow-scroll'))
			.slice(0, 5).map(e => e.outerHTML.slice(0, 120)).concat(document.documentElement.scrollWidth + ' > ' + w).join('\n');
	})()`
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](wide))
	if err != nil {
		t.Fatal(err)
	}
	if text != "" {
		t.Errorf("wider than the window:\n%s", text)
	}
}

// Shot saves the whole page as name.png under the folder in ONEWINDOW_SHOTS;
// without that variable it does nothing.
func Shot(t testing.TB, ctx context.Context, name string) {
	t.Helper()
	dir := os.Getenv("ONEWINDOW_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		t.Fatal(fmt.Errorf("screenshot: %w", err))
	}
}
