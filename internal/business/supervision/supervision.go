// Package supervision keeps the fault records (责任追究线索): what was noticed of
// the way in which applications are handled, by which rule it is a fault, what
// the body said to it, what the supervisors found, and how it was put right. It
// changes no case.
package supervision

import (
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// Kind says what the fault is.
type Kind string

// The kinds of faults. The first are noticed by the platform, the others are put
// on record by a supervisor.
const (
	Deemed          Kind = "deemed"             // 逾期未告知，视为受理
	SupplementAgain Kind = "supplement_again"   // 再次要求补正
	Warned          Kind = "warned"             // 承诺期限将满
	PromiseLate     Kind = "promise_late"       // 超过承诺期限
	Overdue         Kind = "overdue"            // 超过法定期限未决定
	DeliveryLate    Kind = "delivery_late"      // 逾期未送达
	AssignedLate    Kind = "assigned_late"      // 逾期未指派检验、检测、检疫人员
	AnswerLate      Kind = "appeal_answer_late" // 逾期未提交复议答复、答辩
	OrderLate       Kind = "appeal_order_late"  // 逾期未履行复议决定、判决
	RenewalLapsed   Kind = "renewal_lapsed"     // 延续申请届满未决定，视为准予

	NotAccepted    Kind = "not_accepted"    // 符合条件不受理
	NotPublic      Kind = "not_public"      // 不公示依法应当公示的材料
	NotTold        Kind = "not_told"        // 未履行法定告知义务
	NotAtOnce      Kind = "not_at_once"     // 不一次告知补正
	Disclosed      Kind = "disclosed"       // 违法披露商业秘密
	Forced         Kind = "forced"          // 以转让技术作为条件
	NoReasons      Kind = "no_reasons"      // 未说明不受理、不予许可的理由
	NoHearing      Kind = "no_hearing"      // 应当听证而不听证
	WrongGrant     Kind = "wrong_grant"     // 对不符合条件的准予，或者超越职权
	WrongRefusal   Kind = "wrong_refusal"   // 对符合条件的不予，或者不在法定期限内决定
	NotCompetitive Kind = "not_competitive" // 应当招标、拍卖、考试而未依法进行
	WrongFee       Kind = "wrong_fee"       // 擅自收费或者不按标准收费
)

// Colour is how heavy a fault is.
type Colour string

// The colours.
const (
	Notice Colour = "notice" // 预警
	Yellow Colour = "yellow" // 黄牌
	Red    Colour = "red"    // 红牌
)

// rule is what makes a kind a fault.
type rule struct {
	kind   Kind
	colour Colour
	law    string
	manual bool // put on record by people alone
}

// rules is every kind with its article and its colour: what breaks the law is
// red, what breaks the body's own promise yellow.
var rules = []rule{
	{Deemed, Red, "行政许可法第三十二条第一款第（四）项、第七十二条", false},
	{SupplementAgain, Yellow, "行政许可法第三十二条第一款第（四）项、第七十二条", false},
	{Warned, Notice, "优化营商环境条例第三十六条", false},
	{PromiseLate, Yellow, "优化营商环境条例第三十六条", false},
	{Overdue, Red, "行政许可法第四十二条、第七十四条", false},
	{DeliveryLate, Red, "行政许可法第四十四条", false},
	{AssignedLate, Red, "行政许可法第五十五条第二款", false},
	{AnswerLate, Red, "行政复议法第四十八条、行政诉讼法第六十七条第一款", false},
	{OrderLate, Red, "行政复议法第七十七条、行政诉讼法第九十六条", false},
	{RenewalLapsed, Red, "行政许可法第五十条第二款、第七十四条", false},
	{NotAccepted, Red, "行政许可法第七十二条", true},
	{NotPublic, Red, "行政许可法第七十二条", true},
	{NotTold, Red, "行政许可法第七十二条", true},
	{NotAtOnce, Red, "行政许可法第七十二条", true},
	{Disclosed, Red, "行政许可法第七十二条", true},
	{Forced, Red, "行政许可法第七十二条", true},
	{NoReasons, Red, "行政许可法第七十二条", true},
	{NoHearing, Red, "行政许可法第七十二条", true},
	{WrongGrant, Red, "行政许可法第七十四条", true},
	{WrongRefusal, Red, "行政许可法第七十四条", true},
	{NotCompetitive, Red, "行政许可法第七十四条", true},
	{WrongFee, Red, "行政许可法第七十五条", true},
}

func (k Kind) rule() (rule, bool) {
	for _, r := range rules {
		if r.kind == k {
			return r, true
		}
	}
	return rule{}, false
}

// Kinds are all kinds; manual ones are those that people put on record.
func Kinds(manual bool) (out []Kind) {
	for _, r := range rules {
		if !manual || r.manual {
			out = append(out, r.kind)
		}
	}
	return out
}

// Law is the article that makes the kind a fault.
func (k Kind) Law() string { r, _ := k.rule(); return r.law }

// Colour is how heavy the kind is.
func (k Kind) Colour() Colour { r, _ := k.rule(); return r.colour }

// Status is where a record stands.
type Status string

// The statuses of a record, in their order.
const (
	Open    Status = "open"    // 待责任单位答复
	Replied Status = "replied" // 已答复，待认定
	Found   Status = "found"   // 已认定，待整改
	Closed  Status = "closed"  // 已办结
)

// Statuses are all of them in their order.
func Statuses() []Status { return []Status{Open, Replied, Found, Closed} }

// Verdict is what the supervisors found.
type Verdict string

// The verdicts.
const (
	Upheld    Verdict = "upheld"    // 认定存在过错
	Dismissed Verdict = "dismissed" // 不认定
)

// Fault (责任追究线索) is one record.
type Fault struct {
	ID, Number string
	Version    int
	Kind       Kind
	Colour     Colour
	Status     Status
	Law        string
	What       string // what was noticed, in words
	CaseID     string
	CaseNumber string
	ItemName   string
	Step       string // at which the case was
	PersonID   string
	PersonName string // who had it in hand; "" when nobody had taken it
	RaisedAt   time.Time
	ReplyBy    calendar.Day
	Reply      string
	RepliedBy  string
	RepliedAt  time.Time
	Verdict    Verdict
	Finding    string
	Measure    string // what is to be done, when it was upheld
	FoundBy    string
	FoundAt    time.Time
	DocumentID string // 电子监察预警（督办）单
	Remedy     string // how it was put right
	ClosedBy   string
	ClosedAt   time.Time
	Subject    staff.Subject
}

// replyDays is how many working days the body has for its reply; no law sets it.
const replyDays = 5

// Service keeps the records.
type Service struct {
	db       *db.DB
	org      *org.Service
	calendar func() *calendar.Table
}

// New makes the service.
func New(d *db.DB, o *org.Service, cal func() *calendar.Table) *Service { return &Service{d, o, cal} }
