package catalog

import (
	"fmt"
	"strconv"
	"strings"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/form"
	"onewindow/internal/business/org"
)

// guideParts are the parts in their order: first the eight of 行政许可法第三十条
// (事项、依据、条件、数量、程序、期限、材料目录、示范文本), then the rest.
var guideParts = []func(*Implementation) GuidePart{
	guideItem, guideBasis, guideConditions, guideQuantity, guideProcedure, guideLimits, guideMaterials, guideExample,
	guideFee, guideResult, guideOnline, guideWindow, guidePhones, guideRemedies, guideQuestions,
}

func guideItem(i *Implementation) GuidePart {
	var f facts
	f.add("事项名称", i.Name)
	f.add("事项类型", i.Kind.Name())
	f.add("基本编码", i.ItemCode)
	f.add("实施编码", i.Code())
	f.add("实施主体", i.Body.Name)
	f.add("行使层级", i.Level.Name())
	f.add("权力来源", joinNote(i.Power.Name(), i.Power.Note))
	f.add("待确认", i.Power.Doubt)
	f.add("联办机构", strings.Join(i.Joint, "、"))
	f.add("监管部门", i.Regulator.Name)
	f.add("服务对象", audienceNames(i.Audiences))
	if len(i.Variants) > 1 {
		f.add("业务办理项", variantNames(i.Variants))
	}
	f.add("说明", strings.Join(i.Notes, "；"))
	return GuidePart{Key: PartItem, Title: "事项信息", Facts: f}
}

func variantNames(all []Variant) string {
	var names []string
	for _, v := range all {
		names = append(names, v.Name)
	}
	return strings.Join(names, "、")
}

func joinNote(text, note string) string {
	if note == "" || text == "" {
		return text + note
	}
	return text + "（" + note + "）"
}

func guideBasis(i *Implementation) GuidePart {
	var f facts
	for _, b := range i.Basis {
		version := ""
		if day, err := calendar.ParseDay(b.Version); err == nil {
			version = day.Chinese() + "的文本"
		}
		f.add("《"+b.Law+"》"+b.Article, joinNote(b.Summary, version))
	}
	return GuidePart{Key: PartBasis, Title: "设定依据", Facts: f}
}

func guideConditions(i *Implementation) GuidePart {
	p := GuidePart{Key: PartConditions, Title: "受理条件"}
	for _, c := range i.Conditions {
		p.Lines = append(p.Lines, joinNote(c.Text, c.Law))
	}
	return p
}

func guideQuantity(i *Implementation) GuidePart {
	p := GuidePart{Key: PartQuantity, Title: "数量限制"}
	if i.Quantity.Text != "" {
		p.Lines = []string{joinNote(i.Quantity.Text, i.Quantity.Law)}
	}
	return p
}

func guideProcedure(i *Implementation) GuidePart {
	p := GuidePart{Key: PartProcedure, Title: "办理程序"}
	if steps := i.Flow.Steps(); len(steps) > 0 {
		p.Table = &Table{Head: []string{"环节", "本环节时限"}}
		for _, s := range steps {
			p.Table.Rows = append(p.Table.Rows, []string{s.Name, stepDays(s.Days)})
		}
	}
	var f facts
	for _, s := range i.Special {
		f.add(s.Name, s.text())
	}
	if v := i.SiteVisit; v != nil {
		f.add("现场核查", joinNote(fmt.Sprintf("%s；不少于%d名工作人员；不停止计算办理期限", v.Text, v.Officers), v.Law))
	}
	if c := i.Commitment; c != nil {
		f.add("告知承诺", joinNote(fmt.Sprintf("%s；由%s在%d个工作日内核查", c.Text, c.VerifyBy, c.VerifyDays), c.Law))
	}
	if days := i.TolerableDays(""); len(i.Variants) > 0 && i.ToleranceOpen(i.Variants[0].No) {
		f.add("容缺受理", joinNote(fmt.Sprintf("主要材料齐全的，标明“容缺后补”的材料可以在%d个工作日内补齐，补齐前先行审查、不作出准予决定", days), i.ToleranceLaw()))
	}
	if i.Registration {
		f.add("登记", "材料齐全、符合法定形式的，当场登记；不能当场登记的，3个工作日内登记。材料不齐全的，退还材料并一次性告知，补正后重新提交（市场主体登记管理条例第十九条，市场主体登记管理条例实施细则第十八条）")
	}
	p.Facts = f
	return p
}

func stepDays(n int) string {
	if n == 0 {
		return "—"
	}
	return strconv.Itoa(n) + "个工作日"
}

func (s SpecialProcedure) text() string {
	parts := []string{}
	if s.Mandatory {
		parts = append(parts, "依法必须进行")
	}
	if s.Days > 0 {
		parts = append(parts, strconv.Itoa(s.Days)+"个工作日")
	}
	if s.StopsClock {
		parts = append(parts, "所需时间不计算在办理期限内，另行书面告知")
	} else {
		parts = append(parts, "计算在办理期限内")
	}
	if s.Note != "" {
		parts = append(parts, s.Note)
	}
	return joinNote(strings.Join(parts, "；"), s.Law)
}

var startNames = map[deadline.Start]string{
	deadline.Received: "自收到申请之日起", deadline.Accepted: "自受理申请之日起", deadline.AllMaterials: "自收到全部有效文件之日起",
}

func guideLimits(i *Implementation) GuidePart {
	var f facts
	f.add("法定办结时限", i.Statutory.whole())
	f.add("承诺办结时限", i.Promised.whole())
	if e := i.Extension; e != nil {
		f.add("延长", joinNote(fmt.Sprintf("经%s批准，可以延长%d%s，并告知理由", i.ExtensionAuthority(), e.N, e.Unit.Chinese()), e.Law))
	}
	if i.Delivery != nil {
		f.add("颁发、送达", joinNote("自作出决定之日起"+i.Delivery.Chinese()+"内", i.Delivery.Law))
	}
	f.add("申请人应当遵守的期限", i.Duty)
	return GuidePart{Key: PartLimits, Title: "办理期限", Facts: f}
}

