// Package aftercare is what happens to a licence after it was granted, other
// than by its holder's wish to go on: it is rescinded (撤销), recalled (撤回),
// deregistered (注销) or revoked (吊销). The four are kept apart, because the law
// does: each has its own grounds, its own decider, its own document and its own
// consequences, and whoever verifies the licence sees which it was.
//
// It is also the link to the regulator (审管衔接): every decision is pushed to the
// department that supervises the matter, which acknowledges it and reports back.
package aftercare

import (
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/sm"
)

// Kind is which of the four procedures it is.
type Kind string

// The four procedures.
const (
	Rescind    Kind = "rescind"    // 撤销 (行政许可法第六十九条)
	Recall     Kind = "recall"     // 撤回 (行政许可法第八条第二款)
	Deregister Kind = "deregister" // 注销 (行政许可法第七十条)
	Revoke     Kind = "revoke"     // 吊销, the regulator's penalty (行政处罚法第九条)
)

// Kinds lists the procedures.
func Kinds() []Kind { return []Kind{Rescind, Recall, Deregister, Revoke} }

// Status is where a procedure stands.
type Status string

// The statuses.
const (
	Noticed  Status = "noticed"  // 简易注销公示中
	Proposed Status = "proposed" // 待决定
	Notified Status = "notified" // 已事先告知，听取陈述申辩
	Done     Status = "done"     // 已决定
	Dropped  Status = "dropped"  // 已终结，不作处理
)

// Statuses lists them in order.
func Statuses() []Status { return []Status{Noticed, Proposed, Notified, Done, Dropped} }

// Outcome is how a procedure ended.
type Outcome string

// The outcomes.
const (
	Ended          Outcome = "ended"           // the licence is taken away
	NotFound       Outcome = "not_found"       // 事实不成立
	PublicInterest Outcome = "public_interest" // 可能对公共利益造成重大损害，不予撤销 (第六十九条第三款)
	Objected       Outcome = "objected"        // 有人提出异议，简易注销终止 (市场主体登记管理条例第三十三条第二款)
	Lapsed         Outcome = "lapsed"          // 公示期满后逾期未申请注销
	Withdrawn      Outcome = "withdrawn"       // 持有人撤回注销申请
)

// Outcomes lists them.
func Outcomes() []Outcome {
	return []Outcome{Ended, NotFound, PublicInterest, Objected, Lapsed, Withdrawn}
}

// Proceeding is one procedure on a licence.
type Proceeding struct {
	ID        string
	Version   int
	Kind      Kind
	Status    Status
	LicenceID string
	CaseID    string // that granted the licence
	ItemName  string
	Licence   string // its name
	Number    string
	Holder    string
	Ground    string
	Requested bool // the holder asked for it
	Reasons   []string
	Basis     []string
	Penalty   string       // number of the regulator's penalty decision
	PenaltyOn calendar.Day // zero when there is none
	// Until is the last day for statement and defence; zero when there is none.
	Until     calendar.Day
	Statement string // what was said to the notice
	StatedAt  time.Time
	StatedVia Via
	// Speaker is who speaks in the holder's place; nil where the holder does.
	Speaker *Speaker
	// Letter is the number by which the speaker is known; empty without one.
	Letter string
	// Public says that everybody may read of it on the page of announcements.
	Public       bool
	Simple       *Simple // 简易注销; nil for any other way
	Outcome      Outcome
	Answer       string // to the statement, or why nothing is done
	Compensation string
	OpenedBy     string
	OpenedName   string
	OpenedAt     time.Time
	DecidedBy    string
	DecidedName  string
	DecidedAt    time.Time
	Subject      staff.Subject
}

// Open says that the procedure is under way.
func (p *Proceeding) Open() bool {
	return p.Status == Proposed || p.Status == Notified || p.Status == Noticed
}

// Service carries out the acts.
type Service struct {
	db *db.DB
	o  Options
}

// Options are what the service stands on.
type Options struct {
	Licences *licence.Service
	Casework *casework.Service
	Catalog  *catalog.Service
	Keys     *sm.Keyring
	// HearDays is how many working days the holder has for statement and
	// defence at least; no article counts them, the penalty law's five for a
	// hearing are the measure (行政处罚法第六十四条). 0 takes that.
	HearDays int
	// CheckDays is by how many working days after a push the regulator reports;
	// a commitment's own time goes before. 0 takes twenty.
	CheckDays int
	BaseURL   string
}

// Defaults of the two times.
const (
	hearDays  = 5
	checkDays = 20
)

// New makes the service.
func New(d *db.DB, o Options) *Service {
	if o.HearDays < hearDays {
		o.HearDays = hearDays
	}
	if o.CheckDays == 0 {
		o.CheckDays = checkDays
	}
	return &Service{d, o}
}
