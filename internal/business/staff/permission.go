package staff

// Permission is one thing that may be done. Its Chinese label stands in
// web/text.
type Permission string

// The permissions.
const (
	CaseRead        Permission = "case.read"         // 查看办件
	CaseSubmit      Permission = "case.submit"       // 提交申请
	CaseSupplement  Permission = "case.supplement"   // 补正
	CaseWithdraw    Permission = "case.withdraw"     // 撤回申请
	CaseRate        Permission = "case.rate"         // 评价
	CaseReceive     Permission = "case.receive"      // 收件
	CaseAccept      Permission = "case.accept"       // 受理: all five outcomes of 行政许可法第三十二条
	CaseExamine     Permission = "case.examine"      // 承办、审查
	CaseSuspend     Permission = "case.suspend"      // 特别程序停钟
	CaseReview      Permission = "case.review"       // 审核
	CaseDecide      Permission = "case.decide"       // 批准
	CaseExtend      Permission = "case.extend"       // 批准延长期限
	CaseExtendJoint Permission = "case.extend_joint" // 批准联合办理的延长（本级人民政府负责人）
	CaseRectify     Permission = "case.rectify"      // 更正收件、受理时间
	CaseIssue       Permission = "case.issue"        // 制证
	CaseDeliver     Permission = "case.deliver"      // 送达、发证
	CaseHear        Permission = "case.hear"         // 陈述、要求听证、签阅笔录
	HearingHost     Permission = "hearing.host"      // 主持听证

	ChallengeDecide Permission = "challenge.decide" // 决定回避申请
	ChallengeGovern Permission = "challenge.govern" // 决定机关负责人的回避（本级人民政府负责人）

	LicenceRead    Permission = "licence.read"    // 查看证照
	LicenceAnswer  Permission = "licence.answer"  // 陈述申辩、申请注销
	LicenceProceed Permission = "licence.proceed" // 提起撤销、撤回、注销
	LicenceEnd     Permission = "licence.end"     // 决定撤销、撤回、注销
	RegulatorAct   Permission = "regulator.act"   // 监管部门签收推送、反馈结果、登记吊销

	ComplaintFile   Permission = "complaint.file"   // 投诉
	ComplaintHandle Permission = "complaint.handle" // 受理、答复投诉
	AppealRecord    Permission = "appeal.record"    // 登记复议、诉讼及结果

	ArchiveRead Permission = "archive.read" // 下载归档信息包

	CatalogReadDraft Permission = "catalog.read_draft" // 查看未发布清单
	CatalogEdit      Permission = "catalog.edit"       // 编制实施清单
	CatalogPublish   Permission = "catalog.publish"    // 发布实施清单
	CalendarEdit     Permission = "calendar.edit"      // 维护工作日历
	LimitConfirm     Permission = "limit.confirm"      // 确认期限单位

	PersonFind   Permission = "person.find"   // 按证件号、信用代码查找申请人
	PersonUnmask Permission = "person.unmask" // 查看完整个人信息

	StaffManage Permission = "staff.manage" // 开立、停用账号、签发接口令牌
	StaffGrant  Permission = "staff.grant"  // 授予角色、解锁、重置口令

	AuditRead       Permission = "audit.read"       // 查看审计记录
	SupervisionRead Permission = "supervision.read" // 查看监督数据
	RatingHandle    Permission = "rating.handle"    // 核实、回复差评
	FaultRead       Permission = "fault.read"       // 查看责任追究线索
	FaultReply      Permission = "fault.reply"      // 代表责任单位答复线索
	FaultHandle     Permission = "fault.handle"     // 登记、认定、办结线索

	CommitmentVerify Permission = "commitment.verify" // 告知承诺事后核查
	CreditRepair     Permission = "credit.repair"     // 信用修复
	PrivacyManage    Permission = "privacy.manage"    // 个人信息告知和影响评估
	DelegationManage Permission = "delegation.manage" // 委托、划转登记
)

// Permissions is every permission.
func Permissions() []Permission {
	return []Permission{
		CaseRead, CaseSubmit, CaseSupplement, CaseWithdraw, CaseRate, CaseReceive, CaseAccept, CaseExamine, CaseSuspend,
		CaseReview, CaseDecide, CaseExtend, CaseExtendJoint, CaseRectify, CaseIssue, CaseDeliver, CaseHear, HearingHost, ChallengeDecide, ChallengeGovern, LicenceRead,
		LicenceAnswer, LicenceProceed, LicenceEnd, RegulatorAct, ComplaintFile, ComplaintHandle, AppealRecord, ArchiveRead,
		CatalogReadDraft, CatalogEdit, CatalogPublish, CalendarEdit, LimitConfirm,
		PersonFind, PersonUnmask, StaffManage, StaffGrant, AuditRead, SupervisionRead, RatingHandle,
		FaultRead, FaultReply, FaultHandle,
		CommitmentVerify, CreditRepair, PrivacyManage, DelegationManage,
	}
}
