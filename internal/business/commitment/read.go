package commitment

import (
	"context"
	"fmt"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

const columns = `case_id, version, status, due, number, item_name, item_code, applicant_id, applicant_name, agent_id, decider_id, decider_name,
	body_id, verifier, verifier_name, correct_days, decided_at, opened_at, closed_at`

func scan(r db.Scanner) (*Verification, error) {
	v := &Verification{}
	return v, r.Scan(&v.CaseID, &v.Version, &v.Status, &v.Due, &v.Number, &v.ItemName, &v.ItemCode, &v.ApplicantID, &v.ApplicantName,
		&v.AgentID, &v.DeciderID, &v.DeciderName, &v.BodyID, &v.Verifier, &v.VerifierName, &v.CorrectDays, db.At{Time: &v.DecidedAt},
		db.At{Time: &v.OpenedAt}, db.At{Time: &v.ClosedAt})
}

func byCase(tx *db.Tx, caseID string) (*Verification, error) {
	return db.One(tx, "commitment.missing", scan, `select `+columns+` from verification where case_id = $1`, caseID)
}

func insert(tx *db.Tx, v *Verification) {
	tx.Write(`insert into verification (case_id, version, status, due, number, item_name, item_code, applicant_id, applicant_name, agent_id,
		decider_id, decider_name, body_id, verifier, verifier_name, correct_days, decided_at, opened_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		v.CaseID, v.Version, string(v.Status), v.Due.String(), v.Number, v.ItemName, v.ItemCode, v.ApplicantID, v.ApplicantName, v.AgentID,
		v.DeciderID, v.DeciderName, v.BodyID, string(v.Verifier), v.VerifierName, v.CorrectDays, db.Stamp(v.DecidedAt), db.Stamp(v.OpenedAt))
}

func save(tx *db.Tx, v *Verification) {
	tx.Write(`update verification set version = version + 1, status = $3, due = $4, closed_at = $5
		where case_id = $1 and version = $2`, v.CaseID, v.Version, string(v.Status), v.Due.String(), db.Stamp(v.ClosedAt))
}

func insertFinding(tx *db.Tx, caseID string, who staff.Actor, f Finding) {
	until := ""
	if f.Until != 0 {
		until = f.Until.String()
	}
	tx.Append(`insert into verification_finding (id, case_id, at, outcome, found, officers, actor_id, actor_name, until_day)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, f.ID, caseID, db.Stamp(f.At), string(f.Outcome), f.Found, f.Officers, who.AccountID, who.Name, until)
}

func findings(tx *db.Tx, caseID string) ([]Finding, error) {
	return db.List(tx, func(r db.Scanner) (f Finding, err error) {
		var until string
		if err := r.Scan(&f.ID, db.At{Time: &f.At}, &f.Outcome, &f.Found, &f.Officers, &f.ActorName, &until); err != nil {
			return f, err
		}
		if until != "" {
			f.Until, err = calendar.ParseDay(until)
		}
		return f, err
	}, `select id, at, outcome, found, officers, actor_name, until_day from verification_finding where case_id = $1 order by id limit 100`, caseID)
}

// File is a verification with what it rests on.
type File struct {
	*Verification
	Findings []Finding
	Promise  *casework.Promise // what was promised
	Mine     bool              // the reader verifies
}

// Load is the verification of a case for who may see it.
func (s *Service) Load(ctx context.Context, who staff.Actor, caseID string) (f File, err error) {
	if !who.SignedIn() {
		return f, fault.SignedOut()
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if f.Verification, err = byCase(tx, caseID); err != nil {
			return err
		}
		if !f.seen(who) {
			return fault.Missing("commitment.missing")
		}
		f.Mine = f.mine(who)
		if f.Findings, err = findings(tx, caseID); err != nil {
			return err
		}
		f.Promise, err = casework.PromiseOf(tx, caseID)
		return err
	})
	return f, err
}

// OfCase is the verification of a case that the reader sees already; nil when
// there is none.
func (s *Service) OfCase(ctx context.Context, d *casework.Dossier) (v *Verification, err error) {
	if d.Mode != casework.ModeCommitment {
		return nil, nil
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		v, err = byCase(tx, d.ID)
		if f := fault.Of(err); f != nil && f.Kind == fault.KindMissing {
			err = nil
		}
		return err
	})
	return v, err
}

// Filter narrows the list of verifications.
type Filter struct {
	Closed bool // those that are over, instead of those that wait
	After  casework.Cursor
	Limit  int
}

// List are the verifications that the actor does, or of the actor's body, the
// first due first.
func (s *Service) List(ctx context.Context, who staff.Actor, f Filter) (out []*Verification, next casework.Cursor, err error) {
	if err := who.Must(staff.CommitmentVerify); err != nil {
		return nil, next, err
	}
	where, args := reach(who, 4)
	open := "closed_at = ''"
	if f.Closed {
		open = "closed_at <> ''"
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scan, fmt.Sprintf(`select %s from verification where %s and (due, case_id) > ($1, $2) and %s
			order by due, case_id limit $3`, columns, open, where), append([]any{f.After.Due, f.After.CaseID, f.Limit + 1}, args...)...)
		return err
	})
	if len(out) > f.Limit {
		out = out[:f.Limit]
		last := out[f.Limit-1]
		next = casework.Cursor{Due: last.Due.String(), CaseID: last.CaseID}
	}
	return out, next, err
}

// reach is mine and the granting body's as a predicate.
func reach(who staff.Actor, n int) (string, []any) {
	scope := who.ScopeFor(staff.CommitmentVerify)
	if scope.All {
		return "1 = 1", nil
	}
	var marks []string
	var args []any
	for _, b := range scope.Bodies {
		marks = append(marks, fmt.Sprintf("$%d", n+len(args)))
		args = append(args, b)
	}
	if len(marks) == 0 {
		return "1 = 0", nil
	}
	in := strings.Join(marks, ", ")
	return "(body_id in (" + in + ") or decider_id in (" + in + "))", args
}

// AskWaiting counts what waits for the actor's own body, up to 100; it asks
// nothing for who verifies nothing.
func (s *Service) AskWaiting(who staff.Actor, n *int) []db.Ask {
	if !who.Can(staff.CommitmentVerify) {
		return nil
	}
	right := who.ScopeFor(staff.CommitmentVerify)
	scope, args := staff.Scope{All: right.All, Bodies: right.Bodies}.SQL("", 1)
	return []db.Ask{db.AskCount(n, 100, `verification where closed_at = '' and `+scope, args...)}
}
