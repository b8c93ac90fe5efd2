// Package complaint is what people turn to when a case went wrong: a complaint
// (投诉) about it with its own clock, and the record of a review or a suit
// (复议、诉讼) against its decision. A decision that was annulled leads back to a
// case in which it is made anew.
package complaint

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
	"onewindow/internal/kit/sm"
)

// Kind is what a complaint is about.
type Kind string

// The kinds, after the cases of 行政许可法第七十二条、第七十四条、第七十五条.
const (
	Late     Kind = "late"     // 超期未办
	NotTaken Kind = "rejected" // 符合条件不受理
	Twice    Kind = "twice"    // 多次要求补正、要求清单以外的材料
	Fee      Kind = "fee"      // 乱收费
	Attitude Kind = "attitude" // 服务态度
	Other    Kind = "other"    // 其他
)

// Kinds lists them.
func Kinds() []Kind { return []Kind{Late, NotTaken, Twice, Fee, Attitude, Other} }

// Status is where a complaint stands.
type Status string

// The statuses.
const (
	Filed    Status = "filed"    // 待受理
	Accepted Status = "accepted" // 已受理，调查处理中
	Answered Status = "answered" // 已答复
)

// Complaint is one complaint about a case.
type Complaint struct {
	ID, Number   string
	Version      int
	Kind         Kind
	Status       Status
	CaseID       string
	CaseNumber   string
	ItemName     string
	FiledBy      string // account
	FilerName    string
	Text         string
	FiledAt      time.Time
	AcceptDue    calendar.Day
	AnswerDue    calendar.Day // zero until accepted
	AcceptedAt   time.Time
	AnsweredAt   time.Time
	Answer       string
	Upheld       bool
	EscalatedAt  time.Time
	EscalatedWhy string // late_acceptance late_answer unsatisfied
	HandlerID    string
	HandlerName  string
	Subject      staff.Subject
}

// Service carries out the acts.
type Service struct {
	db *db.DB
	o  Options
}

// Options are what the service stands on.
type Options struct {
	Casework *casework.Service
	Licences *licence.Service
	Keys     *sm.Keyring
	// AcceptDays and AnswerDays are working days; no national rule counts them,
	// five for taking a complaint up are common practice. 0 takes five and fifteen.
	AcceptDays, AnswerDays int
}

// New makes the service.
func New(d *db.DB, o Options) *Service {
	if o.AcceptDays == 0 {
		o.AcceptDays = 5
	}
	if o.AnswerDays == 0 {
		o.AnswerDays = 15
	}
	return &Service{d, o}
}

// File (投诉) is the applicant's or agent's, about a case of theirs.
type File struct {
	CaseID string
	Kind   Kind
	Text   string
}

const mostText = 2000

// File gives the id. One complaint about a case is open at a time.
func (s *Service) File(ctx context.Context, who staff.Actor, in File) (complaintID string, err error) {
	if err := who.Must(staff.ComplaintFile); err != nil {
		return "", err
	}
	if err := in.check(); err != nil {
		return "", err
	}
	var caseID string
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		k, err := casework.ByID(tx, in.CaseID)
		if err != nil {
			return err
		}
		if who.May(staff.ComplaintFile, k.Subject()) != nil {
			return fault.Missing("case.missing")
		}
		caseID = k.ID
		c, err := s.file(tx, who, k, in)
		if err == nil {
			complaintID = c.ID
		}
		return err
	})
	s.o.Casework.KeepRefusal(ctx, who, caseID, staff.ComplaintFile, err)
	return complaintID, err
}

