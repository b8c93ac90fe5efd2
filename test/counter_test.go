package test

import (
	"regexp"
	"strings"
)

// food is the matter of the walks.
const food = "食品经营许可"

// layout is the material that the clerk finds fault with, and what is wrong.
const (
	layout = "主要设备设施、经营布局、操作流程文件"
	fault  = "布局图没有标明清洗消毒区域"
)

// walkIn (受理): the clerk opens the case of the website, has it supplemented
// once and accepts it; receives another one on paper; and ends three more by
// the other lawful outcomes.
func (c *cast) walkIn() {
	c.notify()
	c.supplement()
	c.accept(c.online)
	c.receiveOnPaper()
	c.outcomes()
}

// find looks a case up by its number.
func open(v visitor, base string, k kase) {
	v.Test().Helper()
	v.Go(base + "/find")
	v.Fill("办件编号", k.number)
	v.Within("查找办件").Press("查找")
	see(v, k.number, "基本情况")
}

// at is the address of the case that is shown.
func at(v visitor) string {
	v.Test().Helper()
	m := regexp.MustCompile(`^/(counter|desk)/cases/[0-9a-z]+`).FindString(v.Path())
	if m == "" {
		v.Fatal("no case is shown")
	}
	return m
}

// notify finds one review point not met and tells the applicant once.
func (c *cast) notify() {
	v := c.clerk
	v.Go("/counter")
	see(v, food, "定州市嘉禾")
	v.Look("counter-work")
	v.Go("/counter/find")
	v.Look("counter-find")
	open(v, "/counter", c.online)
	see(v, "处理结果", "行政许可法第三十二条")
	v.Look("counter-case")
	v.Go(at(v) + "/supplement")
	v.Look("counter-supplement-blank")
	open(v, "/counter", c.online)
	c.tick(v, layout, fault)
	v.Press("一次性告知补正")
	see(v, "只能告知一次")
	if got := v.Within(layout).Value("存在的问题"); !strings.Contains(got, fault) {
		v.Fatal("the notice does not take over what was ticked: 「%s」", got)
	}
	v.Look("counter-supplement")
	v.Press("预览告知书")
	see(v, "请核对后发出", fault)
	v.Look("counter-supplement-preview")
	v.Press("发出告知书")
	see(v, "补正告知书", fault, "〔")
	c.paperOf(v, "补正", fault)
	open(v, "/counter", c.online)
	see(v, "待补正")
	unseen(v, "只能告知一次，须一次告知全部内容")
}

// tick marks every review point as met, but the first of the material at fault.
func (c *cast) tick(v visitor, wrong, note string) {
	for _, q := range v.Questions("符合") {
		v.Choose(q, "符合")
	}
	if wrong == "" {
		return
	}
	for _, q := range v.Questions("符合") {
		if strings.HasPrefix(q, bare(wrong)) {
			v.Choose(q, "不符合")
			v.Fill("说明："+strings.TrimPrefix(q, bare(wrong)+"："), note)
			return
		}
	}
	v.Fatal("no review point of 「%s」", wrong)
}

// paperOf opens the newest document of the case that is shown and its PDF.
func (c *cast) paperOf(v visitor, words ...string) {
	see(v, words...)
	v.Look("counter-document")
	isPDF(v, v.Fetch("打开 PDF"), words...)
}

// supplement is the applicant's answer: only what was named is asked.
func (c *cast) supplement() {
	v := c.lina
	v.Go("/messages")
	see(v, "补正")
	v.Look("messages")
	v.Go("/cases")
	v.Within(c.online.number).Follow(food)
	see(v, "待补正", "请补正材料")
	v.Look("case-supplement")
	v.Follow("去补正")
	see(v, layout, fault, "没有列出的，不用再提交")
	unseen(v, "食品安全规章制度目录清单")
	v.Look("supplement")
	v.Press("提交补正")
	see(v, "请上传："+layout)
	m := v.Within(layout)
	m.Attach("选择文件", paper(c.t, "布局图（补正）"))
	m.Press("上传")
	see(v, "已上传1个文件")
	v.Press("提交补正")
	see(v, "待受理")
}

// accept takes the case on.
func (c *cast) accept(k kase) {
	v := c.clerk
	open(v, "/counter", k)
	v.Go(at(v) + "/accept")
	v.Look("counter-accept-blank")
	open(v, "/counter", k)
	c.tick(v, "", "")
	v.Press("办理受理")
	see(v, "审查要点", "法定")
	v.Look("counter-accept")
	v.Press("受理并出具受理通知书")
	see(v, "受理通知书", "〔")
	c.paperOf(v, "受理通知书", k.number)
}

