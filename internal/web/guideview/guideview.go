// Package guideview draws the service guide (办事指南) of a version: for the public,
// and, before it is published, for those who edit and examine it, alike.
package guideview

import (
	"net/url"
	"strconv"

	"onewindow/internal/business/catalog"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

// View is a guide as the page shows it.
type View struct {
	catalog.Guide
	Flow    string // the drawn process
	Missing []string
	History []catalog.Head
	Old     bool   // not the version in force
	Current string // where that one is
	Apply   string // where one applies, "" while one cannot
	PDF     string // "" for none
	Hotline string
	Back    ui.Link // where the page leads back to
}

// Of draws a version as it stands on a day.
func Of(i *catalog.Implementation, g catalog.Guide) View {
	v := View{Guide: g, Current: URL(i.Code()), Missing: Missing(i), Back: ui.Link{Text: "返回事项列表", Href: "/matters"}}
	if len(i.Flow.Nodes) > 0 {
		v.Flow = string(i.Flow.SVG(nil))
	}
	return v
}

// URL is the public page of a matter.
func URL(code string) string { return "/matters/" + url.PathEscape(code) }

// Missing is what keeps a matter from being open.
func Missing(i *catalog.Implementation) (out []string) {
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

func (v View) statusWords() string {
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

func (v View) statusTone() ui.Tone {
	if v.Open {
		return ui.OK
	}
	return ui.Neutral
}

// Anchor is the id of a part on the page.
func Anchor(p catalog.Part) string { return "part-" + string(p) }

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
		name := ui.Cell{Text: "第" + strconv.Itoa(h.Version) + "版", Href: URL(code) + "?version=" + strconv.Itoa(h.Version)}
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
