package evaluation

import (
	"context"
	"slices"
	"strings"
	"time"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/db"
)

// Bad (差评) is a bad rating with the case to call back about.
type Bad struct {
	ID                 string
	CaseID, CaseNumber string
	BodyID, ItemName   string
	Grade              Grade
	Reasons            []Reason
	Text               string
	At                 time.Time
}

// BadPage is one page; Next is "" on the last.
type BadPage struct {
	Bad  []Bad
	Next string
}

// pageSize is the lines of a page of bad ratings unless asked otherwise.
const pageSize = 20

// Bad are the bad ratings in the actor's scope, the newest first, for who looks
// into them; after is the Next of the page before. Cases in which the actor
// took part are left out. The look is audited.
func (s *Service) Bad(ctx context.Context, who staff.Actor, after string, limit int) (p BadPage, err error) {
	if err := who.Must(staff.RatingHandle); err != nil {
		return p, err
	}
	if limit <= 0 || limit > most {
		limit = pageSize
	}
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		p, err = s.badPage(tx, who, after, limit)
		if err != nil {
			return err
		}
		audit.Record(tx, audit.Entry{ActorID: who.AccountID, ActorName: who.Name, Act: "rating.read_bad", SubjectKind: "rating",
			After: p.ids(), RequestID: who.RequestID})
		return nil
	})
	return p, err
}

func (s *Service) badPage(tx *db.Tx, who staff.Actor, after string, limit int) (p BadPage, err error) {
	at, id, ok := strings.Cut(after, " ")
	if !ok {
		at, id = "~", "~"
	}
	scope, args := who.ScopeFor(staff.RatingHandle).SQL("", 4)
	rows, err := db.List(tx, s.scanBad, `select id, case_id, grade, reasons, words_sealed, item_name, rated_at, body_id from rating
		where grade >= 4 and (rated_at, id) < ($1, $2) and `+scope+` order by rated_at desc, id desc limit $3`,
		append([]any{at, id, limit}, args...)...)
	if err != nil {
		return p, err
	}
	if len(rows) == limit {
		last := rows[limit-1]
		p.Next = db.Stamp(last.At) + " " + last.ID
	}
	for _, b := range rows {
		c, err := casework.ByID(tx, b.CaseID)
		if err != nil {
			return p, err
		}
		if !tookPart(c, who) {
			b.CaseNumber = c.Number
			p.Bad = append(p.Bad, b)
		}
	}
	return p, nil
}

// tookPart says whether the actor completed a step of the case: nobody looks
// into a rating of their own work.
func tookPart(c *casework.Case, who staff.Actor) bool {
	return slices.ContainsFunc(c.Flow.Done, func(d flow.Done) bool { return d.Actor == who.AccountID })
}

func (s *Service) scanBad(r db.Scanner) (b Bad, err error) {
	var reasons, sealed string
	if err := r.Scan(&b.ID, &b.CaseID, &b.Grade, &reasons, &sealed, &b.ItemName, db.At{Time: &b.At}, &b.BodyID); err != nil {
		return b, err
	}
	var w words
	b.Reasons, w, err = s.told(b.Grade, reasons, sealed)
	b.Text = w.Text
	return b, err
}

func (p BadPage) ids() []string {
	out := make([]string, len(p.Bad))
	for i, b := range p.Bad {
		out[i] = b.ID
	}
	return out
}
