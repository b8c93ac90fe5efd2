package party

import (
	"context"
	"errors"
	"fmt"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// demoCheck stands as receipt where no check was made because the person does
// not exist.
const demoCheck = "演示数据"

// demoPeople are made up (示例): no county has the code 139999.
var demoPeople = []Register{
	{Login: "wangxiaoming", Name: "王小明", IDType: IDCard, IDNumber: "139999199003070012", Phone: "13900000001",
		Address: "河北省定州市南城区街道示例路1号", Check: demoCheck},
	{Login: "lina", Name: "李娜", IDType: IDCard, IDNumber: "13999919881212002X", Phone: "13900000002",
		Address: "河北省定州市北城区街道示例路8号", Check: demoCheck},
	{Login: "zhaomin", Name: "赵敏", IDType: IDCard, IDNumber: "139999199506150049", Phone: "13900000003",
		Address: "河北省定州市清风店镇示例村", Check: demoCheck},
}

// demoCompany is led by 李娜, with 赵敏 as agent in every matter.
var demoCompany = RegisterCompany{Name: "定州市嘉禾食品有限公司（示例）", USCC: "91139999MA9900028Y", Phone: "0312-2300000",
	Address: "河北省定州市北城区街道示例路8号", Check: demoCheck}

// SeedDemo registers the demonstration applicants with the given password. It
// may be run again; who is there is left alone.
func (s *Service) SeedDemo(ctx context.Context, password string) error {
	ids := map[string]string{}
	for _, p := range demoPeople {
		p.Password = password
		accountID, err := s.seedPerson(ctx, p)
		if err != nil {
			return fmt.Errorf("seed applicant %s: %w", p.Login, err)
		}
		ids[p.Login] = accountID
	}
	legal, err := s.staff.ActorOf(ctx, ids["lina"])
	if err != nil || len(legal.PartyIDs) > 1 {
		return err
	}
	companyID, err := s.RegisterCompany(ctx, legal, demoCompany)
	if errors.Is(err, fault.Conflict("party.registered")) { // by a seed whose day was later
		return nil
	}
	if err != nil {
		return fmt.Errorf("seed company: %w", err)
	}
	return s.Authorise(ctx, legal, Authorise{PartyID: companyID, Login: "zhaomin"})
}

func (s *Service) seedPerson(ctx context.Context, p Register) (accountID string, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		accountID, err = staff.IDOfLogin(tx, p.Login)
		return err
	})
	if isMissing(err) {
		return s.Register(ctx, staff.Machine("演示数据"), p)
	}
	return accountID, err
}
