package text

// faultsClock are the faults about the time that a case may take.
var faultsClock = table{
	"extend.not_joint":    "不是联合办理的事项，延长由本机关负责人批准",
	"extend.asked":        "已有一份延长申请正在等待批准",
	"extend.not_asked":    "没有等待批准的延长申请，可能已经有了结果",
	"extend.same_person":  "申请延长的人不能自己批准",
	"extend.government":   "请写明批准的政府负责人的职务和姓名，最多 60 个字",
	"extend.number":       "请写明批准文件的文号，最多 60 个字",
	"extend.approved_on":  "批准日期应当在提出延长申请之日和今天之间",
	"fault.kind":          "请选择线索的类型",
	"fault.missing":       "没有这条线索，或者不在您的范围内",
	"fault.no_case":       "没有这个编号的办件，请核对",
	"fault.status":        "这条线索现在是「{status|fault_status}」，不能这样办理",
	"fault.stale":         "这条线索刚刚有了变化，现在是「{status|fault_status}」，请核对后再办",
	"fault.unheard":       "责任单位还可以在{by}前答复；没有听取答复之前不作认定",
	"fault.verdict":       "请选择是否认定",
	"supplement.old_fact": "「{name}」不是申请人补正时新提交的，不能再要求补正",
	"late.in_time":        "承诺期限到{due}，还没有超过，不需要公开理由",
	"late.explained":      "超过承诺期限的理由已经公开",
	"late.unexplained":    "已超过承诺期限（{due}），请填写超过承诺期限的理由，将在进度查询页向社会公开",
}
