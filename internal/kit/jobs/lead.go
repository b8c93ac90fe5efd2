package jobs

import (
	"context"
	"time"

	"onewindow/internal/kit/db"
)

// leadBaton is the number of the baton of who passes events on.
const leadBaton = 20_001

// lead says which of several processes on one PostgreSQL store passes events on:
// who holds the baton. It reads them and marks nothing, where marking costs the
// store as much as the case does; what was put behind all of them share.
type lead struct {
	baton  *db.Baton
	looked time.Time
}

// leads asks at most once a poll: for the baton, or whether it is still in hand.
func (r *runner) leads(ctx context.Context) (bool, error) {
	l := &r.lead
	if time.Since(l.looked) < r.opt.Poll {
		return l.baton != nil, nil
	}
	l.looked = time.Now()
	if l.baton != nil && l.baton.Held(ctx) {
		return true, nil
	}
	r.letGo()
	var err error
	l.baton, err = r.db.Seize(ctx, leadBaton)
	return l.baton != nil, err
}

// letGo drops the baton, once nothing flies any more or when it is lost.
func (r *runner) letGo() {
	if r.lead.baton != nil {
		r.lead.baton.Drop()
		r.lead.baton = nil
	}
}
