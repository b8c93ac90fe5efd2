package test

import "testing"

// What is entrusted to another body is announced to everybody, and so is its end
// (行政许可法第二十四条); what personal data is processed for is assessed before,
// on record (个人信息保护法第五十五条、第五十六条).
func TestEntrustment(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		v := w.sit()
		signIn(v, "catalog")
		v.Go("/admin/delegations")
		v.Follow("登记委托")
		v.Press("登记并公告")
		see(v, "文书文号")
		v.Look("entrust-wrong")
		v.Fill("事项", food)
		v.Fill("委托机关", "定州市行政审批局")
		v.Fill("受委托机关", "定州市市场监督管理局")
		v.Fill("依据", "定州市人民政府的决定")
		v.Fill("文书文号", "定委〔2026〕1号")
		v.Fill("生效日期", "2026-11-23")
		v.Fill("公告内容", "委托实施食品经营许可的受理和审查。")
		v.Press("登记并公告")
		see(v, "定委〔2026〕1号")
		g := w.guest
		g.Go("/")
		g.Follow("委托和划转公告")
		see(g, food, "定州市市场监督管理局", "受理和审查")
		g.Look("entrusted")
		v.Go("/admin/delegations")
		v.Follow("终止")
		v.Look("entrust-end")
		v.Press("终止委托")
		g.Go("/delegations")
		see(g, "终止")
		w.assess(v)
	})
}

// assess records an assessment, which nobody changes afterwards.
func (w *town) assess(v visitor) {
	v.Go("/admin/assessments")
	v.Follow("登记评估")
	v.Fill("评估的处理活动", "公共场所卫生许可收集从业人员健康信息")
	v.Fill("目的、方式", "只收健康合格证明，用于审查从业条件。")
	v.Fill("对个人权益", "证明含健康信息，泄露影响个人。")
	v.Fill("保护措施", "加密保存，只有经办人可以查看。")
	v.Fill("结论", "可以处理。")
	v.Press("登记")
	see(v, "个人信息保护影响评估报告", "加密保存")
	v.Look("assessment")
}
