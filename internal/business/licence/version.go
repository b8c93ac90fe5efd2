package licence

import (
	"context"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/code"
	"onewindow/internal/kit/db"
)

// supersede marks the licence whose next version a case makes; nil for a case
// that makes a first one.
func (s *Service) supersede(tx *db.Tx, c *casework.Case) (*Licence, error) {
	if c.LicenceID == "" {
		return nil, nil
	}
	old, err := s.byID(tx, c.LicenceID)
	if err != nil {
		return nil, err
	}
	if err := old.replace(calendar.DayOf(tx.Now)); err != nil {
		return nil, err
	}
	saveStanding(tx, old, Valid)
	return old, nil
}

// follow makes the content that of the next version: the same serial of the
// identifier, one more as its version, and the validity that goes with the
// purpose.
func (s *Service) follow(tx *db.Tx, c *Content, at *casework.Issuing, old *Licence) error {
	c.Version, c.Replaces = old.Version+1, old.Reference()
	if id, err := code.ParseLicenceID(old.identifier); err == nil && c.Identifier != "" {
		next, err := code.NewLicenceID(id.Type, id.Authority, id.Serial, c.Version)
		if err != nil {
			return err
		}
		c.Identifier = next.String()
	}
	held, err := casework.HeldOf(tx, at.Case)
	if err != nil {
		return err
	}
	if from, to, ok := held.Validity(at.Case, at.Impl); ok {
		c.ValidFrom, c.ValidTo = from, to
		if to != nil {
			c.Term = ""
		}
	}
	return nil
}

// Versions are all versions of a licence, the newest first; the licence itself
// among them.
func (s *Service) versions(tx *db.Tx, l *Licence) ([]*Licence, error) {
	out := []*Licence{l}
	for at := l; at.PriorID != "" && len(out) < most; {
		prior, err := s.byID(tx, at.PriorID)
		if err != nil {
			return nil, err
		}
		out, at = append(out, prior), prior
	}
	for at := l; len(out) < most; {
		next, err := db.List(tx, s.opened, columns+`where l.prior_id = $1 limit 1`, at.ID)
		if err != nil || len(next) == 0 {
			return out, err
		}
		out, at = append([]*Licence{next[0]}, out...), next[0]
	}
	return out, nil
}

// History are all versions of a licence that the actor may read, the newest
// first.
func (s *Service) History(ctx context.Context, who staff.Actor, licenceID string) (out []*Licence, err error) {
	if err := who.Must(staff.LicenceRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		l, err := s.mine(tx, who, licenceID)
		if err != nil {
			return err
		}
		out, err = s.versions(tx, l)
		return err
	})
	return out, err
}

// Prior is the case that granted the version before a licence; "" for the first
// version.
func (s *Service) Prior(ctx context.Context, licenceID string) (caseID string, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		l, err := s.byID(tx, licenceID)
		if err != nil || l.PriorID == "" {
			return err
		}
		old, err := s.byID(tx, l.PriorID)
		if err == nil {
			caseID = old.CaseID
		}
		return err
	})
	return caseID, err
}
