package procedure

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// manyVisits are visits that are done, far more than those to come.
const manyVisits = 20_000

// The calendar of visits stays quick as what is done piles up: every scope of it
// finds its lines by an index of its own, and never walks over the others.
func TestTheCalendarOfVisitsGrows(t *testing.T) {
	casetest.Each(t, func(t *testing.T, w *casetest.World) {
		ctx := context.Background()
		pile(t, w)
		for name, who := range map[string]staff.Actor{"all": w.Actor("supervisor"), "body": w.Actor("decider"), "intake": w.Actor("hall")} {
			for _, past := range []bool{false, true} {
				query, args := Visits{Past: past}.query(who, pageSize)
				plan := explained(t, w, query, args)
				sorts := strings.Contains(plan, "Sort") || strings.Contains(plan, "TEMP B-TREE")
				// What is to come is little: any index of it will do, and so will sorting it.
				if !past && !strings.Contains(plan, "procedure_open_") || past && (sorts || !strings.Contains(plan, "procedure_past_"+name)) {
					t.Errorf("%s, past %v:\n%s", name, past, plan)
				}
			}
		}
		if list, _, err := New(w.DB, Options{Casework: w.Casework}).Visits(ctx, w.Actor("supervisor"), Visits{}); err != nil || len(list) != 3 {
			t.Errorf("%d lines, %v", len(list), err)
		}
	})
}

// pile writes the visits as they would lie there after years.
func pile(t *testing.T, w *casetest.World) {
	t.Helper()
	decider, hall := w.Actor("decider"), w.Actor("hall").ScopeFor(staff.CaseRead)
	text := `insert into procedure (id, case_id, version, kind, state, round, name, law, days, from_day, by_day, to_day, at, place, organiser, late, detail,
		number, item_name, applicant_name, body_id, intake_id, applicant_id, agent_id, start_by, start_at, end_at)
		with recursive s(n) as (select 1 union all select n + 1 from s where n < ` + strconv.Itoa(manyVisits) + `)
		select 'v' || n, 'c' || n, 1, 'site_visit', case when n > ` + strconv.Itoa(manyVisits-3) + ` then 'open' else 'done' end, 1, '', '', 0, '', '', '',
		'2026-01-01T00:00:00.000Z', '', '', 0, '{}', '', '', '', case when n % 100 = 0 then $1 else 'elsewhere' end, case when n % 100 = 1 then $2 else 'elsewhere' end, '', '', '', '', '' from s`
	if _, err := w.DB.Pool().ExecContext(context.Background(), text, decider.OrgID, hall.Intakes[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := w.DB.Pool().ExecContext(context.Background(), `analyze`); err != nil {
		t.Fatal(err)
	}
}

// explained is how the store would answer, in its own words.
func explained(t *testing.T, w *casetest.World, query string, args []any) string {
	t.Helper()
	explain, columns := "explain ", 1
	if w.DB.Dialect() == db.SQLite {
		explain, columns = "explain query plan ", 4
	}
	rows, err := w.DB.Pool().QueryContext(context.Background(), explain+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var lines []string
	for rows.Next() {
		cells := make([]any, columns)
		var line string
		for i := range cells {
			cells[i] = new(any)
		}
		cells[columns-1] = &line
		if err := rows.Scan(cells...); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
