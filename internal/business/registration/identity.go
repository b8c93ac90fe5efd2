package registration

import (
	"context"
	"slices"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/form"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// CheckIdentity (实名核验) checks a person whom a registration names.
type CheckIdentity struct {
	casework.Seen
	Person string // catalog.Named.Key
	Way    Way
	// Receipt is the number of the notarial certificate, or what was seen at the
	// window; the platform writes it for an online check.
	Receipt string
}

// CheckIdentity keeps the check; with the last of them the registration may be
// granted. An applicant checks online, an officer at the window sees the person
// or the notarial certificate.
func (s *Service) CheckIdentity(ctx context.Context, who staff.Actor, in CheckIdentity) error {
	need := staff.CaseAccept
	if in.Way == Online {
		need = staff.CaseSupplement
	}
	online, err := s.online(ctx, who, in)
	if err != nil {
		return err
	}
	return s.casework.Act(ctx, who, in.Seen, need, func(t *casework.Turn) error {
		v, err := t.Values()
		if err != nil {
			return err
		}
		p, err := in.check(t, v)
		if err != nil {
			return err
		}
		done, err := checked(t.Tx, t.Case.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(done, func(i Identity) bool { return i.Person == p.Key && i.Name == p.Name }) {
			return fault.Conflict("registration.identity_done")
		}
		i := Identity{Person: p.Key, Name: p.Name, Role: p.Role, Way: in.Way, Receipt: strings.TrimSpace(in.Receipt), ByName: who.Name, At: t.Tx.Now}
		if in.Way == Online {
			i.Receipt, i.Simulated = online.Receipt, online.Simulated
		}
		put(t.Tx, t.Case.ID, who, i)
		if len(lacking(t.Impl, v, append(done, i))) == 0 {
			t.Lift(casework.HoldIdentity)
		}
		t.Tell(casework.Note{Kind: "case.identity_checked", Data: map[string]any{"role": p.Role, "way": in.Way, "simulated": i.Simulated}})
		return nil
	})
}

// online asks the verifier before the act begins: it may be slow.
func (s *Service) online(ctx context.Context, who staff.Actor, in CheckIdentity) (Checked, error) {
	if in.Way != Online {
		return Checked{}, nil
	}
	d, err := s.casework.Dossier(ctx, who, in.CaseID)
	if err != nil {
		return Checked{}, err
	}
	p, ok := named(d.Impl, d.Values, in.Person)
	if !ok {
		return Checked{}, fault.Missing("registration.person")
	}
	return s.verify(ctx, p.Name, d.Values[p.ID])
}

func (in CheckIdentity) check(t *casework.Turn, v form.Values) (catalog.Named, error) {
	p, ok := named(t.Impl, v, in.Person)
	switch {
	case !t.Impl.Registration:
		return p, fault.Refused("registration.only", lawIdentity)
	case !ok:
		return p, fault.Missing("registration.person")
	case t.Case.Status.Ended() || !t.Case.DecidedAt.IsZero():
		return p, fault.Conflict("case.not_awaiting_acceptance", "status", string(t.Case.Status))
	case !slices.Contains(Ways(), in.Way):
		return p, fault.Invalid("form.invalid", fault.At("way", "form.choice", "label", "核验方式"))
	case in.Way != Online && strings.TrimSpace(in.Receipt) == "":
		return p, fault.Invalid("form.invalid", fault.At("receipt", "text.required"))
	case len([]rune(in.Receipt)) > mostText:
		return p, fault.Invalid("form.invalid", fault.At("receipt", "text.too_long", "max", "2000"))
	}
	return p, nil
}

func named(impl *catalog.Implementation, v form.Values, key string) (catalog.Named, bool) {
	all := impl.RegistrationPersons(v)
	if at := slices.IndexFunc(all, func(n catalog.Named) bool { return n.Key == key }); at >= 0 {
		return all[at], true
	}
	return catalog.Named{}, false
}

// lacking are the persons who are not checked yet. A check is of a name: a
// person who was corrected afterwards is another.
func lacking(impl *catalog.Implementation, v form.Values, done []Identity) (out []catalog.Named) {
	for _, n := range impl.RegistrationPersons(v) {
		if !slices.ContainsFunc(done, func(i Identity) bool { return i.Name == n.Name }) {
			out = append(out, n)
		}
	}
	return out
}

// Persons are the persons of a case with their checks; Lacks says of each
// whether it is still to be checked.
type Persons struct {
	Done  []Identity
	Lacks []catalog.Named
}

// Persons of a case that the actor may see; empty for what is no registration.
func (s *Service) Persons(ctx context.Context, d *casework.Dossier) (p Persons, err error) {
	if !d.Impl.Registration {
		return p, nil
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		p.Done, err = checked(tx, d.ID)
		return err
	})
	p.Lacks = lacking(d.Impl, d.Values, p.Done)
	return p, err
}

func put(tx *db.Tx, caseID string, who staff.Actor, i Identity) {
	simulated := 0
	if i.Simulated {
		simulated = 1
	}
	tx.Write(`insert into identity_check (case_id, person, name, role, way, receipt, simulated, by_id, by_name, at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (case_id, person) do update set name = excluded.name, role = excluded.role, way = excluded.way,
		receipt = excluded.receipt, simulated = excluded.simulated, by_id = excluded.by_id, by_name = excluded.by_name, at = excluded.at`,
		caseID, i.Person, i.Name, i.Role, string(i.Way), i.Receipt, simulated, who.AccountID, i.ByName, db.Stamp(i.At))
}

func checked(tx *db.Tx, caseID string) ([]Identity, error) {
	return db.List(tx, func(r db.Scanner) (i Identity, err error) {
		var simulated int
		err = r.Scan(&i.Person, &i.Name, &i.Role, &i.Way, &i.Receipt, &simulated, &i.ByName, db.At{Time: &i.At})
		i.Simulated = simulated == 1
		return i, err
	}, `select person, name, role, way, receipt, simulated, by_name, at from identity_check where case_id = $1 order by at, person limit 200`, caseID)
}
