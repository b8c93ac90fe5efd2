package casework

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/kit/db"
)

func left(tx *db.Tx, version int) (n int, err error) {
	err = tx.Row(`select count(*) from case_clock where running = 1 and calendar < $1`, version).Scan(&n)
	return n, err
}

func reprojectionOf(tx *db.Tx, version int) (*Reprojection, error) {
	all, err := db.List(tx, func(r db.Scanner) (*Reprojection, error) {
		x := &Reprojection{}
		return x, r.Scan(&x.Total, db.At{Time: &x.StartedAt}, db.At{Time: &x.Finished}, &x.Moved, &x.Untold)
	}, `select total, started_at, finished_at, (select count(*) from clock_move where calendar = $1),
		(select count(*) from clock_move where calendar = $1 and told = 0) from reprojection where calendar = $1`, version)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	all[0].Left, err = left(tx, version)
	return all[0], err
}

// spot is where a batch of so many begins: after a case, among those that a
// calendar before the given one computed.
type spot struct {
	calendar int
	id       string
	before   int
	most     int
}

// openFrom are the open cases from a place on, by the index.
const openFrom = `from case_clock where running = 1 and (calendar, case_id) > ($1, $2) and calendar < $3 order by calendar, case_id limit $4`

func (p spot) args() []any { return []any{p.calendar, p.id, p.before, p.most} }

const openColumns = `id, version, status, number, item_name, body_id, implementation_id, variant, received_at, complete_at, accepted_at, decided_at,
	statutory_due, promised_due, provisional, course, calendar, marks`

func scanOpen(r db.Scanner) (*open, error) {
	o := &open{}
	var course string
	var provisional int
	err := r.Scan(&o.ID, &o.Version, &o.Status, &o.Number, &o.ItemName, &o.BodyID, &o.ImplementationID, &o.Variant, db.At{Time: &o.ReceivedAt}, db.At{Time: &o.CompleteAt},
		db.At{Time: &o.AcceptedAt}, db.At{Time: &o.DecidedAt}, calendar.Optional{Day: &o.StatutoryDue}, calendar.Optional{Day: &o.PromisedDue},
		&provisional, &course, &o.Calendar, &o.Marks)
	o.Provisional = provisional == 1
	if err == nil && course != "" {
		err = json.Unmarshal([]byte(course), &o.Course)
	}
	return o, err
}

