package staff

import (
	"testing"
	"time"

	"onewindow/internal/business/org"
	"onewindow/internal/kit/db/dbtest"
	"onewindow/internal/kit/fault"
)

func TestEveryRoleBringsKnownPermissions(t *testing.T) {
	known, used := map[Permission]bool{}, map[Permission]bool{}
	for _, p := range Permissions() {
		if known[p] {
			t.Errorf("%s stands twice", p)
		}
		known[p] = true
	}
	if len(duties) != len(Roles())+1 {
		t.Errorf("%d duties for %d roles and the applicant", len(duties), len(Roles()))
	}
	for r, d := range duties {
		if len(d.may) == 0 {
			t.Errorf("%s may do nothing", r)
		}
		for _, p := range d.may {
			used[p] = true
			if !known[p] {
				t.Errorf("%s: %s is not listed", r, p)
			}
		}
	}
	for p := range known {
		if !used[p] {
			t.Errorf("nobody may %s", p)
		}
	}
}

// GB/T 22239-2019 三级: system, security and audit administration belong to
// different people.
func TestThreeOfficersAreApart(t *testing.T) {
	three := []Role{SystemAdmin, SecurityAdmin, AuditAdmin}
	for _, a := range three {
		if err := checkRoles([]Role{a, a}); err != nil {
			t.Errorf("%s alone is refused: %v", a, err)
		}
		for _, b := range Roles() {
			if a != b && checkRoles([]Role{a, b}) == nil {
				t.Errorf("%s and %s in one hand", a, b)
			}
		}
		for _, p := range duties[a].may {
			for _, b := range three {
				if a != b && b.Permits(p) {
					t.Errorf("%s and %s share %s", a, b, p)
				}
			}
		}
	}
	for _, b := range Roles() {
		if b != GovernmentHead && checkRoles([]Role{GovernmentHead, b}) == nil {
			t.Errorf("the head of the government is %s too", b)
		}
	}
	if err := checkRoles([]Role{Handler, Reviewer, Clerk}); err != nil {
		t.Error(err)
	}
	if checkRoles([]Role{"king"}) == nil || checkRoles([]Role{ApplicantRole}) == nil {
		t.Error("a role that cannot be posted is posted")
	}
}

func TestPostingReachesItsCases(t *testing.T) {
	body, hall := Subject{BodyID: "spj", IntakeID: "elsewhere"}, Subject{BodyID: "other", IntakeID: "h"}
	for _, c := range []struct {
		name       string
		p          Posting
		body, hall bool
	}{
		{"综合窗口", Posting{BodyID: "spj", HallID: "h", Window: org.Comprehensive, Role: Clerk}, false, true},
		{"特色专区", Posting{BodyID: "spj", HallID: "h", Window: org.Zone, Role: Clerk}, false, true},
		{"领域窗口", Posting{BodyID: "spj", HallID: "h", Window: org.Domain, Role: Clerk}, true, false},
		{"没有大厅的受理人员", Posting{BodyID: "spj", Role: Clerk}, true, false},
		{"发证", Posting{BodyID: "spj", HallID: "h", Role: Deliverer}, false, true},
		{"承办", Posting{BodyID: "spj", HallID: "h", Role: Handler}, true, false},
		{"批准", Posting{BodyID: "spj", Role: Decider}, true, false},
		{"乡镇", Posting{BodyID: "spj", HallID: "h", Role: TownshipClerk}, true, true},
		{"督查", Posting{BodyID: "dcs", Role: Supervisor}, true, true},
		{"清单编制", Posting{BodyID: "spj", HallID: "h", Role: CatalogEditor}, false, false},
		{"系统管理员", Posting{BodyID: "spj", HallID: "h", Role: SystemAdmin}, false, false},
	} {
		s := c.p.scope()
		if s.Covers(body) != c.body || s.Covers(hall) != c.hall {
			t.Errorf("%s: body %v, hall %v", c.name, s.Covers(body), s.Covers(hall))
		}
	}
}

