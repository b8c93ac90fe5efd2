package interest

import (
	"context"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/party"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Known is a party that is known already, as much of it as is shown: masked.
type Known struct {
	party.Masked
	Account bool // somebody with an account acts for it
	party   party.Party
}

// mostKnown bounds what one look-up gives; who has more namesakes is named by
// the letter.
const mostKnown = 20

// Find (按姓名、名称查找) looks for a party by its whole name among those whom the
// officer's cases concern: applicants, and interested parties who are known. Nobody
// else's are found. Every look-up is on record, without the name.
func (s *Service) Find(ctx context.Context, who staff.Actor, caseID, name string) (out []Known, err error) {
	if err := who.Must(staff.CaseExamine); err != nil {
		return nil, err
	}
	if err := wanted("name", name); err != nil {
		return nil, err
	}
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		c, err := casework.ByID(tx, caseID)
		if err != nil || who.May(staff.CaseExamine, c.Subject()) != nil {
			return fault.Missing("case.missing")
		}
		ids, err := idsInScope(tx, who, "p.name = $1", strings.TrimSpace(name))
		if err != nil {
			return err
		}
		for _, partyID := range ids {
			k, err := s.look(tx, partyID)
			if err != nil {
				return err
			}
			out = append(out, k)
		}
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "interest.find", SubjectKind: "case", SubjectID: caseID,
			After: map[string]int{"found": len(out)}, RequestID: who.RequestID})
		return nil
	})
	return out, err
}

// Known is one that Find gave.
func (s *Service) Known(ctx context.Context, who staff.Actor, partyID string) (k Known, err error) {
	if err := who.Must(staff.CaseExamine); err != nil {
		return k, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		k, err = s.inScope(tx, who, partyID)
		return err
	})
	return k, err
}

func (s *Service) inScope(tx *db.Tx, who staff.Actor, partyID string) (Known, error) {
	ids, err := idsInScope(tx, who, "p.id = $1", partyID)
	if err != nil {
		return Known{}, err
	}
	if len(ids) == 0 {
		return Known{}, fault.Missing("party.party")
	}
	return s.look(tx, ids[0])
}

func (s *Service) look(tx *db.Tx, partyID string) (Known, error) {
	p, err := s.people.Load(tx, partyID)
	if err != nil {
		return Known{}, err
	}
	account, err := party.HasAccount(tx, partyID)
	return Known{p.Masked(), account, p}, err
}

// idsInScope are the parties that a condition with one argument names, among
// those whom the actor's cases concern.
func idsInScope(tx *db.Tx, who staff.Actor, where string, arg any) ([]string, error) {
	scope, args := who.ScopeFor(staff.CaseExamine).SQL("c", 3)
	return db.List(tx, func(r db.Scanner) (id string, err error) { return id, r.Scan(&id) },
		`select p.id from party p where `+where+` and (exists (select 1 from cases c where c.applicant_id = p.id and `+scope+`)
		or exists (select 1 from interested_party i join cases c on c.id = i.case_id where i.party_id = p.id and `+scope+`))
		order by p.id limit $2`, append([]any{arg, mostKnown}, args...)...)
}
