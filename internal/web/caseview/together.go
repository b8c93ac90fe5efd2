package caseview

import (
	"strings"

	"onewindow/internal/business/flow"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

// Waiting names the open steps, each with the body that does it where that is
// another one.
func (v View) Waiting() string {
	var out []string
	for _, t := range v.Flow.Open {
		words := "「" + v.Impl.Flow.NameOf(t.Step) + "」"
		if name := v.Bodies[t.Body]; name != "" {
			words += "（" + name + "）"
		} else if step, ok := v.Impl.Flow.Step(t.Step); ok {
			words += "（" + text.Label(text.Role, step.Role) + "）"
		}
		out = append(out, words)
	}
	return strings.Join(out, "、")
}

// At is the reader's open step of an act, the one named by key where there are
// several.
func (v View) At(act flow.Act, key string) (flow.Step, bool) {
	for _, s := range v.Mine {
		if s.Act == act && (key == "" || key == s.Key) {
			return s, true
		}
	}
	return flow.Step{}, false
}

// consulted are the questions to other bodies with their answers.
func consulted(v View) ui.TableData {
	t := ui.TableData{Caption: "征求其他机关意见", Columns: []ui.Column{{Title: "机关"}, {Title: "征求意见的内容"}, {Title: "答复"}, {Title: "答复期限", Tight: true}}}
	for _, c := range v.Consultations {
		answer := ui.Cell{Body: ui.Badge("等待答复", ui.Info)}
		if !c.Open() {
			answer = ui.Cell{Text: text.Label(text.Stance, c.Stance) + "：" + c.Opinion, Note: c.AnsweredBy + "　" + text.At(c.AnsweredAt)}
		}
		row := ui.Row{Cells: []ui.Cell{{Text: c.Body}, {Text: c.Question, Note: c.AskedBy + "　" + text.At(c.AskedAt)}, answer, {Text: text.Day(c.Due)}}}
		if c.Open() && c.Due < v.Today {
			row.Tone = ui.Bad
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
