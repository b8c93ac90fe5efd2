package admin

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

const (
	flowsPath = Base + "/flows"
	largest   = 1 << 20 // of an imported diagram, bytes
)

func (p *Pages) flowRoutes() []visit.Route {
	upload := p.post("/flows/{draft}/import", staff.CatalogEdit, p.FlowImport)
	upload.Rules = append(upload.Rules, visit.Upload(largest+1<<16))
	return []visit.Route{
		p.get("/flows", staff.CatalogEdit, p.FlowList),
		p.post("/flow-drafts/{version}", staff.CatalogEdit, p.FlowStart),
		p.get("/flows/{draft}", staff.CatalogEdit, p.FlowEdit),
		p.post("/flows/{draft}", staff.CatalogEdit, p.FlowSave),
		p.post("/flows/{draft}/standard", staff.CatalogEdit, p.FlowStandard),
		p.post("/flows/{draft}/drop", staff.CatalogEdit, p.FlowDrop),
		p.get("/flows/{draft}/bpmn", staff.CatalogEdit, p.FlowExport),
		upload,
	}
}

// flowsShown is how many drafts, and how many processes in force, a page shows.
const flowsShown = 30

// flowList is the matters whose process the reader may change.
type flowList struct {
	Drafts                []catalog.Head
	Open                  []*catalog.Implementation // published, without a draft
	Query                 string
	DraftPages, OpenPages ui.Pages
}

// FlowList leads to the drafts, and to the published matters to begin one from.
func (p *Pages) FlowList(v *visit.Visit) error {
	l := flowList{Query: v.Query("q")}
	q := v.Asked("q")
	drafts, err := p.Catalog.Drafts(v.Context(), v.Actor, catalog.DraftList{Text: l.Query, After: v.Query("after"), Limit: flowsShown + 1})
	if err != nil {
		return err
	}
	l.Drafts, l.DraftPages = visit.Cut(v, flowsPath, q, drafts, flowsShown, codeOf)
	open, err := p.Catalog.Revisable(v.Context(), v.Actor, catalog.DraftList{Text: l.Query, After: v.Query("from"), Limit: flowsShown + 1})
	if err != nil {
		return err
	}
	l.Open, l.OpenPages = visit.CutBy(v, flowsPath, q, "from", open, flowsShown, (*catalog.Implementation).Code)
	return show(v, "办理流程", flowListView(l), ui.Link{Text: "办理流程", Current: true})
}

// FlowStart begins a draft of the next version from a published one.
func (p *Pages) FlowStart(v *visit.Visit) error {
	from, err := p.Catalog.ByID(v.Context(), v.Path("version"))
	if err != nil {
		return err
	}
	id, err := p.Catalog.SaveDraft(v.Context(), v.Actor, catalog.SaveDraft{Body: from.Clone()})
	if err != nil {
		return err
	}
	v.Flash(ui.OK, "已建立草稿。流程随事项的新版本一起发布，发布前不影响在办的办件。")
	return v.See(flowPath(id))
}

func flowPath(id string) string { return flowsPath + "/" + id }

// flowEdit is the page of one process.
type flowEdit struct {
	Impl     *catalog.Implementation
	Def      flow.Definition
	Revision int
	Found    ui.Problems // what Check says of what is saved
	Problems ui.Problems // what stopped the last act
	Bodies   []ui.Choice
	Drop     string // key of what is about to be deleted; "" for nothing
}

// FlowEdit shows the draft's process as a form, drawn, with its findings.
func (p *Pages) FlowEdit(v *visit.Visit) error {
	e, err := p.flowEdit(v)
	if err != nil {
		return err
	}
	if key := v.Query("drop"); e.Def.NameOf(key) != key {
		e.Drop = key
	}
	return v.Render(flowFrame(v, e))
}

func flowFrame(v *visit.Visit, e flowEdit) templ.Component {
	return frame(v.Page(e.Impl.Name+"的办理流程", ui.Link{Text: "办理流程", Href: flowsPath}, ui.Link{Text: e.Impl.Name, Current: true}), flowEditView(e))
}

func (p *Pages) flowEdit(v *visit.Visit) (e flowEdit, err error) {
	if e.Impl, err = p.Catalog.Draft(v.Context(), v.Actor, v.Path("draft")); err != nil {
		return e, err
	}
	if e.Impl.Status != catalog.Draft {
		return e, fault.Conflict("catalog.not_draft")
	}
	e.Def, e.Revision = e.Impl.Flow, e.Impl.Revision
	if e.Bodies, err = p.bodyChoices(v.Context(), e.Impl.Body.ID); err != nil {
		return e, err
	}
	return e, p.check(v.Context(), &e)
}

