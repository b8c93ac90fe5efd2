package text

import "onewindow/internal/web/ui"

// The kinds of slugs of special procedures and site visits.
const (
	ProcedureState Kind = "state"      // procedure.State
	Organiser      Kind = "organiser"  // procedure.Organiser
	Conclusion     Kind = "conclusion" // procedure.Conclusion
)

// procedureHappenings are what procedures leave in the history of a case.
var procedureHappenings = table{
	"procedure.begun": "特别程序开始，停止计时", "procedure.ended": "特别程序结束，恢复计时", "procedure.started": "特别程序开始",
	"procedure.finished": "特别程序结束", "visit.planned": "安排现场核查", "visit.rescheduled": "现场核查改期", "visit.cancelled": "取消现场核查",
	"visit.passed": "现场核查通过", "visit.rectify": "现场核查：需要整改", "visit.failed": "现场核查未通过",
}

var procedureStates = table{"open": "进行中", "signing": "待签字", "ready": "有结果，待结束", "done": "已结束", "cancelled": "已取消"}

var organisers = table{"bureau": "审批机关组织", "joint": "与监管部门联合核查"}

var conclusions = table{"passed": "符合要求", "rectify": "需要整改后复查", "failed": "不符合要求"}

// procedureAudits are the acts on procedures that the audit trail names.
var procedureAudits = table{
	"procedure.end": "结束特别程序", "procedure.cancel": "取消特别程序或现场核查", "procedure.record": "记录程序结果", "procedure.sign": "签字",
	"procedure.reopen": "退回修改记录", "procedure.panel": "确定专家组", "procedure.add_file": "上传程序文件", "procedure.drop_file": "删除程序文件",
	"visit.reschedule": "现场核查改期", "quota.set": "维护数量限制",
}

// neverStopping are what takes time and stops no clock.
var neverStopping = table{"site_visit": "现场核查", "examination": "考试、考核", "consultation": "征求意见", "publicity": "公示", "fee": "缴费", "meeting": "会商"}

var procedureTones = map[string]ui.Tone{
	"procedure.begun": ui.Warn, "procedure.ended": ui.OK, "visit.planned": ui.Info, "visit.passed": ui.OK, "visit.rectify": ui.Warn,
	"visit.failed": ui.Bad,
}

var procedureStateTones = map[string]ui.Tone{"open": ui.Info, "signing": ui.Warn, "ready": ui.Warn, "done": ui.OK, "cancelled": ui.Neutral}

var conclusionTones = map[string]ui.Tone{"passed": ui.OK, "rectify": ui.Warn, "failed": ui.Bad}
