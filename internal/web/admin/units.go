package admin

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

const unitsPath = Base + "/units"

func (p *Pages) unitRoutes() []visit.Route {
	return []visit.Route{
		p.get("/units", staff.LimitConfirm, p.UnitList),
		p.get("/units/{matter}", staff.LimitConfirm, p.UnitPage),
		p.post("/units/{matter}", staff.LimitConfirm, p.UnitConfirm),
	}
}

// UnitList shows the limits whose unit waits for the legal department.
func (p *Pages) UnitList(v *visit.Visit) error {
	unsure, settled, err := p.Catalog.Unsettled(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	open := ui.TableData{Caption: "待确认", Columns: []ui.Column{{Title: "事项"}, {Title: "条文"}, {Title: "依据"}}}
	for _, i := range unsure {
		open.Rows = append(open.Rows, ui.Row{Cells: []ui.Cell{{Text: i.Name, Href: unitsPath + "/" + i.ID, Note: i.Body.Name}, {Text: i.Statutory.Written}, {Text: i.Statutory.Law}}})
	}
	done := ui.TableData{Caption: "已确认", Columns: []ui.Column{{Title: "事项"}, {Title: "条文"}, {Title: "按"}, {Title: "依据和理由"}, {Title: "确认", Tight: true}}}
	for _, i := range settled {
		c := i.Statutory.Confirmed
		done.Rows = append(done.Rows, ui.Row{Cells: []ui.Cell{{Text: i.Name, Note: i.Body.Name}, {Text: i.Statutory.Written}, {Text: c.Unit.Name()},
			{Text: c.Basis, Note: c.Why}, {Text: text.Day(c.On), Note: c.Body + c.By}}})
	}
	return show(v, "期限单位确认", unitListView(open, done), ui.Link{Text: "期限单位确认", Current: true})
}

// unitForm is the page of one limit.
type unitForm struct {
	Impl             *catalog.Implementation
	Today            calendar.Day
	Unit, Basis, Why string // as typed
	Problems         ui.Problems
	table            *calendar.Table
}

// UnitPage shows what the law writes and what either reading comes to.
func (p *Pages) UnitPage(v *visit.Visit) error {
	f, err := p.unitForm(v)
	if err != nil {
		return err
	}
	return v.Render(unitFrame(v, f))
}

func (p *Pages) unitForm(v *visit.Visit) (f unitForm, err error) {
	f.Today, f.table = calendar.DayOf(v.Now()), p.Casework.Calendar()
	f.Impl, err = p.Catalog.ByID(v.Context(), v.Path("matter"))
	if err == nil && (f.Impl.Statutory == nil || f.Impl.Status != catalog.Published || !f.Impl.Statutory.Unsure) {
		err = fault.Missing("catalog.missing")
	}
	return f, err
}

func unitFrame(v *visit.Visit, f unitForm) templ.Component {
	return frame(v.Page(f.Impl.Name+"的期限单位", ui.Link{Text: "期限单位确认", Href: unitsPath}, ui.Link{Text: f.Impl.Name, Current: true}), unitFormView(f))
}

// UnitConfirm makes the next version of the matter with the unit confirmed.
func (p *Pages) UnitConfirm(v *visit.Visit) error {
	f, err := p.unitForm(v)
	if err != nil {
		return err
	}
	f.Unit, f.Basis, f.Why = v.Text("unit"), v.Text("basis"), v.Text("why")
	err = p.Catalog.ConfirmUnit(v.Context(), v.Actor, catalog.ConfirmUnit{ID: f.Impl.ID, Unit: deadline.Unit(f.Unit), Basis: f.Basis, Why: f.Why})
	if err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			f.Problems = problems
			return unitFrame(v, f)
		})
	}
	v.Flash(ui.OK, f.Impl.Name+"的期限单位已确认，自"+text.Day(f.Today+1)+"起受理的申请按新版本计算；在办的办件不变。")
	return v.See(unitsPath)
}

// readings is what the limit comes to from today, read either way.
func (f unitForm) readings() (out []ui.Pair) {
	for _, u := range []deadline.Unit{deadline.Working, deadline.Natural} {
		l := f.Impl.Statutory.Limit
		l.Unit = u
		due, _ := deadline.DueDay(f.table, deadline.Clock{Start: f.Today, Limit: l})
		out = append(out, ui.Pair{Term: "按" + u.Name(), Text: "从今天起算，到" + text.Day(due)})
	}
	return out
}

func units() (out []ui.Choice) {
	for _, u := range []deadline.Unit{deadline.Working, deadline.Natural} {
		out = append(out, ui.Choice{Value: string(u), Text: u.Name()})
	}
	return out
}
