package text

import (
	"maps"

	"github.com/a-h/templ"

	"onewindow/internal/web/ui"
)

// Kind says of what sort a slug is.
type Kind string

// The kinds of slugs that have labels.
const (
	Status      Kind = "status"       // casework.Status
	Draft       Kind = "draft"        // casework.DraftStatus
	Channel     Kind = "channel"      // casework.Channel
	Way         Kind = "way"          // casework.Way
	Happening   Kind = "happening"    // what happened to a case: casework.Happening.Kind
	Version     Kind = "version"      // catalog.Status
	Ground      Kind = "ground"       // catalog.Ground
	Part        Kind = "part"         // catalog.Part
	Remedy      Kind = "remedy"       // org.Remedies.Lacks
	Special     Kind = "special"      // catalog.SpecialProcedure.Kind, also why a clock stands still
	Act         Kind = "act"          // flow.Act
	Outcome     Kind = "outcome"      // keys of outcomes of the standard flow
	Stance      Kind = "stance"       // of a body that gives its opinion
	Rule        Kind = "rule"         // flow.Rule
	FactType    Kind = "fact_type"    // flow.FactType
	Permission  Kind = "permission"   // staff.Permission
	Role        Kind = "role"         // staff.Role
	ActorKind   Kind = "actor"        // staff.Kind
	Audit       Kind = "audit"        // acts of the audit trail
	Body        Kind = "body"         // org.Kind
	WindowKind  Kind = "window"       // org.WindowKind
	PartyKind   Kind = "party"        // party.Kind
	Relation    Kind = "relation"     // party.Relation
	IDType      Kind = "id_type"      // party id types
	Unit        Kind = "unit"         // deadline.Unit
	Start       Kind = "start"        // deadline.Start
	Reason      Kind = "reason"       // why a day counts or not: deadline.Counted.Why
	DayKind     Kind = "day"          // calendar.Kind
	Clock       Kind = "clock"        // casework.Clock…
	FaultKind   Kind = "fault_kind"   // supervision.Kind
	FaultStatus Kind = "fault_status" // supervision.Status
	Colour      Kind = "colour"       // supervision.Colour
	Verdict     Kind = "verdict"      // supervision.Verdict
	Confidence  Kind = "confidence"   // of a source: high, medium, low
	Bool        Kind = "bool"         // "true", "false"

	LicenceStatus Kind = "licence"   // licence.Status
	LicenceCheck  Kind = "check"     // licence.CheckCode
	Checked       Kind = "checked"   // licence.Outcome
	FileSignature Kind = "signature" // licence.FileSignature

	Purpose    Kind = "purpose"    // casework.Purpose
	Proceeding Kind = "proceeding" // aftercare.Status
	Procedure  Kind = "procedure"  // aftercare.Kind
	Ending     Kind = "ending"     // aftercare.Outcome
	Told       Kind = "told"       // aftercare.Via
	Speaking   Kind = "speaking"   // aftercare.Standing
	Claim      Kind = "claim"      // aftercare.Claim
	Pushed     Kind = "pushed"     // aftercare.Push.Reason
	Checkup    Kind = "checkup"    // aftercare.Result
	Attempt    Kind = "attempt"    // casework.Attempt.Status
)

