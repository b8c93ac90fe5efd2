package test

import (
	"strings"
	"testing"
)

// Silence past the fifth working day is acceptance, on the day of receipt
// (行政许可法第三十二条第一款第（四）项): not an hour earlier, and then nothing can
// be asked for any more.
func TestDeemedAcceptance(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		k := w.another()
		w.at(2026, 11, 30, 17, 0)
		open(w.clerk, "/counter", k)
		see(w.clerk, "待受理", "一次性告知补正")
		w.at(2026, 12, 1, 8, 30)
		v := w.lina
		v.Go("/cases")
		v.Within(k.number).Follow(food)
		see(v, "逾期未告知，视为受理", "依法自收到申请之日起即为受理", "受理日期2026年11月23日", "2026年12月21日")
		v.Look("law-deemed")
		v.Go("/messages")
		see(v, "视为受理")
		v = w.handler
		open(v, "/desk", k)
		see(v, "逾期未告知，视为受理", "2026年12月21日")
		v.Look("law-deemed-desk")
		open(w.clerk, "/counter", k)
		unseen(w.clerk, "办理受理", "告知不受理")
		w.onRecord(k)
	})
}

// An extension is approved before the limit ends, or not at all: one in time
// moves the day and is told; one that was opened in time and sent a day late is
// refused with the rule (行政许可法第四十二条).
func TestExtension(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		soon, late := w.another(), w.another()
		w.accept(soon)
		w.accept(late)
		w.ask(soon)
		v := w.decider
		v.Go("/desk/extensions")
		see(v, soon.number, "专家评审意见不一致")
		v.Look("law-extensions")
		open(v, "/desk", soon)
		v.Go(at(v) + "/extend/decline")
		v.Look("law-extend-decline")
		v.Go(at(v) + "/extend/approve")
		v.Look("law-extend-approve")
		v.Press("批准延长")
		see(v, "已批准延长")
		v = w.lina
		v.Go("/cases")
		v.Within(soon.number).Follow(food)
		see(v, "2027年1月4日", "20个工作日，经批准延长10个工作日", "理由和新的期限见延长办理期限告知书")
		v.Look("law-extended")
		w.tooLate(late)
	})
}

// ask is the handler's request.
func (w *town) ask(k kase) {
	v := w.handler
	open(v, "/desk", k)
	v.Go(at(v) + "/extend")
	see(v, "只能延长一次")
	v.Look("law-extend")
	v.Fill("延长天数", "11")
	v.Fill("延长理由", "专家评审意见不一致，需要再次论证。")
	v.Press("提交申请")
	see(v, "最多")
	v.Look("law-extend-wrong")
	v.Fill("延长天数", "10")
	v.Press("提交申请")
	see(v, "等待批准")
}

// tooLate has the page open on the last day and presses on the day after.
func (w *town) tooLate(k kase) {
	v := w.handler
	w.at(2026, 12, 21, 16, 0)
	open(v, "/desk", k)
	v.Go(at(v) + "/extend")
	v.Fill("延长天数", "10")
	v.Fill("延长理由", "还没有审查完。")
	w.at(2026, 12, 22, 9, 0)
	v.Press("提交申请")
	if has(v, "刚刚有了变化") { // the watch over the limits was faster; what was typed is kept
		v.Press("提交申请")
	}
	see(v, "届满后不能延长", "行政许可法第四十二条")
	if got := v.Value("延长理由"); got != "还没有审查完。" {
		v.Fatal("what was typed is lost: 「%s」", got)
	}
	v.Look("law-extend-late")
	open(v, "/desk", k)
	see(v, "超期")
	v.Go(at(v) + "/late")
	v.Look("law-late")
}

// A renewal applied for in time and undecided when the licence ends is granted
// (行政许可法第五十条第二款), on the minute.
func TestRenewalLapsesIntoGrant(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		w.licensed()
		v := w.lina
		see(v, "可以申请", "还没有到可以申请延续的时间")
		v.Look("law-licence")
		w.at(2031, 8, 20, 9, 0)
		w.renew()
		w.at(2031, 11, 23, 0, 5)
		v.Go("/licences")
		v.Look("law-licences")
		v.Follow("食品经营许可证")
		see(v, "视为准予", "这份证照继续有效")
		v.Look("law-renewed")
	})
}

