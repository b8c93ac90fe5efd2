package desk

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/procedure"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// procedureRoutes are the pages of special procedures and site visits. Whoever
// was sent may open the one they were sent to, also from another department;
// the acts check that again.
func (p *Pages) procedureRoutes() []visit.Route {
	at := "/procedures/{procedure}"
	begin, plan := "/cases/{id}/procedure", "/cases/{id}/visit"
	return []visit.Route{
		p.get(begin, staff.CaseSuspend, p.sending(p.begin, p.cases.Ask)),
		p.post(begin, staff.CaseSuspend, p.sending(p.begin, p.cases.Do)),
		p.get(plan, staff.CaseExamine, p.sending(p.plan, p.cases.Ask)),
		p.post(plan, staff.CaseExamine, p.sending(p.plan, p.cases.Do)),
		p.get("/visits", staff.CaseRead, p.Visits),
		p.get(at, staff.CaseRead, p.Procedure),
		p.get(at+"/files/{file}", staff.CaseRead, p.ProcedureFile),
		p.post(at+"/files", staff.CaseRead, p.AddProcedureFile, visit.Upload(mostAtOnce*p.FileBytes)),
		p.post(at+"/record", staff.CaseRead, p.procedureAct(p.record)),
		p.post(at+"/panel", staff.CaseRead, p.procedureAct(p.panel)),
		p.post(at+"/sign", staff.CaseRead, p.procedureAct(p.sign)),
		p.post(at+"/reopen", staff.CaseRead, p.procedureAct(p.reopen)),
		p.post(at+"/reschedule", staff.CaseExamine, p.procedureAct(p.reschedule)),
		p.post(at+"/cancel", staff.CaseExamine, p.procedureAct(p.cancel)),
		p.post(at+"/end", staff.CaseSuspend, p.procedureAct(p.end)),
		p.get("/quotas", staff.CatalogEdit, p.Quotas),
		p.post("/quotas", staff.CatalogEdit, p.SetQuota),
	}
}

// proceeding is the page of one procedure.
type proceeding struct {
	*procedure.Procedure
	Record, Sign, End, Cancel bool // what the reader may do now
	Reader                    string
	MayOpen                   bool // the case, too
	Calendar                  *calendar.Table
	Today                     calendar.Day
	Now                       time.Time
	Typed                     map[string]string
	Tried                     string // which act was refused
	Problems                  ui.Problems
}

// URL is an address under the procedure.
func (x proceeding) URL(rest string) string { return caseview.ProcedureURL(x.ID) + rest }

// at is what is wrong with a field of one of the page's forms.
func (x proceeding) at(act, field string) string {
	if x.Tried != act {
		return ""
	}
	return x.Problems.At(field)
}

// typed is what was typed into a field, or else what is on record.
func (x proceeding) typed(act, field, else_ string) string {
	if s, ok := x.Typed[field]; ok && x.Tried == act {
		return s
	}
	return else_
}

func (p *Pages) proceeding(v *visit.Visit) (proceeding, error) {
	one, err := p.Procedures.Get(v.Context(), v.Actor, v.Path("procedure"))
	if err != nil {
		return proceeding{}, err
	}
	x := proceeding{Procedure: one, Reader: v.Actor.AccountID, Calendar: p.Casework.Calendar(), Today: caseview.Today(v), Now: v.Now(),
		MayOpen: v.Actor.May(staff.CaseRead, one.Case.Subject) == nil, Cancel: one.MayCancel(v.Actor)}
	x.Record, x.Sign, x.End = one.May(v.Actor)
	return x, nil
}

// Procedure shows one procedure with what the reader can do in it.
func (p *Pages) Procedure(v *visit.Visit) error {
	x, err := p.proceeding(v)
	if err != nil {
		return err
	}
	return v.Render(p.procedureFrame(v, x))
}

func (p *Pages) procedureFrame(v *visit.Visit, x proceeding) templ.Component {
	crumbs := []ui.Link{{Text: "现场核查", Href: Base + "/visits"}}
	if x.MayOpen {
		crumbs = []ui.Link{{Text: "工作列表", Href: Base}, {Text: "办件 " + x.Case.Number, Href: Base + "/cases/" + x.CaseID}}
	}
	title := caseview.Titled(x.Procedure)
	return frame(v, title, procedurePage(x), append(crumbs, ui.Link{Text: title, Current: true})...)
}

