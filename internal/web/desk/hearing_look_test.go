package desk

import (
	"context"
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/hearing"
	"onewindow/internal/business/interest"
	"onewindow/internal/web/officetest"
)

// The pages of hearing people in a browser, wide and narrow, with what stands on
// them when everybody has spoken.
func TestHearingPagesInABrowser(t *testing.T) {
	s := site(t)
	ctx := context.Background()
	c, path := waiting(s, flow.Decide)
	handler := s.Actor("handler2")
	seen := func() casework.Seen { return casetest.Seen(s.Case(c.ID)) }
	partyID, err := s.Interest.Register(ctx, handler, interest.Register{Seen: seen(), Name: "赵邻", Phone: "13800000000", Interest: "住在申请地址隔壁，受油烟和噪声影响", Via: interest.ByHand, Days: 5})
	if err == nil {
		err = s.Interest.Record(ctx, handler, interest.State{Seen: seen(), PartyID: partyID, Text: "请求安装油烟净化设施，夜间十点后不得营业。", Via: interest.ByHand})
	}
	if err == nil {
		err = s.Hearing.Offer(ctx, handler, hearing.Offer{Seen: seen()})
	}
	if err == nil {
		err = s.Hearing.Want(ctx, s.Actor("lina"), hearing.Want{Seen: seen()})
	}
	if err != nil {
		t.Fatal(err)
	}
	_ = s.Casework.Decide(ctx, s.Actor("decider"), casework.Decide{Seen: seen(), Grant: true, Opinion: "同意。"})
	b, at := s.Browser("handler2")
	officetest.Look(t, b, at+path, "desk-heard")
	officetest.Look(t, b, at+path+"/interest", "desk-interest")
	officetest.Look(t, b, at+path+"/hearing-notify", "desk-hearing-notify")
	officetest.Look(t, b, at+path+"/interest-answer", "desk-interest-answer")
	officetest.Look(t, b, at+path+"/law", "desk-law")
	officetest.Look(t, b, at+Base+"/hearings", "desk-hearings")
}
