package test

import "testing"

// What a body entrusts to another is recorded and announced, and ended when it
// was asked back; an assessment of impact is recorded and printed.
func TestDelegation(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		v := w.sit()
		signIn(v, "catalog")
		v.Go("/admin/delegations")
		v.Follow("登记委托")
		v.Press("登记并公告")
		see(v, "文书文号")
		v.Look("delegation-wrong")
		v.Fill("事项", food+"（定州市行政审批局）")
		v.Fill("委托机关", "定州市行政审批局")
		v.Fill("受委托机关", "定州市市场监督管理局")
		v.Fill("依据", "定州市人民政府关于委托实施行政许可的决定")
		v.Fill("文书文号", "定委〔2026〕1号")
		v.Fill("生效日期", "2026-12-01")
		v.Fill("公告内容", "委托受委托机关受理食品经营许可申请。")
		v.Press("登记并公告")
		see(v, "委托已登记", "定委〔2026〕1号")
		v.Look("delegations")
		w.guest.Go("/")
		w.guest.Follow("委托和划转公告")
		see(w.guest, "定委〔2026〕1号", "委托受委托机关受理食品经营许可申请")
		w.guest.Look("delegations-announced")
		v.Follow("终止委托")
		v.Look("delegation-end")
		v.Press("终止委托")
		see(v, "委托已终止")
		v.Go("/admin/assessments")
		v.Follow("登记评估")
		v.Fill("评估的处理活动", "公共场所卫生许可收集从业人员健康信息")
		v.Fill("目的、方式是否合法、正当、必要", "条例要求")
		v.Fill("对个人权益的影响和安全风险", "泄露影响个人权益")
		v.Fill("保护措施是否合法、有效、与风险相适应", "加密、遮盖、留痕")
		v.Fill("结论", "可以处理")
		v.Press("登记")
		see(v, "评估报告已登记", "保存至少到")
		v.Look("assessment")
	})
}
