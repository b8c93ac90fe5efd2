package matter

import (
	"bytes"
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/form"
	"onewindow/internal/web/formview"
	"onewindow/internal/web/guideview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

func revision(i *catalog.Implementation) string { return strconv.Itoa(i.Revision) }

// overview is a draft with all its sections.
type overview struct {
	catalog.Review
	Note     string
	Problems ui.Problems
}

// Overview shows the sections, what is lacking in each, and what comes next.
func (p *Pages) Overview(v *visit.Visit) error {
	o, err := p.overview(v)
	if err != nil {
		return err
	}
	return v.Render(overviewFrame(v, o))
}

func (p *Pages) overview(v *visit.Visit) (o overview, err error) {
	o.Review, err = p.Catalog.Review(v.Context(), v.Actor, v.Path("draft"))
	return o, err
}

func overviewFrame(v *visit.Visit, o overview) templ.Component {
	return page(v, o.Draft.Name, overviewPage(o), ui.Link{Text: o.Draft.Name, Current: true})
}

// section is a line of the overview.
type section struct {
	Title, Href, Lead string
	Must, May         []string // what is lacking, what ought to be better
}

func (o overview) sections() (out []section) {
	for _, x := range parts {
		out = append(out, section{Title: x.Title, Href: draftPath(o.Draft.ID, "/parts/"+x.Key), Lead: x.Lead})
		o.found(&out[len(out)-1], x.Key)
		switch x.Key {
		case "procedure":
			out = append(out, section{Title: "办理流程", Href: flowsPath + "/" + o.Draft.ID, Lead: "环节、岗位、时限、并行和条件。"})
			o.found(&out[len(out)-1], "flow")
			for _, w := range o.Wrong {
				out[len(out)-1].Must = append(out[len(out)-1].Must, text.Field(w))
			}
		case "form":
			out = append(out, section{Title: "示范文本", Href: draftPath(o.Draft.ID, "/example"), Lead: "照申请表填一份正确的，公众在指南上看到；改了申请表后再核对一遍。"})
			o.found(&out[len(out)-1], "example")
		}
	}
	return out
}

func (o overview) found(s *section, key string) {
	for _, l := range o.Lacks {
		switch {
		case partOf(l) != key:
		case l.Warning:
			s.May = append(s.May, lackText(l))
		default:
			s.Must = append(s.Must, lackText(l))
		}
	}
}

// lacking is how many things stand in the way.
func (o overview) lacking() (n int) {
	for _, s := range o.sections() {
		n += len(s.Must)
	}
	return n
}

func (o overview) changes() int {
	n := len(catalog.Changes(o.Before, o.Draft))
	if o.Before != nil {
		n += len(catalog.StepChanges(o.Before.Flow, o.Draft.Flow))
	}
	return n
}

// Guide shows the guide as the public will see it.
func (p *Pages) Guide(v *visit.Visit) error {
	i, err := p.draft(v)
	if err != nil {
		return err
	}
	seen := i.Clone()
	seen.Status, seen.Version = catalog.Published, i.Version
	seen.From = calendar.DayOf(v.Now())
	g := guideview.Of(seen, seen.Guide(calendar.DayOf(v.Now())))
	g.Back, g.Hotline = ui.Link{Text: "返回编制", Href: draftPath(i.ID, "")}, p.Hotline
	return v.Render(page(v, "预览指南："+i.Name, guidePreview(i, g), ui.Link{Text: i.Name, Href: draftPath(i.ID, "")}, ui.Link{Text: "预览指南", Current: true}))
}

// trial is the application form as applicants see it, to be tried.
type trial struct {
	Impl *catalog.Implementation
	Form formview.Form
	Done bool // what was typed passes every check
}

// Form shows the empty form.
func (p *Pages) Form(v *visit.Visit) error {
	i, err := p.draft(v)
	if err != nil {
		return err
	}
	return v.Render(trialFrame(v, trial{Impl: i, Form: formview.Form{Def: i.Form, Values: form.Values{}}}))
}

// TryForm checks what was typed as an application would be, and keeps nothing.
func (p *Pages) TryForm(v *visit.Visit) error {
	i, err := p.draft(v)
	if err != nil {
		return err
	}
	values := formview.Read(i.Form, v.Answers(""))
	t := trial{Impl: i, Form: formview.Form{Def: i.Form, Values: values}}
	if v.Text("refresh") == "" {
		wrong := i.Form.Validate(i.Form.Normalize(values), calendar.DayOf(v.Now()))
		for _, f := range wrong {
			t.Form.Problems.Fields = append(t.Form.Problems.Fields, ui.Problem{Field: f.Name, Message: text.Field(f)})
		}
		t.Done = len(wrong) == 0
	}
	return v.Render(trialFrame(v, t))
}

func trialFrame(v *visit.Visit, t trial) templ.Component {
	return page(v, "预览申请表："+t.Impl.Name, trialPage(t), ui.Link{Text: t.Impl.Name, Href: draftPath(t.Impl.ID, "")}, ui.Link{Text: "预览申请表", Current: true})
}

// example is the filled example, edited in the application form itself.
type example struct {
	Impl     *catalog.Implementation
	Form     formview.Form
	Revision string
	Problems ui.Problems
}

// Example shows the example with what is wrong in it.
func (p *Pages) Example(v *visit.Visit) error {
	i, err := p.draft(v)
	if err != nil {
		return err
	}
	found := lackWords(i.Lacks(), "example")
	return v.Render(exampleFrame(v, example{Impl: i, Form: formview.Form{Def: i.Form, Values: i.Example, Problems: found}, Revision: revision(i)}))
}

// SaveExample keeps the example, wrong or not; publication asks for a right one.
func (p *Pages) SaveExample(v *visit.Visit) error {
	i, err := p.draft(v)
	if err != nil {
		return err
	}
	values := formview.Read(i.Form, v.Answers(""))
	draft := i.Clone()
	draft.Example = draft.Form.Normalize(values)
	if err := p.keep(v, i.ID, draft); err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			return exampleFrame(v, example{i, formview.Form{Def: i.Form, Values: values}, v.Text("revision"), problems})
		})
	}
	v.Flash(ui.OK, "示范文本已保存。")
	return v.See(draftPath(i.ID, "/example"))
}

func exampleFrame(v *visit.Visit, e example) templ.Component {
	return page(v, "示范文本："+e.Impl.Name, examplePage(e), ui.Link{Text: e.Impl.Name, Href: draftPath(e.Impl.ID, "")}, ui.Link{Text: "示范文本", Current: true})
}

// Export gives the draft as a file.
func (p *Pages) Export(v *visit.Visit) error {
	name, file, err := p.Catalog.Export(v.Context(), v.Actor, v.Path("draft"))
	if err != nil {
		return err
	}
	return v.Serve(visit.File{Name: name + ".json", Type: "application/json", Changed: v.Now(), Body: bytes.NewReader(file)})
}
