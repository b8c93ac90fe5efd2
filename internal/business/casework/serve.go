package casework

import (
	"context"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Attempt is a service that takes time: a letter on its way, an announcement
// that runs. The licensing law says how soon a result is served and not how; the
// ways are those of 民事诉讼法, by analogy.
type Attempt struct {
	ID       string
	Way      Way
	Status   string // under_way served returned superseded
	Carrier  string
	Tracking string
	Place    string // where it is announced
	At       time.Time
	Due      calendar.Day // announcement: the last day of it
	EndedAt  time.Time
	Why      string
}

// The statuses of an attempt.
const (
	UnderWay   = "under_way"
	Served     = "served"
	Returned   = "returned"
	Superseded = "superseded" // served in another way meanwhile
)

// announceDays is how many natural days an announcement runs unless configured:
// those of 民事诉讼法第九十五条, which had sixty days until 2021 and has thirty since.
const announceDays = 30

// AnnounceDays is how many natural days an announcement runs here.
func (s *Service) AnnounceDays() int { return s.announce }

// Dispatch (邮寄送达) says that the result went off by post.
type Dispatch struct {
	Seen
	Carrier, Tracking string
}

// Dispatch leaves the case where it is: posting is not yet serving.
func (s *Service) Dispatch(ctx context.Context, who staff.Actor, in Dispatch) error {
	return s.Act(ctx, who, in.Seen, staff.CaseDeliver, func(t *Turn) error {
		if err := needed(lawPost, "carrier", in.Carrier, "tracking", in.Tracking); err != nil {
			return err
		}
		a := Attempt{Way: ByPost, Carrier: strings.TrimSpace(in.Carrier), Tracking: strings.TrimSpace(in.Tracking)}
		if err := t.attempt(a); err != nil {
			return err
		}
		t.Tell(Note{Kind: "case.dispatched", Data: map[string]any{"carrier": a.Carrier, "tracking": a.Tracking}})
		return nil
	})
}

// PostReturned says that the letter came back, and why.
type PostReturned struct {
	Seen
	Why string
}

// PostReturned ends the attempt; the result waits to be served in another way.
func (s *Service) PostReturned(ctx context.Context, who staff.Actor, in PostReturned) error {
	return s.Act(ctx, who, in.Seen, staff.CaseDeliver, func(t *Turn) error {
		if err := needed(lawPost, "why", in.Why); err != nil {
			return err
		}
		a, err := underWay(t.Tx, t.Case.ID)
		if err != nil {
			return err
		}
		if a == nil || a.Way != ByPost {
			return fault.Conflict("deliver.not_posted")
		}
		t.end(a, Returned, strings.TrimSpace(in.Why))
		t.Tell(Note{Kind: "case.post_returned", Text: strings.TrimSpace(in.Why)})
		return nil
	})
}

// Announce (公告送达) is the last way: the recipient cannot be found, or no other
// way led there.
type Announce struct {
	Seen
	Place string // where it is announced
	Why   string // what was tried before
}

// Announce starts the days of the announcement, after which it counts as served.
func (s *Service) Announce(ctx context.Context, who staff.Actor, in Announce) error {
	return s.Act(ctx, who, in.Seen, staff.CaseDeliver, func(t *Turn) error {
		if err := needed(lawAnnounce, "place", in.Place, "why", in.Why); err != nil {
			return err
		}
		a := Attempt{Way: ByAnnouncement, Place: strings.TrimSpace(in.Place), Why: strings.TrimSpace(in.Why), Due: t.Today().AddDays(s.announce)}
		if err := t.attempt(a); err != nil {
			return err
		}
		t.Tell(Note{Kind: "case.announced", Text: a.Why, Data: map[string]any{"place": a.Place, "due": a.Due.String()}})
		return nil
	})
}

// ServeAnnounced concludes every case whose announcement has run its days, and
// gives how many.
func (s *Service) ServeAnnounced(ctx context.Context) (n int, err error) {
	var ids []string
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		ids, err = db.List(tx, func(r db.Scanner) (v string, err error) { return v, r.Scan(&v) },
			`select case_id from service_attempt where status = 'under_way' and way = 'announce' and due_day < $1
			order by due_day, case_id limit $2`, calendar.DayOf(tx.Now).String(), sweepLimit)
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, caseID := range ids {
		err := s.Deliver(ctx, staff.Machine("系统（公告期满）"), Deliver{Seen: Seen{CaseID: caseID}, Way: ByAnnouncement})
		switch f := fault.Of(err); {
		case err == nil:
			n++
		case f.Kind == fault.KindConflict: // served in another way meanwhile
		default:
			return n, err
		}
	}
	return n, nil
}

// attempt begins a service that takes time; one at a time.
func (t *Turn) attempt(a Attempt) error {
	if _, open := t.Case.Open(t.Impl.Flow, flow.Deliver); !open || t.Case.Status != StatusGranted && t.Case.Status != StatusRefused {
		return fault.Conflict("case.not_at_step", "status", string(t.Case.Status))
	}
	before, err := underWay(t.Tx, t.Case.ID)
	if err != nil {
		return err
	}
	if before != nil {
		return fault.Conflict("deliver.under_way")
	}
	t.Tx.Write(`insert into service_attempt (id, case_id, way, status, carrier, tracking, place, at, due_day, ended_at, why)
		values ($1, $2, $3, 'under_way', $4, $5, $6, $7, $8, '', $9)`,
		id.New(), t.Case.ID, string(a.Way), a.Carrier, a.Tracking, a.Place, db.Stamp(t.Tx.Now), a.Due.Text(), a.Why)
	return nil
}

func (t *Turn) end(a *Attempt, status, why string) {
	t.Tx.Write(`update service_attempt set status = $2, ended_at = $3, why = case when $4 = '' then why else $4 end
		where id = $1 and status = 'under_way'`, a.ID, status, db.Stamp(t.Tx.Now), why)
}

// underWay is the attempt that goes on; nil when none does.
func underWay(tx *db.Tx, caseID string) (*Attempt, error) {
	all, err := attemptsOf(tx, caseID)
	for i := range all {
		if all[i].Status == UnderWay {
			return &all[i], nil
		}
	}
	return nil, err
}

// attemptsOf are the attempts to serve the result of a case, oldest first.
func attemptsOf(tx *db.Tx, caseID string) (out []Attempt, err error) {
	err = tx.Together(askAttempts(&out, caseID))
	return out, err
}

func askAttempts(out *[]Attempt, caseID string) db.Ask {
	return db.AskList(out, func(r db.Scanner) (a Attempt, err error) {
		err = r.Scan(&a.ID, &a.Way, &a.Status, &a.Carrier, &a.Tracking, &a.Place, db.At{Time: &a.At}, calendar.Optional{Day: &a.Due}, db.At{Time: &a.EndedAt}, &a.Why)
		return a, err
	}, `select id, way, status, carrier, tracking, place, at, due_day, ended_at, why from service_attempt where case_id = $1
		order by id limit 100`, caseID)
}
