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
		see(v, "可以申请", "还没有到可以申请延续的时间")
		v.Look("law-licence")
		w.at(2031, 8, 20, 9, 0)
		w.renew()
		w.at(2031, 11, 23, 0, 5)
		v.Go("/licences")
		v.Look("law-licences")
		v.Follow("食品经营许可证")
		see(v, "视为准予")
		v.Look("law-renewed")
	})
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
