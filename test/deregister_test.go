package test

import (
	"testing"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/casework/casetest"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/licence"
	"onewindow/internal/business/registration"
)

// established brings a company to its business licence by the acts themselves.
func (w *town) established() {
	p, ctx, world := w.platform, w.t.Context(), w.world()
	c := world.Submit(world.Matter("有限责任公司设立登记"))
	d, err := p.Casework.Dossier(ctx, world.Actor("clerk"), c.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	all, err := p.Register.Persons(ctx, d)
	for _, x := range all.Lacks {
		if err == nil {
			err = p.Register.CheckIdentity(ctx, world.Actor("clerk"), registration.CheckIdentity{Seen: casework.Seen{CaseID: c.ID}, Person: x.Key,
				Way: registration.InPerson, Receipt: "本人到场核验"})
		}
	}
	if err == nil {
		_, err = p.Licence.Issue(ctx, world.Actor("issuer"), licence.Issue{Seen: casetest.Seen(world.Walk(world.Case(c.ID), flow.Issue))})
	}
	if err != nil {
		w.t.Fatal(err)
	}
	w.rest()
}

// A company promises that it owes nobody anything; the notice stands for twenty
// days for everybody; a creditor who objects ends the simple way
// (市场主体登记管理条例第三十三条).
func TestSimpleDeregistration(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		w.established()
		v := w.lina
		v.Go("/licences")
		v.Follow("营业执照")
		v.Follow("申请简易注销")
		v.Look("simple-promise")
		w.promises(v)
		see(v, "正在公示，至2026年12月13日", "2027年1月2日以前")
		v.Look("simple-noticed")
		v.Follow("撤回注销申请")
		v.Look("simple-withdraw")
		v.Press("撤回申请")
		see(v, "注销申请已经撤回", "持有人撤回申请")
		v.Look("simple-withdrawn")
		v.Follow("申请简易注销")
		w.promises(v)
		see(v, "正在公示，至2026年12月13日")
		w.guest.Go("/cancellations")
		see(w.guest, "可以提出异议")
		w.guest.Look("simple-list")
		w.guest.Follow("简易注销公示")
		see(w.guest, "债权债务")
		w.guest.Look("simple-notice")
		w.objects()
		v.Go("/licences")
		v.Follow("营业执照")
		see(v, "有人提出异议")
		v.Look("simple-ended")
	})
}

// promises fills in the commitment and hands it in.
func (w *town) promises(v visitor) {
	for _, x := range []string{"未发生债权债务", "注销依法不须经批准", "股权（财产份额）", "没有正在被立案", "没有尚未执行", "全体投资人对上述"} {
		v.Tick(x)
	}
	v.Fill("全体投资人", "李娜")
	v.Fill("申请注销的原因", "停止经营。")
	v.Press("承诺并提交")
}

// objects is a creditor's objection to the notice.
func (w *town) objects() {
	o := w.sit()
	signIn(o, "wangxiaoming")
	o.Go("/cancellations")
	o.Follow("简易注销公示")
	o.Follow("提出异议")
	o.Look("simple-object")
	o.Choose("与持有人的关系", "债权人")
	o.Fill("姓名或者名称", "王小明")
	o.Fill("联系方式", "13900000001")
	o.Fill("异议的事实和理由", "尚欠货款三万元。")
	o.Press("提交异议")
	see(o, "简易注销终止")
	w.guest.Go("/cancellations/letter")
	w.guest.Look("simple-letter")
}
