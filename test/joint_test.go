package test

import (
	"testing"

	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
)

// world is the acts themselves, for what a story begins with.
func (w *town) world() *casetest.World {
	p := w.platform
	return &casetest.World{T: w.t, DB: p.DB, Clock: w.clock, Keys: p.Keys, Blobs: p.Blobs, Org: p.Org, Staff: p.Staff, Party: p.Party,
		Catalog: p.Catalog, Calendar: p.Calendar, Casework: p.Casework}
}

// Several bodies handle one application together within 45 working days; who
// leads asks for 15 more, the head of the government approves, and the
// applicant reads the notice and how the new day came about (行政许可法第四十二条第二款).
func TestJointHandlingIsExtended(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		world := w.world()
		c := world.Walk(world.Submit(world.Matter("娱乐场所")), flow.Examine)
		k := kase{number: c.Number}
		v := w.handler
		open(v, "/desk", k)
		see(v, "2027年1月25日")
		v.Go(at(v) + "/extend")
		v.Fill("延长天数", "16")
		v.Fill("延长理由", "需要公安、消防、文旅共同现场核查。")
		v.Press("提交申请")
		see(v, "15")
		v.Fill("延长天数", "15")
		v.Look("joint-ask")
		v.Press("提交申请")
		w.rest()
		g := w.sit()
		signIn(g, "government")
		g.Go("/desk/government")
		g.Look("joint-government")
		g.Within(k.number).Follow(c.ItemName)
		see(g, "需要公安、消防、文旅共同现场核查。", "不能撤销")
		g.Look("joint-approve")
		g.Press("批准延长")
		see(g, "已批准延长")
		w.rest()
		l := w.lina
		l.Go("/messages")
		see(l, "办理期限已延长")
		l.Go("/cases")
		l.Within(k.number).Follow(c.ItemName)
		see(l, "延长办理期限")
		l.Unfold("法定期限")
		see(l, "2027年2月15日", "45个工作日，经批准延长15个工作日", "连同经批准延长的期限共60个工作日")
		l.Look("joint-extended")
		l.Follow("延长办理期限告知书")
		see(l, "定州市人民政府负责人", "第四十二条第二款", "2027年2月15日")
		l.Look("joint-notice")
	})
}
