package matter

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/form"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/sheet"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// editing is the page of one section.
type editing struct {
	Impl     *catalog.Implementation // as it is held
	Part     part
	Sheet    *sheet.Sheet
	Revision string
	Lacks    ui.Problems // of what is held
	Problems ui.Problems // what stopped the last act
	Drop     string      // key of the row that is about to be removed
	Stale    bool        // somebody saved since; what was typed is still there
}

// Part shows a section with what is still lacking in it.
func (p *Pages) Part(v *visit.Visit) error {
	e, err := p.editing(v)
	if err != nil {
		return err
	}
	pl, err := p.places(v)
	if err != nil {
		return err
	}
	e.Sheet = sheet.Drawn(e.Lacks, v.Query("open"), e.Part.whole(e.Impl.Clone(), pl))
	if key := v.Query("drop"); e.Sheet.TitleOf(key) != "" {
		e.Drop = key
	}
	return v.Render(editFrame(v, e))
}

func (p *Pages) editing(v *visit.Visit) (e editing, err error) {
	ok := false
	if e.Part, ok = partByKey(v.Path("part")); !ok {
		return e, fault.Missing("catalog.missing")
	}
	if e.Impl, err = p.draft(v); err != nil {
		return e, err
	}
	e.Revision = revision(e.Impl)
	e.Lacks = lackWords(e.Impl.Lacks(), e.Part.Key)
	if e.Part.Key == "form" {
		e.Lacks.Fields = append(e.Lacks.Fields, formWords(e.Impl.Form)...)
	}
	return e, nil
}

// formWords are what is wrong with a form, at its fields.
func formWords(d form.Definition) (out []ui.Problem) {
	f := fault.Of(d.Check())
	if f == nil {
		return nil
	}
	for _, x := range f.Fields {
		// one field of the page takes one value or several
		out = append(out, ui.Problem{Field: strings.Replace(x.Name, ".values", ".value", 1), Message: text.Field(x)})
	}
	return out
}

func editFrame(v *visit.Visit, e editing) templ.Component {
	return page(v, e.Part.Title+"："+e.Impl.Name, editPage(e), ui.Link{Text: e.Impl.Name, Href: draftPath(e.Impl.ID, "")}, ui.Link{Text: e.Part.Title, Current: true})
}

func (e editing) path() string { return draftPath(e.Impl.ID, "/parts/"+e.Part.Key) }

// locked says that the draft was handed over and cannot be changed now.
func locked(i *catalog.Implementation) bool { return i.Handover.State == catalog.HandedOver }

// SavePart lays what was typed over the draft, does what the button says, and
// saves. What is lacking does not hinder saving; what cannot be read does.
func (p *Pages) SavePart(v *visit.Visit) error {
	e, err := p.editing(v)
	if err != nil {
		return err
	}
	pl, err := p.places(v)
	if err != nil {
		return err
	}
	draft := e.Impl.Clone()
	e.Sheet = sheet.Read(v.Texts, v.Text("do"), e.Part.whole(draft, pl))
	err = e.Sheet.Err()
	if err == nil {
		err = p.keep(v, e.Impl.ID, draft)
	}
	if err != nil {
		e.Revision, e.Stale = v.Text("revision"), fault.Of(err).Code == "stale"
		return v.Again(err, func(problems ui.Problems) templ.Component {
			e.Problems = problems
			return editFrame(v, e)
		})
	}
	if key := e.Sheet.Asked(); key != "" {
		v.Flash(ui.Info, "已保存其他修改。")
		return v.See(e.path() + "?drop=" + url.QueryEscape(key) + "#drop")
	}
	v.Flash(ui.OK, "「"+e.Part.Title+"」已保存。")
	if key := e.Sheet.Open(); key != "" {
		return v.See(e.path() + "?open=" + url.QueryEscape(key) + "#" + sheet.ID(key))
	}
	return v.See(e.path())
}

// keep saves the draft over the revision that was seen.
func (p *Pages) keep(v *visit.Visit, id string, draft *catalog.Implementation) error {
	seen, err := v.Int("revision")
	if err != nil {
		return fault.Conflict("stale")
	}
	_, err = p.Catalog.SaveDraft(v.Context(), v.Actor, catalog.SaveDraft{ID: id, Revision: seen, Body: draft})
	return err
}

// DropRow removes a folded row after the question whether to.
func (p *Pages) DropRow(v *visit.Visit) error {
	e, err := p.editing(v)
	if err != nil {
		return err
	}
	pl, err := p.places(v)
	if err != nil {
		return err
	}
	draft := e.Impl.Clone()
	describe := e.Part.whole(draft, pl)
	name := sheet.Drawn(ui.Problems{}, "", e.Part.whole(e.Impl.Clone(), pl)).TitleOf(v.Text("key"))
	sheet.Do("drop:"+v.Text("key"), describe)
	if err := p.keep(v, e.Impl.ID, draft); err != nil {
		e.Sheet = sheet.Drawn(e.Lacks, "", e.Part.whole(e.Impl.Clone(), pl))
		return v.Again(err, func(problems ui.Problems) templ.Component {
			e.Problems = problems
			return editFrame(v, e)
		})
	}
	v.Flash(ui.OK, "「"+name+"」已删除。")
	return v.See(e.path())
}
