package account

import (
	"fmt"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// signIn is the sign-in page with what was typed before.
type signIn struct {
	Login, To string
	Present   string // the name of who is signed in already
	Home      string
	Register  string
	Demo      []demoGroup
	Password  string // of the demonstration accounts
	Problems  ui.Problems
}

func (p *Pages) blank(v *visit.Visit) signIn {
	s := signIn{To: v.Query("to"), Login: v.Query("login"), Register: p.Register}
	if v.Actor.SignedIn() {
		s.Present, s.Home = v.Actor.Name, p.Home(v.Actor)
	}
	if p.DemoPassword != "" {
		s.Demo, s.Password = demoGroups, p.DemoPassword
	}
	return s
}

// SignInPage asks who it is.
func (p *Pages) SignInPage(v *visit.Visit) error {
	return v.Render(show(v, "登录", signInPage(p.blank(v))))
}

// SignIn begins a session under a fresh token and goes back to where one was.
func (p *Pages) SignIn(v *visit.Visit) error {
	a, err := p.prove(v)
	if err != nil {
		s := p.blank(v)
		s.Login, s.To = v.Text("login"), v.Text("to")
		return v.Again(err, func(problems ui.Problems) templ.Component {
			s.Problems = until(problems, err, v.Now())
			return show(v, "登录", signInPage(s))
		})
	}
	if err := v.SignIn(a.AccountID, a.Epoch); err != nil {
		return err
	}
	to := p.after(a, v.Text("to"))
	if a.MustChange {
		v.Keep("after-password", to)
		return v.See(PasswordPath)
	}
	return v.See(to)
}

// prove finds the account behind a login name, an identity number or a mobile
// number, and compares the password.
func (p *Pages) prove(v *visit.Visit) (a staff.Actor, err error) {
	login, password := v.Text("login"), v.Raw("password")
	if err := blanks(login, password); err != nil {
		return a, err
	}
	if p.Guesses != nil {
		if err := v.Limit(p.Guesses, "sign-in"); err != nil {
			return a, err
		}
	}
	name, err := p.Party.LoginName(v.Context(), login)
	if err != nil {
		return a, err
	}
	accountID, err := p.Staff.SignIn(v.Context(), v.Actor, staff.SignIn{Login: name, Password: password})
	if err != nil {
		return a, err
	}
	return p.Staff.ActorOf(v.Context(), accountID)
}

func blanks(login, password string) error {
	var wrong []fault.Field
	if login == "" {
		wrong = append(wrong, fault.At("login", "text.required"))
	}
	if password == "" {
		wrong = append(wrong, fault.At("password", "text.required"))
	}
	if len(wrong) > 0 {
		return fault.Invalid("form.invalid", wrong...)
	}
	return nil
}

// until says of a locked account when it opens again, as a time of day.
func until(problems ui.Problems, err error, now time.Time) ui.Problems {
	f := fault.Of(err)
	if minutes, bad := strconv.Atoi(f.Args["minutes"]); f.Code == "signin.locked" && bad == nil {
		open := text.At(now.Add(time.Duration(minutes) * time.Minute))
		problems.Message = fmt.Sprintf("%s（%s 之后）", problems.Message, open)
	}
	return problems
}

// SignOut ends the sessions of the account on every device.
func (p *Pages) SignOut(v *visit.Visit) error {
	if v.Actor.SignedIn() {
		if err := p.Staff.SignOut(v.Context(), v.Actor); err != nil {
			return err
		}
	}
	if err := v.SignOut(); err != nil {
		return err
	}
	v.Flash(ui.OK, "已退出登录。离开公用电脑前请关闭浏览器。")
	return v.See(SignInPath)
}
