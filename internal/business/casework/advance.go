package casework

import (
	"context"
	"strings"

	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Advance (承办、审核、征求意见) completes an examining or reviewing step, or another
// body's opinion, with what was found.
type Advance struct {
	Seen
	Spot
	Act     flow.Act // flow.Examine, flow.Review or flow.Opine
	Outcome string   // one of the step's outcomes
	Opinion string
	Ticks   []Tick
}

// Advance hands the case on along its flow. The lower body's examination is a
// report to the body that decides (下级初审, 行政许可法第三十五条): its opinion goes up
// with everything that was handed in, and nothing is asked for again.
func (s *Service) Advance(ctx context.Context, who staff.Actor, in Advance) error {
	switch in.Act {
	case flow.Examine, flow.Review, flow.Opine:
	default:
		return fault.Refused("case.act_unknown", "")
	}
	return s.actAt(ctx, who, in.Seen, in.Spot, in.Act, func(t *Turn, step flow.Step) error {
		if err := needed("", "opinion", in.Opinion); err != nil {
			return err
		}
		if err := t.Case.underWay(); err != nil {
			return err
		}
		if err := t.complete(step, in.Outcome); err != nil {
			return err
		}
		saveTicks(t, step.Key, in.Ticks)
		note := Note{Kind: "case.advanced", Step: step.Key, Outcome: in.Outcome, Text: strings.TrimSpace(in.Opinion), Data: t.inPlace()}
		switch {
		case step.Body == flow.Lower:
			note.Kind = "case.reported_up"
		case step.Act == flow.Opine:
			note.Kind = "case.opined"
		}
		t.Tell(note)
		return nil
	})
}

// inPlace says in the history for whom a substitute acted; nil for nobody.
func (t *Turn) inPlace() any {
	n := len(t.Before.Flow.Done)
	if len(t.Case.Flow.Done) <= n || t.Case.Flow.Done[n].For == "" {
		return nil
	}
	name, err := staff.NameOf(t.Tx, t.Case.Flow.Done[n].For)
	if err != nil {
		return nil
	}
	return map[string]string{"for": t.Case.Flow.Done[n].For, "for_name": name}
}

func (c *Case) underWay() error {
	if c.Status != StatusHandling {
		return fault.Conflict("case.not_at_step", "status", string(c.Status))
	}
	return nil
}
