package webtest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"onewindow/test/axe"
)

// browsers are the names under which Chromium is installed.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "chrome"}

// Chrome starts a browser for the length of the test. Without one, or with
// -short, the test is skipped.
func Chrome(t testing.TB) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("no browser in short tests")
	}
	path := ""
	for _, name := range browsers {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("Chromium is not installed")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WSURLReadTimeout(time.Minute))
	for _, f := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "hide-scrollbars"} {
		opts = append(opts, chromedp.Flag(f, true))
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewExecAllocator(ctx, opts...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(ctx)
	t.Cleanup(end)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("%s does not start: %v", path, err)
	}
	return ctx
}

// Open shows a page at a width as on a device of that width.
func Open(t testing.TB, ctx context.Context, url string, width int) {
	t.Helper()
	opts := []chromedp.EmulateViewportOption{}
	if width < 768 {
		opts = append(opts, chromedp.EmulateMobile)
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(int64(width), 900, opts...), chromedp.Navigate(url)); err != nil {
		t.Fatalf("%s: %v", url, err)
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
	const run = `axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations))`
	if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](axe.Source+";void 0")); err != nil {
		t.Fatal(err)
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
