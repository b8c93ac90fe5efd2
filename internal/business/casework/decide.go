package casework

import (
	"context"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
)

// Decide (决定) grants or refuses.
type Decide struct {
	Seen
	Grant   bool
	Opinion string // for the file
	Reasons string // one a line; needed for a refusal
	Basis   string // one a line; needed for a refusal
}

// Decide issues the decision. A refusal without reasons, basis or remedies is
// not issued (行政许可法第三十八条第二款); which remedies, the body's data says.
func (s *Service) Decide(ctx context.Context, who staff.Actor, in Decide) error {
	return s.act(ctx, who, in.Seen, staff.CaseDecide, func(t *turn) error {
		if err := in.check(); err != nil {
			return err
		}
		if err := t.c.underWay(); err != nil {
			return err
		}
		step, err := t.complete(flow.Decide, in.outcome())
		if err != nil {
			return err
		}
		t.c.decide(in.Grant, t)
		docID, err := s.issue(t, in.document(), in.facts(t, s.calendar()))
		if err != nil {
			return err
		}
		t.tell(Note{Kind: "case." + in.verb(), Step: step.Key, Outcome: in.outcome(), Text: strings.TrimSpace(in.Opinion), DocumentID: docID})
		return nil
	})
}

func (c *Case) decide(grant bool, t *turn) {
	c.DecidedAt, c.Granted, c.Status = t.tx.Now, grant, StatusRefused
	if grant {
		c.Status = StatusGranted
	}
}

func (in Decide) facts(t *turn, cal *calendar.Table) document.Facts {
	if in.Grant {
		return grantFacts(t.c, t.impl, lines(in.Basis), cal)
	}
	return document.Facts{Reasons: lines(in.Reasons), Basis: lines(in.Basis)}
}

func (in Decide) check() error {
	if in.Grant {
		return needed("", "opinion", in.Opinion)
	}
	return needed(lawReasons, "opinion", in.Opinion, "reasons", in.Reasons, "basis", in.Basis)
}

func (in Decide) outcome() string {
	if in.Grant {
		return flow.Grant
	}
	return flow.Refuse
}

func (in Decide) verb() string {
	if in.Grant {
		return "granted"
	}
	return "refused"
}

func (in Decide) document() document.Kind {
	if in.Grant {
		return document.ZYXK
	}
	return document.BYXK
}
