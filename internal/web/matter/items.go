package matter

import (
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// directory is the basic directory as it is searched.
type directory struct {
	Items []catalog.Item
	More  bool // more match than are shown
	Query string
	May   bool // the reader keeps the directory
}

// Items shows the basic directory (基本目录).
func (p *Pages) Items(v *visit.Visit) error {
	all, err := p.Catalog.Items(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	d := directory{Query: v.Query("q"), May: v.Actor.Can(staff.CatalogPublish)}
	for _, i := range all {
		switch {
		case !strings.Contains(i.Name, d.Query) && !strings.HasPrefix(i.Code, d.Query):
		case len(d.Items) >= mostListed:
			d.More = true
		default:
			d.Items = append(d.Items, i)
		}
	}
	return v.Render(frame(v.Page("基本目录", ui.Link{Text: "基本目录", Current: true}), itemsPage(d)))
}

func (d directory) table() ui.TableData {
	t := ui.TableData{Caption: "基本目录", Columns: []ui.Column{{Title: "事项"}, {Title: "类型", Tight: true}, {Title: "基本编码", Tight: true}, {Title: "别名"}}}
	for _, i := range d.Items {
		note := ""
		if i.Split {
			note = "按子项办理"
		} else if !i.Listed {
			note = "不在公开目录中"
		}
		cell := ui.Cell{Text: i.Name, Note: note}
		if d.May {
			cell.Href = itemsPath + "/new?code=" + i.Code
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{cell, {Text: i.Kind.Name()}, {Text: i.Code}, {Text: strings.Join(i.Aliases, "、")}}})
	}
	return t
}

// itemForm is an entry of the directory as a form.
type itemForm struct {
	Item     catalog.Item
	Known    bool // it is there already; its code is fixed
	Problems ui.Problems
}

// AskItem asks for a new entry, or shows the one that the address names.
func (p *Pages) AskItem(v *visit.Visit) error {
	f, err := p.itemForm(v, v.Query("code"))
	if err != nil {
		return err
	}
	return v.Render(itemFrame(v, f))
}

func (p *Pages) itemForm(v *visit.Visit, code string) (itemForm, error) {
	all, err := p.Catalog.Items(v.Context(), v.Actor)
	for _, i := range all {
		if i.Code == code {
			return itemForm{Item: i, Known: true}, err
		}
	}
	return itemForm{Item: catalog.Item{Listed: true}}, err
}

func itemFrame(v *visit.Visit, f itemForm) templ.Component {
	title := "新增事项"
	if f.Known {
		title = f.Item.Name
	}
	return frame(v.Page(title, ui.Link{Text: "基本目录", Href: itemsPath}, ui.Link{Text: title, Current: true}), itemPage(f, title))
}

// SaveItem enters the matter into the directory or changes its entry.
func (p *Pages) SaveItem(v *visit.Visit) error {
	f, err := p.itemForm(v, v.Text("code"))
	if err != nil {
		return err
	}
	f.Item.Code, f.Item.Name, f.Item.Kind = v.Text("code"), v.Text("name"), catalog.Kind(v.Text("kind"))
	f.Item.Listed, f.Item.Split = v.Text("listed") == "true", v.Text("split") == "true"
	f.Item.Aliases = strings.FieldsFunc(v.Text("aliases"), func(r rune) bool { return r == '\n' || r == '、' })
	f.Item.Source.Source = v.Text("source")
	if err := p.Catalog.SaveItem(v.Context(), v.Actor, catalog.SaveItem{Item: f.Item}); err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			f.Problems = problems
			return itemFrame(v, f)
		})
	}
	v.Flash(ui.OK, "「"+f.Item.Name+"」已记入基本目录。")
	return v.See(itemsPath)
}

func itemKinds() (out []ui.Choice) {
	for _, k := range []catalog.Kind{catalog.Licensing, catalog.Payment, catalog.Confirmation, catalog.Reward, catalog.Adjudication, catalog.OtherPower, catalog.PublicService} {
		out = append(out, ui.Choice{Value: string(k), Text: k.Name()})
	}
	return out
}
