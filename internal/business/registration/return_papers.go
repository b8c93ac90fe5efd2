package registration

import (
	"context"
	"strconv"
	"strings"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// ReturnPapers (退还申请材料) gives an incomplete application back with everything
// that is wrong with it, told at once. The case ends; what is put right is
// applied for anew (实施细则第十八条第二款).
type ReturnPapers struct {
	casework.Seen
	Items []casework.Item
}

// ReturnPapers issues the notice with the whole list. It stops no clock and
// leaves nothing waiting.
func (s *Service) ReturnPapers(ctx context.Context, who staff.Actor, in ReturnPapers) error {
	return s.casework.Act(ctx, who, in.Seen, staff.CaseAccept, func(t *casework.Turn) error {
		if err := returnable(t); err != nil {
			return err
		}
		if err := in.check(t); err != nil {
			return err
		}
		t.Case.Status, t.Case.ConcludedAt = casework.StatusReturned, t.Tx.Now
		t.Case.Flow.Open = []flow.Token{}
		docID, err := t.Issue(document.DJTZ, in.facts())
		if err != nil {
			return err
		}
		t.Tell(casework.Note{Kind: "case.papers_returned", Data: in.Items, DocumentID: docID})
		return nil
	})
}

// returnable: a registration that is not decided.
func returnable(t *casework.Turn) error {
	switch {
	case !t.Impl.Registration:
		return fault.Refused("registration.only", lawReturn)
	case t.Case.Status != casework.StatusReceived && t.Case.Status != casework.StatusHandling:
		return fault.Conflict("case.not_awaiting_acceptance", "status", string(t.Case.Status))
	}
	return nil
}

const mostText = 2000

// check: at least one item, each about a published material or the form, each
// with what is wrong and what would be right.
func (in ReturnPapers) check(t *casework.Turn) error {
	var wrong []fault.Field
	if len(in.Items) == 0 {
		wrong = append(wrong, fault.At("items", "supplement.no_items"))
	}
	for i, item := range in.Items {
		at := "items." + strconv.Itoa(i)
		if _, ok := t.Impl.Material(item.Material); !ok && item.Material != "form" {
			wrong = append(wrong, fault.At(at, "supplement.not_in_list"))
		}
		for field, text := range map[string]string{".problem": item.Problem, ".standard": item.Standard} {
			switch n := len([]rune(strings.TrimSpace(text))); {
			case n == 0:
				wrong = append(wrong, fault.At(at+field, "text.required"))
			case n > mostText:
				wrong = append(wrong, fault.At(at+field, "text.too_long", "max", "2000"))
			}
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	f := fault.Invalid("form.invalid", wrong...)
	f.Law = lawReturn
	return f
}

func (in ReturnPapers) facts() document.Facts {
	f := document.Facts{Outcome: document.Returned}
	for _, i := range in.Items {
		f.Supplements = append(f.Supplements, document.Supplement{Name: i.Name, Problem: strings.TrimSpace(i.Problem),
			Standard: strings.TrimSpace(i.Standard), Basis: lawReturn})
	}
	return f
}
