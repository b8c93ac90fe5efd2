package caseview

import (
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/procedure"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

// proceeds says that there is something to show of procedures.
func (v View) proceeds() bool { return len(v.Procedures) > 0 || v.visitLacks() }

// visitLacks says that nothing is granted before a site visit that has not been
// made.
func (v View) visitLacks() bool {
	if x := v.Impl.SiteVisit; x == nil || !x.Always || v.Mode == casework.ModeCommitment || v.Status != casework.StatusHandling {
		return false
	}
	_, found := v.Course.Found(string(procedure.SiteVisit))
	return !found
}

// ProcedureURL is the page of a procedure.
func ProcedureURL(procedureID string) string { return "/desk/procedures/" + procedureID }

// procedureTable lists the procedures of a case, the newest first.
func (v View) procedureTable() ui.TableData {
	t := ui.TableData{Caption: "本办件的特别程序和现场核查", Columns: []ui.Column{{Title: "程序"}, {Title: "状态", Tight: true}, {Title: "由谁"}, {Title: "时间"}, {Title: "对期限的影响"}}}
	for i := len(v.Procedures) - 1; i >= 0; i-- {
		p := &v.Procedures[i]
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
			{Text: Titled(p), Href: ProcedureURL(p.ID)}, {Body: ui.Badge(stateOfProcedure(p), toneOfProcedure(p)), Note: lateNote(p)},
			{Text: whose(p)}, {Text: when(p)}, {Text: Effect(v.Calendar, v.Today, p)}}})
	}
	return t
}

// Titled is a procedure with its round: 现场核查（第2次）.
func Titled(p *procedure.Procedure) string {
	if p.Round > 1 {
		return p.Name + "（第" + strconv.Itoa(p.Round) + "次）"
	}
	return p.Name
}

// stateOfProcedure is where it stands, or what it found.
func stateOfProcedure(p *procedure.Procedure) string {
	if p.State == procedure.Done {
		return text.Label(text.Conclusion, string(p.Detail.Conclusion))
	}
	return text.Label(text.ProcedureState, string(p.State))
}

func toneOfProcedure(p *procedure.Procedure) ui.Tone {
	if p.State == procedure.Done {
		return text.Tone(text.Conclusion, string(p.Detail.Conclusion))
	}
	return text.Tone(text.ProcedureState, string(p.State))
}

func lateNote(p *procedure.Procedure) string {
	if p.Late {
		return "指派晚于受理后第5个工作日"
	}
	return ""
}

// whose are the officers, those who have to sign named apart.
func whose(p *procedure.Procedure) string {
	if len(p.Officers) == 0 {
		return "承办人员"
	}
	var all []string
	for _, o := range p.Officers {
		all = append(all, o.Name)
	}
	out := strings.Join(all, "、")
	if p.State == procedure.Signing {
		out += "（待" + strings.Join(p.Unsigned(), "、") + "签字）"
	}
	return out
}

func when(p *procedure.Procedure) string {
	switch {
	case p.Kind == procedure.SiteVisit && !p.Detail.HeldAt.IsZero():
		return text.At(p.Detail.HeldAt)
	case p.Kind == procedure.SiteVisit:
		return text.At(p.At)
	case p.To != 0:
		return text.Day(p.From) + "至" + text.Day(p.To)
	case p.By != 0:
		return text.Day(p.From) + "起，应在" + text.Day(p.By) + "前结束"
	}
	return text.Day(p.From) + "起"
}

// Effect says in words what a procedure does to the clock.
func Effect(cal *calendar.Table, today calendar.Day, p *procedure.Procedure) string {
	if !p.Stops() {
		return "计入办理期限"
	}
	to := min(p.By, today)
	if p.To != 0 {
		to = min(p.By, p.To)
	}
	stood := strconv.Itoa(max(cal.WorkingBetween(p.From-1, to), 0))
	if p.To != 0 {
		return "停止计时 " + stood + " 个工作日"
	}
	if today > p.By {
		return "已停满 " + strconv.Itoa(p.Days) + " 个工作日，期限已恢复计算"
	}
	return "停止计时，至多 " + strconv.Itoa(p.Days) + " 个工作日，已停 " + stood + " 个"
}
