package interest

import (
	"context"
	"slices"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/party"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// Join (加入账号) lets an interested party who came with number and code find what
// concerns them in their account from now on. The letter proves that they were
// written to; that the account's own name is the one on it proves that it is
// theirs and not found (docs/decisions/0180).
func (s *Service) Join(ctx context.Context, who staff.Actor, at Present) error {
	if who.Kind != staff.Applicant {
		return fault.Denied("permission")
	}
	if at.CaseID == "" {
		return fault.Missing("interest.not_found")
	}
	return s.act(ctx, byAccount(who), casework.Seen{CaseID: at.CaseID}, staff.CaseExamine, func(t *casework.Turn) error {
		p, err := s.byID(t.Tx, at.ID)
		if err != nil {
			return err
		}
		var mine []party.Party
		for _, partyID := range who.PartyIDs {
			m, err := s.people.Load(t.Tx, partyID)
			if err != nil {
				return err
			}
			mine = append(mine, m)
		}
		if err := p.join(mine, t.Case.ApplicantID); err != nil {
			return err
		}
		s.save(t.Tx, p)
		t.Tell(casework.Note{Kind: "interest.joined", Data: map[string]string{"number": p.Number}})
		return nil
	})
}

// join is the rule: once, to a party of the same name and kind, who is not the
// applicant.
func (p *Party) join(mine []party.Party, applicantID string) error {
	if p.Role != Interested {
		return fault.Missing("interest.missing")
	}
	if p.PartyID != "" {
		return fault.Conflict("interest.joined")
	}
	i := slices.IndexFunc(mine, func(m party.Party) bool {
		return bare(m.Name) == bare(p.Name) && (m.Kind == party.Company) == p.Company
	})
	switch {
	case i < 0:
		return fault.Refused("interest.other_name", "")
	case mine[i].ID == applicantID:
		return fault.Refused("interest.is_applicant", lawInterest)
	}
	p.PartyID = mine[i].ID
	return nil
}

func bare(name string) string { return strings.Join(strings.Fields(name), "") }

// Mine is one case in which a party of the actor is heard.
type Mine struct {
	Party
	ItemName string
	Case     casework.Status
}

// Mine are the cases in which parties of the actor are heard beside the applicant,
// the newest first; after is the id of the last one of the page before.
func (s *Service) Mine(ctx context.Context, who staff.Actor, after string, limit int) (out []Mine, err error) {
	if err := who.Must(staff.CaseHear); err != nil {
		return nil, err
	}
	if after == "" {
		after = "~"
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		scope, args := staff.Scope{Applicants: who.PartyIDs}.SQL("", 3)
		scope = strings.ReplaceAll(scope, "applicant_id", "party_id")
		all, err := db.List(tx, s.scan, columns+` where role = 'interested' and id < $1 and `+scope+` order by id desc limit $2`,
			append([]any{after, limit}, args...)...)
		for _, p := range all {
			c, err := casework.ByID(tx, p.CaseID)
			if err != nil {
				return err
			}
			out = append(out, Mine{p, c.ItemName, c.Status})
		}
		return err
	})
	return out, err
}

// Of a word to a party: what it is about.
const (
	WordTold     = "told"     // may speak
	WordAnswered = "answered" // what they said is answered
)

// WordTopic is published when a party that is known is to be told something; the
// payload is Word.
const WordTopic = "interest.word"

// Word is what a known party is told, and where it is read.
type Word struct {
	PartyID      string `json:"party_id"` // of party.Party
	InterestedID string `json:"interested_id"`
	CaseID       string `json:"case_id"`
	ItemName     string `json:"item_name"`
	About        string `json:"about"`
}

func word(t *casework.Turn, p Party, about string) {
	if p.PartyID != "" {
		event.Publish(t.Tx, WordTopic, p.ID, Word{p.PartyID, p.ID, t.Case.ID, t.Case.ItemName, about})
	}
}
