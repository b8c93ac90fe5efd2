package text

// faultsFlow are the faults of process definitions and of moving along them.
var faultsFlow = table{
	"flow.not_open":           "环节「{step}」不在办理中",
	"flow.same_person":        "「{step}」与「{other}」须由不同的人办理",
	"flow.outcome_unknown":    "环节「{step}」没有这种结果",
	"flow.no_return":          "环节「{step}」不能退回到「{to}」",
	"flow.return_reason":      "请写明退回的理由",
	"flow.return_reason_long": "退回理由最多 {max} 个字，现在是 {length} 个字",

	"flow.json":             "流程定义不是有效的 JSON",
	"flow.definition":       "流程定义有误，请按提示更正",
	"flow.empty":            "流程中没有环节",
	"flow.name":             "名称应为 1 至 30 个字",
	"flow.key_form":         "标识「{key}」应以小写字母开头，由小写字母、数字、下划线组成",
	"flow.key_twice":        "标识「{key}」重复",
	"flow.role_missing":     "环节「{step}」没有指定角色",
	"flow.act_unknown":      "没有「{act}」这种环节",
	"flow.days":             "环节「{step}」的天数应为 0 至 366",
	"flow.outcome_missing":  "环节「{step}」没有结果",
	"flow.outcome_demanded": "环节「{step}」缺少结果「{outcome|outcome}」",
	"flow.must_end":         "结果「{outcome}」之后应当结束",
	"flow.next_unknown":     "没有下一环节「{next}」",
	"flow.next_back":        "下一环节「{next}」不能在本环节之前",
	"flow.refuse_issues":    "结果「{outcome}」之后不能制证",
	"flow.step_unknown":     "没有环节「{key}」",
	"flow.step_later":       "环节「{key}」应在本环节之前",
	"flow.unreachable":      "环节「{step}」走不到",
}
