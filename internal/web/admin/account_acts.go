package admin

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/staff"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// newAccount is the form of an officer's new account.
type newAccount struct {
	Login, Name string
	Problems    ui.Problems
}

var newCrumbs = []ui.Link{{Text: "账号", Href: accountsPath}, {Text: "开立账号", Current: true}}

// AccountNew asks whose account it is.
func (p *Pages) AccountNew(v *visit.Visit) error {
	return show(v, "开立账号", newAccountView(newAccount{}), newCrumbs...)
}

// AccountCreate opens an officer's account.
func (p *Pages) AccountCreate(v *visit.Visit) error {
	in := staff.CreateOfficer{Login: v.Text("login"), Name: v.Text("name"), Password: v.Raw("password")}
	accountID, err := p.Staff.CreateOfficer(v.Context(), v.Actor, in)
	if err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			return frame(v.Page("开立账号", newCrumbs...), newAccountView(newAccount{in.Login, in.Name, problems}))
		})
	}
	v.Flash(ui.OK, "账号已开立。请把初始密码当面交给本人，首次登录须修改；由安全管理员授予岗位后才能办理业务。")
	return v.See(accountPath(accountID, ""))
}

// done leads back to the account with the words, or shows what stopped the act.
func (p *Pages) done(v *visit.Visit, err error, words string) error {
	if err != nil {
		return p.again(v, err)
	}
	v.Flash(ui.OK, words)
	return v.See(accountPath(v.Path("account"), ""))
}

// AccountActive closes an account, or opens it again.
func (p *Pages) AccountActive(v *visit.Visit) error {
	in := staff.SetActive{AccountID: v.Path("account"), Active: v.Text("active") == "true"}
	words := "账号已停用，登录和令牌立即失效。"
	if in.Active {
		words = "账号已启用。"
	}
	return p.done(v, p.Staff.SetActive(v.Context(), v.Actor, in), words)
}

// PostingAdd gives the officer a post.
func (p *Pages) PostingAdd(v *visit.Visit) error {
	return p.done(v, p.Staff.Post(v.Context(), v.Actor, staff.Post{AccountID: v.Path("account"), BodyID: v.Text("body"), HallID: v.Text("hall"),
		WindowID: v.Text("window"), Role: staff.Role(v.Text("role")), From: v.Text("from"), To: v.Text("to")}), "岗位已授予，立即生效。")
}

// PostingEnd ends one of the officer's posts.
func (p *Pages) PostingEnd(v *visit.Visit) error {
	return p.done(v, p.Staff.EndPosting(v.Context(), v.Actor, staff.EndPosting{PostingID: v.Text("posting")}), "岗位已免去，立即生效。")
}

// AccountUnlock lifts the lock that wrong passwords brought.
func (p *Pages) AccountUnlock(v *visit.Visit) error {
	return p.done(v, p.Staff.Unlock(v.Context(), v.Actor, staff.Unlock{AccountID: v.Path("account")}), "账号已解锁。")
}

// PasswordAsk asks for the new password of somebody's account.
func (p *Pages) PasswordAsk(v *visit.Visit) error {
	a, err := p.account(v)
	if err != nil {
		return err
	}
	return v.Render(passwordFrame(v, a))
}

func passwordFrame(v *visit.Visit, a account) templ.Component {
	return frame(v.Page("重置密码", accountCrumbs(a, ui.Link{Text: "重置密码", Current: true})...), passwordView(a))
}

// PasswordReset gives the account a password that must be changed.
func (p *Pages) PasswordReset(v *visit.Visit) error {
	err := p.Staff.ResetPassword(v.Context(), v.Actor, staff.ResetPassword{AccountID: v.Path("account"), Password: v.Raw("password")})
	if err == nil {
		v.Flash(ui.OK, "密码已重置，原来的登录都已失效。请当面交给本人，下次登录须修改。")
		return v.See(accountPath(v.Path("account"), ""))
	}
	a, failed := p.account(v)
	if failed != nil {
		return failed
	}
	return v.Again(err, func(problems ui.Problems) templ.Component {
		a.Problems = problems
		return passwordFrame(v, a)
	})
}
