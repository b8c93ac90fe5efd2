package matter

import (
	"slices"
	"strconv"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/deadline"
	"onewindow/internal/web/sheet"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

func itemPart(s *sheet.Sheet, i *catalog.Implementation, pl places) {
	s.Text("name", &i.Name, sheet.F{Label: "事项名称", Must: true, Max: 100})
	sheet.Some(s, "audiences", &i.Audiences, sheet.F{Label: "服务对象", Must: true}, []ui.Choice{
		{Value: string(catalog.Person), Text: catalog.Person.Name()}, {Value: string(catalog.Enterprise), Text: catalog.Enterprise.Name()}})
	var all []ui.Choice
	for _, t := range catalog.Themes() {
		all = append(all, ui.Choice{Value: t.Key, Text: t.Name})
	}
	sheet.Some(s, "themes", &i.Themes, sheet.F{Label: "主题", Must: true, Help: "公众按主题查找。"}, all)
	s.Group("职权", func() {
		var sources []ui.Choice
		for n := 1; n <= 6; n++ {
			code := strconv.Itoa(n)
			sources = append(sources, ui.Choice{Value: code, Text: catalog.Power{Source: code}.Name()})
		}
		sheet.Pick(s, "power", &i.Power.Source, sheet.F{Label: "权力来源", Must: true}, sources)
		s.Text("power_note", &i.Power.Note, sheet.F{Label: "说明", Max: 300})
		s.Text("doubt", &i.Power.Doubt, sheet.F{Label: "疑问", Max: 300, Help: "本机关有没有权办还不确定的，写在这里；写了就不能发布。"})
		s.Lines("joint", &i.Joint, sheet.F{Label: "联办机构", Help: "一行一个，没有的不填。"})
		regulator := i.Regulator.ID
		sheet.Pick(s, "regulator", &regulator, sheet.F{Label: "监管部门"}, pl.bodies())
		if regulator != i.Regulator.ID {
			i.Regulator = pl.body(regulator)
		}
		s.Bool("safety", &i.Safety, sheet.F{Label: "直接关系公共安全、人身健康、生命财产安全", Help: "隐瞒情况、提供虚假材料的一年内，以欺骗、贿赂取得的三年内不得再申请（行政许可法第七十八条、第七十九条）。"})
		s.Bool("registration", &i.Registration, sheet.F{Label: "市场主体登记", Help: "按市场主体登记管理条例办理。"})
	})
	variants(s, i)
}

// variants are the situations in which the matter is handled.
func variants(s *sheet.Sheet, i *catalog.Implementation) {
	materials := materialChoices(i)
	sheet.Rows(s, "variants", &i.Variants, sheet.L{Title: "办理情形（业务办理项）", What: "情形"},
		func(n int, v catalog.Variant) string { return nth("情形", n, v.Name) },
		func(all []catalog.Variant) catalog.Variant {
			return catalog.Variant{No: freeNo(len(all), 2, func(no string) bool {
				return slices.ContainsFunc(all, func(v catalog.Variant) bool { return v.No == no })
			}), Kind: "new"}
		},
		func(v *catalog.Variant) {
			s.Text("no", &v.No, sheet.F{Label: "编号", Max: 2, Width: ui.XS, Must: true, Help: "两位数字"})
			s.Text("name", &v.Name, sheet.F{Label: "名称", Max: 60, Must: true})
			sheet.Pick(s, "kind", &v.Kind, sheet.F{Label: "性质", Must: true}, choicesOf(text.Variant, "new", "change", "renewal", "reissue", "cancel"))
			s.Text("note", &v.Note, sheet.F{Label: "说明", Max: 300})
			if len(materials) > 0 {
				sheet.Some(s, "without", &v.Without, sheet.F{Label: "这种情形不要的材料"}, materials)
			}
			sheet.Maybe(s, "promised", &v.Promised, "这种情形的承诺期限", sheet.F{Label: "另有承诺期限"}, func(l *catalog.Limit) { limit(s, l) })
		})
}

func materialChoices(i *catalog.Implementation) (out []ui.Choice) {
	for _, m := range i.Materials {
		out = append(out, ui.Choice{Value: m.No, Text: m.No + " " + m.Name})
	}
	return out
}

// freeNo is the first number of so many digits, from the length of a list on, that
// is not taken.
func freeNo(n, digits int, taken func(string) bool) string {
	for n++; ; n++ {
		no := strconv.Itoa(n)
		for len(no) < digits {
			no = "0" + no
		}
		if !taken(no) {
			return no
		}
	}
}

func basisPart(s *sheet.Sheet, i *catalog.Implementation, _ places) {
	sheet.Rows(s, "basis", &i.Basis, sheet.L{Title: "设定依据", What: "依据"},
		func(n int, b catalog.Basis) string { return nth("依据", n, b.Law+b.Article) },
		func([]catalog.Basis) catalog.Basis { return catalog.Basis{} },
		func(b *catalog.Basis) {
			s.Text("law", &b.Law, sheet.F{Label: "法律、法规名称", Must: true, Max: 100, Help: "不写书名号"})
			s.Text("article", &b.Article, sheet.F{Label: "条款", Must: true, Max: 60, Help: "如：第三十五条第一款"})
			day(s, "version", &b.Version, "所据文本的日期")
			day(s, "effective", &b.Effective, "该文本的施行日期")
			s.Text("summary", &b.Summary, sheet.F{Label: "条文说了什么", Max: 500, Lines: 2})
		})
}

// day binds a civil day that is kept as text.
func day(s *sheet.Sheet, name string, p *string, label string) {
	s.Text(name, p, sheet.F{Label: label, Max: 10, Width: ui.SM, Help: "如：2021-04-29"})
	if *p != "" && !civil(*p) {
		s.Wrong(name, "calendar.day")
	}
}

func conditionsPart(s *sheet.Sheet, i *catalog.Implementation, _ places) {
	sheet.Rows(s, "conditions", &i.Conditions, sheet.L{Title: "受理条件", What: "条件", Lead: "不得写“其他条件”“等相关条件”。"},
		func(n int, c catalog.Condition) string { return nth("条件", n, "") },
		func([]catalog.Condition) catalog.Condition { return catalog.Condition{} },
		func(c *catalog.Condition) {
			s.Text("text", &c.Text, sheet.F{Label: "内容", Must: true, Max: 500, Lines: 2})
			s.Text("law", &c.Law, sheet.F{Label: "依据", Max: 200})
		})
	s.Group("数量限制", func() {
		s.In("quantity", func() {
			s.Bool("limited", &i.Quantity.Limited, sheet.F{Label: "有数量限制", Help: "发布后在“数量限制”里填总量。"})
			s.Text("text", &i.Quantity.Text, sheet.F{Label: "怎样限制", Must: true, Max: 300, Help: "没有的写：无数量限制"})
			s.Text("law", &i.Quantity.Law, sheet.F{Label: "依据", Max: 200})
		})
	})
}

func limitsPart(s *sheet.Sheet, i *catalog.Implementation, _ places) {
	sheet.Maybe(s, "statutory", &i.Statutory, "法定办结时限", sheet.F{Label: "已规定法定期限"}, func(l *catalog.Limit) {
		limit(s, l)
		s.Text("written", &l.Written, sheet.F{Label: "条文原话", Max: 60, Help: "如：二十日"})
		s.Bool("unsure", &l.Unsure, sheet.F{Label: "单位待法制机构确认", Help: "单行法只写“日”的勾选，先按自然日计算。"})
		s.Text("note", &l.Note, sheet.F{Label: "说明", Max: 300})
	})
	sheet.Maybe(s, "promised", &i.Promised, "承诺办结时限", sheet.F{Label: "承诺比法定更短的期限"}, func(l *catalog.Limit) {
		limit(s, l)
		s.Text("note", &l.Note, sheet.F{Label: "说明", Max: 300})
	})
	sheet.Maybe(s, "extension", &i.Extension, "延长", sheet.F{Label: "可以延长"}, func(e *deadline.Extension) {
		s.Int("n", &e.N, 3660, sheet.F{Label: "最多延长"})
		sheet.Pick(s, "unit", &e.Unit, sheet.F{Label: "单位"}, units())
		s.Text("law", &e.Law, sheet.F{Label: "依据", Max: 200})
	})
	s.Text("extended_by", &i.ExtendedBy, sheet.F{Label: "谁批准延长", Max: 60, Help: "不填的，按法律规定：" + i.ExtensionAuthority()})
	sheet.Maybe(s, "delivery", &i.Delivery, "颁发、送达", sheet.F{Label: "规定送达期限"}, func(l *catalog.Limit) { limit(s, l) })
	s.Text("duty", &i.Duty, sheet.F{Label: "申请人自己的期限", Max: 200, Help: "如：开展业务之日起十五日内备案"})
	s.Text("silence_ends", &i.SilenceEnds, sheet.F{Label: "逾期不补正可以终止办理的依据", Max: 200, Help: "没有依据的不填，不得因不补正终止。"})
}

// limit binds a time limit.
func limit(s *sheet.Sheet, l *catalog.Limit) {
	s.Int("n", &l.N, 3660, sheet.F{Label: "期限", Help: "当场办结的不填"})
	sheet.Pick(s, "unit", &l.Unit, sheet.F{Label: "单位", Must: true}, units())
	sheet.Pick(s, "start", &l.Start, sheet.F{Label: "从哪天起算", Must: true}, choicesOf(text.Start,
		string(deadline.Accepted), string(deadline.Received), string(deadline.AllMaterials), string(deadline.Decided)))
	s.Text("law", &l.Law, sheet.F{Label: "依据", Max: 200})
}

func units() []ui.Choice {
	return named(deadline.Working, deadline.Natural, deadline.Month, deadline.Year)
}
