package interest

import (
	"context"
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// State (陈述、申辩) is what a party says.
type State struct {
	casework.Seen
	PartyID string
	Text    string
	Via     Via
}

// Record takes down what a party said in person or wrote by post, by an officer.
func (s *Service) Record(ctx context.Context, who staff.Actor, in State) error {
	if in.Via != ByHand && in.Via != ByPost {
		return fault.Invalid("form.invalid", fault.At("via", "interest.via"))
	}
	return s.state(ctx, who, staff.CaseExamine, in)
}

// Speak is the applicant's own statement, beside the other parties.
func (s *Service) Speak(ctx context.Context, who staff.Actor, in State) error {
	if who.Kind != staff.Applicant {
		return fault.Denied("permission")
	}
	in.Via = Online
	return s.state(ctx, who, staff.CaseHear, in, Applicant)
}

func (s *Service) state(ctx context.Context, who staff.Actor, right staff.Permission, in State, only ...Role) error {
	return s.act(ctx, who, in.Seen, right, func(t *casework.Turn) error {
		if err := wanted("text", in.Text); err != nil {
			return err
		}
		p, err := s.byID(t.Tx, in.PartyID)
		if err != nil || p.CaseID != t.Case.ID || len(only) > 0 && p.Role != only[0] {
			return fault.Missing("interest.missing")
		}
		return s.take(t, &p, in)
	})
}

// take saves a statement and lets the decision wait for the answer.
func (s *Service) take(t *casework.Turn, p *Party, in State) error {
	if t.Case.Status != casework.StatusHandling {
		return fault.Conflict("case.not_at_step", "status", string(t.Case.Status))
	}
	if err := p.state(strings.TrimSpace(in.Text), in.Via, t.Tx.Now); err != nil {
		return err
	}
	s.save(t.Tx, *p)
	t.Hold(p.hold())
	t.Tell(casework.Note{Kind: "interest.stated", Outcome: string(in.Via), Data: map[string]string{"number": p.Number}})
	return nil
}

// Answer (答复意见) says whether what a party said was adopted, and why.
type Answer struct {
	casework.Seen
	PartyID string
	Adopted bool
	Text    string
}

// Answer lets the decision go on as far as this party is concerned.
func (s *Service) Answer(ctx context.Context, who staff.Actor, in Answer) error {
	return s.act(ctx, who, in.Seen, staff.CaseExamine, func(t *casework.Turn) error {
		if err := wanted("text", in.Text); err != nil {
			return err
		}
		p, err := s.byID(t.Tx, in.PartyID)
		if err != nil || p.CaseID != t.Case.ID {
			return fault.Missing("interest.missing")
		}
		if err := p.answer(in.Adopted, strings.TrimSpace(in.Text), who.Name, t.Tx.Now); err != nil {
			return err
		}
		s.save(t.Tx, p)
		t.Lift(p.hold().ID)
		t.Tell(casework.Note{Kind: "interest.answered", Outcome: strconv.FormatBool(in.Adopted), Data: map[string]string{"number": p.Number}})
		word(t, p, WordAnswered)
		return nil
	})
}

// Serve (送达) tells on which day a posted letter came. It never shortens the
// party's time.
type Serve struct {
	casework.Seen
	PartyID string
	On      calendar.Day
}

// Serve lengthens the time when the letter came later than it was given to.
func (s *Service) Serve(ctx context.Context, who staff.Actor, in Serve) error {
	return s.act(ctx, who, in.Seen, staff.CaseExamine, func(t *casework.Turn) error {
		p, err := s.byID(t.Tx, in.PartyID)
		if err != nil || p.CaseID != t.Case.ID {
			return fault.Missing("interest.missing")
		}
		if p.Status != Told || p.ToldBy != ByPost {
			return fault.Conflict("interest.stated", "status", string(p.Status))
		}
		if in.On < p.ToldOn || in.On > t.Today() {
			return fault.Invalid("form.invalid", fault.At("on", "interest.served_day"))
		}
		p.served(in.On, LeastDays, t.Calendar())
		s.save(t.Tx, p)
		t.Hold(p.hold())
		t.Tell(casework.Note{Kind: "interest.served", Data: map[string]string{"number": p.Number, "until": p.Until.String()}})
		return nil
	})
}
