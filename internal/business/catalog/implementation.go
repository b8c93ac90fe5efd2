package catalog

import (
	"slices"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/form"
	"onewindow/internal/business/org"
)

// Implementation is 实施清单: one version of how one body implements an item.
// The fields without a JSON name belong to the row; the others are its body,
// which is immutable once the version is published.
type Implementation struct {
	ID      string `json:"-"`
	Version int    `json:"-"` // 1, 2, … within one code
	Status  Status `json:"-"`
	// Revision counts the saves of a draft; an act names the one it saw.
	Revision int `json:"-"`
	// From and To bound the days on which a published version is in force; To
	// is the first day on which it no longer is, nil while no end is set.
	From        calendar.Day  `json:"-"`
	To          *calendar.Day `json:"-"`
	PublishedAt time.Time     `json:"-"`
	Change      Change        `json:"-"`
	SavedAt     time.Time     `json:"-"`
	Handover    Handover      `json:"-"` // of a draft

	ItemCode string   `json:"item_code"`
	Name     string   `json:"name"`
	Kind     Kind     `json:"kind"`
	Level    Level    `json:"level"`
	Body     Body     `json:"body"` // 实施主体
	Power    Power    `json:"power"`
	Joint    []string `json:"joint,omitempty"` // 联办机构
	// Regulator is the department that supervises what was granted (监管部门).
	Regulator Body       `json:"regulator"`
	Audiences []Audience `json:"audiences"`
	Themes    []string   `json:"themes"`

	Basis      []Basis     `json:"basis"`
	Conditions []Condition `json:"conditions"`
	Quantity   Quantity    `json:"quantity"`
	Materials  []Material  `json:"materials"`

	Statutory *Limit              `json:"statutory,omitempty"` // 法定办结时限
	Promised  *Limit              `json:"promised,omitempty"`  // 承诺办结时限
	Extension *deadline.Extension `json:"extension,omitempty"`
	// ExtendedBy is the office that approves an extension; "" is who the law
	// names. See ExtensionAuthority.
	ExtendedBy string `json:"extended_by,omitempty"`
	Delivery   *Limit `json:"delivery,omitempty"` // 颁发、送达
	// Duty is the applicant's own limit, such as 开展业务之日起十五日内.
	Duty       string             `json:"duty,omitempty"`
	Special    []SpecialProcedure `json:"special,omitempty"`
	SiteVisit  *SiteVisit         `json:"site_visit,omitempty"`
	Commitment *Commitment        `json:"commitment,omitempty"`
	Tolerance  *Tolerance         `json:"tolerance,omitempty"`
	// Risks are those that exclude commitment (国办发〔2020〕42号).
	Risks []Risk `json:"risks,omitempty"`
	// Registration says that the matter is a registration of a market entity
	// (市场主体登记管理条例) and goes by its own rules.
	Registration bool `json:"registration,omitempty"`
	// SimpleCancel opens 简易注销 to who holds the result; nil where the law has none.
	SimpleCancel *SimpleCancel `json:"simple_cancel,omitempty"`
	// Proofs are 证明事项, Services 中介服务: what somebody else must attest or do
	// before one can apply.
	Proofs   []Proof        `json:"proofs,omitempty"`
	Services []Intermediary `json:"services,omitempty"`

	// Safety says that the matter directly concerns public safety, health, life
	// or property, so that who deceives is barred from it for one or three years
	// (行政许可法第七十八条、第七十九条).
	Safety bool `json:"safety,omitempty"`
	// SilenceEnds cites the rule by which a case may be ended whose applicant did
	// not supplement in time; empty where no rule allows it.
	SilenceEnds string `json:"silence_ends,omitempty"`

	Fee  Fee             `json:"fee"`
	Form form.Definition `json:"form"`
	// Example is 示范文本: the form, filled as it would have been on ExampleOn.
	Example   form.Values     `json:"example,omitempty"`
	ExampleOn calendar.Day    `json:"example_on"`
	Flow      flow.Definition `json:"flow"`
	Result    Result          `json:"result"`
	Variants  []Variant       `json:"variants"`

	Windows  []Window     `json:"windows"`
	Phones   Phones       `json:"phones"`
	Remedies org.Remedies `json:"remedies"`
	// Offline is the reason why the matter is not handled online; "" when it is.
	Offline   string     `json:"offline,omitempty"`
	Visits    int        `json:"visits"` // 到办事现场次数
	VisitsWhy string     `json:"visits_why,omitempty"`
	Questions []Question `json:"questions,omitempty"`
	Notes     []string   `json:"notes,omitempty"`

	// Sources says of each part where it comes from and how sure that is.
	Sources map[Part]Provenance `json:"sources"`
	// whole is the version that this one was narrowed from; see Committed.
	whole *Implementation
	// Rows are the rows of the collected public material it was made from.
	Rows []string `json:"rows,omitempty"`
}

