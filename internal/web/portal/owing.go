package portal

import (
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// owing is what the page of a case's owed materials (容缺后补) shows.
type owing struct {
	*casework.Dossier
	Cards    []materialCard
	Late     bool
	Problems ui.Problems
}

// owed says what a case still owes and by when; without a title it owes nothing.
func (p *Pages) owed(c *casework.Case, o *casework.Owing) next {
	if !o.Open() || c.Status != casework.StatusHandling {
		return next{}
	}
	links := []ui.Link{{Text: "去补交", Href: caseURL(c.ID) + "/owing"}}
	if o.Overdue(p.today()) {
		return next{Title: "补交期限已过，请马上补齐", Tone: ui.Bad, Links: links,
			Text: "应当在 " + o.Until.Chinese() + "前补齐：" + owedNames(o) + "。现在补齐的，仍然继续办理；一直不补的，可能终止办理并记入信用记录。"}
	}
	return next{Title: "请在 " + o.Until.Chinese() + "前补交材料", Tone: ui.Warn, Links: links,
		Text: "还欠：" + owedNames(o) + "。补齐之前先行审查，不能作出准予的决定。"}
}

func owedNames(o *casework.Owing) string {
	var names []string
	for _, i := range o.Items {
		names = append(names, "「"+i.Name+"」")
	}
	return strings.Join(names, "、")
}

// owing is the page's content; fault owing.nothing when nothing is owed.
func (p *Pages) owing(v *visit.Visit) (*owing, error) {
	d, err := p.dossier(v)
	if err != nil {
		return nil, err
	}
	if !d.Owing.Open() || d.Status != casework.StatusHandling {
		return nil, fault.Refused("owing.nothing", "")
	}
	o := &owing{Dossier: d, Late: d.Owing.Overdue(p.today())}
	for _, item := range d.Owing.Items {
		c := materialCard{Action: caseURL(d.ID) + "/owing/" + item.Material, Limit: p.Limits.FileBytes, Asked: item.Problem, Want: item.Standard}
		if m, ok := d.Impl.Material(item.Material); ok {
			c.Material = m
		}
		for _, g := range d.Materials {
			if g.No == item.Material {
				c.Given = g
			}
		}
		c.Shared = false
		for _, f := range c.Given.Files {
			added := f.UploadedAt.After(d.Owing.Since)
			c.Added = c.Added || added
			c.Files = append(c.Files, p.listed([]casework.File{f}, added)...)
		}
		o.Cards = append(o.Cards, c)
	}
	return o, nil
}

// OwingPage shows what is owed and takes the files.
func (p *Pages) OwingPage(v *visit.Visit) error {
	o, err := p.owing(v)
	if err != nil {
		return insteadOfOwing(v, err)
	}
	return show(v, "补交材料", owingPage(o), caseCrumbs(o.Dossier)...)
}

// insteadOfOwing leads to the case when nothing is owed any more.
func insteadOfOwing(v *visit.Visit, err error) error {
	if fault.Of(err).Code != "owing.nothing" {
		return err
	}
	v.Flash(ui.Info, text.Fault(fault.Of(err)))
	return v.See(caseURL(v.Path("id")))
}

// AddOwed takes files for one owed material, or a file away.
func (p *Pages) AddOwed(v *visit.Visit) error {
	no := v.Path("no")
	err := p.takeFiles(v, v.Path("id"), no)
	if err == nil {
		return v.See(caseURL(v.Path("id")) + "/owing" + backTo(v, no))
	}
	return p.owingAgain(v, err, func(problems ui.Problems, o *owing) ui.Problems {
		for i := range o.Cards {
			if o.Cards[i].No == no {
				o.Cards[i].Error = problems.Message
			}
		}
		return atCard(problems, no)
	})
}

// HandInOwed hands in what was owed.
func (p *Pages) HandInOwed(v *visit.Visit) error {
	version, err := v.Int("version")
	if err != nil {
		return err
	}
	err = p.Casework.HandInOwed(v.Context(), v.Actor, casework.HandInOwed{Seen: casework.Seen{CaseID: v.Path("id"), Version: version}})
	if err == nil {
		v.Flash(ui.OK, "后补的材料已经交齐，继续办理。")
		return v.See(caseURL(v.Path("id")))
	}
	return p.owingAgain(v, err, func(problems ui.Problems, _ *owing) ui.Problems { return namedCards(problems) })
}

func (p *Pages) owingAgain(v *visit.Visit, err error, at func(ui.Problems, *owing) ui.Problems) error {
	o, failed := p.owing(v)
	if failed != nil {
		return insteadOfOwing(v, failed)
	}
	return again(v, err, "补交材料", func(problems ui.Problems) templ.Component {
		o.Problems = at(problems, o)
		return owingPage(o)
	}, caseCrumbs(o.Dossier)...)
}
