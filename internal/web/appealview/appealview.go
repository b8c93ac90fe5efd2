// Package appealview draws reviews and suits (复议、诉讼) alike for applicants,
// for the body that answers, and for who supervises.
package appealview

import (
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/complaint"
	"onewindow/internal/business/deadline"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

// Next says what is awaited in a review or a suit and by when; zero for
// nothing more.
func Next(a *complaint.Appeal) (string, calendar.Day) {
	switch {
	case a.Pending() && a.AnsweredOn == 0:
		return "待提交答复、答辩", a.AnswerDue
	case a.Pending():
		return "待复议机关或者法院决定", a.OrganDue
	case a.ActBy != 0:
		return "责令履行的期限", a.ActBy
	}
	return "已结束", a.ResultOn
}

// Table lists them, each with its next day; path is where one of them stands.
func Table(all []*complaint.Appeal, path string, today calendar.Day, cal *calendar.Table) ui.TableData {
	t := ui.TableData{Caption: "复议、诉讼", Columns: []ui.Column{{Title: "种类和机关"}, {Title: "事项"}, {Title: "针对"}, {Title: "下一步"}, {Title: "结果", Tight: true}}}
	for _, a := range all {
		next, due := Next(a)
		t.Rows = append(t.Rows, ui.Row{Tone: tone(a, due, today, cal), Cells: []ui.Cell{
			{Text: text.Label(text.AppealKind, a.Kind) + "　" + a.Organ, Href: path + "/" + a.ID, Note: a.Reference},
			{Text: a.ItemName, Note: a.CaseNumber}, {Text: text.Label(text.AppealOf, a.Against)}, {Text: next, Note: text.Day(due)},
			{Body: text.Badge(text.AppealResult, a.Result)}}})
	}
	return t
}

// near is from how many working days before its end a day is marked.
const near = 2

// tone marks an answer that is due soon, or late.
func tone(a *complaint.Appeal, due, today calendar.Day, cal *calendar.Table) ui.Tone {
	if !a.Pending() || a.AnsweredOn != 0 || due == 0 {
		return ui.Neutral
	}
	switch n := deadline.DaysLeft(cal, today, due, deadline.Working); {
	case n < 0:
		return ui.Bad
	case n <= near:
		return ui.Warn
	}
	return ui.Neutral
}

// Pairs are the facts of a review or a suit, for all who may see it; base
// is where the reader's cases stand.
func Pairs(a *complaint.Appeal, base string) []ui.Pair {
	out := []ui.Pair{{Term: "复议机关或者法院", Text: a.Organ, Note: a.Reference}, {Term: "提出人", Text: text.Label(text.AppealBy, a.By)},
		{Term: "针对", Text: text.Label(text.AppealOf, a.Against)}, {Term: "请求事项", Text: a.Asked}, {Term: "受理（立案）", Text: text.Day(a.FiledOn)},
		{Term: "收到副本", Text: text.Day(a.ReceivedOn)}, {Term: "答复、答辩期限", Text: text.Day(a.AnswerDue), Note: answerRule(a)}}
	if a.AnsweredOn != 0 {
		p := ui.Pair{Term: "已提交答复、答辩", Text: text.Day(a.AnsweredOn)}
		if a.AnsweredOn > a.AnswerDue {
			p.Note = "超过期限"
		}
		out = append(out, p)
	}
	out = append(out, ui.Pair{Term: "审理期限", Text: text.Day(a.OrganDue), Note: organRule(a)})
	if a.Pending() {
		return out
	}
	out = append(out, ui.Pair{Term: "结果", Text: text.Label(text.AppealResult, a.Result), Note: text.Day(a.ResultOn)})
	if a.Note != "" {
		out = append(out, ui.Pair{Term: "说明", Text: a.Note})
	}
	if a.ActBy != 0 {
		out = append(out, ui.Pair{Term: "责令履行的期限", Text: text.Day(a.ActBy)})
	}
	if a.RedoID != "" {
		out = append(out, ui.Pair{Term: "重新办理", Text: "查看重新办理的办件", Href: base + "/cases/" + a.RedoID})
	}
	if a.LicenceID != "" {
		out = append(out, ui.Pair{Term: "证照", Text: "准予决定被撤销，证照随之失效", Href: base + "/licences/" + a.LicenceID, Note: "待办理注销手续（行政许可法第七十条）"})
	}
	return out
}

func answerRule(a *complaint.Appeal) string {
	switch {
	case a.Kind == complaint.Suit:
		return "收到起诉状副本之日起15日（行政诉讼法第六十七条）"
	case a.Simple:
		return "简易程序，收到申请书副本之日起5个工作日（行政复议法第五十四条）"
	}
	return "收到申请书副本之日起10个工作日（行政复议法第四十八条）"
}

func organRule(a *complaint.Appeal) string {
	switch {
	case a.Kind == complaint.Suit && a.Simple:
		return "简易程序，立案之日起45日（行政诉讼法第八十三条）"
	case a.Kind == complaint.Suit:
		return "第一审，立案之日起6个月，依法可以延长（行政诉讼法第八十一条）"
	case a.Simple:
		return "简易程序，受理之日起30日（行政复议法第六十二条）"
	}
	return "受理之日起60日，依法可以延长30日（行政复议法第六十二条）"
}
