package text

// The kinds of slugs of interested parties, hearings and recusal.
const (
	Heard         Kind = "heard"          // interest.Status
	HearingStatus Kind = "hearing"        // hearing.Status
	RecusalGround Kind = "recusal"        // casework.Ground
	Via           Kind = "via"            // interest.Via
	MoveWhy       Kind = "move"           // hearing.MoveKind
	SignKind      Kind = "sign"           // hearing.SignKind
	HearingPeriod Kind = "hearing_period" // hearing.Period
	Challenges    Kind = "challenge"      // casework.ChallengeStatus
	Decided       Kind = "decided"        // disclosure.Outcome
	Standing      Kind = "standing"       // disclosure.Standing

	Disclosed    Kind = "disclosed" // disclosure.Status
	Hidden       Kind = "hidden"    // disclosure.Part
	SecretGround Kind = "secret"    // disclosure.Ground
)

var (
	heards          = table{"told": "已告知，待陈述", "stated": "已陈述，待答复", "silent": "逾期未陈述", "answered": "已答复"}
	hearingStatuses = table{"offered": "已告知听证权利", "asked": "决定举行，待通知", "noticed": "已通知，待举行",
		"recorded": "已举行，笔录待签", "closed": "听证结束", "ended": "不再举行"}
	recusalGrounds = table{"own": "涉及本人利害关系", "kin": "涉及亲属利害关系", "other": "其他可能影响公正的情形", "preside": "主持听证"}
	vias           = table{"hand": "当面", "post": "邮寄", "online": "网上"}
	moves          = table{"asked": "申请人、利害关系人有正当理由申请延期", "chair": "主持人回避", "force": "不可抗力", "own": "本机关原因"}
	hearingPeriods = table{"ask": "要求听证的期限", "hold": "组织听证的期限", "notice": "发出听证通知的期限"}
	challenges     = table{"open": "待决定", "granted": "决定回避", "refused": "决定不回避"}
	signs          = table{"signed": "确认无误并签字", "objected": "签字并注明异议", "refused": "拒绝签字"}
)

var (
	disclosedStatuses = table{"waiting": "待公开", "objected": "申请人提出异议", "published": "已公开", "withheld": "不予公开"}
	decideds          = table{"granted": "准予", "refused": "不予许可"}
	standings         = table{"": "有效", "rescinded": "已撤销", "retracted": "已撤回", "revoked": "已吊销", "deregistered": "已注销", "replaced": "已换发新证",
		"annulled": "经复议或者诉讼撤销", "changed": "经复议或者诉讼变更", "unlawful": "经复议或者诉讼确认违法"}
	hiddenParts   = table{"subject": "被许可人名称", "matter": "许可事项", "validity": "有效期", "all": "整件不公开"}
	secretGrounds = table{"trade": "商业秘密、未披露信息、保密商务信息", "privacy": "个人隐私", "state": "国家秘密"}
)

// hearingHappenings are the steps of hearing people.
var hearingHappenings = table{
	"disclosure.marked": "标记不公开的内容", "disclosure.objected": "对公开提出异议", "disclosure.published": "公开决定",
	"case.recused": "工作人员回避", "case.challenged": "收到回避申请", "case.challenge_decided": "决定是否回避", "interest.told": "告知利害关系人", "interest.served": "登记告知书送达日期",
	"interest.stated": "收到陈述、申辩", "interest.answered": "答复陈述、申辩", "interest.silent": "陈述期限届满，未收到陈述", "interest.joined": "利害关系人加入账号",
	"hearing.offered": "告知听证权利", "hearing.asked": "提出听证申请", "hearing.waived": "放弃听证",
	"hearing.ordered": "决定依职权举行听证", "hearing.noticed": "听证通知", "hearing.challenged": "申请主持人回避",
	"hearing.challenge_decided": "决定主持人是否回避", "hearing.postponed": "听证延期", "hearing.recorded": "举行听证，制作笔录",
	"hearing.signed": "签阅听证笔录", "hearing.closed": "听证结束", "hearing.ended": "听证不再举行",
}
