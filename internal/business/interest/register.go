package interest

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/party"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Register (登记并告知利害关系人) names one whom the decision touches directly and
// tells them, by letter, what they may say until when.
type Register struct {
	casework.Seen
	// KnownID is a party that Find gave; empty for one who is named by the letter
	// alone, without any code.
	KnownID  string
	Name     string // of one who is not known
	Company  bool
	Address  string // 送达地址; sealed. Where it is empty, what is known of the party stands
	Phone    string // sealed
	Interest string // in what the decision touches them
	Via      Via    // how the letter goes; Online only to one who has an account
	Days     int    // working days for the statement, LeastDays to MostDays
}

// mostParties bounds the parties of one case; more are reached by a public
// hearing (行政许可法第四十六条).
const mostParties = 50

// Register issues the letter. With the first party the applicant's own time to
// speak begins, and both end on the same day.
func (s *Service) Register(ctx context.Context, who staff.Actor, in Register) (partyID string, err error) {
	err = s.act(ctx, who, in.Seen, staff.CaseExamine, func(t *casework.Turn) error {
		if t.Case.Status != casework.StatusHandling {
			return fault.Conflict("case.not_at_step", "status", string(t.Case.Status))
		}
		there, err := s.of(t.Tx, t.Case.ID)
		if err != nil {
			return err
		}
		if err := s.known(t, &in, there); err != nil {
			return err
		}
		if err := in.check(); err != nil {
			return err
		}
		if len(there) >= mostParties {
			return fault.Refused("interest.many", lawInterest)
		}
		p := in.party(t, interested(there))
		if err := s.letter(t, &p); err != nil {
			return err
		}
		partyID = p.ID
		s.insert(t.Tx, p)
		s.hearApplicant(t, p, there)
		t.Tell(casework.Note{Kind: "interest.told", Outcome: string(in.Via), Data: map[string]string{"number": p.Number, "until": p.Until.String()}, DocumentID: p.DocumentID})
		word(t, p, WordTold)
		return nil
	})
	return partyID, err
}

// known puts what is known of a party that was found into its place. The letter
// goes on paper unless somebody has an account to read it in.
func (s *Service) known(t *casework.Turn, in *Register, there []Party) error {
	if in.KnownID == "" {
		if in.Via == Online {
			return fault.Invalid("form.invalid", fault.At("via", "interest.no_account"))
		}
		return nil
	}
	k, err := s.inScope(t.Tx, t.Who, in.KnownID)
	if err != nil {
		return err
	}
	switch {
	case k.party.ID == t.Case.ApplicantID:
		return fault.Refused("interest.is_applicant", lawInterest)
	case slices.ContainsFunc(there, func(p Party) bool { return p.PartyID == k.party.ID }):
		return fault.Conflict("interest.twice")
	case in.Via == Online && !k.Account:
		return fault.Invalid("form.invalid", fault.At("via", "interest.no_account"))
	}
	in.Name, in.Company = k.party.Name, k.party.Kind == party.Company
	in.Address, in.Phone = either(in.Address, k.party.Address), either(in.Phone, k.party.Phone)
	return nil
}

// either is what was typed, or what was known.
func either(typed, known string) string {
	if strings.TrimSpace(typed) != "" {
		return typed
	}
	return known
}

func (in Register) check() error {
	must := []string{"name", in.Name, "interest", in.Interest}
	if in.Via != Online && (in.Via != ByHand || strings.TrimSpace(in.Phone) == "") {
		must = append(must, "address", in.Address)
	}
	if err := wanted(must...); err != nil {
		return err
	}
	if wrong := party.CheckReach(in.Phone, in.Address); len(wrong) > 0 {
		return fault.Invalid("form.invalid", wrong...)
	}
	if in.Via != ByHand && in.Via != ByPost && in.Via != Online {
		return fault.Invalid("form.invalid", fault.At("via", "interest.via"))
	}
	if in.Days < LeastDays || in.Days > MostDays {
		return fault.Invalid("form.invalid", fault.At("days", "interest.days", "min", strconv.Itoa(LeastDays), "max", strconv.Itoa(MostDays)))
	}
	return nil
}

func (in Register) party(t *casework.Turn, before int) Party {
	return Party{ID: id.New(), CaseID: t.Case.ID, Number: number(t.Case.Number, before+1), Role: Interested, Name: strings.TrimSpace(in.Name),
		Company: in.Company, PartyID: in.KnownID, Status: Told, Until: until(t.Today(), in.Via, in.Days, t.Calendar()), CreatedAt: t.Tx.Now,
		Data: Data{Address: strings.TrimSpace(in.Address), Phone: strings.TrimSpace(in.Phone), Interest: strings.TrimSpace(in.Interest),
			ToldOn: t.Today(), ToldBy: in.Via}}
}

// interested counts the parties beside the applicant.
func interested(all []Party) (n int) {
	for _, p := range all {
		if p.Role == Interested {
			n++
		}
	}
	return n
}

// number is the case's own with the place in it: it says nothing of the person.
func number(caseNumber string, n int) string { return caseNumber + "-L" + strconv.Itoa(n) }

// letter issues the letter and makes the decision wait.
func (s *Service) letter(t *casework.Turn, p *Party) (err error) {
	how := "登录" + s.baseURL + "/interest，凭编号" + p.Number + "和查询码" + s.Code(*p) + "在网上陈述；或者书面提交、当面向经办人陈述"
	p.DocumentID, err = t.Issue(document.LHGZ, document.Facts{Addressee: p.Name, Until: &p.Until, How: how})
	t.Hold(p.hold())
	return err
}

// hearApplicant has the applicant heard beside the first party.
func (s *Service) hearApplicant(t *casework.Turn, first Party, there []Party) {
	if len(there) > 0 {
		return
	}
	p := Party{ID: id.New(), CaseID: t.Case.ID, Number: t.Case.Number + "-S", Role: Applicant, Name: t.Case.ApplicantName,
		Company: t.Case.Company, Status: Told, Until: first.Until, CreatedAt: t.Tx.Now, Data: Data{ToldOn: t.Today(), ToldBy: Online}}
	s.insert(t.Tx, p)
	t.Hold(p.hold())
}

// act is an act on the case inside this noun's transaction.
func (s *Service) act(ctx context.Context, who staff.Actor, seen casework.Seen, p staff.Permission, fn func(*casework.Turn) error) error {
	err := s.db.Act(ctx, func(tx *db.Tx) error { return s.cases.ActIn(tx, who, seen, p, fn) })
	s.cases.KeepRefusal(ctx, who, seen.CaseID, p, err)
	return err
}
