package portal

import (
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/formview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// checking is the one page on which everything is looked over once more.
type checking struct {
	*draft
	Parts    []formview.Part
	Cards    []materialCard
	Wrong    []ui.Link // what keeps it from being submitted, with the way there
	Declared bool
	Problems ui.Problems
	Notice   int // the version of the privacy notice that is told
}

// Check shows all answers and files before they are submitted.
func (p *Pages) Check(v *visit.Visit, d *draft) error {
	c := p.checking(d)
	var err error
	if c.Notice, err = p.told(v); err != nil {
		return err
	}
	return show(v, "核对提交", checkPage(c), d.crumbs()...)
}

func (p *Pages) checking(d *draft) checking {
	c := checking{draft: d, Parts: formview.Answers(d.Impl.Form, d.Values, true), Cards: p.cards(d, "", ui.Problems{})}
	for i := range c.Cards {
		c.Cards[i].Files = p.listed(c.Cards[i].Given.Files, false)
	}
	for _, f := range d.Impl.Form.Validate(d.Values, p.today()) {
		c.Wrong = append(c.Wrong, ui.Link{Text: text.Field(f), Href: draftURL(d.ID)})
	}
	for _, f := range d.Impl.RegistrationFaults(d.Values, p.today()) {
		c.Wrong = append(c.Wrong, ui.Link{Text: text.Field(f), Href: draftURL(d.ID)})
	}
	if !d.Signed {
		c.Wrong = append(c.Wrong, ui.Link{Text: "还没有签署承诺书", Href: promiseURL(d.ID)})
	}
	for _, g := range d.lacking() {
		c.Wrong = append(c.Wrong, ui.Link{Text: text.Field(fault.At("", "material.lacking", "name", g.Name)), Href: draftURL(d.ID) + "/materials#" + cardID(g.No)})
	}
	return c
}

// Submit hands the application in. However often it is pressed, one case comes
// of it.
func (p *Pages) Submit(v *visit.Visit) error {
	version, err := v.Int("version")
	if err != nil {
		return err
	}
	declared := v.Text("declared") == "true"
	shown, _ := strconv.Atoi(v.Text("notice")) // a page that shows none
	r, err := p.Casework.Submit(v.Context(), v.Actor, casework.Submit{DraftID: v.Path("id"), Version: version, Declared: declared, Notice: shown})
	if err == nil {
		return v.See(receiptURL(r.CaseID))
	}
	d, gone, failed := p.draft(v)
	if failed != nil || gone {
		return failed
	}
	told, failed := p.told(v)
	if failed != nil {
		return failed
	}
	return again(v, err, "核对提交", func(problems ui.Problems) templ.Component {
		c := p.checking(d)
		c.Declared, c.Notice, c.Problems = declared, told, ofCheck(problems)
		return checkPage(c)
	}, d.crumbs()...)
}

// ofCheck leaves to the summary what this page itself asks; the rest stands in
// the list of what is wrong.
func ofCheck(problems ui.Problems) ui.Problems {
	out := ui.Problems{Message: problems.Message, Law: problems.Law}
	for _, f := range problems.Fields {
		if f.Field == "declared" {
			out.Fields = append(out.Fields, f)
		}
	}
	return out
}
