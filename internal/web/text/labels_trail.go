package text

import (
	"slices"
	"strings"
)

// Subject is what an entry of the audit trail is about: audit.Entry.SubjectKind.
const Subject Kind = "subject"

// trailAudits are the acts that the audit trail names, beside those that are
// also told in the history of a case.
var trailAudits = table{
	"aftercare.opened": "启动证照程序", "aftercare.stated": "提交陈述申辩", "aftercare.decided": "决定证照程序", "aftercare.answered": "答复陈述申辩", "aftercare.applied": "公示期满申请注销", "aftercare.notice_over": "简易注销公示期满",
	"audit.export": "导出审计记录",
	"archive.make": "生成归档信息包", "archive.download": "下载归档信息包",
	"complaint.filed": "投诉", "complaint.accepted": "受理投诉", "complaint.answered": "答复投诉", "complaint.escalated": "投诉逾期转督查",
	"document.issue": "出具文书", "document.render": "生成文书文件", "document.unprintable": "文书有不能显示的字",
	"licence.issue": "制发证照", "licence.render": "生成证照文件", "licence.unprintable": "证照有不能显示的字", "licence.continue": "视为准予延续",
	"licence.download": "下载证照", "licence.export": "导出证照核验包",
	"rating.rate": "评价", "rating.read_bad": "查看差评", "regulator.acknowledged": "监管部门签收", "regulator.reported": "监管部门反馈",
}

var subjects = table{
	"privacy_notice": "个人信息处理告知",
	"account":        "账号", "audit": "审计记录", "appeal": "复议、诉讼", "assessment": "影响评估", "calendar": "工作日历", "case": "办件", "catalog": "清单",
	"complaint": "投诉", "credit": "信用记录", "decision_notice": "决定公开", "delegation": "委托、划转", "document": "文书", "draft": "草稿",
	"fault": "责任追究线索", "file": "文件", "hearing": "听证", "implementation": "实施清单", "item": "事项", "licence": "证照", "org": "机构",
	"party": "申请人", "procedure": "程序、核查", "proceeding": "证照程序", "push": "审管联动", "quota": "数量限制", "rating": "评价", "verification": "承诺核查",
}

// ActsNamed are the acts whose name has the words in it, or whose slug begins with
// them; nil where there is none.
func ActsNamed(words string) (out []string) {
	words = strings.TrimSpace(words)
	if words == "" {
		return nil
	}
	for _, t := range []table{labels[Audit], labels[Happening]} {
		for act, name := range t {
			if (strings.Contains(name, words) || strings.HasPrefix(act, words)) && !slices.Contains(out, act) {
				out = append(out, act)
			}
		}
	}
	slices.Sort(out)
	return out
}

// Acted is what an act of the audit trail is called: by its own name, or as the
// history of a case tells it.
func Acted(act string) string {
	if words, ok := labels[Audit][act]; ok {
		return words
	}
	return Label(Happening, act)
}
