package counter

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/form"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/formview"
	"onewindow/internal/web/visit"
)

// correct is 当场更正: the clerk types what the applicant says.
func (p *Pages) correct() *caseview.Deed {
	return &caseview.Deed{
		Key: "correct", Title: "当场更正", Law: "行政许可法第三十二条第一款第（三）项", Possible: awaiting, Said: "已更正。请打印更正记录，交申请人签字。",
		Lead: "申请材料存在可以当场更正的错误的，应当允许申请人当场更正。更正后继续审查，不计为补正告知。",
		Form: func(a caseview.Act) templ.Component { return correctForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Casework.Correct(v.Context(), v.Actor, casework.Correct{Seen: seen, Values: corrected(a)})
		},
	}
}

// corrected is the whole form: what was typed, and what stayed masked.
func corrected(a caseview.Act) form.Values {
	return formview.ReadKeeping(a.Impl.Form, a.Typed, formview.HeldOf(a.Impl.Form, a.Values))
}

// correction is the form with the answers to be corrected.
func correction(a caseview.Act) formview.Form {
	held := formview.HeldOf(a.Impl.Form, a.Values)
	f := formview.Form{Def: a.Impl.Form, Values: formview.Open(a.Values, held), Held: held, Problems: a.Problems}
	if len(a.Typed) > 0 {
		f.Values = formview.Read(a.Impl.Form, a.Typed)
	}
	return f
}
