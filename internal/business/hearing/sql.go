package hearing

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/interest"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

const columns = `select id, version, case_id, kind, status, until_day, held_at, announced, data, item_name, applicant_name, created_at from hearing`

func scan(r db.Scanner) (*Hearing, error) {
	h := &Hearing{}
	var announced int
	var until, data string
	err := r.Scan(&h.ID, &h.Version, &h.CaseID, &h.Kind, &h.Status, &until, db.At{Time: &h.HeldAt}, &announced, &data, &h.ItemName, &h.Applicant, db.At{Time: &h.CreatedAt})
	if err != nil {
		return nil, err
	}
	h.Announced = announced == 1
	if until != "" {
		if h.Until, err = calendar.ParseDay(until); err != nil {
			return nil, err
		}
	}
	return h, json.Unmarshal([]byte(data), &h.Data)
}

// openOf is the hearing under way in a case.
func openOf(tx *db.Tx, caseID string) (*Hearing, error) {
	return db.One(tx, "hearing.missing", scan, columns+` where case_id = $1 and status in ('offered', 'asked', 'noticed', 'recorded')`, caseID)
}

func insert(t *turn) {
	h, c := t.h, t.Case
	t.Tx.Write(`insert into hearing (id, version, case_id, kind, status, until_day, held_at, announced, data, item_name, applicant_name,
		body_id, intake_id, applicant_id, agent_id, created_at)
		values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		h.ID, h.CaseID, string(h.Kind), string(h.Status), h.Until.Text(), db.Stamp(h.HeldAt), db.Flag(h.Announced), h.text(),
		c.ItemName, c.ApplicantName, c.BodyID, c.IntakeID, c.ApplicantID, c.AgentID, db.Stamp(h.CreatedAt))
}

func save(tx *db.Tx, h Hearing) {
	tx.Write(`update hearing set version = version + 1, status = $3, until_day = $4, held_at = $5, announced = $6, data = $7 where id = $1 and version = $2`,
		h.ID, h.Version, string(h.Status), h.Until.Text(), db.Stamp(h.HeldAt), db.Flag(h.Announced), h.text())
}

func (h Hearing) text() string {
	b, err := json.Marshal(h.Data)
	if err != nil {
		panic("hearing: " + err.Error())
	}
	return string(b)
}

// mostHearings bounds the hearings of one case.
const mostHearings = 20

// ByCase are the hearings of a case that the actor may see, the newest last.
func (s *Service) ByCase(ctx context.Context, who staff.Actor, caseID string) (out []*Hearing, err error) {
	if err := who.Must(staff.CaseRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := casework.ByID(tx, caseID)
		if err != nil || who.May(staff.CaseRead, c.Subject()) != nil {
			return fault.Missing("case.missing")
		}
		out, err = db.List(tx, scan, columns+` where case_id = $1 order by id limit $2`, caseID, mostHearings)
		return err
	})
	return out, err
}

// OfParty is the newest hearing of the case of an interested party who is here,
// with their place in it; nil when there is none.
func (s *Service) OfParty(ctx context.Context, p interest.Present) (h *Hearing, me *Person, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := db.List(tx, scan, columns+` where case_id = $1 order by id desc limit 1`, p.CaseID)
		if err == nil && len(all) > 0 && all[0].Person(p.ID) != nil {
			h, me = all[0], all[0].Person(p.ID)
		}
		return err
	})
	return h, me, err
}

// Officers are those of a body who hold a right today, to choose from.
func (s *Service) Officers(ctx context.Context, bodyID string, p staff.Permission) (out []staff.Colleague, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = staff.Colleagues(tx, bodyID, p)
		return err
	})
	return out, err
}

// UnderWay are the hearings in the officer's scope that are not over, the newest
// first; after is the id of the last one of the page before.
func (s *Service) UnderWay(ctx context.Context, who staff.Actor, after string, limit int) (out []*Hearing, err error) {
	if err := who.Must(staff.CaseRead); err != nil {
		return nil, err
	}
	if after == "" {
		after = "~"
	}
	scope, args := who.Scope.SQL("", 3)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scan, columns+` where status in ('offered', 'asked', 'noticed', 'recorded') and id < $1 and `+scope+`
			order by id desc limit $2`, append([]any{after, limit}, args...)...)
		return err
	})
	return out, err
}

// Announced are the public hearings that are still to be held, the next first;
// after is the place of the last one of the page before.
func (s *Service) Announced(ctx context.Context, after string, limit int) (out []*Hearing, err error) {
	at, hearingID, _ := strings.Cut(after, " ")
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		from := db.Stamp(tx.Now.Truncate(24 * time.Hour))
		out, err = db.List(tx, scan, columns+` where announced = 1 and status = 'noticed' and held_at >= $1 and (held_at, id) > ($2, $3)
			order by held_at, id limit $4`, from, at, hearingID, limit)
		return err
	})
	return out, err
}

// Cursor is where a page of announced hearings that ends with this one goes on.
func (h *Hearing) Cursor() string { return db.Stamp(h.HeldAt) + " " + h.ID }

// Announcement is one announced hearing, for everybody.
func (s *Service) Announcement(ctx context.Context, hearingID string) (h *Hearing, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		h, err = db.One(tx, "hearing.missing", scan, columns+` where id = $1 and announced = 1`, hearingID)
		return err
	})
	return h, err
}
