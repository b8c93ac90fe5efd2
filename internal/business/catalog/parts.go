package catalog

import (
	"slices"

	"onewindow/internal/business/form"
)

// Basis is 设定依据.
type Basis struct {
	Law     string `json:"law"`               // 食品安全法
	Version string `json:"version,omitempty"` // day of the text that was read, YYYY-MM-DD
	Article string `json:"article"`           // 第三十五条
	Summary string `json:"summary,omitempty"` // what the article says, in our words
	// Effective is the day from which that text applies, "" when not known.
	Effective string `json:"effective,omitempty"`
}

// Condition is 受理条件, one sentence.
type Condition struct {
	Text string `json:"text"`
	Law  string `json:"law,omitempty"`
}

// Quantity is 数量限制.
type Quantity struct {
	Limited bool   `json:"limited,omitempty"`
	Text    string `json:"text"`
	Law     string `json:"law,omitempty"`
}

// Need is 材料必要性.
type Need string

// Whether a material must be there.
const (
	Required   Need = "required"   // 必要
	Optional   Need = "optional"   // 非必要: only in the situation that When names
	Deferrable Need = "deferrable" // 容缺后补
)

// Name is the Chinese name.
func (n Need) Name() string {
	return map[Need]string{Required: "必要", Optional: "非必要", Deferrable: "容缺后补"}[n]
}

// Origin is 材料来源渠道.
type Origin string

// Where a material comes from.
const (
	FromApplicant  Origin = "applicant"  // 申请人自备
	FromGovernment Origin = "government" // 政府部门核发
	FromAgency     Origin = "agency"     // 中介机构或者法定机构出具
)

// Name is the Chinese name.
func (o Origin) Name() string {
	return map[Origin]string{FromApplicant: "申请人自备", FromGovernment: "政府部门核发", FromAgency: "中介机构或者法定机构出具"}[o]
}

// Medium is 材料形式.
type Medium string

// The forms of a material.
const (
	Original   Medium = "original"   // 原件
	Copy       Medium = "copy"       // 复印件
	Electronic Medium = "electronic" // 电子
)

// Name is the Chinese name.
func (m Medium) Name() string {
	return map[Medium]string{Original: "原件", Copy: "复印件", Electronic: "电子件"}[m]
}

// Material is 申请材料.
type Material struct {
	// No is three digits; the material code is the implementation code
	// followed by it.
	No     string   `json:"no"`
	Name   string   `json:"name"`
	Need   Need     `json:"need"`
	Origin Origin   `json:"origin"`
	Media  []Medium `json:"media"`
	Copies int      `json:"copies"` // 份数 on paper; 0 when only electronic
	// When names the situation of an optional material in words, and If the
	// same as a condition over the form, so that the applicant is asked for it
	// only then.
	When string         `json:"when,omitempty"`
	If   form.Condition `json:"if,omitempty"`
	// Issuer is who issues it; Shared says that the platform fetches it, so
	// that the applicant need not hand it in (国务院令第716号第七条).
	Issuer   string `json:"issuer,omitempty"`
	Shared   bool   `json:"shared,omitempty"`
	Standard string `json:"standard"`         // 受理标准
	Filling  string `json:"filling"`          // 填报须知
	Law      string `json:"law"`              // 材料依据
	Wrong    string `json:"wrong,omitempty"`  // 常见错误
	Sample   string `json:"sample,omitempty"` // 示例: what a right one says
	// Accept lists the file types, such as pdf, jpg; "form" means that the
	// platform makes the document from the filled form.
	Accept []string      `json:"accept"`
	Points []ReviewPoint `json:"points"`
}

// Wanted says whether the material belongs to an application with this form.
func (m Material) Wanted(v form.Values) bool {
	return m.Need != Optional || len(m.If) > 0 && m.If.Holds(v)
}

// AskedOf says whether the applicant has to hand the material in: it is wanted
// and the platform cannot fetch it.
func (m Material) AskedOf(v form.Values) bool { return m.Wanted(v) && !m.Shared }

