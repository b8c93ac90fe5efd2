package counter

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/party"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// person is the page that finds out who stands at the window.
type person struct {
	Kind     party.Kind
	Typed    map[string]string
	Unknown  bool // looked for and not found: ask for the rest
	Problems ui.Problems
}

var idTypes = text.Choices(text.IDType, party.IDCard, party.Passport, party.TaiwanPass, party.HongKong, party.ForeignCard)

// PersonPage asks for the document of who stands at the window.
func (p *Pages) PersonPage(v *visit.Visit) error {
	return show(v, "窗口收件", personPage(person{Typed: map[string]string{"id_type": party.IDCard}}))
}

// FindPerson looks somebody up by identity document or credit code. What is
// held already is not asked again; who is not known yet is registered.
func (p *Pages) FindPerson(v *visit.Visit) error {
	f := readPerson(v)
	m, err := p.findParty(v, f)
	switch {
	case err == nil:
		return v.See(Base + "/new/" + m.ID)
	case fault.Of(err).Kind == fault.KindMissing:
		f.Unknown = true
		return show(v, "窗口收件", personPage(f))
	}
	return p.personAgain(v, f, err)
}

func (p *Pages) findParty(v *visit.Visit, f person) (party.Masked, error) {
	if f.Kind == party.Company {
		return p.Party.FindByUSCC(v.Context(), v.Actor, f.Typed["uscc"])
	}
	return p.Party.FindByIDNumber(v.Context(), v.Actor, f.Typed["id_type"], f.Typed["id_number"])
}

// EnsureParty registers who was not known.
func (p *Pages) EnsureParty(v *visit.Visit) error {
	f := readPerson(v)
	f.Unknown = true
	t := f.Typed
	partyID, err := p.Party.EnsureParty(v.Context(), v.Actor, party.EnsureParty{Kind: f.Kind, Name: t["name"], IDType: t["id_type"],
		IDNumber: t["id_number"], USCC: t["uscc"], LegalName: t["legal_name"], Phone: t["phone"], Address: t["address"]})
	if err != nil {
		return p.personAgain(v, f, err)
	}
	return v.See(Base + "/new/" + partyID)
}

func readPerson(v *visit.Visit) person {
	f := person{Kind: party.Person, Typed: v.Answers("")}
	if v.Text("kind") == string(party.Company) {
		f.Kind = party.Company
	}
	return f
}

func (p *Pages) personAgain(v *visit.Visit, f person, err error) error {
	return v.Again(err, func(problems ui.Problems) templ.Component {
		f.Problems = problems
		return frame(v, "窗口收件", personPage(f))
	})
}

// of are the problems of one of the two forms of the page.
func (f person) of(k party.Kind) ui.Problems {
	if f.Kind == k {
		return f.Problems
	}
	return ui.Problems{}
}
