// Package matter is the editor of a matter's list (实施清单编制): every part of a
// draft in a section of its own, what is still lacking, how the public will see
// it, and handing it over to who publishes.
package matter

import (
	"net/http"

	"github.com/a-h/templ"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// Base is the path under which these pages stand.
const Base = "/admin/matters"

const (
	itemsPath   = "/admin/items"
	reviewsPath = "/admin/drafts"
	flowsPath   = "/admin/flows"
)

// Deps are what the pages stand on.
type Deps struct {
	Catalog *catalog.Service
	Org     *org.Service
	Hotline string
}

// Pages are the pages of the editor.
type Pages struct{ Deps }

// New makes the pages.
func New(d Deps) *Pages { return &Pages{d} }

// Routes is the table of them all.
func (p *Pages) Routes() []visit.Route {
	upload := route(http.MethodPost, Base+"/import", staff.CatalogEdit, p.Import)
	upload.Rules = append(upload.Rules, visit.Upload(largest+1<<16))
	get := func(path string, need staff.Permission, h func(*visit.Visit) error) visit.Route {
		return route(http.MethodGet, path, need, h)
	}
	post := func(path string, need staff.Permission, h func(*visit.Visit) error) visit.Route {
		return route(http.MethodPost, path, need, h)
	}
	return []visit.Route{
		get(Base, staff.CatalogEdit, p.List),
		get(Base+"/new", staff.CatalogEdit, p.AskBegin),
		post(Base+"/new", staff.CatalogEdit, p.Begin),
		get(Base+"/import", staff.CatalogEdit, p.AskImport),
		upload,
		post("/admin/matter-drafts/{version}", staff.CatalogEdit, p.NextVersion),
		get(Base+"/{draft}", staff.CatalogEdit, p.Overview),
		get(Base+"/{draft}/parts/{part}", staff.CatalogEdit, p.Part),
		post(Base+"/{draft}/parts/{part}", staff.CatalogEdit, p.SavePart),
		post(Base+"/{draft}/parts/{part}/drop", staff.CatalogEdit, p.DropRow),
		get(Base+"/{draft}/example", staff.CatalogEdit, p.Example),
		post(Base+"/{draft}/example", staff.CatalogEdit, p.SaveExample),
		get(Base+"/{draft}/guide", staff.CatalogReadDraft, p.Guide),
		get(Base+"/{draft}/form", staff.CatalogReadDraft, p.Form),
		post(Base+"/{draft}/form", staff.CatalogReadDraft, p.TryForm),
		get(Base+"/{draft}/file", staff.CatalogEdit, p.Export),
		post(Base+"/{draft}/hand-over", staff.CatalogEdit, p.HandOver),
		post(Base+"/{draft}/take-back", staff.CatalogEdit, p.TakeBack),
		get(Base+"/{draft}/discard", staff.CatalogEdit, p.AskDiscard),
		post(Base+"/{draft}/discard", staff.CatalogEdit, p.Discard),
		get(itemsPath, staff.CatalogReadDraft, p.Items),
		get(itemsPath+"/new", staff.CatalogPublish, p.AskItem),
		post(itemsPath+"/new", staff.CatalogPublish, p.SaveItem),
	}
}

func route(method, path string, need staff.Permission, h func(*visit.Visit) error) visit.Route {
	return visit.Route{Method: method, Pattern: path, Need: visit.Permission(need), Handler: h}
}

// Side is the part of the work navigation that leads to these pages.
func (p *Pages) Side(v *visit.Visit) []ui.Group {
	if !v.Actor.Can(staff.CatalogEdit) {
		return nil
	}
	return []ui.Group{{Title: "清单编制", Links: []ui.Link{{Text: "事项编制", Href: Base, Icon: "list"}, {Text: "基本目录", Href: itemsPath, Icon: "inbox"}}}}
}

func page(v *visit.Visit, title string, body templ.Component, crumbs ...ui.Link) templ.Component {
	return frame(v.Page(title, append([]ui.Link{{Text: "事项编制", Href: Base}}, crumbs...)...), body)
}

func draftPath(id, what string) string { return Base + "/" + id + what }

// draft loads the draft that the address names.
func (p *Pages) draft(v *visit.Visit) (*catalog.Implementation, error) {
	i, err := p.Catalog.Draft(v.Context(), v.Actor, v.Path("draft"))
	if err == nil && i.Status != catalog.Draft {
		err = fault.Conflict("catalog.not_draft")
	}
	return i, err
}

func (p *Pages) places(v *visit.Visit) (pl places, err error) {
	if pl.Bodies, err = p.Org.List(v.Context(), org.Filter{}); err != nil {
		return pl, err
	}
	halls, err := p.Org.Halls(v.Context())
	if err != nil {
		return pl, err
	}
	windows, err := p.Org.AllWindows(v.Context())
	for _, w := range windows {
		for _, h := range halls {
			if h.ID == w.HallID && w.Active {
				pl.Windows = append(pl.Windows, placed{w, h})
			}
		}
	}
	return pl, err
}

// state is where the draft stands, in words.
func state(h catalog.Handover) string {
	if h.State == catalog.Editing {
		return text.Label(text.Handover, "editing")
	}
	return text.Label(text.Handover, string(h.State))
}

func stateTone(h catalog.Handover) ui.Tone {
	switch h.State {
	case catalog.HandedOver:
		return ui.Info
	case catalog.SentBack:
		return ui.Warn
	}
	return ui.Neutral
}

// lackWords are what is lacking as problems of the editor's fields.
func lackWords(all []catalog.Lack, of string) (out ui.Problems) {
	for _, l := range all {
		if partOf(l) == of {
			out.Fields = append(out.Fields, ui.Problem{Field: l.Field, Message: lackText(l)})
		}
	}
	return out
}

func lackText(l catalog.Lack) string {
	said := text.Say(l.Code, l.Args)
	if l.Law != "" {
		said += "（" + l.Law + "）"
	}
	return said
}
