package aftercare

import (
	"context"
	"errors"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Push (审管联动推送) tells the department that supervises a matter of a decision:
// who decides for others under 相对集中行政许可权 passes on what was granted, and
// what became of it (行政许可法第二十五条).
type Push struct {
	ID             string
	Version        int
	Reason         string // granted issued rescinded retracted cancelled revoked continued
	CaseID         string
	LicenceID      string
	DocumentID     string // SGTS
	Number         string // of the case
	ItemName       string
	ResultName     string
	ResultNumber   string
	Holder         string
	Commitment     bool
	CheckBy        calendar.Day
	Receiver       string
	SenderID       string
	Sender         string
	At             time.Time
	AcknowledgedAt time.Time
	AcknowledgedBy string
	Result         Result
	Findings       string
	ReportedAt     time.Time
	ReportedBy     string
	Subject        staff.Subject // the regulator's
	eventID        string
}

// Result is what the regulator found.
type Result string

// The results; the empty one is not told yet.
const (
	Fine    Result = "fine"    // 符合要求
	Problem Result = "problem" // 发现问题，需要原审批机关处理
)

// PushReasons lists why a push is made.
func PushReasons() []string {
	return []string{"granted", "issued", "continued", "rescinded", "retracted", "cancelled", "revoked"}
}

// OnGranted is the reaction to "case.granted" and "case.renewed_by_silence".
func (s *Service) OnGranted(ctx context.Context, e event.Event) error {
	return s.push(ctx, e, func(tx *db.Tx) (*Push, *casework.Case, error) {
		c, err := casework.ByID(tx, e.SubjectID)
		if err != nil {
			return nil, nil, err
		}
		return &Push{Reason: "granted", ResultName: "准予" + c.ItemName, ResultNumber: c.Number}, c, nil
	})
}

// OnIssued is the reaction to "licence.issued".
func (s *Service) OnIssued(ctx context.Context, e event.Event) error {
	return s.push(ctx, e, s.ofLicence(e.SubjectID, "issued"))
}

// OnContinued is the reaction to "licence.continued".
func (s *Service) OnContinued(ctx context.Context, e event.Event) error {
	return s.push(ctx, e, s.ofLicence(e.SubjectID, "continued"))
}

// OnDecided is the reaction to "aftercare.decided".
func (s *Service) OnDecided(ctx context.Context, e event.Event) error {
	var h Happened
	if err := e.Decode(&h); err != nil || h.Outcome != Ended {
		return err
	}
	reason := map[Kind]string{Rescind: "rescinded", Recall: "retracted", Deregister: "cancelled", Revoke: "revoked"}[h.Kind]
	return s.push(ctx, e, s.ofLicence(h.LicenceID, reason))
}

func (s *Service) ofLicence(licenceID, reason string) func(*db.Tx) (*Push, *casework.Case, error) {
	return func(tx *db.Tx) (*Push, *casework.Case, error) {
		l, err := s.o.Licences.Load(tx, licenceID)
		if err != nil {
			return nil, nil, err
		}
		c, err := casework.ByID(tx, l.CaseID)
		return &Push{Reason: reason, LicenceID: l.ID, ResultName: l.Content.Name, ResultNumber: l.Content.Number, Holder: l.Content.Holder.Name}, c, err
	}
}

// push writes the push of an event once, with its form (SGTS). Where the body
// that decided supervises too, there is nobody to tell.
func (s *Service) push(ctx context.Context, e event.Event, of func(*db.Tx) (*Push, *casework.Case, error)) error {
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		p, c, err := of(tx)
		if err != nil {
			return err
		}
		impl, err := s.o.Catalog.Load(tx, c.ImplementationID)
		if err != nil {
			return err
		}
		if impl.Regulator.ID == "" || impl.Regulator.ID == c.BodyID {
			return nil
		}
		return s.send(tx, e, p, c, impl)
	})
	if errors.Is(err, fault.Conflict("duplicate")) { // the event came again
		return nil
	}
	return err
}

