package test

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"onewindow/internal/web/webtest"
)

//go:embed find.js
var find string

// The widths of a desk and of a phone, and the narrowest that must do.
const (
	desk   = 1280
	phone  = 390
	narrow = 360
)

// browser is a person in Chromium, with cookies of their own.
type browser struct {
	t      testing.TB
	ctx    context.Context
	base   string
	within []string
	shots  *album // nil when the pages are not looked at
	blind  bool   // scripts are off
}

// sit opens a window of its own for a person. What its console says and which
// addresses it asks is held against the test; expected are console lines that
// a test provokes.
func sit(t testing.TB, chrome context.Context, base string, shots *album, expected string) *browser {
	t.Helper()
	ctx, leave := chromedp.NewContext(chrome, chromedp.WithNewBrowserContext())
	t.Cleanup(leave)
	b := &browser{t: t, ctx: ctx, base: base, shots: shots}
	// The first act opens the window, which lasts as long as its context: not
	// that of b.do, which ends with the act.
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(desk, 900)); err != nil {
		t.Fatal(err)
	}
	b.listen(expected)
	return b
}

// refusals are answers that a walk provokes.
const refusals = `status of (401|403|404|409|413|422|429)`

func (b *browser) listen(expected string) {
	allowed := regexp.MustCompile(refusals)
	if expected != "" {
		allowed = regexp.MustCompile(refusals + "|" + expected)
	}
	var mu sync.Mutex
	wrong := map[string]bool{}
	note := func(s string) {
		mu.Lock()
		defer mu.Unlock()
		wrong[s] = true
	}
	err := chromedp.Listen(b.ctx, func(ev any) {
		switch ev := ev.(type) {
		case *cdplog.EventEntryAdded:
			if ev.Entry.Level == cdplog.EntryLevelError && !allowed.MatchString(ev.Entry.Text) {
				note("console: " + ev.Entry.Text + " " + ev.Entry.URL)
			}
		case *runtime.EventExceptionThrown:
			note("script: " + ev.ExceptionDetails.Text + " " + ev.ExceptionDetails.URL)
		case *network.EventRequestWillBeSent:
			if u, err := url.Parse(ev.Request.URL); err == nil && strings.HasPrefix(u.Scheme, "http") && u.Hostname() != "127.0.0.1" {
				note("a request leaves the machine: " + ev.Request.URL)
			}
		case *page.EventJavascriptDialogOpening:
			go chromedp.Call(b.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		}
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for w := range wrong {
			b.t.Error(w)
		}
	})
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.Fatal("%v", err)
	}
}

// js is an expression of find.js with its arguments, in the present part.
func (b *browser) js(method string, args ...any) string {
	path := b.within
	if path == nil {
		path = []string{}
	}
	var list []string
	for _, a := range append(args, path) {
		j, _ := json.Marshal(a) // strings and lists of them do not fail
		list = append(list, string(j))
	}
	return find + "." + method + "(" + strings.Join(list, ",") + ")"
}

// eval gives the value of an expression; ok is false while the page changes.
func eval[T any](b *browser, js string) (T, bool) {
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js))
	return v, err == nil
}

// element waits for what an expression finds and gives a selector for it.
func (b *browser) element(what, method string, args ...any) chromedp.JSPath {
	b.t.Helper()
	js := b.js(method, args...)
	if !await(b, func() bool { ok, _ := eval[bool](b, "Boolean("+js+")"); return ok }) {
		b.Fatal("there is no %s %v%v", what, args, b.within)
	}
	return chromedp.JSPath(js)
}

// await polls, at most half a minute in Chromium, until something is so.
func await(v visitor, is func() bool) bool {
	b, ok := present(v).(*browser)
	if !ok {
		return is()
	}
	tick, late := time.NewTicker(25*time.Millisecond), time.After(30*time.Second)
	defer tick.Stop()
	for !is() {
		select {
		case <-b.ctx.Done():
			return false
		case <-late:
			return is()
		case <-tick.C:
		}
	}
	return true
}

