package portal

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/party"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// RegisterPath is where applicants open an account.
const RegisterPath = "/register"

// registering is what the page shows on which a person opens an account.
type registering struct {
	party.Register
	Problems ui.Problems
	Notice   int // the version of the privacy notice that is told
}

var idTypes = text.Choices(text.IDType, party.IDCard, party.Passport, party.HongKong, party.TaiwanPass, party.ForeignCard)

// RegisterPage asks who opens the account.
func (p *Pages) RegisterPage(v *visit.Visit) error {
	if v.Actor.SignedIn() {
		return v.See("/account")
	}
	told, err := p.told(v)
	if err != nil {
		return err
	}
	return show(v, "注册", registerPage(registering{Register: party.Register{IDType: party.IDCard}, Notice: told}))
}

// Register opens an account for a natural person.
func (p *Pages) Register(v *visit.Visit) error {
	in := party.Register{Login: v.Text("login"), Password: v.Raw("password"), Name: v.Text("name"), IDType: v.Text("id_type"),
		IDNumber: v.Text("id_number"), Phone: v.Text("phone"), Address: v.Text("address")}
	if err := p.register(v, in); err != nil {
		told, failed := p.told(v)
		if failed != nil {
			return failed
		}
		return again(v, err, "注册", func(problems ui.Problems) templ.Component {
			return registerPage(registering{Register: in, Problems: problems, Notice: told})
		})
	}
	v.Flash(ui.OK, "注册成功，请登录。")
	return v.See(p.SignIn + "?login=" + escapeQuery(in.Login))
}

func (p *Pages) register(v *visit.Visit, in party.Register) error {
	if err := v.Limit(p.Guesses, "register"); err != nil {
		return err
	}
	if v.Raw("password") != v.Raw("again") {
		return fault.Invalid("form.invalid", fault.At("again", "password.again"))
	}
	_, err := p.Party.Register(v.Context(), v.Actor, in)
	return err
}

// companyForm is what the page shows on which an organisation is registered.
type companyForm struct {
	party.RegisterCompany
	Problems ui.Problems
}

// CompanyPage asks which organisation the visitor represents.
func (p *Pages) CompanyPage(v *visit.Visit) error {
	return show(v, "登记单位", companyPage(companyForm{}), accountCrumbs...)
}

// Company lets the visitor act for an organisation as its legal representative.
func (p *Pages) Company(v *visit.Visit) error {
	in := party.RegisterCompany{Name: v.Text("name"), USCC: v.Text("uscc"), Phone: v.Text("phone"), Address: v.Text("address")}
	if _, err := p.Party.RegisterCompany(v.Context(), v.Actor, in); err != nil {
		return again(v, err, "登记单位", func(problems ui.Problems) templ.Component {
			return companyPage(companyForm{in, problems})
		}, accountCrumbs...)
	}
	v.Flash(ui.OK, "单位已经登记，可以以单位名义申请了。")
	return v.See("/account")
}
