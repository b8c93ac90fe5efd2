package document

import (
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/org"
)

// Facts are everything a document may state. Each kind uses some of them and
// refuses to be issued while one that the law asks for is lacking. A person is
// known here by name alone: there is no place for identity numbers, private
// telephones or addresses, and identity numbers inside free text are masked
// when the document is issued. Days that are not set are nil.
type Facts struct {
	Applicant Applicant `json:"applicant"`
	// Agent (代理人) is the name of who applied for the applicant.
	Agent  string `json:"agent,omitempty"`
	Matter Matter `json:"matter"`

	CaseNumber string `json:"case_number,omitempty"`
	// CheckCode (查询码) is asked for together with the case number; QueryURL is
	// where, in ASCII, and becomes the square code.
	CheckCode string `json:"check_code,omitempty"`
	QueryURL  string `json:"query_url,omitempty"`
	// Contact is the officer or window to ask; Phone and Supervision are the
	// office's telephones for questions and complaints.
	Contact     string `json:"contact,omitempty"`
	Phone       string `json:"phone,omitempty"`
	Supervision string `json:"supervision,omitempty"`

	ReceivedAt time.Time     `json:"received_at,omitzero"`
	AcceptedOn *calendar.Day `json:"accepted_on,omitempty"`
	// Statutory and Promised are the due days. Where the limit changed, they
	// are the new ones.
	Statutory *Due       `json:"statutory,omitempty"`
	Promised  *Due       `json:"promised,omitempty"`
	Materials []Material `json:"materials,omitempty"`

	// Supplements are what is to be supplied (补正, 容缺), How and Until when in
	// which way, Consequence what follows otherwise.
	Supplements []Supplement  `json:"supplements,omitempty"`
	How         string        `json:"how,omitempty"`
	Until       *calendar.Day `json:"until,omitempty"`
	Consequence string        `json:"consequence,omitempty"`
	Corrections []Change      `json:"corrections,omitempty"` // 当场更正

	// Reasons are the facts and reasons, Basis the citations in full, such as
	// "《中华人民共和国食品安全法》第三十五条第一款".
	Reasons   []string `json:"reasons,omitempty"`
	Basis     []string `json:"basis,omitempty"`
	Competent string   `json:"competent,omitempty"` // 应向其申请的行政机关
	// FalseMaterials says that acceptance is refused for false statements
	// (行政许可法第七十八条) and not for want of competence.
	FalseMaterials bool     `json:"false_materials,omitempty"`
	Remedies       Remedies `json:"remedies,omitzero"`
	// ServedOnline says that the document is served over the internet.
	ServedOnline bool `json:"served_online,omitempty"`

	Outcome  Outcome `json:"outcome,omitempty"`
	Decision string  `json:"decision,omitempty"` // 决定内容
	// DecidedOn dates a decision; every other document, and a decision without it,
	// bears the day of issue.
	DecidedOn  *calendar.Day `json:"decided_on,omitempty"`
	Licence    Licence       `json:"licence,omitzero"`
	Conditions []string      `json:"conditions,omitempty"`
	Changes    []Change      `json:"changes,omitempty"` // 变更前后
	// Approver is the office of who approved, such as "本机关负责人".
	Approver string `json:"approver,omitempty"`

	Procedure *Procedure `json:"procedure,omitempty"`
	Visit     *Visit     `json:"visit,omitempty"`
	Hearing   *Hearing   `json:"hearing,omitempty"`
	Meeting   *Meeting   `json:"meeting,omitempty"`
	Recusal   *Recusal   `json:"recusal,omitempty"`
	// Addressee (利害关系人) is who LHGZ, TZGZ, TZTZ, ZXGZ and HBJD are written to instead of the
	// applicant, who then does not see them.
	Addressee  string      `json:"addressee,omitempty"`
	Commitment *Commitment `json:"commitment,omitempty"`

	// MustRescind says 应当撤销 (行政许可法第六十九条第二款); otherwise 可以撤销.
	MustRescind  bool   `json:"must_rescind,omitempty"`
	Compensation string `json:"compensation,omitempty"` // 赔偿、补偿
	Ground       string `json:"ground,omitempty"`       // 注销情形、终止原因
	Announcement string `json:"announcement,omitempty"` // 公告方式
	// Withdrawn says that the applicant ended the case.
	Withdrawn bool `json:"withdrawn,omitempty"`

	Delivery *Delivery `json:"delivery,omitempty"`
	Rating   *Rating   `json:"rating,omitempty"`
	Alert    *Alert    `json:"alert,omitempty"`
	Liaison  *Liaison  `json:"liaison,omitempty"`
}

// Recusal is the answer to a challenge of an officer (回避申请), and whether it is
// the second one (复核).
type Recusal struct {
	Officer string       `json:"officer"`
	Ground  string       `json:"ground"`
	On      calendar.Day `json:"on"` // asked
	Granted bool         `json:"granted,omitempty"`
	Again   bool         `json:"again,omitempty"`
}

