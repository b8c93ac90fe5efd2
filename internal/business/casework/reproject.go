package casework

import (
	"context"
	"encoding/json"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/flow"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
)

// The clocks that a new calendar can move.
const (
	ClockAccept     = "accept"     // 受理期限
	ClockSupplement = "supplement" // 补正期限
	ClockStatutory  = "statutory"  // 法定办结期限
	ClockPromised   = "promised"   // 承诺办结期限
	ClockDeliver    = "deliver"    // 送达期限
)

// Move (期限变动) is one clock before and after a new calendar.
type Move struct {
	Clock  string       `json:"clock"`
	Before calendar.Day `json:"before"`
	After  calendar.Day `json:"after"`
}

// open is an open case with what its days are computed from.
type open struct {
	Case
	before Case
	tasks  []openTask
	notice *openNotice
	moves  []Move
}

type openTask struct {
	step       string
	due, after calendar.Day
	token      flow.Token
	opened     string // as it is stored
}

// openNotice is a supplement notice that waits for its answer.
type openNotice struct {
	table        string
	from         calendar.Day
	days         int
	until, after calendar.Day
}

// project computes every day of the case anew. A day that the applicant was
// given in writing does not come sooner by a new calendar, only later.
func (o *open) project(impl *catalog.Implementation, cal *calendar.Table, warn int) {
	o.before = o.Case
	o.Course = o.Course.recapped(cal)
	o.setDue(impl, cal)
	o.setAlarm(impl, cal, warn)
	o.moved(ClockStatutory, o.before.StatutoryDue, o.StatutoryDue)
	o.moved(ClockPromised, o.before.PromisedDue, o.PromisedDue)
	for i := range o.tasks {
		t := &o.tasks[i]
		step, known := impl.Flow.Step(t.step)
		if t.after = t.due; !known { // an opinion that was asked for has a day of its own
			continue
		}
		t.after = o.taskDue(t.token, step, cal)
		switch step.Act {
		case flow.Accept:
			o.moved(ClockAccept, t.due, t.after)
		case flow.Issue, flow.Deliver:
			o.moved(ClockDeliver, t.due, t.after)
		}
	}
	if n := o.notice; n != nil {
		n.after = n.until
		if n.days > 0 {
			n.after = max(n.until, cal.AddWorking(n.from, n.days))
		}
		o.moved(ClockSupplement, n.until, n.after)
	}
}

func (o *open) moved(clock string, before, after calendar.Day) {
	if before != after && before != 0 {
		o.moves = append(o.moves, Move{clock, before, after})
	}
}

// recapped is the course with the days that pauses may last at most counted
// anew: the notice named working days.
func (c Course) recapped(cal *calendar.Table) Course {
	if len(c.Pauses) == 0 {
		return c
	}
	pauses := make([]Pause, len(c.Pauses))
	for i, p := range c.Pauses {
		p.Cap = cal.AddWorking(p.From.AddDays(-1), p.Days)
		pauses[i] = p
	}
	c.Pauses = pauses
	return c
}

// movedAtOnce is how many cases are computed anew in one commit: few enough that
// nobody waits for it, many enough that the commits do not count.
const movedAtOnce = 2000

// eachOpen computes every open case that an older calendar computed and hands
// them on, batch by batch. It changes nothing.
func (s *Service) eachOpen(ctx context.Context, cal *calendar.Table, fn func([]*open) error) error {
	return s.db.Read(ctx, func(tx *db.Tx) error {
		at := spot{before: cal.Version(), most: s.atOnce}
		for {
			batch, err := s.openCases(tx, at)
			if err != nil || len(batch) == 0 {
				return err
			}
			last := batch[len(batch)-1]
			at.calendar, at.id = last.Calendar, last.ID
			for _, o := range batch {
				impl, err := s.catalog.Load(tx, o.ImplementationID)
				if err != nil {
					return err
				}
				o.project(impl, cal, s.warnAt)
			}
			if err := fn(batch); err != nil {
				return err
			}
		}
	})
}

// Reproject computes every open case anew by the calendar in force, batch by
// batch, each in a commit of its own. What is done is done when it is broken
// off; called again it goes on. It gives how many cases it computed.
func (s *Service) Reproject(ctx context.Context) (n int, err error) {
	s.moving.Lock()
	defer s.moving.Unlock()
	cal := s.calendar()
	left, err := s.leftOf(ctx, cal.Version())
	if err != nil || left == 0 {
		return 0, err
	}
	if err := s.beginMove(ctx, cal.Version(), left); err != nil {
		return 0, err
	}
	for {
		pass, err := s.moveAll(ctx, cal)
		if n += pass; err != nil {
			return n, err
		}
		if pass == 0 {
			return n, s.endMove(ctx, cal.Version())
		}
	}
}

// moveAll goes once through the open cases and writes what became of them, one
// batch while the next is computed. A case that somebody changes at the same time
// is left for the next pass, as is one that an act under way saves by the old
// calendar behind the place that was reached.
func (s *Service) moveAll(ctx context.Context, cal *calendar.Table) (n int, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	computed, read := make(chan []*open), make(chan error, 1)
	go func() {
		defer close(computed)
		read <- s.eachOpen(ctx, cal, func(batch []*open) error {
			select {
			case computed <- batch:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	for batch := range computed {
		if err := s.db.Act(ctx, func(tx *db.Tx) error { saveMoves(tx, cal.Version(), batch); return nil }); err != nil {
			stop()
			<-read
			return n, err
		}
		n += len(batch)
	}
	return n, <-read
}

// ReprojectedTopic is published when a new calendar has reached every case.
const ReprojectedTopic = "clock.reprojected"

func (s *Service) beginMove(ctx context.Context, version, total int) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		tx.WriteN(db.Any, `insert into reprojection (calendar, total, started_at) values ($1, $2, $3)
			on conflict (calendar) do nothing`, version, total, db.Stamp(tx.Now))
		return nil
	})
}

func (s *Service) endMove(ctx context.Context, version int) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		tx.WriteN(db.Any, `update reprojection set finished_at = $2 where calendar = $1 and finished_at = ''`, version, db.Stamp(tx.Now))
		event.Publish(tx, ReprojectedTopic, "", version)
		return nil
	})
}

// leftOf counts the open cases that an older calendar computed.
func (s *Service) leftOf(ctx context.Context, version int) (n int, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		n, err = left(tx, version)
		return err
	})
	return n, err
}

// Reprojection (重新计算) is how far the cases are that a new calendar concerns.
type Reprojection struct {
	Total, Left         int // open cases when it began, and those not computed yet
	Moved, Untold       int // cases whose days moved, and those whose people are not told yet
	StartedAt, Finished time.Time
}

// Reprojection is nil for a version by which nothing was computed.
func (s *Service) Reprojection(ctx context.Context, version int) (r *Reprojection, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		r, err = reprojectionOf(tx, version)
		return err
	})
	return r, err
}

// Moves are the changes of a case's days by new calendars, the oldest first.
type Moves struct {
	Calendar int
	At       time.Time
	Moves    []Move
}

func askMoves(out *[]Moves, caseID string) db.Ask {
	return db.AskList(out, func(r db.Scanner) (m Moves, err error) {
		var moves string
		if err := r.Scan(&m.Calendar, &moves, db.At{Time: &m.At}); err != nil {
			return m, err
		}
		return m, json.Unmarshal([]byte(moves), &m.Moves)
	}, `select calendar, moves, at from clock_move where case_id = $1 order by calendar limit 100`, caseID)
}
