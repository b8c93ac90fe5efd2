package portal

import (
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/party"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// accountView is what the page of one's account shows.
type accountView struct {
	Parties []myParty
	Tokens  []staff.Token // by which systems call as this account
	Now     time.Time
}

// myParty is one party the visitor may act for.
type myParty struct {
	party.Mine
	Agents []party.Mandatary // whom one authorised, where one may
	May    bool              // may authorise and change the contact
}

func (p *Pages) account(v *visit.Visit) (accountView, error) {
	mine, err := p.Party.Mine(v.Context(), v.Actor)
	if err != nil {
		return accountView{}, err
	}
	a := accountView{Now: v.Now()}
	if a.Tokens, err = p.Staff.MyTokens(v.Context(), v.Actor); err != nil {
		return a, err
	}
	for _, m := range mine {
		x := myParty{Mine: m, May: m.Mandate.Relation != party.Agent}
		if x.May {
			all, err := p.Party.Agents(v.Context(), v.Actor, m.ID)
			if err != nil {
				return a, err
			}
			x.Agents = slices.DeleteFunc(all, func(m party.Mandatary) bool {
				return m.Relation != party.Agent || m.To != "" && m.To < p.today().String()
			})
		}
		a.Parties = append(a.Parties, x)
	}
	return a, nil
}

// Account shows for whom one may act, and who may act for one.
func (p *Pages) Account(v *visit.Visit) error {
	a, err := p.account(v)
	if err != nil {
		return err
	}
	return show(v, "账户", accountPage(a))
}

// RevokeMyToken voids a token of one's own account for good.
func (p *Pages) RevokeMyToken(v *visit.Visit) error {
	if err := p.Staff.RevokeToken(v.Context(), v.Actor, staff.RevokeToken{TokenID: v.Path("token")}); err != nil {
		return err
	}
	v.Flash(ui.OK, "令牌已吊销，立即失效。")
	return v.See("/account")
}

// tokenPairs are what a token may do and until when.
func (a accountView) tokenPairs(t staff.Token) []ui.Pair {
	var may []string
	for _, p := range t.Permissions {
		may = append(may, text.Label(text.Permission, string(p)))
	}
	state := "有效，到 " + text.At(t.Expires)
	switch {
	case !t.Revoked.IsZero():
		state = "已吊销 " + text.At(t.Revoked)
	case !t.Open(a.Now):
		state = "已到期"
	}
	return []ui.Pair{{Term: "用途", Text: t.Name}, {Term: "可以做什么", Text: strings.Join(may, "、")}, {Term: "签发", Text: text.At(t.CreatedAt)}, {Term: "状态", Text: state}}
}

// mine is one of the visitor's parties, as the address names it.
func (p *Pages) mine(v *visit.Visit) (myParty, error) {
	a, err := p.account(v)
	if err != nil {
		return myParty{}, err
	}
	at := slices.IndexFunc(a.Parties, func(x myParty) bool { return x.ID == v.Path("party") && x.May })
	if at < 0 {
		return myParty{}, fault.Missing("party.party")
	}
	return a.Parties[at], nil
}

// contact is what the page of a contact shows. What is on record is masked, and
// an empty box keeps nothing: both are asked anew.
type contact struct {
	myParty
	Phone, Address string
	Problems       ui.Problems
}

var accountCrumbs = []ui.Link{{Text: "账户", Href: "/account"}}

// ContactPage asks for telephone and address of a party.
func (p *Pages) ContactPage(v *visit.Visit) error {
	m, err := p.mine(v)
	if err != nil {
		return err
	}
	return show(v, "修改联系方式", contactPage(contact{myParty: m}), accountCrumbs...)
}

// Contact replaces telephone and address of a party.
func (p *Pages) Contact(v *visit.Visit) error {
	m, err := p.mine(v)
	if err != nil {
		return err
	}
	c := contact{myParty: m, Phone: v.Text("phone"), Address: v.Text("address")}
	err = p.Party.UpdateContact(v.Context(), v.Actor, party.UpdateContact{PartyID: m.ID, Phone: c.Phone, Address: c.Address})
	if err != nil {
		return again(v, err, "修改联系方式", func(problems ui.Problems) templ.Component {
			c.Problems = problems
			return contactPage(c)
		}, accountCrumbs...)
	}
	v.Flash(ui.OK, "联系方式已经修改。")
	return v.See("/account")
}

// authorising is what the page shows on which an agent is named.
type authorising struct {
	myParty
	Login, From, To string
	Problems        ui.Problems
}

// AuthorisePage asks who may act for a party (行政许可法第二十九条第二款).
func (p *Pages) AuthorisePage(v *visit.Visit) error {
	m, err := p.mine(v)
	if err != nil {
		return err
	}
	return show(v, "授权代理", authorisePage(authorising{myParty: m, From: p.today().String()}), accountCrumbs...)
}

// Authorise lets another account act for a party.
func (p *Pages) Authorise(v *visit.Visit) error {
	m, err := p.mine(v)
	if err != nil {
		return err
	}
	a := authorising{myParty: m, Login: v.Text("login"), From: v.Text("from"), To: v.Text("to")}
	err = a.days()
	if err == nil {
		err = p.Party.Authorise(v.Context(), v.Actor, party.Authorise{PartyID: m.ID, Login: a.Login, From: a.From, To: a.To})
	}
	if err != nil {
		return again(v, err, "授权代理", func(problems ui.Problems) templ.Component {
			a.Problems = problems
			return authorisePage(a)
		}, accountCrumbs...)
	}
	v.Flash(ui.OK, "授权已经生效，对方登录后可以代为办理。")
	return v.See("/account")
}

// days refuses what is no civil day.
func (a authorising) days() error {
	for name, day := range map[string]string{"from": a.From, "to": a.To} {
		if day == "" {
			continue
		}
		if _, err := calendar.ParseDay(day); err != nil {
			return fault.Invalid("party.days", fault.At(name, "party.days"))
		}
	}
	return nil
}

// EndMandate ends what an agent may do.
func (p *Pages) EndMandate(v *visit.Visit) error {
	if err := p.Party.EndMandate(v.Context(), v.Actor, party.EndMandate{MandateID: v.Path("mandate")}); err != nil {
		return err
	}
	v.Flash(ui.OK, "授权已经解除。")
	return v.See("/account")
}

func partyPairs(m myParty) []ui.Pair {
	pairs := []ui.Pair{{Term: "名称", Text: m.Name, Note: "您是" + text.Label(text.Relation, string(m.Mandate.Relation))}}
	if m.Kind == party.Company {
		pairs = append(pairs, ui.Pair{Term: "统一社会信用代码", Text: m.USCC}, ui.Pair{Term: "法定代表人", Text: m.LegalName})
	} else {
		pairs = append(pairs, ui.Pair{Term: text.Label(text.IDType, m.IDType), Text: m.IDNumber})
	}
	pairs = append(pairs, ui.Pair{Term: "电话", Text: m.Phone}, ui.Pair{Term: "地址", Text: m.Address})
	if m.Mandate.To != "" {
		pairs = append(pairs, ui.Pair{Term: "代理到", Text: dayWords(m.Mandate.To)})
	}
	return pairs
}

// dayWords is a stored civil day as people read it.
func dayWords(s string) string {
	d, err := calendar.ParseDay(s)
	if err != nil {
		return s
	}
	return d.Chinese()
}
