package party

import (
	"strings"
	"sync"
	"testing"
	"time"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// 个人信息保护法第五十一条: what identifies or reaches a person is encrypted in
// the store, and stands in no trail in the clear.
func TestNothingPersonalIsStoredInTheClear(t *testing.T) {
	each(t, func(h hall) {
		a, partyID := h.person(wang)
		_, err := h.FindByIDNumber(h.ctx, h.clerk, IDCard, wang.IDNumber)
		h.want(err, "")
		h.want(h.UpdateContact(h.ctx, a, UpdateContact{partyID, "13900000009", "河北省定州市新地址"}), "")
		all := h.everything()
		for _, secret := range []string{wang.IDNumber, wang.Phone, wang.Address, "13900000009", "新地址", good} {
			if strings.Contains(all, secret) {
				t.Errorf("%s stands in the store in the clear", secret)
			}
		}
		p := h.load(partyID)
		if p.IDNumber != wang.IDNumber || p.Phone != "13900000009" || p.Address != "河北省定州市新地址" {
			t.Error("what was sealed does not open")
		}
		if s := p.String(); strings.Contains(s, wang.Name) || p.LogValue().String() != s {
			t.Errorf("a log would say %s", s)
		}
	})
}

func TestRegisterRefusals(t *testing.T) {
	each(t, func(h hall) {
		for name, c := range map[string]struct {
			change func(*Register)
			code   string
			field  string
		}{
			"name":     {func(r *Register) { r.Name = " 王 " }, "party", "name"},
			"number":   {func(r *Register) { r.IDNumber = "139999199003070013" }, "party", "id_number"},
			"type":     {func(r *Register) { r.IDType = "" }, "party", "id_type"},
			"passport": {func(r *Register) { r.IDType, r.IDNumber = Passport, "E1" }, "party", "id_number"},
			"phone":    {func(r *Register) { r.Phone = "12345" }, "party", "phone"},
			"no phone": {func(r *Register) { r.Phone = "" }, "party", "phone"},
			"login":    {func(r *Register) { r.Login = "139" }, "login.form", "login"},
			"password": {func(r *Register) { r.Password = "short" }, "password", "password"},
		} {
			in := wang
			c.change(&in)
			_, err := h.Register(h.ctx, staff.Actor{}, in)
			f := fault.Of(err)
			if f == nil || f.Code != c.code || len(f.Fields) != 1 || f.Fields[0].Name != c.field {
				t.Errorf("%s: %v", name, err)
			}
		}
		in := wang // as people type it
		in.IDNumber, in.Phone = "１３９９９９ 19900307 0012", "139 0000 0001"
		_, partyID := h.person(in)
		if p := h.load(partyID); p.IDNumber != wang.IDNumber || p.Phone != wang.Phone {
			t.Errorf("%q, %q", p.IDNumber, p.Phone)
		}
		_, err := h.Register(h.ctx, staff.Actor{}, wang)
		h.want(err, "party.registered")
		other := lina
		other.Login = "wang"
		_, err = h.Register(h.ctx, staff.Actor{}, other)
		h.want(err, "login.taken")
	})
}

// A person whom a window knows keeps that record, but only a real-person check
// opens it.
func TestRegisterTakesOverTheWindowsRecord(t *testing.T) {
	each(t, func(h hall) {
		partyID, err := h.EnsureParty(h.ctx, h.clerk, EnsureParty{Kind: Person, Name: wang.Name, IDType: IDCard, IDNumber: wang.IDNumber})
		h.want(err, "")
		_, err = h.Register(h.ctx, staff.Actor{}, wang)
		h.want(err, "party.check_needed")
		in := wang
		in.Check, in.Name = "R-1", "王大明"
		_, err = h.Register(h.ctx, staff.Actor{}, in)
		h.want(err, "party.name_mismatch")
		in.Name = wang.Name
		_, got := h.person(in)
		if p := h.load(got); got != partyID || p.Phone != wang.Phone || p.Checked != "R-1" {
			t.Errorf("%s, %v", got, p.Masked())
		}
	})
}

func TestRegisterOncePerPersonUnderConcurrency(t *testing.T) {
	each(t, func(h hall) {
		var wg sync.WaitGroup
		won := make(chan string, 4)
		for _, login := range []string{"wang-a", "wang-b", "wang-c", "wang-d"} {
			in := wang
			in.Login, in.Check = login, "R-1"
			wg.Go(func() {
				if accountID, err := h.Register(h.ctx, staff.Actor{}, in); err == nil {
					won <- accountID
				}
			})
		}
		wg.Wait()
		if len(won) != 1 {
			t.Errorf("%d accounts for one person", len(won))
		}
	})
}

// 民法典第六十一条第一款: the legal representative acts for the organisation; who
// that is comes from the registry, not from the first to say so.
func TestRegisterCompany(t *testing.T) {
	each(t, func(h hall) {
		a, _ := h.person(lina)
		companyID, err := h.RegisterCompany(h.ctx, a, firm)
		h.want(err, "")
		a = h.actor(a.AccountID)
		if p := h.load(companyID); !a.ActsFor(companyID) || p.LegalName != lina.Name || p.LegalIDNumber != lina.IDNumber || p.Checked != "" {
			t.Errorf("%v, %v", a.PartyIDs, p.Masked())
		}
		_, err = h.RegisterCompany(h.ctx, a, firm)
		h.want(err, "party.registered")
		b, _ := h.person(wang)
		_, err = h.RegisterCompany(h.ctx, b, firm)
		h.want(err, "party.not_legal")
		checked := firm
		checked.Check = "GS-1"
		again, err := h.RegisterCompany(h.ctx, b, checked)
		h.want(err, "")
		if again != companyID || h.actor(a.AccountID).ActsFor(companyID) || !h.actor(b.AccountID).ActsFor(companyID) {
			t.Error("the former representative still acts for the company")
		}
		wrong := firm
		wrong.USCC = "91139999MA9900028X"
		_, err = h.RegisterCompany(h.ctx, a, wrong)
		h.want(err, "party")
		_, err = h.RegisterCompany(h.ctx, staff.Actor{}, firm)
		h.want(err, "signed_out")
		_, err = h.RegisterCompany(h.ctx, h.clerk, firm)
		h.want(err, "party.no_person")
	})
}

func TestLoginName(t *testing.T) {
	each(t, func(h hall) {
		h.person(wang)
		twin := zhao // a family shares a telephone
		twin.Phone = lina.Phone
		h.person(lina)
		h.person(twin)
		for typed, want := range map[string]string{
			"wang": "wang", wang.IDNumber: "wang", "139 0000 0001": "wang", strings.ToLower(lina.IDNumber): "lina",
			lina.Phone: lina.Phone, "13911112222": "13911112222", "139999197505200033": "139999197505200033", "": "",
		} {
			got, err := h.LoginName(h.ctx, typed)
			if got != want || err != nil {
				t.Errorf("%q: %q, %v; want %q", typed, got, err, want)
			}
		}
	})
}

func TestSeedDemo(t *testing.T) {
	each(t, func(h hall) {
		for range 2 {
			h.want(h.SeedDemo(h.ctx, good), "")
		}
		for login, parties := range map[string]int{"wangxiaoming": 1, "lina": 2, "zhaomin": 2} {
			var accountID string
			h.want(h.d.Read(h.ctx, func(tx *db.Tx) (err error) {
				accountID, err = staff.IDOfLogin(tx, login)
				return err
			}), "")
			if a := h.actor(accountID); len(a.PartyIDs) != parties {
				t.Errorf("%s acts for %v", login, a.PartyIDs)
			}
		}
		h.clk.Advance(-400 * 24 * time.Hour) // a later build whose past begins earlier
		h.want(h.SeedDemo(h.ctx, good), "")
	})
}
