package account

import (
	"net/http"

	"github.com/a-h/templ"

	"onewindow/internal/business/staff"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// password is the page that changes the password.
type password struct {
	Forced   bool // nothing else can be done before
	Problems ui.Problems
}

// PasswordPage asks for the old password and a new one.
func (p *Pages) PasswordPage(v *visit.Visit) error {
	return v.Render(show(v, "修改密码", passwordPage(password{Forced: v.Actor.MustChange})))
}

// ChangePassword ends every session of the account and begins a new one here.
func (p *Pages) ChangePassword(v *visit.Visit) error {
	form := password{Forced: v.Actor.MustChange}
	if v.Raw("password") != v.Raw("again") {
		form.Problems.Fields = []ui.Problem{{Field: "again", Message: "两次输入的新密码不一样，请重新输入"}}
		return v.RenderStatus(http.StatusUnprocessableEntity, show(v, "修改密码", passwordPage(form)))
	}
	in := staff.ChangePassword{Old: v.Raw("old"), New: v.Raw("password")}
	if err := p.Staff.ChangePassword(v.Context(), v.Actor, in); err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			form.Problems = until(problems, err, v.Now())
			return show(v, "修改密码", passwordPage(form))
		})
	}
	a, err := p.Staff.ActorOf(v.Context(), v.Actor.AccountID)
	if err != nil {
		return err
	}
	to := p.after(a, v.Kept("after-password"))
	v.Keep("after-password", "")
	if err := v.SignIn(a.AccountID, a.Epoch); err != nil {
		return err
	}
	v.Flash(ui.OK, "密码已修改。其他设备上的登录已全部退出。")
	return v.See(to)
}
