package desk

import (
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/procedure"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// itemRows and expertRows are how many lines the forms ask for.
const (
	itemRows   = 5
	expertRows = 7
)

// record writes the result down.
func (p *Pages) record(v *visit.Visit, x proceeding, seen procedure.Seen) (string, string, error) {
	in := procedure.Record{Seen: seen, HeldAt: instant(v.Text("held"), v.Text("held_time")), Findings: v.Text("findings"),
		Conclusion: procedure.Conclusion(v.Text("conclusion")), Present: v.Text("present"), Standard: v.Text("standard"),
		Agency: v.Text("agency"), Report: v.Text("report"), Until: dayOf(v.Text("until")), Items: items(v.Text)}
	for i := range x.Detail.Panel {
		n := strconv.Itoa(i + 1)
		in.Opinions = append(in.Opinions, procedure.Opinion{Text: v.Text("opinion" + n), Supports: v.Text("supports"+n) == "true"})
	}
	in.Contest = procedure.Contest{Announced: dayOf(v.Text("announced")), Where: v.Text("where"), Held: dayOf(v.Text("contested")),
		Entrants: strings.Split(v.Text("entrants"), "\n"), Winner: v.Text("winner"), Score: v.Text("score"), Paper: v.Text("paper")}
	said := "结果已记录。"
	if x.Kind.Manned() {
		said = "记录已保存，等待每名人员各自签字。"
	}
	return "record", said, p.Procedures.Record(v.Context(), v.Actor, in)
}

// items are what is to be put right, empty lines left out.
func items(text func(string) string) (out []procedure.Item) {
	for i := range itemRows {
		n := strconv.Itoa(i + 1)
		if x := (procedure.Item{Problem: text("problem" + n), Demand: text("demand" + n)}); x.Problem != "" || x.Demand != "" {
			out = append(out, x)
		}
	}
	return out
}

// panel names the experts.
func (p *Pages) panel(v *visit.Visit, _ proceeding, seen procedure.Seen) (string, string, error) {
	in := procedure.SetPanel{Seen: seen, At: instant(v.Text("at"), v.Text("time")), Place: v.Text("place")}
	for i := range expertRows {
		n := strconv.Itoa(i + 1)
		in.Panel = append(in.Panel, procedure.Expert{Name: v.Text("name" + n), Unit: v.Text("unit" + n), Title: v.Text("title" + n), Recused: v.Text("recused" + n)})
	}
	return "panel", "专家组和会议时间已保存。", p.Procedures.SetPanel(v.Context(), v.Actor, in)
}

// expert is the i-th of the panel as it is on record.
func (x proceeding) expert(i int) procedure.Expert {
	if i < len(x.Detail.Panel) {
		return x.Detail.Panel[i]
	}
	return procedure.Expert{}
}

// item is the i-th thing to be put right.
func (x proceeding) item(i int) procedure.Item {
	if i < len(x.Detail.Items) {
		return x.Detail.Items[i]
	}
	return procedure.Item{}
}

// verdicts are the conclusions that a procedure can have.
func (x proceeding) verdicts() []ui.Choice {
	switch {
	case x.Kind == procedure.SiteVisit:
		return text.Choices(text.Conclusion, procedure.Passed, procedure.Rectify, procedure.Failed)
	case x.Kind.Technical():
		return []ui.Choice{{Value: string(procedure.Passed), Text: "合格"}, {Value: string(procedure.Failed), Text: "不合格"}}
	case x.Kind == procedure.ExpertReview:
		return []ui.Choice{{Value: string(procedure.Passed), Text: "通过"}, {Value: string(procedure.Failed), Text: "不通过"}}
	}
	return text.Choices(text.Conclusion, procedure.Passed, procedure.Failed)
}

// facts are the head of the page.
func (x proceeding) facts() []ui.Pair {
	out := []ui.Pair{{Term: "办件", Text: x.Case.Number, Note: x.Case.ItemName}, {Term: "申请人", Text: x.Case.ApplicantName}}
	if x.MayOpen {
		out[0].Href = Base + "/cases/" + x.CaseID
	}
	out = append(out, ui.Pair{Term: "依据", Text: x.Law}, ui.Pair{Term: "对期限的影响", Text: caseview.Effect(x.Calendar, x.Today, x.Procedure)})
	if x.Kind == procedure.SiteVisit {
		out = append(out, ui.Pair{Term: "约定时间", Text: text.At(x.At)}, ui.Pair{Term: "地点", Text: x.Place},
			ui.Pair{Term: "由谁组织", Text: text.Label(text.Organiser, string(x.Organiser))})
	} else {
		out = append(out, ui.Pair{Term: "开始日期", Text: text.Day(x.From)})
	}
	if x.Kind == procedure.ExpertReview && !x.At.IsZero() {
		out = append(out, ui.Pair{Term: "评审会议", Text: text.At(x.At), Note: x.Place})
	}
	if x.By != 0 {
		out = append(out, ui.Pair{Term: "最迟", Text: text.Day(x.By)})
	}
	if x.To != 0 {
		out = append(out, ui.Pair{Term: "结束日期", Text: text.Day(x.To)})
	}
	return out
}

// next says what follows, who does it and by when.
func (x proceeding) next() ui.Message {
	switch x.State {
	case procedure.Open:
		return ui.Message{Tone: ui.Info, Title: "等待结果", Text: x.waits()}
	case procedure.Signing:
		return ui.Message{Tone: ui.Warn, Title: "等待签字", Text: "由" + strings.Join(x.Unsigned(), "、") + "登录本人账号，核对记录后签字。全部签字后生效。"}
	case procedure.Ready:
		return ui.Message{Tone: ui.Warn, Title: "等待结束", Text: "已有结果。承办人员结束程序后，期限恢复计算，并书面通知申请人。"}
	case procedure.Cancelled:
		return ui.Message{Tone: ui.Info, Title: "已取消", Text: x.Detail.Reason}
	}
	return ui.Message{Tone: ui.OK, Title: "已经结束", Text: "结果已记入办件，决定应当以此为据。"}
}

func (x proceeding) waits() string {
	if reason := x.Detail.Reason; reason != "" {
		return "记录被退回修改：" + reason
	}
	switch {
	case x.Kind == procedure.SiteVisit:
		return "到" + text.At(x.At) + "核查；核查后由一名人员上传照片、填写记录，每名人员各自签字。"
	case x.Kind.Technical():
		return "由指派的人员按技术标准检验、检测、检疫，填写结果后各自签字。"
	case x.Kind == procedure.ExpertReview && len(x.Detail.Panel) == 0:
		return "先确定专家组和会议时间。"
	case x.Kind == procedure.ExpertReview:
		return "评审会议后上传专家签字的评审记录，填写各位专家的意见和结论。"
	}
	return "结果出来后填写记录。"
}

// people are those who were sent and whether they have signed.
func (x proceeding) people() ui.TableData {
	t := ui.TableData{Caption: "指派的工作人员", Columns: []ui.Column{{Title: "姓名"}, {Title: "证件号"}, {Title: "签字"}}}
	for _, o := range x.Officers {
		signed := "未签字"
		if o.Signed() {
			signed = text.At(o.SignedAt) + " 签字"
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: o.Name}, {Text: o.Number}, {Text: signed}}})
	}
	return t
}

