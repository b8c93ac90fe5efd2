package procedure

import (
	"context"
	"slices"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Appoint names one officer to go, with the number of the certificate that they
// will show; without one it is the number that they showed last.
type Appoint struct{ AccountID, Number string }

// Candidate is an officer who can be sent.
type Candidate struct {
	AccountID, Name, BodyID string
	Regulator               bool   // of the supervising department
	Number                  string // that they showed last, "" when they have not gone yet
}

// sent are the roles whose holders can be sent.
var sent = []staff.Role{staff.Handler, staff.Reviewer, staff.TownshipClerk}

// Candidates are the officers who can be sent in a case: those who examine at
// the body that decides, and those of the department that supervises.
func (s *Service) Candidates(ctx context.Context, who staff.Actor, c *casework.Case, impl *catalog.Implementation) (out []Candidate, err error) {
	if err := who.May(staff.CaseRead, c.Subject()); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = candidates(tx, c.BodyID, impl.Regulator.ID)
		return err
	})
	return out, err
}

func candidates(tx *db.Tx, bodyID, regulatorID string) (out []Candidate, err error) {
	add := func(body string, r staff.Role, regulator bool) error {
		ids, err := staff.Holders(tx, body, r)
		for _, id := range ids {
			if slices.ContainsFunc(out, func(c Candidate) bool { return c.AccountID == id }) {
				continue
			}
			c := Candidate{AccountID: id, BodyID: body, Regulator: regulator}
			if c.Name, err = staff.NameOf(tx, id); err != nil {
				return err
			}
			if c.Number, err = lastNumber(tx, id); err != nil {
				return err
			}
			out = append(out, c)
		}
		return err
	}
	for _, r := range sent {
		if err := add(bodyID, r, false); err != nil {
			return nil, err
		}
	}
	if regulatorID != "" && regulatorID != bodyID {
		err = add(regulatorID, staff.Regulator, true)
	}
	return out, err
}

// lastNumber is the certificate that the officer showed last.
func lastNumber(tx *db.Tx, accountID string) (string, error) {
	all, err := db.List(tx, func(r db.Scanner) (n string, err error) { return n, r.Scan(&n) },
		`select number from procedure_officer where account_id = $1 order by at desc, procedure_id desc limit 1`, accountID)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0], nil
}

// appointed are the officers to be sent: at least so many, different people
// with different certificates (行政许可法第三十四条第三款: 两名以上).
func appointed(list []Appoint, from []Candidate, least int, law string) ([]Officer, error) {
	var out []Officer
	var wrong []fault.Field
	for i, a := range list {
		a.Number = strings.TrimSpace(a.Number)
		if a.AccountID == "" && a.Number == "" {
			continue
		}
		at := slices.IndexFunc(from, func(c Candidate) bool { return c.AccountID == a.AccountID })
		if at >= 0 && a.Number == "" {
			a.Number = from[at].Number
		}
		same := slices.ContainsFunc(out, func(o Officer) bool { return o.AccountID == a.AccountID || o.Number == a.Number })
		name := field(i)
		switch {
		case at < 0:
			wrong = append(wrong, fault.At("officer"+name, "procedure.officer"))
		case a.Number == "":
			wrong = append(wrong, fault.At("number"+name, "text.required"))
		case len([]rune(a.Number)) > mostNumber:
			wrong = append(wrong, fault.At("number"+name, "text.too_long", "max", "40"))
		case same:
			wrong = append(wrong, fault.At("officer"+name, "procedure.officer_twice"))
		default:
			out = append(out, Officer{AccountID: a.AccountID, Name: from[at].Name, Number: a.Number, BodyID: from[at].BodyID})
		}
	}
	if len(wrong) > 0 {
		f := fault.Invalid("form.invalid", wrong...)
		f.Law = law
		return nil, f
	}
	if len(out) < least {
		return nil, fault.Refused("procedure.two_officers", law, "least", digits(least))
	}
	return out, nil
}

// mostNumber bounds the number of a certificate, in characters.
const mostNumber = 40

// field is how the fields of the i-th officer end: officer1, officer2 …
func field(i int) string { return digits(i + 1) }

// fits says whether the officers are of whom the organiser says they are (定州方案:
// the bureau organises; where it cannot yet, jointly with the supervising
// department).
func (o Organiser) fits(officers []Officer, bodyID string) error {
	own := 0
	for _, x := range officers {
		if x.BodyID == bodyID {
			own++
		}
	}
	switch {
	case o == ByBureau && own < len(officers):
		return fault.Refused("visit.bureau_alone", lawVisit)
	case o == Jointly && (own == 0 || own == len(officers)):
		return fault.Refused("visit.joint", lawVisit)
	case !slices.Contains(Organisers(), o):
		return fault.Invalid("form.invalid", fault.At("organiser", "choice.unknown"))
	}
	return nil
}

// named is the officer that the account is, nil when it is none of them.
func (p *Procedure) named(accountID string) *Officer {
	for i := range p.Officers {
		if accountID != "" && p.Officers[i].AccountID == accountID {
			return &p.Officers[i]
		}
	}
	return nil
}

// reaching is the actor with the case of a procedure that they were sent to:
// an officer of the supervising department sees nothing else of the body's
// cases, and this actor is used for that one case alone.
func (p *Procedure) reaching(who staff.Actor) staff.Actor {
	if p.named(who.AccountID) == nil || len(who.Roles) == 0 {
		return who
	}
	who.Grants = append(slices.Clone(who.Grants), staff.Grant{Role: who.Roles[0], Scope: staff.Scope{Bodies: []string{p.Case.Subject.BodyID}}})
	return who
}
