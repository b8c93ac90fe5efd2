package staff

import (
	"slices"
	"testing"
	"time"
)

func TestTokens(t *testing.T) {
	each(t, func(o office) {
		a, system := o.officer("wjj-system", Handler), o.officer("sys-one", SystemAdmin)
		in := IssueToken{AccountID: a.AccountID, Name: "卫健业务系统", Permissions: []Permission{CaseRead, CaseDecide}, Days: 30}
		tokenID, token, err := o.IssueToken(o.ctx, system, in)
		o.want(err, "")
		got, err := o.ActorByToken(o.ctx, token)
		o.want(err, "")
		o.want(got.Must(CaseRead), "")
		o.want(got.Must(CaseExamine), "permission") // the account's, not the token's
		o.want(got.Must(CaseDecide), "permission")  // the token's, not the account's
		o.want(o.ChangePassword(o.ctx, got, ChangePassword{good, "Another-2026"}), "signed_out")
		if _, err := o.ActorByToken(o.ctx, token+"x"); err == nil {
			t.Error("a wrong token opens")
		}
		o.want(o.RevokeToken(o.ctx, o.officer("wjj-second", Handler), RevokeToken{tokenID}), "permission")
		o.want(o.RevokeToken(o.ctx, system, RevokeToken{tokenID}), "")
		_, err = o.ActorByToken(o.ctx, token)
		o.want(err, "signed_out")
		o.want(o.RevokeToken(o.ctx, system, RevokeToken{tokenID}), "stale")
	})
}

func TestTokensExpireAndCloseWithTheirAccount(t *testing.T) {
	each(t, func(o office) {
		a := o.officer("wjj-system", Handler)
		in := IssueToken{AccountID: a.AccountID, Name: "卫健业务系统", Permissions: []Permission{CaseRead}, Days: 30}
		_, token, err := o.IssueToken(o.ctx, o.sys, in)
		o.want(err, "")
		o.clk.Advance(30*24*time.Hour - time.Second)
		_, err = o.ActorByToken(o.ctx, token)
		o.want(err, "")
		o.clk.Advance(time.Second)
		_, err = o.ActorByToken(o.ctx, token)
		o.want(err, "signed_out")
		_, token, _ = o.IssueToken(o.ctx, o.sys, in)
		o.want(o.SetActive(o.ctx, o.sys, SetActive{a.AccountID, false}), "")
		_, err = o.ActorByToken(o.ctx, token)
		o.want(err, "signed_out")
	})
}

func TestTokenInput(t *testing.T) {
	ok := IssueToken{Name: "系统", Permissions: []Permission{CaseRead}, Days: 1}
	if wrong := ok.check(); len(wrong) > 0 {
		t.Error(wrong)
	}
	for field, in := range map[string]IssueToken{
		"name":        {Permissions: ok.Permissions, Days: 1},
		"days":        {Name: "系统", Permissions: ok.Permissions, Days: longestToken + 1},
		"permissions": {Name: "系统", Permissions: []Permission{"everything"}, Days: 1},
	} {
		wrong := in.check()
		if len(wrong) != 1 || wrong[0].Name != field {
			t.Errorf("%s: %v", field, wrong)
		}
	}
	if !slices.Contains(Permissions(), CaseRead) {
		t.Error("case.read is not listed")
	}
}

// Who owns an account sees the tokens of it and revokes them; nobody else's, and
// not by a token.
func TestTheOwnerRevokesTheirTokens(t *testing.T) {
	each(t, func(o office) {
		a, other, system := o.officer("wjj-system", Handler), o.officer("wjj-other", Handler), o.officer("sys-one", SystemAdmin)
		tokenID, token, err := o.IssueToken(o.ctx, system, IssueToken{AccountID: a.AccountID, Name: "卫健业务系统", Permissions: []Permission{CaseRead}, Days: 30})
		o.want(err, "")
		mine, err := o.MyTokens(o.ctx, a)
		o.want(err, "")
		if len(mine) != 1 || mine[0].ID != tokenID {
			t.Errorf("%+v", mine)
		}
		if none, err := o.MyTokens(o.ctx, other); err != nil || len(none) != 0 {
			t.Errorf("%+v %v", none, err)
		}
		o.want(o.RevokeToken(o.ctx, other, RevokeToken{tokenID}), "permission")
		o.want(o.RevokeToken(o.ctx, Actor{}, RevokeToken{tokenID}), "signed_out")
		machine, err := o.ActorByToken(o.ctx, token)
		o.want(err, "")
		o.want(o.RevokeToken(o.ctx, machine, RevokeToken{tokenID}), "permission")
		o.want(o.RevokeToken(o.ctx, a, RevokeToken{tokenID}), "")
		if _, err := o.ActorByToken(o.ctx, token); err == nil {
			t.Error("a revoked token opens")
		}
	})
}

// The trail is looked through by person, act, object and days, and an export is on
// record itself.
func TestTheTrailIsLookedThrough(t *testing.T) {
	each(t, func(o office) {
		a, system, audit := o.officer("wjj-system", Handler), o.officer("sys-one", SystemAdmin), o.officer("aud-one", AuditAdmin)
		_, _, err := o.IssueToken(o.ctx, system, IssueToken{AccountID: a.AccountID, Name: "卫健业务系统", Permissions: []Permission{CaseRead}, Days: 30})
		o.want(err, "")
		day := today(o.clk.Now())
		for name, tc := range map[string]struct {
			look Look
			want int
		}{
			"act":     {Look{Acts: []string{"staff.issue_token"}}, 1},
			"login":   {Look{Login: "sys-one", Acts: []string{"staff.issue_token"}}, 1},
			"another": {Look{Login: "aud-one", Acts: []string{"staff.issue_token"}}, 0},
			"object":  {Look{Object: "wjj-system", Acts: []string{"staff.issue_token"}}, 1},
			"id":      {Look{Object: a.AccountID, Acts: []string{"staff.issue_token"}}, 1},
			"nothing": {Look{Object: "130682000120260914000001O"}, 0},
			"today":   {Look{Acts: []string{"staff.issue_token"}, From: day, To: day}, 1},
			"before":  {Look{Acts: []string{"staff.issue_token"}, To: "2020-01-01"}, 0},
		} {
			tc.look.Limit = 10
			got, err := o.Trail(o.ctx, audit, tc.look)
			o.want(err, "")
			if len(got) != tc.want {
				t.Errorf("%s: %d entries, want %d", name, len(got), tc.want)
			}
		}
		_, err = o.Trail(o.ctx, audit, Look{From: "2026-02-30"})
		o.want(err, "form.invalid")
		_, err = o.Trail(o.ctx, audit, Look{From: "2026-03-02", To: "2026-03-01"})
		o.want(err, "form.invalid")
		_, err = o.Trail(o.ctx, system, Look{})
		o.want(err, "permission")
		_, err = o.ExportTrail(o.ctx, system, Look{})
		o.want(err, "permission")
		all, err := o.ExportTrail(o.ctx, audit, Look{Login: "sys-one"})
		o.want(err, "")
		if len(all) == 0 {
			t.Error("nothing is exported")
		}
		if got, err := o.Trail(o.ctx, audit, Look{Acts: []string{"audit.export"}, Limit: 10}); err != nil || len(got) != 1 {
			t.Errorf("the export is not on record: %+v %v", got, err)
		}
	})
}
