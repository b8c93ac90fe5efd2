package app

import (
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/interest"
)

// notice is what the applicant is told when something happened to a case.
type notice struct{ title, body string }

func (n notice) fill(h casework.Happened) string {
	return strings.NewReplacer("{item}", h.ItemName, "{number}", h.Number).Replace(n.body)
}

// challengeAnswered is the word on a challenge of an interested party.
const challengeAnswered = "challenge_answered"

// challengeNotice is what the applicant is told of their own.
var challengeNotice = notice{"回避申请已决定", "您在“{item}”（{number}）中提出的回避申请已作出决定，结果和理由可登录查看。"}

// tokenNotices are what the owner of an account is told, by event.
var tokenNotices = map[string]notice{
	"token.issued":  {"您的账号签发了接口令牌", "系统管理员为您的账号签发了接口令牌，持有令牌的系统可以在限定的权限内以您的名义调用接口。不是您需要的，请在账户页吊销。"},
	"token.revoked": {"您的账号的接口令牌已吊销", "您的账号的一个接口令牌已吊销，立即失效。"},
}

// wordNotices are what an interested party who is known is told, by what it is about.
var wordNotices = map[string]notice{
	interest.WordTold:     {"您可以作为利害关系人陈述", "他人申请的“{item}”直接关系您的重大利益。作出决定前您可以陈述、申辩，期限见利害关系人告知书。"},
	challengeAnswered:     {"回避申请已决定", "您在他人申请的“{item}”中提出的回避申请已作出决定，理由可登录查看。"},
	interest.WordAnswered: {"您的陈述已答复", "您对他人申请的“{item}”提出的陈述、申辩已答复，可登录查看。"},
}