// whole is the limit with its start, its basis and the reading of its unit.
func (l *Limit) whole() string {
	if l == nil {
		return ""
	}
	text := l.Text()
	if !l.OnTheSpot() {
		text = startNames[l.Start] + text
	}
	text = joinNote(text, l.Law)
	if l.Unsure {
		text += "；条文写作“" + l.Written + "”，未写明是否为工作日，按对申请人有利的自然日计算，待确认"
	}
	if c := l.Confirmed; c != nil {
		text += "；条文写作“" + l.Written + "”，" + c.On.Chinese() + c.Body + "确认按" + c.Unit.Name() + "计算，依据：" + c.Basis
	}
	if l.Note != "" {
		text += "；" + l.Note
	}
	return text
}

func guideMaterials(i *Implementation) GuidePart {
	p := GuidePart{Key: PartMaterials, Title: "申请材料"}
	for _, m := range i.Materials {
		p.Materials = append(p.Materials, GuideMaterial{
			Code: i.MaterialCode(m.No), Name: m.Name, Need: joinNote(m.Need.Name(), m.When), Origin: joinNote(m.Origin.Name(), m.Issuer),
			Media: m.media(), Facts: m.facts(), Points: m.pointFacts(), Handed: !m.Shared})
	}
	p.Facts = i.proofFacts()
	return p
}

func (m Material) media() string {
	var names []string
	for _, x := range m.Media {
		names = append(names, x.Name())
	}
	text := strings.Join(names, "、")
	if m.Copies > 0 {
		text += fmt.Sprintf("，%d份", m.Copies)
	}
	return text
}

func (m Material) facts() []Fact {
	var f facts
	if m.Shared {
		f.add("免于提交", "通过数据共享获取，申请人无需提交")
	}
	f.add("受理标准", m.Standard)
	f.add("填报须知", m.Filling)
	f.add("示例", m.Sample)
	f.add("常见错误", m.Wrong)
	f.add("依据", m.Law)
	return f
}

func (m Material) pointFacts() []Fact {
	var f facts
	for _, p := range m.Points {
		f.add(p.Requirement, joinNote(p.Examined, p.How()))
	}
	return f
}

// guideExample is 申请书示范文本: the form, filled.
func guideExample(i *Implementation) GuidePart {
	var f facts
	for _, x := range i.Form.Visible(i.Example) {
		e := x.Resolve()
		f.add(e.Label, e.LabelOf(i.Example[e.ID])+unitOf(e, i.Example[e.ID]))
	}
	return GuidePart{Key: PartExample, Title: "申请书示范文本", Facts: f}
}

func unitOf(e form.Element, value string) string {
	if value == "" {
		return ""
	}
	return e.Unit
}

func guideFee(i *Implementation) GuidePart {
	return GuidePart{Key: PartFee, Title: "收费", Lines: []string{joinNote(i.Fee.text(), i.Fee.Law)}}
}

func guideResult(i *Implementation) GuidePart {
	var f facts
	f.add("结果名称", i.Result.Name)
	f.add("结果类型", i.Result.FormName())
	f.add("适用范围", i.Result.Scope)
	f.add("有效期", i.Result.Validity)
	f.add("延续", i.Result.Renewal)
	return GuidePart{Key: PartResult, Title: "审批结果", Facts: f}
}

func guideOnline(i *Implementation) GuidePart {
	return GuidePart{Key: PartOnline, Title: "办理形式", Facts: []Fact{{"办理形式", i.channels()}, {"到现场次数", i.visits()}}}
}

func guideWindow(i *Implementation) GuidePart {
	p := GuidePart{Key: PartWindow, Title: "办理地点和时间"}
	if len(i.Windows) == 0 {
		return p
	}
	p.Table = &Table{Head: []string{"大厅", "窗口", "地址", "办公时间"}}
	for _, w := range i.Windows {
		p.Table.Rows = append(p.Table.Rows, []string{w.Hall, w.Name, orUnknown(w.Address), orUnknown(w.Hours)})
	}
	return p
}

func orUnknown(s string) string {
	if s == "" {
		return "待公布"
	}
	return s
}

func guidePhones(i *Implementation) GuidePart {
	var f facts
	f.add("咨询", i.Phones.Consult)
	f.add("监督投诉", i.Phones.Complain)
	return GuidePart{Key: PartPhones, Title: "咨询和监督", Facts: f}
}

func guideRemedies(i *Implementation) GuidePart {
	r := i.Remedies
	var f facts
	if r.Review != "" {
		f.add("行政复议", joinNote(fmt.Sprintf("自知道决定之日起%d日内，向%s申请", org.ReviewDays, r.Review), r.ReviewLaw))
	} else {
		f.add("行政复议", joinNote(fmt.Sprintf("自知道决定之日起%d日内申请", org.ReviewDays), r.Note))
	}
	f.add("网上复议", r.Online)
	if r.Court != "" {
		f.add("行政诉讼", joinNote(fmt.Sprintf("自知道决定之日起%d个月内，向%s起诉", org.SuitMonths, r.Court), r.CourtLaw))
	}
	return GuidePart{Key: PartRemedies, Title: "救济途径", Facts: f}
}

func guideQuestions(i *Implementation) GuidePart {
	var f facts
	for _, q := range i.Questions {
		f.add(q.Q, q.A)
	}
	return GuidePart{Key: PartQuestions, Title: "常见问题", Facts: f}
}
