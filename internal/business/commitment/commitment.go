// Package commitment is what follows a decision that rests on a commitment
// (告知承诺): the verification with its time, what it found, the time for putting
// right, and what an untrue word leads to. The promise itself, and the case, are
// package casework's.
package commitment

import (
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
)

const lawVerify = "国办发〔2020〕42号"

// Status is where a verification stands.
type Status string

// The statuses.
const (
	Open       Status = "open"       // 待核查
	Correcting Status = "correcting" // 整改中
	Kept       Status = "kept"       // 与承诺一致
	Corrected  Status = "corrected"  // 整改后符合
	False      Status = "false"      // 承诺不实
)

// Statuses lists them in their order.
func Statuses() []Status { return []Status{Open, Correcting, Kept, Corrected, False} }

// Ended says that nothing more is looked into.
func (s Status) Ended() bool { return s == Kept || s == Corrected || s == False }

// Verification (事后核查) is the duty to look whether a commitment is kept.
type Verification struct {
	CaseID        string
	Version       int
	Status        Status
	Due           calendar.Day // of the check, or of the correction
	Number        string
	ItemName      string
	ItemCode      string
	ApplicantID   string
	ApplicantName string
	AgentID       string
	DeciderID     string // the body that granted
	DeciderName   string
	BodyID        string // who verifies
	Verifier      catalog.Verifier
	VerifierName  string
	CorrectDays   int
	DecidedAt     time.Time
	OpenedAt      time.Time
	ClosedAt      time.Time
}

// Finding is what was found once.
type Finding struct {
	ID        string
	At        time.Time
	Outcome   Outcome
	Found     string
	Officers  string
	ActorName string
	Until     calendar.Day // for putting right
}

// Service holds the acts of this noun.
type Service struct {
	db       *db.DB
	casework *casework.Service
}

// New makes the service.
func New(d *db.DB, c *casework.Service) *Service { return &Service{d, c} }

// mine says whether the actor verifies: an officer of the body that does, or,
// where both do, of either.
func (v *Verification) mine(who staff.Actor) bool {
	if who.May(staff.CommitmentVerify, staff.Subject{BodyID: v.BodyID}) == nil {
		return true
	}
	return v.Verifier == catalog.Jointly && who.May(staff.CommitmentVerify, staff.Subject{BodyID: v.DeciderID}) == nil
}

// seen says whether the actor may look at it: who verifies, and who granted.
func (v *Verification) seen(who staff.Actor) bool {
	return v.mine(who) || who.May(staff.CommitmentVerify, staff.Subject{BodyID: v.DeciderID}) == nil ||
		who.May(staff.CaseRead, staff.Subject{BodyID: v.DeciderID}) == nil || who.Can(staff.SupervisionRead) && who.Scope.All
}

// Happened is the payload of the events of a verification.
type Happened struct {
	CaseID      string `json:"case_id"`
	Number      string `json:"number"`
	ItemName    string `json:"item_name"`
	ApplicantID string `json:"applicant_id"`
	AgentID     string `json:"agent_id"`
	BodyID      string `json:"body_id"`
	Outcome     string `json:"outcome,omitempty"`
	Due         string `json:"due,omitempty"`
	Found       string `json:"found,omitempty"`
}

// Untrue is the payload of "commitment.false": what a false commitment got is to
// be rescinded.
type Untrue struct {
	CaseID string `json:"case_id"`
	Facts  string `json:"facts"`
}

func (v *Verification) tell(tx *db.Tx, who staff.Actor, act string, before Status, h Happened) {
	h.CaseID, h.Number, h.ItemName, h.ApplicantID, h.AgentID, h.BodyID = v.CaseID, v.Number, v.ItemName, v.ApplicantID, v.AgentID, v.DeciderID
	audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: act, SubjectKind: "verification", SubjectID: v.CaseID,
		RequestID: who.RequestID, Before: map[string]string{"status": string(before)}, After: map[string]string{"status": string(v.Status)}})
	event.Publish(tx, act, v.CaseID, h)
}
