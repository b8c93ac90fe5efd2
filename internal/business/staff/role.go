package staff

import (
	"slices"

	"onewindow/internal/kit/fault"
)

// Role (角色) is what a posting makes of an officer. Its Chinese label stands
// in web/text.
type Role string

// The roles.
const (
	Clerk          Role = "clerk"           // 窗口受理
	Handler        Role = "handler"         // 承办
	Reviewer       Role = "reviewer"        // 审核
	Decider        Role = "decider"         // 批准
	Issuer         Role = "issuer"          // 制证
	Deliverer      Role = "deliverer"       // 送达发证
	CatalogEditor  Role = "catalog_editor"  // 部门清单编制
	CatalogAdmin   Role = "catalog_admin"   // 清单审核发布（行政审批局）
	Legal          Role = "legal"           // 法制审核（法制机构）
	HallManager    Role = "hall_manager"    // 大厅管理（政务服务办）
	Supervisor     Role = "supervisor"      // 督查
	Regulator      Role = "regulator"       // 监管部门
	TownshipClerk  Role = "township_clerk"  // 乡镇街道
	SystemAdmin    Role = "sysadmin"        // 系统管理员
	SecurityAdmin  Role = "secadmin"        // 安全管理员
	AuditAdmin     Role = "auditor"         // 审计管理员
	GovernmentHead Role = "government_head" // 本级人民政府负责人: approves extensions of joint handling (行政许可法第四十二条第二款)
	Host           Role = "hearing_host"    // 听证主持: somebody who neither examines nor decides
	ApplicantRole  Role = "applicant"       // 申请人: every applicant's account, never posted
)

// reach says which cases a role sees.
type reach int

const (
	noCases   reach = 0
	bodyCases reach = 1 << iota // of the officer's body
	hallCases                   // taken in at the officer's hall
	allCases
)

// duty is what one role brings.
type duty struct {
	reach reach
	may   []Permission
}

// duties is the whole table of roles: what each may do, and on which cases.
var duties = map[Role]duty{
	Clerk: {hallCases, []Permission{CaseRead, CaseReceive, CaseAccept, CaseSupplement, CaseWithdraw,
		PersonFind, PersonUnmask, LicenceRead}},
	Handler:  {bodyCases, []Permission{CaseRead, CaseExamine, CaseSuspend, PersonUnmask, LicenceRead, LicenceProceed, ArchiveRead, CommitmentVerify}},
	Reviewer: {bodyCases, []Permission{CaseRead, CaseReview, PersonUnmask, LicenceRead, ArchiveRead}},
	Decider: {bodyCases, []Permission{CaseRead, CaseDecide, CaseExtend, ChallengeDecide, CaseRectify, PersonUnmask, LicenceRead, LicenceEnd, AppealRecord, ArchiveRead, CreditRepair,
		FaultRead, FaultReply}},
	Issuer:        {bodyCases, []Permission{CaseRead, CaseIssue, LicenceRead}},
	Deliverer:     {hallCases, []Permission{CaseRead, CaseDeliver, PersonFind, LicenceRead}},
	CatalogEditor: {noCases, []Permission{CatalogReadDraft, CatalogEdit}},
	CatalogAdmin: {noCases, []Permission{CatalogReadDraft, CatalogEdit, CatalogPublish, CalendarEdit,
		PrivacyManage, DelegationManage}},
	Legal:       {noCases, []Permission{LimitConfirm}},
	HallManager: {hallCases, []Permission{CaseRead, SupervisionRead, RatingHandle, ComplaintHandle, FaultRead, FaultReply}},
	Supervisor:  {allCases, []Permission{CaseRead, LicenceRead, SupervisionRead, RatingHandle, ComplaintHandle, ArchiveRead, FaultRead, FaultHandle}},
	Regulator:   {bodyCases, []Permission{CaseRead, LicenceRead, RegulatorAct, CommitmentVerify}},
	TownshipClerk: {hallCases | bodyCases, []Permission{CaseRead, CaseReceive, CaseAccept, CaseSupplement, CaseWithdraw,
		CaseExamine, CaseDeliver, PersonFind, PersonUnmask, LicenceRead}},
	Host:           {bodyCases, []Permission{CaseRead, HearingHost}},
	GovernmentHead: {bodyCases, []Permission{CaseRead, CaseExtendJoint, ChallengeGovern}},
	SystemAdmin:    {noCases, []Permission{StaffManage, CalendarEdit}},
	SecurityAdmin:  {noCases, []Permission{StaffGrant}},
	AuditAdmin:     {noCases, []Permission{AuditRead}},
	ApplicantRole:  {noCases, []Permission{CaseRead, CaseSubmit, CaseSupplement, CaseWithdraw, CaseHear, CaseRate, LicenceRead, LicenceAnswer, ComplaintFile}},
}

// Roles is every role an officer can be posted with.
func Roles() []Role {
	return []Role{Clerk, Handler, Reviewer, Decider, Issuer, Deliverer, CatalogEditor, CatalogAdmin, Legal, HallManager,
		Supervisor, Regulator, TownshipClerk, Host, GovernmentHead, SystemAdmin, SecurityAdmin, AuditAdmin}
}

// Permits says whether the role brings the permission.
func (r Role) Permits(p Permission) bool { return slices.Contains(duties[r].may, p) }

// ofThree says whether the role is one of the 三员.
func (r Role) ofThree() bool { return r == SystemAdmin || r == SecurityAdmin || r == AuditAdmin }

// checkRoles refuses roles that one account must not hold together: an
// head of the government holds none beside it, because the law has somebody outside
// the bodies approve what they ask for; an administrator of the 三员 holds no other role at all, so that nobody both
// runs the platform and works on it (GB/T 22239-2019 三级, 系统管理、审计管理、
// 安全管理).
func checkRoles(roles []Role) error {
	kinds := slices.Clone(roles)
	slices.Sort(kinds)
	kinds = slices.Compact(kinds)
	for _, r := range kinds {
		if !slices.Contains(Roles(), r) {
			return fault.Invalid("staff.role", fault.At("role", "staff.role"))
		}
		if r.ofThree() && len(kinds) > 1 {
			return fault.Refused("staff.three_officers", "GB/T 22239-2019 第三级 安全管理中心")
		}
		if r == GovernmentHead && len(kinds) > 1 {
			return fault.Refused("staff.government_apart", "行政许可法第四十二条第二款")
		}
	}
	return nil
}