var labels = map[Kind]table{
	Status: {
		"received": "待受理", "supplement": "待补正", "handling": "办理中", "granted": "准予许可", "refused": "不予许可",
		"concluded": "已办结", "not_required": "不需要许可", "not_competent": "不予受理", "withdrawn": "已撤回",
		"terminated": "终止办理", "returned": "材料已退还",
	},
	Clock: clocks,

	FaultKind: faultKinds, FaultStatus: faultStatuses, Colour: colours, Verdict: verdicts,
	Draft:   {"open": "草稿", "submitted": "已提交", "discarded": "已作废"},
	Channel: {"online": "网上申请", "window": "窗口收件", "api": "部门系统"},
	Way:     {"online": "网上下载", "window": "窗口领取", "post": "邮寄送达", "leave": "留置送达", "announce": "公告送达"},
	Happening: join(clockHappenings, procedureHappenings, hearingHappenings, promiseHappenings, table{
		"case.submitted": "提交申请", "case.supplement_notified": "一次告知补正", "case.supplemented": "提交补正",
		"case.accepted": "受理", "case.deemed_accepted": "逾期未告知，视为受理", "case.not_required": "告知不需要许可",
		"case.not_competent": "不予受理", "case.corrected": "当场更正", "case.advanced": "办理环节完成", "case.returned": "退回上一环节",
		"case.reported_up": "下级初审并上报", "case.opined": "提出意见", "case.met": "联审会议", "case.handed_over": "移交办理", "case.consulted": "征求意见",
		"case.granted": "作出准予决定", "case.refused": "作出不予许可决定", "case.decided": "作出决定", "case.issued": "制证",
		"case.delivered": "送达", "case.rectified": "更正收件、受理时间", "case.withdrawn": "撤回申请",
		"case.renewed_by_silence": "逾期未决定，视为准予延续",
		"case.dispatched":         "交邮", "case.post_returned": "邮件退回", "case.announced": "公告送达", "case.terminated": "终止办理", "case.reopened": "原决定被撤销，重新办理",
		"case.held_back": "承诺不实，暂缓制证", "case.released": "恢复制证", "case.grant_rescinded": "撤销准予决定",
		"appeal.recorded": "被申请复议或者被起诉", "appeal.answered": "提交复议答复或者答辩", "appeal.ended": "复议或者诉讼有结果",
	}),
	ProcedureState: procedureStates, Organiser: organisers, Conclusion: conclusions,
	Heard: heards, HearingStatus: hearingStatuses, RecusalGround: recusalGrounds, Via: vias, MoveWhy: moves, SignKind: signs, Challenges: challenges, HearingPeriod: hearingPeriods,
	Disclosed: disclosedStatuses, Hidden: hiddenParts, Decided: decideds, Standing: standings, SecretGround: secretGrounds,
	Version: {"draft": "草稿", "published": "现行有效", "scheduled": "待生效", "retired": "已停用"},
	Ground: {
		"first": "首次公布", "law": "法律、法规、规章立改废释", "functions": "部门职能调整", "delegated": "简政放权、下放赋权",
		"reform": "压缩时限、精简材料等优化", "corrected": "更正错漏", "unit": "法制机构确认期限单位",
	},
	Remedy: {"review": "行政复议机关", "court": "管辖法院", "online": "线上复议渠道"},
	Part: {
		"item": "基本信息", "basis": "设定依据", "conditions": "办理条件", "quantity": "数量限制", "procedure": "办理流程",
		"limits": "办理期限", "materials": "申请材料", "form": "申请表", "example": "示范文本", "fee": "收费", "result": "审批结果",
		"window": "办理窗口", "phones": "咨询投诉电话", "remedies": "救济途径", "online": "网上办理", "questions": "常见问题",
	},
	Special: join(neverStopping, table{
		"hearing": "听证", "tender": "招标", "auction": "拍卖", "inspection": "检验", "testing": "检测", "quarantine": "检疫",
		"appraisal": "鉴定", "expert": "专家评审", "statute": "法律、法规规定的其他程序", "supplement": "补正",
	}),
	Act:      {"accept": "受理", "examine": "审查", "review": "审核", "opine": "征求意见", "meet": "联审会议", "decide": "决定", "issue": "制证", "deliver": "送达"},
	Stance:   {"support": "同意", "oppose": "不同意"},
	Rule:     {"all": "意见到齐后汇合，有一方不同意的结果为不同意", "any_refusal": "一方不同意立即汇合，结果为不同意", "lead": "意见到齐后汇合，由牵头分支决定结果"},
	FactType: {"number": "数字", "bool": "是否", "list": "多选", "text": "文字"},
	Outcome:  outcomes,
	Permission: {
		"case.read": "查看办件", "case.submit": "提交申请", "case.supplement": "补正", "case.withdraw": "撤回申请", "case.rate": "评价",
		"case.receive": "窗口收件", "case.accept": "受理", "case.examine": "审查", "case.suspend": "特别程序停止计时", "case.review": "审核",
		"case.decide": "决定", "case.extend": "批准延长期限", "case.rectify": "更正收件、受理时间", "case.issue": "制证", "case.deliver": "送达、发证",
		"case.hear": "陈述、要求听证、签阅笔录", "hearing.host": "主持听证", "challenge.decide": "决定回避申请", "challenge.govern": "决定机关负责人的回避",
		"case.extend_joint": "以本级政府负责人身份批准延长", "licence.read": "查看证照",
		"licence.answer": "陈述申辩、申请注销", "licence.proceed": "提起撤销、撤回、注销",
		"licence.end": "决定撤销、撤回、注销", "regulator.act": "监管签收、反馈、登记吊销", "complaint.file": "投诉", "complaint.handle": "受理、答复投诉",
		"appeal.record": "登记复议、诉讼", "archive.read": "下载归档信息包",
		"catalog.read_draft": "查看未发布的清单", "catalog.edit": "编制实施清单", "catalog.publish": "发布实施清单",
		"calendar.edit": "维护工作日历", "limit.confirm": "确认期限单位", "person.find": "查找申请人", "person.unmask": "查看完整个人信息",
		"staff.manage": "管理账号、签发接口令牌", "staff.grant": "授予角色、重置密码", "audit.read": "查看审计记录",
		"supervision.read": "查看监督数据", "rating.handle": "核实和回复差评", "fault.read": "查看责任追究线索", "fault.reply": "答复责任追究线索", "fault.handle": "登记、认定责任追究线索",
		"commitment.verify": "告知承诺事后核查", "credit.repair": "信用修复", "privacy.manage": "个人信息告知和影响评估",
		"delegation.manage": "登记委托和划转",
	},
	Role: {
		"clerk": "窗口受理", "handler": "承办", "reviewer": "审核", "decider": "批准", "issuer": "制证", "deliverer": "送达发证",
		"catalog_editor": "部门清单编制", "catalog_admin": "清单审核发布", "legal": "法制审核", "hall_manager": "大厅管理", "supervisor": "督查",
		"regulator": "行业监管", "government_head": "本级政府负责人", "hearing_host": "听证主持", "township_clerk": "乡镇街道经办", "sysadmin": "系统管理员", "secadmin": "安全管理员",
		"auditor": "审计管理员", "applicant": "申请人",
	},
	ActorKind: {"applicant": "申请人", "officer": "工作人员", "system": "系统"},
	Audit:     join(audits, catalogAudits, procedureAudits, trailAudits),
	Variant:   variants, Element: elements, Op: ops, Handover: handovers,
	Subject: subjects,
	Body: {
		"department": "政府工作部门", "hall_office": "政务服务管理办公室", "government_office": "政府办事机构", "government": "人民政府", "township": "乡镇、街道",
		"vertical": "垂直管理机构", "party_organ": "党委机构", "institution": "事业单位、群团组织", "enterprise": "公用企业",
	},
	WindowKind: {"comprehensive": "综合窗口", "domain": "领域窗口", "zone": "特色专区"},
	PartyKind:  {"person": "自然人", "company": "法人或其他组织"},
	Relation:   {"self": "本人", "legal": "法定代表人", "agent": "代理人"},
	IDType: {
		"111": "居民身份证", "414": "普通护照", "511": "台湾居民来往大陆通行证", "516": "港澳居民来往内地通行证",
		"553": "外国人永久居留身份证",
	},
	Unit: {"working": "个工作日", "natural": "日", "month": "个月", "year": "年"},
	Start: {
		"received": "收到申请之日", "accepted": "受理之日", "all_materials": "收到全部有效文件之日", "decided": "作出决定之日",
		"notified": "告知之日", "expiry": "有效期届满之日",
	},
	Reason: {
		"first_day": "开始当日，不计", "working": "工作日，计入", "make_up": "调休上班，计入", "assumed": "当年安排未公布，暂按工作日计入",
		"natural": "计入", "weekend": "周末，不计", "holiday": "节假日，不计", "stopped": "停止计时，不计", "rolled": "末日遇休息日，顺延",
	},
	DayKind:    {"working": "工作日", "weekend": "周末", "holiday": "节假日", "make_up": "调休上班", "assumed": "暂按工作日"},
	Confidence: {"high": "来源可靠", "medium": "来源待核", "low": "来源不足"},
	Bool:       {"true": "是", "false": "否"},
	LicenceStatus: {
		"valid": "有效", "expired": "已过期", "continued": "视为准予延续", "rescinded": "已撤销", "retracted": "已撤回", "cancelled": "已注销", "revoked": "已吊销",
		"replaced": "已换发新证",
	},
	Purpose:    {"new": "新办", "change": "变更", "renew": "延续", "replace": "补证换证"},
	Proceeding: {"noticed": "简易注销公示中", "proposed": "待决定", "notified": "已告知，听取陈述申辩", "done": "已决定", "dropped": "不作处理"},
	Procedure:  {"rescind": "撤销", "recall": "撤回", "deregister": "注销", "revoke": "吊销"},
	Ending: {"ended": "作出决定", "not_found": "情形不成立，不作处理", "public_interest": "可能对公共利益造成重大损害，不予撤销",
		"objected": "有人提出异议，简易注销终止", "lapsed": "公示期满后逾期未申请，简易注销终止", "withdrawn": "持有人撤回申请，程序终止"},
	Pushed: {"granted": "准予决定", "issued": "颁发证照", "continued": "视为准予延续", "rescinded": "撤销", "retracted": "撤回",
		"cancelled": "注销", "revoked": "吊销"},
	Told:     {"online": "网上", "code": "凭编号和查询码在网上", "hand": "当面", "post": "邮寄", "announce": "公告"},
	Speaking: {"heir": "近亲属、继承人", "administrator": "遗产管理人", "guardian": "监护人", "liquidator": "清算组、清算义务人", "successor": "合并、分立后承受权利义务的组织"},
	Claim:    {"department": "相关部门", "creditor": "债权人", "employee": "职工", "other": "其他利害关系人"},
	Checkup:  {"fine": "符合要求", "problem": "发现问题"},
	Attempt:  {"under_way": "进行中", "served": "已送达", "returned": "已退回", "superseded": "已用其他方式送达"},
	LicenceCheck: {
		"shape": "编号的校验码正确", "registered": "本平台登记有这个编号", "digest": "内容与登记时一致（SM3 摘要）",
		"signature": "电子签名验证通过（SM2）", "certificate": "签名证书属于所载的颁发机关，签发时有效", "content": "签名的内容就是这个编号的内容",
		"status": "今天有效",
	},
	Checked:      {"passed": "通过", "failed": "未通过", "not_made": "未进行"},
	Delegation:   {"entrust": "委托", "transfer": "划转"},
	Mode:         {"": "一般程序", "commitment": "告知承诺", "tolerance": "容缺受理"},
	Verifier:     {"regulator": "监管部门核查", "bureau": "审批机关核查", "jointly": "审批机关会同监管部门核查"},
	Verification: {"open": "待核查", "correcting": "整改中", "kept": "与承诺一致", "corrected": "整改后符合", "false": "承诺不实"},
	Found:        {"kept": "与承诺一致", "correct": "不一致，限期整改", "false": "承诺不实", "corrected": "整改后符合"},
	Identity:     {"online": "线上实名认证", "in_person": "到场核验", "notarised": "公证"},
	Credit:       {"false_commitment": "虚假承诺", "broken_tolerance": "容缺受理后逾期未补齐"},
	FileSignature: {
		"valid": "文件中的电子签名有效，签名后没有改动", "altered": "文件在签名之后被改动过", "foreign": "文件的电子签名不是本平台的",
		"none": "文件没有电子签名",
	},
}

