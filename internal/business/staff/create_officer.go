package staff

import (
	"context"
	"strings"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// CreateOfficer (开立工作人员账号). The password must be changed at the first
// sign-in.
type CreateOfficer struct {
	Login    string
	Name     string
	Password string
	Postings []Post // AccountID is filled in
}

// CreateOfficer gives the account's id. Whoever also posts needs the
// permission for that, which no single administrator of the 三员 holds.
func (s *Service) CreateOfficer(ctx context.Context, who Actor, in CreateOfficer) (string, error) {
	if err := who.Must(StaffManage); err != nil {
		return "", err
	}
	if len(in.Postings) > 0 {
		if err := who.Must(StaffGrant); err != nil {
			return "", err
		}
	}
	login := normalLogin(in.Login)
	hashed, err := s.HashPassword(ctx, login, in.Password)
	if err != nil {
		return "", err
	}
	a := Account{ID: id.New(), Login: login, Name: strings.TrimSpace(in.Name), Kind: Officer, MustChange: true, hash: hashed.hash}
	return a.ID, s.db.Act(ctx, func(tx *db.Tx) error {
		if err := addAccount(tx, a); err != nil {
			return err
		}
		if err := s.post(tx, a.ID, nil, in.Postings); err != nil {
			return err
		}
		tell(tx, who, "staff.create_officer", a.ID, nil, map[string]any{"login": a.Login, "name": a.Name, "postings": in.Postings})
		event.Publish(tx, "account.created", a.ID, map[string]string{"kind": string(Officer)})
		return nil
	})
}

// addAccount refuses a login name that is malformed or taken.
func addAccount(tx *db.Tx, a Account) error {
	if err := checkLogin(a.Login); err != nil {
		return err
	}
	if a.Name == "" || len([]rune(a.Name)) > 50 {
		return fault.Invalid("staff.name", fault.At("name", "staff.name"))
	}
	if _, err := accountByLogin(tx, a.Login); err == nil {
		return fault.Invalid("login.taken", fault.At("login", "login.taken"))
	} else if fault.Of(err).Kind != fault.KindMissing {
		return err
	}
	insertAccount(tx, a)
	return nil
}

// AddApplicant is the step by which the act that registers a person opens the
// account in its own transaction. It gives the account's id; faults
// login.form, login.taken.
func (s *Service) AddApplicant(tx *db.Tx, login, name string, password Hashed) (string, error) {
	a := Account{ID: id.New(), Login: normalLogin(login), Name: name, Kind: Applicant, hash: password.hash}
	return a.ID, addAccount(tx, a)
}
