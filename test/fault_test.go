package test

// onRecord is what silence leaves behind for the supervisors (行政许可法第七十二条):
// the body answers for it, and nobody is found at fault unheard.
func (w *town) onRecord(k kase) {
	s := w.sit()
	signIn(s, "supervisor")
	s.Go("/oversight/faults")
	see(s, food, k.number)
	s.Look("fault-list")
	s.Follow("视为受理")
	see(s, "没有告知补正", "等待责任单位", k.number)
	s.Look("fault-waits")
	v := w.decider
	v.Go("/oversight/faults")
	v.Follow("视为受理")
	v.Look("fault-body")
	v.Press("提交答复")
	see(v, "请填写")
	v.Fill("核实情况和说明", "收件当日系统没有分派，已改正。")
	v.Press("提交答复")
	see(v, "已提交答复")
	s.Go("/oversight/faults")
	s.Follow("视为受理")
	see(s, "收件当日系统没有分派")
	s.Look("fault-replied")
	s.Choose("是否认定", "认定存在过错")
	s.Fill("认定的事实和理由", "五个工作日内没有告知补正。")
	s.Press("作出认定")
	see(s, "整改要求")
	s.Look("fault-wrong")
	s.Fill("整改要求", "收件后当日分派，每天清查未分派的申请。")
	s.Press("作出认定")
	see(s, "已作出认定")
	s.Fill("整改结果", "已经建立每日清查。")
	s.Press("办结")
	see(s, "线索已办结")
	s.Look("fault-closed")
}
