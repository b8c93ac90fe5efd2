package hearing

import (
	"context"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Object (申请主持人回避) asks that who presides be replaced for a direct interest in
// the matter.
type Object struct {
	casework.Seen
	PersonID string
	Reason   string
}

// Object is the applicant's own request.
func (s *Service) Object(ctx context.Context, who staff.Actor, in Object) error {
	if who.Kind != staff.Applicant {
		return fault.Denied("permission")
	}
	in.PersonID = applicantID
	return s.object(ctx, who, staff.CaseHear, in)
}

// EnterObject takes down a request on paper.
func (s *Service) EnterObject(ctx context.Context, who staff.Actor, in Object) error {
	return s.object(ctx, who, staff.CaseExamine, in)
}

// ObjectAs is the request of an interested party who is here.
func (s *Service) ObjectAs(ctx context.Context, at interest.Present, reason string) error {
	return s.object(ctx, at.Actor(), staff.CaseExamine, Object{Seen: casework.Seen{CaseID: at.CaseID}, PersonID: at.ID, Reason: reason})
}

func (s *Service) object(ctx context.Context, who staff.Actor, right staff.Permission, in Object) error {
	return s.on(ctx, who, in.Seen, right, func(t *turn) error {
		if err := wanted(lawPreside, "reason", in.Reason); err != nil {
			return err
		}
		if err := t.h.challenge(in.PersonID, strings.TrimSpace(in.Reason), t.Today()); err != nil {
			return err
		}
		t.Tell(casework.Note{Kind: "hearing.challenged", Data: map[string]string{"person": in.PersonID}})
		return nil
	})
}

// DecideObject (决定主持人是否回避) answers the request, by who is responsible for the
// body and not by who is challenged.
type DecideObject struct {
	casework.Seen
	Grant  bool
	Answer string
}

// DecideObject leaves the hearing without a chair when it grants; somebody else
// is named with a new notice.
func (s *Service) DecideObject(ctx context.Context, who staff.Actor, in DecideObject) error {
	return s.on(ctx, who, in.Seen, staff.CaseDecide, func(t *turn) error {
		if err := wanted(lawPreside, "answer", in.Answer); err != nil {
			return err
		}
		if err := t.h.decideChallenge(in.Grant, strings.TrimSpace(in.Answer), who.AccountID, who.Name); err != nil {
			return err
		}
		outcome := "refused"
		if in.Grant {
			outcome = "granted"
			if err := t.h.postpone(Move{Why: MoveChair, Reason: "主持人回避，另行指定主持人", On: t.Today()}); err != nil {
				return err
			}
		}
		t.Tell(casework.Note{Kind: "hearing.challenge_decided", Outcome: outcome, Text: strings.TrimSpace(in.Answer)})
		return nil
	})
}
