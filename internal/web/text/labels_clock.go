package text

import "onewindow/internal/web/ui"

// clocks are the limits of a case.
var clocks = table{
	"accept": "受理期限", "supplement": "补正期限", "statutory": "法定办结期限", "promised": "承诺办结期限", "deliver": "送达期限",
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
