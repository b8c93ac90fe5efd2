package matter

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// listShown is how many drafts, and how many matters in force, a page shows.
const listShown = 30

// listing is the drafts, and the matters in force to begin one from.
type listing struct {
	Drafts                []catalog.Head
	Open                  []*catalog.Implementation
	Query, State          string
	DraftPages, OpenPages ui.Pages
}

// List leads to the drafts that the reader may edit, and to the versions in force.
func (p *Pages) List(v *visit.Visit) error {
	l := listing{Query: v.Query("q"), State: v.Query("state")}
	q := v.Asked("q", "state")
	var err error
	l.Drafts, err = p.Catalog.Drafts(v.Context(), v.Actor, catalog.DraftList{Text: l.Query, State: l.State, After: v.Query("after"), Limit: listShown + 1})
	if err != nil {
		return err
	}
	l.Drafts, l.DraftPages = visit.Cut(v, Base, q, l.Drafts, listShown, func(h catalog.Head) string { return h.Code })
	l.Open, err = p.Catalog.Revisable(v.Context(), v.Actor, catalog.DraftList{Text: l.Query, After: v.Query("from"), Limit: listShown + 1})
	if err != nil {
		return err
	}
	l.Open, l.OpenPages = visit.CutBy(v, Base, q, "from", l.Open, listShown, (*catalog.Implementation).Code)
	return v.Render(frame(v.Page("事项编制", ui.Link{Text: "事项编制", Current: true}), listPage(l)))
}

func draftStates() []ui.Choice {
	return choicesOf(text.Handover, catalog.BeingEdited, string(catalog.HandedOver), string(catalog.SentBack))
}

// may says whether the reader edits the matters of a body.
func may(v *visit.Visit, body string) bool {
	return v.Actor.Can(staff.CatalogPublish) || body == v.Actor.OrgID
}

func (l listing) drafts() ui.TableData {
	t := ui.TableData{Caption: "草稿", Columns: []ui.Column{{Title: "事项"}, {Title: "版本", Tight: true}, {Title: "状态", Tight: true}, {Title: "最近保存", Tight: true}}}
	for _, h := range l.Drafts {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: h.Name, Href: draftPath(h.ID, ""), Note: h.Code}, {Text: "第" + strconv.Itoa(h.Version) + "版"},
			{Body: ui.Badge(state(h.Handover), stateTone(h.Handover))}, {Text: text.At(h.SavedAt)}}})
	}
	return t
}

// NextVersion begins a draft of the next version from the one in force.
func (p *Pages) NextVersion(v *visit.Visit) error {
	from, err := p.Catalog.ByID(v.Context(), v.Path("version"))
	if err != nil {
		return err
	}
	id, err := p.Catalog.SaveDraft(v.Context(), v.Actor, catalog.SaveDraft{Body: from.Clone()})
	if err != nil {
		return err
	}
	v.Flash(ui.OK, "已从第"+strconv.Itoa(from.Version)+"版建立草稿。发布以前，公众看到的和在办的办件都不变。")
	return v.See(draftPath(id, ""))
}

// beginning is the form that begins a new matter.
type beginning struct {
	Items, Bodies, Copies []ui.Choice // the first and the last are suggestions
	Typed                 map[string]string
	Problems              ui.Problems
}

func (p *Pages) beginning(v *visit.Visit) (b beginning, err error) {
	b.Typed = map[string]string{"item": v.Query("item"), "level": string(catalog.County), "body": v.Actor.OrgID}
	items, err := p.Catalog.Items(v.Context(), v.Actor, catalog.ItemList{Limit: catalog.AllItems})
	if err != nil {
		return b, err
	}
	for _, i := range items {
		if !i.Split {
			b.Items = append(b.Items, ui.Choice{Value: i.Code, Text: i.Name + "（" + i.Kind.Name() + "）"})
		}
	}
	pl, err := p.places(v)
	if err != nil {
		return b, err
	}
	b.Bodies = ownBodies(v, pl)
	snap, err := p.Catalog.Snapshot(v.Context())
	if err != nil {
		return b, err
	}
	for _, e := range snap.Entries() {
		if e.Open() {
			b.Copies = append(b.Copies, ui.Choice{Value: e.Impl.Code(), Text: e.Impl.Name + "（" + e.Impl.Body.Name + "）"})
		}
	}
	return b, nil
}

// chosen is the value of the suggestion that was typed by its value or its text,
// with or without what stands in brackets; "" when none or several are.
func chosen(all []ui.Choice, typed string) string {
	typed = strings.TrimSpace(typed)
	var out []string
	for _, c := range all {
		name, _, _ := strings.Cut(c.Text, "（")
		switch typed {
		case c.Value, c.Text:
			return c.Value
		case name:
			out = append(out, c.Value)
		}
	}
	if len(out) == 1 {
		return out[0]
	}
	return ""
}

// ownBodies are the bodies for which the reader edits.
func ownBodies(v *visit.Visit, pl places) (out []ui.Choice) {
	for _, c := range pl.bodies() {
		if may(v, c.Value) {
			out = append(out, c)
		}
	}
	return out
}

func levels() (out []ui.Choice) {
	for n := 1; n <= 7; n++ {
		l := catalog.Level(strconv.Itoa(n))
		out = append(out, ui.Choice{Value: string(l), Text: l.Name()})
	}
	return out
}

// AskBegin asks which matter is to be edited, from scratch or from another one.
func (p *Pages) AskBegin(v *visit.Visit) error {
	b, err := p.beginning(v)
	if err != nil {
		return err
	}
	return v.Render(page(v, "新编事项", beginPage(b), ui.Link{Text: "新编事项", Current: true}))
}

// Begin makes the draft.
func (p *Pages) Begin(v *visit.Visit) error {
	b, err := p.beginning(v)
	if err != nil {
		return err
	}
	b.Typed = v.Answers("")
	in, err := p.begin(v, b)
	id := ""
	if err == nil {
		id, err = p.Catalog.Begin(v.Context(), v.Actor, in)
	}
	if err == nil {
		v.Flash(ui.OK, "草稿已建立。按部分填写，随时保存。")
		return v.See(draftPath(id, ""))
	}
	return v.Again(err, func(problems ui.Problems) templ.Component {
		b.Problems = problems
		return page(v, "新编事项", beginPage(b), ui.Link{Text: "新编事项", Current: true})
	})
}

// begin reads the form: what was typed for the matter and for the one to copy is
// looked up among the suggestions.
func (p *Pages) begin(v *visit.Visit, b beginning) (in catalog.Begin, err error) {
	in = catalog.Begin{ItemCode: chosen(b.Items, v.Text("item")), BodyID: v.Text("body"), Level: catalog.Level(v.Text("level"))}
	var wrong []fault.Field
	if in.ItemCode == "" && v.Text("item") != "" {
		wrong = append(wrong, fault.At("item", "catalog.item_unknown"))
	}
	if typed := v.Text("copy"); typed != "" {
		snap, err := p.Catalog.Snapshot(v.Context())
		if err != nil {
			return in, err
		}
		if e, ok := snap.ByCode(chosen(b.Copies, typed)); ok {
			in.CopyOf = e.Impl.ID
		} else {
			wrong = append(wrong, fault.At("copy", "catalog.copy_unknown"))
		}
	}
	if len(wrong) > 0 {
		err = fault.Invalid("form.invalid", wrong...)
	}
	return in, err
}
