package portal

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/catalog"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// guideView is a service guide (办事指南) as the page shows it.
type guideView struct {
	catalog.Guide
	Flow    string // the drawn process
	Missing []string
	History []catalog.Head
	Old     bool   // not the version in force
	Current string // where that one is
	Apply   string // where one applies, "" while one cannot
	PDF     string
	Hotline string
}

// Guide shows a matter: everything that 行政许可法第三十条 wants shown, and, with
// ?version=, how it was before.
func (p *Pages) Guide(v *visit.Visit) error {
	impl, err := p.shown(v)
	if err != nil {
		return err
	}
	history, err := p.Catalog.History(v.Context(), impl.Code())
	if err != nil {
		return err
	}
	g := guideView{Guide: impl.Guide(p.today()), History: history, PDF: guideURL(impl.Code()) + "/guide.pdf",
		Current: guideURL(impl.Code()), Hotline: p.Hotline, Missing: lackWords(impl)}
	if len(impl.Flow.Nodes) > 0 {
		g.Flow = string(impl.Flow.SVG(nil))
	}
	if v.Query("version") != "" {
		g.PDF += "?version=" + strconv.Itoa(impl.Version)
		g.Old = !g.Open
	}
	if g.Open && impl.Offline == "" && !officer(v) {
		g.Apply = applyURL(impl.Code())
	}
	return show(v, impl.Name, guidePage(g), ui.Link{Text: "办事指南", Href: "/matters"})
}

// shown is the version that the address asks for: the one in force, or, while
// there is none, the draft of a listed matter; with ?version= a published one.
func (p *Pages) shown(v *visit.Visit) (*catalog.Implementation, error) {
	code := v.Path("code")
	if n := v.Query("version"); n != "" {
		return p.published(v.Context(), code, n)
	}
	snap, err := p.Catalog.Snapshot(v.Context())
	if err != nil {
		return nil, err
	}
	e, ok := snap.ByCode(code)
	if !ok {
		return nil, fault.Missing("catalog.missing")
	}
	return e.Impl, nil
}

func (p *Pages) published(ctx context.Context, code, version string) (*catalog.Implementation, error) {
	heads, err := p.Catalog.History(ctx, code)
	if err != nil {
		return nil, err
	}
	for _, h := range heads {
		if strconv.Itoa(h.Version) == version {
			return p.Catalog.ByID(ctx, h.ID)
		}
	}
	return nil, fault.Missing("catalog.missing")
}

// lackWords are what keeps a matter from being open.
func lackWords(i *catalog.Implementation) (out []string) {
	if i.Status == catalog.Published {
		return nil
	}
	for _, l := range i.Lacks() {
		if !l.Warning {
			out = append(out, text.Field(fault.Field{Name: string(l.Part), Code: l.Code, Args: l.Args}))
		}
	}
	return out
}

func (v guideView) statusWords() string {
	switch {
	case v.Open && v.Offline != "":
		return "窗口办理"
	case v.Open:
		return "可以办理"
	case v.Status == catalog.Draft:
		return "暂未开放"
	}
	return text.Label(text.Version, string(v.Status))
}

func (v guideView) statusTone() ui.Tone {
	if v.Open {
		return ui.OK
	}
	return ui.Neutral
}

func anchor(p catalog.Part) string { return "part-" + string(p) }

func pairsOf(all []catalog.Fact) []ui.Pair {
	out := make([]ui.Pair, len(all))
	for i, f := range all {
		out[i] = ui.Pair{Term: f.Name, Text: f.Text}
	}
	return out
}

func tableOf(caption string, t catalog.Table) ui.TableData {
	out := ui.TableData{Caption: caption}
	for _, h := range t.Head {
		out.Columns = append(out.Columns, ui.Column{Title: h})
	}
	for _, r := range t.Rows {
		var row ui.Row
		for _, c := range r {
			row.Cells = append(row.Cells, ui.Cell{Text: c})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func materialTable(all []catalog.GuideMaterial) ui.TableData {
	t := ui.TableData{Caption: "申请材料", Columns: []ui.Column{{Title: "材料名称"}, {Title: "必要性"}, {Title: "来源"},
		{Title: "形式和份数"}, {Title: "要求和审查要点"}}}
	for i, m := range all {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Body: materialName(i+1, m)}, {Text: m.Need}, {Text: m.Origin},
			{Text: m.Media}, {Body: materialFacts(m)}}})
	}
	return t
}

// historyTable says what was in force when and on what ground it was changed
// (优化营商环境条例第三十五条).
func historyTable(code string, current int, all []catalog.Head) ui.TableData {
	t := ui.TableData{Caption: "版本沿革", Columns: []ui.Column{{Title: "版本"}, {Title: "实施日期"}, {Title: "终止日期"}, {Title: "调整依据"}, {Title: "公布时间"}}}
	for _, h := range all {
		name := ui.Cell{Text: "第" + strconv.Itoa(h.Version) + "版", Href: guideURL(code) + "?version=" + strconv.Itoa(h.Version)}
		if h.Version == current {
			name = ui.Cell{Text: name.Text, Note: "本页"}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{name, {Text: h.From}, {Text: orDash(h.To)},
			{Text: text.Label(text.Ground, string(h.Change.Ground)), Note: h.Change.Note}, {Text: text.At(h.PublishedAt)}}})
	}
	return t
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// escape is text made safe for markup that is written by hand.
func escape(s string) string { return templ.EscapeString(s) }
