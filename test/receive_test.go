package test

import (
	"os"
	"path/filepath"
)

// receive (领取): the grant is downloaded, the refusal handed over at the window
// against the code.
func (c *cast) receive() {
	v := c.lina
	v.Go("/cases")
	v.Within(c.online.number).Follow(food)
	see(v, "结果可以领取了")
	v.Look("case-granted")
	v.Follow("去领取")
	see(v, "取件码", "网上领取", "窗口领取")
	unseen(v, "下载PDF决定书")
	v.Look("receive")
	v.Press("确认收到")
	see(v, "请确认同意电子送达")
	v.Tick("我同意电子送达")
	v.Press("确认收到")
	see(v, "已办结", "审批结果")
	v.Look("received")
	pdf := v.Within("审批结果").Fetch("下载 PDF")
	isPDF(v, pdf, food, "定州市嘉禾食品有限公司", c.licence, "无法律效力")
	isSigned(v, pdf)
	c.file = filepath.Join(c.t.TempDir(), "食品经营许可证.pdf")
	if err := os.WriteFile(c.file, pdf, 0o600); err != nil {
		c.t.Fatal(err)
	}
	v.Go("/licences")
	see(v, "食品经营许可证", "有效期")
	v.Look("licences")
	c.handOver()
}

// handOver gives the refusal to the applicant at the window.
func (c *cast) handOver() {
	v := c.lina
	v.Go("/cases")
	v.Within(c.paper.number).Follow(food)
	see(v, "不予许可")
	v.Look("case-refused")
	v.Follow("去领取")
	code := read(v, `无关的人。([0-9A-Z]{6})`)
	v = c.deliverer
	v.Go("/counter/deliveries")
	see(v, c.paper.number)
	v.Look("counter-deliveries")
	open(v, "/counter", c.paper)
	case_ := at(v)
	for _, other := range []string{"post", "post-signed", "post-returned", "leave", "announce"} {
		v.Go(case_ + "/" + other)
		v.Look("counter-" + other)
	}
	open(v, "/counter", c.paper)
	v.Follow("送达发证")
	v.Fill("取件码", "000000")
	v.Fill("签收人姓名", "李娜")
	v.Press("确认送达")
	see(v, "取件码")
	v.Look("counter-deliver")
	v.Fill("取件码", code)
	v.Press("确认送达")
	see(v, "送达回证")
	c.paperOf(v, "送达回证")
}

// follow (查看): signed in, and with number and check code; the steps, who has
// it, both limits and how each was counted. And the licence is verified.
func (c *cast) follow() {
	k := c.another()
	c.accept(k)
	v := c.lina
	v.Go("/cases")
	v.Within(k.number).Follow(food)
	c.derived(v)
	see(v, "办理经过", "受理")
	v.Look("case-handling")
	v = c.guest
	v.Go("/progress")
	v.Look("progress")
	v.Fill("办件编号", k.number)
	v.Fill("查询码", "ZZZZZZ")
	v.Within("进度查询").Press("查询")
	see(v, "查询码")
	unseen(v, "法定期限")
	v.Fill("查询码", k.code)
	v.Within("进度查询").Press("查询")
	c.derived(v)
	unseen(v, "李娜", "139999198812120")
	v.Look("progress-found")
	c.verify()
}

// derived looks at steps, holder and both limits with their derivation.
func (c *cast) derived(v visitor) {
	see(v, "提交申请", "制证", "定州市行政审批局", "法定期限", "承诺期限", "是怎样算出来的")
	v.Unfold("法定期限")
	see(v, "周末，不计")
}

// verify checks the licence by its identifier and by its file.
func (c *cast) verify() {
	v := c.guest
	v.Go("/verify")
	v.Look("verify")
	v.Fill("证照标识或者编号", "1.2.156.3005.2.000000000000000000000000000000000000")
	v.Press("核验")
	see(v, "编号不对")
	v.Fill("证照标识或者编号", c.licence)
	v.Press("核验")
	see(v, "核验结果", food, "定州市嘉禾食品有限公司")
	v.Look("verified")
	v.Go("/verify")
	v.Attach("电子证照文件", c.file)
	v.Press("比对")
	see(v, "文件核验结果", "SM3")
	v.Look("verified-file")
	v.Go("/verify")
	v.Attach("电子证照文件", paper(c.t, "别的文件"))
	v.Press("比对")
	see(v, "文件核验结果")
	v.Look("verified-other")
}

// rate (评价): once, with reasons, and not by name.
func (c *cast) rate() {
	v := c.lina
	v.Go("/cases")
	v.Within(c.online.number).Follow(food)
	v.Follow("评价服务")
	v.Look("rate")
	v.Press("提交评价")
	see(v, "您对这次服务")
	v.Choose("您对这次服务", "不满意")
	v.Redraw()
	v.Fill("还想说什么", "等候时间比较长。")
	v.Press("提交评价")
	see(v, "评价已经收到")
	v.Look("rated")
	open(c.handler, "/desk", c.online)
	unseen(c.handler, "等候时间比较长", "不满意")
}
