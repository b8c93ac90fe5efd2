package casework

import (
	"context"
	"strconv"
	"strings"
	"time"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Quota (数量限制) is how many there may be of a matter, and how many are granted
// already. The figure is kept by hand and counted up by every grant.
type Quota struct {
	Code    string // 实施编码
	Version int
	Name    string
	BodyID  string
	Total   int
	Used    int
	Law     string
	Note    string // where the figure comes from
	ByName  string
	At      time.Time
}

// Left is how many can still be granted.
func (q *Quota) Left() int { return max(q.Total-q.Used, 0) }

// Waiting is an application under way, in the order of acceptance.
type Waiting struct {
	CaseID, Number, ApplicantName string
	AcceptedAt                    time.Time
}

// inOrder keeps matters of limited quantity to the order of acceptance
// (行政许可法第五十七条): while there is less left than there are applications that
// were accepted earlier and are not decided, the first of those goes before.
// Without a figure nothing is known to be scarce. A grant counts the figure up,
// never beyond the total: whoever passes is among the first that there is room
// for, so that it does not matter which of them commits first.
func (t *Turn) inOrder() error {
	if !t.Impl.Quantity.Limited || t.Case.Purpose != PurposeNew && t.Case.Purpose != "" {
		return nil
	}
	q, err := quotaOf(t.Tx, t.Impl.Code())
	if f := fault.Of(err); f != nil && f.Kind == fault.KindMissing {
		return nil
	}
	if err != nil {
		return err
	}
	ahead, err := before(t.Tx, t.Impl.Code(), t.Case, q.Left())
	if err != nil {
		return err
	}
	if err := q.grants(ahead); err != nil {
		return err
	}
	t.Tx.Write(`update quota set used = used + 1, version = version + 1 where code = $1 and used < total`, q.Code)
	return nil
}

// GiveBack returns one of a limited quantity when what was granted is over: taken
// away, given up or rescinded. Without a figure there is nothing to return to.
func (s *Service) GiveBack(tx *db.Tx, who staff.Actor, code string) error {
	q, err := quotaOf(tx, code)
	if f := fault.Of(err); f != nil && f.Kind == fault.KindMissing {
		return nil
	}
	if err != nil || q.Used == 0 {
		return err
	}
	tx.WriteN(db.Any, `update quota set used = used - 1, version = version + 1 where code = $1 and used > 0`, code)
	audit.Record(tx, entry(who, "quota.give_back", "quota", code, map[string]any{"used": q.Used}, map[string]any{"used": q.Used - 1}))
	return nil
}

// grants is the rule: ahead are those that were accepted earlier and still wait.
func (q *Quota) grants(ahead []Waiting) error {
	switch left := q.Left(); {
	case left == 0:
		return fault.Refused("quota.exhausted", lawOrder, "total", strconv.Itoa(q.Total), "law", q.Law)
	case len(ahead) >= left:
		return fault.Refused("quota.order", lawOrder, "number", ahead[0].Number, "left", strconv.Itoa(left), "ahead", strconv.Itoa(len(ahead)))
	}
	return nil
}

// before are the applications for the matter, in whatever version, that were
// accepted before the case and are not decided; no more of them than can matter.
func before(tx *db.Tx, code string, c *Case, most int) ([]Waiting, error) {
	return db.List(tx, scanWaiting, `select id, number, applicant_name, accepted_at from cases
		where status = 'handling' and implementation_id in (select id from implementation where code = $1)
		and (accepted_at, number) < ($2, $3) and purpose in ('', 'new') order by accepted_at, number limit $4`,
		code, db.Stamp(c.AcceptedAt), c.Number, most)
}

func scanWaiting(r db.Scanner) (w Waiting, err error) {
	return w, r.Scan(&w.CaseID, &w.Number, &w.ApplicantName, db.At{Time: &w.AcceptedAt})
}

func quotaOf(tx *db.Tx, code string) (*Quota, error) {
	return db.One(tx, "quota.missing", func(r db.Scanner) (*Quota, error) {
		q := &Quota{}
		return q, r.Scan(&q.Code, &q.Version, &q.Name, &q.BodyID, &q.Total, &q.Used, &q.Law, &q.Note, &q.ByName, db.At{Time: &q.At})
	}, `select code, version, name, body_id, total, used, law, note, by_name, at from quota where code = $1`, code)
}

// SetQuota keeps the figure of a matter (维护数量).
type SetQuota struct {
	Code        string
	Version     int // that the person saw; 0 while there is none
	Total, Used int
	Note        string // where the figure comes from, or why it changes
}

// SetQuota needs an editor of the matter's body, and a matter whose quantity is
// limited by law.
func (s *Service) SetQuota(ctx context.Context, who staff.Actor, in SetQuota) error {
	impl, err := s.limited(ctx, who, in.Code)
	if err != nil {
		return err
	}
	if err := in.check(); err != nil {
		return err
	}
	return s.db.Act(ctx, func(tx *db.Tx) error {
		old, err := quotaOf(tx, in.Code)
		if f := fault.Of(err); f != nil && f.Kind != fault.KindMissing {
			return err
		}
		var had any
		if err == nil {
			had = map[string]any{"total": old.Total, "used": old.Used}
		}
		if err == nil && old.Version != in.Version || err != nil && in.Version != 0 {
			return fault.Conflict("quota.stale")
		}
		note := strings.TrimSpace(in.Note)
		if in.Version == 0 {
			tx.Write(`insert into quota (code, version, name, body_id, total, used, law, note, by_id, by_name, at)
				values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, in.Code, impl.Name, impl.Body.ID, in.Total, in.Used,
				impl.Quantity.Law, note, who.AccountID, who.Name, db.Stamp(tx.Now))
		} else {
			tx.Write(`update quota set version = version + 1, total = $3, used = $4, note = $5, by_id = $6, by_name = $7, at = $8,
				law = $9, name = $10 where code = $1 and version = $2`, in.Code, in.Version, in.Total, in.Used, note, who.AccountID,
				who.Name, db.Stamp(tx.Now), impl.Quantity.Law, impl.Name)
		}
		audit.Record(tx, entry(who, "quota.set", "quota", in.Code, had, map[string]any{"total": in.Total, "used": in.Used, "note": note}))
		return nil
	})
}

// mostQuota bounds a figure.
const mostQuota = 1_000_000

func (in SetQuota) check() error {
	if err := needed(lawOrder, "note", in.Note); err != nil {
		return err
	}
	var wrong []fault.Field
	if in.Total < 0 || in.Total > mostQuota {
		wrong = append(wrong, fault.At("total", "quota.figure"))
	}
	if in.Used < 0 || in.Used > mostQuota {
		wrong = append(wrong, fault.At("used", "quota.figure"))
	}
	if len(wrong) > 0 {
		return fault.Invalid("form.invalid", wrong...)
	}
	return nil
}

// limited is the matter in force with the code, for its body's editor.
func (s *Service) limited(ctx context.Context, who staff.Actor, code string) (*catalog.Implementation, error) {
	if err := who.Must(staff.CatalogEdit); err != nil {
		return nil, err
	}
	snap, err := s.catalog.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	e, ok := snap.ByCode(code)
	switch {
	case !ok || !who.Can(staff.CatalogPublish) && e.Impl.Body.ID != who.OrgID:
		return nil, fault.Missing("catalog.missing")
	case !e.Impl.Quantity.Limited:
		return nil, fault.Refused("quota.unlimited", lawOrder)
	}
	return e.Impl, nil
}

// Scarce is a matter of limited quantity with its figure and what waits.
type Scarce struct {
	Impl    *catalog.Implementation
	Quota   *Quota // nil while no figure is kept
	Waiting []Waiting
}

// mostWaiting bounds what a page shows of the order.
const mostWaiting = 50

// Scarce lists the matters of limited quantity that the actor keeps figures
// for, each with the applications under way in the order of acceptance.
func (s *Service) Scarce(ctx context.Context, who staff.Actor) (out []Scarce, err error) {
	if err := who.Must(staff.CatalogEdit); err != nil {
		return nil, err
	}
	snap, err := s.catalog.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		for _, e := range snap.Entries() {
			if !e.Impl.Quantity.Limited || !e.Open() || !who.Can(staff.CatalogPublish) && e.Impl.Body.ID != who.OrgID {
				continue
			}
			x := Scarce{Impl: e.Impl}
			if x.Quota, err = quotaOf(tx, e.Impl.Code()); err != nil && fault.Of(err).Kind != fault.KindMissing {
				return err
			}
			if err != nil {
				x.Quota = nil
			}
			if x.Waiting, err = before(tx, e.Impl.Code(), &Case{AcceptedAt: endOfTime}, mostWaiting); err != nil {
				return err
			}
			out = append(out, x)
		}
		return nil
	})
	return out, err
}

// endOfTime is after every acceptance.
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
