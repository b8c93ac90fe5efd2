// Package delegation records who decides in whose place: 委托 of a matter to
// another body, in the name of the one that entrusts, announced to the public;
// and 划转 of a whole matter, which does not go back. Neither changes the owner
// of a case under way: a case belongs to the body whose version it began with.
package delegation

import (
	"context"
	"slices"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/org"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Kind is entrustment or transfer.
type Kind string

// The kinds.
const (
	Entrust  Kind = "entrust"  // 委托
	Transfer Kind = "transfer" // 划转
)

const (
	lawEntrust  = "行政许可法第二十四条"
	lawTransfer = "定州市实施方案（一）2"
)

// Delegation is one record.
type Delegation struct {
	ID                 string
	Kind               Kind
	ItemCode, ItemName string
	FromID, FromName   string
	ToID, ToName       string
	Basis, Content     string
	From               calendar.Day
	Until              calendar.Day // the last day; zero: until it is ended
	Instrument         string       // 委托书、决定的文号
	DraftID            string       // the draft that a transfer made in the catalogue
	EndedAt            time.Time    // of an entrustment that is over
	ByName             string
	At                 time.Time
}

// Open says that an entrustment was not ended; a transfer is for good.
func (d Delegation) Open() bool { return d.EndedAt.IsZero() }

// OpenOn says whether an entrustment holds on a day: not ended, and not run out.
func (d Delegation) OpenOn(day calendar.Day) bool {
	return d.Open() && (d.Until == 0 || day <= d.Until)
}

// Service holds the acts of this noun.
type Service struct {
	db      *db.DB
	catalog *catalog.Service
}

// New makes the service.
func New(d *db.DB, c *catalog.Service) *Service { return &Service{d, c} }

// Record (登记) is an entrustment or a transfer of a whole matter.
type Record struct {
	Kind         Kind
	ItemCode     string // 基本编码, 12 characters: never a part of a matter
	FromID, ToID string
	Basis        string
	Content      string // the announcement
	From         calendar.Day
	Until        calendar.Day // of an entrustment; zero: until it is ended
	Instrument   string
}

// Record keeps it; what is entrusted is public from then on.
func (s *Service) Record(ctx context.Context, who staff.Actor, in Record) error {
	snap, err := s.catalog.Snapshot(ctx)
	if err != nil {
		return err
	}
	name, version := "", ""
	for _, e := range snap.ByItem(in.ItemCode) {
		name = e.Item.Name
		if e.Open() && e.Impl.Body.ID == in.FromID {
			version = e.Impl.ID
		}
	}
	return s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.DelegationManage); err != nil {
			return err
		}
		if err := in.check(name, calendar.DayOf(tx.Now)); err != nil {
			return err
		}
		from, err := org.LoadBody(tx, in.FromID)
		if err != nil {
			return err
		}
		to, err := org.LoadBody(tx, in.ToID)
		if err != nil {
			return err
		}
		before, err := ofItem(tx, in.ItemCode)
		if err != nil {
			return err
		}
		if err := in.lawful(to, before, calendar.DayOf(tx.Now)); err != nil {
			return err
		}
		return s.record(tx, who, in, name, version, [2]org.Body{from, to}, before)
	})
}

// record writes it: what ran out makes room, a transfer makes the next version.
func (s *Service) record(tx *db.Tx, who staff.Actor, in Record, name, version string, between [2]org.Body, before []Delegation) (err error) {
	from, to := between[0], between[1]
	for _, old := range before { // what ran out makes room for the next
		if old.Kind == Entrust && old.Open() && !old.OpenOn(calendar.DayOf(tx.Now)) {
			tx.Write(`update delegation set ended_at = $2 where id = $1 and ended_at = ''`, old.ID, db.Stamp(tx.Now))
		}
	}
	d := Delegation{ID: id.New()}
	if in.Kind == Transfer && version != "" {
		note := strings.TrimSpace(in.Basis + " " + in.Instrument)
		if d.DraftID, err = s.catalog.Transfer(tx, who, catalog.Transfer{VersionID: version, To: to, From: in.From, Note: note}); err != nil {
			return atDay(err)
		}
	}
	tx.Write(`insert into delegation (id, kind, item_code, item_name, from_id, from_name, to_id, to_name, basis, content, from_day, by_id, by_name, at,
		until_day, instrument, draft_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`, d.ID, string(in.Kind), in.ItemCode, name, from.ID, from.Name, to.ID, to.Name,
		strings.TrimSpace(in.Basis), strings.TrimSpace(in.Content), in.From.String(), who.AccountID, who.Name, db.Stamp(tx.Now),
		in.Until.Text(), strings.TrimSpace(in.Instrument), d.DraftID)
	audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "delegation." + string(in.Kind), SubjectKind: "delegation", SubjectID: d.ID,
		RequestID: who.RequestID, After: map[string]string{"item": in.ItemCode, "from": from.ID, "to": to.ID}})
	event.Publish(tx, "delegation.recorded", d.ID, map[string]string{"item": in.ItemCode})
	return nil
}

const mostText = 2000