// doing is one act on a procedure: what it does, its name on the page, what is
// said afterwards.
type doing func(v *visit.Visit, x proceeding, seen procedure.Seen) (name, said string, err error)

// procedureAct carries an act out and comes back to the page; a refusal stands
// on it, with what was typed.
func (p *Pages) procedureAct(do doing) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		x, err := p.proceeding(v)
		if err != nil {
			return err
		}
		seen, err := procedureSeen(v, x)
		name, said := "", ""
		if err == nil {
			name, said, err = do(v, x, seen)
		}
		if err == nil {
			v.Flash(ui.OK, said)
			return v.See(x.URL(""))
		}
		if caseview.Stale(err) {
			if x, err = p.afresh(v, x, err); err == nil {
				return v.See(x.URL(""))
			}
		}
		return v.Again(err, func(problems ui.Problems) templ.Component {
			x.Problems, x.Tried, x.Typed = naming(problems, fault.Of(err).Fields), name, v.Answers("")
			return p.procedureFrame(v, x)
		})
	}
}

// labels are the fields of the page's forms, for the list of what is empty.
var labels = map[string]string{"findings": "情况", "present": "申请人方在场人员", "standard": "依据的技术标准", "agency": "承担机构", "report": "报告编号",
	"where": "公告媒介", "paper": "凭证", "score": "成绩、考核结果", "place": "地点", "reason": "理由"}

// naming says of each empty field which one it is.
func naming(p ui.Problems, fields []fault.Field) ui.Problems {
	for i, x := range fields {
		if label := labels[x.Name]; x.Code == "text.required" && label != "" && i < len(p.Fields) {
			p.Fields[i].Message = "请填写" + label
		}
	}
	return p
}

// afresh is the page as it is now, under the refusal of who came too late.
func (p *Pages) afresh(v *visit.Visit, x proceeding, late error) (proceeding, error) {
	now, err := p.proceeding(v)
	if err != nil {
		return x, err
	}
	return now, late
}

func procedureSeen(v *visit.Visit, x proceeding) (procedure.Seen, error) {
	n, err := strconv.Atoi(v.Text("version"))
	if err != nil || n < 1 {
		return procedure.Seen{}, fault.Invalid("request.broken")
	}
	return procedure.Seen{ID: x.ID, Version: n}, nil
}

// instant reads a day and a time of the clock in Beijing; the zero time when
// they are none.
func instant(day, clockTime string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clockTime, clock.Beijing)
	if err != nil {
		return time.Time{}
	}
	return at
}

func dayOf(s string) calendar.Day {
	d, err := calendar.ParseDay(s)
	if err != nil {
		return 0
	}
	return d
}

// dayIn and timeIn are an instant as the controls write it, "" for none.
func dayIn(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(clock.Beijing).Format(time.DateOnly)
}

func timeIn(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(clock.Beijing).Format("15:04")
}

func (p *Pages) sign(v *visit.Visit, x proceeding, _ procedure.Seen) (string, string, error) {
	n, err := strconv.Atoi(v.Text("revision"))
	if err != nil {
		return "sign", "", fault.Invalid("request.broken")
	}
	return "sign", "您已签字。", p.Procedures.Sign(v.Context(), v.Actor, procedure.Sign{ID: x.ID, Revision: n})
}

func (p *Pages) reopen(v *visit.Visit, _ proceeding, seen procedure.Seen) (string, string, error) {
	return "reopen", "记录已退回修改，签字作废。", p.Procedures.Reopen(v.Context(), v.Actor, procedure.Reopen{Seen: seen, Reason: v.Text("reason")})
}

func (p *Pages) end(v *visit.Visit, x proceeding, seen procedure.Seen) (string, string, error) {
	said := "程序已结束。"
	if x.Stops() {
		said = "程序已结束，期限恢复计算，结束通知书已出具。"
	}
	return "end", said, p.Procedures.End(v.Context(), v.Actor, procedure.End{Seen: seen})
}

