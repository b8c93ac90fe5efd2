package test

import "testing"

// A complaint (投诉) about a case: filed by the applicant, taken up and answered
// by somebody who had no part in the case; who is not content takes it to the
// supervisors, once.
func TestComplaint(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		k := w.another()
		w.accept(k)
		w.complain(k)
		hall := w.sit()
		signIn(hall, "hall")
		w.answer(hall, "经核实，材料齐全后已当日受理，没有要求重复提交。")
		v := w.lina
		v.Go("/messages")
		see(v, "投诉已答复")
		v.Follow("投诉已答复")
		see(v, "没有要求重复提交", "转督查机构处理")
		v.Look("complaint-answered")
		v.Press("转督查机构处理")
		see(v, "已转督查机构")
		unseen(v, "只能转一次")
		supervisor := w.sit()
		signIn(supervisor, "supervisor")
		w.again(supervisor)
	})
}

// complain files it from the case.
func (w *town) complain(k kase) {
	v := w.lina
	v.Go("/cases")
	v.Within(k.number).Follow(food)
	v.Follow("投诉")
	v.Look("complain")
	v.Press("提交投诉")
	see(v, "情况")
	v.Look("complain-wrong")
	v.Choose("投诉的问题", "多次要求补正")
	v.Fill("情况", "窗口两次要求提交同一份布局图。")
	v.Press("提交投诉")
	see(v, "投诉已经收到", "待受理", "受理期限")
	v.Look("complaint")
}

// answer takes the complaint up and answers it.
func (w *town) answer(v visitor, text string) {
	v.Go("/oversight/complaints")
	see(v, food)
	v.Look("complaint-list")
	v.Follow("多次要求补正")
	see(v, "窗口两次要求提交同一份布局图", "李娜")
	v.Look("complaint-filed")
	v.Within("受理").Press("受理")
	see(v, "已受理，请在答复期限前调查处理并答复")
	v.Press("提交答复")
	see(v, "情况是否属实")
	v.Look("complaint-reply-wrong")
	v.Choose("情况是否属实", "不属实")
	v.Fill("答复", text)
	v.Press("提交答复")
	see(v, "已答复，已通知投诉人", text)
	v.Look("complaint-replied")
	w.rest()
}

// again is the supervisors' answer.
func (w *town) again(v visitor) {
	v.Go("/oversight/complaints")
	v.Follow("多次要求补正")
	see(v, "已升级督办")
	v.Look("complaint-escalated")
	v.Choose("情况是否属实", "属实")
	v.Fill("答复", "窗口第一次没有登记收到的布局图，已责令改正。")
	v.Press("提交答复")
	see(v, "已答复")
	w.rest()
	l := w.lina
	l.Go("/messages")
	l.Follow("投诉已答复")
	see(l, "已责令改正")
	unseen(l, "对答复不满意")
}

// What was granted is published when nobody objected in time, and everybody
// finds it (行政许可法第四十条); not before.
func TestDecisionIsPublished(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		o := w.others()
		o.online = o.another()
		o.accept(o.online)
		o.examine(o.online)
		o.review(o.online)
		o.grant()
		w.rest()
		v := w.decider
		v.Go("/desk/publishing")
		see(v, food)
		v.Look("law-publishing")
		g := w.guest
		g.Go("/decisions")
		see(g, "没有找到公开的决定")
		g.Look("law-decisions-none")
		w.at(2026, 12, 7, 9, 0)
		g.Go("/")
		g.Within("在这里可以").Follow("许可决定公开")
		see(g, food, "定州市嘉禾食品有限公司")
		g.Look("law-decisions")
		g.Follow("字〔2026〕")
		see(g, "准予许可", "定州市嘉禾食品有限公司", "有效期至", "公开日期")
		g.Look("law-decision")
		v.Go("/desk/publishing")
		see(v, "没有待公开的决定")
	})
}
