package party

import (
	"context"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

// FindByIDNumber looks a person up at the counter. Every look-up is audited,
// also when nobody is found; fault party.party then.
func (s *Service) FindByIDNumber(ctx context.Context, who staff.Actor, idType, number string) (Masked, error) {
	number = plain(number)
	return s.find(ctx, who, "party.find_by_id_number", invalid(checkDocument(idType, number)), func(tx *db.Tx) (Party, error) {
		return s.byDocument(tx, idType, number)
	})
}

// FindByUSCC looks an organisation up at the counter.
func (s *Service) FindByUSCC(ctx context.Context, who staff.Actor, uscc string) (Masked, error) {
	return s.find(ctx, who, "party.find_by_uscc", nil, func(tx *db.Tx) (Party, error) { return s.byUSCC(tx, plain(uscc)) })
}

func (s *Service) find(ctx context.Context, who staff.Actor, act string, wrong error, find func(*db.Tx) (Party, error)) (m Masked, err error) {
	if err := who.Must(staff.PersonFind); err != nil {
		return m, err
	}
	if wrong != nil {
		return m, wrong
	}
	var missing error
	err = s.db.Act(ctx, func(tx *db.Tx) error {
		p, err := find(tx)
		if missing = err; err != nil && !isMissing(err) {
			return err
		}
		m = p.Masked()
		tell(tx, who, act, p.ID, map[string]bool{"found": p.ID != ""})
		return nil
	})
	if err == nil {
		err = missing
	}
	return m, err
}
