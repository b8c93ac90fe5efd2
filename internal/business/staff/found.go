package staff

import (
	"context"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
	"onewindow/internal/kit/secret"
)

// Founder is one of the three administrators (三员) with whom a platform begins,
// and the password that opens the account once.
type Founder struct {
	Role            Role
	Login, Password string
}

// founders are those who begin; everybody else comes through them.
var founders = []struct {
	role        Role
	login, name string
}{
	{SystemAdmin, "sysadmin", "系统管理员"}, {SecurityAdmin, "secadmin", "安全管理员"}, {AuditAdmin, "auditor", "审计管理员"},
}

// Found (设立三员) opens the accounts of the three administrators at a body, in a
// store that has no officers. Fault staff.founded when there are some: nobody
// gets in by the back door later.
func (s *Service) Found(ctx context.Context, bodyID string) (out []Founder, err error) {
	hashes := map[Role]Hashed{}
	for _, f := range founders {
		x := Founder{f.role, f.login, "Ow-" + secret.Token()[:16]}
		if hashes[f.role], err = s.HashPassword(ctx, f.login, x.Password); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, s.db.Act(ctx, func(tx *db.Tx) error {
		if there, err := accountsAfter(tx, Officer, "", "", 1); err != nil || len(there) > 0 {
			return orFault(err, fault.Refused("staff.founded", "GB/T 22239-2019 第三级 安全管理中心"))
		}
		for _, f := range founders {
			a := Account{ID: id.New(), Login: f.login, Name: f.name, Kind: Officer, MustChange: true, hash: hashes[f.role].hash}
			if err := addAccount(tx, a); err != nil {
				return err
			}
			if err := s.post(tx, a.ID, nil, []Post{{BodyID: bodyID, Role: f.role}}); err != nil {
				return err
			}
			tell(tx, Machine("设立"), "staff.create_officer", a.ID, nil, map[string]any{"login": a.Login, "name": a.Name, "role": f.role})
			event.Publish(tx, "account.created", a.ID, map[string]string{"kind": string(Officer)})
		}
		return nil
	})
}

// orFault is the error, or the fault when there is none.
func orFault(err error, f *fault.Fault) error {
	if err != nil {
		return err
	}
	return f
}
