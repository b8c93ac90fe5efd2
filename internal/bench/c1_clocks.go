package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"onewindow/internal/app"
	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/config"
	"onewindow/internal/kit/db"
)

var _ = register(Workload{"clocks", "期限：每秒推算多少个到期日（带逐日推算和不带），日历变更后重新计算全部在办办件。", runClocks})

// openClocks are the open cases that a new calendar meets.
func (o Options) openClocks() int {
	if o.Quick {
		return 2_000
	}
	return 100_000
}

func runClocks(r *Run) error {
	r.derivations()
	x, err := r.city(0)
	if err != nil {
		return err
	}
	defer r.cities.drop(x)
	if err := x.openCases(r.Ctx, r.openClocks()); err != nil {
		return err
	}
	return r.reproject(x)
}

// derivations computes deadlines of twenty working days with a pause, from days
// all over the loaded years.
func (r *Run) derivations() {
	cal, first := calendar.Builtin(), calendar.MustDay("2021-01-04")
	of := func() deadline.Clock {
		from := first + calendar.Day(rand.IntN(5*365))
		return deadline.Clock{Start: from, Limit: deadline.Limit{N: 20, Unit: deadline.Working}, Stops: []deadline.Stop{{From: from + 5, To: from + 9}}}
	}
	var days, derived series
	for range r.Rounds {
		days = append(days, rawRate(r.Length, func() { deadline.DueDay(cal, of()) }))
		derived = append(derived, rawRate(r.Length, func() { deadline.Compute(cal, of()) }))
	}
	r.tell("20 working days, one pause", rate("due days", "/s", days), rate("with derivation", "/s", derived))
}

// openCases writes accepted cases that wait for their examination.
func (x *city) openCases(ctx context.Context, n int) error {
	return x.store(ctx, func(d *db.DB) error {
		luck := rand.New(rand.NewPCG(20, 26))
		for at := 0; at < n; at += chunk {
			var cases, clocks, tasks [][]any
			for i := at; i < min(at+chunk, n); i++ {
				o := x.old(i*openEvery, luck)
				today := calendar.DayOf(time.Now())
				o.c.Number, o.c.Status, o.step = number(today, i), casework.StatusHandling, x.impl.Flow.Steps()[1]
				o.c.ReceivedAt, o.c.CompleteAt, o.c.AcceptedAt = time.Now(), time.Now(), time.Now()
				o.c.Flow = x.impl.Flow.Start(time.Now())
				o.c.Flow, _ = x.impl.Flow.Complete(o.c.Flow, x.impl.Flow.Steps()[0].Key, x.impl.Flow.Steps()[0].Outcomes[0].Key, "account", time.Now())
				o.c.StatutoryDue, o.c.PromisedDue = today.AddDays(28), today.AddDays(14)
				cases, clocks, tasks = append(cases, caseRow(&o.c)), append(clocks, clockRow(&o.c)), append(tasks, taskRow(&o.c, o.step))
			}
			if err := write(ctx, d, cases, clocks, tasks); err != nil {
				return err
			}
		}
		return nil
	})
}

// reproject publishes a calendar that moves every deadline, and times how long
// it takes until every case has its new days.
func (r *Run) reproject(x *city) error {
	c, err := config.Parse(x.settings())
	if err != nil {
		return err
	}
	s, err := app.OpenServices(r.Ctx, c, false, clock.System{})
	if err != nil {
		return err
	}
	defer s.Close()
	var seen, took, told series
	for round := range r.Rounds {
		if err := publishDayOff(r.Ctx, s, 2+round); err != nil {
			return err
		}
		begun := time.Now()
		if _, err := s.Casework.Foresee(r.Ctx, staff.Machine("bench"), s.Calendar.Table()); err != nil {
			return err
		}
		seen = append(seen, time.Since(begun).Seconds())
		begun = time.Now()
		n, err := s.Casework.Reproject(r.Ctx)
		if err != nil || n != r.openClocks() {
			return fmt.Errorf("%d cases of %d: %w", n, r.openClocks(), err)
		}
		took = append(took, time.Since(begun).Seconds())
		begun = time.Now()
		if _, err := s.Casework.TellMoves(r.Ctx, s.Calendar.Table().Version()); err != nil {
			return err
		}
		told = append(told, time.Since(begun).Seconds())
	}
	r.tell(fmt.Sprintf("%d open cases", r.openClocks()), Figure{Name: "re-projection", Unit: "s", Median: took.median(), Worst: took.most(), Aim: "≤ 5"},
		Figure{Name: "preview", Unit: "s", Median: seen.median(), Worst: seen.most()},
		Figure{Name: "into the histories", Unit: "s", Median: told.median(), Worst: told.most()})
	return nil
}

// publishDayOff takes the nth working day from now for a holiday.
func publishDayOff(ctx context.Context, s *app.Services, n int) error {
	who, cal := staff.Machine("bench"), s.Calendar.Table()
	d := cal.AddWorking(calendar.DayOf(time.Now()), n)
	y, loaded := cal.Notice(d.Year())
	if !loaded {
		y = calendar.Year{Year: d.Year(), Off: map[calendar.Day]string{}, MakeUp: map[calendar.Day]string{}}
	}
	delete(y.MakeUp, d)
	y.Off[d], y.Number, y.Issued, y.Source = "测试", "测试", calendar.DayOf(time.Now()).String(), "bench"
	if err := s.Calendar.SaveDraft(ctx, who, calendar.SaveDraft{Year: y}); err != nil {
		return err
	}
	_, err := s.Calendar.Publish(ctx, who, calendar.Publish{Year: y.Year, Revision: 1, Base: cal.Version(), Reason: "bench"})
	return err
}
