package staff

import (
	"context"
	"errors"
	"slices"

	"onewindow/internal/business/org"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// Post (任职) gives an officer a role at a body, and at a hall or window of it
// when the role works there. From is today when empty.
type Post struct {
	AccountID string `json:"-"`
	BodyID    string `json:"body_id"`
	HallID    string `json:"hall_id,omitempty"`
	WindowID  string `json:"window_id,omitempty"`
	Role      Role   `json:"role"`
	From      string `json:"from,omitempty"`
	To        string `json:"to,omitempty"`
}

// Post refuses what the 三员 rule forbids, and one's own account.
func (s *Service) Post(ctx context.Context, who Actor, in Post) error {
	if err := who.Must(StaffGrant); err != nil {
		return err
	}
	if who.Self(in.AccountID) {
		return fault.Denied("staff.own_account")
	}
	return s.db.Act(ctx, func(tx *db.Tx) error {
		a, err := accountByID(tx, in.AccountID)
		if err != nil {
			return err
		}
		if a.Kind != Officer {
			return fault.Refused("staff.not_officer", "")
		}
		held, err := postingsOf(tx, a.ID)
		if err != nil {
			return err
		}
		if err := s.post(tx, a.ID, held, []Post{in}); err != nil {
			return err
		}
		saveAccount(tx, a) // the version keeps two administrators from posting past each other
		tell(tx, who, "staff.post", a.ID, nil, in)
		event.Publish(tx, "account.posted", a.ID, in)
		return nil
	})
}

// post checks and queues postings beside those already held.
func (s *Service) post(tx *db.Tx, accountID string, held []Posting, posts []Post) error {
	var roles []Role
	for _, p := range held {
		roles = append(roles, p.Role)
	}
	for _, in := range posts {
		roles = append(roles, in.Role)
	}
	if err := checkRoles(roles); err != nil {
		return err
	}
	for _, in := range posts {
		p := Posting{ID: id.New(), AccountID: accountID, BodyID: in.BodyID, HallID: in.HallID, WindowID: in.WindowID,
			Role: in.Role, From: in.From, To: in.To}
		if p.From == "" {
			p.From = today(tx.Now)
		}
		if err := p.check(tx, held); err != nil {
			return err
		}
		held = append(held, p)
		insertPosting(tx, p)
	}
	s.Forget(tx, accountID)
	return nil
}

// check wants a body, a hall and a window that exist and belong together, days
// in order, and no posting twice.
func (p Posting) check(tx *db.Tx, held []Posting) error {
	if slices.ContainsFunc(held, func(h Posting) bool {
		return h.BodyID == p.BodyID && h.HallID == p.HallID && h.Role == p.Role
	}) {
		return fault.Invalid("staff.posted_already", fault.At("role", "staff.posted_already"))
	}
	if p.To != "" && p.To < p.From {
		return fault.Invalid("staff.days", fault.At("to", "staff.days"))
	}
	_, err := org.LoadBody(tx, p.BodyID)
	if p.HallID != "" {
		_, hall := org.LoadHall(tx, p.HallID)
		err = errors.Join(err, hall)
	}
	if p.WindowID == "" || err != nil {
		return err
	}
	w, err := org.LoadWindow(tx, p.WindowID)
	if err == nil && w.HallID != p.HallID {
		return fault.Invalid("staff.window", fault.At("window", "staff.window"))
	}
	return err
}
