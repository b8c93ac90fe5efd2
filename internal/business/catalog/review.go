package catalog

import (
	"context"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Review is a draft as somebody sees it who is to publish it: what it changes,
// and what still stands in its way.
type Review struct {
	Draft, Before *Implementation // Before is nil for the first version
	Lacks         []Lack
	Wrong         []fault.Field // of the process; see CheckFlow
	// Unmanned are townships in which nobody could do the steps of the lower
	// body; it is a warning.
	Unmanned []string
}

// Ready says that nothing stands in the way of publishing.
func (r Review) Ready() bool { return r.Draft.Publishable() && len(r.Wrong) == 0 }

// Review gives the draft to who may see it; fault catalog.not_draft for a
// version that is published.
func (s *Service) Review(ctx context.Context, who staff.Actor, id string) (r Review, err error) {
	if r.Draft, err = s.Draft(ctx, who, id); err != nil {
		return r, err
	}
	if r.Draft.Status != Draft {
		return r, fault.Conflict("catalog.not_draft")
	}
	r.Lacks = r.Draft.Lacks()
	err = s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if r.Before, err = openVersion(tx, r.Draft.Code()); err != nil {
			return err
		}
		if r.Wrong, err = wrongFlow(tx, r.Draft); err != nil {
			return err
		}
		r.Unmanned, err = unmanned(tx, r.Draft)
		return err
	})
	return r, err
}