func (s *Service) send(tx *db.Tx, e event.Event, p *Push, c *casework.Case, impl *catalog.Implementation) error {
	sender, err := org.LoadBody(tx, c.BodyID)
	if err != nil {
		return err
	}
	days := s.o.CheckDays
	p.Commitment = c.Mode == casework.ModeCommitment
	if p.Commitment && impl.Commitment != nil && impl.Commitment.VerifyDays > 0 {
		days = impl.Commitment.VerifyDays
	}
	p.ID, p.Version, p.eventID, p.At, p.CaseID, p.Number, p.ItemName = id.New(), 1, e.ID, tx.Now, c.ID, c.Number, c.ItemName
	p.CheckBy = s.o.Casework.Calendar().AddWorking(calendar.DayOf(tx.Now), days)
	p.Receiver, p.SenderID, p.Sender = impl.Regulator.Name, sender.ID, sender.Name
	p.Subject = staff.Subject{BodyID: impl.Regulator.ID}
	if p.Holder == "" {
		p.Holder = c.ApplicantName
	}
	facts := document.Facts{Applicant: document.Applicant{Name: p.Holder, Company: c.Company},
		Matter: document.Matter{Name: c.ItemName, Code: impl.Code(), Kind: string(impl.Kind)}, CaseNumber: c.Number,
		Decision: pushed[p.Reason] + p.ResultName, Licence: document.Licence{Name: p.ResultName, Number: p.ResultNumber},
		Liaison: &document.Liaison{Commitment: &p.Commitment, CheckBy: &p.CheckBy, Receiver: p.Receiver}}
	p.DocumentID, err = document.Issue(tx, document.Draft{Kind: document.SGTS, CaseID: c.ID, Subject: p.Subject,
		Actor: staff.Machine("系统（审管联动）"), Body: document.BodyOf(sender), Facts: facts})
	if err != nil {
		return err
	}
	insertPush(tx, p)
	event.Publish(tx, "regulator.pushed", p.ID, map[string]string{"body_id": p.Subject.BodyID, "case_id": p.CaseID, "reason": p.Reason})
	return nil
}

// pushed begins the line that says what is passed on.
var pushed = map[string]string{"granted": "作出决定：", "issued": "颁发", "continued": "视为准予延续：", "rescinded": "撤销", "retracted": "撤回",
	"cancelled": "注销", "revoked": "吊销"}

// Acknowledge (签收) says that the regulator has taken the push in.
type Acknowledge struct{ Seen }

// Acknowledge may be done once.
func (s *Service) Acknowledge(ctx context.Context, who staff.Actor, in Acknowledge) error {
	return s.onPush(ctx, who, in.Seen, func(tx *db.Tx, p *Push) error {
		if !p.AcknowledgedAt.IsZero() {
			return fault.Conflict("push.acknowledged")
		}
		p.AcknowledgedAt, p.AcknowledgedBy = tx.Now, who.Name
		p.tell(tx, who, "regulator.acknowledged")
		return nil
	})
}

// Report (反馈) says what the regulator found; a problem comes back to who
// decided, who may begin to rescind.
type Report struct {
	Seen
	Result   Result
	Findings string
}

// Report is once, after the push was acknowledged.
func (s *Service) Report(ctx context.Context, who staff.Actor, in Report) error {
	return s.onPush(ctx, who, in.Seen, func(tx *db.Tx, p *Push) error {
		if err := p.report(in); err != nil {
			return err
		}
		p.ReportedAt, p.ReportedBy = tx.Now, who.Name
		p.tell(tx, who, "regulator.reported")
		return nil
	})
}

func (p *Push) report(in Report) error {
	switch {
	case p.AcknowledgedAt.IsZero():
		return fault.Refused("push.first_acknowledge", lawRegulator)
	case p.Result != "":
		return fault.Conflict("push.reported")
	case in.Result != Fine && in.Result != Problem:
		return fault.Invalid("form.invalid", fault.At("result", "push.result"))
	case strings.TrimSpace(in.Findings) == "":
		return fault.Invalid("form.invalid", fault.At("findings", "form.required", "label", "检查情况"))
	}
	p.Result, p.Findings = in.Result, strings.TrimSpace(in.Findings)
	return nil
}

func (s *Service) onPush(ctx context.Context, who staff.Actor, seen Seen, fn func(*db.Tx, *Push) error) error {
	if err := who.Must(staff.RegulatorAct); err != nil {
		return err
	}
	var caseID string
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		p, err := pushFor(tx, who, staff.RegulatorAct, seen.ID)
		if err != nil {
			return err
		}
		caseID = p.CaseID
		if seen.Version != 0 && seen.Version != p.Version {
			return fault.Conflict("push.stale")
		}
		if err := fn(tx, p); err != nil {
			return err
		}
		updatePush(tx, p)
		return nil
	})
	s.o.Casework.KeepRefusal(ctx, who, caseID, staff.RegulatorAct, err)
	if errors.Is(err, fault.Conflict("stale")) {
		return fault.Conflict("push.stale")
	}
	return err
}

