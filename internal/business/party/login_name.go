package party

import (
	"context"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/code"
	"onewindow/internal/kit/db"
)

// LoginName is the login name behind what somebody typed to sign in: an
// identity number or a mobile number leads to its owner's account. Anything
// else, and a number that leads to nobody or to several people, is given back
// as typed, so that signing in fails there like any other wrong name.
func (s *Service) LoginName(ctx context.Context, typed string) (string, error) {
	number, login := plain(typed), typed
	isID, isMobile := code.IDNumber(number) == nil, mobile.MatchString(number)
	if !isID && !isMobile {
		return typed, nil
	}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		people, err := s.owners(tx, number, isID)
		if err != nil {
			return err
		}
		var accounts []string
		for _, p := range people {
			mandates, err := mandatesFor(tx, p.ID)
			if err != nil {
				return err
			}
			for _, m := range mandates {
				if m.Relation == Self {
					accounts = append(accounts, m.AccountID)
				}
			}
		}
		if len(accounts) == 1 {
			login, err = staff.LoginOf(tx, accounts[0])
		}
		return err
	})
	return login, err
}

func (s *Service) owners(tx *db.Tx, number string, isID bool) ([]Party, error) {
	if !isID {
		return s.byPhone(tx, number, 20)
	}
	p, err := s.byDocument(tx, IDCard, number)
	if isMissing(err) {
		return nil, nil
	}
	return []Party{p}, err
}
