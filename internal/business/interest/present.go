package interest

import (
	"context"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Present is an interested party who is here: with the number and the check code
// of their letter, or signed in after they joined it to their account. The zero
// Present may do nothing.
type Present struct {
	Party
	Case  *casework.Case
	actor staff.Actor
}

// Actor is who acts for them in the case. They are no applicant and no officer:
// what they may do is what the acts of interested parties let them.
func (p Present) Actor() staff.Actor { return p.actor }

// Joined says that they came by their account.
func (p Present) Joined() bool { return p.actor.AccountID != byCode.AccountID }

// byCode is who acts for a party that came with number and code.
var byCode = staff.Machine("利害关系人（凭编号和查询码）")

// byAccount is who acts for a party that is signed in: the account stays on
// record, its name does not stand in the case.
func byAccount(who staff.Actor) staff.Actor {
	a := staff.Machine("利害关系人")
	a.AccountID, a.RequestID = who.AccountID, who.RequestID
	return a
}

// ByCode is the interested party with a number and its check code. A wrong code
// and an unknown number are answered alike.
func (s *Service) ByCode(ctx context.Context, number, code string) (at Present, err error) {
	number = clean(number)
	right := s.keys.CheckCodeMatches("interest:"+number, code)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		p, err := s.byNumber(tx, number)
		if err != nil || !right || p.Role != Interested {
			return fault.Missing("interest.not_found")
		}
		at = Present{Party: p, actor: byCode}
		at.Case, err = casework.ByID(tx, p.CaseID)
		return err
	})
	if err != nil {
		return Present{}, err
	}
	return at, nil
}

// ByAccount is an interested party whom the actor acts for.
func (s *Service) ByAccount(ctx context.Context, who staff.Actor, interestedID string) (at Present, err error) {
	if err := who.Must(staff.CaseHear); err != nil {
		return at, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		p, err := s.byID(tx, interestedID)
		if err != nil || p.Role != Interested || !who.ActsFor(p.PartyID) {
			return fault.Missing("interest.missing")
		}
		at = Present{Party: p, actor: byAccount(who)}
		at.Case, err = casework.ByID(tx, p.CaseID)
		return err
	})
	if err != nil {
		return Present{}, err
	}
	return at, nil
}

// SpeakAs takes the statement of an interested party who is here.
func (s *Service) SpeakAs(ctx context.Context, at Present, text string) error {
	return s.state(ctx, at.actor, staff.CaseExamine, State{Seen: casework.Seen{CaseID: at.CaseID}, PartyID: at.ID, Text: text, Via: Online}, Interested)
}

func clean(number string) string { return strings.ToUpper(strings.Join(strings.Fields(number), "")) }
