package portal

import (
	"slices"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/form"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/formview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// supplement is what the page of a supplement (补正) shows: only what the notice
// names.
type supplement struct {
	*casework.Dossier
	Cards    []materialCard
	FormItem *casework.Item // what is wrong with the form, nil when nothing is
	Form     formview.Form
	Restored bool
	Problems ui.Problems
}

// formItem is how a notice names the form.
const formItem = "form"

// supplementing is the page's content; fault supplement.not_asked when nothing
// is awaited.
func (p *Pages) supplementing(v *visit.Visit) (*supplement, error) {
	d, err := p.dossier(v)
	if err != nil {
		return nil, err
	}
	if d.Status != casework.StatusSupplement || d.Notice == nil {
		return nil, fault.Refused("supplement.not_asked", "")
	}
	s := &supplement{Dossier: d, Form: formview.Form{Def: d.Impl.Form, Values: d.Values, From: from}}
	for i, item := range d.Notice.Items {
		if item.Material == formItem {
			s.FormItem = &d.Notice.Items[i]
			continue
		}
		s.Cards = append(s.Cards, p.supplementCard(d, item))
	}
	return s, nil
}

// supplementCard shows a named material: what was handed in before, and what
// was added since the notice, which may be taken back.
func (p *Pages) supplementCard(d *casework.Dossier, item casework.Item) materialCard {
	c := materialCard{Action: caseURL(d.ID) + "/supplement/" + item.Material, Limit: p.Limits.FileBytes, Asked: item.Problem, Want: item.Standard}
	if m, ok := d.Impl.Material(item.Material); ok {
		c.Material = m
	}
	for _, g := range d.Materials {
		if g.No == item.Material {
			c.Given = g
		}
	}
	// A material named by the notice is uploaded although it could be fetched.
	c.Shared = false
	for _, f := range c.Given.Files {
		added := !f.UploadedAt.Before(d.Notice.NotifiedAt)
		listed := p.listed([]casework.File{f}, added)
		if !added {
			listed[0].Note = "原来提交的"
		}
		c.Added = c.Added || added
		c.Files = append(c.Files, listed...)
	}
	return c
}

// Supplement shows what is to be supplemented.
func (p *Pages) Supplement(v *visit.Visit) error {
	s, err := p.supplementing(v)
	if err != nil {
		return p.insteadOfSupplement(v, err)
	}
	if typed := p.typed(v); typed != nil {
		s.Form.Values, s.Restored = typed, true
	}
	return show(v, "补正材料", supplementPage(s), s.crumbs()...)
}

// insteadOfSupplement leads to the case when nothing is awaited any more.
func (p *Pages) insteadOfSupplement(v *visit.Visit, err error) error {
	if fault.Of(err).Code != "supplement.not_asked" {
		return err
	}
	v.Flash(ui.Info, text.Fault(fault.Of(err)))
	return v.See(caseURL(v.Path("id")))
}

// AddSupplement takes files for one named material, or a file away.
func (p *Pages) AddSupplement(v *visit.Visit) error {
	no, page := v.Path("no"), caseURL(v.Path("id"))+"/supplement"
	err := p.takeFiles(v, v.Path("id"), no)
	if err == nil {
		return v.See(page + backTo(v, no))
	}
	s, failed := p.supplementing(v)
	if failed != nil {
		return p.insteadOfSupplement(v, failed)
	}
	return again(v, err, "补正材料", func(problems ui.Problems) templ.Component {
		s.Problems = atCard(problems, no)
		for i := range s.Cards {
			if s.Cards[i].No == no {
				s.Cards[i].Error = problems.Message
			}
		}
		return supplementPage(s)
	}, s.crumbs()...)
}

// SendSupplement hands the supplement in.
func (p *Pages) SendSupplement(v *visit.Visit) error {
	version, err := v.Int("version")
	if err != nil {
		return err
	}
	in := casework.SupplementCase{Seen: casework.Seen{CaseID: v.Path("id"), Version: version}}
	if v.Has("form") {
		in.Values = form.Values(v.Answers(""))
	}
	err = p.Casework.Supplement(v.Context(), v.Actor, in)
	if err == nil {
		v.Flash(ui.OK, "补正已经提交。工作人员核对后告诉您结果。")
		return v.See(caseURL(v.Path("id")))
	}
	s, failed := p.supplementing(v)
	if failed != nil {
		return p.insteadOfSupplement(v, failed)
	}
	return again(v, err, "补正材料", func(problems ui.Problems) templ.Component {
		if in.Values != nil {
			s.Form.Values = in.Values
		}
		s.Form.Problems, s.Problems = problems, namedCards(problems)
		return supplementPage(s)
	}, s.crumbs()...)
}

// namedCards points the faults of materials at their cards.
func namedCards(problems ui.Problems) ui.Problems {
	problems.Fields = slices.Clone(problems.Fields)
	for i, f := range problems.Fields {
		if len(f.Field) == len("material.000") && f.Field[:9] == "material." {
			problems.Fields[i].Field = cardField(f.Field[9:])
		}
	}
	return problems
}

func (s *supplement) crumbs() []ui.Link {
	return []ui.Link{{Text: "我的办件", Href: "/cases"}, {Text: s.ItemName, Href: caseURL(s.ID)}}
}