// Test is the test that fails.
func (b *browser) Test() testing.TB { return b.t }

// Fatal ends the test with a photograph and the words of the page.
func (b *browser) Fatal(format string, args ...any) {
	b.t.Helper()
	words, _ := eval[string](b, "document.body.innerText")
	if dir := os.Getenv("ONEWINDOW_TEST_SHOTS"); dir != "" {
		if png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100)); err == nil {
			os.WriteFile(filepath.Join(dir, "FAILED-"+filepath.Base(b.t.Name())+".png"), png, 0o644)
		}
	}
	b.t.Fatalf("%s\nat %s\n%s", fmt.Sprintf(format, args...), b.Path(), words)
}

// Go opens an address of the site.
func (b *browser) Go(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.base + path))
}

// here marks the page that is shown; gone says that another one is complete.
const (
	here = `document.querySelector('main').owHere = true`
	gone = `document.readyState === 'complete' && !!document.querySelector('main') && !document.querySelector('main').owHere`
)

// leave does something that brings another page.
func (b *browser) leave(what string, step chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	eval[bool](b, here)
	b.do(step)
	if !await(b, func() bool { is, ok := eval[bool](b, gone); return is && ok }) {
		b.Fatal("nothing comes after %s", what)
	}
}

// Follow follows a link.
func (b *browser) Follow(words string) {
	b.t.Helper()
	b.leave(words, chromedp.Click(b.element("link", "link", words)))
}

// Press presses a button and waits for the answer.
func (b *browser) Press(words string) {
	b.t.Helper()
	b.leave(words, chromedp.Click(b.element("button", "button", words)))
}

// Twice presses a button with a double click.
func (b *browser) Twice(words string) {
	b.t.Helper()
	b.leave(words, chromedp.DoubleClick(b.element("button", "button", words)))
}

// Fill types a text over what is there; dates and lists are set.
func (b *browser) Fill(label, text string) {
	b.t.Helper()
	at := b.element("field", "control", label)
	if kind := b.Kind(label); kind == "date" || kind == "select" {
		set, _ := json.Marshal(text)
		js := `((c, text) => {
			if (c.tagName === 'SELECT') text = (Array.from(c.options).find((o) => o.text.trim() === text) || Array.from(c.options).find((o) => o.text.trim().startsWith(text)) || {}).value;
			if (text === undefined) return false;
			c.value = text;
			c.dispatchEvent(new Event('input', {bubbles: true}));
			c.dispatchEvent(new Event('change', {bubbles: true}));
			return true;
		})(` + string(at) + `,` + string(set) + `)`
		if ok, _ := eval[bool](b, js); !ok {
			b.Fatal("「%s」 has no 「%s」", label, text)
		}
		return
	}
	b.do(chromedp.ScrollIntoView(at), chromedp.Focus(at))
	eval[bool](b, "("+string(at)+").select(), true")
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if text == "" {
			return nil
		}
		_, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: text})
		return err
	}))
	if text == "" {
		b.do(chromedp.KeyEvent("\b"))
	}
}

// Choose marks one of several answers.
func (b *browser) Choose(question, answer string) {
	b.t.Helper()
	at := b.element("answer", "choice", question, answer)
	if on, _ := eval[bool](b, "("+string(at)+").checked"); !on {
		b.do(chromedp.Click(at))
	}
}

// Tick marks a single answer.
func (b *browser) Tick(label string) {
	b.t.Helper()
	b.do(chromedp.Click(b.element("answer", "tick", label)))
}

// Attach chooses a file.
func (b *browser) Attach(label, file string) {
	b.t.Helper()
	b.do(chromedp.SetUploadFiles(b.element("file control", "control", label), []string{file}))
}

// Redraw brings the questions that the answers call for.
func (b *browser) Redraw() {
	b.t.Helper()
	if b.blind {
		b.Press("更新表单")
	}
}

