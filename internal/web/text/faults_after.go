package text

// faultsAfter are the faults of what comes after a decision: licences that
// change, go on or end, the link to the regulator, complaints, appeals, archives.
var faultsAfter = table{
	"licence.ended":            "这份证照现在是「{status|licence}」，不能再这样办理",
	"licence.ending":           "没有这种结束证照效力的方式",
	"licence.continued":        "这份证照已视为准予延续，正在换发新证，不必再次申请",
	"licence.no_end":           "这份证照没有规定有效期限，不需要延续",
	"licence.expired":          "这份证照的有效期已于 {day} 届满，请重新申请",
	"licence.renew_early":      "还没有到可以申请延续的时间，自 {day} 起可以申请",
	"licence.renew_late":       "申请延续的最后日期是 {day}，逾期依规定不再受理，请在届满后重新申请",
	"licence.purpose":          "请选择变更、延续或者补证换证",
	"licence.application_open": "这份证照已有一件申请正在办理，办件编号 {number}，办结后再申请",
	"change.nothing":           "申请表与原证照的内容相同，没有需要变更的事项",
	"submit.barred":            "因提供虚假材料、隐瞒情况或者以不正当手段取得许可，{day}以前不得再次申请这项许可",

	"lapse.only_renewal": "只有延续申请逾期未作决定的视为准予延续，其他申请不因逾期而准予",
	"lapse.not_ended":    "证照的有效期 {day} 届满，届满前不能视为准予延续",
	"lapse.late":         "延续申请没有在 {day} 以前提出，不适用视为准予延续",

	"deliver.consent":       "请确认同意电子送达，或者到窗口领取",
	"deliver.not_posted":    "没有正在邮寄的文书",
	"deliver.under_way":     "文书正在邮寄或者公告，请先登记结果",
	"deliver.on":            "签收日期应在交邮之日至今天之间",
	"deliver.not_announced": "没有正在进行的公告",
	"deliver.announcing":    "公告至 {day} 期满，期满后才视为送达",
	"terminate.no_rule":     "这个事项没有可以因逾期未补正而终止办理的规定，不能终止",
	"terminate.early":       "补正期限 {day} 还没有过，不能终止",

	"aftercare.missing":      "没有找到这件程序。可能不归您查看",
	"aftercare.ground":       "请选择法律规定的情形",
	"aftercare.standing":     "这份证照现在是「{status|licence}」，不符合这种情形",
	"aftercare.renewal_open": "这份证照的延续申请 {number} 还没有办结，不能以届满未延续为由注销",
	"aftercare.open_already": "这份证照已有一件程序正在进行，办结后再提起",
	"aftercare.not_open":     "这件程序现在是「{status|proceeding}」，不能再这样办理",
	"aftercare.stale":        "这件程序刚刚有了变化，请刷新后核对再办",
	"aftercare.stated":       "已经提出过陈述和申辩",
	"aftercare.late":         "提出陈述和申辩的期限 {day} 已过",
	"aftercare.same_person":  "提起的人不能作出决定，请由其他有权限的人员决定",
	"aftercare.heard_first":  "应当先听取被许可人的陈述和申辩，{day} 以前未收到的，次日起可以决定",
	"aftercare.outcome":      "请选择处理结果；因公共利益不予撤销只适用于撤销",
	"aftercare.no_licence":   "这件推送没有证照，请在制证后的推送中登记",
	"aftercare.day":          "请填写处罚决定的日期，不能晚于今天",

	"archive.missing": "没有找到这份归档信息包。可能不归您查看",
	"archive.altered": "归档信息包与登记的摘要不一致，可能已被改动，不能下载",

	"push.missing":           "没有找到这件推送。可能不归您查看",
	"push.stale":             "这件推送刚刚有了变化，请刷新后再办",
	"push.acknowledged":      "这件推送已经签收",
	"push.first_acknowledge": "请先签收，再反馈检查情况",
	"push.reported":          "检查情况已经反馈",
	"push.result":            "请选择检查结果",
}
