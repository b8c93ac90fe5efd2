package casework

import (
	"context"
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// Filter narrows a work list. The zero value is everything that waits for the
// actor's roles.
type Filter struct {
	Role    staff.Role // one of the actor's roles; empty for all of them
	Channel Channel
	Item    string       // part of the matter's name
	DueTo   calendar.Day // due on or before
	After   Cursor
	Limit   int
}

// Cursor is the place after which a page begins: the due day and the case of
// the last line. The zero cursor is the beginning.
type Cursor struct {
	Due    string
	CaseID string
}

// String is the cursor as a page keeps it in its address.
func (c Cursor) String() string {
	if c.CaseID == "" {
		return ""
	}
	return c.Due + "." + c.CaseID
}

// ParseCursor reads what String wrote; anything else is the beginning.
func ParseCursor(s string) Cursor {
	due, caseID, ok := strings.Cut(s, ".")
	if _, err := calendar.ParseDay(due); !ok || err != nil {
		return Cursor{}
	}
	return Cursor{due, caseID}
}

// Page is one page of a work list; Next is zero on the last.
type Page struct {
	Tasks   []Task
	Next    Cursor
	Waiting map[staff.Role]int // how much waits for the actor, by role; see Service.Waiting
}

// pageSize is the lines of a page unless asked otherwise; mostLines bounds it.
const (
	pageSize  = 20
	mostLines = 100
)

// workRoles are the roles whose lines the actor works on.
func workRoles(who staff.Actor, only staff.Role) (roles []staff.Role) {
	for _, r := range []staff.Role{staff.Clerk, staff.Handler, staff.Reviewer, staff.Decider, staff.Issuer, staff.Deliverer} {
		if p, _ := r.Work(); (only == "" || only == r) && who.Can(p) {
			roles = append(roles, r)
		}
	}
	return roles
}

// WorkList is what waits for the actor, the first due first. The same scope
// that guards a single case is its predicate. What the page asks beside it is
// asked in the same round trip.
func (s *Service) WorkList(ctx context.Context, who staff.Actor, f Filter, beside ...db.Ask) (p Page, err error) {
	roles := workRoles(who, f.Role)
	if len(roles) == 0 {
		return p, who.Must(staff.CaseRead)
	}
	limit := f.Limit
	if limit <= 0 || limit > mostLines {
		limit = pageSize
	}
	where, args := f.where(who, roles)
	args = append(args, limit+1)
	p.Tasks = make([]Task, 0, limit+1)
	beside = append(beside, db.AskList(&p.Tasks, scanTask, `select `+taskColumns+` from task where `+where+
		` order by due, case_id limit $`+strconv.Itoa(len(args)), args...))
	p.Waiting, err = s.Waiting(ctx, who, beside...)
	if len(p.Tasks) > limit {
		p.Tasks = p.Tasks[:limit]
		last := p.Tasks[limit-1]
		p.Next = Cursor{last.Due.Text(), last.CaseID}
	}
	return p, err
}

// where is the predicate over table task: per role the scope of its right.
func (f Filter) where(who staff.Actor, roles []staff.Role) (string, []any) {
	var args []any
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	var any []string
	for _, r := range roles {
		role := arg(string(r))
		right, _ := r.Work()
		scope, more := who.ScopeFor(right).SQL("", len(args)+1)
		args = append(args, more...)
		any = append(any, "(role = "+role+" and "+scope+")")
	}
	parts := []string{"(" + strings.Join(any, " or ") + ")",
		"not exists (select 1 from recusal r where r.account_id = " + arg(who.AccountID) + " and r.case_id = task.case_id)"}
	if f.Channel != "" {
		parts = append(parts, "channel = "+arg(string(f.Channel)))
	}
	if f.Item != "" {
		parts = append(parts, "item_name like "+arg(db.Within(f.Item))+` escape '\'`)
	}
	if f.DueTo != 0 {
		parts = append(parts, "due <= "+arg(f.DueTo.String()))
	}
	if f.After.CaseID != "" {
		due, caseID := arg(f.After.Due), arg(f.After.CaseID)
		parts = append(parts, "(due, case_id) > ("+due+", "+caseID+")")
	}
	return strings.Join(parts, " and "), args
}

// mostCounted bounds a count: beyond it the page says "99+".
const mostCounted = 100

// Waiting counts what waits per role, up to mostCounted each. What the page
// asks beside it is asked in the same round trip.
func (s *Service) Waiting(ctx context.Context, who staff.Actor, beside ...db.Ask) (map[staff.Role]int, error) {
	roles := workRoles(who, "")
	found := make([]int, len(roles))
	for i, r := range roles {
		where, args := Filter{}.where(who, []staff.Role{r})
		beside = append(beside, db.AskCount(&found[i], mostCounted, `task where `+where, args...))
	}
	if err := s.db.Read(ctx, func(tx *db.Tx) error { return tx.Together(beside...) }); err != nil {
		return nil, err
	}
	counts := make(map[staff.Role]int, len(roles))
	for i, r := range roles {
		counts[r] = found[i]
	}
	return counts, nil
}

// StepAct tells pages which act a task's step asks for.
func (t Task) StepAct(def flow.Definition) flow.Act {
	s, _ := def.Step(t.Step)
	return s.Act
}