// recorded is what is on record, in pairs.
func (x proceeding) recorded() (out []ui.Pair) {
	d := x.Detail
	add := func(term, words string) {
		if words != "" {
			out = append(out, ui.Pair{Term: term, Text: words})
		}
	}
	add("进行时间", text.At(d.HeldAt))
	add("申请人方在场", d.Present)
	add("机构", d.Agency)
	add("报告编号", d.Report)
	add("依据的技术标准", d.Standard)
	if c := d.Contest; c != nil {
		add("公告", text.Day(c.Announced)+"　"+c.Where)
		add("举行", text.Day(c.Held))
		add("参加者", strings.Join(c.Entrants, "、"))
		add("中标人、买受人", c.Winner)
		add("成绩、考核结果", c.Score)
		add("凭证", c.Paper)
	}
	add("情况", d.Findings)
	out = append(out, ui.Pair{Term: "结论", Body: ui.Badge(conclusionOf(x), text.Tone(text.Conclusion, string(d.Conclusion)))})
	for i, item := range d.Items {
		out = append(out, ui.Pair{Term: "整改事项 " + strconv.Itoa(i+1), Text: item.Problem, Note: "要求：" + item.Demand})
	}
	add("整改期限", text.Day(d.Until))
	add("记录人", d.RecordedBy)
	return out
}

