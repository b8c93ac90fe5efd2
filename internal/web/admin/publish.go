package admin

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

const draftsPath = Base + "/drafts"

func (p *Pages) publishRoutes() []visit.Route {
	return []visit.Route{
		p.get("/drafts", staff.CatalogReadDraft, p.DraftList),
		p.get("/drafts/{draft}", staff.CatalogReadDraft, p.DraftReview),
		p.post("/drafts/{draft}/publish", staff.CatalogPublish, p.DraftPublish),
		p.post("/drafts/{draft}/send-back", staff.CatalogPublish, p.DraftSendBack),
	}
}

func draftPath(id, what string) string { return draftsPath + "/" + id + what }

// draftsShown is how many drafts a page of the list holds.
const draftsShown = 30

// draftList is a page of the drafts, as they are searched.
type draftList struct {
	Heads        []catalog.Head
	Query, State string
	Pages        ui.Pages
}

// DraftList leads to the drafts that the reader may see, by code.
func (p *Pages) DraftList(v *visit.Visit) error {
	l := draftList{Query: v.Query("q"), State: v.Query("state")}
	heads, err := p.Catalog.Drafts(v.Context(), v.Actor, catalog.DraftList{Text: l.Query, State: l.State, After: v.Query("after"), Limit: draftsShown + 1})
	if err != nil {
		return err
	}
	l.Heads, l.Pages = visit.Cut(v, draftsPath, v.Asked("q", "state"), heads, draftsShown, codeOf)
	return show(v, "清单发布", draftListView(l), ui.Link{Text: "清单发布", Current: true})
}

func codeOf(h catalog.Head) string { return h.Code }

func (l draftList) table() ui.TableData {
	t := ui.TableData{Caption: "实施清单草稿", Columns: []ui.Column{{Title: "事项"}, {Title: "版本", Tight: true}, {Title: "状态", Tight: true}, {Title: "最近保存", Tight: true}, {Title: "实施编码"}}}
	for _, h := range l.Heads {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: h.Name, Href: draftPath(h.ID, "")}, {Text: "第" + strconv.Itoa(h.Version) + "版"},
			handoverCell(h.Handover), {Text: text.At(h.SavedAt)}, {Text: h.Code}}})
	}
	return t
}

func handoverStates() []ui.Choice {
	return text.Choices(text.Handover, catalog.HandedOver, catalog.SentBack, catalog.HandoverState(catalog.BeingEdited))
}

// draftReview is the page of one draft before it is published.
type draftReview struct {
	catalog.Review
	Bodies              map[string]string // names by id
	May                 bool              // the reader may publish
	From, Ground, Noted string            // as typed
	Reasons             string            // for sending it back, as typed
	Apart               bool              // the reader had no hand in the draft
	Problems            ui.Problems
}

// DraftReview shows what the draft changes and what stands in its way.
func (p *Pages) DraftReview(v *visit.Visit) error {
	r, err := p.review(v)
	if err != nil {
		return err
	}
	r.From = calendar.DayOf(v.Now()).AddDays(1).String()
	return v.Render(reviewFrame(v, r))
}

func (p *Pages) review(v *visit.Visit) (r draftReview, err error) {
	if r.Review, err = p.Catalog.Review(v.Context(), v.Actor, v.Path("draft")); err != nil {
		return r, err
	}
	r.May, r.Apart = v.Actor.Can(staff.CatalogPublish), r.Draft.Handover.Apart(v.Actor)
	all, err := p.Org.List(v.Context(), org.Filter{Inactive: true})
	r.Bodies = map[string]string{}
	for _, b := range all {
		r.Bodies[b.ID] = b.Name
	}
	return r, err
}

func reviewFrame(v *visit.Visit, r draftReview) templ.Component {
	return frame(v.Page("发布"+r.Draft.Name, ui.Link{Text: "清单发布", Href: draftsPath}, ui.Link{Text: r.Draft.Name, Current: true}), draftReviewView(r))
}

// DraftPublish puts the draft into force from the day that was chosen.
func (p *Pages) DraftPublish(v *visit.Visit) error {
	r, err := p.review(v)
	if err != nil {
		return err
	}
	r.From, r.Ground, r.Noted = v.Text("from"), v.Text("ground"), v.Text("note")
	in := catalog.Publish{ID: r.Draft.ID, Ground: catalog.Ground(r.Ground), Note: r.Noted}
	in.Revision, _ = strconv.Atoi(v.Text("revision")) // what is no number is stale
	in.From, err = calendar.ParseDay(r.From)
	if err != nil {
		err = fault.Invalid("form.invalid", fault.At("from", "catalog.from_past"))
	} else {
		err = p.Catalog.Publish(v.Context(), v.Actor, in)
	}
	if err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			r.Problems = problems
			return reviewFrame(v, r)
		})
	}
	v.Flash(ui.OK, r.Draft.Name+"第"+strconv.Itoa(r.Draft.Version)+"版已发布，自"+text.Day(in.From)+"起施行。在办的办件按原来的版本办完。")
	return v.See(draftsPath)
}

// DraftSendBack gives the draft back to its editors with reasons.
func (p *Pages) DraftSendBack(v *visit.Visit) error {
	r, err := p.review(v)
	if err != nil {
		return err
	}
	r.Reasons = v.Text("reasons")
	r.From = calendar.DayOf(v.Now()).AddDays(1).String()
	in := catalog.SendBack{ID: r.Draft.ID, Reasons: r.Reasons}
	in.Revision, _ = strconv.Atoi(v.Text("revision"))
	if err := p.Catalog.SendBack(v.Context(), v.Actor, in); err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			r.Problems = problems
			return reviewFrame(v, r)
		})
	}
	v.Flash(ui.OK, r.Draft.Name+"第"+strconv.Itoa(r.Draft.Version)+"版草稿已退回，编制人员在“事项编制”里看到理由。")
	return v.See(draftsPath)
}

