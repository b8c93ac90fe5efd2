package party

import (
	"testing"
	"time"

	"onewindow/internal/business/staff"
	"onewindow/internal/kit/db"
)

func (h hall) mayApply(who staff.Actor, partyID, item string) error {
	return h.d.Read(h.ctx, func(tx *db.Tx) error { return MayApply(tx, who, partyID, item) })
}

// 行政许可法第二十九条第二款: an applicant may have an agent; the agent does what
// was entrusted, while it was entrusted.
func TestAgents(t *testing.T) {
	each(t, func(h hall) {
		boss, _ := h.person(lina)
		agent, agentParty := h.person(zhao)
		stranger, _ := h.person(wang)
		firmID, err := h.RegisterCompany(h.ctx, boss, firm)
		h.want(err, "")
		in := Authorise{PartyID: firmID, Login: "zhao", From: "2026-09-15", To: "2026-09-16"}
		h.want(h.Authorise(h.ctx, stranger, in), "party.not_yours")
		h.want(h.Authorise(h.ctx, staff.Actor{}, in), "signed_out")
		h.want(h.Authorise(h.ctx, boss, Authorise{PartyID: firmID, Login: "nobody"}), "party.agent")
		h.want(h.Authorise(h.ctx, boss, Authorise{PartyID: firmID, Login: "lina"}), "party.agent")
		h.want(h.Authorise(h.ctx, boss, Authorise{PartyID: firmID, Login: "zhao", To: "2026-09-13"}), "party.days")
		h.want(h.Authorise(h.ctx, boss, in), "")
		h.want(h.Authorise(h.ctx, boss, in), "party.authorised")
		for _, want := range []bool{false, true, true, false} {
			a := h.actor(agent.AccountID)
			if a.ActsFor(firmID) != want || (h.mayApply(a, firmID, "000104002000") == nil) != want {
				t.Errorf("%s: %v", h.clk.Now(), a.PartyIDs)
			}
			if want {
				h.want(h.Authorise(h.ctx, a, Authorise{PartyID: firmID, Login: "wang"}), "party.not_yours") // 不得转委托
			}
			if a.ActsFor(agentParty) != true {
				t.Error("the agent lost the own record")
			}
			h.clk.Advance(24 * time.Hour)
		}
	})
}

// An agent for single matters applies for those and sees only what the agent's
// own account handles.
func TestAgentForSingleMatters(t *testing.T) {
	each(t, func(h hall) {
		boss, bossParty := h.person(lina)
		agent, _ := h.person(zhao)
		h.want(h.Authorise(h.ctx, boss, Authorise{PartyID: bossParty, Login: "zhao", Items: []string{"000104002000"}}), "")
		agent = h.actor(agent.AccountID)
		h.want(h.mayApply(agent, bossParty, "000104002000"), "")
		h.want(h.mayApply(agent, bossParty, "000141005000"), "party.not_yours")
		if agent.ActsFor(bossParty) || agent.Scope.Covers(staff.Subject{ApplicantID: bossParty}) {
			t.Error("an agent for one matter sees every case")
		}
		if !agent.Scope.Covers(staff.Subject{ApplicantID: bossParty, AgentID: agent.AccountID}) {
			t.Error("an agent does not see the cases handled")
		}
		mine, err := h.Mine(h.ctx, agent)
		if err != nil || len(mine) != 2 || mine[1].ID != bossParty || mine[1].Name != "李*" {
			t.Fatalf("%+v, %v", mine, err)
		}
		agents, err := h.Agents(h.ctx, boss, bossParty)
		if err != nil || len(agents) != 2 {
			t.Fatalf("%+v, %v", agents, err)
		}
		_, err = h.Agents(h.ctx, agent, bossParty)
		h.want(err, "party.not_yours")
		h.want(h.EndMandate(h.ctx, h.clerk, EndMandate{mine[1].Mandate.ID}), "party.not_yours")
		h.want(h.EndMandate(h.ctx, agent, EndMandate{mine[0].Mandate.ID}), "party.not_agent")
		h.want(h.EndMandate(h.ctx, agent, EndMandate{mine[1].Mandate.ID}), "")
		h.want(h.EndMandate(h.ctx, boss, EndMandate{mine[1].Mandate.ID}), "party.mandate")
		h.want(h.mayApply(h.actor(agent.AccountID), bossParty, "000104002000"), "party.not_yours")
	})
}