// outcomes are the results of the steps of the standard flow.
var outcomes = table{
	"accepted": "受理", "not_required": "不需要许可，不受理", "not_competent": "不属于本机关职权，不予受理", "grant": "准予",
	"refuse": "不予", "support": "建议准予", "oppose": "建议不予", "issued": "已制证", "delivered": "已送达",
}

// audits are the acts that the audit trail names.
var audits = table{
	"staff.sign_in": "登录", "staff.sign_out": "退出登录", "staff.create_officer": "开立工作账号", "staff.post": "任职",
	"staff.end_posting": "终止任职", "staff.change_password": "修改密码", "staff.prove_password": "验证密码",
	"staff.reset_password": "重置密码", "staff.set_active": "启用或停用账号", "staff.unlock": "解锁账号",
	"staff.substitute": "指定代岗", "staff.end_substitution": "结束代岗", "staff.issue_token": "签发访问令牌", "staff.revoke_token": "吊销访问令牌",
	"party.create": "登记申请人", "party.ensure": "窗口登记申请人", "party.register": "注册", "party.register_company": "单位注册",
	"party.authorise": "授权代理", "party.end_mandate": "终止授权", "party.unmask": "查看完整个人信息",
	"interest.find": "按姓名查找利害关系人", "interest.unmask": "查看利害关系人联系方式",
	"party.update_contact": "修改联系方式", "party.find_by_id_number": "按证件号码查找", "party.find_by_uscc": "按统一社会信用代码查找",
	"catalog.save_item": "保存事项", "catalog.save_draft": "保存清单草稿", "catalog.publish": "发布清单", "catalog.retire": "停用清单", "catalog.transfer": "划转事项", "quota.give_back": "退回数量限制的名额", "licence.at_window": "窗口查看申请人的证照",
	"catalog.seed": "导入事项", "calendar.save_draft": "保存日历拟稿", "calendar.discard_draft": "作废日历拟稿", "calendar.publish": "发布工作日历", "fault.raise": "登记责任追究线索", "fault.replied": "答复责任追究线索", "fault.found": "认定责任追究线索", "fault.closed": "办结责任追究线索", "org.seed": "导入机构", "draft.start": "开始填写", "draft.discard": "作废草稿",
	"privacy.assess": "登记个人信息保护影响评估", "delegation.entrust": "登记委托", "delegation.transfer": "登记划转", "delegation.end": "终止委托",
	"draft.mode": "选择办理方式", "promise.sign": "签署承诺", "credit.record": "记入信用记录", "credit.repair": "信用修复",
	"commitment.verification_opened": "生成事后核查", "commitment.verified_kept": "核查与承诺一致",
	"commitment.verified_correct": "核查后限期整改", "commitment.verified_corrected": "整改后符合", "commitment.verified_false": "认定承诺不实",
	"file.attach": "上传文件", "file.detach": "删除文件",
}

