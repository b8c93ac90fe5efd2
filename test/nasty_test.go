package test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// nasty are texts that nobody types by mistake.
var nasty = []string{
	`<script>alert(1)</script>"><img src=x onerror=alert(1)>`, `'; drop table cases; --`, strings.Repeat("名", 10_000),
	"嘉禾🍜\u202e店𠮷龘\U00030edd", "2026-02-30", "-1", "99999999999999999999", "../../etc/passwd\x00", "\xff\xfe", "{{.}}${7*7}",
}

// nastier fills every form that a person meets with nasty texts and sends it.
type nastier struct {
	t    testing.TB
	base string
	sent map[string]bool // by person, act and round
}

// TestNastyForms sends SQL, markup, names of 10,000 characters, impossible days
// and broken text in every field of every form that the pages show to anybody.
// Nothing of it breaks a page, runs, or becomes the program's error.
func TestNastyForms(t *testing.T) {
	stores(t, func(t *testing.T, database string) {
		s := start(t, t.TempDir(), database)
		c := newCast(t, s)
		c.enter()
		c.whole()
		c.leaveUndone()
		n := &nastier{t: t, base: s.URL, sent: map[string]bool{}}
		table := openAlbum(t)
		for _, login := range people {
			r := &roamer{t: t, login: login, plain: newPlain(t, s.URL), shots: table, forms: n.page}
			r.roam()
		}
		if len(n.sent) < 100 {
			t.Errorf("only %d forms were sent", len(n.sent))
		}
		t.Logf("%d forms sent", len(n.sent))
		s.calm()
	})
}

// page sends every form of the page that is shown, in three rounds.
func (n *nastier) page(r *roamer) {
	p := r.plain
	page := p.page.url
	p.page.doc.Find("form").Each(func(_ int, f *goquery.Selection) {
		to := p.target(f.AttrOr("action", page.String()))
		if strings.HasSuffix(to, "/sign-out") || strings.HasSuffix(to, "/sign-in") || strings.HasSuffix(to, "/password") {
			return
		}
		if strings.Contains(to, "/admin/matters/") && strings.HasSuffix(to, "/discard") {
			return // what the links noted before lead to would be gone
		}
		key := r.login + " " + r.shots.line(page.RequestURI()) + " " + f.AttrOr("method", "") + " " + strings.Join(controls(f), ",")
		for round := range 3 {
			if k := key + strings.Repeat("+", round); !n.sent[k] {
				n.sent[k] = true
				n.send(p, f, to, round)
			}
		}
	})
}

func controls(f *goquery.Selection) (out []string) {
	f.Find("[name]").Each(func(_ int, c *goquery.Selection) { out = append(out, c.AttrOr("name", "")) })
	return out
}

// send fills all that can be typed; versions and choices stay in the first
// round, so that the act itself is reached.
func (n *nastier) send(p *plain, f *goquery.Selection, to string, round int) {
	fields, i := p.fields(f), round*4
	f.Find("input[name],textarea[name],select[name]").Each(func(_ int, c *goquery.Selection) {
		kind := c.AttrOr("type", "text")
		if kind == "file" || round == 0 && (kind == "hidden" || kind == "radio" || kind == "checkbox" || c.Is("select")) {
			return
		}
		fields.Set(c.AttrOr("name", ""), nasty[i%len(nasty)])
		i++
	})
	post := strings.EqualFold(f.AttrOr("method", "get"), "post")
	method, body, kind := http.MethodPost, io.Reader(strings.NewReader(fields.Encode())), "application/x-www-form-urlencoded"
	switch {
	case post && f.AttrOr("enctype", "") == "multipart/form-data":
		body, kind = p.parts(f, fields)
	case !post:
		method, to, body, kind = http.MethodGet, strings.SplitN(to, "?", 2)[0]+"?"+short(fields).Encode(), nil, ""
	}
	req := p.request(method, to, body, kind)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := p.http.Do(req)
	if err != nil {
		n.t.Errorf("%s %s: %v", method, to, err)
		return
	}
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= 500 || strings.Contains(string(content), "<script>alert") || strings.Contains(string(content), "<img src=x") {
		n.t.Errorf("%s %s, round %d: %s %v\n%.300s", method, strings.SplitN(to, "?", 2)[0], round, res.Status, err, content)
	}
}

// short are fields that fit into an address.
func short(all url.Values) url.Values {
	for name := range all {
		if len(all.Get(name)) > 1000 {
			all.Set(name, all.Get(name)[:999])
		}
	}
	return all
}