// licensed brings a company to its licence.
func (w *town) licensed() {
	o := w.others()
	o.online = o.another()
	o.accept(o.online)
	o.examine(o.online)
	o.review(o.online)
	o.grant()
	o.issue()
	v := w.lina
	v.Go("/cases")
	v.Within(o.online.number).Follow(food)
	v.Follow("去领取")
	v.Tick("我同意电子送达")
	v.Press("确认收到")
	v.Go("/licences")
	v.Follow("食品经营许可证")
}

// The holder asks for the end of the licence, and the desk sees it
// (行政许可法第七十条).
func TestCancelledByItsHolder(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		w.licensed()
		w.cancel()
	})
}

// A year's holidays are typed in as they are announced and previewed against
// the open cases.
func TestAYearArrives(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		w.accept(w.another())
		v := w.sit()
		signIn(v, "catalog")
		v.Go("/admin/calendar/years/2027")
		v.Fill("通知文号", "国办发明电〔2026〕8号")
		v.Fill("通知日期", "2026-11-20")
		v.Fill("通知全文网址", "https://www.gov.cn/2027")
		v.Fill("数据来源", "中国政府网")
		v.Within("元旦").Fill("放假首日", "2027-01-01")
		v.Within("元旦").Fill("放假末日", "2027-01-03")
		v.Look("law-year")
		v.Press("保存并预览变动")
		see(v, "元旦：1月1日")
		v.Look("law-year-preview")
	})
}

func (w *town) cancel() {
	v := w.lina
	v.Follow("申请注销")
	v.Fill("申请注销的原因", "停止经营。")
	v.Look("law-cancel")
	v.Press("申请注销")
	see(v, "注销")
	d := w.handler
	d.Go("/desk/proceedings")
	see(d, "注销")
	d.Look("law-proceedings")
	d.Within("食品经营许可证").Follow("食品经营许可证")
	see(d, "停止经营")
	d.Look("law-proceeding")
}

// renew applies for the renewal with what is known already.
func (w *town) renew() {
	v := w.lina
	v.Go("/licences")
	v.Follow("食品经营许可证")
	see(v, "可以申请", "视为准予延续")
	v.Press("申请延续")
	see(v, "填写信息")
	if got := v.Value("单位名称"); !strings.Contains(got, "嘉禾") {
		v.Fatal("nothing is filled in: 「%s」", got)
	}
	w.byExample(v)
	v.Tick("本人（单位）对申请材料实质内容的真实性负责")
	v.Press("保存并继续")
	w.attach(v)
	v.Tick("我已经核对以上内容")
	v.Press("提交申请")
	see(v, "申请已提交")
}

// A review by experts stops the clock by a notice that says for how long, and
// the limit runs on when it ends (行政许可法第四十五条).
func TestExpertReview(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		k := w.another()
		w.accept(k)
		v := w.handler
		open(v, "/desk", k)
		v.Go(at(v) + "/procedure")
		v.Look("law-procedure")
		v.Choose("程序", "专家评审")
		v.Fill("所需时间", "5")
		v.Fill("依据", "食品生产经营监督管理的规章关于新工艺专家评审的规定")
		v.Fill("启动理由", "新工艺需要专家评审。")
		v.Press("启动并出具告知书")
		see(v, "专家评审")
		v.Look("law-expert-begun")
		w.panel(v)
		l := w.lina
		l.Go("/cases")
		l.Within(k.number).Follow(food)
		see(l, "所需时间不计算在办理期限内")
		l.Look("law-stopped")
		w.at(2026, 11, 25, 16, 0)
		w.expertsSay(v)
		see(v, "已结束")
		l.Go("/cases")
		l.Within(k.number).Follow(food)
		see(l, "特别程序已经结束", "2026年12月23日")
		l.Unfold("法定期限")
		see(l, "停止计时2天")
		l.Look("law-running-on")
	})
}

// panel names the experts and the meeting.
func (w *town) panel(v visitor) {
	v.Fill("会议日期", "2026-11-25")
	v.Fill("会议地点", "定州市政务服务大厅三楼会议室")
	for _, n := range []string{"1", "2"} {
		v.Fill("专家 "+n+" 姓名", "评审专家"+n)
		v.Within("专家 "+n+" 姓名").Fill("单位", "定州市食品检验所")
	}
	v.Fill("会议时间", "09:30")
	v.Press("保存专家组")
	see(v, "评审专家1")
	v.Look("law-panel")
}

