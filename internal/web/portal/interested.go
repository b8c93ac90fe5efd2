package portal

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/interest"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// heardPath lists the cases of others in which parties of the account are heard.
const heardPath = "/heard"

func interestedURL(interestedID string) string { return heardPath + "/" + interestedID }

var interestedCrumbs = []ui.Link{{Text: "我的办件", Href: "/cases"}, {Text: "与我有关的办件", Href: heardPath}}

// Interested lists the cases in which the account is heard as an interested party.
func (p *Pages) Interested(v *visit.Visit) error {
	all, err := p.Interest.Mine(v.Context(), v.Actor, v.Query("after"), perPage+1)
	if err != nil {
		return err
	}
	all, pages := visit.Cut(v, heardPath, nil, all, perPage, func(m interest.Mine) string { return m.ID })
	return show(v, "与我有关的办件", interestedList(all, p.today(), pages), interestedCrumbs[:1]...)
}

func interestedTable(all []interest.Mine, today calendar.Day) ui.TableData {
	t := ui.TableData{Caption: "与我有关的办件", Columns: []ui.Column{{Title: "事项"}, {Title: "陈述申辩"}, {Title: "期限", Tight: true}, {Title: "办件", Tight: true}}}
	for _, m := range all {
		until := ui.Cell{Text: "—"}
		if m.Status == interest.Told && today <= m.Until {
			until = ui.Cell{Text: m.Until.Chinese() + "前"}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: m.ItemName, Href: interestedURL(m.ID), Note: "编号 " + m.Number},
			{Text: text.Label(text.Heard, string(m.Status))}, until, {Text: text.Label(text.Status, string(m.Case))}}})
	}
	return t
}

// asInterested is the interested party that the address names.
func (p *Pages) asInterested(v *visit.Visit) (at interest.Present, h heardView, err error) {
	if at, err = p.Interest.ByAccount(v.Context(), v.Actor, v.Path("party")); err != nil {
		return at, h, err
	}
	if h, err = p.heardAs(v, at); err != nil {
		return at, h, err
	}
	h.Action = interestedURL(at.ID) + "/"
	h.Letters, h.Papers = letters(at, h), interestedURL(at.ID)+"/documents/"
	if h.Hearing != nil && h.Me != nil && h.Hearing.RecordID != "" {
		h.Record = interestedURL(at.ID) + "/documents/" + h.Hearing.RecordID
	}
	return at, h, nil
}

// letters are what was written to the party, newest last.
func letters(at interest.Present, h heardView) (out []ui.Link) {
	add := func(title, documentID string) {
		if documentID != "" {
			out = append(out, ui.Link{Text: title, Href: interestedURL(at.ID) + "/documents/" + documentID})
		}
	}
	add("利害关系人告知书", at.DocumentID)
	if h.Me != nil {
		add("听证权利告知书", h.Me.LetterID)
	}
	if h.Hearing != nil && h.Me != nil {
		add("听证笔录", h.Hearing.RecordID)
	}
	for _, c := range h.Challenges {
		add("回避申请决定书（"+c.Officer+"）", c.DocumentID)
	}
	return out
}

// AsInterested is where an interested party with an account speaks.
func (p *Pages) AsInterested(v *visit.Visit) error {
	at, h, err := p.asInterested(v)
	if err != nil {
		return err
	}
	return show(v, at.Case.ItemName, interestedPage(at, h, ""), interestedCrumbs...)
}

// SayInterested carries out what an interested party with an account said.
func (p *Pages) SayInterested(v *visit.Visit) error {
	at, h, err := p.asInterested(v)
	if err != nil {
		return err
	}
	act := v.Path("act")
	if said[act] == "" {
		return fault.Missing("page.missing")
	}
	if failed := p.sayAs(v, at, act); failed != nil {
		return again(v, failed, at.Case.ItemName, func(problems ui.Problems) templ.Component {
			h.Problems = problems
			return interestedPage(at, h, "")
		}, interestedCrumbs...)
	}
	v.Flash(ui.OK, said[act])
	return v.See(interestedURL(at.ID))
}

// InterestedLetter is a document that was written to the interested party.
func (p *Pages) InterestedLetter(v *visit.Visit) error {
	at, h, err := p.asInterested(v)
	if err != nil {
		return err
	}
	path := interestedURL(at.ID) + "/documents/" + v.Path("document")
	for _, l := range h.Letters {
		if l.Href != path {
			continue
		}
		d, err := p.Documents.Get(v.Context(), at.Actor(), v.Path("document"))
		if err != nil {
			return err
		}
		return show(v, l.Text, letterPage(d, interestedURL(at.ID)), append(interestedCrumbs, ui.Link{Text: at.Case.ItemName, Href: interestedURL(at.ID)})...)
	}
	return fault.Missing("document.missing")
}
