package procedure

import (
	"context"
	"fmt"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Get is one procedure for officers who may see its case, or were sent to it.
func (s *Service) Get(ctx context.Context, who staff.Actor, procedureID string) (p *Procedure, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		p, err = load(tx, who, procedureID)
		return err
	})
	return p, err
}

// OfCase are the procedures of a case for officers, oldest first.
func (s *Service) OfCase(ctx context.Context, who staff.Actor, c *casework.Case) (all []Procedure, err error) {
	if who.Kind == staff.Applicant {
		return nil, fault.Denied("permission")
	}
	if who.May(staff.CaseRead, c.Subject()) != nil {
		return nil, fault.Missing("case.missing")
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		all, err = ofCase(tx, c.ID)
		return err
	})
	return all, err
}

// May says whether the actor may do to the procedure what its state asks for:
// record and sign what they were sent to, or keep a special procedure.
func (p *Procedure) May(who staff.Actor) (record, sign, end bool) {
	o := p.named(who.AccountID)
	suspend := who.May(staff.CaseSuspend, p.Case.Subject) == nil
	keeps := o != nil
	if !p.Kind.Manned() {
		keeps = suspend
	}
	record = keeps && (p.State == Open || p.State == Ready && !p.Kind.Manned() || p.State == Signing && p.signed() == 0)
	sign = o != nil && p.State == Signing && !o.Signed()
	end = suspend && p.State == Ready && p.Kind != SiteVisit
	return record, sign, end
}

// MayCancel says whether the actor may call it off.
func (p *Procedure) MayCancel(who staff.Actor) bool {
	need := staff.CaseSuspend
	if p.Kind == SiteVisit {
		need = staff.CaseExamine
	}
	return !p.State.Ended() && who.May(need, p.Case.Subject) == nil
}

// Sent says whether the account is one of those who were sent.
func (p *Procedure) Sent(accountID string) bool { return p.named(accountID) != nil }

// Unsigned are the names of those whose signature is missing.
func (p *Procedure) Unsigned() (out []string) {
	for _, o := range p.Officers {
		if !o.Signed() {
			out = append(out, o.Name)
		}
	}
	return out
}

// Stage is where a procedure stands as everybody who may follow the case may
// know it: no findings, no names of experts.
type Stage struct {
	Kind    Kind
	Name    string
	State   State
	Law     string
	Days    int
	From    calendar.Day
	By      calendar.Day
	To      calendar.Day
	At      time.Time
	Outcome Conclusion // of one that is over
	Items   []Item     // to be put right, of a visit
	Until   calendar.Day
}

// Stages are the procedures of a case in plain terms, for its applicant and for
// whoever follows it with number and check code; the caller has checked that
// this person may. A visit's place is left out: it may be somebody's home.
func (s *Service) Stages(ctx context.Context, c *casework.Case) (out []Stage, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error { return tx.Together(askStages(&out, casework.Ref{ID: "$1", Arg: c.ID})) })
	return out, err
}

// StagesInto are the Stages for who looks a case up together with it.
func StagesInto(out *[]Stage) casework.Also {
	return func(of casework.Ref) db.Ask { return askStages(out, of) }
}

func askStages(out *[]Stage, of casework.Ref) db.Ask {
	return db.AskList(out, func(r db.Scanner) (Stage, error) {
		p, err := scan(r)
		return p.stage(), err
	}, `select `+columns+` from procedure p where p.case_id = `+of.ID+` order by p.id limit $2`, of.Arg, mostOfCase)
}

func (p *Procedure) stage() Stage {
	x := Stage{Kind: p.Kind, Name: p.Name, State: p.State, Law: p.Law, Days: p.Days, From: p.From, By: p.By, To: p.To, At: p.At}
	if p.State == Done {
		x.Outcome, x.Items, x.Until = p.Detail.Conclusion, p.Detail.Items, p.Detail.Until
	}
	return x
}

// Cursor is the place after which a page of visits begins.
type Cursor struct{ At, ID string }

// String is the cursor as a page keeps it in its address.
func (c Cursor) String() string {
	if c.ID == "" {
		return ""
	}
	return c.At + "_" + c.ID
}

// ParseCursor reads what String wrote; anything else is the beginning.
func ParseCursor(s string) Cursor {
	at, procedureID, ok := strings.Cut(s, "_")
	if _, err := db.ParseStamp(at); !ok || err != nil || len(procedureID) > 64 {
		return Cursor{}
	}
	return Cursor{at, procedureID}
}

// Visits asks for a page of the visits' calendar.
type Visits struct {
	Own   bool // only those that the actor was sent to
	Past  bool // those that are over, the newest first; otherwise what is to come
	After Cursor
	Limit int
}

// pageSize is the lines of a page unless asked otherwise; mostLines bounds it.
const (
	pageSize  = 20
	mostLines = 100
)

// Visits lists site visits in the order of their time: those that the actor was
// sent to, or all that their scope covers.
func (s *Service) Visits(ctx context.Context, who staff.Actor, in Visits) (out []Procedure, next Cursor, err error) {
	if who.Kind == staff.Applicant {
		return nil, next, fault.Denied("permission")
	}
	if err := who.Must(staff.CaseRead); err != nil {
		return nil, next, err
	}
	limit := in.Limit
	if limit <= 0 || limit > mostLines {
		limit = pageSize
	}
	query, args := in.query(who, limit+1)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if out, err = db.List(tx, scan, query, args...); err != nil {
			return err
		}
		for i := range out {
			if err := out[i].fill(tx); err != nil {
				return err
			}
		}
		return nil
	})
	if len(out) > limit {
		out = out[:limit]
		last := out[limit-1]
		next = Cursor{db.Stamp(last.At), last.ID}
	}
	return out, next, err
}

// query is the text with its arguments. The same scope that guards a single
// case is its predicate.
func (in Visits) query(who staff.Actor, limit int) (string, []any) {
	order, after, states := "asc", ">", `'open', 'signing'`
	if in.Past {
		order, after, states = "desc", "<", `'done', 'cancelled'`
	}
	var args []any
	arg := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", len(args))
	}
	where := []string{"p.kind = 'site_visit'", "p.state in (" + states + ")"}
	from := "procedure p"
	if in.Own {
		from = "procedure_officer o join procedure p on p.id = o.procedure_id"
		where = append(where, "o.account_id = "+arg(who.AccountID))
	} else {
		scope, more := who.ScopeFor(staff.CaseRead).SQL("p", 1)
		args = append(args, more...)
		where = append(where, scope)
	}
	if in.After.ID != "" {
		where = append(where, fmt.Sprintf("(p.at, p.id) %s (%s, %s)", after, arg(in.After.At), arg(in.After.ID)))
	}
	return fmt.Sprintf(`select %s from %s where %s order by p.at %s, p.id %s limit %s`, columns, from,
		strings.Join(where, " and "), order, order, arg(limit)), args
}