// tones say how a status looks; a slug that is not here is neutral.
var tones = map[Kind]map[string]ui.Tone{
	FaultStatus: faultTones, Colour: colourTones,
	Status: {
		"received": ui.Info, "supplement": ui.Warn, "handling": ui.Info, "granted": ui.OK, "refused": ui.Bad, "concluded": ui.OK,
		"not_required": ui.Neutral, "not_competent": ui.Bad, "withdrawn": ui.Neutral, "terminated": ui.Neutral, "returned": ui.Warn,
	},
	LicenceStatus: {
		"valid": ui.OK, "expired": ui.Warn, "continued": ui.OK, "rescinded": ui.Bad, "retracted": ui.Bad, "cancelled": ui.Neutral, "revoked": ui.Bad,
		"replaced": ui.Neutral,
	},
	Verification:   {"open": ui.Info, "correcting": ui.Warn, "kept": ui.OK, "corrected": ui.OK, "false": ui.Bad},
	ProcedureState: procedureStateTones, Conclusion: conclusionTones,
	Proceeding: {"noticed": ui.Info, "proposed": ui.Warn, "notified": ui.Warn, "done": ui.Info, "dropped": ui.Neutral},
	Checkup:    {"fine": ui.OK, "problem": ui.Bad},
	Attempt:    {"under_way": ui.Info, "served": ui.OK, "returned": ui.Warn, "superseded": ui.Neutral},
	Checked:    {"passed": ui.OK, "failed": ui.Bad, "not_made": ui.Neutral},
	Version:    {"draft": ui.Neutral, "published": ui.OK, "scheduled": ui.Info, "retired": ui.Neutral},
	Happening: with(with(with(clockTones, procedureTones), promiseTones), map[string]ui.Tone{
		"case.accepted": ui.OK, "case.deemed_accepted": ui.Warn, "case.supplement_notified": ui.Warn, "case.returned": ui.Warn,
		"case.renewed_by_silence": ui.Bad, "case.refused": ui.Bad, "case.not_competent": ui.Bad, "case.granted": ui.OK, "case.delivered": ui.OK, "case.issued": ui.Info,
		"case.submitted": ui.Info, "case.advanced": ui.Info, "appeal.recorded": ui.Warn, "case.held_back": ui.Bad, "case.grant_rescinded": ui.Bad, "appeal.ended": ui.Info,
	}),
}

// with is both tables.
func with(a, b map[string]ui.Tone) map[string]ui.Tone {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// Tone is how a slug of a kind looks.
func Tone(k Kind, slug string) ui.Tone { return tones[k][slug] }

// Badge is the label of a slug as a status word.
func Badge(k Kind, slug string) templ.Component { return ui.Badge(Label(k, slug), Tone(k, slug)) }
