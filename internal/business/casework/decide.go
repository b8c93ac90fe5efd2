package casework

import (
	"context"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Decide (决定) grants or refuses.
type Decide struct {
	Seen
	Grant   bool
	Opinion string // for the file
	Reasons string // one a line; needed for a refusal
	Basis   string // one a line; needed for a refusal
	// False says that it is refused because materials were false or facts
	// concealed (行政许可法第七十八条).
	False bool
	// Late says to the public why the promised limit was not kept; needed when it
	// has passed and nobody has said so yet.
	Late string
}

// Decide issues the decision. A refusal without reasons, basis or remedies is
// not issued (行政许可法第三十八条第二款); which remedies, the body's data says.
func (s *Service) Decide(ctx context.Context, who staff.Actor, in Decide) error {
	return s.Act(ctx, who, in.Seen, staff.CaseDecide, func(t *Turn) error {
		if err := in.check(); err != nil {
			return err
		}
		if err := in.human(who); err != nil {
			return err
		}
		if err := t.Case.decidable(in, t.Impl); err != nil {
			return err
		}
		if err := s.registrable(t, in); err != nil {
			return err
		}
		if err := explained(t, in.Late); err != nil {
			return err
		}
		if in.Grant {
			if err := t.inOrder(); err != nil {
				return err
			}
		}
		step, err := t.Complete(flow.Decide, in.outcome())
		if err != nil {
			return err
		}
		t.Case.decide(in.Grant, t)
		if in.False && !in.Grant && t.Impl.Safety {
			BarFor(t.Tx, t.Case, t.Impl, barYear, lawFalse)
		}
		kind, facts, err := s.decision(t, in)
		if err != nil {
			return err
		}
		docID, err := t.Issue(kind, facts)
		if err != nil {
			return err
		}
		t.Tell(Note{Kind: "case." + in.verb(), Step: step.Key, Outcome: in.outcome(), Text: strings.TrimSpace(in.Opinion), DocumentID: docID})
		return nil
	})
}

// decidable: under way, with what the matter demands found, and resting on the
// records that bind the decision.
func (c *Case) decidable(in Decide, impl *catalog.Implementation) error {
	if err := c.underWay(); err != nil {
		return err
	}
	if err := in.joint(c, impl); err != nil {
		return err
	}
	if err := c.demanded(in.Grant, impl); err != nil {
		return err
	}
	if err := c.bound(in.Grant); err != nil {
		return err
	}
	if in.Grant {
		if err := c.grantable(); err != nil {
			return err
		}
	}
	return c.cites(in.Basis + "\n" + in.Reasons + "\n" + in.Opinion)
}

// demanded refuses a decision before a procedure that the matter's law makes
// mandatory has had its result; no licence is granted before a site visit that
// the matter always wants (行政许可法第三十四条第三款), unless it is granted on the
// applicant's commitment and visited afterwards.
func (c *Case) demanded(grant bool, impl *catalog.Implementation) error {
	for _, s := range impl.Special {
		if _, found := c.Course.Found(s.Kind); s.Mandatory && !found {
			return fault.Refused("decide.procedure_lacking", s.Law, "name", s.Name)
		}
	}
	if v := impl.SiteVisit; grant && v != nil && v.Always && c.Mode != ModeCommitment {
		if _, found := c.Course.Found("site_visit"); !found {
			return fault.Refused("decide.visit_lacking", lawVisit)
		}
	}
	return nil
}

// joint: where bodies handle an application together, none grants over the
// refusal of another (行政许可法第二十六条第二款); the case goes back, or is refused.
func (in Decide) joint(c *Case, impl *catalog.Implementation) error {
	if against := impl.Flow.Opposed(c.Flow); in.Grant && against != "" {
		return fault.Refused("decide.opposed", lawTogether, "name", against)
	}
	return nil
}

func (c *Case) decide(grant bool, t *Turn) {
	c.DecidedAt, c.Granted, c.Status = t.Tx.Now, grant, StatusRefused
	if grant {
		c.Status = StatusGranted
	}
}

func (in Decide) facts(t *Turn, cal *calendar.Table) document.Facts {
	if t.Impl.Registration {
		return in.registered(t)
	}
	if in.Grant {
		return grantFacts(t.Case, t.Impl, lines(in.Basis), cal)
	}
	return document.Facts{Outcome: document.Refused, Decision: "不予" + t.Case.ItemName, Reasons: lines(in.Reasons), Basis: lines(in.Basis)}
}

// human refuses a refusal that no person makes (个人信息保护法第二十四条第三款).
func (in Decide) human(who staff.Actor) error {
	if !in.Grant && who.Kind == staff.System {
		return fault.Refused("decide.machine", lawMachine)
	}
	return nil
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

// document is the decision; one that a flow without examination makes at once
// is a decision on the spot (行政许可法第三十四条第二款). A registration has its own.
func (in Decide) document(impl *catalog.Implementation) document.Kind {
	switch {
	case impl.Registration:
		return document.DJTZ
	case onTheSpot(impl.Flow):
		return document.DCJD
	case in.Grant:
		return document.ZYXK
	}
	return document.BYXK
}

// onTheSpot says that nothing stands between acceptance and decision.
func onTheSpot(def flow.Definition) bool {
	_, examined := def.StepOf(flow.Examine)
	_, reviewed := def.StepOf(flow.Review)
	return !examined && !reviewed
}
