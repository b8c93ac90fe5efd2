package app

import (
	"strings"

	"onewindow/internal/business/casework"
)

// notice is what the applicant is told when something happened to a case.
type notice struct{ title, body string }

func (n notice) fill(h casework.Happened) string {
	return strings.NewReplacer("{item}", h.ItemName, "{number}", h.Number).Replace(n.body)
}

// notices are the words by event. A topic without words tells nobody.
var notices = map[string]notice{
	"case.submitted": {"申请已收到",
		"您申请的“{item}”已收到，办件编号{number}。我们将在5个工作日内告知是否受理；逾期未告知的，自收到之日起视为受理。"},
	"case.accepted": {"申请已受理",
		"您申请的“{item}”（{number}）已受理，正在办理。办结期限见受理通知书，可随时查询进度。"},
	"case.deemed_accepted": {"申请视为已受理",
		"您申请的“{item}”（{number}）自收到之日起视为已受理，办结期限从收到之日起计算。"},
	"case.supplement_notified": {"请补正申请材料",
		"您申请的“{item}”（{number}）需要补正，补正内容已一次性告知，请登录查看并在期限内补正。"},
	"case.supplemented": {"补正材料已收到",
		"您补正的“{item}”（{number}）材料已收到，受理人员正在核对。"},
	"case.not_required": {"申请不受理",
		"您申请的“{item}”（{number}）依法不需要取得行政许可，理由见不受理告知书。"},
	"case.not_competent": {"申请不予受理",
		"您申请的“{item}”（{number}）不属于本机关职权范围，应向哪个机关申请见不予受理决定书。"},
	"case.granted": {"申请已准予",
		"您申请的“{item}”（{number}）已作出准予决定，证件正在制作，十个工作日内送达。"},
	"case.refused": {"申请不予许可",
		"您申请的“{item}”（{number}）已作出不予许可决定，理由、依据以及申请行政复议、提起行政诉讼的途径见决定书。"},
	"case.issued": {"证照已制作",
		"您申请的“{item}”（{number}）证照已制作完成，可登录下载，或者凭取件码到窗口领取。"},
	"case.delivered": {"审批结果已送达",
		"您申请的“{item}”（{number}）已办结。欢迎对本次服务作出评价。"},
	"case.renewed_by_silence": {"视为准予延续",
		"您申请的“{item}”（{number}）在有效期届满前没有作出决定，依法视为准予延续，见视为准予延续确认书，新证正在制作。"},
	"case.withdrawn": {"申请已撤回",
		"您申请的“{item}”（{number}）已按您的意愿撤回。"},
}
