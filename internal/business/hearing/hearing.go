// Package hearing is 听证 (行政许可法第四十六条至第四十八条). A hearing is held on request
// (依申请), where a decision directly touches great interests between the applicant
// and others, or on the body's own motion (依职权), where a law wants it or the
// public is concerned; then it is announced to everybody.
//
// From the offer to the end the decision waits; from the request or the order on
// the clock stands, for no longer than the notice named (第四十五条). Somebody who
// neither examines nor decides presides. What is decided afterwards rests on the
// record and cites its number. The days are rules of their own in days.go.
package hearing

import (
	"slices"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/party"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// The articles.
const (
	lawStop      = "行政许可法第四十五条"
	lawMotion    = "行政许可法第四十六条"
	lawRequest   = "行政许可法第四十七条第一款"
	lawNotice    = "行政许可法第四十八条第一款第（一）项"
	lawPreside   = "行政许可法第四十八条第一款第（三）项"
	lawEvidence  = "行政许可法第四十八条第一款第（四）项"
	lawRecord    = "行政许可法第四十八条第一款第（五）项"
	lawByRecord  = "行政许可法第四十八条第二款"
	lawHearOwner = "行政许可法第四十七条"
)

// Kind says on whose wish a hearing is held.
type Kind string

// The kinds.
const (
	OnRequest Kind = "request" // 依申请听证
	OnMotion  Kind = "motion"  // 依职权听证
)

// Status is how far a hearing has come.
type Status string

// The statuses in their order.
const (
	Offered  Status = "offered"  // 已告知权利，待申请
	Asked    Status = "asked"    // 决定举行，待通知
	Noticed  Status = "noticed"  // 已通知，待举行
	Recorded Status = "recorded" // 已举行，笔录待签
	Closed   Status = "closed"   // 听证结束
	Ended    Status = "ended"    // 未举行而终结
)

// Statuses lists every status.
func Statuses() []Status { return []Status{Offered, Asked, Noticed, Recorded, Closed, Ended} }

// Over says that nothing more happens in the hearing.
func (s Status) Over() bool { return s == Closed || s == Ended }

// Hearing is one hearing of one case.
type Hearing struct {
	ID, CaseID string
	Version    int
	Kind       Kind
	Status     Status
	Until      calendar.Day // last day for asking; zero for one on motion
	HeldAt     time.Time    // when it is held, zero while not fixed
	Announced  bool         // to the public
	ItemName   string
	Applicant  string
	CreatedAt  time.Time
	Data
}

// Data is what only the hearing's own pages ask for.
type Data struct {
	People     []Person     `json:"people"`
	Company    bool         `json:"company,omitempty"`  // the applicant is an organisation
	AskedOn    calendar.Day `json:"asked_on,omitempty"` // the first request, or the order
	HoldBy     calendar.Day `json:"hold_by,omitempty"`  // last day for holding one on request
	Days       int          `json:"days,omitempty"`     // working days that the notice of the stopped clock names
	Place      string       `json:"place,omitempty"`
	ChairID    string       `json:"chair_id,omitempty"`
	Chair      string       `json:"chair,omitempty"`
	Writer     string       `json:"writer,omitempty"` // 记录人
	Closed     bool         `json:"closed,omitempty"` // not public: 国家秘密、商业秘密、个人隐私
	ClosedWhy  string       `json:"closed_why,omitempty"`
	Late       string       `json:"late,omitempty"` // why it is held after the twentieth day
	Moves      []Move       `json:"moves,omitempty"`
	Challenges []Challenge  `json:"challenges,omitempty"`
	NoticeID   string       `json:"notice_id,omitempty"` // TZTZ, the newest
	RecordID   string       `json:"record_id,omitempty"` // TZBL
	Ending     string       `json:"ending,omitempty"`    // why it ended without having been held
}

// Person is one to whom the right to be heard belongs: the applicant, or an
// interested party.
type Person struct {
	ID      string        `json:"id"`
	Role    interest.Role `json:"role"`
	Name    string        `json:"name"`
	ToldOn  calendar.Day  `json:"told_on"`
	Until   calendar.Day  `json:"until,omitempty"`
	AskedOn calendar.Day  `json:"asked_on,omitempty"`
	Waived  calendar.Day  `json:"waived,omitempty"`
	Absent  bool          `json:"absent,omitempty"`
	Sign    *Sign         `json:"sign,omitempty"`
	// LetterID is the letter that told them.
	LetterID string `json:"letter_id,omitempty"`
}

// Sign is what somebody did with the record that was laid before them.
type Sign struct {
	How  SignKind  `json:"how"`
	Note string    `json:"note,omitempty"` // the objection, or why it was refused
	At   time.Time `json:"at"`
	By   string    `json:"by"` // who entered it
}

// SignKind says what became of the record.
type SignKind string

// The ways.
const (
	Signed   SignKind = "signed"   // 确认无误并签字
	Objected SignKind = "objected" // 签字并注明异议
	Refused  SignKind = "refused"  // 拒绝签字，由主持人注明
)

// Challenge is a request that who presides be replaced.
type Challenge struct {
	PersonID string       `json:"person_id"`
	Name     string       `json:"name"`
	Chair    string       `json:"chair"` // against whom
	Reason   string       `json:"reason"`
	On       calendar.Day `json:"on"`
	Decided  bool         `json:"decided,omitempty"`
	Granted  bool         `json:"granted,omitempty"`
	Answer   string       `json:"answer,omitempty"`
	By       string       `json:"by,omitempty"`
}

// Move is a postponement.
type Move struct {
	From   time.Time    `json:"from"`
	Why    MoveKind     `json:"why"`
	Reason string       `json:"reason"`
	On     calendar.Day `json:"on"`
}

// MoveKind says on whose side the ground of a postponement lies.
type MoveKind string

// The grounds.
const (
	MoveAsked MoveKind = "asked" // 申请人、利害关系人有正当理由申请延期
	MoveChair MoveKind = "chair" // 主持人回避
	MoveForce MoveKind = "force" // 不可抗力
	MoveOwn   MoveKind = "own"   // 本机关原因
)

// MoveKinds lists them.
func MoveKinds() []MoveKind { return []MoveKind{MoveAsked, MoveChair, MoveForce, MoveOwn} }

// PublicApplicant is the applicant as the public reads the name.
func (h *Hearing) PublicApplicant() string {
	if h.Company {
		return h.Applicant
	}
	return party.MaskName(h.Applicant)
}

// Person finds one of the people.
func (h *Hearing) Person(personID string) *Person {
	i := slices.IndexFunc(h.People, func(p Person) bool { return p.ID == personID })
	if i < 0 {
		return nil
	}
	return &h.People[i]
}

// ApplicantPerson is the applicant's place.
func (h *Hearing) ApplicantPerson() *Person {
	i := slices.IndexFunc(h.People, func(p Person) bool { return p.Role == interest.Applicant })
	if i < 0 {
		return nil
	}
	return &h.People[i]
}

// Challenged says that a request to replace who presides is undecided.
func (h *Hearing) Challenged() bool {
	return slices.ContainsFunc(h.Challenges, func(c Challenge) bool { return !c.Decided })
}

// hold is what makes the decision wait; once the record is closed it demands
// that the decision cite it.
func (h *Hearing) hold(record string) casework.Hold {
	out := casework.Hold{ID: holdID(h.ID), Kind: "hearing", Law: lawByRecord, Code: "hearing.open", Blocks: []flow.Act{flow.Decide}}
	switch h.Status {
	case Offered:
		out.Code, out.Law, out.Until = "hearing.offer_open", lawRequest, h.Until
	case Closed:
		out.Code, out.Blocks, out.Cite = "hearing.record_uncited", nil, record
	}
	return out
}

func holdID(hearingID string) string { return "hearing:" + hearingID }

// Service holds hearings.
type Service struct {
	db       *db.DB
	cases    *casework.Service
	interest *interest.Service
}

// New makes the service.
func New(d *db.DB, cases *casework.Service, parties *interest.Service) *Service {
	return &Service{d, cases, parties}
}

// notAt says that the hearing is not where the act can be done.
func (h *Hearing) notAt() error { return fault.Conflict("hearing.not_at", "status", string(h.Status)) }
