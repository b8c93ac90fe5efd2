package portal

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"onewindow/internal/business/catalog"
	"onewindow/internal/web/guideview"
)

// 行政许可法第三十条: 事项、依据、条件、数量、程序、期限、材料目录、示范文本 of every
// matter that is open, with both the page and the paper.
func TestGuidesAreWhole(t *testing.T) {
	s := newSite(t)
	guest := s.Visitor()
	snap, err := s.Catalog.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range snap.Entries() {
		path := guideURL(e.Impl.Code())
		p := guest.Get(path).Want(200, "#part-item", "#part-basis", "#part-remedies", "#history", "h1")
		if !e.Open() {
			if p.Want(200, ".ow-t-warn li"); p.Has(`a[href^="/apply/"]`) {
				t.Errorf("%s is not open and can be applied for", e.Impl.Name)
			}
			continue
		}
		p.Want(200, "#part-conditions li, #part-conditions p", "#part-quantity", "#part-procedure svg[role=img]", "#part-limits", "#part-materials table", "#part-example dl",
			"#part-fee", "#part-result", "#part-window", "#history table")
		if e.Impl.Offline == "" && !p.Has(`a[href="`+applyURL(e.Impl.Code())+`"]`) {
			t.Errorf("%s cannot be applied for", e.Impl.Name)
		}
		for part, from := range e.Impl.Sources {
			if at := "#" + guideview.Anchor(part); from.Sample && p.Has(at) && !strings.Contains(p.Text(at), "示例："+strings.Join(strings.Fields(from.Why), " ")) {
				t.Errorf("%s does not say why %s is a sample", e.Impl.Name, part)
			}
		}
	}
}

func TestGuidePaper(t *testing.T) {
	s := newSite(t)
	guest := s.Visitor()
	snap, err := s.Catalog.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	closed := false
	for _, e := range snap.Entries() {
		if !e.Open() && closed {
			continue
		}
		closed = closed || !e.Open()
		p := guest.Get(guideURL(e.Impl.Code()) + "/guide.pdf").Want(200)
		if !strings.HasPrefix(p.Body, "%PDF-") || p.Header.Get("Content-Type") != "application/pdf" {
			t.Errorf("%s: %s", e.Impl.Name, p.Header.Get("Content-Type"))
		}
	}
}

// A published version stays to be read; the address names it.
func TestGuideOfAVersion(t *testing.T) {
	s := newSite(t)
	guest := s.Visitor()
	p := guest.Get(guideURL(s.Food().Code())+"?version=1").Want(200, "#history")
	if p.Has(`a[href^="` + guideURL(s.Food().Code()) + `?version=1"]`) {
		t.Error("the version leads to itself")
	}
	guest.Get(guideURL(s.Food().Code()) + "?version=2").Want(404)
}

func TestSearch(t *testing.T) {
	s := newSite(t)
	guest := s.Visitor()
	for _, words := range []string{"开饭店", "spjy", "食品经营", "shipinjingying"} {
		if p := guest.Get("/matters?q=" + url.QueryEscape(words)).Want(200); !strings.Contains(p.Text(".ow-list"), "食品经营许可") {
			t.Errorf("%s finds %s", words, p.Text(".ow-list h2"))
		}
	}
	p := guest.Get("/matters?theme=food&audience=enterprise&open=true").Want(200, `option[value=food][selected]`, `option[value=enterprise][selected]`, `input[name=open][checked]`)
	if p.Find(".ow-list > li").Length() == 0 {
		t.Error("no matter about food")
	}
	p = guest.Get("/matters?theme=food&q="+url.QueryEscape("龙宫许可")).Want(200, ".ow-empty", `.ow-empty a[href="/matters"]`)
	if !strings.Contains(p.Text(".ow-empty"), "龙宫许可") {
		t.Error(p.Text(".ow-empty"))
	}
}

// Leafing through shows every matter once, and the filters stay.
func TestLeafing(t *testing.T) {
	s := newSite(t)
	guest := s.Visitor()
	seen, path := map[string]int{}, "/matters?audience=enterprise"
	for range 20 {
		p := guest.Get(path).Want(200, `option[value=enterprise][selected]`)
		for _, href := range p.Find(".ow-list h2 a").EachIter() {
			seen[href.AttrOr("href", "")]++
		}
		next, more := p.Find("a[rel=next]").Attr("href")
		if !more {
			break
		}
		path = next
	}
	snap, _ := s.Catalog.Snapshot(context.Background())
	if want := snap.Search(catalog.Query{Audience: catalog.Enterprise}).Total; len(seen) != want {
		t.Errorf("%d matters, want %d", len(seen), want)
	}
	for href, n := range seen {
		if n != 1 {
			t.Errorf("%s stands %d times", href, n)
		}
	}
}

func TestHome(t *testing.T) {
	s := newSite(t)
	p := s.Visitor().Get("/").Want(200, `form[action="/matters"] input[name=q]`, `a[href="/matters?theme=food"]`, `a[href="/matters?body=dz-spj"]`,
		`form[action="/progress"] input[name=code]`, `form[action="/verify"] input[name=id]`)
	if p.Has("#home-mine") || !strings.Contains(p.Text("main"), "没有法律效力") {
		t.Error(p.Text("main"))
	}
	lina := s.As("lina")
	tell(t, s, lina)
	lina.Get("/").Want(200, "#home-mine", `a[href$="/receive"], a[href^="/cases/"]`)
}