// file is the rule and the saving: one complaint about a case at a time.
func (s *Service) file(tx *db.Tx, who staff.Actor, k *casework.Case, in File) (*Complaint, error) {
	open, err := s.rows(tx, `case_id = $1 and status in ('filed', 'accepted')`, []any{k.ID}, 1)
	if err != nil {
		return nil, err
	}
	if len(open) > 0 {
		f := fault.Conflict("complaint.open")
		f.Law = lawOneComplaint
		return nil, f
	}
	c := &Complaint{ID: id.New(), Version: 1, Kind: in.Kind, Status: Filed, CaseID: k.ID, CaseNumber: k.Number, ItemName: k.ItemName,
		FiledBy: who.AccountID, FilerName: who.Name, Text: strings.TrimSpace(in.Text), FiledAt: tx.Now, Subject: k.Subject(),
		AcceptDue: s.due(tx.Now, s.o.AcceptDays)}
	c.Number = numberOf(c.ID, calendar.DayOf(tx.Now))
	s.insert(tx, c)
	c.tell(tx, who, "complaint.filed")
	return c, nil
}

func (in File) check() error {
	text := strings.TrimSpace(in.Text)
	switch {
	case !slices.Contains(Kinds(), in.Kind):
		return fault.Invalid("form.invalid", fault.At("kind", "complaint.kind"))
	case text == "":
		return fault.Invalid("form.invalid", fault.At("text", "text.required"))
	case len([]rune(text)) > mostText:
		return fault.Invalid("form.invalid", fault.At("text", "form.too_long", "max", strconv.Itoa(mostText), "n", strconv.Itoa(len([]rune(text)))))
	}
	return nil
}

func numberOf(id string, day calendar.Day) string {
	return "TS" + strings.ReplaceAll(day.String(), "-", "") + strings.ToUpper(id[len(id)-8:])
}

func (s *Service) due(from time.Time, days int) calendar.Day {
	return s.o.Casework.Calendar().AddWorking(calendar.DayOf(from), days)
}

// Seen names the complaint of an act and the version that the person saw.
type Seen struct {
	ID      string
	Version int // 0 takes the newest
}

// Accept (受理) says that it is looked into.
func (s *Service) Accept(ctx context.Context, who staff.Actor, in Seen) error {
	return s.handle(ctx, who, in, func(tx *db.Tx, c *Complaint) error {
		if c.Status != Filed {
			return fault.Conflict("complaint.not_open", "status", string(c.Status))
		}
		c.Status, c.AcceptedAt, c.AnswerDue = Accepted, tx.Now, s.due(tx.Now, s.o.AnswerDays)
		c.tell(tx, who, "complaint.accepted")
		return nil
	})
}

// Reply (答复) says what was found and done.
type Reply struct {
	Seen
	Upheld bool
	Text   string
}

// Reply answers an accepted complaint.
func (s *Service) Reply(ctx context.Context, who staff.Actor, in Reply) error {
	return s.handle(ctx, who, in.Seen, func(tx *db.Tx, c *Complaint) error {
		switch {
		case c.Status != Accepted:
			return fault.Conflict("complaint.not_open", "status", string(c.Status))
		case strings.TrimSpace(in.Text) == "":
			return fault.Invalid("form.invalid", fault.At("text", "text.required"))
		}
		c.Status, c.AnsweredAt, c.Answer, c.Upheld = Answered, tx.Now, strings.TrimSpace(in.Text), in.Upheld
		c.tell(tx, who, "complaint.answered")
		return nil
	})
}

// Again (不满意) takes an answered complaint to the supervisor, once.
func (s *Service) Again(ctx context.Context, who staff.Actor, in Seen) error {
	return s.act(ctx, who, in, staff.ComplaintFile, func(tx *db.Tx, c *Complaint) error {
		if c.Status != Answered || !c.EscalatedAt.IsZero() {
			return fault.Conflict("complaint.not_answered", "status", string(c.Status))
		}
		c.Status, c.AnswerDue = Accepted, s.due(tx.Now, s.o.AnswerDays)
		c.EscalatedAt, c.EscalatedWhy = tx.Now, "unsatisfied"
		c.tell(tx, who, "complaint.escalated")
		return nil
	})
}

