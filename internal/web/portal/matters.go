package portal

import (
	"net/url"
	"onewindow/internal/web/guideview"
	"strconv"
	"strings"

	"onewindow/internal/business/catalog"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// matters is what the list of matters shows.
type matters struct {
	Query  catalog.Query
	Themes []ui.Choice
	Bodies []ui.Choice
	Items  []matterLine
	Total  int
	Pages  ui.Pages
	Ways   []ui.Link // out of an empty list
	Common []ui.Link
}

// matterLine is one matter found.
type matterLine struct {
	Name, Href, Apply, Why string
	Known                  string // other names
	Facts                  []string
}

var audienceChoices = []ui.Choice{{Value: string(catalog.Person), Text: "个人"}, {Value: string(catalog.Enterprise), Text: "企业和其他组织"}}

// Matters finds matters by words, sound, initials and filters.
func (p *Pages) Matters(v *visit.Visit) error {
	snap, err := p.Catalog.Snapshot(v.Context())
	if err != nil {
		return err
	}
	q := catalog.Query{Text: clip(v.Query("q"), 100), Theme: v.Query("theme"), BodyID: v.Query("body"),
		Audience: catalog.Audience(v.Query("audience")), Open: v.Query("open") == "true", After: v.Query("after")}
	found := snap.Search(q)
	m := matters{Query: q, Total: found.Total, Themes: countChoices(snap.ByTheme()), Bodies: countChoices(snap.ByBody()), Common: common(snap)}
	for _, h := range found.Hits {
		line := lineOf(h.Entry)
		if officer(v) {
			line.Apply = ""
		}
		m.Items = append(m.Items, line)
	}
	m.page(found.Next)
	m.ways()
	return show(v, "办事指南", mattersPage(m))
}

func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

func countChoices(all []catalog.Count) (out []ui.Choice) {
	for _, c := range all {
		out = append(out, ui.Choice{Value: c.Key, Text: c.Name + "（" + strconv.Itoa(c.Total) + "）"})
	}
	return out
}

func lineOf(e *catalog.Entry) matterLine {
	i := e.Impl
	m := matterLine{Name: i.Name, Href: guideURL(i.Code()), Facts: []string{i.Body.Name, i.Kind.Name()}}
	if d := i.Decision(); d != nil {
		m.Facts = append(m.Facts, d.Text())
	}
	if i.Fee.Charged {
		m.Facts = append(m.Facts, "收费")
	} else {
		m.Facts = append(m.Facts, "不收费")
	}
	m.Known = strings.Join(e.Item.Aliases[:min(4, len(e.Item.Aliases))], "、")
	switch {
	case !e.Open():
		m.Why = "指南未完成，暂未开放"
	case i.Offline != "":
		m.Why = "窗口办理"
	default:
		m.Apply = applyURL(i.Code())
	}
	return m
}

// page sets the ways on; the filters stay.
func (m *matters) page(next string) {
	if m.Query.After != "" {
		first := m.Query
		first.After = ""
		m.Pages.First = mattersURL(first)
	}
	if next != "" {
		q := m.Query
		q.After = next
		m.Pages.Next = mattersURL(q)
	}
	m.Pages.Shown = "本页 " + strconv.Itoa(len(m.Items)) + " 项"
}

// ways lead out of an empty list, by dropping one filter after the other.
func (m *matters) ways() {
	if len(m.Items) > 0 {
		return
	}
	drop := func(words string, set bool, q catalog.Query) {
		if set {
			q.After = ""
			m.Ways = append(m.Ways, ui.Link{Text: words, Href: mattersURL(q)})
		}
	}
	q := m.Query
	q.Theme = ""
	drop("不限主题", m.Query.Theme != "", q)
	q = m.Query
	q.BodyID = ""
	drop("不限部门", m.Query.BodyID != "", q)
	q = m.Query
	q.Audience, q.Open = "", false
	drop("不限申请人和状态", m.Query.Audience != "" || m.Query.Open, q)
	drop("查看全部事项", true, catalog.Query{})
}

// EmptyTitle says what was not found.
func (m matters) EmptyTitle() string {
	if m.Query.Text == "" {
		return "没有符合条件的事项"
	}
	return "没有找到与「" + m.Query.Text + "」有关的事项"
}

func (m matters) openValue() string {
	if m.Query.Open {
		return "true"
	}
	return ""
}

// mattersURL is the list with a query.
func mattersURL(q catalog.Query) string {
	u := url.Values{}
	set := func(name, value string) {
		if value != "" {
			u.Set(name, value)
		}
	}
	set("q", q.Text)
	set("theme", q.Theme)
	set("body", q.BodyID)
	set("audience", string(q.Audience))
	set("after", q.After)
	if q.Open {
		u.Set("open", "true")
	}
	if len(u) == 0 {
		return "/matters"
	}
	return "/matters?" + u.Encode()
}

func guideURL(code string) string { return guideview.URL(code) }

func applyURL(code string) string { return "/apply/" + url.PathEscape(code) }
