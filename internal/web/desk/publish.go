package desk

import (
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/disclosure"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// publishing is the page on which an officer withholds what is secret.
type publishing struct {
	caseview.View
	Notice disclosure.Notice
	Typed  map[string]string
	Wrong  ui.Problems
}

// Publishing lists the decisions that are not published yet.
func (p *Pages) Publishing(v *visit.Visit) error {
	list, err := p.Disclosure.Unpublished(v.Context(), v.Actor, mostListed)
	if err != nil {
		return err
	}
	return show(v, "决定公开", publishingList(list, caseview.Today(v)))
}

// mostListed bounds the list of what waits to be published.
const mostListed = 100

func (p *Pages) publishing(v *visit.Visit) (publishing, error) {
	view, err := p.cases.Load(v)
	if err != nil {
		return publishing{}, err
	}
	n, err := p.Disclosure.OfCase(v.Context(), v.Actor, view.ID)
	return publishing{View: view, Notice: n, Typed: map[string]string{}}, err
}

// AskPublish shows what would be published.
func (p *Pages) AskPublish(v *visit.Visit) error {
	x, err := p.publishing(v)
	if err != nil {
		return err
	}
	return show(v, "决定公开", publishPage(x), p.cases.Crumbs(x.View, "决定公开")...)
}

// MarkPublish withholds parts of it, or answers an objection.
func (p *Pages) MarkPublish(v *visit.Visit) error {
	x, err := p.publishing(v)
	if err != nil {
		return err
	}
	version, err := v.Int("version")
	if err != nil {
		return err
	}
	in := disclosure.Mark{CaseID: x.ID, Version: version, Ground: disclosure.Ground(v.Text("ground")), Reason: v.Text("reason")}
	for _, part := range v.Texts("parts") {
		in.Parts = append(in.Parts, disclosure.Part(part))
	}
	if err := p.Disclosure.Mark(v.Context(), v.Actor, in); err != nil {
		x.Typed = v.Answers("")
		return v.Again(err, func(wrong ui.Problems) templ.Component {
			x.Wrong = wrong
			return frame(v, "决定公开", publishPage(x), p.cases.Crumbs(x.View, "决定公开")...)
		})
	}
	v.Flash(ui.OK, "已记录。公开的内容按此处理。")
	return v.See(x.Path("/publish"))
}

// shown are the fields as they were typed, or as they stand.
func (x publishing) shown(name string) string {
	if s, typed := x.Typed[name]; typed {
		return s
	}
	switch name {
	case "parts":
		var all []string
		for _, part := range x.Notice.Hidden {
			all = append(all, string(part))
		}
		return strings.Join(all, "\n")
	case "ground":
		return string(x.Notice.Ground)
	case "reason":
		return x.Notice.Reason
	}
	return ""
}

func noticePairs(n disclosure.Notice) []ui.Pair {
	out := []ui.Pair{{Term: "状态", Text: text.Label(text.Disclosed, string(n.Status))}, {Term: "决定文号", Text: n.Number}, {Term: "被许可人（公开的样子）", Text: n.Subject},
		{Term: "应当公开的期限", Text: n.Due.Chinese() + "前"}, {Term: "申请人提出异议的期限", Text: n.ObjectUntil.Chinese() + "前"}}
	if n.Objection != "" {
		out = append(out, ui.Pair{Term: "申请人的异议", Text: n.Objection, Note: n.ObjectedOn.Chinese()})
	}
	return out
}
