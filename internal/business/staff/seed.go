package staff

import (
	"context"
	"fmt"
	"time"

	"onewindow/internal/kit/db"
	"onewindow/internal/kit/event"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/id"
)

// demoOfficer is one made-up officer (示例) of the demonstration city.
type demoOfficer struct {
	login, name  string
	body         string
	hall, window string
	roles        []Role
}

// demoOfficers fill every role once, and the approval bureau's chain with
// enough people that nobody reviews what they handled.
var demoOfficers = []demoOfficer{
	{"clerk", "王敏", "dz-spj", "dz-hall", "dz-w01", []Role{Clerk}},
	{"clerk2", "刘洋", "dz-spj", "dz-hall", "dz-w02", []Role{Clerk}},
	{"deliverer", "陈静", "dz-spj", "dz-hall", "", []Role{Deliverer}},
	{"handler", "李强", "dz-spj", "", "", []Role{Handler}},
	{"handler2", "赵鹏", "dz-spj", "", "", []Role{Handler}},
	{"reviewer", "张伟", "dz-spj", "", "", []Role{Reviewer}},
	{"decider", "孙建国", "dz-spj", "", "", []Role{Decider}},
	{"issuer", "周婷", "dz-spj", "", "", []Role{Issuer}},
	{"host", "程立", "dz-spj", "", "", []Role{Host}},
	{"host2", "姚慧", "dz-spj", "", "", []Role{Host}},
	{"editor", "吴磊", "dz-spj", "", "", []Role{CatalogEditor}},
	{"catalog", "郑芳", "dz-spj", "", "", []Role{CatalogAdmin}},
	{"catalog2", "白雪", "dz-spj", "", "", []Role{CatalogAdmin}},
	{"legal", "方正", "dz-sfj", "", "", []Role{Legal}},
	{"yb-clerk", "何丽", "dz-ybj", "dz-hall", "dz-w05", []Role{Clerk}},
	{"zj-handler", "高翔", "dz-zjj", "", "", []Role{Handler}},
	{"zj-reviewer", "林涛", "dz-zjj", "", "", []Role{Reviewer}},
	{"zj-decider", "马志远", "dz-zjj", "", "", []Role{Decider}},
	{"zj-issuer", "罗雪", "dz-zjj", "", "", []Role{Issuer}},
	{"gh-handler", "梁超", "dz-zrgh", "", "", []Role{Handler}},
	{"gh-reviewer", "宋雨", "dz-zrgh", "", "", []Role{Reviewer}},
	{"gh-decider", "唐国栋", "dz-zrgh", "", "", []Role{Decider}},
	{"gh-issuer", "许晴", "dz-zrgh", "", "", []Role{Issuer}},
	{"ga-handler", "蒋浩", "dz-gaj", "", "", []Role{Handler}},
	{"xf-handler", "邵军", "dz-xfj", "", "", []Role{Handler}},
	{"wl-handler", "沈洁", "dz-wlj", "", "", []Role{Handler}},
	{"hall", "韩梅", "dz-zwb", "dz-hall", "", []Role{HallManager}},
	{"supervisor", "冯刚", "dz-dcs", "", "", []Role{Supervisor}},
	{"government", "刘振华", "dz-gov", "", "", []Role{GovernmentHead}},
	{"regulator", "董洁", "dz-scjg", "", "", []Role{Regulator}},
	{"wl-regulator", "姚兰", "dz-wlj", "", "", []Role{Regulator}},
	{"xf-reviewer", "石磊", "dz-xfj", "", "", []Role{Reviewer}},
	{"xf-decider", "崔勇", "dz-xfj", "", "", []Role{Decider}},
	{"xf-issuer", "郝静", "dz-xfj", "", "", []Role{Issuer}},
	{"town", "曹阳", "dz-t101", "dz-t101-hall", "dz-t101-w1", []Role{TownshipClerk}},
	{"town-decider", "彭勇", "dz-t101", "", "", []Role{Reviewer, Decider, Issuer}},
	{"sysadmin", "系统管理员", "dz-spj", "", "", []Role{SystemAdmin}},
	{"secadmin", "安全管理员", "dz-spj", "", "", []Role{SecurityAdmin}},
	{"auditor", "审计管理员", "dz-spj", "", "", []Role{AuditAdmin}},
}

// SeedDemo opens the demonstration officers' accounts, all with the given
// password and marked as samples. An account that is there is left alone. The
// organisation must be seeded before. The accounts are for demonstration only:
// the password need not be changed; it was set on the given instant, or now for
// the zero one.
func (s *Service) SeedDemo(ctx context.Context, password string, set time.Time) error {
	hashed, err := s.HashPassword(ctx, "", password)
	if err != nil {
		return err
	}
	for _, o := range demoOfficers {
		if err := s.seedOfficer(ctx, o, hashed, set); err != nil {
			return fmt.Errorf("seed officer %s: %w", o.login, err)
		}
	}
	return nil
}

func (s *Service) seedOfficer(ctx context.Context, o demoOfficer, hashed Hashed, set time.Time) error {
	return s.db.Act(ctx, func(tx *db.Tx) error {
		if _, err := accountByLogin(tx, o.login); err == nil || fault.Of(err).Kind != fault.KindMissing {
			return err
		}
		a := Account{ID: id.New(), Login: o.login, Name: o.name, Kind: Officer, Sample: true, hash: hashed.hash, PasswordAt: set}
		var posts []Post
		for _, r := range o.roles {
			posts = append(posts, Post{BodyID: o.body, HallID: o.hall, WindowID: o.window, Role: r})
		}
		if err := addAccount(tx, a); err != nil {
			return err
		}
		if err := s.post(tx, a.ID, nil, posts); err != nil {
			return err
		}
		tell(tx, Machine("演示数据"), "staff.create_officer", a.ID, nil, map[string]any{"login": a.Login, "name": a.Name, "postings": posts})
		event.Publish(tx, "account.created", a.ID, map[string]string{"kind": string(Officer)})
		return nil
	})
}
