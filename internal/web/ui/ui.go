// Package ui holds the components that pages are made of: layouts, forms,
// tables, messages, figures. They take plain data and know no business; words
// that belong to the business come in as arguments. README.md lists them with
// an example.
package ui

import (
	"strings"

	"onewindow/internal/web/ui/static"
)

// Asset gives the hashed URL of a static file. It panics on an unknown name.
func Asset(name string) string { return static.URL(name) }

// Tone is what a colour says; the words beside it always say the same.
type Tone string

// The tones.
const (
	Neutral Tone = "neutral"
	Info    Tone = "info"
	OK      Tone = "ok"
	Warn    Tone = "warn"
	Bad     Tone = "bad"
	Stopped Tone = "stopped"
)

func (t Tone) class() string { return "ow-t-" + string(t.or(Neutral)) }

func (t Tone) or(other Tone) Tone {
	if t == "" {
		return other
	}
	return t
}

// icon is the drawing that goes with a tone, so that colour is never alone.
func (t Tone) icon() string {
	switch t {
	case OK:
		return "ok"
	case Warn:
		return "warn"
	case Bad:
		return "bad"
	case Stopped:
		return "pause"
	}
	return "info"
}

// Link is a way to another page.
type Link struct {
	Text, Href string
	Icon       string // a name of icons.svg; "" for none
	Count      int    // shown beside the text when above zero
	Current    bool   // the page being shown
}

func (l Link) current() string {
	if l.Current {
		return "page"
	}
	return ""
}

// Group is a titled part of the side navigation.
type Group struct {
	Title string
	Links []Link
}

// Site is what every page says of the platform that runs it. Everything is the
// operator's own data; an empty part is left out.
type Site struct {
	Name    string // beside the wordmark, such as 「某市政务服务」
	Owner   string // 主办单位, in the footer
	Contact string // how to reach people, in the footer
	Links   []Link // in the footer
	Search  string // path of the header search (GET, field q); "" for none
	Hint    string // placeholder of the header search
	SignIn  string // path of the sign-in page; "" for none
	Display string // path that switches elder mode (关怀版); "" for none
	Home    string // path behind the wordmark; "" means "/"
}

func (s Site) home() string {
	if s.Home == "" {
		return "/"
	}
	return s.Home
}

// User is who is signed in.
type User struct {
	Name    string
	Role    string // post or kind, shown under the name
	Links   []Link
	SignOut string // path that a POST signs out at
}

// Page is what a layout needs besides its content.
type Page struct {
	Title     string // the <title>, before the site's name
	Site      Site
	Nav       []Link  // header navigation of the public layout
	Side      []Group // side navigation of the work layout
	User      *User   // nil: nobody is signed in
	Crumbs    []Link
	Flashes   []Message
	Query     string   // what the header search was asked
	Path      string   // path and query of this page, to come back to
	Elder     bool     // 关怀版
	Hold      bool     // sign-in and fault pages: what was typed before stays kept in the tab
	Owner     string   // opaque mark of the account; what another typed is never offered
	RequestID string   // shown in the footer of work pages
	Scripts   []string // further static files, such as "bootstrap.bundle.min.js"
}

func (p Page) fullTitle() string {
	parts := make([]string, 0, 3)
	for _, s := range []string{p.Title, p.Site.Name, "一窗"} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " - ")
}

func (p Page) rootClass() string {
	if p.Elder {
		return "ow-elder"
	}
	return ""
}

// HTMX is the configuration every page carries: nothing that the content
// security policy forbids, nothing kept in the browser's storage, and answers
// with an error status are shown where they were asked for.
const HTMX = `{"allowEval":false,"includeIndicatorStyles":false,"selfRequestsOnly":true,"allowScriptTags":false,` +
	`"historyCacheSize":0,"refreshOnHistoryMiss":true,"scrollBehavior":"auto","responseHandling":[` +
	`{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"[45]..","swap":true,"error":true}]}`
