package matter

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// mostListed bounds both lists of the page; the search narrows them.
const mostListed = 100

// listing is the drafts, and the matters in force to begin one from.
type listing struct {
	Drafts []catalog.Head
	Open   []*catalog.Implementation
	Query  string
}

// List leads to the drafts that the reader may edit, and to the versions in force.
func (p *Pages) List(v *visit.Visit) error {
	l := listing{Query: v.Query("q")}
	drafts, err := p.Catalog.Drafts(v.Context(), v.Actor, "", 200)
	if err != nil {
		return err
	}
	has := map[string]bool{}
	for _, d := range drafts {
		has[d.Code] = true
		if strings.Contains(d.Name, l.Query) && len(l.Drafts) < mostListed {
			l.Drafts = append(l.Drafts, d)
		}
	}
	snap, err := p.Catalog.Snapshot(v.Context())
	if err != nil {
		return err
	}
	for _, e := range snap.Entries() {
		if e.Open() && may(v, e.Impl.Body.ID) && !has[e.Impl.Code()] && strings.Contains(e.Impl.Name, l.Query) && len(l.Open) < mostListed {
			l.Open = append(l.Open, e.Impl)
		}
	}
	return v.Render(frame(v.Page("事项编制", ui.Link{Text: "事项编制", Current: true}), listPage(l)))
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
	Items, Bodies, Copies []ui.Choice
	Typed                 map[string]string
	Problems              ui.Problems
}

func (p *Pages) beginning(v *visit.Visit) (b beginning, err error) {
	b.Typed = map[string]string{"level": string(catalog.County), "body": v.Actor.OrgID}
	items, err := p.Catalog.Items(v.Context(), v.Actor)
	if err != nil {
		return b, err
	}
	for _, i := range items {
		if !i.Split {
			b.Items = append(b.Items, ui.Choice{Value: i.Code, Text: i.Name + "（" + i.Kind.Name() + "，" + i.Code + "）"})
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
			b.Copies = append(b.Copies, ui.Choice{Value: e.Impl.ID, Text: e.Impl.Name + "（" + e.Impl.Body.Name + "）"})
		}
	}
	return b, nil
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
	id, err := p.Catalog.Begin(v.Context(), v.Actor, catalog.Begin{ItemCode: v.Text("item"), BodyID: v.Text("body"), Level: catalog.Level(v.Text("level")), CopyOf: v.Text("copy")})
	if err == nil {
		v.Flash(ui.OK, "草稿已建立。按部分填写，随时保存。")
		return v.See(draftPath(id, ""))
	}
	b, failed := p.beginning(v)
	if failed != nil {
		return failed
	}
	b.Typed = v.Answers("")
	return v.Again(err, func(problems ui.Problems) templ.Component {
		b.Problems = problems
		return page(v, "新编事项", beginPage(b), ui.Link{Text: "新编事项", Current: true})
	})
}
