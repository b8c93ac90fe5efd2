package staff

import (
	"context"
	"testing"
	"time"

	"onewindow/internal/business/org"
	"onewindow/internal/business/schema"
	"onewindow/internal/kit/audit"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/secret"
)

// quick is a hasher for tests; its cost guards nothing.
var quick = secret.New(64, 1)

const good = "Yichuang-2026"

// office is the staff service over a seeded organisation.
type office struct {
	*Service
	t   *testing.T
	ctx context.Context
	clk *clock.Moving
	d   *db.DB
	sys Actor
}

func each(t *testing.T, test func(o office)) {
	dbtest.Each(t, schema.FS, func(t *testing.T, d *db.DB, clk *clock.Moving) {
		o := office{New(d, Options{Hasher: quick}), t, context.Background(), clk, d, Machine("测试")}
		if err := org.New(d).Seed(o.ctx); err != nil {
			t.Fatal(err)
		}
		test(o)
	})
}

// officer opens an account with the roles at the approval bureau and its hall.
func (o office) officer(login string, roles ...Role) Actor {
	o.t.Helper()
	var posts []Post
	for _, r := range roles {
		posts = append(posts, Post{BodyID: "dz-spj", HallID: "dz-hall", Role: r})
	}
	accountID, err := o.CreateOfficer(o.ctx, o.sys, CreateOfficer{Login: login, Name: "张三", Password: good, Postings: posts})
	if err != nil {
		o.t.Fatal(err)
	}
	return o.actor(accountID)
}

func (o office) actor(accountID string) Actor {
	o.t.Helper()
	a, err := o.ActorOf(o.ctx, accountID)
	if err != nil {
		o.t.Fatal(err)
	}
	return a
}

// want checks the code of a fault; the empty code is no fault.
func (o office) want(err error, code string) {
	o.t.Helper()
	got := ""
	if f := fault.Of(err); f != nil {
		got = f.Code
	}
	if got != code {
		o.t.Errorf("%q (%v), want %q", got, err, code)
	}
}

func (o office) signIn(login, password string) error {
	_, err := o.SignIn(o.ctx, Actor{RequestID: "r"}, SignIn{login, password})
	return err
}

