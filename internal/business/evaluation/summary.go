package evaluation

import (
	"context"
	"fmt"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// Of says whose ratings are meant: of a body, of a matter (基本编码), of both, or,
// when it is zero, of all.
type Of struct{ BodyID, ItemCode string }

// Summary are the figures of one year.
type Summary struct {
	Year   int    `json:"year"`
	Counts Counts `json:"counts"`
	Cells  []Cell `json:"cells"` // by body, matter and month
	// Withheld is how many ratings are not among the counts, because fewer than
	// five came together or their month is not over.
	Withheld int `json:"withheld"`
}

// Summary is what is published (评价结果公开): the sum of the released cells.
// Anybody may read it.
func (s *Service) Summary(ctx context.Context, of Of, year int) (Summary, error) {
	out := Summary{Year: year}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := figures(tx, of, yearText(year))
		out.Cells, out.Withheld = release(all, monthOf(tx.Now))
		return err
	})
	for _, c := range out.Cells {
		out.Counts = out.Counts.plus(c.Counts)
	}
	return out, err
}

// Figures are all ratings of a year up to this moment, by body, matter and
// month, for who supervises; nothing is withheld.
func (s *Service) Figures(ctx context.Context, who staff.Actor, of Of, year int) (Summary, error) {
	out := Summary{Year: year}
	if err := who.Must(staff.SupervisionRead); err != nil {
		return out, err
	}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := figures(tx, of, yearText(year))
		for _, f := range all {
			out.Cells = append(out.Cells, Cell{f.bodyID, f.itemCode, f.itemName, f.month, f.month, f.counts})
			out.Counts = out.Counts.plus(f.counts)
		}
		return err
	})
	return out, err
}

func yearText(year int) string { return fmt.Sprintf("%04d", year) }
