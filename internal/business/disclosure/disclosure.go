// Package disclosure is 行政许可决定的公开 (行政许可法第四十条、政府信息公开条例第二十条): a
// public list of what was decided, without what is nobody else's business. Persons are masked; what an
// applicant calls a business secret is looked at before anybody reads it, and
// what an officer withholds stays withheld (第五条).
//
// A decision waits a few working days, in which the applicant may object; then
// it is published by itself. The seven working days until publication are a
// practice of credit policy (双公示), no article: they are a setting.
package disclosure

import (
	"slices"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// lawSecret has secrets kept and objections allowed.
const lawSecret = "行政许可法第五条"

// Status is where a notice stands.
type Status string

// The statuses.
const (
	Waiting   Status = "waiting"   // 待公开，申请人可以提出异议
	Objected  Status = "objected"  // 申请人提出异议，待处理
	Published Status = "published" // 已公开
	Withheld  Status = "withheld"  // 不予公开
)

// Statuses lists every status.
func Statuses() []Status { return []Status{Waiting, Objected, Published, Withheld} }

// Part is something of a notice that may be withheld.
type Part string

// The parts.
const (
	PartSubject  Part = "subject"  // 申请人名称
	PartMatter   Part = "matter"   // 许可内容
	PartValidity Part = "validity" // 有效期
	PartAll      Part = "all"      // 整件
)

// Parts lists every part.
func Parts() []Part { return []Part{PartSubject, PartMatter, PartValidity, PartAll} }

// Ground is why something is withheld.
type Ground string

// The grounds; there is no other.
const (
	TradeSecret Ground = "trade"   // 商业秘密、未披露信息、保密商务信息
	Privacy     Ground = "privacy" // 个人隐私
	StateSecret Ground = "state"   // 国家秘密
)

// Grounds lists every ground.
func Grounds() []Ground { return []Ground{TradeSecret, Privacy, StateSecret} }

// Outcome is what was decided.
type Outcome string

// The outcomes.
const (
	Granted Outcome = "granted" // 准予
	Refused Outcome = "refused" // 不予
)

// Notice is one line of the public list.
type Notice struct {
	ID, CaseID, CaseNumber string
	Version                int
	Number                 string // 文号 of the decision
	ItemName, ItemCode     string
	BodyID, BodyName       string
	Subject                string // as it is shown: persons masked
	DecidedOn              calendar.Day
	ValidFrom, ValidTo     calendar.Day // zero: none is laid down
	Status                 Status
	ObjectUntil            calendar.Day // last day for an objection
	Due                    calendar.Day // last day for publishing
	PublishedAt            time.Time
	Hidden                 []Part
	Outcome                Outcome
	Standing               Standing // what became of it since
	StandingOn             calendar.Day
	Owner                  staff.Subject
	Data
}

// Data is why it stands as it does.
type Data struct {
	Objection   string       `json:"objection,omitempty"`
	ObjectedOn  calendar.Day `json:"objected_on,omitempty"`
	Ground      Ground       `json:"ground,omitempty"`
	Reason      string       `json:"reason,omitempty"` // of what is withheld, or why nothing is
	By          string       `json:"by,omitempty"`
	DecidedHide calendar.Day `json:"decided_hide,omitempty"`
}

// Hides says whether a part is withheld.
func (n *Notice) Hides(p Part) bool {
	return slices.Contains(n.Hidden, p) || slices.Contains(n.Hidden, PartAll)
}

// withheld stands for what is not shown.
const withheld = "（依法不公开）"

// public is the notice as strangers read it: what is withheld is not in it.
func (n Notice) public() Notice {
	n.Data, n.Owner, n.CaseID, n.CaseNumber = Data{}, staff.Subject{}, "", ""
	if n.Hides(PartSubject) {
		n.Subject = withheld
	}
	if n.Hides(PartMatter) {
		n.ItemName, n.ItemCode = withheld, ""
	}
	if n.Hides(PartValidity) {
		n.ValidFrom, n.ValidTo = 0, 0
	}
	return n
}

// object is the rule of an objection: by the applicant, while there is time.
func (n *Notice) object(reason string, today calendar.Day) error {
	switch {
	case n.Status == Objected:
		return fault.Conflict("disclosure.objected")
	case n.Status != Waiting || today > n.ObjectUntil:
		return fault.Refused("disclosure.object_late", lawSecret, "until", n.ObjectUntil.Chinese())
	}
	n.Status, n.Objection, n.ObjectedOn = Objected, reason, today
	return nil
}

// mark is the rule of withholding: parts with a ground and a reason. It works
// on what is published too: a secret told by mistake is taken back. Without
// parts it answers an objection by publishing everything.
func (n *Notice) mark(m Mark, by string, today calendar.Day) error {
	var wrong []fault.Field
	for _, p := range m.Parts {
		if !slices.Contains(Parts(), p) {
			wrong = append(wrong, fault.At("parts", "disclosure.part"))
			break
		}
	}
	if len(m.Parts) > 0 && !slices.Contains(Grounds(), m.Ground) {
		wrong = append(wrong, fault.At("ground", "disclosure.ground"))
	}
	if strings.TrimSpace(m.Reason) == "" {
		wrong = append(wrong, fault.At("reason", "text.required"))
	}
	if len(wrong) > 0 {
		f := fault.Invalid("form.invalid", wrong...)
		f.Law = lawSecret
		return f
	}
	n.Hidden, n.Ground, n.Reason, n.By, n.DecidedHide = m.Parts, m.Ground, strings.TrimSpace(m.Reason), by, today
	if len(m.Parts) == 0 {
		n.Ground = ""
	}
	switch {
	case slices.Contains(m.Parts, PartAll):
		n.Status = Withheld
	case n.Status == Objected, n.Status == Withheld:
		n.Status = Waiting
		n.ObjectUntil = min(n.ObjectUntil, today.AddDays(-1)) // it was objected and answered: nothing more to wait for
	}
	return nil
}

// ripe says that the notice may be published: nobody objected in time.
func (n *Notice) ripe(today calendar.Day) bool { return n.Status == Waiting && today > n.ObjectUntil }

// Options are the times, in working days, and what the service stands on.
type Options struct {
	Cases     *casework.Service
	Documents *document.Service
	Days      int // until a decision is published
	Objection int // for an objection, within Days
	// GrantsOnly leaves refusals out: 行政许可法第四十条 asks for grants, results of
	// handling are published by 政府信息公开条例第二十条.
	GrantsOnly bool
}

// The ordinary times.
const (
	PublishDays   = 7
	ObjectionDays = 3
)

// Service publishes.
type Service struct {
	db *db.DB
	o  Options
}

// New makes the service.
func New(d *db.DB, o Options) *Service {
	if o.Days == 0 {
		o.Days = PublishDays
	}
	if o.Objection == 0 {
		o.Objection = min(ObjectionDays, o.Days)
	}
	return &Service{d, o}
}
