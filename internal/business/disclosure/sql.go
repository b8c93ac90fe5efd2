package disclosure

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

const columns = `select id, version, case_id, case_number, number, item_name, item_code, body_id, body_name, subject, decided_on,
	valid_from, valid_to, status, object_until, due, published_at, withheld, data, outcome, standing, standing_on, intake_id, applicant_id, agent_id from decision_notice`

func scan(r db.Scanner) (n Notice, err error) {
	var decided, from, to, object, due, hidden, data, since string
	err = r.Scan(&n.ID, &n.Version, &n.CaseID, &n.CaseNumber, &n.Number, &n.ItemName, &n.ItemCode, &n.BodyID, &n.BodyName, &n.Subject, &decided,
		&from, &to, &n.Status, &object, &due, db.At{Time: &n.PublishedAt}, &hidden, &data, &n.Outcome, &n.Standing, &since, &n.Owner.IntakeID, &n.Owner.ApplicantID, &n.Owner.AgentID)
	if err != nil {
		return n, err
	}
	n.Owner.BodyID = n.BodyID
	for day, text := range map[*calendar.Day]string{&n.DecidedOn: decided, &n.ValidFrom: from, &n.ValidTo: to, &n.ObjectUntil: object, &n.Due: due, &n.StandingOn: since} {
		if text == "" {
			continue
		}
		if *day, err = calendar.ParseDay(text); err != nil {
			return n, err
		}
	}
	if err := json.Unmarshal([]byte(hidden), &n.Hidden); err != nil {
		return n, err
	}
	return n, json.Unmarshal([]byte(data), &n.Data)
}

func byCase(tx *db.Tx, caseID string) (Notice, error) {
	return db.One(tx, "disclosure.missing", scan, columns+` where case_id = $1`, caseID)
}

func insert(tx *db.Tx, n Notice) {
	tx.Write(`insert into decision_notice (id, version, case_id, case_number, number, item_name, item_code, body_id, body_name, subject, decided_on, month,
		valid_from, valid_to, standing, status, object_until, due, published_at, withheld, data, intake_id, applicant_id, agent_id, outcome)
		values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', $14, $15, $16, '', $17, $18, $19, $20, $21, $22)`,
		n.ID, n.CaseID, n.CaseNumber, n.Number, n.ItemName, n.ItemCode, n.BodyID, n.BodyName, n.Subject, n.DecidedOn.String(), monthOf(n.DecidedOn),
		n.ValidFrom.Text(), n.ValidTo.Text(), string(n.Status), n.ObjectUntil.String(), n.Due.String(), db.JSON(n.Hidden), db.JSON(n.Data),
		n.Owner.IntakeID, n.Owner.ApplicantID, n.Owner.AgentID, string(n.Outcome))
}

func save(tx *db.Tx, n Notice) {
	tx.Write(`update decision_notice set version = version + 1, status = $3, object_until = $4, published_at = $5, withheld = $6, data = $7, standing = $8, standing_on = $9
		where id = $1 and version = $2`,
		n.ID, n.Version, string(n.Status), n.ObjectUntil.String(), db.Stamp(n.PublishedAt), db.JSON(n.Hidden), db.JSON(n.Data), string(n.Standing), n.StandingOn.Text())
}

func monthOf(d calendar.Day) string { return d.String()[:len("2006-01")] }

// Search narrows the public list; the zero value is everything.
type Search struct {
	Words  string // part of the matter's name, the subject or the number
	BodyID string
	Month  string // YYYY-MM of the decision
	After  string // where the page before ended
	Limit  int
}

// Cursor is where a list that ends with this notice goes on.
func (n Notice) Cursor() string { return n.DecidedOn.String() + "." + n.ID }

// List is the public list, the newest decision first: only what is published,
// without what is withheld.
func (s *Service) List(ctx context.Context, in Search) (out []Notice, err error) {
	where, args := in.where()
	args = append(args, in.Limit)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := db.List(tx, scan, columns+` where `+where+fmt.Sprintf(` order by decided_on desc, id desc limit $%d`, len(args)), args...)
		for _, n := range list {
			out = append(out, n.public())
		}
		return err
	})
	return out, err
}

func (in Search) where() (string, []any) {
	var args []any
	arg := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", len(args))
	}
	parts := []string{"status = 'published'"}
	if in.BodyID != "" {
		parts = append(parts, "body_id = "+arg(in.BodyID))
	}
	if in.Month != "" {
		parts = append(parts, "month = "+arg(in.Month))
	}
	if w := strings.TrimSpace(in.Words); w != "" {
		// What is withheld is not found by looking for it either.
		like := arg(db.Within(w))
		parts = append(parts, `(withheld not like '%"matter"%' and item_name like `+like+` escape '\' or withheld not like '%"subject"%' and subject like `+
			like+` escape '\' or number like `+like+` escape '\')`)
	}
	if day, noticeID, ok := strings.Cut(in.After, "."); ok {
		d, id := arg(day), arg(noticeID)
		parts = append(parts, "(decided_on, id) < ("+d+", "+id+")")
	}
	return strings.Join(parts, " and "), args
}

// Get is one published notice, for everybody.
func (s *Service) Get(ctx context.Context, noticeID string) (n Notice, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		n, err = db.One(tx, "disclosure.missing", scan, columns+` where id = $1 and status = 'published'`, noticeID)
		return err
	})
	return n.public(), err
}

// Bodies are those that have published decisions, by id and name.
func (s *Service) Bodies(ctx context.Context) (out [][2]string, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, func(r db.Scanner) (b [2]string, err error) { return b, r.Scan(&b[0], &b[1]) },
			`select body_id, min(body_name) from decision_notice where status = 'published' group by body_id order by body_id limit 200`)
		return err
	})
	return out, err
}

// OfCase is the notice of a case for who may see the case; missing before the
// decision.
func (s *Service) OfCase(ctx context.Context, who staff.Actor, caseID string) (n Notice, err error) {
	if err := who.Must(staff.CaseRead); err != nil {
		return n, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		n, err = byCase(tx, caseID)
		if err != nil || who.May(staff.CaseRead, n.Owner) != nil {
			return fault.Missing("disclosure.missing")
		}
		return nil
	})
	return n, err
}

// Unpublished are the notices in the officer's scope that are not published yet,
// the first due first.
func (s *Service) Unpublished(ctx context.Context, who staff.Actor, limit int) (out []Notice, err error) {
	if err := who.Must(staff.CaseDecide); err != nil {
		return nil, err
	}
	scope, args := who.ScopeFor(staff.CaseDecide).SQL("", 2)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = db.List(tx, scan, columns+` where status in ('waiting', 'objected') and `+scope+` order by due, id limit $1`,
			append([]any{limit}, args...)...)
		return err
	})
	return out, err
}
