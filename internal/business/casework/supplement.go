package casework

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/form"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// SupplementCase (补正) hands in what the notice named: files that were attached
// since, paper at the window, and the form when it was named.
type SupplementCase struct {
	Seen
	Values form.Values    // nil unless the notice names the form
	Paper  map[string]int // copies handed in at the window
}

// Supplement brings the case back to the clerk with everything the notice asked
// for; while something of it is lacking it is refused, naming what.
func (s *Service) Supplement(ctx context.Context, who staff.Actor, in SupplementCase) error {
	return s.Act(ctx, who, in.Seen, staff.CaseSupplement, func(t *Turn) error {
		if t.Case.Status != StatusSupplement {
			return fault.Refused("supplement.not_asked", lawSupplement)
		}
		n, err := noticeOf(t.Tx, t.Case.ID)
		if err != nil {
			return err
		}
		files, err := filesOf(t.Tx, t.Case.ID)
		if err != nil {
			return err
		}
		if err := n.answered(in, files); err != nil {
			return err
		}
		if err := s.takeForm(t, n, in.Values); err != nil {
			return err
		}
		takePaper(t, n, in.Paper)
		t.Case.Status, t.Case.CompleteAt = StatusReceived, t.Tx.Now
		t.Tx.Write(`update `+n.table()+` set answered_at = $2 where case_id = $1 and answered_at = ''`, t.Case.ID, db.Stamp(t.Tx.Now))
		t.Tell(Note{Kind: "case.supplemented"})
		return nil
	})
}

// table is where the notice stands.
func (n *SupplementNotice) table() string {
	if n.N > 1 {
		return "supplement_further"
	}
	return "supplement_notice"
}

// answered: each named material has a file newer than the notice or paper.
func (n *SupplementNotice) answered(in SupplementCase, files []File) error {
	var wrong []fault.Field
	for _, item := range n.Items {
		if item.Material == "form" {
			if in.Values == nil {
				wrong = append(wrong, fault.At("form", "supplement.form_lacking"))
			}
			continue
		}
		if in.Paper[item.Material] == 0 && !n.newer(files, item.Material) {
			wrong = append(wrong, fault.At("material."+item.Material, "material.lacking", "name", item.Name))
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	f := fault.Invalid("form.invalid", wrong...)
	f.Law = lawSupplement
	return f
}

func (n *SupplementNotice) newer(files []File, material string) bool {
	for _, f := range files {
		if f.Material == material && f.UploadedAt.After(n.NotifiedAt) {
			return true
		}
	}
	return false
}

// takeForm replaces the form only when the notice names it.
func (s *Service) takeForm(t *Turn, n *SupplementNotice, v form.Values) error {
	if v == nil || !n.names("form") {
		return nil
	}
	values := t.Impl.Form.Normalize(v)
	if wrong := t.Impl.Form.Validate(values, calendar.DayOf(t.Tx.Now)); len(wrong) > 0 {
		return fault.Invalid("form.invalid", wrong...)
	}
	s.updateForm(t.Tx, t.Case.ID, values)
	return nil
}

func takePaper(t *Turn, n *SupplementNotice, paper map[string]int) {
	for _, item := range n.Items {
		if copies := paper[item.Material]; copies > 0 {
			t.Tx.Write(`update case_material set paper = paper + $3 where case_id = $1 and code = $2`, t.Case.ID, item.Material, copies)
		}
	}
}
