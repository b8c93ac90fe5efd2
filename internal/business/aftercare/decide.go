package aftercare

import (
	"context"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/document"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Decide (决定) ends a procedure: the licence is taken away, or it is not.
type Decide struct {
	Seen
	Outcome Outcome
	// Answer says whether the holder's statement was followed and why; for an
	// outcome that leaves the licence alone, why.
	Answer string
	// Compensation is 赔偿 (第六十九条第四款) or 补偿 (第八条第二款).
	Compensation string
	Announcement string // how a deregistration is announced
	// Original says that the promise that all investors signed was handed in;
	// only 简易注销 asks it.
	Original bool
}

// Decide is for somebody who did not begin the procedure.
func (s *Service) Decide(ctx context.Context, who staff.Actor, in Decide) error {
	return s.act(ctx, who, in.Seen, staff.LicenceEnd, func(tx *db.Tx, p *Proceeding) error {
		if err := p.decide(in, who, calendar.DayOf(tx.Now)); err != nil {
			return err
		}
		p.DecidedAt = tx.Now
		docID := ""
		if p.Outcome == Ended {
			var err error
			if docID, err = s.carryOut(tx, who, p, in); err != nil {
				return err
			}
		}
		p.tell(tx, who, "aftercare.decided", docID)
		return nil
	})
}

// decide is the rule. Nobody decides before the holder was heard, or on their
// own proposal; what was got by fraud must be rescinded unless that harmed the
// public (第六十九条第二款、第三款); an innocent holder's damage is made good (第四款).
func (p *Proceeding) decide(in Decide, who staff.Actor, today calendar.Day) error {
	g, _ := GroundOf(p.Kind, p.Ground)
	switch {
	case !p.Open():
		return fault.Conflict("aftercare.not_open", "status", string(p.Status))
	case who.Self(p.OpenedBy):
		return fault.Refused("aftercare.same_person", lawSeparation)
	case p.Status == Notified && p.Statement == "" && today <= p.Until:
		return fault.Refused("aftercare.heard_first", lawHeard, "day", p.Until.Chinese())
	case p.Status == Noticed && (p.Simple.Way != IndividualWay || today <= p.Until):
		return fault.Refused("aftercare.simple_running", catalog.LawSimple, "day", p.Until.Chinese())
	case p.Kind == Deregister && p.Statement != "" && p.Answer == "":
		return fault.Refused("aftercare.unanswered", lawHeard)
	case in.Outcome == PublicInterest && p.Kind != Rescind:
		return fault.Refused("aftercare.outcome", lawPublic)
	case in.Outcome != Ended && in.Outcome != NotFound && in.Outcome != PublicInterest:
		return fault.Invalid("form.invalid", fault.At("outcome", "aftercare.outcome_needed"))
	}
	if wrong := in.lacks(p, g); len(wrong) > 0 {
		return fault.Invalid("form.invalid", wrong...)
	}
	p.Outcome, p.Answer, p.Status = in.Outcome, strings.TrimSpace(p.Answer+"\n"+strings.TrimSpace(in.Answer)), Dropped
	p.DecidedBy, p.DecidedName = who.AccountID, who.Name
	if in.Outcome == Ended {
		p.Status = Done
		if p.compensated(g) {
			p.Compensation = strings.TrimSpace(in.Compensation)
		}
	}
	return nil
}

// compensated says that the law makes good the holder's damage.
func (p *Proceeding) compensated(g Ground) bool {
	return p.Kind == Recall || p.Kind == Rescind && !g.Must
}

func (in Decide) lacks(p *Proceeding, g Ground) (wrong []fault.Field) {
	need := func(name, value, label string) {
		if strings.TrimSpace(value) == "" {
			wrong = append(wrong, fault.At(name, "form.required", "label", label))
		}
	}
	if in.Outcome != Ended || p.Statement != "" && p.Answer == "" {
		need("answer", in.Answer, "对陈述申辩的答复或者不作处理的理由")
	}
	if in.Outcome == Ended && p.compensated(g) {
		need("compensation", in.Compensation, "赔偿或者补偿事项")
	}
	if in.Outcome == Ended && p.Kind == Deregister {
		need("announcement", in.Announcement, "公告方式")
	}
	if in.Outcome == Ended && p.Simple != nil && !in.Original {
		wrong = append(wrong, fault.At("original", "aftercare.original"))
	}
	return wrong
}

// carryOut changes the licence and issues the decision.
func (s *Service) carryOut(tx *db.Tx, who staff.Actor, p *Proceeding, in Decide) (string, error) {
	g, _ := GroundOf(p.Kind, p.Ground)
	today := calendar.DayOf(tx.Now)
	facts := document.Facts{Reasons: p.Reasons, Basis: p.basis(), DecidedOn: &today, MustRescind: g.Must, Compensation: p.Compensation}
	if p.Answer != "" && p.Statement != "" {
		facts.Reasons = append(facts.Reasons, "对陈述申辩的答复："+p.Answer)
	}
	switch p.Kind {
	case Rescind:
		if err := s.barred(tx, p, g); err != nil {
			return "", err
		}
		return s.end(tx, who, p, licence.Rescinded, document.CX, facts)
	case Recall:
		return s.end(tx, who, p, licence.Retracted, document.CH, facts)
	}
	l, err := s.o.Licences.Deregister(tx, p.LicenceID)
	if err != nil {
		return "", err
	}
	facts.Ground, facts.Announcement = g.Text, strings.TrimSpace(in.Announcement)
	return s.issue(tx, who, l, document.ZX, facts)
}

func (s *Service) end(tx *db.Tx, who staff.Actor, p *Proceeding, as licence.Status, k document.Kind, f document.Facts) (string, error) {
	l, err := s.o.Licences.End(tx, p.LicenceID, as)
	if err != nil {
		return "", err
	}
	return s.issue(tx, who, l, k, f)
}

// barYears is the three years of 行政许可法第七十九条.
const barYears = 3

// barred keeps who got a licence by fraud from the matter for three years, where
// the matter directly concerns safety, health, life or property.
func (s *Service) barred(tx *db.Tx, p *Proceeding, g Ground) error {
	if !g.Must {
		return nil
	}
	c, err := casework.ByID(tx, p.CaseID)
	if err != nil {
		return err
	}
	impl, err := s.o.Catalog.Load(tx, c.ImplementationID)
	if err != nil || !impl.Safety {
		return err
	}
	casework.BarFor(tx, c, impl, barYears, lawBarThree)
	return nil
}
