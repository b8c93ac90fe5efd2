package portal

import (
	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
)

// stepWords say in plain words what happens in a step.
var stepWords = map[flow.Act]string{
	flow.Accept:  "工作人员核对申请材料是否齐全、是否符合法定形式，5个工作日内告诉您结果；逾期没有告知的，视为受理。",
	flow.Examine: "承办人员审查申请材料的内容，需要时到现场核查。",
	flow.Review:  "另一名工作人员复核承办意见。",
	flow.Opine:   "相关部门从自己的职责提出意见，期限照常计算。",
	flow.Meet:    "相关部门一起研究，会议意见记入办件。",
	flow.Decide:  "负责人作出准予或者不予的书面决定。不予的，会写明理由和救济途径。",
	flow.Issue:   "制作证照或者批准文件，加盖电子印章。",
	flow.Deliver: "您可以在网上下载，也可以凭取件码到窗口领取。",
}

// happened say in plain words what an act on a case means for the applicant.
var happened = map[string]string{
	"case.submitted":           "您提交了申请，系统出具了收件凭证。",
	"case.supplement_notified": "材料需要补正，一次告知了全部内容。",
	"case.supplemented":        "您提交了补正材料。",
	"case.accepted":            "申请已受理，办理期限开始计算。",
	"case.deemed_accepted":     "5个工作日内没有告知需要补正，依法自收到申请之日起即为受理。",
	"case.not_required":        "这件事依法不需要取得行政许可。",
	"case.not_competent":       "这件事不归本机关办理，告知书写明了应当向哪里申请。",
	"case.corrected":           "申请中可以当场更正的错误已经更正。",
	"case.advanced":            "这一环节已经完成，转入下一环节。",
	"case.reported_up":         "下级机关已经审查完毕，意见和全部材料已报送，您不需要重复提交材料。",
	"case.opined":              "相关部门提出了意见。",
	"case.consulted":           "就这个申请征求了相关部门的意见，期限照常计算。",
	"case.met":                 "相关部门召开了联审会议。",
	"case.handed_over":         "内部移交给另一名工作人员办理，期限照常计算。",
	"case.returned":            "内部退回上一环节重新办理，期限照常计算。",
	"case.granted":             "作出了准予的决定。",
	"case.refused":             "作出了不予许可的决定，决定书写明了理由和救济途径。",
	"case.issued":              "证照或者批准文件已经制作完成。",
	"case.delivered":           "结果已经送达，本件办结。",
	"case.withdrawn":           "您撤回了申请，本件终止。",
	"procedure.begun":          "依法需要进行特别程序，所需时间不计算在办理期限内，已书面告知。",
	"procedure.ended":          "特别程序已经结束，办理期限恢复计算，新的截止日期已书面通知。",
	"procedure.started":        "开始进行一项程序，时间计入办理期限。",
	"procedure.finished":       "这项程序已经结束。",
	"visit.planned":            "将到现场核查，时间、地点和人员见现场核查通知书；核查时间计入办理期限。",
	"visit.rescheduled":        "现场核查的时间或者地点有变动，以新的通知书为准。",
	"visit.cancelled":          "现场核查取消了，不必等候。",
	"visit.passed":             "现场核查符合要求，继续办理。",
	"visit.rectify":            "现场核查发现需要整改的事项，整改后复查。",
	"visit.failed":             "现场核查结果不符合要求。",
}

// endings say how a case ended.
var endings = map[casework.Status]string{
	casework.StatusConcluded:    "本件已经办结。",
	casework.StatusNotRequired:  "这件事依法不需要取得行政许可，不必申请。",
	casework.StatusNotCompetent: "这件事不归本机关办理，请按告知书写明的机关申请。",
	casework.StatusWithdrawn:    "您已撤回申请，本件终止。需要时可以重新申请。",
	casework.StatusTerminated:   "本件已经终止办理，理由见终止办理通知书。材料齐全后可以重新申请。",
	casework.StatusReturned:     "登记材料已经退还，需要补正的内容已经一次性告知，补正后重新提交。",
}
