package test

import (
	"strings"
)

// wrong are answers that a form must not take, and what it says at the field.
var wrong = []struct{ label, text, message string }{
	{"统一社会信用代码", "91139999MA99000280", "统一社会信用代码不对：第18位校验码不符，请逐位核对"},
	{"安全（质量）管理人员身份证号码", "139999199506150040", "安全（质量）管理人员身份证号码不对：第18位校验码不符，请逐位核对"},
	{"联系人手机号码", "1390000000", "联系人手机号码的格式不对"},
}

// apply (申请): in the company's name, with what is known filled in and the
// rest from the published example.
func (c *cast) apply() {
	v := c.lina
	c.begin(v)
	c.fillWrong(v)
	c.resume(v)
	c.upload(v)
	c.submit(v)
}

// begin starts the application and looks at what is filled in already.
func (c *cast) begin(v visitor) {
	v.Go("/matters?q=spjy")
	v.Within("食品经营许可").Follow("在线办理")
	see(v, "以谁的名义办理", "定州市嘉禾食品有限公司", "要准备什么")
	v.Look("apply")
	v.Choose("以谁的名义办理", "定州市嘉禾食品有限公司")
	v.Press("开始填写")
	see(v, "填写信息", "已自动填写，来自登记信息")
	for label, want := range map[string]string{"单位名称": "定州市嘉禾食品有限公司（示例）", "统一社会信用代码": "91139999MA9900028Y", "法定代表人姓名": "李娜"} {
		if got := v.Value(label); got != want {
			v.Fatal("%s is 「%s」, want 「%s」", label, got, want)
		}
	}
	v.Look("form")
}

// fillWrong makes three mistakes; each is named at its field, and nothing that
// was typed is lost.
func (c *cast) fillWrong(v visitor) {
	c.fillRest(v)
	right := map[string]string{}
	for _, w := range wrong {
		right[w.label] = v.Value(w.label)
		v.Fill(w.label, w.text)
	}
	v.Press("保存并继续")
	see(v, "填写的内容有误，请按提示更正")
	for _, w := range wrong {
		see(v, w.message)
		if got := v.Value(w.label); got != w.text {
			v.Fatal("%s became 「%s」", w.label, got)
		}
	}
	v.Look("form-wrong")
	for label, text := range right {
		v.Fill(label, text)
	}
}

// fillRest answers what is not answered yet by the published example; a
// question that only some answers call for appears with them.
func (c *cast) fillRest(v visitor) {
	unseen(v, "食堂供餐人数", "网站或网店地址", "食品处理区面积")
	v.Choose("主体业态", "集中用餐单位食堂")
	v.Redraw()
	see(v, "食堂供餐人数", "食品处理区面积")
	v.Choose("主体业态", c.example["主体业态"])
	v.Choose("是否通过网络经营", "是")
	v.Redraw()
	see(v, "网站或网店地址", "食品处理区面积")
	unseen(v, "食堂供餐人数")
	v.Fill("网站或网店地址", "https://jiahe.example.com")
	c.byExample(v)
	v.Tick("本人（单位）对申请材料实质内容的真实性负责")
}

// without are the questions that the walk answers in its own way.
var without = map[string]string{"是否委托代理人办理": "否", "是否通过网络经营": "是"}

// byExample copies the published example into what is still empty.
func (c *cast) byExample(v visitor) {
	for label, text := range c.example {
		if own := without[label]; own != "" {
			text = own
		}
		text = strings.TrimSuffix(strings.TrimSuffix(text, "平方米"), "人")
		switch kind := v.Kind(label); {
		case kind == "radio", kind == "checkbox", kind == "select", kind != "" && v.Value(label) == "":
			answer(v, label, text)
		}
	}
}

// resume saves, goes away, comes back by the list of drafts.
func (c *cast) resume(v visitor) {
	v.Press("存为草稿")
	see(v, "已保存草稿")
	v.Go("/")
	v.Go("/drafts")
	see(v, "我的草稿", "食品经营许可")
	v.Look("drafts")
	v.Follow("接着填")
	v.Press("保存并继续")
	see(v, "上传材料")
}

// upload hands in the materials that are asked for; those that are shared or
// made from the form are not.
func (c *cast) upload(v visitor) {
	see(v, "免提交", "系统生成", "待上传")
	v.Look("materials")
	m := v.Within(layout)
	m.Attach("选择文件", nothing(c.t))
	m.Press("上传")
	see(v, "文件没有上传成功")
	v.Look("materials-wrong")
	c.attach(v)
}

// asked are the materials that have to be handed in.
var asked = []string{layout, "食品安全规章制度目录清单"}

// attach hands them in, one after the other, and goes on to the check.
func (c *cast) attach(v visitor) {
	for _, name := range asked {
		m := v.Within(name)
		m.Attach("选择文件", paper(c.t, name))
		m.Press("上传")
		see(v, "已上传1个文件")
	}
	v.Look("materials-there")
	v.Follow("核对并提交")
}

// submit checks everything and presses twice: one receipt.
func (c *cast) submit(v visitor) {
	see(v, "提交之前，请逐项核对", "声明和提交")
	v.Look("check")
	v.Press("提交申请")
	see(v, "请确认所填内容和材料真实有效")
	v.Tick("我已经核对以上内容")
	v.Twice("提交申请")
	see(v, "申请已提交", "收件凭证")
	c.online = receipt(v)
	v.Look("receipt")
	v.Go("/cases")
	if n := strings.Count(v.Words(), c.online.number+"定州市嘉禾"); n != 1 {
		v.Fatal("the case stands %d times in the list", n)
	}
	v.Look("cases")
}

// receipt reads number and check code.
func receipt(v visitor) kase {
	return kase{number: read(v, `办件编号([0-9A-Z]{25,30})，查询码`), code: read(v, `查询码([0-9A-Z]{6})`)}
}
