package portal

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// asked is what the holder asked for and nobody has decided: a deregistration,
// the simple way or the ordinary one; nil for none.
func (l living) asked() *aftercare.Proceeding {
	for _, p := range l.Proceedings {
		if p.Requested && p.Open() {
			return p
		}
	}
	return nil
}

// askedText says what withdrawing means.
func askedText(p *aftercare.Proceeding) string {
	if p.Simple == nil {
		return "撤回后注销程序终止，证照的效力不变。以后需要时可以重新申请注销。"
	}
	return "撤回后简易注销程序和公示终止，证照的效力不变，已经公示的日子不再计算。以后仍要简易注销的，须重新承诺、重新公示。"
}

const withdrawCancelTitle = "撤回注销申请"

// AskWithdrawCancel asks once more whether the application is to be taken back.
func (p *Pages) AskWithdrawCancel(v *visit.Visit) error {
	l, err := p.living(v)
	if err != nil {
		return err
	}
	if l.asked() == nil {
		v.Flash(ui.Info, "现在没有可以撤回的注销申请。")
		return v.See(licenceURL(l.ID))
	}
	return show(v, withdrawCancelTitle, withdrawCancelPage(l, l.asked()), l.crumbs()...)
}

// WithdrawCancel takes the application to deregister back.
func (p *Pages) WithdrawCancel(v *visit.Visit) error {
	version, err := v.Int("version")
	if err != nil {
		return err
	}
	err = p.Aftercare.Withdraw(v.Context(), v.Actor, aftercare.Withdraw{Seen: aftercare.Seen{ID: v.Text("proceeding"), Version: version}, Reason: v.Text("reason")})
	if err == nil {
		v.Flash(ui.OK, "注销申请已经撤回，证照的效力不变。终止办理通知书在原办件的文书中。")
		return v.See(licenceURL(v.Path("licence")))
	}
	l, failed := p.living(v)
	if failed != nil {
		return failed
	}
	l.Typed["reason"] = v.Text("reason")
	return again(v, err, withdrawCancelTitle, func(problems ui.Problems) templ.Component {
		l.Problems = problems
		if x := l.asked(); x != nil && fault.Of(err).Kind == fault.KindInvalid {
			return withdrawCancelPage(l, x)
		}
		return lifePage(l)
	}, l.crumbs()...)
}
