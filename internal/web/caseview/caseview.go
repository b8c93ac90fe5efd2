// Package caseview draws a case (办件) for officers: what was applied for, the
// materials with their review points, deadlines, documents, history, the flow.
// The window and the desk put their own acts beside the same drawing.
package caseview

import (
	"encoding/json"
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/hearing"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/org"
	"onewindow/internal/business/party"
	"onewindow/internal/business/procedure"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

// View is a case with what its pages need besides.
type View struct {
	*casework.Dossier
	Documents []document.Document
	Calendar  *calendar.Table
	Today     calendar.Day
	Base      string   // the audience's pages: "/counter" or "/desk"
	Body      org.Body // who decides, where the pages need more than its name
	// Procedures are the special procedures and site visits, the oldest first.
	Procedures []procedure.Procedure
	// Mine are the open steps that the reader may do, Bodies the names of other
	// bodies with a part in the case, Consultations what they were asked.
	Mine          []flow.Step
	Bodies        map[string]string
	Consultations []casework.Consultation
	// Party is the applicant in the clear, after an audited act; nil otherwise.
	Party *party.Party
	// MayUnmask says that the reader may ask for that.
	MayUnmask bool
	Known     *interest.Known    // the party that the form of a deed is about, nil for none
	Parties   []interest.Party   // who is heard, where the audience is told
	Hearings  []*hearing.Hearing // the newest last
	// Challenges are the wishes that an officer keep out, oldest first.
	Challenges []casework.Challenge
	Choices    []ui.Choice // what the form of a deed offers
	Problems   ui.Problems
}

// Path is an address under the case.
func (v View) Path(rest string) string { return v.Base + "/cases/" + v.ID + rest }

// File is the address of an uploaded file.
func (v View) File(f casework.File) string { return v.Base + "/files/" + f.ID }

// summary are the facts at the head of a case.
func (v View) summary() []ui.Pair {
	pairs := []ui.Pair{
		{Term: "办件编号", Text: v.Number},
		{Term: "申请人", Text: v.ApplicantName, Note: kindOf(v.Company)},
		{Term: "事项", Text: v.ItemName, Note: v.variant()},
		{Term: "实施机关", Text: v.Impl.Body.Name},
		{Term: "申请方式", Text: text.Label(text.Channel, string(v.Channel))},
		{Term: "收到申请", Text: text.At(v.ReceivedAt)},
	}
	if v.CompleteAt.After(v.ReceivedAt) {
		pairs = append(pairs, ui.Pair{Term: "补正收齐", Text: text.At(v.CompleteAt)})
	}
	if !v.AcceptedAt.IsZero() {
		p := ui.Pair{Term: "受理", Text: text.At(v.AcceptedAt)}
		if v.Deemed {
			p.Note = "逾期未告知，自收到申请材料之日起即为受理"
		}
		pairs = append(pairs, p)
	}
	if !v.DecidedAt.IsZero() {
		pairs = append(pairs, ui.Pair{Term: "决定", Text: text.At(v.DecidedAt)})
	}
	return pairs
}

// contents are the parts of the page of a case.
func contents(v View, outcomes bool) []ui.Link {
	out := []ui.Link{{Text: "基本情况", Href: "#summary"}, {Text: "材料", Href: "#materials", Count: len(v.Dossier.Materials)}}
	if v.proceeds() {
		out = append(out, ui.Link{Text: "特别程序和核查", Href: "#procedures", Count: len(v.Procedures)})
	}
	if outcomes {
		out = append(out, ui.Link{Text: "办理", Href: "#outcomes"})
	}
	if len(v.Parties) > 0 || len(v.Hearings) > 0 {
		out = append(out, ui.Link{Text: "陈述、听证", Href: "#heard"})
	}
	return append(out, ui.Link{Text: "申请表", Href: "#answers"}, ui.Link{Text: "文书", Href: "#documents", Count: len(v.Documents)},
		ui.Link{Text: "经过", Href: "#history"}, ui.Link{Text: "流程图", Href: "#flow"},
		ui.Link{Text: "本件所依之法", Href: v.Path("/law")})
}

func kindOf(company bool) string {
	if company {
		return "法人或其他组织"
	}
	return "自然人"
}

func (v View) variant() string {
	for _, x := range v.Impl.Variants {
		if x.No == v.Variant {
			return x.Name
		}
	}
	return ""
}

// warnDays is from how many working days before the end a deadline is amber.
const warnDays = 2

// Left is the days left of a task as a chip and its tone for the row.
func Left(t *calendar.Table, today, due calendar.Day) (n int, tone ui.Tone) {
	n = deadline.DaysLeft(t, today, due, deadline.Working)
	switch {
	case n < 0:
		return n, ui.Bad
	case n <= warnDays:
		return n, ui.Warn
	}
	return n, ui.OK
}

type clock struct {
	title    string
	due      calendar.Day
	left     int
	unit     deadline.Unit
	running  bool
	stands   bool // for a procedure that stops it
	note     string
	calendar ui.Calendar
}

// AnswerDue is the last day for telling what must be supplemented.
func (v View) AnswerDue() calendar.Day {
	return v.Calendar.AddWorking(calendar.DayOf(v.ReceivedAt), answerDays)
}

// answerDays is 五日, the time for the five outcomes of 行政许可法第三十二条.
const answerDays = 5

// history tells what happened, the newest first, with what officers wrote.
func (v View) history(all []casework.Happening) []ui.Event {
	events := make([]ui.Event, 0, len(all))
	for i := len(all) - 1; i >= 0; i-- {
		events = append(events, v.event(all[i]))
	}
	return events
}

func (v View) event(h casework.Happening) ui.Event {
	e := ui.Event{At: text.At(h.At), Who: h.ActorName, Text: h.Note, Title: text.Label(text.Happening, h.Kind),
		Tone: text.Tone(text.Happening, h.Kind)}
	step, known := v.Impl.Flow.Step(h.Step)
	v.told(&e, h)
	switch {
	case !known:
	case h.Kind == "case.returned":
		to, _ := v.Impl.Flow.Step(h.Outcome)
		e.Title = step.Name + "退回" + to.Name
	case h.Kind == "case.handed_over":
		e.Title = step.Name + "移交办理"
	case h.Kind == "case.advanced", h.Kind == "case.reported_up", h.Kind == "case.opined", h.Kind == "case.met":
		o, _ := step.Outcome(h.Outcome)
		e.Title = step.Name + "：" + o.Name
	}
	return e
}

// told adds what an act left beside its text: who was asked, who got the case,
// for whom a substitute acted.
func (v View) told(e *ui.Event, h casework.Happening) {
	var data struct {
		Body    string `json:"body"`
		ForName string `json:"for_name"`
		ToName  string `json:"to_name"`
	}
	if json.Unmarshal([]byte(h.Data), &data) != nil {
		return
	}
	switch {
	case h.Kind == "case.consulted":
		e.Title = "征求" + data.Body + "意见"
	case h.Kind == "case.opined" && data.Body != "":
		e.Title = data.Body + "答复：" + text.Label(text.Outcome, h.Outcome)
	case data.ToName != "":
		e.Who += "，移交给" + data.ToName
	case data.ForName != "":
		e.Who += "（代" + data.ForName + "）"
	}
}

// opinions are what earlier steps said, oldest first.
func (v View) opinions() []ui.Event {
	var out []ui.Event
	for _, h := range v.History {
		if h.Note != "" && (h.Step != "" || h.Kind == "case.opined") {
			out = append(out, v.event(h))
		}
	}
	return out
}

// steps are the steps of the flow and how far the case is.
func (v View) steps() []ui.Step {
	var out []ui.Step
	for _, s := range v.Impl.Flow.Ahead(v.Flow) {
		step := ui.Step{Name: s.Name, State: stateOf(v.Flow, s.Key)}
		if took, done := v.Took(s); done && step.State == ui.StepDone {
			step.Note = text.Day(calendar.DayOf(took))
		}
		out = append(out, step)
	}
	return out
}

func stateOf(s flow.State, key string) ui.StepState {
	if _, open := s.Token(key); open {
		return ui.StepNow
	}
	if _, done := s.Last(key); done {
		return ui.StepDone
	}
	return ui.StepTodo
}

// Handed says in which form a material is there.
func Handed(g casework.Given) string {
	var parts []string
	if g.Paper > 0 {
		parts = append(parts, "纸质 "+strconv.Itoa(g.Paper)+" 份")
	}
	if n := len(g.Files); n > 0 {
		parts = append(parts, "电子件 "+strconv.Itoa(n)+" 个")
	}
	if g.Shared {
		parts = append(parts, "通过数据共享取得，不要求提交")
	}
	if len(parts) == 0 && g.There() {
		parts = append(parts, "由填写的申请表生成")
	}
	if len(parts) == 0 {
		return "未提交"
	}
	return strings.Join(parts, "，")
}

// files are the files of a material as links.
func (v View) files(g casework.Given) []ui.File {
	var out []ui.File
	for _, f := range g.Files {
		x := ui.File{Name: f.Name, Href: v.File(f), Size: f.Size, Note: text.At(f.UploadedAt)}
		if v.Notice != nil && !f.UploadedAt.Before(v.Notice.NotifiedAt) {
			x.Note += " 补正提交"
		}
		out = append(out, x)
	}
	return out
}