// Applicant (申请人) by name. Company chooses the form of address.
type Applicant struct {
	Name    string `json:"name"`
	Company bool   `json:"company,omitempty"`
}

// Matter (事项) by name and code. Kind is the code of the kind of matter (事项类型);
// 01 and the empty text are 行政许可.
type Matter struct {
	Name string `json:"name"`
	Code string `json:"code"`
	Kind string `json:"kind,omitempty"`
}

// licensing says whether the Licensing Act itself governs the matter.
func (m Matter) licensing() bool { return m.Kind == "" || m.Kind == "01" }

// Due is a due day together with the limit it comes from.
type Due struct {
	Day   calendar.Day   `json:"day"`
	Limit deadline.Limit `json:"limit,omitzero"`
	// Provisional says that the year's holidays are not announced yet.
	Provisional bool `json:"provisional,omitempty"`
}

// Material is one line of a list of what was handed in.
type Material struct {
	Name   string `json:"name"`
	Form   string `json:"form,omitempty"` // 原件 复印件 电子件
	Copies int    `json:"copies"`
}

// Supplement is one thing to be supplied: what is wrong with it, what would be
// right, and which rule says so. For 容缺 the Standard is its form.
type Supplement struct {
	Name     string `json:"name"`
	Problem  string `json:"problem"`
	Standard string `json:"standard"`
	Basis    string `json:"basis"`
}

