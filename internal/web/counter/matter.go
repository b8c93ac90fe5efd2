package counter

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/party"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// matters is the page that chooses the matter.
type matters struct {
	Party    party.Masked
	Text     string
	Hits     []*catalog.Entry
	Total    int
	Next     string
	Held     []licence.Life // what the applicant holds already
	Problems ui.Problems
}

// Matters searches the matters that the window takes and that are for this
// kind of applicant.
func (p *Pages) Matters(v *visit.Visit) error {
	who, err := p.Party.View(v.Context(), v.Actor, v.Path("party"))
	if err != nil {
		return err
	}
	m, err := p.matters(v, who)
	if err != nil {
		return err
	}
	return show(v, "选择事项", mattersPage(m))
}

func (p *Pages) matters(v *visit.Visit, who party.Masked) (m matters, err error) {
	snap, err := p.Catalog.Snapshot(v.Context())
	if err != nil {
		return m, err
	}
	m = matters{Party: who, Text: v.Query("q")}
	if m.Held, err = p.Licences.AtWindow(v.Context(), v.Actor, who.ID); err != nil {
		return m, err
	}
	found := snap.Search(catalog.Query{Text: m.Text, Open: true, Audience: audience(who.Kind), After: v.Query("after"), BodyID: onlyBody(v.Actor)})
	for _, h := range found.Hits {
		m.Hits = append(m.Hits, h.Entry)
	}
	m.Total, m.Next = found.Total, found.Next
	return m, nil
}

// ApplyAbout begins a change, a renewal or another copy of what the applicant
// holds (行政许可法第四十九条、第五十条).
func (p *Pages) ApplyAbout(v *visit.Visit) error {
	who, err := p.Party.View(v.Context(), v.Actor, v.Path("party"))
	if err != nil {
		return err
	}
	draftID, err := p.Licences.ApplyAtWindow(v.Context(), v.Actor, licence.ApplyAtWindow{PartyID: who.ID, LicenceID: v.Path("licence"),
		Purpose: casework.Purpose(v.Text("purpose"))})
	if err == nil {
		return v.See(Base + "/drafts/" + draftID)
	}
	m, failed := p.matters(v, who)
	if failed != nil {
		return failed
	}
	return v.Again(err, func(problems ui.Problems) templ.Component {
		m.Problems = problems
		return frame(v, "选择事项", mattersPage(m))
	})
}

// may are what may be asked about a licence today.
func may(l licence.Life) (out []casework.Purpose) {
	for _, a := range l.Asks {
		if a.Refused == nil {
			out = append(out, a.Purpose)
		}
	}
	return out
}

func audience(k party.Kind) catalog.Audience {
	if k == party.Company {
		return catalog.Enterprise
	}
	return catalog.Person
}

// onlyBody is the body whose matters alone the window takes: a clerk of a
// domain window sees no other; "" for a comprehensive window.
func onlyBody(a staff.Actor) string {
	if s := a.ScopeFor(staff.CaseReceive); !s.All && len(s.Intakes) == 0 {
		return a.OrgID
	}
	return ""
}

// situation is the page that chooses the situation and shows what is needed.
type situation struct {
	Party    party.Masked
	Impl     *catalog.Implementation
	Variant  string
	Modes    []ui.Choice
	Mode     string
	Problems ui.Problems
}

func (p *Pages) situation(v *visit.Visit) (situation, error) {
	who, err := p.Party.View(v.Context(), v.Actor, v.Path("party"))
	if err != nil {
		return situation{}, err
	}
	impl, err := p.Catalog.ByID(v.Context(), v.Path("impl"))
	if err != nil {
		return situation{}, err
	}
	if impl.StatusOn(caseview.Today(v)) != catalog.Published {
		return situation{}, fault.Missing("catalog.missing")
	}
	return situation{Party: who, Impl: impl, Modes: modes(impl)}, nil
}

// Situation asks in which situation the matter is handled.
func (p *Pages) Situation(v *visit.Visit) error {
	s, err := p.situation(v)
	if err != nil {
		return err
	}
	return show(v, s.Impl.Name, situationPage(s))
}

// StartDraft begins the application with what is known filled in.
func (p *Pages) StartDraft(v *visit.Visit) error {
	s, err := p.situation(v)
	if err != nil {
		return err
	}
	s.Variant, s.Mode = v.Text("variant"), v.Text("mode")
	draftID, err := p.Casework.StartDraft(v.Context(), v.Actor, casework.StartDraft{ImplementationID: s.Impl.ID, Variant: s.Variant,
		ApplicantID: s.Party.ID, Channel: casework.Window, About: casework.About{Mode: casework.Mode(s.Mode)}})
	if err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			s.Problems = problems
			return frame(v, s.Impl.Name, situationPage(s))
		})
	}
	if s.Mode != "" { // what is told and promised is read first
		return v.See(Base + "/drafts/" + draftID + "/promise")
	}
	return v.See(Base + "/drafts/" + draftID)
}

func (s situation) variants() []ui.Choice {
	var out []ui.Choice
	for _, x := range s.Impl.Variants {
		out = append(out, ui.Choice{Value: x.No, Text: x.Name, Help: x.Note})
	}
	return out
}

// chosen is the situation that is chosen, the first one to begin with.
func (s situation) chosen() string {
	if s.Variant == "" && len(s.Impl.Variants) > 0 {
		return s.Impl.Variants[0].No
	}
	return s.Variant
}
