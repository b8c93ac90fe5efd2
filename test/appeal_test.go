package test

import "testing"

// A review (行政复议) of a refusal: recorded from its case, answered in time; the
// decision is annulled and made anew in a case of its own, which the applicant
// reads.
func TestAppeal(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		o := w.others()
		o.paper = o.another()
		o.accept(o.paper)
		o.examine(o.paper)
		o.review(o.paper)
		o.refuse()
		v := w.decider
		open(v, "/desk", o.paper)
		v.Go(at(v) + "/appeal")
		v.Press("登记")
		see(v, "请求事项")
		v.Look("appeal-wrong")
		v.Choose("种类", "复议")
		v.Fill("复议机关或者法院", "定州市人民政府")
		v.Fill("请求事项", "撤销不予许可决定，责令重新作出决定。")
		v.Fill("受理（立案）日期", "2026-11-23")
		v.Fill("收到副本日期", "2026-11-23")
		v.Press("登记")
		see(v, "登记答复", "责令重新作出决定")
		v.Look("appeal")
		v.Fill("提交日期", "2026-11-23")
		v.Press("登记答复")
		see(v, "已登记答复")
		v.Choose("结果", "撤销")
		v.Fill("结果日期", "2026-11-23")
		v.Tick("要求重新作出决定")
		v.Fill("履行期限", "2026-12-21")
		v.Look("appeal-conclude")
		v.Press("登记结果")
		see(v, "已登记结果", "查看重新办理的办件")
		v.Look("appeal-annulled")
		w.rest()
		v.Go("/desk/appeals?show=all")
		see(v, food)
		v.Look("appeal-list")
		v = w.lina
		v.Go("/cases")
		v.Within(o.paper.number).Follow(food)
		see(v, "复议")
		v.Look("appeal-applicant")
	})
}
