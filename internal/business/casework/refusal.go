package casework

import (
	"context"
	"encoding/json"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Refusal is an act on a case that a rule refused. It does not say who tried:
// what was not done is nobody's act, and the rule is the same for all.
type Refusal struct {
	At    time.Time // the last time
	Kind  staff.Kind
	OrgID string // whose officers; empty for applicants
	Right staff.Permission
	Code  string
	Law   string
	Args  map[string]string
	Times int // on that day
}

// Fault is the refusal as it was told.
func (r Refusal) Fault() *fault.Fault {
	return &fault.Fault{Kind: fault.KindRefused, Code: r.Code, Law: r.Law, Args: r.Args}
}

// KeepRefusal leaves with the case that a rule refused an act on it, when err is
// such a refusal. Nouns above this one call it with what their own act gave. It
// runs after the act, in a commit of its own, and its own failure is nobody's:
// the act was refused either way.
func (s *Service) KeepRefusal(ctx context.Context, who staff.Actor, caseID string, p staff.Permission, err error) {
	f := fault.Of(err)
	if f == nil || f.Law == "" || f.Kind == fault.KindMissing || caseID == "" {
		return
	}
	_ = s.db.Act(ctx, func(tx *db.Tx) error {
		tx.Write(`insert into case_refusal (case_id, day, kind, org_id, permission, code, law, args, at, times)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)
			on conflict (case_id, day, kind, org_id, permission, code) do update set times = case_refusal.times + 1,
			at = excluded.at, law = excluded.law, args = excluded.args`,
			caseID, calendar.DayOf(tx.Now).String(), string(who.Kind), who.OrgID, string(p), f.Code, f.Law, db.JSON(f.Args), db.Stamp(tx.Now))
		return nil
	})
}

// mostRefusals bounds what a page shows.
const mostRefusals = 100

// Refusals are the refused acts of a case that the actor may see, oldest first.
func (s *Service) Refusals(ctx context.Context, who staff.Actor, caseID string) (out []Refusal, err error) {
	if err := who.Must(staff.CaseRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := ByID(tx, caseID)
		if err != nil || who.May(staff.CaseRead, c.Subject()) != nil {
			return fault.Missing("case.missing")
		}
		out, err = db.List(tx, scanRefusal, `select at, kind, org_id, permission, code, law, args, times from case_refusal
			where case_id = $1 order by at, code limit $2`, caseID, mostRefusals)
		return err
	})
	return out, err
}

func scanRefusal(r db.Scanner) (x Refusal, err error) {
	var args string
	if err := r.Scan(db.At{Time: &x.At}, &x.Kind, &x.OrgID, &x.Right, &x.Code, &x.Law, &args, &x.Times); err != nil {
		return x, err
	}
	return x, json.Unmarshal([]byte(args), &x.Args)
}
