package test

// decide (决定): examined, reviewed, sent back once, reviewed again, granted,
// issued; another case is refused with reasons, basis and remedies.
func (c *cast) decide() {
	c.examine(c.online)
	c.sendBack()
	c.examine(c.online)
	c.review(c.online)
	c.grant()
	c.issue()
	c.examine(c.paper)
	c.review(c.paper)
	c.refuse()
}

// examine writes the handler's opinion.
func (c *cast) examine(k kase) {
	v := c.handler
	v.Go("/desk")
	see(v, food)
	v.Look("desk-work")
	open(v, "/desk", k)
	v.Press("提交意见")
	see(v, "意见")
	v.Look("desk-case-wrong")
	c.tick(v, "", "")
	v.Choose("结论", "建议准予")
	v.Fill("意见", "材料齐全，现场核查符合食品安全要求，建议准予。")
	v.Look("desk-case")
	v.Press("提交意见")
	see(v, "意见已提交")
}

// sendBack is the reviewer's: a reason is asked.
func (c *cast) sendBack() {
	v := c.reviewer
	open(v, "/desk", c.online)
	see(v, "建议准予")
	v.Look("desk-review")
	v.Within("退回上一环节").Follow("退回")
	v.Look("desk-return")
	v.Press("退回")
	see(v, "退回理由")
	v.Fill("退回理由", "请补充核查冷藏设备。")
	v.Press("退回")
	see(v, "已退回")
	v = c.handler
	open(v, "/desk", c.online)
	see(v, "请补充核查冷藏设备")
	v.Go(at(v) + "/examine/return")
	v.Look("desk-examine-return")
}

func (c *cast) review(k kase) {
	v := c.reviewer
	open(v, "/desk", k)
	v.Press("提交意见")
	v.Look("desk-review-wrong")
	v.Choose("结论", "建议准予")
	v.Fill("意见", "审查意见属实，同意。")
	v.Press("提交意见")
	see(v, "意见已提交")
	// Who reviewed may not decide.
	open(v, "/desk", k)
	unseen(v, "作出准予决定")
}

// grant decides, while a colleague has the page still open.
func (c *cast) grant() {
	late := c.sit()
	signIn(late, "decider")
	open(late, "/desk", c.online)
	late.Follow("作出不予许可决定")
	v := c.decider
	open(v, "/desk", c.online)
	see(v, "前序环节意见", "审查意见属实")
	v.Look("desk-decide")
	v.Within("退回上一环节").Follow("退回")
	v.Look("desk-decide-return")
	v.Go(at(v) + "/rectify")
	v.Look("desk-rectify")
	open(v, "/desk", c.online)
	v.Follow("作出准予决定")
	v.Fill("批准意见", "同意。")
	v.Look("desk-grant")
	v.Press("作出准予决定")
	see(v, "已作出准予决定")
	late.Fill("事实和理由", "没有看到别人已经决定。")
	late.Fill("批准意见", "不同意。")
	late.Press("预览决定书")
	if has(late, "作出不予许可决定") {
		late.Press("作出不予许可决定")
	}
	see(late, "没有生效", "没有看到别人已经决定")
	late.Look("desk-stale")
}

// issue makes the licence, which is signed and numbered.
func (c *cast) issue() {
	v := c.issuer
	open(v, "/desk", c.online)
	v.Follow("核对并制证")
	v.Look("desk-issue")
	v.Press("制证")
	see(v, "已制证，待送达", "电子证照标识")
	pdf := v.Fetch("打开")
	isPDF(v, pdf, food, "定州市嘉禾食品有限公司", "无法律效力")
	isSigned(v, pdf)
	c.licence = read(v, `电子证照标识([0-9A-Z.]{30,80})`)
}

// refuse asks for reasons, shows the paper first, and issues it.
func (c *cast) refuse() {
	v := c.decider
	open(v, "/desk", c.paper)
	v.Follow("作出不予许可决定")
	v.Look("desk-refuse")
	v.Press("预览决定书")
	see(v, "理由")
	v.Look("desk-refuse-wrong")
	v.Fill("事实和理由", "现场核查发现没有清洗消毒设施。")
	v.Fill("批准意见", "不予许可。")
	v.Press("预览决定书")
	see(v, "请核对后作出决定", "行政复议", "行政诉讼", "没有清洗消毒设施")
	v.Look("desk-refuse-preview")
	v.Press("作出不予许可决定")
	see(v, "已作出不予许可决定")
}