// An officer with two postings must not carry the permission of the one into
// the cases of the other.
func TestGrantsDoNotMix(t *testing.T) {
	now := dbtest.Start
	a := Account{ID: "a", Kind: Officer, PasswordAt: now}.actor([]Posting{
		{BodyID: "spj", HallID: "h", Window: org.Comprehensive, Role: Clerk, From: "2026-01-01"},
		{BodyID: "zjj", Role: Decider, From: "2026-01-01"},
		{BodyID: "old", Role: Decider, From: "2025-01-01", To: "2026-09-13"},
		{BodyID: "new", Role: Decider, From: "2026-09-15"},
	}, nil, now)
	intake, own := Subject{BodyID: "wjj", IntakeID: "h"}, Subject{BodyID: "zjj", IntakeID: "x"}
	if !a.Scope.Covers(intake) || !a.Scope.Covers(own) {
		t.Error("both kinds of case are to be seen")
	}
	if a.May(CaseAccept, intake) != nil || a.May(CaseDecide, own) != nil {
		t.Error("an officer cannot do the own work")
	}
	for _, err := range []error{a.May(CaseDecide, intake), a.May(CaseAccept, own),
		a.May(CaseDecide, Subject{BodyID: "old"}), a.May(CaseDecide, Subject{BodyID: "new"})} {
		if fault.Of(err) == nil || fault.Of(err).Code != "scope" {
			t.Errorf("%v", err)
		}
	}
	if a.OrgID != "spj" || a.HallID != "h" || len(a.Roles) != 2 {
		t.Errorf("%+v", a)
	}
}

func TestWhoMay(t *testing.T) {
	signedOut := fault.SignedOut().Code
	for _, c := range []struct {
		name string
		a    Actor
		p    Permission
		want string
	}{
		{"visitor", Actor{}, CaseRead, signedOut},
		{"clerk", Actor{AccountID: "a", Kind: Officer, Roles: []Role{Clerk}}, CaseAccept, ""},
		{"clerk deciding", Actor{AccountID: "a", Kind: Officer, Roles: []Role{Clerk}}, CaseDecide, "permission"},
		{"applicant", Actor{AccountID: "a", Kind: Applicant, Roles: []Role{ApplicantRole}}, CaseSubmit, ""},
		{"applicant accepting", Actor{AccountID: "a", Kind: Applicant, Roles: []Role{ApplicantRole}}, CaseAccept, "permission"},
		{"machine", Machine("定时"), CaseAccept, ""},
		{"token", Actor{AccountID: "a", Roles: []Role{Handler}, TokenID: "t", Limit: []Permission{CaseRead}}, CaseRead, ""},
		{"token beyond its limit", Actor{AccountID: "a", Roles: []Role{Handler}, TokenID: "t", Limit: []Permission{CaseRead}}, CaseExamine, "permission"},
		{"token beyond its account", Actor{AccountID: "a", Roles: []Role{Handler}, TokenID: "t", Limit: []Permission{CaseDecide}}, CaseDecide, "permission"},
		{"token without anything", Actor{AccountID: "a", Roles: []Role{Handler}, TokenID: "t"}, CaseRead, "permission"},
	} {
		got := ""
		if f := fault.Of(c.a.Must(c.p)); f != nil {
			got = f.Code
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	machine := Machine("定时")
	if machine.May(CaseDecide, Subject{}) != nil {
		t.Error("the platform is kept from a case")
	}
}

func TestApplicantSeesOwnPartiesAndHandledCases(t *testing.T) {
	a := Account{ID: "acc", Kind: Applicant}.actor(nil, []string{"me", "firm"}, dbtest.Start)
	for x, want := range map[Subject]bool{
		{ApplicantID: "me"}: true, {ApplicantID: "firm"}: true, {AgentID: "acc", ApplicantID: "client"}: true,
		{ApplicantID: "other"}: false, {BodyID: "me"}: false, {}: false,
	} {
		if a.Scope.Covers(x) != want {
			t.Errorf("%+v: %v", x, !want)
		}
	}
	if !a.ActsFor("firm") || a.ActsFor("client") || a.ActsFor("") {
		t.Error("acts for the wrong parties")
	}
}

func TestOfficersPasswordGrowsOld(t *testing.T) {
	a := Account{ID: "a", Kind: Officer, PasswordAt: dbtest.Start}
	if a.actor(nil, nil, dbtest.Start.Add(maxAge)).MustChange {
		t.Error("too early")
	}
	if !a.actor(nil, nil, dbtest.Start.Add(maxAge+time.Second)).MustChange {
		t.Error("a password of ninety days goes on")
	}
	a.Kind = Applicant
	if a.actor(nil, nil, dbtest.Start.Add(2*maxAge)).MustChange {
		t.Error("applicants need not change theirs")
	}
}
