package procedure

import (
	"context"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// End closes a special procedure that has its result (程序结束、恢复计时).
type End struct{ Seen }

// End issues the notice (TBJS) with the conclusion and the new due day; the
// clock runs again from today.
func (s *Service) End(ctx context.Context, who staff.Actor, in End) error {
	return s.act(ctx, who, in.Seen, "procedure.end", func(t *turn) error {
		if t.p.Kind == SiteVisit || t.p.State != Ready {
			return fault.Conflict("procedure.not_ready", "state", string(t.p.State))
		}
		t.p.State = Done
		return s.resume(t)
	})
}

// Cancel gives a procedure up (取消): a visit that is not made, a special
// procedure that turned out not to be needed.
type Cancel struct {
	Seen
	Reason string
}

// Cancel ends it without a result. The clock of a special procedure runs again,
// and the applicant is told why.
func (s *Service) Cancel(ctx context.Context, who staff.Actor, in Cancel) error {
	return s.act(ctx, who, in.Seen, "procedure.cancel", func(t *turn) error {
		if err := needed("", []string{"reason", in.Reason}); err != nil {
			return err
		}
		if t.p.State.Ended() {
			return fault.Conflict("procedure.over", "state", string(t.p.State))
		}
		t.p.State, t.p.Detail.Reason = Cancelled, strings.TrimSpace(in.Reason)
		if t.p.Kind == SiteVisit {
			return s.calledOff(t)
		}
		return s.resume(t)
	})
}

// resume lets the clock run again, with the notice.
func (s *Service) resume(t *turn) error {
	p := t.p
	return s.inCase(t, staff.CaseSuspend, func(c *casework.Turn) error {
		p.To, p.EndAt = calendar.DayOf(t.tx.Now), t.tx.Now
		note := casework.Note{Kind: "procedure.finished", Text: p.Name + "：" + p.concluded(), Data: p.told()}
		if p.Stops() {
			note.Kind = "procedure.ended"
			if err := c.Case.Resume(p.ID, p.To); err != nil {
				return err
			}
			c.Reproject()
			var err error
			if note.DocumentID, err = c.Issue(document.TBJS, document.Facts{Procedure: p.facts()}); err != nil {
				return err
			}
		}
		c.Lift(p.ID)
		if p.State == Done {
			p.find(c, note.DocumentID)
		}
		c.Tell(note)
		return nil
	})
}

// find makes the result a finding of the case. A failed inspection binds the
// decision to its technical standard (行政许可法第五十五条第四款).
func (p *Procedure) find(c *casework.Turn, documentID string) {
	c.Find(casework.Finding{ID: p.ID, Kind: string(p.Kind), Outcome: string(p.Detail.Conclusion), DocumentID: documentID, On: c.Today()})
	standard := "standard " + string(p.Kind)
	c.Lift(standard)
	if p.Kind.Technical() && p.Detail.Conclusion == Failed {
		c.Hold(casework.Hold{ID: standard, Kind: string(p.Kind), Law: lawStandard, Code: "procedure.standard", Cite: p.Detail.Standard})
	}
}

// calledOff tells the applicant that nobody comes.
func (s *Service) calledOff(t *turn) error {
	t.p.EndAt = t.tx.Now
	return s.inCase(t, staff.CaseExamine, func(c *casework.Turn) error {
		c.Lift(t.p.ID)
		c.Tell(casework.Note{Kind: "visit.cancelled", Text: t.p.Detail.Reason, Data: t.p.told()})
		return nil
	})
}

// concluded is the conclusion as the notice states it.
func (p *Procedure) concluded() string {
	if p.State == Cancelled {
		return "程序取消：" + p.Detail.Reason
	}
	parts := []string{conclusions[p.Kind.Contest()][p.Detail.Conclusion]}
	if p.Detail.Standard != "" {
		parts = append(parts, "依据的技术标准："+p.Detail.Standard)
	}
	if p.Detail.Findings != "" {
		parts = append(parts, p.Detail.Findings)
	}
	return strings.Join(parts, "；")
}

// conclusions are the words of notices; a contest is won or lost.
var conclusions = map[bool]map[Conclusion]string{
	false: {Passed: "符合要求", Failed: "不符合要求", Rectify: "需要整改"},
	true:  {Passed: "申请人取得资格", Failed: "申请人未取得资格"},
}
