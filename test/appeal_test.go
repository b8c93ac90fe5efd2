package test

import "testing"

// A review (行政复议) of a refusal: recorded by the body when the copy arrives,
// seen by the applicant with its days, answered in time, and concluded; what was
// annulled is decided anew.
func TestAppeal(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		k := w.another()
		w.accept(k)
		w.examine(k)
		w.review(k)
		w.refuseOf(k)
		w.appeal(k)
		w.answerAppeal()
		w.annul()
	})
}

// refuseOf refuses, with the words of the form alone.
func (w *town) refuseOf(k kase) {
	v := w.decider
	open(v, "/desk", k)
	v.Follow("作出不予许可决定")
	v.Fill("事实和理由", "经营场所面积不足。")
	v.Fill("批准意见", "不同意。")
	v.Press("预览决定书")
	v.Press("作出不予许可决定")
}

// appeal is recorded from the case; the applicant is told.
func (w *town) appeal(k kase) {
	v := w.decider
	open(v, "/desk", k)
	v.Follow("登记复议、诉讼")
	v.Press("登记")
	see(v, "请求事项")
	v.Look("appeal-wrong")
	v.Choose("种类", "行政复议")
	v.Fill("请求事项", "撤销不予许可决定，责令重新作出决定。")
	v.Fill("受理（立案）日期", "2026-11-23")
	v.Fill("收到副本日期", "2026-11-23")
	v.Press("登记")
	see(v, "已登记，申请人可以看到", "2026年12月7日")
	v.Look("appeal")
	w.rest()
	l := w.lina
	l.Go("/messages")
	l.Follow("已登记复议或者诉讼")
	see(l, "撤销不予许可决定", "2026年12月7日", "审理期限")
	l.Look("appeal-applicant")
	s := w.sit()
	signIn(s, "supervisor")
	s.Go("/oversight/appeals")
	see(s, food, "待提交答复")
	s.Look("appeal-oversight")
}

// answerAppeal says on which day the body's answer went out.
func (w *town) answerAppeal() {
	v := w.decider
	v.Go("/desk/appeals")
	v.Look("appeal-list")
	v.Follow("行政复议")
	v.Fill("提交日期", "2026-11-23")
	v.Press("登记答复")
	see(v, "已登记答复", "已提交答复、答辩")
}

// annul says how it ended, and leads to the case that is decided anew.
func (w *town) annul() {
	v := w.decider
	v.Choose("结果", "撤销")
	v.Fill("结果日期", "2026-11-23")
	v.Tick("要求重新作出决定")
	v.Fill("履行期限", "2026-12-31")
	v.Look("appeal-conclude")
	v.Press("登记结果")
	see(v, "已登记结果", "查看重新办理的办件")
	v.Look("appeal-annulled")
	v.Follow("查看重新办理的办件")
	see(v, "办理中", "原决定被撤销，重新办理")
}
