package matter

import (
	"io"

	"github.com/a-h/templ"

	"onewindow/internal/business/catalog"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// largest is the size of an imported matter, in bytes.
const largest = 1 << 20

// seen is the revision that the page showed; what is no number is stale.
func seen(v *visit.Visit) (int, error) {
	n, err := v.Int("revision")
	if err != nil {
		err = fault.Conflict("stale")
	}
	return n, err
}

// HandOver puts the draft before who publishes.
func (p *Pages) HandOver(v *visit.Visit) error {
	n, err := seen(v)
	if err == nil {
		err = p.Catalog.HandOver(v.Context(), v.Actor, catalog.HandOver{ID: v.Path("draft"), Revision: n, Note: v.Text("note")})
	}
	return p.after(v, err, "已送审。由行政审批局另一名清单管理人员核对后发布；发布或者退回以前不能修改，需要修改的先撤回。")
}

// TakeBack opens the draft for editing again.
func (p *Pages) TakeBack(v *visit.Visit) error {
	n, err := seen(v)
	if err == nil {
		err = p.Catalog.TakeBack(v.Context(), v.Actor, catalog.TakeBack{ID: v.Path("draft"), Revision: n})
	}
	return p.after(v, err, "已撤回送审，可以继续修改。")
}

// after says how an act on the draft ended, on its overview.
func (p *Pages) after(v *visit.Visit, err error, said string) error {
	if err == nil {
		v.Flash(ui.OK, said)
		return v.See(draftPath(v.Path("draft"), ""))
	}
	o, failed := p.overview(v)
	if failed != nil {
		return failed
	}
	o.Note = v.Text("note")
	return v.Again(err, func(problems ui.Problems) templ.Component {
		o.Problems = problems
		return overviewFrame(v, o)
	})
}

// AskDiscard asks back before a draft is removed.
func (p *Pages) AskDiscard(v *visit.Visit) error {
	i, err := p.draft(v)
	if err != nil {
		return err
	}
	return v.Render(discardFrame(v, i, ui.Problems{}))
}

func discardFrame(v *visit.Visit, i *catalog.Implementation, problems ui.Problems) templ.Component {
	return page(v, "作废草稿", discardPage(i, problems), ui.Link{Text: i.Name, Href: draftPath(i.ID, "")}, ui.Link{Text: "作废草稿", Current: true})
}

// Discard removes the draft.
func (p *Pages) Discard(v *visit.Visit) error {
	i, err := p.draft(v)
	if err != nil {
		return err
	}
	n, err := seen(v)
	if err == nil {
		err = p.Catalog.DiscardDraft(v.Context(), v.Actor, catalog.DiscardDraft{ID: i.ID, Revision: n})
	}
	if err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component { return discardFrame(v, i, problems) })
	}
	v.Flash(ui.OK, "「"+i.Name+"」的草稿已作废。")
	return v.See(Base)
}

// importing is the form that takes a file.
type importing struct {
	Bodies   []ui.Choice
	Body     string
	Problems ui.Problems
}

// AskImport asks for the file of a matter.
func (p *Pages) AskImport(v *visit.Visit) error {
	x, err := p.importing(v)
	if err != nil {
		return err
	}
	return v.Render(importFrame(v, x))
}

func (p *Pages) importing(v *visit.Visit) (importing, error) {
	pl, err := p.places(v)
	return importing{Bodies: ownBodies(v, pl), Body: v.Text("body")}, err
}

func importFrame(v *visit.Visit, x importing) templ.Component {
	return page(v, "导入事项", importPage(x), ui.Link{Text: "导入事项", Current: true})
}

// Import makes a draft of a file, or says by name and line why it cannot.
func (p *Pages) Import(v *visit.Visit) error {
	var data []byte
	err := v.Files(visit.FileLimits{Each: largest, Count: 1}, func(part visit.Part) (err error) {
		data, err = io.ReadAll(part)
		return err
	})
	if err == nil && len(data) == 0 {
		err = fault.Invalid("form.invalid", fault.At("file", "text.required"))
	}
	id := ""
	if err == nil {
		id, err = p.Catalog.Import(v.Context(), v.Actor, catalog.Import{File: data, BodyID: v.Text("body")})
	}
	if err == nil {
		v.Flash(ui.OK, "已导入为草稿。窗口、复议机关、法院等属于实施主体的内容须逐项核对。")
		return v.See(draftPath(id, ""))
	}
	x, failed := p.importing(v)
	if failed != nil {
		return failed
	}
	return v.Again(err, func(problems ui.Problems) templ.Component {
		x.Problems = problems
		return importFrame(v, x)
	})
}
