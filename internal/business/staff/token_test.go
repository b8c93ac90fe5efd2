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
		o.want(o.RevokeToken(o.ctx, a, RevokeToken{tokenID}), "permission")
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
