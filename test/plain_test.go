package test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// plain is a person whose browser runs no scripts: it follows links and sends
// the forms that stand in the pages, by the rules of HTML.
type plain struct {
	t      testing.TB
	base   string
	http   *http.Client
	page   *screen
	within []string
	status int // of the last answer
}

// screen is the page that is shown, shared by all parts of it.
type screen struct {
	doc   *goquery.Document
	url   *url.URL
	files map[string]string // by the name of the control
}

func newPlain(t testing.TB, base string) *plain {
	jar, _ := cookiejar.New(nil) // fails on no input
	return &plain{t: t, base: base, page: &screen{}, http: &http.Client{Jar: jar}}
}

// Test is the test that fails.
func (p *plain) Test() testing.TB { return p.t }

// Fatal ends the test with the words of the page.
func (p *plain) Fatal(format string, args ...any) {
	p.t.Helper()
	words := ""
	if p.page.doc != nil {
		words = regexp.MustCompile(`\s+`).ReplaceAllString(p.page.doc.Find("body").Text(), " ")
	}
	p.t.Fatalf("%s\nat %s\n%s", fmt.Sprintf(format, args...), p.Path(), words)
}

func (p *plain) ask(r *http.Request) []byte {
	p.t.Helper()
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := p.http.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	p.status = res.StatusCode
	body, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
		if err != nil {
			p.t.Fatal(err)
		}
		*p.page = screen{doc: doc, url: res.Request.URL, files: map[string]string{}}
	} else if res.StatusCode >= 400 {
		p.t.Fatalf("%s: %s", r.URL, res.Status)
	}
	return body
}

