package casework

import (
	"context"
	"maps"
	"slices"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/document"
	"onewindow/internal/business/form"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Correct (当场更正) lets the applicant correct errors on the spot; the clerk
// types what the applicant says, and the case goes on without a notice
// (行政许可法第三十二条第一款第（三）项).
type Correct struct {
	Seen
	Values form.Values // the whole form as corrected
}

// Correct records which fields changed and issues the record that the
// applicant signs.
func (s *Service) Correct(ctx context.Context, who staff.Actor, in Correct) error {
	return s.Act(ctx, who, in.Seen, staff.CaseAccept, func(t *Turn) error {
		if err := t.Case.undecidedIntake(); err != nil {
			return err
		}
		old, err := s.formOf(t.Tx, t.Case.ID)
		if err != nil {
			return err
		}
		values := t.Impl.Form.Normalize(in.Values)
		if wrong := t.Impl.Form.Validate(values, calendar.DayOf(t.Tx.Now)); len(wrong) > 0 {
			f := fault.Invalid("form.invalid", wrong...)
			f.Law = lawCorrect
			return f
		}
		changed := changes(old, values)
		if len(changed) == 0 {
			return fault.Refused("correct.nothing", lawCorrect)
		}
		s.updateForm(t.Tx, t.Case.ID, values)
		t.newPersons(old, values)
		docID, err := t.Issue(document.DCGZ, correctionFacts(t.Impl.Form, changed, old, values))
		if err != nil {
			return err
		}
		t.Tell(Note{Kind: "case.corrected", Data: changed, DocumentID: docID})
		return nil
	})
}

// changes are the elements whose value differs, in a stable order. The values
// themselves stay out of the history: they may be personal data.
func changes(before, after form.Values) []string {
	differ := map[string]bool{}
	for k, v := range after {
		if before[k] != v {
			differ[k] = true
		}
	}
	for k, v := range before {
		if after[k] != v {
			differ[k] = true
		}
	}
	return slices.Sorted(maps.Keys(differ))
}
