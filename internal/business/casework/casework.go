// Package casework is 办件: one application for one matter, from receipt to
// conclusion. Every way a case can go is one act in one file, in the order who
// may, load, rule, save, tell; the rules are methods of Case without a context.
//
// Receipt (收件) and acceptance (受理) are two instants; neither moves once it is
// written. The process of a matter is its flow definition; the law's limits
// are computed by package deadline from the version of the matter the case
// began with.
package casework

import (
	"slices"
	"strings"
	"sync"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/party"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/blob"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/sm"
)

// Status is where a case stands, as everybody may know it.
type Status string

// The statuses of a case.
const (
	StatusReceived     Status = "received"      // 已收件，待受理
	StatusSupplement   Status = "supplement"    // 已告知补正，待申请人补正
	StatusHandling     Status = "handling"      // 已受理，办理中
	StatusGranted      Status = "granted"       // 准予，待制证送达
	StatusRefused      Status = "refused"       // 不予许可，待送达
	StatusConcluded    Status = "concluded"     // 办结
	StatusNotRequired  Status = "not_required"  // 不受理: 依法不需要许可
	StatusNotCompetent Status = "not_competent" // 不予受理: 不属于本机关职权
	StatusWithdrawn    Status = "withdrawn"     // 申请人撤回
	StatusTerminated   Status = "terminated"    // 终止办理
	StatusReturned     Status = "returned"      // 登记申请材料已退还
)

// Statuses lists every status in the order of a case's life.
func Statuses() []Status {
	return []Status{StatusReceived, StatusSupplement, StatusHandling, StatusGranted, StatusRefused, StatusConcluded, StatusNotRequired, StatusNotCompetent, StatusWithdrawn, StatusTerminated, StatusReturned}
}

// Ended says that nothing more is decided in the case.
func (s Status) Ended() bool {
	switch s {
	case StatusConcluded, StatusNotRequired, StatusNotCompetent, StatusWithdrawn, StatusTerminated, StatusReturned:
		return true
	}
	return false
}

// Channel is the door through which an application came.
type Channel string

// The doors: one case store behind all of them.
const (
	Online Channel = "online" // 网上
	Window Channel = "window" // 窗口
	API    Channel = "api"    // 部门系统接口
)

// Purpose is what an application is for.
type Purpose string

// The purposes of an application.
const (
	PurposeNew     Purpose = "new"     // 新办
	PurposeChange  Purpose = "change"  // 变更 (行政许可法第四十九条)
	PurposeRenew   Purpose = "renew"   // 延续 (行政许可法第五十条)
	PurposeReplace Purpose = "replace" // 补证、换证
)

// Mode is the way in which a case is handled.
type Mode string

// The ways of handling a case.
const (
	ModeOrdinary   Mode = ""           // 一般程序
	ModeCommitment Mode = "commitment" // 告知承诺
	ModeTolerance  Mode = "tolerance"  // 容缺受理
)

// About is what an application is about and how it is to be handled.
type About struct {
	Purpose   Purpose
	Mode      Mode
	LicenceID string // the licence to change, renew or replace
	PriorID   string // the case that this one follows from
}

// Case is one application (办件). Days of zero value are not set.
type Case struct {
	ID, Number       string
	Version          int
	Status           Status
	Flow             flow.State
	Channel          Channel
	ImplementationID string // the version of the matter the case began with
	Variant          string
	ItemName         string
	BodyID           string // who decides
	IntakeID         string // the hall that takes it in
	ApplicantID      string
	AgentID          string // the account of the agent, empty when the applicant acts alone
	ApplicantName    string
	Company          bool      // the applicant is an organisation
	ReceivedAt       time.Time // 收件
	CompleteAt       time.Time // the last material came
	AcceptedAt       time.Time // 受理
	Deemed           bool      // accepted by silence
	DecidedAt        time.Time
	Granted          bool
	ConcludedAt      time.Time
	StatutoryDue     calendar.Day
	PromisedDue      calendar.Day
	// Provisional says that a due day reaches into a year whose holidays are
	// not published yet.
	Provisional bool
	// Calendar is the version of the calendar by which its days were computed.
	Calendar int
	// AlarmOn is the day on which its clock is looked at next, Marks what was
	// noticed of it already; see Mark.
	AlarmOn calendar.Day
	Marks   Mark
	About
	Course Course
}

