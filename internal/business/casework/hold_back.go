package casework

import (
	"context"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Citations of what follows a commitment that was false before its licence was
// issued.
const (
	lawFraud   = "行政许可法第六十九条第二款"
	lawHearOut = "行政许可法第七条"
)

// heldKind is the kind of the hold, hearOutDays how many working days the
// applicant has to be heard, as when a licence is rescinded.
const (
	heldKind    = "false_commitment"
	hearOutDays = 5
)

// HoldBack (暂缓制证) keeps back the result of a grant that rests on a commitment
// found to be false, while nothing was issued yet: what would have to be taken
// away at once is not handed out. The applicant is told and heard. It says
// whether there was anything to hold back; the noun that verified calls it in
// its own act.
func (s *Service) HoldBack(tx *db.Tx, who staff.Actor, caseID, facts string) (bool, error) {
	c, err := ByID(tx, caseID)
	if err != nil || c.Status != StatusGranted || c.HeldBack() != nil {
		return false, err
	}
	impl, err := s.catalog.Load(tx, c.ImplementationID)
	if err != nil {
		return false, err
	}
	if _, waits := c.Open(impl.Flow, flow.Issue); !waits {
		return false, nil
	}
	before := *c
	t := &Turn{tx, who, c, &before, c.In(impl), s}
	until := s.calendar().AddWorking(t.Today(), hearOutDays)
	t.Hold(Hold{ID: heldKind, Kind: heldKind, Law: lawFraud, Code: "issue.held_back", Blocks: []flow.Act{flow.Issue, flow.Deliver}, Until: until})
	docID, err := t.Issue(document.CXGZ, document.Facts{Licence: document.Licence{Name: c.ItemName, Number: c.Number}, Reasons: []string{"经核查，申请人作出的承诺不实：" + facts},
		Basis: []string{"《中华人民共和国行政许可法》第六十九条第二款"}, Until: &until, How: "书面提交受理窗口，或者到决定机关当面提出"})
	if err != nil {
		return false, err
	}
	t.Tell(Note{Kind: "case.held_back", DocumentID: docID, Data: map[string]any{"until": until.Chinese()}})
	s.finish(t)
	return true, nil
}

// HeldBack is the hold that keeps the result back; nil for none.
func (c *Case) HeldBack() *Hold {
	for i, h := range c.Course.Holds {
		if h.Kind == heldKind {
			return &c.Course.Holds[i]
		}
	}
	return nil
}

// SettleHeld says what becomes of a result that was held back.
type SettleHeld struct {
	Seen
	Rescind   bool
	Statement string // what the applicant said, when they did
	Reasons   string // of the decision, with the answer to the statement
}

// SettleHeld rescinds the grant (撤销准予决定), which ends the case, or lets the
// result be issued after all.
func (s *Service) SettleHeld(ctx context.Context, who staff.Actor, in SettleHeld) error {
	return s.Act(ctx, who, in.Seen, staff.CaseDecide, func(t *Turn) error {
		if err := t.Case.settle(in, t.Today()); err != nil {
			return err
		}
		t.Lift(heldKind)
		if !in.Rescind {
			t.Tell(Note{Kind: "case.released", Text: strings.Join(in.grounds(), "\n")})
			return nil
		}
		today := t.Today()
		facts := document.Facts{Licence: document.Licence{Name: t.Case.ItemName, Number: t.Case.Number}, Reasons: in.grounds(),
			Basis: []string{"《中华人民共和国行政许可法》第六十九条第二款"}, MustRescind: true, DecidedOn: &today}
		docID, err := t.Issue(document.CX, facts)
		if err != nil {
			return err
		}
		if p := t.Case.Purpose; t.Impl.Quantity.Limited && (p == PurposeNew || p == "") {
			if err := s.GiveBack(t.Tx, who, t.Impl.Code()); err != nil {
				return err
			}
		}
		t.Case.Status, t.Case.Granted, t.Case.ConcludedAt, t.Case.Flow.Open = StatusTerminated, false, t.Tx.Now, []flow.Token{}
		t.Tell(Note{Kind: "case.grant_rescinded", Text: strings.Join(in.grounds(), "\n"), DocumentID: docID})
		return nil
	})
}

// grounds are what the applicant said, where they did, and the reasons.
func (in SettleHeld) grounds() []string {
	reasons := lines(in.Reasons)
	if said := strings.TrimSpace(in.Statement); said != "" {
		return append([]string{"当事人的陈述、申辩：" + said}, reasons...)
	}
	return reasons
}

// settle is the rule: held back, with reasons; and nothing is taken away before
// the applicant was heard or the time for it passed.
func (c *Case) settle(in SettleHeld, today calendar.Day) error {
	h := c.HeldBack()
	switch {
	case h == nil || c.Status != StatusGranted:
		return fault.Conflict("case.not_at_step", "status", string(c.Status))
	case in.Rescind && strings.TrimSpace(in.Statement) == "" && today <= h.Until:
		return fault.Refused("held.heard_first", lawHearOut, "day", h.Until.Chinese())
	}
	return needed(lawFraud, "reasons", in.Reasons)
}
