// Package lawview is 本件所依之法: for one case, step by step and for every refusal,
// the articles on which it rests in the text that was in force on that day. It
// is drawn alike for officers and applicants; applicants are not told which
// office was refused.
package lawview

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/business/statute"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

// View is a case with what was refused in it.
type View struct {
	*casework.Dossier
	Documents []document.Document
	Refusals  []casework.Refusal
	Back      string // path of the case
}

// line is one thing that was done or refused, with its law.
type line struct {
	at      time.Time
	title   string
	note    string
	refused bool
	laws    []statute.Text
}

// lines are what happened and what was refused, in the order of time.
func (v View) lines() []line {
	var out []line
	for _, h := range v.History {
		out = append(out, line{at: h.At, title: title(h, v.Impl.Flow), laws: h.Laws()})
	}
	for _, r := range v.Refusals {
		l := line{at: r.At, title: "拒绝" + tried(r.Right), note: text.Fault(r.Fault()), refused: true, laws: r.Laws()}
		if r.Times > 1 {
			l.note += "（当日 " + strconv.Itoa(r.Times) + " 次）"
		}
		out = append(out, l)
	}
	slices.SortStableFunc(out, func(a, b line) int { return a.at.Compare(b.at) })
	return out
}

// basis are the matter's own grounds, as its version states them.
func (v View) basis() []ui.Pair {
	var out []ui.Pair
	for _, b := range v.Impl.Basis {
		out = append(out, ui.Pair{Term: b.Law + b.Article, Text: b.Summary, Note: textOf(b)})
	}
	return out
}

// textOf says which text was read.
func textOf(b catalog.Basis) string {
	switch {
	case b.Version == "":
		return ""
	case b.Effective != "":
		return dayOf(b.Version) + "的文本，自" + dayOf(b.Effective) + "起施行"
	}
	return dayOf(b.Version) + "的文本"
}

// dayOf is a day as papers write it; what is no day stays.
func dayOf(stored string) string {
	d, err := calendar.ParseDay(stored)
	if err != nil {
		return stored
	}
	return d.Chinese()
}

// limits are the two limits with the article that gives them.
func (v View) limits() []ui.Pair {
	var out []ui.Pair
	for _, x := range []struct {
		term string
		r    *casework.Running
	}{{"法定办结期限", v.Clocks.Statutory}, {"承诺办结期限", v.Clocks.Promised}} {
		if x.r != nil {
			out = append(out, ui.Pair{Term: x.term, Text: x.r.Limit.Chinese() + "，截止 " + text.Day(x.r.Due.Day), Note: x.r.Limit.Law})
		}
	}
	for _, p := range v.Course.Pauses {
		to := "进行中"
		if p.To != 0 {
			to = "至 " + text.Day(p.To)
		}
		out = append(out, ui.Pair{Term: "不计入期限：" + text.Label(text.Special, p.Kind), Text: text.Day(p.From) + " 起，" + to + "，告知所需 " + strconv.Itoa(p.Days) + " 个工作日", Note: p.Law})
	}
	for _, h := range v.Course.Holds {
		out = append(out, ui.Pair{Term: "作出决定前须等待", Text: text.Fault(h.Fault()), Note: h.Law})
	}
	return out
}

// papers are the documents with the article that asks for each.
func (v View) papers() ui.TableData {
	t := ui.TableData{Caption: "文书及其依据", Columns: []ui.Column{{Title: "文书"}, {Title: "文号"}, {Title: "日期"}, {Title: "依据"}}}
	for _, d := range v.Documents {
		spec := d.Kind.Spec()
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: spec.Name}, {Text: d.Number}, {Text: text.Day(calendar.DayOf(d.IssuedAt))}, {Text: spec.Law}}})
	}
	return t
}

// articles are all that are cited on the page, once each, in the texts of their days.
func (v View) articles() []statute.Text {
	var out []statute.Text
	for _, l := range v.lines() {
		for _, x := range l.laws {
			if !slices.Contains(out, x) {
				out = append(out, x)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b statute.Text) int { return cmp.Compare(a.Law, b.Law) })
	return out
}

func title(h casework.Happening, def flow.Definition) string {
	step, known := def.Step(h.Step)
	if known && h.Kind == "case.advanced" {
		if o, ok := step.Outcome(h.Outcome); ok {
			return step.Name + "：" + o.Name
		}
		return step.Name
	}
	return text.Label(text.Happening, h.Kind)
}

// version says which text of the law counted on the day.
func version(x statute.Text) string {
	if x.Version == "" {
		return x.Kind
	}
	return x.Kind + "，" + dayOf(x.Version) + "的文本，自" + x.From.Chinese() + "起施行"
}

// tried says what was tried, by its right.
func tried(p staff.Permission) string {
	return "「" + text.Label(text.Permission, string(p)) + "」"
}