// Subject is what the case says of itself to the rights check.
func (c *Case) Subject() staff.Subject {
	return staff.Subject{BodyID: c.BodyID, IntakeID: c.IntakeID, ApplicantID: c.ApplicantID, AgentID: c.AgentID,
		Guests: strings.Join(c.guests(), ",")}
}

// guests are the other bodies that take a part in the case.
func (c *Case) guests() []string {
	all := c.Flow.Bodies()
	if g := c.Course.Government; g != "" && !slices.Contains(all, g) {
		all = append(slices.Clone(all), g)
	}
	return all
}

// SubjectAt is the same for one open step: another body's step is that body's
// to do, and nobody else's.
func (c *Case) SubjectAt(t flow.Token) staff.Subject {
	x := c.Subject()
	if t.Body != "" && t.Body != c.BodyID {
		x.BodyID, x.IntakeID, x.Guests = t.Body, "", ""
	}
	return x
}

// Steps are the keys of the open steps.
func (c *Case) Steps() string {
	keys := make([]string, len(c.Flow.Open))
	for i, t := range c.Flow.Open {
		keys[i] = t.Step
	}
	return strings.Join(keys, ",")
}

// Open is the open step that the act completes.
func (c *Case) Open(def flow.Definition, act flow.Act) (flow.Step, bool) {
	for _, t := range c.Flow.Open {
		if s, ok := def.Step(t.Step); ok && s.Act == act {
			return s, true
		}
	}
	return flow.Step{}, false
}

// Took is when a step was taken; ok is false while it was not. Acceptance counts
// from the instant to which the law dates it, which may lie before anybody
// acted: silence is acceptance on the day of receipt (行政许可法第三十二条).
func (c *Case) Took(s flow.Step) (at time.Time, ok bool) {
	done, ok := c.Flow.Last(s.Key)
	if ok && s.Act == flow.Accept && !c.AcceptedAt.IsZero() {
		return c.instant(OfAcceptance), true
	}
	return done.At, ok
}

// Service carries out the acts.
type Service struct {
	db       *db.DB
	catalog  *catalog.Service
	bodies   bodies
	party    *party.Service
	keys     *sm.Keyring
	blobs    blob.Store
	calendar func() *calendar.Table
	numbers  *numbers
	announce int      // days of an announcement
	held     HeldRule // nil until the noun of licences answers
	limits   Limits
	baseURL  string
	warnAt   int
	moving   sync.Mutex // one recomputation at a time
	atOnce   int        // how many cases it computes in one commit
}

// Limits bound what one case may carry.
type Limits struct {
	FileBytes int64 // one file
	CaseBytes int64 // all files of one case
	Files     int   // number of files of one case
}

// Options are what the service stands on.
type Options struct {
	Catalog  *catalog.Service
	Party    *party.Service
	Keys     *sm.Keyring
	Blobs    blob.Store
	Calendar func() *calendar.Table
	Limits   Limits
	BaseURL  string // the public address, for codes that are printed
	// AnnounceDays is how many natural days a service by announcement runs; 0
	// takes thirty.
	AnnounceDays int
	// WarnAt is the share of the promised limit, in percent, after which a case
	// is warned of; 0 is 90.
	WarnAt int
}

// New makes the service.
func New(d *db.DB, o Options) *Service {
	if o.AnnounceDays == 0 {
		o.AnnounceDays = announceDays
	}
	return &Service{announce: o.AnnounceDays, db: d, catalog: o.Catalog, party: o.Party, keys: o.Keys, blobs: o.Blobs,
		calendar: o.Calendar, numbers: newNumbers(d), limits: o.Limits, baseURL: o.BaseURL, warnAt: warnAt(o.WarnAt), atOnce: movedAtOnce}
}

// Calendar is the calendar in force.
func (s *Service) Calendar() *calendar.Table { return s.calendar() }
