package text

import "onewindow/internal/web/ui"

// Kinds of slugs of complaints.
const (
	Complaint     Kind = "complaint"      // complaint.Status
	ComplaintKind Kind = "complaint_kind" // complaint.Kind
	Escalated     Kind = "escalated"      // complaint.Complaint.EscalatedWhy
	AppealKind    Kind = "appeal"         // complaint.Appeal.Kind
	AppealOf      Kind = "appeal_of"      // complaint.Appeal.Against
	AppealBy      Kind = "appeal_by"      // complaint.Appeal.By
	AppealResult  Kind = "appeal_result"  // complaint.Appeal.Result; "" while it is pending
)

func init() {
	labels[Complaint] = table{"filed": "待受理", "accepted": "已受理，处理中", "answered": "已答复"}
	labels[ComplaintKind] = table{"late": "超期未办", "rejected": "符合条件不受理", "twice": "多次要求补正或者要求清单以外的材料", "fee": "乱收费",
		"attitude": "服务态度", "other": "其他"}
	labels[Escalated] = table{"late_acceptance": "逾期未受理", "late_answer": "逾期未答复", "unsatisfied": "投诉人不满意答复"}
	labels[AppealKind] = table{"review": "行政复议", "suit": "行政诉讼"}
	labels[AppealOf] = table{"decision": "对作出的决定不服", "silence": "在法定期限内不予答复"}
	labels[AppealBy] = table{"applicant": "申请人", "interested": "利害关系人"}
	labels[AppealResult] = table{"": "审理中", "upheld": "维持", "dismissed": "驳回请求", "annulled": "撤销", "changed": "变更", "unlawful": "确认违法",
		"ordered": "责令（判令）履行", "withdrawn": "撤回申请或者撤诉"}
	tones[AppealResult] = map[string]ui.Tone{"": ui.Warn, "upheld": ui.OK, "dismissed": ui.OK, "annulled": ui.Bad, "changed": ui.Bad, "unlawful": ui.Bad,
		"ordered": ui.Bad, "withdrawn": ui.Neutral}
	tones[Complaint] = map[string]ui.Tone{"filed": ui.Warn, "accepted": ui.Info, "answered": ui.OK}
}