func (p *plain) get(to string) []byte {
	p.t.Helper()
	r, err := http.NewRequest(http.MethodGet, to, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.ask(r)
}

// Go opens an address of the site.
func (p *plain) Go(path string) {
	p.t.Helper()
	p.get(p.base + path)
}

// Path is the address without the host.
func (p *plain) Path() string {
	if p.page.url == nil {
		return ""
	}
	return p.page.url.RequestURI()
}

// shown leaves out what nobody sees.
func shown(s *goquery.Selection) *goquery.Selection {
	return s.FilterFunction(func(_ int, e *goquery.Selection) bool {
		return e.Closest("[hidden],.ow-needs-js,template").Length() == 0
	})
}

// said are the words of a label, button or link.
func said(e *goquery.Selection) string {
	if l, ok := e.Attr("aria-label"); ok {
		return bare(l)
	}
	c := e.Clone()
	c.Find(".ow-must,.ow-prefilled,select,textarea").Remove()
	return bare(c.Text())
}

// pick prefers the words exactly, then at the beginning, then anywhere.
func pick(list *goquery.Selection, words string, of func(*goquery.Selection) string) *goquery.Selection {
	w := bare(words)
	for _, fits := range []func(string) bool{
		func(s string) bool { return s == w },
		func(s string) bool { return strings.HasPrefix(s, w) },
		func(s string) bool { return strings.Contains(s, w) },
	} {
		if hit := list.FilterFunction(func(_ int, e *goquery.Selection) bool { return fits(of(e)) }).First(); hit.Length() > 0 {
			return hit
		}
	}
	return list.Slice(0, 0)
}

func heading(box *goquery.Selection) string {
	if l := bare(box.AttrOr("aria-label", "")); l != "" {
		return l
	}
	return said(box.Find("h1,h2,h3,h4,legend,summary,caption").First())
}

// part is the smallest part of the page under a heading, or the row of a list
// that has the words.
func (p *plain) part() *goquery.Selection {
	root := p.page.doc.Selection
	for _, words := range p.within {
		w := bare(words)
		boxes := shown(root.Find("main,section,fieldset,form,details,.ow-panel,.ow-note")).
			FilterFunction(func(_ int, b *goquery.Selection) bool { return strings.Contains(heading(b), w) })
		if boxes.Length() == 0 {
			boxes = shown(root.Find("tr,li,.ow-material,.ow-abreast")).FilterFunction(func(_ int, b *goquery.Selection) bool { return strings.Contains(bare(b.Text()), w) })
		}
		root = smallest(boxes)
	}
	return root
}

func smallest(boxes *goquery.Selection) *goquery.Selection {
	best, size := boxes.Slice(0, 0), 0
	boxes.Each(func(_ int, b *goquery.Selection) {
		if n := len(bare(b.Text())); best.Length() == 0 || n < size {
			best, size = b, n
		}
	})
	return best
}

// Within looks only at a part of the page.
func (p *plain) Within(heading string) visitor {
	c := *p
	c.within = append(append([]string{}, p.within...), heading)
	return &c
}

func (p *plain) find(selector string) *goquery.Selection { return shown(p.part().Find(selector)) }

// labelled is the control of a label, if it is of the wanted sort.
func (p *plain) labelled(words string, choices bool) *goquery.Selection {
	labels := p.find("label").FilterFunction(func(_ int, l *goquery.Selection) bool {
		c := p.controlOf(l)
		kind := c.AttrOr("type", "")
		return c.Length() > 0 && (kind == "radio" || kind == "checkbox") == choices
	})
	if l := pick(labels, words, said); l.Length() > 0 {
		return p.controlOf(l)
	}
	return pick(p.find("input[aria-label],textarea[aria-label],select[aria-label]"), words, said)
}

func (p *plain) controlOf(label *goquery.Selection) *goquery.Selection {
	if id, ok := label.Attr("for"); ok {
		return p.page.doc.Find("[id='" + id + "']")
	}
	return label.Find("input,select,textarea").First()
}

func (p *plain) question(words string) *goquery.Selection {
	sets := p.find("fieldset").FilterFunction(func(_ int, f *goquery.Selection) bool {
		return f.Find("input[type=radio],input[type=checkbox]").Length() > 0
	})
	return pick(sets, words, heading)
}

func (p *plain) must(s *goquery.Selection, what, words string) *goquery.Selection {
	p.t.Helper()
	if s.Length() == 0 {
		p.Fatal("there is no %s 「%s」 %v", what, words, p.within)
	}
	return s
}

// Follow follows a link.
func (p *plain) Follow(words string) {
	p.t.Helper()
	p.get(p.target(p.must(pick(p.find("a[href]"), words, said), "link", words).AttrOr("href", "")))
}

// Fetch keeps what a link leads to.
func (p *plain) Fetch(words string) []byte {
	p.t.Helper()
	return p.get(p.target(p.must(pick(p.find("a[href]"), words, said), "link", words).AttrOr("href", "")))
}

func (p *plain) target(href string) string {
	p.t.Helper()
	u, err := p.page.url.Parse(href)
	if err != nil {
		p.t.Fatal(err)
	}
	return u.String()
}

// Fill writes into a field, or chooses from a list.
func (p *plain) Fill(label, text string) {
	p.t.Helper()
	c := p.must(p.labelled(label, false), "field", label)
	switch goquery.NodeName(c) {
	case "textarea":
		c.SetText(text)
	case "select":
		o := p.must(pick(c.Find("option"), text, said), "choice of "+label, text)
		c.Find("option").RemoveAttr("selected")
		o.SetAttr("selected", "")
	default:
		c.SetAttr("value", text)
	}
}

// Choose marks one of several answers.
func (p *plain) Choose(question, answer string) {
	p.t.Helper()
	q := p.must(p.question(question), "question", question)
	c := p.controlOf(p.must(pick(q.Find("label"), answer, said), "answer to "+question, answer))
	if c.AttrOr("type", "") == "radio" {
		q.Find("input[name='" + c.AttrOr("name", "") + "']").RemoveAttr("checked")
	}
	c.SetAttr("checked", "")
}

// Tick marks a single answer.
func (p *plain) Tick(label string) {
	p.t.Helper()
	c := p.must(p.labelled(label, true), "answer", label)
	if c.AttrOr("type", "") == "radio" {
		c.Closest("form").Find("input[name='" + c.AttrOr("name", "") + "']").RemoveAttr("checked")
	}
	c.SetAttr("checked", "")
}

// Attach chooses a file.
func (p *plain) Attach(label, file string) {
	p.t.Helper()
	c := p.must(p.labelled(label, false), "file control", label)
	p.page.files[c.AttrOr("name", "")] = file
}

// Redraw brings the questions that the answers call for.
func (p *plain) Redraw() {
	p.t.Helper()
	p.Press("更新表单")
}

// Unfold does nothing: what is folded is in the page.
func (p *plain) Unfold(string) {}

// Look does nothing: nothing is drawn.
func (p *plain) Look(string) {}

// Words are what stands in the page.
func (p *plain) Words() string {
	if p.page.doc == nil {
		return ""
	}
	c := p.part().Clone()
	c.Find("[hidden],.ow-needs-js,template,script,style,head").Remove()
	return bare(c.Text())
}

// Value is what a field holds.
func (p *plain) Value(label string) string {
	p.t.Helper()
	c := p.must(p.labelled(label, false), "field", label)
	if goquery.NodeName(c) == "textarea" {
		return c.Text()
	}
	return c.AttrOr("value", c.Find("option[selected]").AttrOr("value", ""))
}

// Kind is the sort of control that asks for something.
func (p *plain) Kind(label string) string {
	w := bare(label)
	if c := p.labelled(label, false); c.Length() > 0 && said(p.page.doc.Find("label[for='"+c.AttrOr("id", "")+"']")) == w {
		return map[bool]string{true: "select", false: c.AttrOr("type", "text")}[goquery.NodeName(c) == "select"]
	}
	if q := p.question(label); q.Length() > 0 && heading(q) == w {
		return q.Find("input").AttrOr("type", "")
	}
	return ""
}

// Questions are those that have this answer.
func (p *plain) Questions(answer string) []string {
	var out []string
	p.find("fieldset").Each(func(_ int, f *goquery.Selection) {
		f.Find("label").EachWithBreak(func(_ int, l *goquery.Selection) bool {
			if p.controlOf(l).AttrOr("type", "") == "radio" && said(l) == bare(answer) {
				out = append(out, heading(f))
				return false
			}
			return true
		})
	})
	return out
}

// Facts are terms with what is said of them.
func (p *plain) Facts() map[string]string {
	out := map[string]string{}
	p.part().Find("dt").Each(func(_ int, t *goquery.Selection) { out[bare(t.Text())] = strings.TrimSpace(t.Next().Text()) })
	return out
}

// Press sends the form of a button.
func (p *plain) Press(words string) {
	p.t.Helper()
	p.ask(p.form(p.must(pick(p.find("button,input[type=submit]"), words, said), "button", words)))
}

// Twice sends the form twice, the second time as it was before the answer.
func (p *plain) Twice(words string) {
	p.t.Helper()
	b := p.must(pick(p.find("button,input[type=submit]"), words, said), "button", words)
	again := p.form(b)
	p.ask(p.form(b))
	p.ask(again)
}

// form makes the request that a button sends.
func (p *plain) form(button *goquery.Selection) *http.Request {
	p.t.Helper()
	f := button.Closest("form")
	if id, ok := button.Attr("form"); ok {
		f = p.page.doc.Find("form[id='" + id + "']")
	}
	fields := p.fields(f)
	if name, ok := button.Attr("name"); ok {
		fields.Add(name, button.AttrOr("value", ""))
	}
	to := p.target(button.AttrOr("formaction", f.AttrOr("action", p.page.url.String())))
	if !strings.EqualFold(f.AttrOr("method", "get"), "post") {
		return p.request(http.MethodGet, strings.SplitN(to, "?", 2)[0]+"?"+fields.Encode(), nil, "")
	}
	if f.AttrOr("enctype", "") == "multipart/form-data" {
		body, kind := p.parts(f, fields)
		return p.request(http.MethodPost, to, body, kind)
	}
	return p.request(http.MethodPost, to, strings.NewReader(fields.Encode()), "application/x-www-form-urlencoded")
}

func (p *plain) request(method, to string, body io.Reader, kind string) *http.Request {
	p.t.Helper()
	r, err := http.NewRequest(method, to, body)
	if err != nil {
		p.t.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	r.Header.Set("Origin", p.base)
	return r
}

// fields are the successful controls of a form, files left out.
func (p *plain) fields(f *goquery.Selection) url.Values {
	out := url.Values{}
	all := f.Find("input[name],select[name],textarea[name]")
	if id, ok := f.Attr("id"); ok {
		all = all.AddSelection(p.page.doc.Find("[form='" + id + "'][name]"))
	}
	all.Each(func(_ int, c *goquery.Selection) {
		name, kind := c.AttrOr("name", ""), c.AttrOr("type", "text")
		_, checked := c.Attr("checked")
		switch {
		case c.Is("[disabled]") || c.Closest("fieldset[disabled]").Length() > 0 || kind == "file" || kind == "submit" || c.Is("button"):
		case kind == "radio" || kind == "checkbox":
			if checked {
				out.Add(name, c.AttrOr("value", "on"))
			}
		case c.Is("select"):
			o := c.Find("option[selected]")
			if o.Length() == 0 {
				o = c.Find("option").First()
			}
			out.Add(name, o.AttrOr("value", o.Text()))
		case c.Is("textarea"):
			out.Add(name, c.Text())
		default:
			out.Add(name, c.AttrOr("value", ""))
		}
	})
	return out
}

// parts are the fields and files of a form as its encoding demands.
func (p *plain) parts(f *goquery.Selection, fields url.Values) (io.Reader, string) {
	p.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, values := range fields {
		for _, v := range values {
			w.WriteField(name, v)
		}
	}
	f.Find("input[type=file]").Each(func(_ int, c *goquery.Selection) {
		name := c.AttrOr("name", "")
		file := p.page.files[name]
		content, err := os.ReadFile(file)
		if file != "" && err != nil {
			p.t.Fatal(err)
		}
		base := ""
		if file != "" {
			base = filepath.Base(file)
		}
		part, _ := w.CreateFormFile(name, base) // writes into memory
		part.Write(content)
	})
	w.Close()
	return &b, w.FormDataContentType()
}
