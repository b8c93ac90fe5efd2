package casework

import (
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/form"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Issuing is a granted case at its issuing step, inside the transaction of the
// noun that makes the licence.
type Issuing struct {
	Case   *Case
	Impl   *catalog.Implementation
	Values form.Values
	turn   *Turn
}

// BeginIssue loads a granted case for issuing its result (制证); the right and
// the version are checked. Package licence calls it in its own act.
func (s *Service) BeginIssue(tx *db.Tx, who staff.Actor, seen Seen) (*Issuing, error) {
	t, err := s.begin(tx, who, seen, staff.CaseIssue)
	if err != nil {
		return nil, err
	}
	if t.Case.Status != StatusGranted {
		return nil, fault.Conflict("case.not_at_step", "status", string(t.Case.Status))
	}
	if err := t.Case.free(flow.Issue); err != nil {
		return nil, err
	}
	values, err := s.formOf(tx, t.Case.ID)
	if err != nil {
		return nil, err
	}
	return &Issuing{t.Case, t.Impl, values, t}, nil
}

// FinishIssue closes the issuing step; data goes into the case's history.
func (s *Service) FinishIssue(i *Issuing, data any) error {
	step, err := i.turn.Complete(flow.Issue, flow.Issued)
	if err != nil {
		return err
	}
	i.turn.Tell(Note{Kind: "case.issued", Step: step.Key, Outcome: flow.Issued, Data: data})
	s.finish(i.turn)
	return nil
}