// check: a whole listed matter, both bodies, basis, announcement, a day.
func (in Record) check(name string, today calendar.Day) error {
	var wrong []fault.Field
	if in.Kind != Entrust && in.Kind != Transfer {
		wrong = append(wrong, fault.At("kind", "form.choice", "label", "方式"))
	}
	if name == "" {
		wrong = append(wrong, fault.At("item", "delegation.whole"))
	}
	for _, x := range [][2]string{{"from", in.FromID}, {"to", in.ToID}, {"basis", in.Basis}, {"instrument", in.Instrument}, {"content", in.Content}} {
		switch n := len([]rune(strings.TrimSpace(x[1]))); {
		case n == 0:
			wrong = append(wrong, fault.At(x[0], "text.required"))
		case n > mostText:
			wrong = append(wrong, fault.At(x[0], "text.too_long", "max", "2000"))
		}
	}
	if in.From < today {
		wrong = append(wrong, fault.At("day", "delegation.day"))
	}
	if in.Until != 0 && (in.Until < in.From || in.Kind == Transfer) {
		wrong = append(wrong, fault.At("until", "delegation.until"))
	}
	if len(wrong) == 0 {
		return nil
	}
	f := fault.Invalid("form.invalid", wrong...)
	f.Law = in.law()
	return f
}

func (in Record) law() string {
	if in.Kind == Transfer {
		return lawTransfer
	}
	return lawEntrust
}

// lawful: to an administrative body and not to oneself; what one was entrusted
// with is entrusted no further (行政许可法第二十四条第三款); what was transferred is
// not transferred back, and no longer entrusted by who gave it away.
func (in Record) lawful(to org.Body, before []Delegation, today calendar.Day) error {
	if in.FromID == in.ToID {
		return fault.Refused("delegation.self", in.law())
	}
	if !slices.Contains([]org.Kind{org.Department, org.HallOffice, org.GovernmentOffice, org.Township, org.Vertical}, to.Kind) {
		return fault.Refused("delegation.body", lawEntrust)
	}
	for _, d := range before {
		switch {
		case in.Kind == Entrust && d.Kind == Entrust && d.OpenOn(today) && d.ToID == in.FromID:
			return fault.Refused("delegation.onward", lawEntrust+"第三款")
		case in.Kind == Entrust && d.Kind == Entrust && d.OpenOn(today) && d.FromID == in.FromID:
			return fault.Conflict("delegation.already")
		case in.Kind == Transfer && d.Kind == Transfer && d.FromID == in.ToID:
			return fault.Refused("delegation.back", lawTransfer)
		case d.Kind == Transfer && d.FromID == in.FromID:
			return fault.Refused("delegation.gone", lawTransfer)
		}
	}
	return nil
}

// End (终止委托) ends an entrustment; a transfer is for good.
func (s *Service) End(ctx context.Context, who staff.Actor, delegationID string) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		if err := who.Must(staff.DelegationManage); err != nil {
			return err
		}
		d, err := db.One(tx, "delegation.missing", scan, `select `+columns+` from delegation where id = $1`, delegationID)
		if err != nil {
			return err
		}
		if d.Kind != Entrust || !d.Open() {
			return fault.Refused("delegation.over", lawTransfer)
		}
		tx.Write(`update delegation set ended_at = $2 where id = $1 and ended_at = ''`, d.ID, db.Stamp(tx.Now))
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "delegation.end", SubjectKind: "delegation", SubjectID: d.ID, RequestID: who.RequestID})
		return nil
	})
}

const columns = `id, kind, item_code, item_name, from_id, from_name, to_id, to_name, basis, content, from_day, until_day, instrument, draft_id, ended_at, by_name, at`

func scan(r db.Scanner) (d Delegation, err error) {
	return d, r.Scan(&d.ID, &d.Kind, &d.ItemCode, &d.ItemName, &d.FromID, &d.FromName, &d.ToID, &d.ToName, &d.Basis, &d.Content, &d.From, calendar.Optional{Day: &d.Until}, &d.Instrument, &d.DraftID,
		db.At{Time: &d.EndedAt}, &d.ByName, db.At{Time: &d.At})
}

// atDay shows at the day of this form what the catalogue says of its own.
func atDay(err error) error {
	if f := fault.Of(err); f != nil && f.Code == "catalog.from_past" {
		return fault.Invalid("form.invalid", fault.At("day", f.Code))
	}
	return err
}

func ofItem(tx *db.Tx, itemCode string) ([]Delegation, error) {
	return db.List(tx, scan, `select `+columns+` from delegation where item_code = $1 order by id limit 200`, itemCode)
}

// Get is one record.
func (s *Service) Get(ctx context.Context, delegationID string) (d Delegation, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		d, err = db.One(tx, "delegation.missing", scan, `select `+columns+` from delegation where id = $1`, delegationID)
		return err
	})
	return d, err
}

// List are all records, the newest first: they are announced to the public
// (行政许可法第二十四条第一款).
func (s *Service) List(ctx context.Context, after string, limit int) (out []Delegation, err error) {
	if after == "" {
		after = "~"
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scan, `select `+columns+` from delegation where id < $1 order by id desc limit $2`, after, limit)
		return err
	})
	return out, err
}
