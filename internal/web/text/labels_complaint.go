package text

import "onewindow/internal/web/ui"

// Kinds of slugs of complaints.
const (
	Complaint     Kind = "complaint"      // complaint.Status
	ComplaintKind Kind = "complaint_kind" // complaint.Kind
	Escalated     Kind = "escalated"      // complaint.Complaint.EscalatedWhy
)

func init() {
	labels[Complaint] = table{"filed": "待受理", "accepted": "已受理，处理中", "answered": "已答复"}
	labels[ComplaintKind] = table{"late": "超期未办", "rejected": "符合条件不受理", "twice": "多次要求补正或者要求清单以外的材料", "fee": "乱收费",
		"attitude": "服务态度", "other": "其他"}
	labels[Escalated] = table{"late_acceptance": "逾期未受理", "late_answer": "逾期未答复", "unsatisfied": "投诉人不满意答复"}
	tones[Complaint] = map[string]ui.Tone{"filed": ui.Warn, "accepted": ui.Info, "answered": ui.OK}
}
