package interest

import (
	"context"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// ChallengeAs is the wish of an interested party who is here that an officer keep
// out of the case (公务员法第七十七条第一款).
func (s *Service) ChallengeAs(ctx context.Context, at Present, in casework.AskChallenge) error {
	in.Seen, in.PersonID, in.Name = casework.Seen{CaseID: at.CaseID}, at.ID, at.Name
	return s.act(ctx, at.actor, in.Seen, staff.CaseExamine, func(t *casework.Turn) error { return s.cases.AskChallengeIn(t, in, false) })
}

// EnterChallenge takes down what the applicant or an interested party handed in on
// paper.
func (s *Service) EnterChallenge(ctx context.Context, who staff.Actor, in casework.AskChallenge) error {
	return s.act(ctx, who, in.Seen, staff.CaseExamine, func(t *casework.Turn) error {
		if in.PersonID != casework.ByApplicant {
			p, err := s.byID(t.Tx, in.PersonID)
			if err != nil || p.CaseID != t.Case.ID || p.Role != Interested {
				return fault.Invalid("form.invalid", fault.At("person", "interest.missing"))
			}
			in.Name = p.Name
		}
		return s.cases.AskChallengeIn(t, in, true)
	})
}

// ChallengesAs are the challenges of an interested party who is here, and whom they
// may challenge.
func (s *Service) ChallengesAs(ctx context.Context, at Present) (mine []casework.Challenge, officers []casework.Challenged, err error) {
	if at.Case == nil {
		return nil, nil, fault.Missing("interest.missing")
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		mine, err = s.cases.ChallengesBy(tx, at.CaseID, at.ID)
		return err
	})
	if err == nil {
		officers, err = s.cases.Challengeable(ctx, at.Case)
	}
	return mine, officers, err
}