// partyNotices are what they are told of a hearing, by event.
var partyNotices = map[string]notice{
	"hearing.offered":           {"您有权要求听证", "他人申请的“{item}”直接涉及您的重大利益，您有权要求听证，期限见听证权利告知书。"},
	"hearing.noticed":           {"听证通知", "“{item}”的听证时间、地点和主持人已确定，请登录查看。"},
	"hearing.postponed":         {"听证延期", "“{item}”的听证延期举行，新的时间、地点另行通知。"},
	"hearing.challenge_decided": {"回避申请已决定", "“{item}”听证主持人是否回避已作出决定，请登录查看。"},
	"hearing.recorded":          {"请签阅听证笔录", "“{item}”的听证笔录已制作，请登录核对，确认无误的签字，有异议的注明。"},
	"hearing.closed":            {"听证结束", "“{item}”的听证已结束，机关将根据听证笔录作出决定。"},
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
	casework.FurtherTopic: {"请再次补正申请材料",
		"您补正的“{item}”（{number}）材料中有新的问题，需要再次补正。理由和内容见补正告知书；您对此有异议的，可以投诉。"},
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
	"case.dispatched": {"审批结果已寄出",
		"您申请的“{item}”（{number}）的结果已经寄出，请注意查收。"},
	"case.announced": {"审批结果正在公告送达",
		"您申请的“{item}”（{number}）的结果已经公告，请尽快登录下载或者到窗口领取；期满未领取的视为送达。"},
	"case.extended": {"办理期限已延长",
		"您申请的“{item}”（{number}）经批准延长办理期限，理由和新的截止日期见延长办理期限告知书。"},
	"case.late_explained": {"超过承诺期限的理由已公开",
		"您申请的“{item}”（{number}）没有在承诺的期限内办结，理由可登录查看，也在进度查询页公开。法定期限不变。"},
	"case.rectified": {"收件或者受理的时间已更正",
		"您申请的“{item}”（{number}）的收件或者受理时间登记有误，已作更正，办理期限按正确的时间计算，理由可登录查看。"},
	"case.post_returned": {"审批结果被退回",
		"您申请的“{item}”（{number}）的结果寄出后被退回，请登录下载，或者凭取件码到窗口领取。"},
	"case.terminated": {"申请已终止办理",
		"您申请的“{item}”（{number}）逾期没有补正，已终止办理，理由见终止办理通知书。需要时可以重新申请。"},
	"case.reopened": {"申请正在重新办理",
		"您申请的“{item}”原决定已被撤销，现以办件编号{number}重新办理，不需要再次提交材料。"},
	"case.held_back": {"核查认为承诺不实，暂缓制证",
		"“{item}”（{number}）准予后核查认为承诺不实，拟撤销准予决定，证照暂缓制作。事实和理由见事先告知书，您可以在期限内陈述、申辩。"},
	"case.released": {"恢复制证", "“{item}”（{number}）经审查恢复制证。"},
	"case.grant_rescinded": {"准予决定已撤销",
		"“{item}”（{number}）的准予决定已被撤销，理由、依据以及申请行政复议、提起行政诉讼的途径见决定书。"},
	"appeal.recorded": {"已登记复议或者诉讼",
		"“{item}”（{number}）已被申请行政复议或者提起行政诉讼，本机关将在法定期限内答复。进展和期限可登录查看。"},
	"appeal.answered": {"复议答复或者答辩已提交",
		"对“{item}”（{number}）的行政复议或者行政诉讼，本机关已提交答复或者答辩和证据、依据。"},
	"appeal.ended": {"复议或者诉讼有结果",
		"对“{item}”（{number}）的行政复议或者行政诉讼已有结果，结果和对本件、证照的影响可登录查看。"},
	"case.renewed_by_silence": {"视为准予延续",
		"您申请的“{item}”（{number}）在有效期届满前没有作出决定，依法视为准予延续，见视为准予延续确认书，新证正在制作。"},
	"interest.told": {"您可以陈述和申辩",
		"您申请的“{item}”（{number}）关系他人重大利益，已告知利害关系人。作出决定前，您也可以登录陈述意见。"},
	"interest.answered": {"陈述意见已答复",
		"“{item}”（{number}）的陈述、申辩意见已答复，可登录查看对您意见的答复。"},
	"disclosure.waiting": {"决定将公开",
		"您申请的“{item}”（{number}）的准予决定将依法公开。涉及商业秘密的，请登录在期限内提出异议。"},
	"hearing.offered": {"您有权要求听证",
		"您申请的“{item}”（{number}）直接涉及您与他人之间重大利益关系，您有权要求听证。请登录查看听证权利告知书和申请期限。"},
	"hearing.asked": {"将举行听证",
		"“{item}”（{number}）将举行听证，时间、地点另行通知。听证所需时间不计入办理期限。"},
	"hearing.ordered": {"将举行听证",
		"“{item}”（{number}）依法应当听证，时间、地点另行通知。听证所需时间不计入办理期限。"},
	"hearing.noticed": {"听证通知",
		"“{item}”（{number}）的听证时间、地点和主持人已确定，请登录查看听证通知书。"},
	"hearing.postponed": {"听证延期",
		"“{item}”（{number}）的听证延期举行，新的时间、地点另行通知。"},
	"hearing.challenge_decided": {"回避申请已决定",
		"“{item}”（{number}）听证主持人是否回避已作出决定，请登录查看。"},
	"hearing.recorded": {"请签阅听证笔录",
		"“{item}”（{number}）的听证笔录已制作，请登录核对，确认无误的签字，有异议的注明。"},
	"hearing.closed": {"听证结束",
		"“{item}”（{number}）的听证已结束，本机关将根据听证笔录作出决定，办理期限恢复计算。"},
	"hearing.ended": {"听证不再举行",
		"“{item}”（{number}）的听证不再举行，办理继续进行。"},
	"case.withdrawn": {"申请已撤回",
		"您申请的“{item}”（{number}）已按您的意愿撤回。"},
	"procedure.begun": {"办理期限停止计算",
		"您申请的“{item}”（{number}）依法需要进行特别程序，所需时间不计算在办理期限内，种类、依据和时间见特别程序所需时间告知书。"},
	"procedure.ended": {"办理期限恢复计算",
		"您申请的“{item}”（{number}）的特别程序已经结束，办理期限恢复计算，结论和新的截止日期见特别程序结束通知书。"},
	"visit.planned": {"将进行现场核查",
		"您申请的“{item}”（{number}）将进行现场核查，时间、地点和核查人员见现场核查通知书，请届时到场配合。核查时间计入办理期限。"},
	"visit.rescheduled": {"现场核查改期",
		"您申请的“{item}”（{number}）的现场核查时间或者地点有变动，以新的现场核查通知书为准。"},
	"visit.cancelled": {"现场核查取消",
		"您申请的“{item}”（{number}）的现场核查已经取消，不必等候。"},
	"visit.passed": {"现场核查通过",
		"您申请的“{item}”（{number}）现场核查已经完成，结果符合要求，将继续办理。"},
	"visit.rectify": {"现场核查：需要整改",
		"您申请的“{item}”（{number}）现场核查发现需要整改的事项，整改要求和期限见现场核查记录。整改后将复查。"},
	"visit.failed": {"现场核查未通过",
		"您申请的“{item}”（{number}）现场核查结果不符合要求，情况见现场核查记录。您可以陈述、申辩。"},
	"case.committed": {"告知承诺书已签署",
		"您为“{item}”（{number}）签署的告知承诺书已收到。材料齐全的当场决定，决定前可以撤回承诺。"},
	"case.commitment_taken_back": {"已撤回承诺",
		"“{item}”（{number}）改按一般程序办理。承诺所代替的材料需要提交，请登录查看。"},
	"case.tolerated": {"已容缺受理，请按期补齐",
		"您申请的“{item}”（{number}）已容缺受理，还有材料需要补齐，材料和期限见容缺受理通知书。补齐前不能作出准予决定。"},
	"case.owing_complete": {"后补材料已收到",
		"“{item}”（{number}）后补的材料已收齐，继续办理。"},
	"case.owing_ended": {"逾期未补齐，已终止办理",
		"“{item}”（{number}）承诺后补的材料逾期没有补齐，已终止办理，救济途径见终止办理通知书。材料齐全后可以重新申请。"},
	"case.registration_taken": {"登记材料已接收审查",
		"您申请的“{item}”（{number}）材料齐全，正在审查登记：当场登记，不能当场登记的自收到之日起3个工作日内登记。"},
	"case.papers_returned": {"登记材料已退还，请补正后重新提交",
		"您申请的“{item}”（{number}）材料不齐全或者不符合法定形式，需要补正的内容已一次性告知。重新提交时，填过的内容会自动带入。"},
}
