package casework

import (
	"context"
	"strings"

	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// NotRequired (不受理) says that the matter needs no licence, and why.
type NotRequired struct {
	Seen
	Reasons string
	Basis   string
}

// NotRequired ends the case at once (行政许可法第三十二条第一款第（一）项).
func (s *Service) NotRequired(ctx context.Context, who staff.Actor, in NotRequired) error {
	return s.Act(ctx, who, in.Seen, staff.CaseAccept, func(t *Turn) error {
		if err := needed(lawNotRequired, "reasons", in.Reasons, "basis", in.Basis); err != nil {
			return err
		}
		facts := document.Facts{Reasons: lines(in.Reasons), Basis: lines(in.Basis)}
		return s.turnAway(t, StatusNotRequired, flow.NotRequired, document.BYSLN, facts)
	})
}

// NotCompetent (不予受理) says that another body is competent, and names it.
type NotCompetent struct {
	Seen
	Reasons   string
	Basis     string
	Competent string // the body that is
}

// NotCompetent ends the case at once, telling where to apply
// (行政许可法第三十二条第一款第（二）项).
func (s *Service) NotCompetent(ctx context.Context, who staff.Actor, in NotCompetent) error {
	return s.Act(ctx, who, in.Seen, staff.CaseAccept, func(t *Turn) error {
		if err := needed(lawCompetent, "reasons", in.Reasons, "basis", in.Basis, "competent", in.Competent); err != nil {
			return err
		}
		facts := document.Facts{Reasons: lines(in.Reasons), Basis: lines(in.Basis), Competent: strings.TrimSpace(in.Competent)}
		return s.turnAway(t, StatusNotCompetent, flow.NotCompetent, document.BYSL, facts)
	})
}

// turnAway concludes a case that is not taken up. It is too late for that once
// silence has made the case accepted.
func (s *Service) turnAway(t *Turn, to Status, outcome string, kind document.Kind, facts document.Facts) error {
	if err := t.Case.undecidedIntake(); err != nil {
		return err
	}
	if t.Case.silent(t.Tx.Now, s.calendar()) && t.Case.CompleteAt.Equal(t.Case.ReceivedAt) {
		return fault.Refused("accept.deemed", lawSupplement)
	}
	step, err := t.Complete(flow.Accept, outcome)
	if err != nil {
		return err
	}
	t.Case.Status, t.Case.ConcludedAt = to, t.Tx.Now
	docID, err := t.Issue(kind, facts)
	if err != nil {
		return err
	}
	t.Tell(Note{Kind: "case." + outcome, Step: step.Key, Outcome: outcome, Text: strings.Join(facts.Reasons, "\n"), DocumentID: docID})
	return nil
}

func (c *Case) undecidedIntake() error {
	if c.Status != StatusReceived {
		return fault.Conflict("case.not_awaiting_acceptance", "status", string(c.Status))
	}
	return nil
}

// needed refuses empty texts; kv are pairs of field name and value.
func needed(law string, kv ...string) error {
	var wrong []fault.Field
	for i := 0; i+1 < len(kv); i += 2 {
		switch n := len([]rune(strings.TrimSpace(kv[i+1]))); {
		case n == 0:
			wrong = append(wrong, fault.At(kv[i], "text.required"))
		case n > mostOpinion:
			wrong = append(wrong, fault.At(kv[i], "text.too_long", "max", "2000"))
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	f := fault.Invalid("form.invalid", wrong...)
	f.Law = law
	return f
}

// mostOpinion bounds a reason or an opinion, in characters.
const mostOpinion = 2000

// lines splits what was typed into its non-empty lines.
func lines(s string) (out []string) {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
