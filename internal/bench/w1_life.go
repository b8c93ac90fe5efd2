package bench

import (
	"context"
	"fmt"
	"time"

	"onewindow/internal/kit/db"
)

var _ = register(Workload{"w1", "办件全过程：收件、受理、承办、审核、决定、制证（签名）、送达，逐个经网页提交；对照同一数据库逐笔落盘的最简写入。", runLife})

// runLife is W1. A transition counts when its answer was read and its rows are
// in the store afterwards.
func runLife(r *Run) error {
	x, err := r.city(r.Preload)
	if err != nil {
		return err
	}
	defer r.cities.drop(x)
	admin := r.adminAddr()
	s, err := x.serve("--admin-addr", admin)
	if err != nil {
		return err
	}
	defer s.stop()
	s.admin = admin
	l, err := x.life(s)
	if err != nil {
		return err
	}
	for _, n := range r.Drivers {
		if err := r.life(x, l, n); err != nil {
			return fmt.Errorf("%d drivers: %w", n, err)
		}
	}
	return nil
}

func (r *Run) life(x *city, l *life, n int) error {
	limit, err := x.bare(r.Ctx, r.Preload, n)
	if err != nil {
		return fmt.Errorf("limit: %w", err)
	}
	defer limit.close()
	conns := l.s.clients(n)
	defer conns.close()
	before, err := x.tally(r.Ctx)
	if err != nil {
		return err
	}
	rounds, err := r.lives(x, l, conns, limit)
	if err != nil {
		return err
	}
	if err := x.holds(r.Ctx, before, rounds.done); err != nil {
		return err
	}
	left, papers, err := r.behind(x)
	if err != nil {
		return err
	}
	r.tell(fmt.Sprintf("%d drivers, %d cases", n, r.Preload), rate("cases", "/s", rounds.cases),
		rate("transitions", "/s", rounds.moves).against("raw commits", rounds.moves, rounds.best, "≥ 0.6"),
		rate("confirmed posts", "/s", rounds.acts).against("raw commits", rounds.acts, rounds.best, ""),
		cost("step p50", "ms", rounds.p50), cost("step p99", "ms", rounds.p99),
		cost("server's processor time of a transition", "µs", rounds.cpu),
		cost("events left in the outbox", "", series{left}), rate("papers made afterwards", "/s", series{papers}))
	return nil
}

// lives are the rounds of W1 beside those of its limit.
type lives struct {
	done                                    int
	cases, moves, acts, best, p50, p99, cpu series
}

// lives drives cases and the limit in turn; the first, short round warms up.
func (r *Run) lives(x *city, l *life, conns clients, limit *bare) (out lives, err error) {
	for round := -1; round < r.Rounds; round++ {
		length, wait := r.Length, func() {}
		switch {
		case round < 0:
			length /= 4
		case round == 0:
			wait = r.profile(l.s, fmt.Sprint(len(conns)), length)
		}
		a, cpu, err := l.s.driven(r.Ctx, len(conns), length, l.driver(conns))
		wait()
		if err != nil {
			return out, err
		}
		rate, err := limit.rate(r.Ctx, len(conns), length)
		if err != nil {
			return out, fmt.Errorf("limit: %w", err)
		}
		if out.done += a.done; round < 0 {
			continue
		}
		out.cases, out.best = append(out.cases, a.perSecond(a.done)), append(out.best, rate)
		out.moves = append(out.moves, a.perSecond(a.done*transitions))
		out.acts = append(out.acts, a.perSecond(a.done*x.commits()))
		out.cpu = append(out.cpu, cpu/float64(transitions))
		out.p50, out.p99 = append(out.p50, ms(a.steps.at(0.5))), append(out.p99, ms(a.steps.at(0.99)))
	}
	return out, nil
}

// commits are the durable acts of one case: the transitions, and the draft
// begun, filled in and its paper counted.
func (x *city) commits() int {
	n := transitions + 2
	if len(asked(x.impl)) > 0 {
		n++
	}
	return n
}

// moves are the happenings that are transitions, each with its audit record of
// the same name; others may stand beside them.
const moves = `'case.submitted', 'case.accepted', 'case.advanced', 'case.granted', 'case.issued', 'case.delivered'`

// tally is what the store holds of cases driven.
type tally struct{ concluded, happenings, audits, licences, documents int }

// rowsOf are the counts of what was driven; what was there before in bulk has
// no audit, licence or document, and its happenings name no account.
func (x *city) tally(ctx context.Context) (t tally, err error) {
	err = x.store(ctx, func(d *db.DB) error {
		for text, into := range map[string]*int{
			`select count(*) from cases c join licence l on l.case_id = c.id where c.status = 'concluded'`:                                       &t.concluded,
			`select count(*) from case_event e join licence l on l.case_id = e.case_id where e.kind in (` + moves + `)`:                          &t.happenings,
			`select count(*) from audit a join licence l on l.case_id = a.subject_id where a.subject_kind = 'case' and a.act in (` + moves + `)`: &t.audits,
			`select count(*) from licence`:                                            &t.licences,
			`select count(*) from document d join licence l on l.case_id = d.case_id`: &t.documents,
		} {
			if *into, err = count(ctx, d, text); err != nil {
				return err
			}
		}
		return nil
	})
	return t, err
}

// holds checks that every case that was driven to its end is in the store,
// whole and once.
func (x *city) holds(ctx context.Context, before tally, done int) error {
	now, err := x.tally(ctx)
	if err != nil {
		return err
	}
	want := tally{before.concluded + done, before.happenings + done*transitions, before.audits + done*transitions,
		before.licences + done, now.documents}
	// Receipt, acceptance, decision and proof of service come with the acts;
	// further documents may follow behind them.
	if least := before.documents + 4*done; now.documents < least {
		return fmt.Errorf("%d documents of %d cases are in the store", now.documents-before.documents, done)
	}
	if now != want {
		return fmt.Errorf("the store does not hold what was confirmed: %+v, not %+v", now, want)
	}
	return nil
}

// behind looks at what the acts left to be done behind them, papers and
// messages: how many events wait, and how many papers are made a second once
// nobody asks for anything.
func (r *Run) behind(x *city) (left, papers float64, err error) {
	const made = `select (select count(*) from document_file) + (select count(*) from licence_file)`
	err = x.store(r.Ctx, func(d *db.DB) error {
		n, err := count(r.Ctx, d, `select (select count(*) from outbox) + (select count(*) from outbox_behind)`)
		if left = float64(n); err != nil || n == 0 {
			return err
		}
		before, err := count(r.Ctx, d, made)
		if err != nil {
			return err
		}
		time.Sleep(r.Length)
		after, err := count(r.Ctx, d, made)
		papers = float64(after-before) / r.Length.Seconds()
		return err
	})
	return left, papers, err
}

// empty waits until everything in the outbox was passed on.
func empty(ctx context.Context, d *db.DB) error {
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		n, err := count(ctx, d, `select (select count(*) from outbox) + (select count(*) from outbox_behind)`)
		if err != nil || n == 0 {
			return err
		}
		if time.Since(begun) > 30*time.Minute {
			return fmt.Errorf("%d events are still in the outbox", n)
		}
	}
}
