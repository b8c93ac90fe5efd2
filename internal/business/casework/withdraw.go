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
	return s.act(ctx, who, in.Seen, staff.CaseWithdraw, func(t *turn) error {
		if err := needed("", "reason", in.Reason); err != nil {
			return err
		}
		switch t.c.Status {
		case StatusReceived, StatusSupplement, StatusHandling:
		default:
			return fault.Refused("withdraw.decided", "", "status", string(t.c.Status))
		}
		t.c.Status, t.c.ConcludedAt = StatusWithdrawn, t.tx.Now
		t.c.Flow.Open = []flow.Token{}
		docID, err := s.issue(t, document.ZZSQ, document.Facts{Reasons: lines(in.Reason), Ground: strings.TrimSpace(in.Reason), Withdrawn: true})
		if err != nil {
			return err
		}
		t.tell(Note{Kind: "case.withdrawn", Text: strings.TrimSpace(in.Reason), DocumentID: docID})
		return nil
	})
}
