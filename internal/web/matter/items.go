package matter

import (
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// itemsShown is how many entries a page of the directory holds.
const itemsShown = 50

// directory is a page of the basic directory.
type directory struct {
	Items      []catalog.Item
	Query      string
	Kind       string
	Pages      ui.Pages
	Keep, Edit bool // the reader keeps the directory, edits lists
}

// Items shows the basic directory (基本目录), by code.
func (p *Pages) Items(v *visit.Visit) error {
	d := directory{Query: v.Query("q"), Kind: v.Query("kind"), Keep: v.Actor.Can(staff.CatalogPublish), Edit: v.Actor.Can(staff.CatalogEdit)}
	var err error
	d.Items, err = p.Catalog.Items(v.Context(), v.Actor, catalog.ItemList{Text: d.Query, Kind: catalog.Kind(d.Kind), After: v.Query("after"), Limit: itemsShown + 1})
	if err != nil {
		return err
	}
	d.Items, d.Pages = visit.Cut(v, itemsPath, v.Asked("q", "kind"), d.Items, itemsShown, func(i catalog.Item) string { return i.Code })
	return v.Render(frame(v.Page("基本目录", ui.Link{Text: "基本目录", Current: true}), itemsPage(d)))
}

func (d directory) table() ui.TableData {
	t := ui.TableData{Caption: "基本目录", Columns: []ui.Column{{Title: "事项"}, {Title: "类型", Tight: true}, {Title: "基本编码", Tight: true}, {Title: "公众的叫法"}, {Title: "编制", Tight: true}}}
	for _, i := range d.Items {
		note := ""
		if i.Split {
			note = "按子项办理"
		} else if !i.Listed {
			note = "不在公开目录中"
		}
		cell := ui.Cell{Text: i.Name, Note: note}
		if d.Keep {
			cell.Href = itemsPath + "/new?code=" + i.Code
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{cell, {Text: i.Kind.Name()}, {Text: i.Code}, {Text: strings.Join(i.Aliases, "、")}, d.begin(i)}})
	}
	return t
}

// begin leads to a draft of the entry.
func (d directory) begin(i catalog.Item) ui.Cell {
	if !d.Edit || i.Split {
		return ui.Cell{}
	}
	return ui.Cell{Text: "新编", Href: Base + "/new?item=" + i.Code}
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

func (p *Pages) itemForm(v *visit.Visit, code string) (f itemForm, err error) {
	f.Item.Listed = true
	if code == "" {
		return f, nil
	}
	f.Item, err = p.Catalog.Item(v.Context(), v.Actor, code)
	f.Known = true
	return f, err
}

func itemFrame(v *visit.Visit, f itemForm) templ.Component {
	title := "新增事项"
	if f.Known {
		title = f.Item.Name
	}
	return frame(v.Page(title, ui.Link{Text: "基本目录", Href: itemsPath}, ui.Link{Text: title, Current: true}), itemPage(f, title))
}

// SaveItem enters the matter into the directory, or writes over the version of
// its entry that was seen.
func (p *Pages) SaveItem(v *visit.Visit) error {
	f, err := p.itemForm(v, v.Query("code"))
	if err != nil {
		return err
	}
	if !f.Known {
		f.Item.Code = v.Text("code")
	} else if n, err := v.Int("version"); err == nil {
		f.Item.Version = int64(n)
	} else {
		f.Item.Version = -1 // what is no number was never seen
	}
	f.Item.Name, f.Item.Kind = v.Text("name"), catalog.Kind(v.Text("kind"))
	f.Item.Listed, f.Item.Split = v.Text("listed") == "true", v.Text("split") == "true"
	f.Item.Aliases = aliases(v.Text("aliases"))
	f.Item.Source.Source = v.Text("source")
	if err := p.Catalog.SaveItem(v.Context(), v.Actor, catalog.SaveItem{Item: f.Item}); err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			f.Problems = problems
			return itemFrame(v, f)
		})
	}
	v.Flash(ui.OK, "「"+f.Item.Name+"」已记入基本目录。")
	return v.See(itemsPath + "?q=" + f.Item.Code)
}

// aliases are the words that stand in lines or between 、.
func aliases(typed string) (out []string) {
	for _, a := range strings.FieldsFunc(typed, func(r rune) bool { return r == '\n' || r == '、' }) {
		if a = strings.TrimSpace(a); a != "" {
			out = append(out, a)
		}
	}
	return out
}

// path is where the entry is asked for and saved.
func (f itemForm) path() string {
	if f.Known {
		return itemsPath + "/new?code=" + f.Item.Code
	}
	return itemsPath + "/new"
}

func itemKinds() (out []ui.Choice) {
	for _, k := range []catalog.Kind{catalog.Licensing, catalog.Payment, catalog.Confirmation, catalog.Reward, catalog.Adjudication, catalog.OtherPower, catalog.PublicService} {
		out = append(out, ui.Choice{Value: string(k), Text: k.Name()})
	}
	return out
}
