// Package procedure is what happens in a case beside its steps: 现场核查, and the
// special procedures (特别程序) of 行政许可法第四十五条 other than hearings: inspection,
// testing, quarantine, appraisal, expert review, tender and auction; besides
// them the examinations of 第五十四条 and what a matter's own law provides for.
//
// A special procedure that stops the clock begins with the written notice of
// the time it needs; the days named there are the most for which the clock
// stands. A site visit never stops it. Two officers go, and each of them signs
// the record with their own account before it counts. While a procedure is open
// the case has a hold, so that nothing is decided before its result; the result
// becomes a finding of the case, which binds the decision.
package procedure

import (
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/blob"
	"onewindow/internal/kit/db"
)

// State is where a procedure stands.
type State string

// The states.
const (
	Open      State = "open"      // 进行中: begun or scheduled, nothing recorded yet
	Signing   State = "signing"   // 待签字: recorded, signatures are missing
	Ready     State = "ready"     // 有结果，待结束: a special procedure with its result
	Done      State = "done"      // 已结束
	Cancelled State = "cancelled" // 已取消
)

// States lists every state.
func States() []State { return []State{Open, Signing, Ready, Done, Cancelled} }

// Ended says that nothing more happens in it.
func (s State) Ended() bool { return s == Done || s == Cancelled }

// Procedure is one special procedure or one site visit of a case.
type Procedure struct {
	ID, CaseID string
	Version    int
	Kind       Kind
	State      State
	Round      int    // which one of its kind in the case, from 1
	Name       string // as documents call it
	Law        string // why it is needed
	// Days are the working days that the notice names: the most by which the
	// clock stands. 0 leaves it running.
	Days int
	From calendar.Day // begun, or scheduled, on this day
	By   calendar.Day // to be ended by
	To   calendar.Day // ended on
	// At and Place are when and where the visit or the meeting is.
	At        time.Time
	Place     string
	Organiser Organiser // of a visit
	// Late says that the officers were assigned after the fifth working day
	// from acceptance (行政许可法第五十五条第二款).
	Late     bool
	Officers []Officer
	Detail   Detail
	Files    []File
	Case     About
	StartBy  string // account of who began it
	StartAt  time.Time
	EndAt    time.Time
}

// About is the case as lists name it.
type About struct {
	Number, ItemName, ApplicantName string
	Subject                         staff.Subject
}

// Officer is one of those who go, with the number of the certificate that they
// show, and when they signed the record.
type Officer struct {
	AccountID, Name, Number string
	BodyID                  string
	SignedAt                time.Time
}

// Signed says whether the officer has signed what is recorded now.
func (o Officer) Signed() bool { return !o.SignedAt.IsZero() }

// Stops says whether the procedure stops the clock.
func (p *Procedure) Stops() bool { return p.Days > 0 }

// Latest is the newest of a kind that was not cancelled, nil when there is none.
func Latest(all []Procedure, k Kind) *Procedure {
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Kind == k && all[i].State != Cancelled {
			return &all[i]
		}
	}
	return nil
}

// Service carries out the acts.
type Service struct {
	db *db.DB
	o  Options
}

// Options are what the service stands on.
type Options struct {
	Casework *casework.Service
	Blobs    blob.Store
	// FileBytes bounds one photograph or report.
	FileBytes int64
}

// New makes the service.
func New(d *db.DB, o Options) *Service { return &Service{d, o} }

func (s *Service) calendar() *calendar.Table { return s.o.Casework.Calendar() }
