package text

import "onewindow/internal/web/ui"

// clocks are the limits of a case.
var clocks = table{
	"accept": "受理期限", "supplement": "补正期限", "statutory": "法定办结期限", "promised": "承诺办结期限", "step": "本环节期限", "deliver": "送达期限",
}

// clockHappenings are what happens to the clock of a case.
var clockHappenings = table{
	"case.clock_moved": "因工作日历变更，重新计算期限", "case.extension_asked": "申请延长办理期限", "case.extended": "批准延长办理期限",
	"case.extension_declined": "不同意延长办理期限", "case.late_explained": "公开超过承诺时限的理由",
	"case.warned": "承诺期限将满，预警", "case.promise_late": "超过承诺期限", "case.overdue": "超过法定期限未作决定",
	"case.delivery_late": "超过十个工作日未送达", "case.supplement_further": "就新情况再次告知补正",
}

var clockTones = map[string]ui.Tone{
	"case.clock_moved": ui.Info, "case.extended": ui.Warn, "case.extension_declined": ui.Bad, "case.late_explained": ui.Warn,
	"case.warned": ui.Warn, "case.promise_late": ui.Warn, "case.overdue": ui.Bad, "case.delivery_late": ui.Bad, "case.supplement_further": ui.Warn,
}

// faultKinds are what a fault record is about.
var faultKinds = table{
	"deemed": "逾期未告知，视为受理", "supplement_again": "再次要求补正", "warned": "承诺期限将满", "promise_late": "超过承诺期限",
	"overdue": "超过法定期限未作决定", "delivery_late": "逾期未送达", "assigned_late": "逾期未指派检验、检测、检疫人员",
	"appeal_answer_late": "逾期未提交复议答复或者答辩", "appeal_order_late": "逾期未履行复议决定或者判决", "renewal_lapsed": "延续申请届满未决，视为准予", "not_accepted": "对符合条件的申请不予受理", "not_public": "不公示应当公示的内容",
	"not_told": "未履行法定告知义务", "not_at_once": "不一次告知应当补正的内容", "disclosed": "违法披露申请人的商业秘密",
	"forced": "以转让技术作为许可条件", "no_reasons": "未说明不受理或者不予许可的理由", "no_hearing": "应当听证而不听证",
	"wrong_grant": "对不符合条件的准予或者超越职权", "wrong_refusal": "对符合条件的不予许可", "not_competitive": "应当招标、拍卖、考试而未依法进行",
	"wrong_fee": "擅自收费或者不按标准收费",
}

var faultStatuses = table{"open": "待答复", "replied": "待认定", "found": "待整改", "closed": "已办结"}

var colours = table{"notice": "预警", "yellow": "黄牌", "red": "红牌"}

var verdicts = table{"upheld": "认定存在过错", "dismissed": "不认定"}

var faultTones = map[string]ui.Tone{"open": ui.Warn, "replied": ui.Info, "found": ui.Bad, "closed": ui.OK}

var colourTones = map[string]ui.Tone{"notice": ui.Info, "yellow": ui.Warn, "red": ui.Bad}
