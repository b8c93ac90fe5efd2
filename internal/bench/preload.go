package bench

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/code"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/id"
)

// What was there before is written in bulk: cases with their history, three in
// a hundred of them open and on the work lists. Forms, documents and the audit
// are left out: none of the pages measured over them reads those.

// openEvery is how many cases there are for each open one; the first ones are
// all open, so that a work list is full in a small store too.
const (
	openEvery = 33
	openFirst = 320
)

// chunk is how many cases are written in one commit.
const chunk = 10_000

// bodiesOfCases share half of the cases; the others are the approval bureau's.
var bodiesOfCases = []string{"dz-rsj", "dz-scjg", "dz-zjj", "dz-wjj", "dz-jyj"}

// old is one case that is there before.
type old struct {
	c    casework.Case
	step flow.Step // the open one; its zero value: none
}

// preload adds n cases that look like those of the past year.
func (x *city) preload(r *Run, n int) error {
	if n == 0 {
		return nil
	}
	begun := time.Now()
	err := x.store(r.Ctx, func(d *db.DB) error {
		have, err := count(r.Ctx, d, `select count(*) from cases`)
		if err == nil {
			err = hasty(r.Ctx, d)
		}
		if err != nil {
			return err
		}
		for at := have; at < have+n && r.Ctx.Err() == nil; at += chunk {
			if err := x.fill(r.Ctx, d, at, min(chunk, have+n-at)); err != nil {
				return err
			}
		}
		if d.Dialect() == db.Postgres { // as it does by itself after a while
			_, err = d.Pool().ExecContext(r.Ctx, `vacuum analyze`)
		} else {
			_, err = d.Pool().ExecContext(r.Ctx, `pragma wal_checkpoint(truncate)`)
		}
		return err
	})
	if n > chunk {
		r.say("%d cases written in bulk in %.1f s", n, time.Since(begun).Seconds())
	}
	return err
}

// hasty lets SQLite write in bulk: most of its indexes take their entries all
// over the place, so that without a large cache each entry is a page read anew.
// It holds for this connection alone, which is closed after the filling; the log is
// written to the file at its end.
func hasty(ctx context.Context, d *db.DB) error {
	if d.Dialect() != db.SQLite {
		return nil
	}
	for _, p := range []string{"cache_size = -524288", "synchronous = off", "wal_autocheckpoint = 100000"} {
		if _, err := d.Pool().ExecContext(ctx, "pragma "+p); err != nil {
			return err
		}
	}
	return nil
}

func (x *city) fill(ctx context.Context, d *db.DB, at, n int) error {
	luck := rand.New(rand.NewPCG(uint64(at), 2021))
	cases, clocks, tasks := make([][]any, n), make([][]any, n), [][]any(nil)
	for i := range n {
		o := x.old(at+i, luck)
		cases[i], clocks[i] = caseRow(&o.c), clockRow(&o.c)
		if o.step.Key != "" {
			tasks = append(tasks, taskRow(&o.c, o.step))
		}
	}
	if err := write(ctx, d, cases, clocks, tasks); err != nil {
		return err
	}
	return told(ctx, d, cases[0][0].(string), cases[n-1][0].(string))
}

// write puts cases with their clocks and their open steps into the store.
func write(ctx context.Context, d *db.DB, cases, clocks, tasks [][]any) error {
	return errors.Join(many(ctx, d, "cases", strings.Fields(caseColumns), cases), many(ctx, d, "case_clock", strings.Fields(clockColumns), clocks),
		many(ctx, d, "task", strings.Fields(taskColumns), tasks))
}

// old makes up the case of a place in the past year. The same place is always
// the same case but for its id.
func (x *city) old(i int, luck *rand.Rand) old {
	day := calendar.DayOf(time.Now()).AddDays(-1 - i%250)
	at := day.Time().Add(time.Duration(8*60+luck.IntN(540)) * time.Minute)
	o := old{c: casework.Case{ID: id.New(), Version: 7, Status: casework.StatusConcluded, Channel: casework.Online, ImplementationID: x.impl.ID,
		ItemName: x.impl.Name, BodyID: x.impl.Body.ID, IntakeID: "dz-hall", ApplicantID: fmt.Sprintf("applicant-%015d", luck.IntN(1+i/3)),
		ApplicantName: "定州市示例经营者", Company: true, ReceivedAt: at, CompleteAt: at, AcceptedAt: at.Add(time.Hour),
		StatutoryDue: day.AddDays(28), PromisedDue: day.AddDays(14)}}
	open, turn := i < openFirst || i%openEvery == 0, i
	if i >= openFirst {
		turn = i / openEvery
	}
	if turn/4%2 == 1 {
		o.c.BodyID = bodiesOfCases[turn/8%len(bodiesOfCases)]
	}
	o.c.Number = number(day, i/250)
	o.c.Flow = x.impl.Flow.Start(at)
	steps := x.impl.Flow.Steps()
	last := len(steps)
	if open {
		last = turn % 4
		o.step = steps[last]
		o.c.Status, o.c.Version = casework.StatusHandling, 1+last
		if last == 0 {
			o.c.Status, o.c.AcceptedAt, o.c.StatutoryDue, o.c.PromisedDue = casework.StatusReceived, time.Time{}, 0, 0
		}
		o.c.PromisedDue = calendar.DayOf(time.Now()).AddDays(luck.IntN(20) - 3)
	} else {
		o.c.Granted, o.c.DecidedAt, o.c.ConcludedAt = true, at.Add(72*time.Hour), at.Add(96*time.Hour)
	}
	for k, s := range steps[:last] {
		o.c.Flow, _ = x.impl.Flow.Complete(o.c.Flow, s.Key, s.Outcomes[0].Key, x.actors[s.Role].AccountID, at.Add(time.Duration(k+1)*time.Hour))
	}
	return o
}