// Unfold opens what is folded.
func (b *browser) Unfold(summary string) {
	b.t.Helper()
	at := b.element("summary", "summary", summary)
	if open, _ := eval[bool](b, "("+string(at)+").parentElement.open"); !open {
		b.do(chromedp.Click(at))
	}
}

// Within looks only at a part of the page.
func (b *browser) Within(heading string) visitor {
	c := *b
	c.within = append(append([]string{}, b.within...), heading)
	return &c
}

// Words are what stands on the page.
func (b *browser) Words() string {
	w, _ := eval[string](b, b.js("words"))
	return w
}

// Value is what a field holds.
func (b *browser) Value(label string) string {
	v, _ := eval[string](b, string(b.element("field", "control", label))+".value")
	return v
}

// Kind is the sort of control that asks for something.
func (b *browser) Kind(label string) string {
	k, _ := eval[string](b, b.js("kind", label))
	return k
}

// Questions are those that have this answer.
func (b *browser) Questions(answer string) []string {
	q, _ := eval[[]string](b, b.js("questions", answer))
	return q
}

// Facts are terms with what is said of them.
func (b *browser) Facts() map[string]string {
	f, _ := eval[map[string]string](b, b.js("facts"))
	return f
}

// Path is the address without the host.
func (b *browser) Path() string {
	at, err := chromedp.Run(b.ctx, chromedp.Location())
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(at, b.base)
}

// Fetch keeps what a link leads to: the browser asks with its own cookies.
func (b *browser) Fetch(words string) []byte {
	b.t.Helper()
	at := b.element("link", "link", words)
	js := `fetch((` + string(at) + `).href).then((r) => { if (!r.ok) throw new Error(r.status); return r.arrayBuffer(); })
		.then((a) => Array.from(new Uint8Array(a)))`
	if b.shots != nil {
		href, _ := eval[string](b, "("+string(at)+").getAttribute('href')")
		b.shots.mark(b.t, b.shots.line(href))
	}
	list, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]int](js, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatal("「%s」: %v", words, err)
	}
	out := make([]byte, len(list))
	for i, n := range list {
		out[i] = byte(n)
	}
	return out
}

// Look holds a page, once, to its promises on a desk and on a phone; where
// photographs are wanted, it is photographed.
func (b *browser) Look(name string) {
	b.t.Helper()
	if b.shots == nil || !b.shots.take(b.t, name, b.Path()) {
		return
	}
	begun := time.Now()
	defer func() { b.t.Logf("looked at %s (%s) in %s", name, b.Path(), time.Since(begun).Round(time.Millisecond)) }()
	quiet := &told{TB: b.t, page: name}
	for _, width := range []int64{desk, phone} {
		opts := []chromedp.EmulateViewportOption{}
		if width == phone {
			opts = append(opts, chromedp.EmulateMobile)
		}
		b.do(chromedp.EmulateViewport(width, 900, opts...))
		webtest.Axe(quiet, b.ctx)
		webtest.Fits(quiet, b.ctx)
		if b.shots.dir != "" {
			b.photograph(fmt.Sprintf("%s-%d.jpg", name, width))
		}
	}
	b.do(chromedp.EmulateViewport(narrow, 800, chromedp.EmulateMobile))
	webtest.Fits(quiet, b.ctx)
	b.do(chromedp.EmulateViewport(desk, 900))
}

// photograph keeps how the whole page looks.
func (b *browser) photograph(name string) {
	b.t.Helper()
	jpeg, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(75))
	if err != nil {
		b.Fatal("photograph: %v", err)
	}
	if err := os.WriteFile(filepath.Join(b.shots.dir, name), jpeg, 0o644); err != nil {
		b.t.Error(err)
	}
}

// told is a test that says which page it speaks of.
type told struct {
	testing.TB
	page string
}

// Errorf fails the test, naming the page.
func (q *told) Errorf(format string, args ...any) {
	q.TB.Helper()
	q.TB.Errorf("page "+q.page+": "+format, args...)
}
