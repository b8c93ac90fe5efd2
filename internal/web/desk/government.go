package desk

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// governmentPath is the list of what waits for the head of the level's government.
const governmentPath = Base + "/government"

// Government lists what waits for the head of the government: extensions of joint
// handling (行政许可法第四十二条第二款), and challenges of heads of bodies whom nobody
// at the body may answer.
func (p *Pages) Government(v *visit.Visit) error {
	asked, err := p.Casework.Extensions(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	challenges, _, err := p.Casework.ChallengeList(v.Context(), v.Actor, staff.ChallengeDecide, casework.ChallengeFilter{Open: true, Limit: 100})
	if err != nil {
		return err
	}
	return show(v, "待政府批准", governmentPage(p.extensionTable(v, asked, "/extend/government"), challengeTable(v, challenges, "/challenge-govern")), ui.Link{Text: "待政府批准", Current: true})
}

// jointAsked says that a request in joint handling waits.
func jointAsked(v caseview.View) bool {
	return openRequest(v) != nil && v.Status == casework.StatusHandling && v.Impl.Jointly()
}

// governExtension is the approval of the head of the government.
func (p *Pages) governExtension() *caseview.Deed {
	return &caseview.Deed{
		Key: "extend/government", Title: "批准联合办理延长期限", Law: "行政许可法第四十二条第二款", Said: "已批准延长，告知书已出具并通知申请人。",
		Lead:     "统一办理、联合办理、集中办理的，四十五个工作日内不能办结的，经本级人民政府负责人批准，可以延长十五个工作日，并把理由告知申请人。只能延长一次，不能撤销。",
		Possible: jointAsked,
		Form:     func(a caseview.Act) templ.Component { return governExtensionForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Casework.ExtendJoint(v.Context(), v.Actor, casework.ExtendJoint{Seen: seen, RequestID: v.Text("request"), Approve: true})
		},
	}
}

// declineByGovernment keeps the limit as it is.
func (p *Pages) declineByGovernment() *caseview.Deed {
	return &caseview.Deed{
		Key: "extend/government-decline", Title: "政府不同意延长", Law: "行政许可法第四十二条第二款", Said: "已退回延长申请，期限不变。", Lead: "期限不变，请承办机关在期限内办结。",
		Possible: jointAsked,
		Typed:    []caseview.Field{{Name: "answer", Label: "不同意的理由"}},
		Form:     func(a caseview.Act) templ.Component { return declineExtensionForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Casework.ExtendJoint(v.Context(), v.Actor, casework.ExtendJoint{Seen: seen, RequestID: v.Text("request"), Answer: v.Text("answer")})
		},
		Done: func(_ *visit.Visit, a caseview.Act) string { return a.Path("#clocks") },
	}
}

// waitsForGovernment says where a joint request can be approved.
func waitsForGovernment(a caseview.Act) string {
	if a.Course.Government == "" {
		return ""
	}
	return "已送" + a.Impl.ExtensionAuthority() + "在系统内批准；在纸质文件上批准的，由本机关负责人在这里登记。" + text.Day(a.StatutoryDue) + "以前批准才有效。"
}