// number is a case number of a body that has no other cases.
func number(day calendar.Day, seq int) string {
	body := fmt.Sprintf("1306820099%s%06d", strings.ReplaceAll(day.String(), "-", ""), seq)
	return body + string(code.Check3736(body))
}

const caseColumns = `id number version status steps flow channel implementation_id variant item_name body_id intake_id applicant_id agent_id
	applicant_name company received_at complete_at accepted_at deemed decided_at granted concluded_at`

const clockColumns = `case_id case_version running calendar statutory_due promised_due provisional alarm_on marks`

func clockRow(c *casework.Case) []any {
	return []any{c.ID, c.Version, db.Flag(c.ConcludedAt.IsZero()), 1, dayOf(c.StatutoryDue), dayOf(c.PromisedDue), 0, "", 0}
}

func caseRow(c *casework.Case) []any {
	granted, concluded := 0, db.Stamp(c.ConcludedAt)
	if c.Granted {
		granted = 1
	}
	return []any{c.ID, c.Number, c.Version, string(c.Status), c.Steps(), jsonOf(c.Flow), string(c.Channel), c.ImplementationID, "01", c.ItemName,
		c.BodyID, c.IntakeID, c.ApplicantID, "", c.ApplicantName, 1, db.Stamp(c.ReceivedAt), db.Stamp(c.CompleteAt), db.Stamp(c.AcceptedAt), 0,
		db.Stamp(c.DecidedAt), granted, concluded}
}

const taskColumns = `case_id step role due number item_name applicant_name channel status body_id intake_id applicant_id agent_id opened_at`

func taskRow(c *casework.Case, s flow.Step) []any {
	return []any{c.ID, s.Key, s.Role, dayOf(c.PromisedDue), c.Number, c.ItemName, c.ApplicantName, string(c.Channel), string(c.Status),
		c.BodyID, c.IntakeID, c.ApplicantID, "", db.Stamp(c.Flow.Open[0].Since)}
}

// told gives the cases between two ids the history that their status tells.
func told(ctx context.Context, d *db.DB, from, to string) error {
	_, err := d.Pool().ExecContext(ctx, `insert into case_event (id, case_id, at, kind, step, outcome, actor_id, actor_name, org_id, note, data)
		select substr(c.id, 1, 25) || k.n, c.id, c.received_at, k.kind, k.step, k.outcome, 'account', '经办人员', c.body_id, k.note, ''
		from cases c join (select 0 as n, 'case.submitted' as kind, '' as step, '' as outcome, '' as note
			union all select 1, 'case.accepted', 'accept', 'accepted', ''
			union all select 2, 'case.advanced', 'examine', 'support', '经审查，申请材料齐全、符合法定形式，建议准予。'
			union all select 3, 'case.advanced', 'review', 'support', '同意承办意见。'
			union all select 4, 'case.granted', 'decide', 'grant', '同意。'
			union all select 5, 'case.issued', 'issue', 'issued', ''
			union all select 6, 'case.delivered', 'deliver', 'delivered', '') k on k.n < c.version
		where c.id >= $1 and c.id <= $2`, from, to)
	return err
}

// many writes rows as fast as the engine takes them.
func many(ctx context.Context, d *db.DB, table string, columns []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	if d.Dialect() == db.Postgres {
		return streamed(ctx, d, table, columns, rows)
	}
	marks := make([]string, len(columns))
	for i := range marks {
		marks[i] = fmt.Sprintf("$%d", i+1)
	}
	return d.InTx(ctx, func(tx *sql.Tx) error {
		s, err := tx.PrepareContext(ctx, "insert into "+table+" ("+strings.Join(columns, ", ")+") values ("+strings.Join(marks, ", ")+")")
		if err != nil {
			return err
		}
		defer s.Close()
		for _, row := range rows {
			if _, err := s.ExecContext(ctx, row...); err != nil {
				return err
			}
		}
		return nil
	})
}

func streamed(ctx context.Context, d *db.DB, table string, columns []string, rows [][]any) error {
	conn, err := d.Pool().Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(driver any) error {
		_, err := driver.(*stdlib.Conn).Conn().CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromRows(rows))
		return err
	})
}

func dayOf(d calendar.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

func jsonOf(v any) string {
	b, _ := json.Marshal(v) // a flow state always marshals
	return string(b)
}
