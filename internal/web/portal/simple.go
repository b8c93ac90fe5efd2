package portal

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/aftercare"
	"onewindow/internal/business/catalog"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// simpleOf finds out whether the licence may be ended the simple way today; a
// licence that never could says nothing of it.
func (p *Pages) simpleOf(v *visit.Visit, l *living) error {
	rule, err := p.Aftercare.SimpleFor(v.Context(), v.Actor, l.ID)
	f := fault.Of(err)
	switch {
	case err == nil:
		l.Simple = rule
	case f == nil || f.Kind == fault.KindInternal:
		return err
	}
	return nil
}

// noticed is the simple deregistration that is under way; nil for none.
func (l living) noticed() *aftercare.Proceeding {
	for _, p := range l.Proceedings {
		if p.Simple != nil && p.Open() {
			return p
		}
	}
	return nil
}

// ripe says that the holder may apply now.
func (l living) ripe(p *aftercare.Proceeding) bool {
	return p.Status == aftercare.Noticed && p.Simple.Way == aftercare.CompanyWay && l.Today > p.Until && l.Today <= p.Simple.ApplyBy
}

// next says in words what happens with a simple deregistration, and by when.
func (l living) next(p *aftercare.Proceeding) string {
	x := p.Simple
	switch {
	case p.Status == aftercare.Proposed:
		return "已申请注销登记，登记机关在" + x.Due.Chinese() + "前决定。请把全体投资人签名的承诺书原件交给登记机关。"
	case x.Way == aftercare.IndividualWay && l.Today <= p.Until:
		return "申请已推送税务等有关部门，异议期至" + p.Until.Chinese() + "。没有异议的，登记机关在" + x.Due.Chinese() + "前办理注销登记。"
	case x.Way == aftercare.IndividualWay:
		return "异议期已满，没有部门提出异议，登记机关在" + x.Due.Chinese() + "前办理注销登记。请把签名的承诺书原件交给登记机关。"
	case l.Today <= p.Until:
		return "正在公示，至" + p.Until.Chinese() + "。没有异议的，请在期满之后、" + x.ApplyBy.Chinese() + "以前回到这里申请注销登记。"
	case l.Today <= x.ApplyBy:
		return "公示期满，没有人提出异议。请在" + x.ApplyBy.Chinese() + "以前申请注销登记，逾期须重新公示。"
	}
	return "申请注销的期限" + x.ApplyBy.Chinese() + "已过，简易注销将自动终止；仍要注销的，须重新公示。"
}

func simpleTitle(rule *catalog.SimpleCancel) string {
	if rule != nil && rule.Individual {
		return "个体工商户简易注销"
	}
	return "简易注销"
}

// simpleSteps says what will happen.
func simpleSteps(rule *catalog.SimpleCancel) []string {
	if rule.Individual {
		return []string{"逐项承诺，提交申请，不用公示。", "登记机关把申请推送税务等有关部门，10日内没有提出异议的，直接办理注销登记；有异议的，简易程序终止。", "签名的承诺书原件交登记机关，作出决定后营业执照不能再使用。"}
	}
	return []string{"全体投资人逐项承诺，在本平台公示20日；依法还须通过国家企业信用信息公示系统公示。", "公示期内相关部门、债权人及其他利害关系人提出异议的，简易程序终止，可以清算后按一般程序申请。", "期满没有异议的，20日内回到本页申请注销登记，并把全体投资人签名的承诺书原件交登记机关；3个工作日内决定。"}
}

func promiseChoices() (out []ui.Choice) {
	for i, p := range aftercare.Promises() {
		out = append(out, ui.Choice{Value: strconv.Itoa(i + 1), Text: p})
	}
	return out
}

// AskSimplify is the page of the commitment.
func (p *Pages) AskSimplify(v *visit.Visit) error {
	l, err := p.living(v)
	if err != nil {
		return err
	}
	if l.Simple == nil {
		if _, err = p.Aftercare.SimpleFor(v.Context(), v.Actor, l.ID); err != nil {
			return err
		}
	}
	l.Typed = p.typed(v)
	return show(v, "申请简易注销", simplifyPage(l), l.crumbs()...)
}

func (l living) crumbs() []ui.Link {
	return append(licenceCrumbs(), ui.Link{Text: l.Content.Name, Href: licenceURL(l.ID)})
}

// Simplify begins the notice.
func (p *Pages) Simplify(v *visit.Visit) error {
	_, err := p.Aftercare.Simplify(v.Context(), v.Actor, aftercare.Simplify{LicenceID: v.Path("licence"), Promised: v.Texts("promise"),
		Investors: v.Text("investors"), Reasons: v.Text("reasons")})
	if err == nil {
		v.Flash(ui.OK, "简易注销申请已提交，下一步和期限见本页。")
		return v.See(licenceURL(v.Path("licence")))
	}
	l, failed := p.living(v)
	if failed != nil {
		return failed
	}
	if l.Simple == nil {
		return err
	}
	l.Typed = v.Answers("")
	return again(v, err, "申请简易注销", func(problems ui.Problems) templ.Component {
		l.Problems = problems
		return simplifyPage(l)
	}, l.crumbs()...)
}

// ApplySimple asks for the registration after the notice.
func (p *Pages) ApplySimple(v *visit.Visit) error {
	version, err := v.Int("version")
	if err != nil {
		return err
	}
	err = p.Aftercare.Apply(v.Context(), v.Actor, aftercare.Apply{Seen: aftercare.Seen{ID: v.Text("proceeding"), Version: version}})
	if err == nil {
		v.Flash(ui.OK, "注销登记申请已提交，登记机关在3个工作日内决定。")
		return v.See(licenceURL(v.Path("licence")))
	}
	return p.lifeAgain(v, err)
}

// investorsTyped is what stands in the field: what was typed, or the holder.
func (l living) investorsTyped() string {
	if l.Typed["investors"] != "" {
		return l.Typed["investors"]
	}
	if l.Simple != nil && l.Simple.Individual {
		return l.Content.Holder.Name
	}
	return ""
}

func noticedPairs(p *aftercare.Proceeding) []ui.Pair {
	out := []ui.Pair{{Term: "申请日期", Text: text.At(p.OpenedAt)}, {Term: "承诺人", Text: strings.Join(p.Simple.Investors, "、"), Note: "由 " + p.Simple.SignedBy + " 登录提交"},
		{Term: map[aftercare.Way]string{aftercare.CompanyWay: "公示期至", aftercare.IndividualWay: "异议期至"}[p.Simple.Way], Text: p.Until.Chinese()}}
	if p.Simple.ApplyBy != 0 {
		out = append(out, ui.Pair{Term: "申请注销最后日期", Text: p.Simple.ApplyBy.Chinese()})
	}
	return append(out, ui.Pair{Term: "承诺文本摘要", Text: p.Simple.SM3, Note: "SM3"})
}