// Change is one place before and after.
type Change struct {
	Where  string `json:"where"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Remedies (救济途径) are where and how long a person may turn against the
// document. ReviewDays are natural days, SuitMonths months.
type Remedies struct {
	Review     string `json:"review"`
	ReviewDays int    `json:"review_days"`
	Court      string `json:"court"`
	SuitMonths int    `json:"suit_months"`
	// SuitLaw cites the law that gives a time other than six months
	// (行政诉讼法第四十六条第一款).
	SuitLaw string `json:"suit_law,omitempty"`
	// Online is the channel for applying for review over the internet
	// (行政复议法第二十二条第二款).
	Online string `json:"online,omitempty"`
}

// RemediesOf are a body's remedies with the ordinary times.
func RemediesOf(b org.Body) Remedies {
	return Remedies{Review: b.Remedies.Review, ReviewDays: org.ReviewDays,
		Court: b.Remedies.Court, SuitMonths: org.SuitMonths, Online: b.Remedies.Online}
}

// Outcome is what a document with several possible results decides.
type Outcome string

// The outcomes; the empty one is Granted.
const (
	Granted  Outcome = "granted"  // 准予
	Refused  Outcome = "refused"  // 不予
	Returned Outcome = "returned" // 退还材料、一次性告知补正 (registration)
)

// Licence (证件) that a decision grants, renews or ends.
type Licence struct {
	Name   string `json:"name,omitempty"`
	Number string `json:"number,omitempty"`
	// IssueBy is the last day for issuing the certificate, where it gets its
	// number only then (行政许可法第四十四条).
	IssueBy *calendar.Day `json:"issue_by,omitempty"`
	// None says that no certificate is issued (行政许可法第三十九条第一款).
	None      bool          `json:"none,omitempty"`
	ValidFrom *calendar.Day `json:"valid_from,omitempty"`
	ValidTo   *calendar.Day `json:"valid_to,omitempty"`
	LongTerm  bool          `json:"long_term,omitempty"` // 长期有效
	Prints    []Line        `json:"prints,omitempty"`    // 照面信息
}

// Line is a label with its value.
type Line struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// dated says whether the validity is stated.
func (l Licence) dated() bool { return l.LongTerm || l.ValidTo != nil }

// Procedure (特别程序) takes time that does not count.
type Procedure struct {
	Name string `json:"name"` // 听证 招标 拍卖 检验 检测 检疫 鉴定 专家评审
	Law  string `json:"law"`
	// Needs is the time needed in words: "15个工作日".
	Needs      string        `json:"needs"`
	From       *calendar.Day `json:"from,omitempty"`
	To         *calendar.Day `json:"to,omitempty"`
	Conclusion string        `json:"conclusion,omitempty"`
}

// Visit (现场核查). Notice announces it; otherwise it is the record.
type Visit struct {
	Notice   bool      `json:"notice,omitempty"`
	Officers []Officer `json:"officers"`
	At       time.Time `json:"at"`
	Place    string    `json:"place"`
	Findings string    `json:"findings,omitempty"`
	Photos   []string  `json:"photos,omitempty"` // names of the attached photographs
}

// Officer is a member of staff with the number of the enforcement certificate.
type Officer struct {
	Name   string `json:"name"`
	Number string `json:"number"`
}

// Hearing (听证).
type Hearing struct {
	Public     bool      `json:"public,omitempty"` // announced to the public (行政许可法第四十六条)
	Department string    `json:"department,omitempty"`
	At         time.Time `json:"at,omitzero"`
	Place      string    `json:"place,omitempty"`
	Host       string    `json:"host,omitempty"`
	Examiners  []string  `json:"examiners,omitempty"`
	Attendees  []string  `json:"attendees,omitempty"`
	// Private is why the hearing is not held in public; empty when it is.
	Private string `json:"private,omitempty"`
	// Evidence is what the examiners put forward, Defence what the others did.
	Evidence []Statement `json:"evidence,omitempty"`
	Defence  []Statement `json:"defence,omitempty"`
}

// Meeting (联审会议) of the bodies that handle a case together.
type Meeting struct {
	On        *calendar.Day `json:"on"`
	Place     string        `json:"place"`
	Chair     string        `json:"chair"`
	Attendees []Voice       `json:"attendees"`
	Text      string        `json:"text"`
	Outcome   string        `json:"outcome"` // in words
}

// Voice is what a body said at a meeting, and by whom.
type Voice struct {
	Body    string `json:"body"`
	Person  string `json:"person"`
	Stance  string `json:"stance"` // in words
	Opinion string `json:"opinion,omitempty"`
}

// Statement is what somebody said.
type Statement struct {
	Who  string `json:"who"`
	Text string `json:"text"`
}

// Commitment (告知承诺).
type Commitment struct {
	Conditions   []string `json:"conditions"`
	Materials    []string `json:"materials"`
	Consequences []string `json:"consequences"`
	Promises     []string `json:"promises"`
	// Public says whether the commitment is published; nil: not said.
	Public *bool `json:"public"`
	Signed bool  `json:"signed,omitempty"` // signed electronically
	// SignedBy, SignedAt and SM3 are the signature that the platform recorded:
	// by whom, when, over the digest of which text; OnPaper leaves it to be
	// signed by hand.
	SignedBy string    `json:"signed_by,omitempty"`
	SignedAt time.Time `json:"signed_at,omitzero"`
	SM3      string    `json:"sm3,omitempty"`
	OnPaper  bool      `json:"on_paper,omitempty"`
}

// Delivery (送达) of documents.
type Delivery struct {
	Documents []Served `json:"documents"`
	Recipient string   `json:"recipient"`
	Method    string   `json:"method"` // 直接送达 邮寄送达 电子送达 留置送达 公告送达
	// OnPaper leaves the lines for signatures open, to be signed by hand.
	OnPaper    bool      `json:"on_paper,omitempty"`
	ReceivedBy string    `json:"received_by,omitempty"`
	ReceivedAt time.Time `json:"received_at,omitzero"`
	Witness    string    `json:"witness,omitempty"`
	Server     string    `json:"server,omitempty"` // 送达人
	Proof      string    `json:"proof,omitempty"`  // 回执、邮件号、系统记录
}

// Served is a document that was served.
type Served struct {
	Name   string `json:"name"`
	Number string `json:"number"`
}

// Rating (差评) and how it was looked into.
type Rating struct {
	Number    string `json:"number"`
	Verifier  string `json:"verifier"`
	Confirmed *bool  `json:"confirmed"` // 情况是否属实; nil: not said
	Account   string `json:"account,omitempty"`
	Measures  string `json:"measures"`
	Answer    string `json:"answer"` // 回访结果
}

// Alert (电子监察预警).
type Alert struct {
	Number  string        `json:"number"`
	Rule    string        `json:"rule"`
	Unit    string        `json:"unit"`
	Person  string        `json:"person,omitempty"`
	Type    string        `json:"type"` // 预警 黄牌 红牌
	Finding string        `json:"finding,omitempty"`
	ReplyBy *calendar.Day `json:"reply_by"`
}

// Liaison (审管衔接) hands a decided case to who supervises from now on.
type Liaison struct {
	Commitment *bool         `json:"commitment"` // 是否告知承诺; nil: not said
	CheckBy    *calendar.Day `json:"check_by"`
	Receiver   string        `json:"receiver"`
}

// you is how the applicant is addressed.
func (f *Facts) you() string {
	if f.Applicant.Company {
		return "你单位"
	}
	return "你"
}

func (f *Facts) refused() bool { return f.Outcome == Refused }

// given says whether a text is more than white space.
func given(texts ...string) bool {
	for _, t := range texts {
		if strings.TrimSpace(t) == "" {
			return false
		}
	}
	return true
}

// all says whether the list has members and each is right.
func all[T any](list []T, right func(T) bool) bool {
	for _, v := range list {
		if !right(v) {
			return false
		}
	}
	return len(list) > 0
}

func texts(list []string) bool { return all(list, func(s string) bool { return given(s) }) }