// ReviewPoint is 审查要点: what is looked at in a material, and how.
type ReviewPoint struct {
	Requirement string `json:"requirement"` // 材料要求
	Examined    string `json:"examined"`    // 审查要素
	// Substance says 实质审查; otherwise the examination is 形式审查.
	Substance bool `json:"substance,omitempty"`
}

// How is the Chinese name of the way of examination.
func (p ReviewPoint) How() string {
	if p.Substance {
		return "实质审查"
	}
	return "形式审查"
}

// SpecialProcedure is 特别程序.
type SpecialProcedure struct {
	Kind string `json:"kind"` // hearing, tender, auction, inspection, testing, quarantine, appraisal, expert, statute
	Name string `json:"name"`
	// StopsClock says that its time is not counted (行政许可法第四十五条, or the
	// law that Law names).
	StopsClock bool   `json:"stops_clock"`
	Mandatory  bool   `json:"mandatory,omitempty"`
	Days       int    `json:"days,omitempty"` // working days; 0 when no length is laid down
	Law        string `json:"law"`
	Note       string `json:"note,omitempty"`
}

// stopping are the kinds that article 45 lets stop the clock.
var stopping = []string{"hearing", "tender", "auction", "inspection", "testing", "quarantine", "appraisal", "expert", "statute"}

func (s SpecialProcedure) known() bool { return slices.Contains(stopping, s.Kind) }

// SiteVisit is 现场核查; it does not stop the clock.
type SiteVisit struct {
	Always   bool   `json:"always,omitempty"` // otherwise when needed
	Officers int    `json:"officers"`         // at least two (行政许可法第三十四条)
	Text     string `json:"text"`
	Law      string `json:"law,omitempty"`
}

// Fee is 收费; nothing is charged unless a law or administrative regulation
// says so (行政许可法第五十八条).
type Fee struct {
	Charged  bool   `json:"charged,omitempty"`
	Name     string `json:"name,omitempty"`
	Standard string `json:"standard,omitempty"`
	Law      string `json:"law,omitempty"`
	Reduced  string `json:"reduced,omitempty"` // 减免
}

// Result is 审批结果.
type Result struct {
	Name  string `json:"name"`  // 食品经营许可证
	Form  string `json:"form"`  // licence 证照, approval 批文, other
	Scope string `json:"scope"` // where it is valid
	// TypeCode is the licence type (证照类型代码, 21 characters) of the
	// electronic licence identifier; "" for an approval.
	TypeCode string `json:"type_code,omitempty"`
	// Months is the term of validity; 0 means that none is laid down.
	Months   int    `json:"months,omitempty"`
	Validity string `json:"validity,omitempty"` // what the law says of it
	Renewal  string `json:"renewal,omitempty"`  // 延续
	// RenewedBy is the rule of renewal where another law than the licensing law
	// lays it down; see RenewalRule.
	RenewedBy *Renewal      `json:"renewed_by,omitempty"`
	Prints    []ResultField `json:"prints,omitempty"`
}

// FormName is the Chinese name of the form of the result.
func (r Result) FormName() string {
	return map[string]string{"licence": "证照", "approval": "批文", "other": "其他"}[r.Form]
}

// ResultField is one line on the result.
type ResultField struct {
	Label   string `json:"label"`
	Element string `json:"element"` // the form element it is taken from
}

// Window is where one applies in person, as org knew it when the version was made.
type Window struct {
	ID      string `json:"id"`
	HallID  string `json:"hall_id"`
	Hall    string `json:"hall"`
	Name    string `json:"name"`
	Address string `json:"address,omitempty"`
	Hours   string `json:"hours,omitempty"`
}

// Phones are 咨询 and 监督投诉.
type Phones struct {
	Consult  string `json:"consult"`
	Complain string `json:"complain"`
}

// Question is 常见问题.
type Question struct {
	Q string `json:"q"`
	A string `json:"a"`
}

// Stopping says whether a special procedure of the kind may stop the clock by
// 行政许可法第四十五条 or by a law of the matter's own (kind statute).
func Stopping(kind string) bool { return slices.Contains(stopping, kind) }
