package hearing

import (
	"context"
	"strconv"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// turn is an act on a hearing: the case's turn with the hearing in it.
type turn struct {
	*casework.Turn
	h *Hearing
}

// act is an act on the case inside this noun's transaction.
func (s *Service) act(ctx context.Context, who staff.Actor, seen casework.Seen, p staff.Permission, fn func(*casework.Turn) error) error {
	err := s.db.Act(ctx, func(tx *db.Tx) error { return s.cases.ActIn(tx, who, seen, p, fn) })
	s.cases.KeepRefusal(ctx, who, seen.CaseID, p, err)
	return err
}

// on is an act on the hearing that is open in the case.
func (s *Service) on(ctx context.Context, who staff.Actor, seen casework.Seen, p staff.Permission, fn func(*turn) error) error {
	return s.act(ctx, who, seen, p, func(t *casework.Turn) error {
		h, err := openOf(t.Tx, t.Case.ID)
		if err != nil {
			return err
		}
		if t.Case.Status != casework.StatusHandling {
			return fault.Conflict("case.not_at_step", "status", string(t.Case.Status))
		}
		x := &turn{t, h}
		if err := fn(x); err != nil {
			return err
		}
		save(t.Tx, *h)
		return nil
	})
}

// stop stops the clock with the notice of the time needed (行政许可法第四十五条).
func (t *turn) stop() error {
	today := t.Today()
	if err := t.Case.Pause(casework.Pause{ID: t.h.ID, Kind: "hearing", Law: lawStop, From: today, Days: t.h.Days}, t.Impl, t.Calendar()); err != nil {
		return err
	}
	t.Reproject()
	_, err := t.Issue(document.TBCX, document.Facts{Procedure: &document.Procedure{Name: "听证", Law: "《中华人民共和国行政许可法》第四十五条",
		Needs: days(t.h.Days), From: &today}})
	return err
}

// run lets the clock run on and tells it, where it stood.
func (t *turn) run(conclusion string) error {
	today := t.Today()
	if err := t.Case.Resume(t.h.ID, today); err != nil {
		return nil // it did not stand: nobody had asked
	}
	t.Reproject()
	_, err := t.Issue(document.TBJS, document.Facts{Procedure: &document.Procedure{Name: "听证", Law: "《中华人民共和国行政许可法》第四十五条",
		To: &today, Conclusion: conclusion}})
	return err
}

// end closes a hearing that is not held any more.
func (t *turn) end() error {
	t.Lift(holdID(t.h.ID))
	t.Tell(casework.Note{Kind: "hearing.ended", Outcome: t.h.Ending})
	return t.run("申请人、利害关系人放弃听证，不再举行")
}

// days is a length as letters write it.
func days(n int) string { return strconv.Itoa(n) + "个工作日" }
