package counter

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// deliver is 送达 at the window, against the pick-up code and a signature.
func (p *Pages) deliver() *caseview.Deed {
	return &caseview.Deed{
		Key: "deliver", Title: "送达发证", Law: "行政许可法第四十四条", Possible: atDelivery, Plain: true, Said: "已送达，办件办结。请打印送达回证，交领取人签字。",
		Lead:  "请领取人出示证件和取件码。取件码只发给申请人本人，与收件凭证上的查询码不同。",
		Typed: []caseview.Field{{Name: "signed_by", Label: "签收人姓名"}},
		Form:  func(a caseview.Act) templ.Component { return deliverForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Casework.Deliver(v.Context(), v.Actor, casework.Deliver{Seen: seen, Way: casework.ByWindow,
				Code: v.Text("code"), SignedBy: v.Text("signed_by")})
		},
	}
}

// result says what is handed over.
func result(a caseview.Act) []ui.Pair {
	name := "不予行政许可决定书"
	if a.Granted {
		name = "准予行政许可决定书"
		if a.Impl.Result.Name != "" {
			name += "、" + a.Impl.Result.Name
		}
	}
	return []ui.Pair{{Term: "送达的文书", Text: name}, {Term: "申请人", Text: a.ApplicantName}}
}
