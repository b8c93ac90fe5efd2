package complaint

import (
	"context"
	"slices"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Conclude says how it ended.
type Conclude struct {
	Seen
	Result, On, Note string
	// ActBy is by when the body must act, where the organ ordered it to.
	ActBy string
	// Redo says that the organ ordered the decision to be made anew
	// (行政复议法第六十四条、行政诉讼法第七十条).
	Redo bool
}

// Conclude opens the case in which the decision is made anew, where that was
// ordered, and gives its id. A licence that rested on an annulled grant ends
// with it.
func (s *Service) Conclude(ctx context.Context, who staff.Actor, in Conclude) (redoID string, err error) {
	err = s.onAppeal(ctx, who, in.Seen, func(t *casework.Turn, a *Appeal) error {
		if err := a.conclude(in, t.Case, t.Today()); err != nil {
			return err
		}
		if in.Redo {
			c, err := s.o.Casework.Redecide(t.Tx, who, a.CaseID)
			if err != nil {
				return err
			}
			a.RedoID, redoID = c.ID, c.ID
		}
		if a.Result == Annulled && t.Case.Granted {
			l, err := s.o.Licences.EndOfCase(t.Tx, t.Case.ID, licence.Rescinded)
			if err != nil {
				return err
			}
			if l != nil {
				a.LicenceID = l.ID
			}
		}
		t.Tell(casework.Note{Kind: "appeal.ended", Outcome: a.Result, Data: map[string]any{"appeal": a.ID, "kind": a.Kind, "licence": a.LicenceID}})
		return nil
	})
	return redoID, err
}

// conclude is the rule: once, with a result that is possible, of a day not in
// the future; who was ordered to act has a day; only what was annulled or
// ordered, and was a decision, is decided anew.
func (a *Appeal) conclude(in Conclude, c *casework.Case, today calendar.Day) error {
	if !a.Pending() {
		return fault.Conflict("appeal.ended")
	}
	var wrong []fault.Field
	if !slices.Contains(Results(a.Against), in.Result) {
		wrong = append(wrong, fault.At("result", "appeal.result"))
	}
	on, err := calendar.ParseDay(in.On)
	if err != nil || on > today || on < a.FiledOn {
		wrong = append(wrong, fault.At("on", "appeal.day"))
	}
	by, err := calendar.ParseDay(in.ActBy)
	if in.ActBy != "" && (err != nil || by < on) || in.ActBy == "" && in.Result == Ordered {
		wrong = append(wrong, fault.At("act_by", "appeal.act_by"))
	}
	if len(wrong) > 0 {
		f := fault.Invalid("form.invalid", wrong...)
		f.Law = lawOrdered
		return f
	}
	if in.Redo && (c.DecidedAt.IsZero() || in.Result != Annulled && in.Result != Ordered) {
		return fault.Refused("appeal.no_redo", lawAnew)
	}
	if in.ActBy == "" || in.Result != Ordered && !in.Redo {
		by = 0
	}
	a.Status, a.Result, a.ResultOn, a.Note, a.ActBy = "ended", in.Result, on, strings.TrimSpace(in.Note), by
	return nil
}
