package aftercare

import (
	"context"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// most bounds a list.
const most = 100

// Get is one procedure that the actor may see.
func (s *Service) Get(ctx context.Context, who staff.Actor, id string) (p *Proceeding, err error) {
	all, err := s.list(ctx, who, `id = $1`, []any{id}, 1)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, faultMissing
	}
	return all[0], nil
}

// OfLicence are the procedures on a licence, the newest first.
func (s *Service) OfLicence(ctx context.Context, who staff.Actor, licenceID string) ([]*Proceeding, error) {
	return s.list(ctx, who, `licence_id = $1`, []any{licenceID}, most)
}

// List are the procedures in the actor's scope, the newest first; open ones
// only, or all. after is the id of the last one of the page before.
func (s *Service) List(ctx context.Context, who staff.Actor, open bool, after string, limit int) ([]*Proceeding, error) {
	if after == "" {
		after = "~"
	}
	where := `id < $1`
	if open {
		where += ` and ` + underWay
	}
	return s.list(ctx, who, where, []any{after}, limit)
}

// underWay says in SQL that a procedure is not decided.
const underWay = `status in ('proposed', 'notified', 'noticed')`

// AskOpen counts the procedures under way in the actor's scope, up to most.
func (s *Service) AskOpen(who staff.Actor, n *int) []db.Ask {
	return askCount(who, staff.LicenceRead, n, `proceeding where `+underWay)
}

// askCount counts the rows in the scope of a right, up to most; it asks nothing
// for who has no such right.
func askCount(who staff.Actor, right staff.Permission, n *int, of string) []db.Ask {
	if !who.Can(right) {
		return nil
	}
	within, args := who.ScopeFor(right).SQL("", 1)
	return []db.Ask{db.AskCount(n, most, of+` and `+within, args...)}
}

func (s *Service) list(ctx context.Context, who staff.Actor, where string, args []any, limit int) (out []*Proceeding, err error) {
	if err := who.Must(staff.LicenceRead); err != nil {
		return nil, err
	}
	if limit <= 0 || limit > most {
		limit = most
	}
	n := len(args)
	scope, more := who.ScopeFor(staff.LicenceRead).SQL("", n+2)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		args := append(append(args[:n:n], limit), more...)
		out, err = db.List(tx, s.scan, columns+`where `+where+` and `+scope+` order by id desc limit $`+digits(n+1), args...)
		return err
	})
	return out, err
}