// check puts the findings on the page.
func (p *Pages) check(ctx context.Context, e *flowEdit) error {
	draft := e.Impl.Clone()
	draft.Flow = e.Def
	err := p.Catalog.CheckFlow(ctx, draft)
	var f *fault.Fault
	if err != nil && !(errors.As(err, &f) && f.Code == "flow.definition") {
		return err
	}
	if f != nil {
		e.Found = text.Problems(f)
	}
	return nil
}

func (p *Pages) bodyChoices(ctx context.Context, own string) ([]ui.Choice, error) {
	all, err := p.Org.List(ctx, org.Filter{})
	out := []ui.Choice{{Value: none, Text: "本机关（作出决定的机关）"}, {Value: flow.Lower, Text: "下级机关（办件所在乡镇、街道）"}}
	for _, b := range all {
		if b.Active && b.ID != own && b.Kind != org.Enterprise {
			out = append(out, ui.Choice{Value: b.ID, Text: b.Name})
		}
	}
	return out, err
}

// FlowSave takes the form, does what its button says, and saves the draft:
// what is wrong with the process does not hinder saving, it hinders publishing.
func (p *Pages) FlowSave(v *visit.Visit) error {
	e, err := p.flowEdit(v)
	if err != nil {
		return err
	}
	e.Def = typedFlow(e.Def, func(name string) string {
		s := strings.Join(v.Texts(name), "\n")
		if s == none {
			return ""
		}
		return s
	})
	what, key, _ := strings.Cut(v.Text("do"), ":")
	if what == "drop" { // what was typed is kept; the deletion is asked back
		return p.keep(v, e, e.Def, "已保存其他修改。", "?drop="+url.QueryEscape(key)+"#drop")
	}
	d := change(e.Def, what, key)
	anchor := ""
	if key != "" {
		anchor = "#at-" + key
	}
	return p.keep(v, e, d, "流程已保存。", anchor)
}

// keep saves the draft with another process.
func (p *Pages) keep(v *visit.Visit, e flowEdit, d flow.Definition, said, anchor string) error {
	revision, err := v.Int("revision")
	if err == nil {
		draft := e.Impl.Clone()
		draft.Flow = d
		_, err = p.Catalog.SaveDraft(v.Context(), v.Actor, catalog.SaveDraft{ID: e.Impl.ID, Revision: revision, Body: draft})
	}
	if err == nil {
		v.Flash(ui.OK, said)
		return v.See(flowPath(e.Impl.ID) + anchor)
	}
	e.Def = d
	return v.Again(err, func(problems ui.Problems) templ.Component {
		e.Problems = problems
		return flowFrame(v, e)
	})
}

// FlowStandard puts a standard procedure in place of the process.
func (p *Pages) FlowStandard(v *visit.Visit) error {
	e, err := p.flowEdit(v)
	if err != nil {
		return err
	}
	d, ok := flow.Builtin(v.Text("key"))
	if !ok {
		return fault.Invalid("request.broken")
	}
	if v.Text("replace") == "" {
		return p.unsure(v, e, "replace")
	}
	return p.keep(v, e, d, "已换成「"+d.Name+"」，请按事项修改。", "")
}

// FlowExport gives the process as BPMN 2.0 XML.
func (p *Pages) FlowExport(v *visit.Visit) error {
	e, err := p.flowEdit(v)
	if err != nil {
		return err
	}
	if e.Def.Check() != nil { // somebody spoilt it since the link was shown
		v.Flash(ui.Warn, "流程还有问题，改好后才能导出。")
		return v.See(flowPath(e.Impl.ID))
	}
	return v.Serve(visit.File{Name: e.Impl.Name + ".bpmn", Type: "application/xml", Changed: e.Impl.SavedAt, Body: bytes.NewReader(e.Def.BPMN())})
}