// Escalate (升级督办) hands what was not taken up or answered in time to the
// supervisor, and gives how many.
func (s *Service) Escalate(ctx context.Context) (n int, err error) {
	who := staff.Machine("系统（投诉督办）")
	var late []*Complaint
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		today := calendar.DayOf(tx.Now).String()
		late, err = s.rows(tx, `escalated_at = '' and (status = 'filed' and accept_due < $1 or status = 'accepted' and answer_due < $1)`, []any{today}, most)
		return err
	})
	for _, c := range late {
		if err != nil {
			return n, err
		}
		err = s.act(ctx, who, Seen{c.ID, c.Version}, staff.ComplaintHandle, func(tx *db.Tx, c *Complaint) error {
			c.EscalatedAt, c.EscalatedWhy = tx.Now, map[Status]string{Filed: "late_acceptance", Accepted: "late_answer"}[c.Status]
			c.tell(tx, who, "complaint.escalated")
			return nil
		})
		if f := fault.Of(err); f == nil {
			n++
		} else if f.Kind == fault.KindConflict { // taken up meanwhile
			err = nil
		}
	}
	return n, err
}

// handle is an act of who looks into complaints: somebody who did not act in
// the case, and a supervisor once it was escalated.
func (s *Service) handle(ctx context.Context, who staff.Actor, in Seen, fn func(*db.Tx, *Complaint) error) error {
	return s.act(ctx, who, in, staff.ComplaintHandle, func(tx *db.Tx, c *Complaint) error {
		k, err := casework.ByID(tx, c.CaseID)
		if err != nil {
			return err
		}
		switch {
		case slices.ContainsFunc(k.Flow.Done, func(d flow.Done) bool { return who.Self(d.Actor) }):
			return fault.Refused("complaint.own", "行政许可法第七十二条")
		case !c.EscalatedAt.IsZero() && !slices.Contains(who.Roles, staff.Supervisor):
			return fault.Refused("complaint.escalated", "行政许可法第七十二条")
		}
		c.HandlerID, c.HandlerName = who.AccountID, who.Name
		return fn(tx, c)
	})
}

func (s *Service) act(ctx context.Context, who staff.Actor, in Seen, p staff.Permission, fn func(*db.Tx, *Complaint) error) error {
	if err := who.Must(p); err != nil {
		return err
	}
	var caseID string
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		all, err := s.rows(tx, `id = $1`, []any{in.ID}, 1)
		if err != nil {
			return err
		}
		if len(all) == 0 || who.May(p, all[0].Subject) != nil {
			return fault.Missing("complaint.missing")
		}
		c := all[0]
		caseID = c.CaseID
		if in.Version != 0 && in.Version != c.Version {
			return fault.Conflict("complaint.stale")
		}
		if err := fn(tx, c); err != nil {
			return err
		}
		s.update(tx, c)
		return nil
	})
	s.o.Casework.KeepRefusal(ctx, who, caseID, p, err)
	if errors.Is(err, fault.Conflict("stale")) {
		return fault.Conflict("complaint.stale")
	}
	return err
}

// Happened is the payload of every event of a complaint.
type Happened struct {
	ID          string `json:"id"`
	Number      string `json:"number"`
	CaseID      string `json:"case_id"`
	ItemName    string `json:"item_name"`
	Status      Status `json:"status"`
	FiledBy     string `json:"filed_by"`
	BodyID      string `json:"body_id"`
	EscalateWhy string `json:"escalated_why,omitempty"`
}

func (c *Complaint) tell(tx *db.Tx, who staff.Actor, topic string) {
	audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: topic, SubjectKind: "complaint", SubjectID: c.ID,
		After: map[string]any{"status": c.Status, "case": c.CaseID, "escalated": c.EscalatedWhy}, RequestID: who.RequestID})
	event.Publish(tx, topic, c.ID, Happened{ID: c.ID, Number: c.Number, CaseID: c.CaseID, ItemName: c.ItemName, Status: c.Status,
		FiledBy: c.FiledBy, BodyID: c.Subject.BodyID, EscalateWhy: c.EscalatedWhy})
}
