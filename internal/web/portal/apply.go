package portal

import (
	"slices"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/party"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// application is what the first page of an application shows.
type application struct {
	Impl      *catalog.Implementation
	Parties   []ui.Choice // in whose name
	Variants  []ui.Choice // situations, when there are several
	Modes     []ui.Choice // ways of handling, when there are several
	Mode      string
	Prior     string // the registration whose papers came back
	Applicant string // chosen
	Variant   string
	Materials []catalog.Material
	Drafts    []draftLine // of the same matter, begun before
	Fits      bool        // some party may apply
	Problems  ui.Problems
	Notice    int // the version of the privacy notice that is told
}

// Apply asks in whose name and in which situation, before a draft is begun.
func (p *Pages) Apply(v *visit.Visit) error {
	a, err := p.application(v)
	if err != nil {
		return err
	}
	if a == nil {
		return v.See(guideURL(v.Path("code")))
	}
	return show(v, "在线办理", applyPage(*a), a.crumbs()...)
}

// StartDraft begins the draft and leads to its form.
func (p *Pages) StartDraft(v *visit.Visit) error {
	a, err := p.application(v)
	if err != nil {
		return err
	}
	if a == nil {
		return v.See(guideURL(v.Path("code")))
	}
	a.Applicant, a.Variant, a.Mode, a.Prior = v.Text("applicant"), v.Text("variant"), v.Text("mode"), v.Text("prior")
	draftID, err := p.startDraft(v, a)
	if err != nil {
		return again(v, err, "在线办理", func(problems ui.Problems) templ.Component {
			a.Problems = problems
			return applyPage(*a)
		}, a.crumbs()...)
	}
	if a.Mode != "" { // what is told and promised is read first
		return v.See(promiseURL(draftID))
	}
	return v.See(draftURL(draftID))
}

func (p *Pages) startDraft(v *visit.Visit, a *application) (string, error) {
	if a.Applicant == "" {
		return "", fault.Invalid("form.invalid", fault.At("applicant", "form.required", "label", "以谁的名义办理"))
	}
	if !slices.ContainsFunc(a.Parties, func(c ui.Choice) bool { return c.Value == a.Applicant && !c.Disabled }) {
		return "", fault.Invalid("form.invalid", fault.At("applicant", "form.choice", "label", "以谁的名义办理"))
	}
	return p.Casework.StartDraft(v.Context(), v.Actor, casework.StartDraft{ImplementationID: a.Impl.ID, Variant: a.Variant,
		ApplicantID: a.Applicant, Channel: casework.Online, About: casework.About{Mode: casework.Mode(a.Mode), PriorID: a.Prior}})
}

// application is nil for a matter that cannot be applied for online.
func (p *Pages) application(v *visit.Visit) (*application, error) {
	impl, err := p.shown(v)
	if err != nil {
		return nil, err
	}
	if impl.StatusOn(p.today()) != catalog.Published || impl.Offline != "" {
		return nil, nil
	}
	a := &application{Impl: impl, Materials: impl.Materials}
	if a.Notice, err = p.told(v); err != nil {
		return nil, err
	}
	mine, err := p.Party.Mine(v.Context(), v.Actor)
	if err != nil {
		return nil, err
	}
	for _, m := range mine {
		a.offer(m)
	}
	a.preselect()
	for _, x := range impl.Variants {
		a.Variants = append(a.Variants, ui.Choice{Value: x.No, Text: x.Name, Help: x.Note})
	}
	a.Modes, a.Prior = modeChoices(impl), clip(v.Query("prior"), 60)
	drafts, err := p.Casework.Drafts(v.Context(), v.Actor)
	if err != nil {
		return nil, err
	}
	a.Drafts = p.draftLines(slices.DeleteFunc(drafts, func(d *casework.Draft) bool { return d.ImplementationID != impl.ID }))
	return a, nil
}

// offer adds a party in whose name the actor may apply in this matter; one that
// the matter is not meant for is shown and cannot be chosen.
func (a *application) offer(m party.Mine) {
	if items := m.Mandate.Items; len(items) > 0 && !slices.Contains(items, a.Impl.ItemCode) {
		return
	}
	if slices.ContainsFunc(a.Parties, func(c ui.Choice) bool { return c.Value == m.ID }) {
		return
	}
	audience := catalog.Person
	if m.Kind == party.Company {
		audience = catalog.Enterprise
	}
	c := ui.Choice{Value: m.ID, Text: m.Name + "（" + text.Label(text.PartyKind, string(m.Kind)) + "）", Help: "您是" + text.Label(text.Relation, string(m.Mandate.Relation))}
	if !a.Impl.Serves(audience) {
		c.Disabled, c.Help = true, "这个事项面向"+a.Impl.Audiences[0].Name()+"，不能以"+audience.Name()+"的名义申请"
	}
	a.Fits = a.Fits || !c.Disabled
	a.Parties = append(a.Parties, c)
}

// preselect chooses the party where there is no choice; among several, people
// should say it, because it cannot be changed afterwards.
func (a *application) preselect() {
	var fit []string
	for _, c := range a.Parties {
		if !c.Disabled {
			fit = append(fit, c.Value)
		}
	}
	if len(fit) == 1 {
		a.Applicant = fit[0]
	}
}

func (a *application) crumbs() []ui.Link {
	return []ui.Link{{Text: "办事指南", Href: "/matters"}, {Text: a.Impl.Name, Href: guideURL(a.Impl.Code())}}
}