// expertsSay puts down what the experts said, and ends the review.
func (w *town) expertsSay(v visitor) {
	f := v.Within("评审记录")
	f.Attach("选择文件", paper(w.t, "专家签字的评审记录"))
	f.Press("上传")
	v.Look("law-expert-files")
	v.Fill("时间", "09:30")
	for _, n := range []string{"1", "2"} {
		v.Within("评审专家"+n+"（").Fill("意见", "工艺可行，措施得当。")
		v.Within("评审专家" + n + "（").Tick("同意")
	}
	v.Within("填写记录").Fill("评审结论", "专家组一致认为可行。")
	v.Choose("结论", "通过")
	v.Look("law-expert-record")
	v.Within("填写记录").Press("保存")
	v.Look("law-expert-recorded")
	isPDF(v, v.Fetch("专家签字的评审记录"))
	v.Press("结束程序")
}

// A hearing (行政许可法第四十六条至第四十八条): ordered, noticed seven days before,
// presided by somebody who had no part in the case, on record, signed; the
// decision cites the record.
func TestHearing(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		k := w.another()
		w.accept(k)
		v := w.handler
		open(v, "/desk", k)
		v.Go(at(v) + "/hearing-order")
		v.Fill("举行听证的理由", "涉及公共利益，周边居民意见较大。")
		v.Look("law-hearing-order")
		v.Press("决定举行听证")
		see(v, "已决定举行听证")
		v.Go(at(v) + "/hearing-notify")
		v.Fill("日期", "2026-11-25")
		v.Fill("地点", "定州市政务服务大厅三楼听证室")
		v.Fill("主持人", "程立")
		v.Fill("记录人", "姚慧")
		v.Press("出具听证通知书")
		see(v, "七日前通知")
		v.Look("law-hearing-too-soon")
		v.Fill("日期", "2026-12-04")
		v.Press("出具听证通知书")
		see(v, "听证通知书已出具")
		v.Look("law-hearing-noticed")
		l := w.lina
		l.Go("/cases")
		l.Within(k.number).Follow(food)
		see(l, "听证")
		l.Look("law-hearing-applicant")
		w.guest.Go("/hearings")
		w.guest.Look("law-hearings-public")
		w.guest.Follow(food)
		see(w.guest, "2026年12月4日", "听证")
		w.guest.Look("law-hearing-public")
		w.at(2026, 12, 4, 9, 30)
		w.preside(k)
	})
}

// preside makes the record and ends the hearing.
func (w *town) preside(k kase) {
	v := w.sit()
	signIn(v, "host")
	v.Go("/desk/hearings")
	see(v, food)
	v.Look("law-hearings")
	open(v, "/desk", k)
	v.Look("law-hearing-host")
	v.Go(at(v) + "/hearing-record")
	v.Look("law-hearing-record")
	v.Fill("审查人员", "李强")
	v.Fill("审查意见的证据、理由", "现场照片和布局图表明清洗消毒区域合格。")
	v.Fill("定州市嘉禾食品有限公司（示例）的陈述、申辩和质证", "同意审查意见，没有异议。")
	v.Press("出具听证笔录")
	see(v, "听证笔录已出具")
	v.Go(at(v) + "/hearing-close")
	see(v, "不能这样办理")
	v.Go(at(v) + "/hearing-sign")
	v.Look("law-hearing-sign")
	v.Fill("参加人", "定州市嘉禾食品有限公司（示例）")
	v.Choose("结果", "确认")
	v.Press("登记")
	see(v, "已登记")
	v.Go(at(v) + "/hearing-close")
	v.Look("law-hearing-close")
	v.Press("结束听证")
	see(v, "听证已结束")
	v.Look("law-hearing-closed")
	w.decideByRecord(k)
}

// decideByRecord: the decision follows the record and cites it.
func (w *town) decideByRecord(k kase) {
	w.examine(k)
	w.review(k)
	v := w.decider
	open(v, "/desk", k)
	v.Follow("作出准予决定")
	basis := v.Value("依据")
	v.Fill("依据", "食品安全法第三十五条")
	v.Fill("批准意见", "同意。")
	v.Press("作出准予决定")
	see(v, "笔录文号")
	v.Look("law-hearing-uncited")
	v.Fill("依据", basis)
	v.Press("作出准予决定")
	see(v, "已作出准予决定", "听证笔录（定审听笔字〔2026〕第1号）")
}