func (p *Pages) cancel(v *visit.Visit, _ proceeding, seen procedure.Seen) (string, string, error) {
	return "cancel", "已取消。", p.Procedures.Cancel(v.Context(), v.Actor, procedure.Cancel{Seen: seen, Reason: v.Text("reason")})
}

func (p *Pages) reschedule(v *visit.Visit, _ proceeding, seen procedure.Seen) (string, string, error) {
	return "reschedule", "已改期，新的通知书已出具。", p.Procedures.Reschedule(v.Context(), v.Actor, procedure.Reschedule{Seen: seen,
		At: instant(v.Text("at"), v.Text("time")), Place: v.Text("place"), Reason: v.Text("reason")})
}

// ProcedureFile serves a photograph or report.
func (p *Pages) ProcedureFile(v *visit.Visit) error {
	f, rc, err := p.Procedures.OpenFile(v.Context(), v.Actor, v.Path("procedure"), v.Path("file"))
	if err != nil {
		return err
	}
	defer rc.Close()
	b, err := io.ReadAll(rc)
	if err != nil {
		return err
	}
	return v.Serve(visit.File{Name: f.Name, Type: f.Type, Changed: f.At, Inline: true, Body: bytes.NewReader(b)})
}

// mostAtOnce is how many photographs one form carries.
const mostAtOnce = 10

// AddProcedureFile takes photographs in, or removes one.
func (p *Pages) AddProcedureFile(v *visit.Visit) error {
	x, err := p.proceeding(v)
	if err != nil {
		return err
	}
	took := 0
	err = v.Files(visit.FileLimits{Each: p.FileBytes, Count: mostAtOnce}, func(part visit.Part) error {
		took++
		return p.takeFile(v, x, part)
	})
	switch {
	case err == nil && v.Text("remove") != "":
		err = p.Procedures.DropFile(v.Context(), v.Actor, procedure.DropFile{Seen: procedure.Seen{ID: x.ID}, FileID: v.Text("remove")})
	case err == nil && took == 0:
		err = fault.Invalid("form.invalid", fault.At("files", "text.required"))
	}
	if err == nil {
		return v.See(x.URL("#files"))
	}
	return v.Again(err, func(problems ui.Problems) templ.Component {
		if now, failed := p.proceeding(v); failed == nil { // what came before the refused one is there
			x = now
		}
		x.Problems, x.Tried, x.Typed = problems, "files", v.Answers("")
		return p.procedureFrame(v, x)
	})
}

func (p *Pages) takeFile(v *visit.Visit, x proceeding, part visit.Part) error {
	return caseview.Spooled(part, func(f caseview.Spool) error {
		_, err := p.Procedures.AddFile(v.Context(), v.Actor, procedure.AddFile{Seen: procedure.Seen{ID: x.ID}, Name: part.Name,
			Caption: v.Text("caption"), Size: f.Size, Content: f.File})
		return err
	})
}

// officerRows is how many officers the forms ask for.
const officerRows = 3

// appointed are the officers that a form names.
func appointed(typed map[string]string) (out []procedure.Appoint) {
	for i := range officerRows {
		n := strconv.Itoa(i + 1)
		out = append(out, procedure.Appoint{AccountID: typed["officer"+n], Number: typed["number"+n]})
	}
	return out
}

// choices are the candidates, those of the supervising department marked.
func choices(from []procedure.Candidate) (out []ui.Choice) {
	for _, c := range from {
		words := c.Name
		if c.Regulator {
			words += "（监管部门）"
		}
		if c.Number != "" {
			words += "　证件号 " + c.Number
		}
		out = append(out, ui.Choice{Value: c.AccountID, Text: words})
	}
	return out
}

// times are the half hours of a working day.
func times() (out []ui.Choice) {
	for at := 8 * 60; at <= 18*60; at += 30 {
		s := time.Date(0, 1, 1, at/60, at%60, 0, 0, time.UTC).Format("15:04")
		out = append(out, ui.Choice{Value: s, Text: s})
	}
	return out
}

// timesWith are the half hours and one more that was typed.
func timesWith(s string) []ui.Choice {
	all := times()
	if s != "" && !slices.ContainsFunc(all, func(c ui.Choice) bool { return c.Value == s }) && !instant("2026-01-01", s).IsZero() {
		all = append(all, ui.Choice{Value: s, Text: s})
	}
	return all
}
