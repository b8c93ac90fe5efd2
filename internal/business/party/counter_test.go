package party

import (
	"strings"
	"sync"
	"testing"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

func TestFindAtTheCounter(t *testing.T) {
	each(t, func(h hall) {
		a, partyID := h.person(wang)
		m, err := h.FindByIDNumber(h.ctx, h.clerk, IDCard, " 139999 19900307 0012")
		if err != nil || m.ID != partyID || m.Name != "王**" || m.IDNumber != "139***********0012" || m.Phone != "139****0001" {
			t.Errorf("%+v, %v", m, err)
		}
		if got := h.acts(partyID); !strings.HasPrefix(got[0], "party.find_by_id_number "+h.clerk.AccountID) {
			t.Errorf("the look-up is not audited: %v", got)
		}
		_, err = h.FindByIDNumber(h.ctx, h.clerk, IDCard, lina.IDNumber)
		h.want(err, "party.party")
		if got := h.acts(""); len(got) != 1 {
			t.Errorf("looking for an unknown person is not audited: %v", got)
		}
		_, err = h.FindByIDNumber(h.ctx, h.clerk, IDCard, "139999199003070013")
		h.want(err, "party")
		_, err = h.FindByIDNumber(h.ctx, a, IDCard, wang.IDNumber)
		h.want(err, "permission")
		_, err = h.FindByUSCC(h.ctx, h.officer("decider", staff.Decider), firm.USCC)
		h.want(err, "permission")
	})
}

func TestEnsurePartyFindsCompletesAndNeverOverwrites(t *testing.T) {
	each(t, func(h hall) {
		in := EnsureParty{Kind: Company, Name: firm.Name, USCC: firm.USCC, Phone: "0312-2300000"}
		first, err := h.EnsureParty(h.ctx, h.clerk, in)
		h.want(err, "")
		in.Phone, in.Address, in.LegalName = "13900000009", "示例路8号", "李娜"
		again, err := h.EnsureParty(h.ctx, h.clerk, in)
		h.want(err, "")
		p := h.load(first)
		if again != first || p.Phone != "0312-2300000" || p.Address != "示例路8号" || p.LegalName != "李娜" {
			t.Errorf("%s, %v", again, p.Masked())
		}
		in.Name = "另一家公司"
		_, err = h.EnsureParty(h.ctx, h.clerk, in)
		h.want(err, "party.name_mismatch")
		m, err := h.FindByUSCC(h.ctx, h.clerk, strings.ToLower(firm.USCC))
		if err != nil || m.Name != firm.Name || m.Checked {
			t.Errorf("%+v, %v", m, err)
		}
		_, err = h.EnsureParty(h.ctx, staff.Actor{AccountID: "x", Roles: []staff.Role{staff.ApplicantRole}}, in)
		h.want(err, "permission")
	})
}

// Two windows that take in the same person at the same time.
func TestEnsurePartyMakesOnePartyUnderConcurrency(t *testing.T) {
	each(t, func(h hall) {
		var wg sync.WaitGroup
		ids, mu := map[string]bool{}, sync.Mutex{}
		for range 8 {
			wg.Go(func() {
				partyID, err := h.EnsureParty(h.ctx, h.clerk, EnsureParty{Name: wang.Name, IDType: IDCard, IDNumber: wang.IDNumber, Phone: wang.Phone})
				mu.Lock()
				defer mu.Unlock()
				h.want(err, "")
				ids[partyID] = true
			})
		}
		wg.Wait()
		if len(ids) != 1 {
			t.Errorf("%d parties for one person", len(ids))
		}
	})
}

// 个人信息保护法第五十一条: an officer sees personal data in the clear for a case
// of the own scope and for a reason, and every time is on record.
func TestUnmask(t *testing.T) {
	each(t, func(h hall) {
		a, partyID := h.person(wang)
		c := staff.Subject{BodyID: "dz-wjj", IntakeID: "dz-hall", ApplicantID: partyID}
		in := Unmask{PartyID: partyID, Reason: "核对身份证", CaseID: "case1", Case: c}
		p, err := h.Unmask(h.ctx, h.clerk, in)
		if err != nil || p.IDNumber != wang.IDNumber {
			t.Fatalf("%v, %v", p, err)
		}
		if got := h.acts(partyID)[0]; !strings.Contains(got, "核对身份证") || !strings.Contains(got, "case1") || !strings.Contains(got, h.clerk.AccountID) {
			t.Errorf("%s", got)
		}
		for _, x := range []struct {
			code   string
			who    staff.Actor
			change func(*Unmask)
		}{
			{"party.reason", h.clerk, func(u *Unmask) { u.Reason = " " }},
			{"scope", h.clerk, func(u *Unmask) { u.Case.IntakeID = "elsewhere" }},
			{"scope", h.clerk, func(u *Unmask) { u.Case.ApplicantID = "another" }},
			{"scope", h.clerk, func(u *Unmask) { u.CaseID = "" }},
			{"permission", h.officer("issuer", staff.Issuer), func(*Unmask) {}},
			{"signed_out", staff.Actor{}, func(*Unmask) {}},
		} {
			bad := in
			x.change(&bad)
			if p, err := h.Unmask(h.ctx, x.who, bad); p.ID != "" {
				t.Errorf("%s: opened, %v", x.code, err)
			} else {
				h.want(err, x.code)
			}
		}
		own, err := h.Unmask(h.ctx, a, Unmask{PartyID: partyID})
		if err != nil || own.Phone != wang.Phone || len(h.acts(partyID)) != 3 {
			t.Errorf("%v, %v, %v", own, err, h.acts(partyID))
		}
	})
}

func TestViewAndUpdateContact(t *testing.T) {
	each(t, func(h hall) {
		a, partyID := h.person(wang)
		b, _ := h.person(lina)
		m, err := h.View(h.ctx, a, partyID)
		if err != nil || m.Address != "河北省定州市******" {
			t.Errorf("%+v, %v", m, err)
		}
		_, err = h.View(h.ctx, b, partyID)
		h.want(err, "permission")
		_, err = h.View(h.ctx, h.clerk, "nobody")
		h.want(err, "party.party")
		h.want(h.UpdateContact(h.ctx, b, UpdateContact{partyID, "13900000009", ""}), "party.not_yours")
		h.want(h.UpdateContact(h.ctx, a, UpdateContact{partyID, "", ""}), "party")
		h.want(h.UpdateContact(h.ctx, a, UpdateContact{partyID, "13900000009", "新"}), "")
		if p := h.load(partyID); p.Phone != "13900000009" || p.Address != "新" {
			t.Error("the new contact is not kept")
		}
	})
}

func TestFactsForTheFormAndItsOperator(t *testing.T) {
	each(t, func(h hall) {
		boss, bossParty := h.person(lina)
		firmID, err := h.RegisterCompany(h.ctx, boss, firm)
		h.want(err, "")
		facts := func(who staff.Actor, partyID string) (out map[string]string) {
			h.want(h.d.Read(h.ctx, func(tx *db.Tx) (err error) {
				out, err = h.FactsFor(tx, who, partyID)
				return err
			}), "")
			return out
		}
		online := facts(boss, firmID)
		if online["company.legal_id_number"] != lina.IDNumber || online["operator.name"] != "李娜" || online["person.name"] != "" {
			t.Errorf("%v", online)
		}
		window := facts(h.clerk, bossParty)
		if window["person.birth_date"] != "1988-12-12" || window["operator.name"] != "" {
			t.Errorf("%v", window)
		}
	})
}