// audits lists the acts recorded on an account, newest first.
func (o office) audits(accountID string) []audit.Entry {
	o.t.Helper()
	var out []audit.Entry
	err := o.d.Read(o.ctx, func(tx *db.Tx) (err error) {
		out, err = audit.Of(tx, "account", accountID, "", 100)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return out
}

func TestOfficerIsCreatedPostedAndClosed(t *testing.T) {
	each(t, func(o office) {
		a := o.officer("wang.min", Clerk)
		if !a.MustChange || a.OrgID != "dz-spj" || a.HallID != "dz-hall" || !a.Can(CaseAccept) || a.Can(CaseDecide) {
			t.Errorf("%+v", a)
		}
		o.want(o.Post(o.ctx, o.sys, Post{AccountID: a.AccountID, BodyID: "dz-zjj", Role: Decider}), "")
		b := o.actor(a.AccountID) // what was remembered is forgotten at once
		o.want(b.May(CaseDecide, Subject{BodyID: "dz-zjj"}), "")
		o.want(b.May(CaseDecide, Subject{BodyID: "dz-spj", IntakeID: "dz-hall"}), "scope")
		_, postings, err := o.Account(o.ctx, o.sys, a.AccountID)
		if err != nil || len(postings) != 2 {
			t.Fatalf("%+v, %v", postings, err)
		}
		o.want(o.EndPosting(o.ctx, o.sys, EndPosting{postings[1].ID}), "")
		if o.actor(a.AccountID).Can(CaseDecide) {
			t.Error("an ended posting goes on")
		}
		o.want(o.EndPosting(o.ctx, o.sys, EndPosting{postings[1].ID}), "staff.posting")
		o.want(o.SetActive(o.ctx, o.sys, SetActive{a.AccountID, false}), "")
		_, err = o.ActorOf(o.ctx, a.AccountID)
		o.want(err, "signed_out")
		o.want(o.signIn("wang.min", good), "signin.wrong")
	})
}

func TestPostingRefusals(t *testing.T) {
	each(t, func(o office) {
		a := o.officer("a-clerk", Clerk)
		security := o.officer("sec-one", SecurityAdmin)
		system := o.officer("sys-one", SystemAdmin)
		for _, c := range []struct {
			who  Actor
			in   Post
			code string
		}{
			{security, Post{BodyID: "dz-spj", HallID: "dz-hall", Role: Clerk}, "staff.posted_already"},
			{security, Post{BodyID: "dz-spj", Role: AuditAdmin}, "staff.three_officers"},
			{security, Post{BodyID: "dz-spj", Role: "king"}, "staff.role"},
			{security, Post{BodyID: "nowhere", Role: Handler}, "org.body"},
			{security, Post{BodyID: "dz-spj", HallID: "nowhere", Role: Handler}, "org.hall"},
			{security, Post{BodyID: "dz-spj", HallID: "dz-t101-hall", WindowID: "dz-w01", Role: Clerk}, "staff.window"},
			{security, Post{BodyID: "dz-spj", Role: Handler, From: "2026-10-02", To: "2026-10-01"}, "staff.days"},
			{system, Post{BodyID: "dz-spj", Role: Handler}, "permission"},
			{a, Post{BodyID: "dz-spj", Role: Decider}, "permission"},
			{Actor{}, Post{}, "signed_out"},
		} {
			c.in.AccountID = a.AccountID
			o.want(o.Post(o.ctx, c.who, c.in), c.code)
		}
		own := Post{AccountID: security.AccountID, BodyID: "dz-spj", Role: SecurityAdmin}
		o.want(o.Post(o.ctx, security, own), "staff.own_account")
		_, err := o.CreateOfficer(o.ctx, system, CreateOfficer{Login: "new-one", Name: "新", Password: good,
			Postings: []Post{{BodyID: "dz-spj", Role: Decider}}})
		o.want(err, "permission") // whoever opens accounts does not hand out roles
		_, err = o.CreateOfficer(o.ctx, system, CreateOfficer{Login: "A-Clerk", Name: "新", Password: good})
		o.want(err, "login.taken")
		_, err = o.CreateOfficer(o.ctx, system, CreateOfficer{Login: "13800001234", Name: "新", Password: good})
		o.want(err, "login.form")
	})
}

// Two administrators who post past each other must not make one account hold
// two of the 三员: the version and the index both stand in the way.
func TestThreeOfficersHoldUnderConcurrency(t *testing.T) {
	each(t, func(o office) {
		accountID, err := o.CreateOfficer(o.ctx, o.sys, CreateOfficer{Login: "new-one", Name: "新", Password: good})
		o.want(err, "")
		done := make(chan error)
		for _, r := range []Role{SystemAdmin, SecurityAdmin, AuditAdmin, Clerk} {
			go func() { done <- o.Post(o.ctx, o.sys, Post{AccountID: accountID, BodyID: "dz-spj", Role: r}) }()
		}
		won := 0
		for range 4 {
			if <-done == nil {
				won++
			}
		}
		if roles := o.actor(accountID).Roles; won != 1 || len(roles) != 1 {
			t.Errorf("%d posts succeeded, the account holds %v", won, roles)
		}
	})
}

func TestPostingsBeginAndEndWithTheirDays(t *testing.T) {
	each(t, func(o office) {
		accountID, _ := o.CreateOfficer(o.ctx, o.sys, CreateOfficer{Login: "substitute", Name: "代", Password: good})
		o.want(o.Post(o.ctx, o.sys, Post{AccountID: accountID, BodyID: "dz-spj", Role: Handler, From: "2026-09-15", To: "2026-09-16"}), "")
		for i, want := range []bool{false, true, true, false} {
			o.clk.Set(dbtest.Start.Add(time.Duration(i) * 24 * time.Hour))
			if got := o.actor(accountID).Can(CaseExamine); got != want {
				t.Errorf("day %d: %v", i, got)
			}
		}
	})
}

func TestSeedDemoFillsEveryRole(t *testing.T) {
	each(t, func(o office) {
		for range 2 {
			o.want(o.SeedDemo(o.ctx, good, time.Time{}), "")
		}
		held := map[Role]bool{}
		for _, x := range demoOfficers {
			accountID, err := o.SignIn(o.ctx, Actor{}, SignIn{x.login, good})
			o.want(err, "")
			a := o.actor(accountID)
			if a.MustChange || len(a.Grants) != len(x.roles) {
				t.Errorf("%s: %+v", x.login, a)
			}
			for _, r := range a.Roles {
				held[r] = true
			}
		}
		for _, r := range Roles() {
			if !held[r] {
				t.Errorf("nobody is %s", r)
			}
		}
		all, err := o.Accounts(o.ctx, o.sys, Officer, "", "", 100)
		if err != nil || len(all) != len(demoOfficers) || !all[0].Sample {
			t.Errorf("%d accounts, %v", len(all), err)
		}
		var deciders []string
		o.want(o.d.Read(o.ctx, func(tx *db.Tx) (err error) {
			deciders, err = Holders(tx, "dz-spj", Decider)
			return err
		}), "")
		if len(deciders) != 1 {
			t.Errorf("%v", deciders)
		}
	})
}
