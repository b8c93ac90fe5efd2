package desk

import (
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// speakerOf is who is told in the holder's place, as typed; nil where nothing
// was.
func speakerOf(v *visit.Visit) *aftercare.Speaker {
	if v.Text("via") == "" && v.Text("speaker") == "" {
		return nil
	}
	return &aftercare.Speaker{Name: v.Text("speaker"), Standing: aftercare.Standing(v.Text("standing")), Contact: v.Text("contact"), Via: aftercare.Via(v.Text("via"))}
}

// told says how who speaks was told.
func told(x *aftercare.Speaker) string {
	if x.Via == aftercare.Announce {
		return "没有找到承受权利义务的人，公告告知"
	}
	return x.Name + "（" + text.Label(text.Speaking, string(x.Standing)) + "），" + text.Label(text.Told, string(x.Via)) + "告知"
}

func standings() (out []ui.Choice) {
	for _, s := range aftercare.Standings() {
		out = append(out, ui.Choice{Value: string(s), Text: text.Label(text.Speaking, string(s)), Help: s.Law()})
	}
	return out
}

func vias(with ...aftercare.Via) (out []ui.Choice) {
	for _, x := range with {
		out = append(out, ui.Choice{Value: string(x), Text: text.Label(text.Told, string(x))})
	}
	return out
}

func deskClaims() (out []ui.Choice) {
	for _, c := range aftercare.Claims() {
		out = append(out, ui.Choice{Value: string(c), Text: text.Label(text.Claim, string(c))})
	}
	return out
}

// noHolder is when the form asks who is told in the holder's place.
var noHolder = []map[string]any{{"field": "ground", "op": "in", "values": []string{"died", "dissolved"}}}

// onProceeding carries out an act on a procedure and shows its page again, with
// what stopped it.
func (p *Pages) onProceeding(v *visit.Visit, done string, act func(aftercare.Seen) error) error {
	version, err := strconv.Atoi(v.Text("version"))
	if err != nil || version < 1 {
		return fault.Invalid("request.broken")
	}
	if err = act(aftercare.Seen{ID: v.Path("proceeding"), Version: version}); err == nil {
		v.Flash(ui.OK, done)
		return v.See(proceedingPath(v.Path("proceeding")))
	}
	o, failed := p.oneProceeding(v)
	if failed != nil {
		return failed
	}
	o.Typed = v.Answers("")
	return v.Again(err, func(problems ui.Problems) templ.Component {
		o.Problems = problems
		return frame(v, o.title(), proceedingPage(o), o.crumbs()...)
	})
}

// RecordStatement takes down what was said in person or came by post.
func (p *Pages) RecordStatement(v *visit.Visit) error {
	return p.onProceeding(v, "陈述申辩已登记，请答复。", func(seen aftercare.Seen) error {
		return p.Aftercare.Record(v.Context(), v.Actor, aftercare.Record{State: aftercare.State{Seen: seen, Text: v.Text("text")}, Via: aftercare.Via(v.Text("via"))})
	})
}

// AnswerStatement answers what was said.
func (p *Pages) AnswerStatement(v *visit.Visit) error {
	return p.onProceeding(v, "已答复，可以由有权人员决定。", func(seen aftercare.Seen) error {
		return p.Aftercare.Answer(v.Context(), v.Actor, aftercare.Answer{Seen: seen, Text: v.Text("reply")})
	})
}

// RecordObjection takes down an objection that came by hand or by post.
func (p *Pages) RecordObjection(v *visit.Visit) error {
	return p.onProceeding(v, "异议已登记，简易注销程序终止，已通知持有人。", func(seen aftercare.Seen) error {
		return p.Aftercare.RecordObjection(v.Context(), v.Actor, aftercare.Object{Seen: seen, Claim: aftercare.Claim(v.Text("claim")), Via: aftercare.Via(v.Text("via")),
			Said: aftercare.Said{Name: v.Text("name"), Contact: v.Text("contact"), Text: v.Text("text")}})
	})
}

// speaks says that a statement may still come, or must be answered.
func (o oneProceeding) speaks() (record, answer bool) {
	record = o.MayProceed && o.Status == aftercare.Notified && o.Statement == "" && o.Today <= o.Until
	return record, o.MayProceed && o.Status == aftercare.Notified && o.Statement != "" && o.Answer == ""
}

func objectionRows(all []aftercare.Objection) (out []ui.Row) {
	for _, x := range all {
		out = append(out, ui.Row{Cells: []ui.Cell{{Text: x.Name, Note: text.Label(text.Claim, string(x.Claim))}, {Text: x.Contact}, {Text: x.Text},
			{Text: text.At(x.At), Note: text.Label(text.Told, string(x.Via))}}})
	}
	return out
}
