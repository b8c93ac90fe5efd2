package desk

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/interest"
	"onewindow/internal/business/party"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

func (p *Pages) partyRoutes() []visit.Route {
	return []visit.Route{
		p.get("/cases/{id}/interest-find", staff.CaseExamine, p.AskParty),
		p.post("/cases/{id}/interest-find", staff.CaseExamine, p.FindParty),
		p.get("/cases/{id}/parties/{party}", staff.PersonUnmask, p.Reach),
		p.post("/cases/{id}/parties/{party}", staff.PersonUnmask, p.OpenReach),
	}
}

// finding is the page that looks for a known party by name.
type finding struct {
	caseview.View
	Name     string
	Looked   bool
	Found    []interest.Known
	Problems ui.Problems
}

// AskParty asks for the name.
func (p *Pages) AskParty(v *visit.Visit) error {
	view, err := p.cases.Load(v)
	if err != nil {
		return err
	}
	return p.showFinding(v, finding{View: view})
}

// FindParty shows who is known by that name in the officer's scope, masked.
func (p *Pages) FindParty(v *visit.Visit) error {
	view, err := p.cases.Load(v)
	if err != nil {
		return err
	}
	f := finding{View: view, Name: v.Text("name"), Looked: true}
	if f.Found, err = p.Interest.Find(v.Context(), v.Actor, view.ID, f.Name); err == nil {
		return p.showFinding(v, f)
	}
	f.Looked = false
	return v.Again(err, func(problems ui.Problems) templ.Component {
		f.Problems = problems
		return frame(v, "查找利害关系人", findPage(f), p.cases.Crumbs(view, "查找利害关系人")...)
	})
}

func (p *Pages) showFinding(v *visit.Visit, f finding) error {
	return show(v, "查找利害关系人", findPage(f), p.cases.Crumbs(f.View, "查找利害关系人")...)
}

func (f finding) table() ui.TableData {
	t := ui.TableData{Caption: "查到的人员和单位", Columns: []ui.Column{{Title: "姓名或者名称"}, {Title: "证件号码、信用代码"}, {Title: "电话、地址"}, {Title: "账号", Tight: true}, {Title: "", Tight: true}}}
	for _, k := range f.Found {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: k.Name}, {Text: k.IDNumber + k.USCC}, {Text: orDash(k.Phone), Note: k.Address},
			{Text: map[bool]string{true: "有", false: "没有"}[k.Account]}, {Text: "选择", Href: f.Path("/interest?known=" + k.ID)}}})
	}
	return t
}

// knownFor brings the party that was chosen into the form that tells them.
func (p *Pages) knownFor(v *visit.Visit, view *caseview.View) error {
	id := v.Query("known")
	if id == "" {
		id = v.Text("known")
	}
	if id == "" {
		return nil
	}
	k, err := p.Interest.Known(v.Context(), v.Actor, id)
	if err == nil {
		view.Known = &k
	}
	return err
}

// knownPairs are the party that was chosen, masked.
func knownPairs(k *interest.Known) []ui.Pair {
	out := []ui.Pair{{Term: "姓名或者名称", Text: k.Name}}
	if k.Kind == party.Company {
		out = append(out, ui.Pair{Term: "统一社会信用代码", Text: k.USCC})
	} else {
		out = append(out, ui.Pair{Term: text.Label(text.IDType, k.IDType), Text: k.IDNumber})
	}
	return append(out, ui.Pair{Term: "登记的电话", Text: orDash(k.Phone)}, ui.Pair{Term: "登记的地址", Text: orDash(k.Address)},
		ui.Pair{Term: "账号", Text: map[bool]string{true: "有，同时在网上告知", false: "没有，告知书用纸质送达"}[k.Account]})
}

// reached is the page of how an interested party is reached.
type reached struct {
	caseview.View
	Party    interest.Party
	Open     bool // in the clear, after an audited act
	Problems ui.Problems
}

func (p *Pages) reached(v *visit.Visit) (r reached, err error) {
	if r.View, err = p.cases.Load(v); err != nil {
		return r, err
	}
	for _, x := range r.Parties {
		if x.ID == v.Path("party") && x.Role == interest.Interested {
			r.Party = x
			return r, nil
		}
	}
	return r, fault.Missing("interest.missing")
}

// Reach shows how an interested party is reached, masked.
func (p *Pages) Reach(v *visit.Visit) error {
	r, err := p.reached(v)
	if err != nil {
		return err
	}
	return show(v, "利害关系人", reachPage(r), p.cases.Crumbs(r.View, "利害关系人")...)
}

// OpenReach shows it in the clear, with a reason that is put on record.
func (p *Pages) OpenReach(v *visit.Visit) error {
	r, err := p.reached(v)
	if err != nil {
		return err
	}
	if r.Party, err = p.Interest.Open(v.Context(), v.Actor, r.ID, r.Party.ID, v.Text("reason")); err == nil {
		r.Open = true
		return show(v, "利害关系人", reachPage(r), p.cases.Crumbs(r.View, "利害关系人")...)
	}
	if r, failed := p.reached(v); failed == nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			r.Problems = problems
			return frame(v, "利害关系人", reachPage(r), p.cases.Crumbs(r.View, "利害关系人")...)
		})
	}
	return err
}

func (r reached) pairs() []ui.Pair {
	address, phone := r.Party.Reach()
	if r.Open {
		address, phone = r.Party.Address, r.Party.Phone
		if r.Party.Contact != "" {
			address = r.Party.Contact
		}
	}
	account := "没有加入账号"
	if r.Party.PartyID != "" {
		account = "已与账号关联"
	}
	return []ui.Pair{{Term: "姓名或者名称", Text: r.Party.Name}, {Term: "编号", Text: r.Party.Number}, {Term: "送达地址", Text: orDash(address)},
		{Term: "电话", Text: orDash(phone)}, {Term: "利害关系", Text: r.Party.Interest},
		{Term: "告知", Text: r.Party.ToldOn.Chinese() + "，" + text.Label(text.Via, string(r.Party.ToldBy)), Note: account}}
}
