// Package credit is 信用记录 within this platform: who broke a promise made to
// an administrative body, what follows from it, and its repair. It takes no
// names of persons, only the party's id, and nothing in it is published.
package credit

import (
	"context"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Kind is what was broken.
type Kind string

// The kinds of record.
const (
	FalseCommitment Kind = "false_commitment" // 虚假承诺
	BrokenTolerance Kind = "broken_tolerance" // 容缺受理后逾期不补
)

// Kinds is every kind of record.
func Kinds() []Kind { return []Kind{FalseCommitment, BrokenTolerance} }

// The rules by which somebody who broke a promise is not believed again.
const (
	lawCommitment = "国办发〔2020〕42号"
	lawTolerance  = "地方容缺受理制度"
)

// Law is the rule that bars by the kind of record.
func (k Kind) Law() string {
	if k == BrokenTolerance {
		return lawTolerance
	}
	return lawCommitment
}

// Record (失信记录) is one broken promise.
type Record struct {
	ID           string
	PartyID      string
	Kind         Kind
	CaseID       string
	Number       string // of the case
	ItemName     string
	BodyID       string // who recorded it, and may record the repair
	Facts        string
	RecordedAt   time.Time
	RecordedBy   string
	RepairedAt   time.Time // zero while it bars
	RepairedBy   string
	RepairReason string
}

// Open says that the record still bars.
func (r Record) Open() bool { return r.RepairedAt.IsZero() }

// Service holds the acts of this noun.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service { return &Service{d} }

// Put is the step that records a broken promise inside another noun's act,
// which has decided who may. A case leaves one record of a kind.
func Put(tx *db.Tx, who staff.Actor, r Record) {
	r.ID = id.New()
	tx.Write(`insert into credit_record (id, party_id, kind, case_id, number, item_name, body_id, facts, recorded_at, recorded_by)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		r.ID, r.PartyID, string(r.Kind), r.CaseID, r.Number, r.ItemName, r.BodyID, strings.TrimSpace(r.Facts), db.Stamp(tx.Now), who.Name)
	audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "credit.record", SubjectKind: "credit", SubjectID: r.ID,
		RequestID: who.RequestID, After: map[string]string{"kind": string(r.Kind), "case_id": r.CaseID}})
	event.Publish(tx, "credit.recorded", r.ID, map[string]string{"case_id": r.CaseID, "kind": string(r.Kind)})
}

// Trusted refuses a party with a record that is not repaired: such a party is
// handled by the ordinary procedure (国办发〔2020〕42号; 地方容缺受理制度).
func Trusted(tx *db.Tx, partyID string) error {
	all, err := openOf(tx, partyID)
	if err != nil || len(all) == 0 {
		return err
	}
	return Barred(all)
}

// Barred is the refusal that the open records of a party give; nil without any.
func Barred(all []Record) error {
	for _, r := range all {
		if r.Open() {
			return fault.Refused("credit.barred", r.Kind.Law(), "day", calendar.DayOf(r.RecordedAt).Chinese(), "number", r.Number)
		}
	}
	return nil
}

// Repair (信用修复) ends the bar of a record.
type Repair struct {
	ID     string
	Reason string
}

const mostReason = 2000

func (in Repair) check() error {
	switch n := len([]rune(strings.TrimSpace(in.Reason))); {
	case n == 0:
		return fault.Invalid("form.invalid", fault.At("reason", "text.required"))
	case n > mostReason:
		return fault.Invalid("form.invalid", fault.At("reason", "text.too_long", "max", "2000"))
	}
	return nil
}

// Repair is the word of the body that recorded it; what was recorded stays on
// record.
func (s *Service) Repair(ctx context.Context, who staff.Actor, in Repair) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.CreditRepair); err != nil {
			return err
		}
		r, err := byID(tx, in.ID)
		if err != nil {
			return err
		}
		if who.May(staff.CreditRepair, staff.Subject{BodyID: r.BodyID}) != nil {
			return fault.Missing("credit.missing")
		}
		if !r.Open() {
			return fault.Conflict("credit.repaired")
		}
		if err := in.check(); err != nil {
			return err
		}
		tx.Write(`update credit_record set repaired_at = $2, repaired_by = $3, repair_reason = $4 where id = $1 and repaired_at = ''`,
			r.ID, db.Stamp(tx.Now), who.Name, strings.TrimSpace(in.Reason))
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "credit.repair", SubjectKind: "credit", SubjectID: r.ID,
			RequestID: who.RequestID, After: map[string]string{"case_id": r.CaseID}})
		event.Publish(tx, "credit.repaired", r.ID, map[string]string{"case_id": r.CaseID})
		return nil
	})
}

const columns = `id, party_id, kind, case_id, number, item_name, body_id, facts, recorded_at, recorded_by, repaired_at, repaired_by, repair_reason`

func scan(r db.Scanner) (x Record, err error) {
	return x, r.Scan(&x.ID, &x.PartyID, &x.Kind, &x.CaseID, &x.Number, &x.ItemName, &x.BodyID, &x.Facts, db.At{Time: &x.RecordedAt},
		&x.RecordedBy, db.At{Time: &x.RepairedAt}, &x.RepairedBy, &x.RepairReason)
}

func byID(tx *db.Tx, recordID string) (Record, error) {
	return db.One(tx, "credit.missing", scan, `select `+columns+` from credit_record where id = $1`, recordID)
}

func openOf(tx *db.Tx, partyID string) ([]Record, error) {
	return db.List(tx, scan, `select `+columns+` from credit_record where party_id = $1 and repaired_at = '' order by id limit 20`, partyID)
}

// Of are the open records of a party, for pages that offer a choice.
func (s *Service) Of(ctx context.Context, partyID string) (out []Record, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = openOf(tx, partyID)
		return err
	})
	return out, err
}

// List are the records of the actor's bodies, the newest first; after is the id
// of the last one of the page before.
func (s *Service) List(ctx context.Context, who staff.Actor, after string, limit int) (out []Record, err error) {
	if err := who.Must(staff.CreditRepair); err != nil {
		return nil, err
	}
	if after == "" {
		after = "~"
	}
	bodies := who.ScopeFor(staff.CreditRepair)
	scope, args := staff.Scope{All: bodies.All, Bodies: bodies.Bodies}.SQL("", 3)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scan, `select `+columns+` from credit_record where id < $1 and `+scope+` order by id desc limit $2`,
			append([]any{after, limit}, args...)...)
		return err
	})
	return out, err
}
