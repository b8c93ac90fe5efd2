package portal

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/commitment"
	"onewindow/internal/business/registration"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// AskTakeBack asks before a commitment is taken back.
func (p *Pages) AskTakeBack(v *visit.Visit) error {
	d, err := p.dossier(v)
	if err != nil {
		return err
	}
	if !revocable(d.Case) {
		v.Flash(ui.Info, "这个办件没有可以撤回的承诺：只有采用告知承诺、还没有作出决定的办件可以撤回。")
		return v.See(caseURL(d.ID))
	}
	return show(v, "撤回承诺", takeBackPage(withdrawing{Dossier: d, Reason: p.typed(v)["reason"]}), caseCrumbs(d)...)
}

// TakeBack leaves the case to the ordinary procedure.
func (p *Pages) TakeBack(v *visit.Visit) error {
	version, err := v.Int("version")
	if err != nil {
		return err
	}
	reason := v.Text("reason")
	err = p.Casework.TakeBack(v.Context(), v.Actor, casework.TakeBack{Seen: casework.Seen{CaseID: v.Path("id"), Version: version}, Reason: reason})
	if err == nil {
		v.Flash(ui.OK, "承诺已经撤回，改按一般程序办理。承诺所代替的材料需要提交。")
		return v.See(caseURL(v.Path("id")))
	}
	d, failed := p.dossier(v)
	if failed != nil {
		return failed
	}
	return again(v, err, "撤回承诺", func(problems ui.Problems) templ.Component {
		return takeBackPage(withdrawing{Dossier: d, Reason: reason, Problems: problems})
	}, caseCrumbs(d)...)
}

// revocable says whether the case rests on a commitment that may still be taken
// back: until the decision.
func revocable(c *casework.Case) bool {
	return c.Mode == casework.ModeCommitment && withdrawable(c)
}

// promiseFacts are what was promised and what became of it.
func (c caseView) promiseFacts() []ui.Pair {
	p := c.Promise
	out := []ui.Pair{{Term: "签署", Text: p.SignedName + "，" + text.At(p.SignedAt), Note: text.Label(text.Channel, string(p.Way))}}
	if !p.TakenBack.IsZero() {
		return append(out, ui.Pair{Term: "撤回", Text: text.At(p.TakenBack), Note: "改按一般程序办理"})
	}
	if x := c.Check; x != nil {
		out = append(out, ui.Pair{Term: "核查", Body: text.Badge(text.Verification, string(x.Status)), Note: checkNote(x)})
	}
	return out
}

func checkNote(v *commitment.Verification) string {
	switch v.Status {
	case commitment.Open:
		return v.VerifierName + "在 " + v.Due.Chinese() + "前核查"
	case commitment.Correcting:
		return "请在 " + v.Due.Chinese() + "前整改"
	}
	return calendar.DayOf(v.ClosedAt).Chinese()
}

// CheckIdentity checks a person of a registration online.
func (p *Pages) CheckIdentity(v *visit.Visit) error {
	version, err := v.Int("version")
	if err != nil {
		return err
	}
	in := registration.CheckIdentity{Seen: casework.Seen{CaseID: v.Path("id"), Version: version}, Person: v.Text("person"), Way: registration.Online}
	if err := p.Identity.CheckIdentity(v.Context(), v.Actor, in); err != nil {
		return err
	}
	v.Flash(ui.OK, "实名核验已完成。")
	return v.See(caseURL(v.Path("id")) + "#persons")
}

// returnedNext leads who got the papers back to applying again.
func returnedNext(c *casework.Case, impl *catalog.Implementation) next {
	n := next{Title: "材料已退还，请补正后重新提交", Tone: ui.Warn, Text: "需要补正的内容已经一次性告知，见登记申请材料补正告知书。重新提交时，填过的内容会自动带入。"}
	if impl != nil {
		n.Links = []ui.Link{{Text: "重新提交", Href: applyURL(impl.Code()) + "?prior=" + escapeQuery(c.ID)}}
	}
	return n
}

// registrationWords say until when a registration is made.
func registrationWords(c *casework.Case) string {
	return "材料齐全、符合法定形式的，当场登记；不能当场登记的，" + c.StatutoryDue.Chinese() + "前登记。材料不齐全的，退还材料并一次性告知。"
}

// personDone is how a person was checked.
func personDone(i registration.Identity) string {
	return text.Label(text.Identity, string(i.Way)) + "，" + text.At(i.At) + "。" + i.Receipt
}
