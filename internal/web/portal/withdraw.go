package portal

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// withdrawing is the page that asks before a case is withdrawn.
type withdrawing struct {
	*casework.Dossier
	Reason   string
	Problems ui.Problems
}

// AskWithdraw asks for the reason and once more whether it is meant.
func (p *Pages) AskWithdraw(v *visit.Visit) error {
	d, err := p.dossier(v)
	if err != nil {
		return err
	}
	if !withdrawable(d.Case) {
		v.Flash(ui.Info, "这个办件已经作出决定或者已经结束，不能撤回。")
		return v.See(caseURL(d.ID))
	}
	return show(v, "撤回申请", withdrawPage(withdrawing{Dossier: d, Reason: p.typed(v)["reason"]}), caseCrumbs(d)...)
}

// Withdraw ends the case by the applicant's wish.
func (p *Pages) Withdraw(v *visit.Visit) error {
	version, err := v.Int("version")
	if err != nil {
		return err
	}
	reason := v.Text("reason")
	err = p.Casework.Withdraw(v.Context(), v.Actor, casework.Withdraw{Seen: casework.Seen{CaseID: v.Path("id"), Version: version}, Reason: reason})
	if err == nil {
		v.Flash(ui.OK, "申请已经撤回，出具了终止告知书。需要时可以重新申请。")
		return v.See(caseURL(v.Path("id")))
	}
	d, failed := p.dossier(v)
	if failed != nil {
		return failed
	}
	return again(v, err, "撤回申请", func(problems ui.Problems) templ.Component {
		return withdrawPage(withdrawing{Dossier: d, Reason: reason, Problems: problems})
	}, caseCrumbs(d)...)
}

func caseCrumbs(d *casework.Dossier) []ui.Link {
	return []ui.Link{{Text: "我的办件", Href: "/cases"}, {Text: d.ItemName, Href: caseURL(d.ID)}}
}