func conclusionOf(x proceeding) string {
	for _, c := range x.verdicts() {
		if c.Value == string(x.Detail.Conclusion) {
			return c.Text
		}
	}
	return text.Label(text.Conclusion, string(x.Detail.Conclusion))
}

// files are the photographs or reports as links; those that may still be
// removed have a button.
func (x proceeding) files() (out []ui.File) {
	for _, f := range x.Files {
		one := ui.File{Name: f.Label(), Href: x.URL("/files/" + f.ID), Size: f.Size, Note: text.At(f.At)}
		if x.Record && x.State == procedure.Open {
			one.Remove = f.ID
		}
		out = append(out, one)
	}
	return out
}

// filesTitle is what the files are.
func (x proceeding) filesTitle() string {
	switch {
	case x.Kind == procedure.SiteVisit:
		return "现场照片"
	case x.Kind == procedure.ExpertReview:
		return "评审记录"
	}
	return "报告和记录"
}

func (x proceeding) accept() string {
	if x.Kind == procedure.SiteVisit {
		return ".jpg,.jpeg,.png"
	}
	return ".pdf,.jpg,.jpeg,.png"
}

// experts are the panel with its opinions.
func (x proceeding) experts() ui.TableData {
	t := ui.TableData{Caption: "专家组", Columns: []ui.Column{{Title: "专家"}, {Title: "单位"}, {Title: "意见"}}}
	for _, e := range x.Detail.Panel {
		said := e.Opinion
		switch {
		case e.Recused != "":
			said = "回避：" + e.Recused
		case e.Opinion != "" && e.Supports:
			said = "同意。" + e.Opinion
		case e.Opinion != "":
			said = "不同意。" + e.Opinion
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: e.Name, Note: e.Title}, {Text: e.Unit}, {Text: said}}})
	}
	return t
}

// ready says that the result can be written down: a review needs its panel.
func (x proceeding) ready() bool {
	return x.Kind != procedure.ExpertReview || len(x.Detail.Panel) > 0
}

func (x proceeding) heldLabel() string {
	switch {
	case x.Kind == procedure.SiteVisit:
		return "实际核查日期"
	case x.Kind == procedure.ExpertReview:
		return "会议日期"
	}
	return "完成日期"
}

// heldDay and heldTime begin with when it was to be, or with today.
func (x proceeding) heldDay() string {
	switch {
	case !x.Detail.HeldAt.IsZero():
		return dayIn(x.Detail.HeldAt)
	case !x.At.IsZero() && x.At.Before(x.Now):
		return dayIn(x.At)
	}
	return dayIn(x.Now)
}

func (x proceeding) heldTime() string {
	switch {
	case !x.Detail.HeldAt.IsZero():
		return timeIn(x.Detail.HeldAt)
	case !x.At.IsZero() && x.At.Before(x.Now):
		return timeIn(x.At)
	}
	return timeIn(x.Now)
}

func (x proceeding) findingsLabel() string {
	switch {
	case x.Kind == procedure.SiteVisit:
		return "核查情况"
	case x.Kind == procedure.ExpertReview:
		return "评审结论"
	}
	return "情况"
}

func (x proceeding) recordButton() string {
	if x.Kind.Manned() {
		return "保存记录，送签字"
	}
	return "保存记录"
}

// rectifying is the condition that something is to be put right.
var rectifying = []map[string]any{{"field": "conclusion", "op": "equals", "value": "rectify"}}

func dayText(d calendar.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

func (x proceeding) captionHelp() string {
	if x.Kind == procedure.SiteVisit {
		return "拍的是什么，如 门面、消毒间。选择几张时同一说明。"
	}
	return "文件的名称，如 专家签字的评审记录、检验报告。"
}