// pushFor is a push in the scope of who may do p to it.
func pushFor(tx *db.Tx, who staff.Actor, p staff.Permission, pushID string) (*Push, error) {
	x, err := db.One(tx, "push.missing", scanPush, pushColumns+`where id = $1`, pushID)
	if err != nil {
		return nil, err
	}
	if who.May(p, x.Subject) != nil {
		return nil, fault.Missing("push.missing")
	}
	return x, nil
}

func (p *Push) tell(tx *db.Tx, who staff.Actor, topic string) {
	audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: topic, SubjectKind: "push", SubjectID: p.ID,
		After: map[string]any{"case": p.CaseID, "result": p.Result}, RequestID: who.RequestID})
	event.Publish(tx, topic, p.ID, map[string]string{"case_id": p.CaseID, "licence_id": p.LicenceID, "sender_id": p.SenderID,
		"body_id": p.Subject.BodyID, "result": string(p.Result)})
}

// Inbox are the pushes to the actor's department, the newest first; waiting
// ones only, or all.
func (s *Service) Inbox(ctx context.Context, who staff.Actor, waiting bool, after string, limit int) (out []*Push, err error) {
	if err := who.Must(staff.RegulatorAct); err != nil {
		return nil, err
	}
	if after == "" {
		after = "~"
	}
	if limit <= 0 || limit > most {
		limit = most
	}
	where := ""
	if waiting {
		where = ` and ` + unanswered
	}
	scope, args := who.ScopeFor(staff.RegulatorAct).SQL("", 3)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scanPush, pushColumns+`where id < $1 and `+scope+where+` order by id desc limit $2`, append([]any{after, limit}, args...)...)
		return err
	})
	return out, err
}

// unanswered says in SQL that a push was not acknowledged or has no result.
const unanswered = `(acknowledged_at = '' or result = '')`

// AskInbox counts the pushes that wait for the actor, up to most.
func (s *Service) AskInbox(who staff.Actor, n *int) []db.Ask {
	return askCount(who, staff.RegulatorAct, n, `push where `+unanswered)
}

// Push is one push that the regulator may see.
func (s *Service) Push(ctx context.Context, who staff.Actor, pushID string) (p *Push, err error) {
	if err := who.Must(staff.RegulatorAct); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		p, err = pushFor(tx, who, staff.RegulatorAct, pushID)
		return err
	})
	return p, err
}

// OfCase are the pushes about a case, for who sees the case: what the regulator
// was told, whether it took it in, what it found.
func (s *Service) OfCase(ctx context.Context, who staff.Actor, c *casework.Case) (out []*Push, err error) {
	if who.May(staff.CaseRead, c.Subject()) != nil {
		return nil, fault.Missing("case.missing")
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scanPush, pushColumns+`where case_id = $1 order by id limit 100`, c.ID)
		return err
	})
	return out, err
}

// Problems are the reports that ask the actor's body to act, the newest first.
func (s *Service) Problems(ctx context.Context, who staff.Actor) (out []*Push, err error) {
	if err := who.Must(staff.LicenceProceed); err != nil {
		return nil, err
	}
	bodies := who.ScopeFor(staff.LicenceProceed).Bodies
	for _, b := range bodies {
		err = s.db.Read(ctx, func(tx *db.Tx) error {
			more, err := db.List(tx, scanPush, pushColumns+`where sender_id = $1 and result = 'problem' order by id desc limit 100`, b)
			out = append(out, more...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// StandsOf is where the licence of a push stands today; empty while none was
// issued. The regulator may know it, because it supervises the holder.
func (s *Service) StandsOf(ctx context.Context, p *Push) (st licence.Status, err error) {
	if p.LicenceID == "" {
		return "", nil
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		l, err := s.o.Licences.Load(tx, p.LicenceID)
		if err == nil {
			st = l.StatusOn(calendar.DayOf(tx.Now))
		}
		return err
	})
	return st, err
}

// Reactions are what is pushed when, by topic.
func (s *Service) Reactions() map[string]func(context.Context, event.Event) error {
	return map[string]func(context.Context, event.Event) error{
		"case.granted": s.OnGranted, "case.renewed_by_silence": s.OnGranted, "licence.issued": s.OnIssued,
		"licence.continued": s.OnContinued, "aftercare.decided": s.OnDecided,
	}
}