// handoverCell is where a draft stands.
func handoverCell(h catalog.Handover) ui.Cell {
	switch h.State {
	case catalog.HandedOver, catalog.SentBack:
		return ui.Cell{Text: text.Label(text.Handover, string(h.State)), Note: h.ByName + "，" + text.At(h.At)}
	}
	return ui.Cell{Text: text.Label(text.Handover, "editing")}
}

// handed says that the draft waits for who publishes.
func (r draftReview) handed() bool { return r.Draft.Handover.State == catalog.HandedOver }

// grounds are those that fit: the first version has its own.
func (r draftReview) grounds() (out []ui.Choice) {
	all := []catalog.Ground{catalog.GroundLaw, catalog.GroundFunctions, catalog.GroundDelegated, catalog.GroundReform, catalog.GroundCorrected}
	if r.Before == nil {
		all = []catalog.Ground{catalog.GroundFirst}
	}
	for _, g := range all {
		out = append(out, ui.Choice{Value: string(g), Text: text.Label(text.Ground, string(g))})
	}
	return out
}

// checks are what is looked at before publishing, each with its outcome.
func (r draftReview) checks() (out []check) {
	var must, may []string
	for _, l := range r.Lacks {
		said := text.Label(text.Part, string(l.Part)) + "：" + text.Say(l.Code, l.Args)
		if l.Law != "" {
			said += "（" + l.Law + "）"
		}
		if l.Warning {
			may = append(may, said)
		} else {
			must = append(must, said)
		}
	}
	var wrong []string
	for _, x := range r.Wrong {
		wrong = append(wrong, text.Field(x))
	}
	if len(r.Unmanned) > 0 {
		may = append(may, "以下乡镇、街道没有能初审的人员，那里的申请由作出决定的机关自己审查："+strings.Join(r.Unmanned, "、"))
	}
	return []check{
		{"应当公示的内容齐全（行政许可法第三十条等）", ui.Bad, must},
		{"流程走得通、每个环节都有人办理、条件用到的内容申请表里都有", ui.Bad, wrong},
		{"提醒，不影响发布", ui.Warn, may},
	}
}

// check is one thing that is looked at; Found is empty when all is well.
type check struct {
	Title string
	Tone  ui.Tone
	Found []string
}

func (c check) heading() string {
	if c.Tone == ui.Bad {
		return "检查没有通过：" + c.Title
	}
	return c.Title
}

func (r draftReview) changed() ui.TableData {
	t := ui.TableData{Caption: "内容的变化", Columns: []ui.Column{{Title: "部分", Tight: true}, {Title: "内容"}, {Title: "现行"}, {Title: "发布后"}}}
	for _, d := range catalog.Changes(r.Before, r.Draft) {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: text.Label(text.Part, string(d.Part))}, {Text: d.Name}, sideOf(d.Before, "（没有）"), sideOf(d.After, "（删除）")}})
	}
	return t
}

func sideOf(said, otherwise string) ui.Cell {
	if said == "" {
		return ui.Cell{Note: otherwise}
	}
	return ui.Cell{Text: said}
}

func (r draftReview) changedSteps() ui.TableData {
	before := flow.Definition{}
	if r.Before != nil {
		before = r.Before.Flow
	}
	t := ui.TableData{Caption: "流程的变化", Columns: []ui.Column{{Title: "环节", Tight: true}, {Title: "现行"}, {Title: "发布后"}}}
	for _, d := range catalog.StepChanges(before, r.Draft.Flow) {
		row := []ui.Cell{{}, {Note: "（没有）"}, {Note: "（删除）"}}
		if d.Before != nil {
			row[0].Text, row[1] = d.Before.Name, ui.Cell{Text: r.stepWords(before, *d.Before)}
		}
		if d.After != nil {
			row[0].Text, row[2] = d.After.Name, ui.Cell{Text: r.stepWords(r.Draft.Flow, *d.After)}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: row})
	}
	return t
}

// stepWords is a step in one line.
func (r draftReview) stepWords(d flow.Definition, s flow.Step) string {
	parts := []string{text.Label(text.Act, string(s.Act)), text.Label(text.Role, s.Role) + "岗位"}
	switch {
	case s.Body == flow.Lower:
		parts = append(parts, "所在乡镇、街道办理")
	case s.Body != "":
		parts = append(parts, r.Bodies[s.Body]+"办理")
	}
	if block, branch := d.BlockOf(s.Key); block != nil {
		parts = append(parts, "并行“"+block.Name+"”的分支“"+branch.Name+"”")
		if branch.When != "" {
			parts = append(parts, "条件："+branch.When)
		}
	}
	if s.Days > 0 {
		parts = append(parts, strconv.Itoa(s.Days)+"个工作日")
	}
	if s.When != "" {
		parts = append(parts, "条件："+s.When)
	}
	for _, o := range s.Outcomes {
		to := "结束"
		if o.Next != "" {
			to = d.NameOf(o.Next)
		}
		parts = append(parts, o.Name+"→"+to)
	}
	for _, k := range s.ReturnTo {
		parts = append(parts, "可退回"+d.NameOf(k))
	}
	for _, k := range s.ApartFrom {
		parts = append(parts, "与"+d.NameOf(k)+"不得同一人")
	}
	return strings.Join(parts, "，")
}
