package gallery

import (
	"math"

	"github.com/a-h/templ"

	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// Everything here is invented: no such people, companies or cases.

var site = ui.Site{
	Name: "示例市政务服务", Owner: "示例市行政审批局", Contact: "咨询电话：12345",
	Search: "/", Hint: "搜索事项，如「食品经营」", SignIn: "/sign-in", Display: "/display",
	Links: []ui.Link{{Text: "使用帮助", Href: "/"}, {Text: "无障碍说明", Href: "/"}, {Text: "隐私说明", Href: "/"}},
}

func nav(*visit.Visit) []ui.Link {
	return []ui.Link{{Text: "首页", Href: "/"}, {Text: "个人办事", Href: "/messages"}, {Text: "企业办事", Href: "/form"},
		{Text: "一件事", Href: "/lists"}, {Text: "进度查询", Href: "/case"}, {Text: "我的办件", Href: "/figures"}}
}

// work is the page as an officer sees it.
func work(p ui.Page, s Sheet) ui.Page {
	p.Site.Hint = "办件编号、申请人"
	p.User = &ui.User{Name: "林晓", Role: "综合窗口 3 号 · 窗口受理", SignOut: "/form",
		Links: []ui.Link{{Text: "我的账号", Href: "/", Icon: "user"}, {Text: "修改密码", Href: "/", Icon: "lock"}}}
	p.Side = side(s.Path)
	p.Crumbs = []ui.Link{{Text: "工作台", Href: "/"}, {Text: s.Title, Current: true}}
	return p
}

func side(current string) []ui.Group {
	groups := []ui.Group{
		{Links: []ui.Link{{Text: "工作台", Href: "/", Icon: "home"}}},
		{Title: "窗口", Links: []ui.Link{{Text: "待受理", Href: "/lists", Icon: "inbox", Count: 12}, {Text: "办件", Href: "/case", Icon: "case"}, {Text: "发证", Href: "/confirm", Icon: "seal", Count: 3}}},
		{Title: "监督", Links: []ui.Link{{Text: "期限", Href: "/deadline", Icon: "calendar"}, {Text: "统计", Href: "/figures", Icon: "chart"}}},
	}
	for _, g := range groups {
		for i := range g.Links {
			g.Links[i].Current = g.Links[i].Href == current
		}
	}
	return groups
}

var wrong = ui.Problems{Message: "有 3 处需要更正", Fields: []ui.Problem{
	{Field: "uscc", Message: "统一社会信用代码的校验位不对，请核对第 18 位"},
	{Field: "area", Message: "经营面积应大于 0"},
	{Field: "tel", Message: "请填写联系电话"},
}}

var kinds = []ui.Choice{
	{Value: "person", Text: "个人", Help: "凭身份证办理"},
	{Value: "company", Text: "企业或其他组织", Help: "凭统一社会信用代码办理"},
}

var scopes = []ui.Choice{
	{Value: "pre", Text: "预包装食品销售"}, {Value: "bulk", Text: "散装食品销售"}, {Value: "hot", Text: "热食类食品制售"},
	{Value: "cold", Text: "冷食类食品制售"}, {Value: "raw", Text: "生食类食品制售", Disabled: true},
}

func status(words string, tone ui.Tone) ui.Cell { return ui.Cell{Body: ui.Badge(words, tone)} }

func left(words string, tone ui.Tone) ui.Cell { return ui.Cell{Body: ui.Countdown(words, tone)} }

func cases() ui.TableData {
	row := func(no, item, who string, state, due ui.Cell, fee string, tone ui.Tone) ui.Row {
		return ui.Row{Tone: tone, Cells: []ui.Cell{{Text: no, Href: "/case"}, {Text: item}, {Text: who, Note: "1301**********0012"}, state, due, {Text: fee}}}
	}
	return ui.TableData{
		Caption: "待办办件",
		Columns: []ui.Column{{Title: "办件编号", Tight: true}, {Title: "事项"}, {Title: "申请人"}, {Title: "状态", Tight: true}, {Title: "期限", Tight: true}, {Title: "费用（元）", Num: true, Tight: true}},
		Rows: []ui.Row{
			row("2026-1123-000041", "食品经营许可（新办）", "示例商贸有限公司", status("审查中", ui.Info), left("还剩9个工作日", ui.OK), "0.00", ui.Neutral),
			row("2026-1120-000032", "公共场所卫生许可（延续）", "王某某", status("待补正", ui.Warn), left("已暂停", ui.Stopped), "0.00", ui.Neutral),
			row("2026-1112-000107", "城镇污水排入排水管网许可", "示例餐饮管理有限公司城东第二分公司", status("待批准", ui.Info), left("还剩1个工作日", ui.Warn), "0.00", ui.Warn),
			row("2026-1030-000009", "户外广告设施设置审批", "示例广告有限公司", status("审查中", ui.Info), left("已超期2个工作日", ui.Bad), "1,280.00", ui.Bad),
			row("2026-1028-000077", "民办职业培训学校设立审批", "李某", status("已办结", ui.OK), left("提前5个工作日办结", ui.Neutral), "0.00", ui.Neutral),
		},
	}
}

func stats() []ui.Stat {
	return []ui.Stat{
		{Label: "今日收件", Value: "38", Unit: "件", Hint: "较昨日多 5 件"},
		{Label: "待受理", Value: "12", Unit: "件", Href: "/lists", Tone: ui.Warn, Hint: "最早已等 3 个工作日"},
		{Label: "在办", Value: "146", Unit: "件", Href: "/lists"},
		{Label: "超期", Value: "1", Unit: "件", Href: "/lists", Tone: ui.Bad, Hint: "户外广告设施设置审批"},
		{Label: "本月办结", Value: "512", Unit: "件", Tone: ui.OK, Hint: "按期 99.8%"},
	}
}

func events() []ui.Event {
	return []ui.Event{
		{At: "2026年11月23日 14:05", Title: "进入审查", Who: "市场监管科 赵某", Tone: ui.Info},
		{At: "2026年11月20日 09:41", Title: "予以受理", Who: "综合窗口 林晓", Text: "出具受理通知书（示审受〔2026〕41号）。", Tone: ui.OK},
		{At: "2026年11月19日 16:20", Title: "补齐材料", Who: "示例商贸有限公司"},
		{At: "2026年11月18日 10:12", Title: "一次告知补正", Who: "综合窗口 林晓", Tone: ui.Warn, Body: templ.Raw("<p>需补：经营场所平面图。</p>")},
		{At: "2026年11月17日 08:30", Title: "提交申请", Who: "示例商贸有限公司"},
	}
}

func steps() []ui.Step {
	return []ui.Step{{Name: "申请", Note: "11月17日", State: ui.StepDone}, {Name: "受理", Note: "11月20日", State: ui.StepDone},
		{Name: "审查", State: ui.StepNow, Note: "第 2 天"}, {Name: "决定"}, {Name: "发证"}}
}

func facts() []ui.Pair {
	return []ui.Pair{
		{Term: "事项", Text: "食品经营许可（新办）", Href: "/"},
		{Term: "申请人", Text: "示例商贸有限公司", Note: "统一社会信用代码 91130682MA0EXAMPL3"},
		{Term: "经办人", Text: "张某"},
		{Term: "经营场所", Text: "示例市中山东路 100 号 1 层\n（与营业执照住所一致）"},
		{Term: "承诺期限", Text: "12个工作日", Note: "法定20个工作日"},
		{Term: "到期日", Body: ui.Countdown("12月8日，还剩9个工作日", ui.OK)},
		{Term: "备注"},
	}
}

func bars() ui.Chart {
	return ui.Chart{Title: "各部门在办", Unit: "件", Bars: []ui.Bar{
		{Label: "市场监管", Value: 61}, {Label: "卫生健康", Value: 34}, {Label: "住房和城乡建设", Value: 27}, {Label: "交通运输", Value: 15}, {Label: "农业农村", Value: 9},
		{Label: "超期", Value: 1, Tone: ui.Bad}}}
}

func ring() ui.Chart {
	return ui.Chart{Title: "办理结果", Unit: "件", Bars: []ui.Bar{
		{Label: "准予许可", Value: 471}, {Label: "不予许可", Value: 12}, {Label: "撤回申请", Value: 21}, {Label: "不予受理", Value: 8}}}
}

func lines() ui.Lines {
	return ui.Lines{Title: "每日收件与办结", Unit: "件",
		Labels: []string{"11/9", "11/10", "11/11", "11/12", "11/13", "11/16", "11/17", "11/18", "11/19", "11/20"},
		Series: []ui.Series{
			{Name: "收件", Values: []float64{31, 35, 28, 40, 44, 52, 47, 39, 33, 38}},
			{Name: "办结", Values: []float64{25, 30, 33, 31, 36, 41, math.NaN(), 45, 41, 37}},
		}}
}
