package portal

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/complaint"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// byCode is the page of a complaint without signing in.
type byCode struct {
	Number, Code, Kind, Text, Name string
	Filed                          string // the number of the complaint that was filed just now
	Found                          []*complaint.Complaint
	Looked                         bool
	Problems                       ui.Problems
}

func codeOf(v *visit.Visit) byCode {
	return byCode{Number: clip(v.Text("number"), 60), Code: clip(v.Text("code"), 20), Kind: v.Text("kind"), Text: v.Text("text"), Name: v.Text("name")}
}

// ComplainPage asks for number and check code and what went wrong.
func (p *Pages) ComplainPage(v *visit.Visit) error {
	return show(v, "投诉", complainCodePage(byCode{Number: clip(v.Query("number"), 60)}))
}

// ComplainByCode files a complaint of whoever holds number and code.
func (p *Pages) ComplainByCode(v *visit.Visit) error {
	x := codeOf(v)
	err := v.Limit(p.Guesses, "complain")
	if err == nil {
		x.Filed, err = p.Complaints.FileByCode(v.Context(), complaint.ByCode{Number: x.Number, Code: x.Code}, x.Name, complaint.File{Kind: complaint.Kind(x.Kind), Text: x.Text})
	}
	if err != nil {
		return p.complainAgain(v, x, err)
	}
	return show(v, "投诉", complainCodePage(byCode{Number: x.Number, Filed: x.Filed}))
}

// ComplaintAnswer shows what became of it, to whoever holds number and code.
func (p *Pages) ComplaintAnswer(v *visit.Visit) error {
	x := codeOf(v)
	x.Looked = true
	err := v.Limit(p.Guesses, "complain")
	if err == nil {
		x.Found, err = p.Complaints.OfCode(v.Context(), complaint.ByCode{Number: x.Number, Code: x.Code})
	}
	if err != nil {
		return p.complainAgain(v, x, err)
	}
	return show(v, "投诉", complainCodePage(x))
}

func (p *Pages) complainAgain(v *visit.Visit, x byCode, err error) error {
	if f := fault.Of(err); f.Kind == fault.KindMissing {
		err = fault.Invalid(f.Code) // the form again, whatever was wrong
	}
	return again(v, err, "投诉", func(problems ui.Problems) templ.Component {
		x.Problems = problems
		return complainCodePage(x)
	})
}

// told are the facts of a complaint for whoever came with number and code.
func told(c *complaint.Complaint) []ui.Pair {
	out := []ui.Pair{{Term: "投诉编号", Text: c.Number}, {Term: "投诉的问题", Text: text.Label(text.ComplaintKind, string(c.Kind))}, {Term: "投诉时间", Text: text.At(c.FiledAt)},
		{Term: "状态", Text: text.Label(text.Complaint, string(c.Status))}}
	switch c.Status {
	case complaint.Filed:
		out = append(out, ui.Pair{Term: "受理期限", Text: text.Day(c.AcceptDue)})
	case complaint.Accepted:
		out = append(out, ui.Pair{Term: "答复期限", Text: text.Day(c.AnswerDue)})
	}
	if c.Answer != "" {
		out = append(out, ui.Pair{Term: "答复", Text: c.Answer, Note: text.At(c.AnsweredAt)})
	}
	return out
}