// openCases are the next cases to compute, with their open steps and notices.
func (s *Service) openCases(tx *db.Tx, p spot) ([]*open, error) {
	all, err := db.List(tx, scanOpen, `select `+openColumns+` from (select * `+openFrom+`) as k join cases on cases.id = k.case_id
		order by calendar, id`, p.args()...)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	byID := make(map[string]*open, len(all))
	for _, o := range all {
		byID[o.ID] = o
	}
	if err := eachTask(tx, byID, p); err != nil {
		return nil, err
	}
	for _, table := range []string{"supplement_notice", "supplement_further"} {
		if err := eachNotice(tx, byID, table, p); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func eachTask(tx *db.Tx, byID map[string]*open, p spot) error {
	_, err := db.List(tx, func(r db.Scanner) (struct{}, error) {
		var caseID string
		var t openTask
		if err := r.Scan(&caseID, &t.step, calendar.Optional{Day: &t.due}, &t.opened); err != nil {
			return struct{}{}, err
		}
		since, err := db.ParseStamp(t.opened)
		t.token.Step, t.token.Since = t.step, since
		if o := byID[caseID]; o != nil {
			o.tasks = append(o.tasks, t)
		}
		return struct{}{}, err
	}, `select t.case_id, t.step, t.due, t.opened_at from (select case_id `+openFrom+`) as b join task t on t.case_id = b.case_id`, p.args()...)
	return err
}

func eachNotice(tx *db.Tx, byID map[string]*open, table string, p spot) error {
	_, err := db.List(tx, func(r db.Scanner) (struct{}, error) {
		var caseID, at string
		n := openNotice{table: table}
		if err := r.Scan(&caseID, &at, &n.days, calendar.Optional{Day: &n.until}); err != nil {
			return struct{}{}, err
		}
		t, err := db.ParseStamp(at)
		n.from = calendar.DayOf(t)
		if o := byID[caseID]; o != nil && o.Status == StatusSupplement {
			o.notice = &n
		}
		return struct{}{}, err
	}, `select n.case_id, n.notified_at, n.days, n.until_day from (select case_id `+openFrom+`) as b
		join `+table+` n on n.case_id = b.case_id where n.answered_at = ''`, p.args()...)
	return err
}

// saveMoves writes a batch. Only the rows that nobody changed meanwhile take
// the new days: the others keep their old calendar and are computed again.
func saveMoves(tx *db.Tx, version int, batch []*open) {
	v := strconv.Itoa(version)
	var clocks, moves, tasks [][]any
	untils := map[string][][]any{}
	for _, o := range batch {
		clocks = append(clocks, []any{o.ID, strconv.Itoa(o.Version), strconv.Itoa(o.before.Calendar), o.StatutoryDue.Text(),
			o.PromisedDue.Text(), o.AlarmOn.Text(), strconv.Itoa(db.Flag(o.Provisional))})
		if len(o.Course.Pauses) > 0 {
			tx.WriteN(db.Any, `update cases set course = $3 where id = $1 and version = $2`, o.ID, o.Version, o.Course.text())
		}
		if len(o.moves) > 0 {
			moves = append(moves, []any{o.ID, strconv.Itoa(o.Version), db.JSON(o.moves), db.Stamp(tx.Now)})
		}
		for _, t := range o.tasks {
			if t.due != t.after {
				tasks = append(tasks, []any{o.ID, t.step, t.opened, t.after.Text()})
			}
		}
		if n := o.notice; n != nil && n.until != n.after {
			untils[n.table] = append(untils[n.table], []any{o.ID, n.after.Text()})
		}
	}
	many(tx, clocks, `update case_clock set calendar = `+v+`, statutory_due = v.column4, promised_due = v.column5, alarm_on = v.column6,
		provisional = cast(v.column7 as integer)
		from (values %s) as v where case_clock.case_id = v.column1 and case_clock.case_version = cast(v.column2 as integer)
		and case_clock.calendar = cast(v.column3 as integer)`)
	many(tx, tasks, `update task set due = v.column4 from (values %s) as v
		where task.case_id = v.column1 and task.step = v.column2 and task.opened_at = v.column3`)
	for table, rows := range untils {
		many(tx, rows, `update `+table+` set until_day = v.column2 from (values %s) as v
			where `+table+`.case_id = v.column1 and `+table+`.answered_at = ''`)
	}
	// A move is recorded of the cases that took it.
	many(tx, moves, `insert into clock_move (calendar, case_id, moves, at) select `+v+`, v.column1, v.column3, v.column4
		from (values %s) as v join case_clock k on k.case_id = v.column1 and k.case_version = cast(v.column2 as integer) and k.calendar = `+v+` where true
		on conflict (calendar, case_id) do nothing`)
}

// rowsAtOnce bounds the rows of one statement: a power of two, see many. It is small
// for SQLite, whose driver looks up every placeholder among all of them.
func rowsAtOnce(tx *db.Tx) int {
	if tx.Dialect() == db.Postgres {
		return 256
	}
	return 32
}

// many queues a statement over rows of texts, %s being their place. The rows of
// one statement are a power of two, so that few texts have to be prepared.
func many(tx *db.Tx, rows [][]any, statement string) {
	n := rowsAtOnce(tx)
	for len(rows) > 0 {
		for n > len(rows) {
			n /= 2
		}
		args := make([]any, 0, n*len(rows[0]))
		for _, r := range rows[:n] {
			args = append(args, r...)
		}
		tx.WriteN(db.Any, fmt.Sprintf(statement, tuples(n, len(rows[0]))), args...)
		rows = rows[n:]
	}
}

// tuples are the placeholders of rows: ($1, $2), ($3, $4).
func tuples(rows, width int) string {
	var b strings.Builder
	for i := range rows {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		for j := range width {
			if j > 0 {
				b.WriteString(", ")
			}
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(i*width + j + 1))
		}
		b.WriteByte(')')
	}
	return b.String()
}
