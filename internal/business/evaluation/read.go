package evaluation

import (
	"context"
	"slices"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Of is the rating that the applicant gave the case; fault rating.missing when
// there is none.
func (s *Service) Of(ctx context.Context, who staff.Actor, caseID string) (out Rating, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if _, err := applicantsCase(tx, who, caseID); err != nil {
			return err
		}
		out, err = db.One(tx, "rating.missing", s.scanOwn,
			`select grade, reasons, words_sealed, rated_at from rating where case_id = $1`, caseID)
		return err
	})
	return out, err
}

func (s *Service) scanOwn(r db.Scanner) (out Rating, err error) {
	var reasons, sealed string
	if err := r.Scan(&out.Grade, &reasons, &sealed, db.At{Time: &out.At}); err != nil {
		return out, err
	}
	var w words
	out.Reasons, w, err = s.told(out.Grade, reasons, sealed)
	out.Text = w.Text
	return out, err
}

// Remark is a rating as the rated body reads it: no case, no person, no day.
// The text is without the applicant's name and without long numbers.
type Remark struct {
	ID      string // for paging; it says nothing
	Grade   Grade
	Reasons []Reason
	Text    string
}

// Remarks are the ratings of one released cell, in an order that says nothing
// about when they were made, for officers of the body and for supervisors;
// after is the id of the last one of the page before. Fault rating.cell when
// the cell is not released.
func (s *Service) Remarks(ctx context.Context, who staff.Actor, cell Cell, after string, limit int) (out []Remark, err error) {
	if err := mayRead(who, cell.BodyID); err != nil {
		return nil, err
	}
	if limit < least || limit > most {
		limit = most
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := released(tx, cell)
		if err != nil {
			return err
		}
		out, err = db.List(tx, s.scanRemark, `select id, grade, reasons, words_sealed from rating
			where body_id = $1 and item_code = $2 and month >= $3 and month <= $4 and id > $5 order by id limit $6`,
			c.BodyID, c.ItemCode, c.From, c.To, after, limit)
		return err
	})
	return out, err
}

// most bounds a page of remarks; fewer than five are never asked for at a time.
const most = 100

// released finds the cell by body, matter and first month among those that may
// be told today.
func released(tx *db.Tx, want Cell) (Cell, error) {
	if len(want.From) != len("2006-01") || want.BodyID == "" || want.ItemCode == "" {
		return Cell{}, fault.Missing("rating.cell")
	}
	all, err := figures(tx, Of{want.BodyID, want.ItemCode}, want.From[:4])
	if err != nil {
		return Cell{}, err
	}
	cells, _ := release(all, monthOf(tx.Now))
	i := slices.IndexFunc(cells, func(c Cell) bool { return c.From == want.From })
	if i < 0 {
		return Cell{}, fault.Missing("rating.cell")
	}
	return cells[i], nil
}

// mayRead: an officer of the body, or who supervises.
func mayRead(who staff.Actor, bodyID string) error {
	if who.Can(staff.SupervisionRead) {
		return nil
	}
	if err := who.Must(staff.CaseRead); err != nil {
		return err
	}
	if who.Kind != staff.Officer || who.OrgID == "" || who.OrgID != bodyID {
		return fault.Denied("scope")
	}
	return nil
}

func (s *Service) scanRemark(r db.Scanner) (out Remark, err error) {
	var reasons, sealed string
	if err := r.Scan(&out.ID, &out.Grade, &reasons, &sealed); err != nil {
		return out, err
	}
	var w words
	out.Reasons, w, err = s.told(out.Grade, reasons, sealed)
	out.Text = w.Shown
	return out, err
}
