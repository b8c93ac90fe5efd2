package staff

import (
	"context"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
)

// EndPosting (免去) ends one posting now.
type EndPosting struct{ PostingID string }

// EndPosting refuses one's own posting.
func (s *Service) EndPosting(ctx context.Context, who Actor, in EndPosting) error {
	if err := who.Must(StaffGrant); err != nil {
		return err
	}
	return s.db.Act(ctx, func(tx *db.Tx) error {
		p, err := postingByID(tx, in.PostingID)
		if err != nil {
			return err
		}
		if who.Self(p.AccountID) {
			return fault.Denied("staff.own_account")
		}
		endPosting(tx, p.ID)
		s.Forget(tx, p.AccountID)
		tell(tx, who, "staff.end_posting", p.AccountID, p, nil)
		event.Publish(tx, "account.posting_ended", p.AccountID, map[string]string{"role": string(p.Role), "body_id": p.BodyID})
		return nil
	})
}
