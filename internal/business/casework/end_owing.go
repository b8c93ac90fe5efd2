package casework

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/credit"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// EndOwing (终止办理) ends a case whose owed materials did not come in time. An
// officer decides that; the system does only where the matter's rule says so.
type EndOwing struct {
	Seen
	Reason string
}

// EndOwing issues the notice and puts the broken promise on record
// (西安、深圳等地容缺受理规定). Who applies again, does so by the ordinary procedure.
func (s *Service) EndOwing(ctx context.Context, who staff.Actor, in EndOwing) error {
	return s.Act(ctx, who, in.Seen, staff.CaseAccept, func(t *Turn) error {
		if err := needed("", "reason", in.Reason); err != nil {
			return err
		}
		return s.endOwing(t, in.Reason)
	})
}

func (s *Service) endOwing(t *Turn, reason string) error {
	o, err := owingOf(t.Tx, t.Case.ID)
	if err != nil {
		return err
	}
	if err := o.mayEnd(t.Case, t.Today()); err != nil {
		return err
	}
	t.Case.Status, t.Case.ConcludedAt = StatusTerminated, t.Tx.Now
	t.Case.Flow.Open = []flow.Token{}
	t.Lift(holdOwing)
	ground := "截至" + o.Until.Chinese() + "，承诺后补的材料没有补齐。" + reason
	docID, err := t.Issue(document.ZZSQ, document.Facts{Ground: ground, Reasons: lines(ground), Basis: []string{o.Law}})
	if err != nil {
		return err
	}
	if t.Case.Mode == ModeTolerance {
		credit.Put(t.Tx, t.Who, credit.Record{PartyID: t.Case.ApplicantID, Kind: credit.BrokenTolerance, CaseID: t.Case.ID, Number: t.Case.Number,
			ItemName: t.Case.ItemName, BodyID: t.Case.BodyID, Facts: ground})
	}
	t.Tell(Note{Kind: "case.owing_ended", Text: ground, DocumentID: docID})
	return nil
}

// mayEnd is the rule: something lacks, its last day has passed, and the case is
// not decided.
func (o *Owing) mayEnd(c *Case, today calendar.Day) error {
	switch {
	case !o.Open() || c.Status != StatusHandling:
		return fault.Refused("owing.nothing", "")
	case today <= o.Until:
		return fault.Refused("owing.not_due", o.Law, "due", o.Until.Chinese())
	}
	return nil
}

// EndOverdue ends, in the name of the rule of the matter, the cases whose matter
// says that they end by themselves; it gives how many.
func (s *Service) EndOverdue(ctx context.Context) (int, error) {
	var due []*Owing
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		due, err = db.List(tx, scanOwing, `select `+owingColumns+` from owing where `+owed+` and ends_itself = 1 and until_day < $1
			order by until_day, case_id limit $2`, calendar.DayOf(tx.Now).String(), sweepLimit)
		return err
	})
	if err != nil {
		return 0, err
	}
	n := 0
	for _, o := range due {
		err := s.Act(ctx, staff.Machine("系统（容缺期满）"), Seen{CaseID: o.CaseID}, staff.CaseAccept, func(t *Turn) error {
			return s.endOwing(t, "本事项的容缺受理规定：逾期未补齐的，终止办理。")
		})
		switch f := fault.Of(err); {
		case err == nil:
			n++
		case f.Kind == fault.KindConflict || f.Kind == fault.KindRefused: // handed in, or ended, meanwhile
		default:
			return n, err
		}
	}
	return n, nil
}
