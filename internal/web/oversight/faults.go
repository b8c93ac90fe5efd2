package oversight

import (
	"bytes"
	"encoding/csv"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/business/supervision"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// faultList is the page of the records.
type faultList struct {
	Faults []*supervision.Fault
	Filter url.Values // as it stands in the address, without the place
	Bodies []org.Body
	Pages  ui.Pages
	Manual bool // the reader may put one on record
}

// filterOf reads the filter from the address.
func filterOf(v *visit.Visit) (supervision.Filter, url.Values) {
	q := url.Values{}
	for _, name := range []string{"status", "colour", "kind", "body"} {
		if s := v.Query(name); s != "" && len(s) < 60 {
			q.Set(name, s)
		}
	}
	return supervision.Filter{Status: supervision.Status(q.Get("status")), Colour: supervision.Colour(q.Get("colour")),
		Kind: supervision.Kind(q.Get("kind")), BodyID: q.Get("body")}, q
}

// Faults lists the records in the reader's scope, the newest first.
func (p *Pages) Faults(v *visit.Visit) error {
	f, q := filterOf(v)
	f.After = supervision.ParseCursor(v.Query("after"))
	page := faultList{Filter: q, Manual: v.Actor.Can(staff.FaultHandle)}
	all, next, err := p.Supervision.List(v.Context(), v.Actor, f)
	if err != nil {
		return err
	}
	page.Faults = all
	if page.Bodies, err = p.Org.List(v.Context(), org.Filter{}); err != nil {
		return err
	}
	page.Pages = v.Pages(Base+"/faults", q, next.String())
	return show(v, "责任追究线索", faultsPage(page), ui.Link{Text: "责任追究线索", Current: true})
}

// mostExported bounds an export; the filter narrows it.
const mostExported = 5000

// ExportFaults is the filtered list as a table for spreadsheets.
func (p *Pages) ExportFaults(v *visit.Visit) error {
	f, _ := filterOf(v)
	f.Limit = mostExported
	all, _, err := p.Supervision.List(v.Context(), v.Actor, f)
	if err != nil {
		return err
	}
	names, err := p.bodyNames(v)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString("\ufeff") // tells spreadsheets that it is UTF-8
	w := csv.NewWriter(&b)
	w.Write([]string{"编号", "类型", "程度", "状态", "依据", "办件编号", "事项", "责任单位", "责任人", "发现情况", "发现时间", "答复期限", "答复", "认定", "认定情况", "整改要求", "整改结果"})
	for _, x := range all {
		row := []string{x.Number, text.Label(text.FaultKind, string(x.Kind)), text.Label(text.Colour, string(x.Colour)), text.Label(text.FaultStatus, string(x.Status)),
			x.Law, x.CaseNumber, x.ItemName, names[x.Subject.BodyID], x.PersonName, x.What, text.At(x.RaisedAt), x.ReplyBy.String(), x.Reply,
			text.Label(text.Verdict, string(x.Verdict)), x.Finding, x.Measure, x.Remedy}
		for i := range row {
			row[i] = plain(row[i])
		}
		w.Write(row)
	}
	w.Flush()
	return v.Serve(visit.File{Name: "责任追究线索.csv", Type: "text/csv; charset=utf-8", Changed: v.Now(), Body: bytes.NewReader(b.Bytes())})
}

// plain keeps a spreadsheet from taking a text for a formula.
func plain(s string) string {
	if s != "" && (s[0] == '=' || s[0] == '+' || s[0] == '-' || s[0] == '@') {
		return "'" + s
	}
	return s
}

func (p *Pages) bodyNames(v *visit.Visit) (map[string]string, error) {
	all, err := p.Org.List(v.Context(), org.Filter{Inactive: true})
	out := map[string]string{}
	for _, b := range all {
		out[b.ID] = b.Name
	}
	return out, err
}

func (l faultList) table() ui.TableData {
	names := map[string]string{}
	for _, b := range l.Bodies {
		names[b.ID] = b.Short
	}
	t := ui.TableData{Caption: "责任追究线索", Columns: []ui.Column{{Title: "线索"}, {Title: "程度", Tight: true}, {Title: "办件"}, {Title: "责任单位"}, {Title: "状态", Tight: true}, {Title: "发现", Tight: true}}}
	for _, f := range l.Faults {
		row := ui.Row{Cells: []ui.Cell{
			{Text: text.Label(text.FaultKind, string(f.Kind)), Href: faultURL(f.ID), Note: f.Number},
			{Body: text.Badge(text.Colour, string(f.Colour))},
			{Text: f.ItemName, Note: f.CaseNumber},
			{Text: names[f.Subject.BodyID], Note: f.PersonName},
			{Body: text.Badge(text.FaultStatus, string(f.Status)), Note: waitsUntil(f)},
			{Text: text.Day(dayOf(f))},
		}}
		if f.Colour == supervision.Red && f.Status != supervision.Closed {
			row.Tone = ui.Bad
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func waitsUntil(f *supervision.Fault) string {
	if f.Status != supervision.Open {
		return ""
	}
	return text.Day(f.ReplyBy) + "前答复"
}

func faultURL(id string) string { return Base + "/faults/" + id }

// faultPage is one record with what the reader may do.
type faultPage struct {
	*supervision.Fault
	Body      string
	CaseLink  string // where the reader may see the case
	PaperLink string
	Reply     bool
	Find      bool
	Waits     bool // for the body's reply, before anything can be found
	Close     bool
	Typed     map[string]string
	Problems  ui.Problems
}

// Fault shows one record.
func (p *Pages) Fault(v *visit.Visit) error {
	page, err := p.fault(v)
	if err != nil {
		return err
	}
	return v.Render(p.faultFrame(v, page))
}

func (p *Pages) fault(v *visit.Visit) (page faultPage, err error) {
	page.Typed = map[string]string{}
	if page.Fault, err = p.Supervision.Get(v.Context(), v.Actor, v.Path("fault")); err != nil {
		return page, err
	}
	names, err := p.bodyNames(v)
	if err != nil {
		return page, err
	}
	page.Body = names[page.Subject.BodyID]
	may := func(need staff.Permission) bool { return v.Actor.May(need, page.Subject) == nil }
	if may(staff.CaseRead) {
		page.CaseLink = "/desk/cases/" + page.CaseID
		if page.DocumentID != "" {
			page.PaperLink = "/desk/documents/" + page.DocumentID
		}
	}
	page.Reply = page.Status == supervision.Open && may(staff.FaultReply)
	unheard := page.Status == supervision.Open && calendar.DayOf(v.Now()) <= page.ReplyBy
	page.Find = (page.Status == supervision.Open || page.Status == supervision.Replied) && !unheard && may(staff.FaultHandle)
	page.Waits = unheard && may(staff.FaultHandle)
	page.Close = page.Status == supervision.Found && may(staff.FaultHandle)
	return page, nil
}

func (p *Pages) faultFrame(v *visit.Visit, page faultPage) templ.Component {
	return frame(v.Page("线索 "+page.Number, ui.Link{Text: "责任追究线索", Href: Base + "/faults"}, ui.Link{Text: page.Number, Current: true}), faultView(page))
}

// deed carries out an act on a record; what stopped it is said on the page.
func (p *Pages) deed(said string, do func(*visit.Visit, supervision.Seen) error) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		n, err := strconv.Atoi(v.Text("version"))
		if err != nil {
			n = -1
		}
		if err = do(v, supervision.Seen{ID: v.Path("fault"), Version: n}); err == nil {
			v.Flash(ui.OK, said)
			return v.See(faultURL(v.Path("fault")))
		}
		page, failed := p.fault(v)
		if failed != nil {
			return failed
		}
		page.Typed = v.Answers("")
		return v.Again(err, func(problems ui.Problems) templ.Component {
			page.Problems = problems
			return p.faultFrame(v, page)
		})
	}
}

func (p *Pages) reply(v *visit.Visit, seen supervision.Seen) error {
	return p.Supervision.Reply(v.Context(), v.Actor, supervision.Reply{Seen: seen, Text: v.Text("reply")})
}

func (p *Pages) find(v *visit.Visit, seen supervision.Seen) error {
	return p.Supervision.Find(v.Context(), v.Actor, supervision.Find{Seen: seen, Verdict: supervision.Verdict(v.Text("verdict")),
		Finding: v.Text("finding"), Measure: v.Text("measure")})
}

func (p *Pages) closing(v *visit.Visit, seen supervision.Seen) error {
	return p.Supervision.Close(v.Context(), v.Actor, supervision.Close{Seen: seen, Remedy: v.Text("remedy")})
}

// faultForm is a record that a supervisor types in.
type faultForm struct {
	Number, Kind, What string
	Problems           ui.Problems
}

// NewFault asks for a record.
func (p *Pages) NewFault(v *visit.Visit) error {
	return v.Render(newFrame(v, faultForm{Number: v.Query("number")}))
}

func newFrame(v *visit.Visit, f faultForm) templ.Component {
	return frame(v.Page("登记线索", ui.Link{Text: "责任追究线索", Href: Base + "/faults"}, ui.Link{Text: "登记线索", Current: true}), newView(f))
}

// RecordFault puts it on record.
func (p *Pages) RecordFault(v *visit.Visit) error {
	f := faultForm{Number: v.Text("number"), Kind: v.Text("kind"), What: v.Text("what")}
	id, err := p.Supervision.Record(v.Context(), v.Actor, supervision.Record{CaseNumber: f.Number, Kind: supervision.Kind(f.Kind), What: f.What})
	if err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			f.Problems = problems
			return newFrame(v, f)
		})
	}
	v.Flash(ui.OK, "线索已登记，督办单已出具并通知责任单位。")
	return v.See(faultURL(id))
}
