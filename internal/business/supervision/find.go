package supervision

import (
	"context"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Find (认定) is the supervisors' finding.
type Find struct {
	Seen
	Verdict Verdict
	Finding string
	Measure string // what is to be done; needed when it is upheld
}

// Find needs the body's reply, or that the day for it has passed: nobody is
// found at fault unheard. What is dismissed is closed at once.
func (s *Service) Find(ctx context.Context, who staff.Actor, in Find) error {
	return s.act(ctx, who, in.Seen, staff.FaultHandle, "fault.found", func(tx *db.Tx, f *Fault) error {
		if err := in.check(); err != nil {
			return err
		}
		if err := f.find(in.Verdict, calendar.DayOf(tx.Now)); err != nil {
			return err
		}
		f.Finding, f.Measure, f.FoundBy, f.FoundAt = strings.TrimSpace(in.Finding), strings.TrimSpace(in.Measure), who.Name, tx.Now
		if f.Status == Closed {
			f.ClosedBy, f.ClosedAt = who.Name, tx.Now
		}
		return nil
	})
}

func (in Find) check() error {
	wrong := words("finding", in.Finding)
	switch in.Verdict {
	case Upheld:
		wrong = append(wrong, words("measure", in.Measure)...)
	case Dismissed:
	default:
		wrong = append(wrong, fault.At("verdict", "fault.verdict"))
	}
	if len(wrong) > 0 {
		return fault.Invalid("form.invalid", wrong...)
	}
	return nil
}

func (f *Fault) find(v Verdict, today calendar.Day) error {
	switch {
	case f.Status == Open && today <= f.ReplyBy:
		return fault.Refused("fault.unheard", "", "by", f.ReplyBy.Chinese())
	case f.Status != Open && f.Status != Replied:
		return fault.Conflict("fault.status", "status", string(f.Status))
	}
	f.Verdict, f.Status = v, Found
	if v == Dismissed {
		f.Status = Closed
	}
	return nil
}

// Close (办结) says how an upheld fault was put right.
type Close struct {
	Seen
	Remedy string
}

// Close ends the record; it stays on the list.
func (s *Service) Close(ctx context.Context, who staff.Actor, in Close) error {
	return s.act(ctx, who, in.Seen, staff.FaultHandle, "fault.closed", func(tx *db.Tx, f *Fault) error {
		if wrong := words("remedy", in.Remedy); wrong != nil {
			return fault.Invalid("form.invalid", wrong...)
		}
		if f.Status != Found {
			return fault.Conflict("fault.status", "status", string(f.Status))
		}
		f.Status, f.Remedy, f.ClosedBy, f.ClosedAt = Closed, strings.TrimSpace(in.Remedy), who.Name, tx.Now
		return nil
	})
}