// receiveOnPaper registers somebody who is not known yet, and takes the paper
// of a company that is: nothing that is held is asked again.
func (c *cast) receiveOnPaper() {
	v := c.clerk
	v.Go("/counter/new")
	v.Look("counter-person")
	v.Within("个人").Fill("证件号码", "110105194912310020")
	v.Within("个人").Press("查找个人")
	see(v, "校验码不符")
	v.Within("个人").Fill("证件号码", "11010519491231002X")
	v.Within("个人").Press("查找个人")
	see(v, "还没有这个申请人的登记")
	v.Look("counter-register")
	v.Fill("姓名", "陈思远")
	v.Fill("联系电话", "13900001111")
	v.Fill("住址", "定州市兴定路1号")
	v.Press("登记并继续")
	see(v, "陈**", "选择事项")
	unseen(v, "11010519491231002X", "13900001111")
	v.Go("/counter/new")
	v.Fill("统一社会信用代码", "91139999ma9900028y")
	v.Press("查找单位")
	see(v, "定州市嘉禾食品有限公司")
	v.Fill("事项名称、关键词或拼音首字母", "spjy")
	v.Press("查询")
	v.Look("counter-matters")
	v.Follow(food)
	v.Look("counter-situation")
	v.Press("开始填写")
	see(v, "申请表", "收取材料")
	c.fillRest(v)
	v.Look("counter-draft")
	v.Press("下一步：收取材料")
	c.paper = c.count(v)
}

// count counts the paper and submits: a receipt to be signed.
func (c *cast) count(v visitor) kase {
	see(v, "清点纸质材料", "不得要求申请人提交")
	for _, name := range asked {
		v.Within(name).Fill("纸质份数", "1")
	}
	v.Look("counter-draft-materials")
	v.Press("下一步：核对提交")
	see(v, "纸质1份")
	v.Look("counter-check")
	v.Press("提交并出具收件凭证")
	see(v, "请确认")
	v.Look("counter-check-wrong")
	v.Tick("申请人已当面确认")
	v.Press("提交并出具收件凭证")
	see(v, "申请材料接收凭证")
	c.paperOf(v, "申请材料接收凭证", "定州市嘉禾食品有限公司")
	return kase{number: read(v, `办件编号([0-9A-Z]{25})`), code: read(v, `查询码([0-9A-Z]{6})`)}
}

// outcomes are the other lawful ends of a case at the window: corrected on the
// spot and then accepted; not required; not competent, naming who is.
func (c *cast) outcomes() {
	v := c.clerk
	open(v, "/counter", c.paper)
	v.Follow("当场更正")
	v.Look("counter-correct")
	v.Fill("经营场所", "定州市北城区街道示例路8号一层")
	v.Press("更正并出具更正记录")
	see(v, "更正记录", "〔")
	c.paperOf(v, "更正记录")
	c.accept(c.paper)

	open(v, "/counter", c.another())
	v.Follow("告知不受理")
	v.Look("counter-not-required")
	v.Press("告知不受理")
	see(v, "理由")
	v.Fill("理由", "仅销售预包装食品，依法备案即可")
	v.Press("告知不受理")
	c.paperOf(v, "不受理", "仅销售预包装食品，依法备案即可")

	k := c.another()
	open(v, "/counter", k)
	v.Follow("不予受理")
	v.Fill("理由", "经营场所在外县")
	v.Fill("应当向哪个机关申请", "望都县行政审批局")
	v.Look("counter-not-competent")
	v.Press("作出不予受理决定")
	c.paperOf(v, "不予受理", "望都县行政审批局")
	c.told(k, "不予受理", "望都县行政审批局")
}

// told makes sure that the applicant reads what the window decided.
func (c *cast) told(k kase, words ...string) {
	v := c.lina
	v.Go("/cases")
	v.Within(k.number).Follow(food)
	see(v, words[0])
	v.Follow("查看")
	see(v, words...)
	v.Look("document")
}

// another is one more case of the same company, applied for by somebody whose
// browser has no scripts.
func (c *cast) another() kase {
	v := visitor(newPlain(c.t, c.s.URL))
	signIn(v, "lina")
	c.begin(v)
	c.fillRest(v)
	v.Press("保存并继续")
	c.attach(v)
	v.Tick("我已经核对以上内容")
	v.Press("提交申请")
	return receipt(v)
}
