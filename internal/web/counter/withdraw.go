package counter

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/visit"
)

// withdraw is 撤回: the applicant at the window takes the application back.
func (p *Pages) withdraw() *caseview.Deed {
	return &caseview.Deed{
		Key: "withdraw", Title: "撤回申请", Possible: undecided, Said: "已按申请人要求撤回。",
		Lead:  "行政机关作出决定之前，申请人可以撤回申请。请核对申请人身份并请其在撤回申请书上签字。",
		Typed: []caseview.Field{{Name: "reason", Label: "撤回原因"}},
		Form:  func(a caseview.Act) templ.Component { return withdrawForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Casework.Withdraw(v.Context(), v.Actor, casework.Withdraw{Seen: seen, Reason: v.Text("reason")})
		},
	}
}
