package supervision

import (
	"context"
	"strings"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// Seen names the record of an act and the version the person saw.
type Seen struct {
	ID      string
	Version int
}

// Reply (答复) is what the responsible body says.
type Reply struct {
	Seen
	Text string
}

// Reply is possible until the supervisors have found.
func (s *Service) Reply(ctx context.Context, who staff.Actor, in Reply) error {
	return s.act(ctx, who, in.Seen, staff.FaultReply, "fault.replied", func(tx *db.Tx, f *Fault) error {
		if wrong := words("reply", in.Text); wrong != nil {
			return fault.Invalid("form.invalid", wrong...)
		}
		if err := f.reply(strings.TrimSpace(in.Text)); err != nil {
			return err
		}
		f.RepliedBy, f.RepliedAt = who.Name, tx.Now
		return nil
	})
}

func (f *Fault) reply(text string) error {
	if f.Status != Open {
		return fault.Conflict("fault.status", "status", string(f.Status))
	}
	f.Status, f.Reply = Replied, text
	return nil
}

// act loads a record, checks the right, the scope and the version, and saves it.
func (s *Service) act(ctx context.Context, who staff.Actor, seen Seen, p staff.Permission, topic string, fn func(*db.Tx, *Fault) error) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		f, err := load(tx, who, p, seen.ID)
		if err != nil {
			return err
		}
		if seen.Version != f.Version {
			return fault.Conflict("fault.stale", "status", string(f.Status))
		}
		before := f.Status
		if err := fn(tx, f); err != nil {
			return err
		}
		save(tx, f)
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: topic, SubjectKind: "fault", SubjectID: f.ID,
			Before: before, After: f.Status, RequestID: who.RequestID})
		event.Publish(tx, topic, f.ID, Raised{f.ID, f.Number, f.CaseNumber, f.ItemName, f.Subject.BodyID, f.PersonID, f.Kind, f.Colour, f.ReplyBy})
		return nil
	})
}

// load is the record for who may see it; for anybody else it does not exist.
func load(tx *db.Tx, who staff.Actor, p staff.Permission, id string) (*Fault, error) {
	if err := who.Must(p); err != nil {
		return nil, err
	}
	f, err := byID(tx, id)
	if err == nil && who.May(p, f.Subject) != nil {
		err = fault.Missing("fault.missing")
	}
	return f, err
}