// FlowImport puts an imported diagram in place of the process, or says by name
// and id why it cannot.
func (p *Pages) FlowImport(v *visit.Visit) error {
	var data []byte
	err := v.Files(visit.FileLimits{Each: largest, Count: 1}, func(part visit.Part) (err error) {
		data, err = io.ReadAll(part)
		return err
	})
	e, failed := p.flowEdit(v)
	if failed != nil {
		return failed
	}
	var d flow.Definition
	var notes []fault.Field
	if err == nil && len(data) == 0 {
		err = fault.Invalid("form.invalid", fault.At("file", "text.required"))
	}
	if err == nil {
		d, notes, err = flow.ParseBPMN(data)
	}
	if err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			e.Problems = problems
			return flowFrame(v, e)
		})
	}
	if v.Text("replace_all") == "" {
		return p.unsure(v, e, "replace_all")
	}
	said := "流程图已导入。"
	for _, p := range text.Problems(fault.Invalid("bpmn.refused", notes...)).Fields {
		said += p.Message + "。"
	}
	return p.keep(v, e, d, said, "")
}

// nexts are where an outcome of a place may lead: what stands behind it.
func nexts(nodes []flow.Node, i int) []ui.Choice {
	var out []ui.Choice
	for _, n := range nodes[i+1:] {
		out = append(out, ui.Choice{Value: n.NodeKey(), Text: n.Title()})
	}
	return append(out, ui.Choice{Value: none, Text: "结束"})
}

// nextsIn is the same inside a branch.
func nextsIn(b flow.Branch, i int) []ui.Choice {
	var out []ui.Choice
	for _, s := range b.Steps[i+1:] {
		out = append(out, ui.Choice{Value: s.Key, Text: s.Name})
	}
	return append(out, ui.Choice{Value: none, Text: "汇合"})
}

// earlier are the steps before a step, for separation and returns.
func earlier(d flow.Definition, key string) (out []ui.Choice) {
	for _, s := range d.Steps() {
		if s.Key == key {
			break
		}
		out = append(out, ui.Choice{Value: s.Key, Text: s.Name})
	}
	return out
}

func acts() (out []ui.Choice) {
	for _, a := range flow.Acts() {
		out = append(out, ui.Choice{Value: string(a), Text: text.Label(text.Act, string(a))})
	}
	return out
}

func roles() (out []ui.Choice) {
	for _, r := range []staff.Role{staff.Clerk, staff.Handler, staff.Reviewer, staff.Decider, staff.Issuer, staff.Deliverer} {
		out = append(out, ui.Choice{Value: string(r), Text: text.Label(text.Role, string(r))})
	}
	return out
}

func rules() (out []ui.Choice) {
	for _, r := range flow.Rules() {
		out = append(out, ui.Choice{Value: string(r), Text: text.Label(text.Rule, string(r))})
	}
	return out
}

func branches(b *flow.Block) (out []ui.Choice) {
	for _, x := range b.Branches {
		out = append(out, ui.Choice{Value: x.Key, Text: x.Name})
	}
	return out
}

// freshKeys are the meanings that a new outcome may have.
func freshKeys() (out []ui.Choice) {
	for _, k := range []string{flow.Support, flow.Oppose, flow.Accepted, flow.NotRequired, flow.NotCompetent, flow.Grant, flow.Refuse, flow.Issued, flow.Delivered} {
		out = append(out, ui.Choice{Value: k, Text: text.Label(text.Outcome, k)})
	}
	return append(out, ui.Choice{Value: none, Text: "其他"})
}

func standards() (out []ui.Choice) {
	for _, k := range flow.Builtins() {
		d, _ := flow.Builtin(k)
		out = append(out, ui.Choice{Value: k, Text: d.Name})
	}
	return out
}

// facts are what conditions may name: the elements that the form asks.
func facts(i *catalog.Implementation) ui.TableData {
	t := ui.TableData{Caption: "条件可以用的申请表内容", Columns: []ui.Column{{Title: "写法"}, {Title: "名称"}, {Title: "类型", Tight: true}, {Title: "选项"}}}
	for _, f := range i.Form.Fields() {
		e := f.Resolve()
		var options []string
		for _, o := range e.Choices {
			options = append(options, o.Value+"（"+o.Label+"）")
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: e.ID}, {Text: e.Label}, {Text: text.Label(text.FactType, string(flow.TypeOf(e)))}, {Text: strings.Join(options, "、")}}})
	}
	return t
}

// drawn is the picture, once the definition is sound enough to be drawn.
func (e flowEdit) drawn() string {
	if e.Def.Check() != nil {
		return ""
	}
	return string(e.Def.SVG(nil))
}

// none is what a list sends for nothing: the end, the own body, no lead.
const none = "-"

// orNone is a value as a list knows it.
func orNone(s string) string {
	if s == "" {
		return none
	}
	return s
}

func dayText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
