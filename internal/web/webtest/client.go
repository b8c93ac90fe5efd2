// Package webtest looks at pages the way tests need it: over HTTP with cookies
// and selectors, and in Chromium with axe-core. Only tests import it.
package webtest

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Client is a visitor with cookies. It does not follow redirects, so that a
// test sees them.
type Client struct {
	URL  string
	HTTP *http.Client
	t    testing.TB
}

// NewClient serves h for the length of the test.
func NewClient(t testing.TB, h http.Handler) *Client {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	jar, _ := cookiejar.New(nil) // fails on no input
	return &Client{t: t, URL: srv.URL, HTTP: &http.Client{
		Jar:           jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Page is one answer.
type Page struct {
	*goquery.Document
	Status int
	Header http.Header
	Body   string
	t      testing.TB
}

// Get asks for a path; header holds pairs.
func (c *Client) Get(path string, header ...string) *Page {
	c.t.Helper()
	r, err := http.NewRequest(http.MethodGet, c.URL+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.Do(r, header...)
}

// Post sends a form from a page of the same origin.
func (c *Client) Post(path string, form url.Values, header ...string) *Page {
	c.t.Helper()
	r, err := http.NewRequest(http.MethodPost, c.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return c.Do(r, header...)
}

// Do sends any request.
func (c *Client) Do(r *http.Request, header ...string) *Page {
	c.t.Helper()
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := c.HTTP.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	if err != nil {
		c.t.Fatal(err)
	}
	return &Page{Document: doc, Status: res.StatusCode, Header: res.Header, Body: string(body), t: c.t}
}

// Text is the text of what the selector finds, with single spaces.
func (p *Page) Text(selector string) string {
	return strings.Join(strings.Fields(p.Find(selector).Text()), " ")
}

// Has reports whether the selector finds anything.
func (p *Page) Has(selector string) bool { return p.Find(selector).Length() > 0 }

// Want fails the test unless the status is as given and every selector finds
// something; it shows the text of the page.
func (p *Page) Want(status int, selectors ...string) *Page {
	p.t.Helper()
	if p.Status != status {
		p.t.Fatalf("status %d, want %d: %s", p.Status, status, p.Text("body"))
	}
	for _, s := range selectors {
		if !p.Has(s) {
			p.t.Errorf("nothing is %s in: %s", s, p.Text("body"))
		}
	}
	return p
}
