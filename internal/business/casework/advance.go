package casework

import (
	"context"
	"strings"

	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Advance (承办、审核) completes an examining or reviewing step with an opinion.
type Advance struct {
	Seen
	Act     flow.Act // flow.Examine or flow.Review
	Outcome string   // one of the step's outcomes
	Opinion string
	Ticks   []Tick
}

// Advance hands the case on along its flow.
func (s *Service) Advance(ctx context.Context, who staff.Actor, in Advance) error {
	permission, ok := map[flow.Act]staff.Permission{flow.Examine: staff.CaseExamine, flow.Review: staff.CaseReview}[in.Act]
	if !ok {
		return fault.Refused("case.act_unknown", "")
	}
	return s.Act(ctx, who, in.Seen, permission, func(t *Turn) error {
		if err := needed("", "opinion", in.Opinion); err != nil {
			return err
		}
		if err := t.Case.underWay(); err != nil {
			return err
		}
		step, err := t.Complete(in.Act, in.Outcome)
		if err != nil {
			return err
		}
		saveTicks(t, step.Key, in.Ticks)
		t.Tell(Note{Kind: "case.advanced", Step: step.Key, Outcome: in.Outcome, Text: strings.TrimSpace(in.Opinion)})
		return nil
	})
}

func (c *Case) underWay() error {
	if c.Status != StatusHandling {
		return fault.Conflict("case.not_at_step", "status", string(c.Status))
	}
	return nil
}
