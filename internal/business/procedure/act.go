package procedure

import (
	"context"
	"strconv"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Seen names the procedure of an act and the version the person saw; version 0
// is whatever it is now.
type Seen struct {
	ID      string
	Version int
}

// turn is one act on a procedure.
type turn struct {
	tx  *db.Tx
	who staff.Actor
	p   *Procedure
}

// act loads the procedure, checks the right and the version, lets fn apply its
// rule and saves it. What a rule refused is kept with the case.
func (s *Service) act(ctx context.Context, who staff.Actor, seen Seen, name string, fn func(*turn) error) error {
	var caseID string
	err := s.db.Act(ctx, func(tx *db.Tx) error {
		p, err := load(tx, who, seen.ID)
		if err != nil {
			return err
		}
		caseID = p.CaseID
		if seen.Version != 0 && seen.Version != p.Version {
			return fault.Conflict("procedure.stale")
		}
		before := p.mark()
		if err := fn(&turn{tx, who, p}); err != nil {
			return err
		}
		save(tx, p)
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, RequestID: who.RequestID, Act: name,
			SubjectKind: "procedure", SubjectID: p.ID, Before: before, After: p.mark()})
		return nil
	})
	s.o.Casework.KeepRefusal(ctx, who, caseID, staff.CaseExamine, err)
	return err
}

func (p *Procedure) mark() map[string]any {
	return map[string]any{"case_id": p.CaseID, "kind": p.Kind, "state": p.State, "revision": p.Detail.Revision}
}

// load is the procedure for who may see its case, or was sent to it. For
// anybody else it does not exist.
func load(tx *db.Tx, who staff.Actor, procedureID string) (*Procedure, error) {
	if err := who.Must(staff.CaseRead); err != nil {
		return nil, err
	}
	p, err := byID(tx, procedureID)
	if err != nil {
		return nil, err
	}
	if who.Kind == staff.Applicant || p.named(who.AccountID) == nil && who.May(staff.CaseRead, p.Case.Subject) != nil {
		return nil, fault.Missing("procedure.missing")
	}
	return p, nil
}

// sent refuses whoever was not sent: the record is the officers' own.
func (t *turn) sent() (*Officer, error) {
	o := t.p.named(t.who.AccountID)
	if o == nil {
		return nil, fault.Denied("procedure.not_sent")
	}
	return o, nil
}

// keeper refuses who may neither suspend the case's clock nor was sent.
func (t *turn) keeper() error {
	if t.p.Kind.Manned() {
		_, err := t.sent()
		return err
	}
	return t.who.May(staff.CaseSuspend, t.p.Case.Subject)
}

// inCase acts on the case in the same transaction, for the history, the
// documents and the clock.
func (s *Service) inCase(t *turn, need staff.Permission, fn func(*casework.Turn) error) error {
	return s.o.Casework.ActIn(t.tx, t.p.reaching(t.who), casework.Seen{CaseID: t.p.CaseID}, need, fn)
}

// about is the case as the procedure keeps it.
func about(c *casework.Case) About {
	return About{Number: c.Number, ItemName: c.ItemName, ApplicantName: c.ApplicantName, Subject: c.Subject()}
}

// mostText bounds a text, in characters.
const mostText = 2000

// needed refuses texts that are empty or too long; kv are pairs of the field's
// name and its text.
func needed(law string, kv []string) error {
	var wrong []fault.Field
	for i := 0; i+1 < len(kv); i += 2 {
		switch n := len([]rune(strings.TrimSpace(kv[i+1]))); {
		case n == 0:
			wrong = append(wrong, fault.At(kv[i], "text.required"))
		case n > mostText:
			wrong = append(wrong, fault.At(kv[i], "text.too_long", "max", "2000"))
		}
	}
	return invalid(law, wrong)
}

// invalid is the fault of wrong fields, nil when there are none.
func invalid(law string, wrong []fault.Field) error {
	if len(wrong) == 0 {
		return nil
	}
	f := fault.Invalid("form.invalid", wrong...)
	f.Law = law
	return f
}

func digits(n int) string { return strconv.Itoa(n) }
