package casework

import (
	"context"
	"strings"

	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
)

// Withdraw (撤回申请) is the applicant's own wish, possible until the decision.
type Withdraw struct {
	Seen
	Reason string
}

// Withdraw ends the case; what was handed in stays in the file.
func (s *Service) Withdraw(ctx context.Context, who staff.Actor, in Withdraw) error {
	return s.Act(ctx, who, in.Seen, staff.CaseWithdraw, func(t *Turn) error {
		if err := needed("", "reason", in.Reason); err != nil {
			return err
		}
		switch t.Case.Status {
		case StatusReceived, StatusSupplement, StatusHandling:
		default:
			return fault.Refused("withdraw.decided", "", "status", string(t.Case.Status))
		}
		t.Case.Status, t.Case.ConcludedAt = StatusWithdrawn, t.Tx.Now
		t.Case.Flow.Open = []flow.Token{}
		docID, err := t.Issue(document.ZZSQ, document.Facts{Reasons: lines(in.Reason), Ground: strings.TrimSpace(in.Reason), Withdrawn: true})
		if err != nil {
			return err
		}
		t.Tell(Note{Kind: "case.withdrawn", Text: strings.TrimSpace(in.Reason), DocumentID: docID})
		return nil
	})
}