// Status is where a version stands.
type Status string

// A version is a draft, then published for good. Retired and scheduled follow
// from its days and are not stored.
const (
	Draft     Status = "draft"
	Published Status = "published"
	Scheduled Status = "scheduled"
	Retired   Status = "retired"
)

// StatusOn is where the version stands on a day.
func (i *Implementation) StatusOn(day calendar.Day) Status {
	switch {
	case i.Status != Published:
		return i.Status
	case day < i.From:
		return Scheduled
	case i.To != nil && day >= *i.To:
		return Retired
	}
	return Published
}

// end is the stored form of To.
func (i *Implementation) end() string {
	if i.To == nil {
		return ""
	}
	return i.To.String()
}

// Serves says whether the matter is published for an audience; one that names
// none serves everybody.
func (i *Implementation) Serves(a Audience) bool {
	return len(i.Audiences) == 0 || slices.Contains(i.Audiences, a)
}

// Code is the implementation code (实施编码, 31 characters): the body's unified
// social credit code, the level, the basic code.
func (i *Implementation) Code() string { return i.Body.USCC + string(i.Level) + i.ItemCode }

// Body is an implementing body as it was named when the version was made.
type Body struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	USCC string `json:"uscc"` // 统一社会信用代码, 18 characters
}

// Power is 权力来源 and what stands in its way.
type Power struct {
	Source string `json:"source"` // code 1 法定本级行使 … 6 同级委托
	Note   string `json:"note,omitempty"`
	// Doubt says why it is not certain that this body may decide; a version
	// with a doubt is not published.
	Doubt string `json:"doubt,omitempty"`
}

var powerNames = map[string]string{"1": "法定本级行使", "2": "上级下放", "3": "上级授权", "4": "同级授权", "5": "上级委托", "6": "同级委托"}

// Name is the Chinese name of the source of the power.
func (p Power) Name() string { return powerNames[p.Source] }

// Variant is 业务办理项: one situation in which the matter is handled.
type Variant struct {
	No   string `json:"no"` // two digits; the code is the implementation's followed by it
	Name string `json:"name"`
	Kind string `json:"kind"` // new, change, renewal, reissue, cancel
	Note string `json:"note,omitempty"`
	// Without lists the materials (three digits) that this situation does not ask for.
	Without []string `json:"without,omitempty"`
	// Promised replaces the promised limit; nil keeps it.
	Promised *Limit `json:"promised,omitempty"`
}

// Part names a part of an implementation in its provenance and in a lack.
type Part string

// The parts, in the order of a guide.
const (
	PartItem       Part = "item"
	PartBasis      Part = "basis"
	PartConditions Part = "conditions"
	PartQuantity   Part = "quantity"
	PartProcedure  Part = "procedure"
	PartLimits     Part = "limits"
	PartMaterials  Part = "materials"
	PartForm       Part = "form"
	PartExample    Part = "example"
	PartFee        Part = "fee"
	PartResult     Part = "result"
	PartWindow     Part = "window"
	PartPhones     Part = "phones"
	PartRemedies   Part = "remedies"
	PartOnline     Part = "online"
	PartQuestions  Part = "questions"
)

// Provenance says where something comes from.
type Provenance struct {
	Source     string `json:"source"`
	Confidence string `json:"confidence,omitempty"` // high, medium, low
	// Sample marks what was composed for demonstration and must be replaced
	// before the platform serves the public; Why says why.
	Sample bool   `json:"sample,omitempty"`
	Why    string `json:"why,omitempty"`
}

// Change is 动态调整: the legal ground on which a version took effect.
type Change struct {
	Ground  Ground `json:"ground"`
	Note    string `json:"note,omitempty"`
	ByID    string `json:"by_id,omitempty"`
	ByName  string `json:"by_name,omitempty"`
	Replace string `json:"replace,omitempty"` // id of the version it replaced
}

// Ground is why the directory was changed.
type Ground string

// The grounds on which a matter may be changed; there is no other.
const (
	GroundFirst     Ground = "first"     // 首次公布
	GroundLaw       Ground = "law"       // 法律法规规章立改废释
	GroundFunctions Ground = "functions" // 部门职能调整
	GroundDelegated Ground = "delegated" // 简政放权、下放赋权
	GroundReform    Ground = "reform"    // 压时限、减材料等优化
	GroundCorrected Ground = "corrected" // 更正错漏
	GroundUnit      Ground = "unit"      // 法制机构确认期限单位; see ConfirmUnit
)

// Valid says whether the ground is one of those allowed.
func (g Ground) Valid() bool {
	switch g {
	case GroundFirst, GroundLaw, GroundFunctions, GroundDelegated, GroundReform, GroundCorrected, GroundUnit:
		return true
	}
	return false
}
