package matter

import (
	"slices"
	"strings"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/form"
	"onewindow/internal/web/sheet"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

func materialsPart(s *sheet.Sheet, i *catalog.Implementation, _ places) {
	fields := elementChoices(i.Form)
	sheet.Rows(s, "materials", &i.Materials, sheet.L{Title: "申请材料", What: "材料", Fold: true, Ask: true, Lead: "不得有“其他材料”。政府部门核发的，由平台共享取得，不再要求提交。"},
		func(n int, m catalog.Material) string { return nth("材料", n, m.Name) },
		func(all []catalog.Material) catalog.Material {
			no := freeNo(len(all), 3, func(no string) bool {
				return slices.ContainsFunc(all, func(m catalog.Material) bool { return m.No == no })
			})
			return catalog.Material{No: no, Need: catalog.Required, Origin: catalog.FromApplicant, Copies: 1, Media: []catalog.Medium{catalog.Original, catalog.Electronic}, Accept: []string{"pdf", "jpg", "png"}}
		},
		func(m *catalog.Material) { material(s, m, fields) })
	proofs(s, i)
}

func material(s *sheet.Sheet, m *catalog.Material, fields []ui.Choice) {
	s.Text("name", &m.Name, sheet.F{Label: "材料名称", Must: true, Max: 100})
	s.Text("no", &m.No, sheet.F{Label: "序号", Must: true, Max: 3, Width: ui.XS, Help: "三位数字"})
	sheet.Pick(s, "need", &m.Need, sheet.F{Label: "必要性", Must: true}, named(catalog.Required, catalog.Optional, catalog.Deferrable))
	sheet.Pick(s, "origin", &m.Origin, sheet.F{Label: "来源渠道", Must: true}, named(catalog.FromApplicant, catalog.FromGovernment, catalog.FromAgency))
	s.Int("copies", &m.Copies, 99, sheet.F{Label: "纸质份数", Help: "只要电子的不填"})
	s.Text("issuer", &m.Issuer, sheet.F{Label: "核发、出具单位", Max: 100})
	sheet.Some(s, "media", &m.Media, sheet.F{Label: "材料形式", Must: true}, named(catalog.Original, catalog.Copy, catalog.Electronic))
	s.Bool("shared", &m.Shared, sheet.F{Label: "平台共享取得，申请人不用提交"})
	s.Text("when", &m.When, sheet.F{Label: "什么情形才要", Max: 200, Help: "非必要的必须写明，如：委托代理人办理的"})
	conditions(s, "if", &m.If, fields, "申请表上怎样填才要")
	s.Text("standard", &m.Standard, sheet.F{Label: "受理标准", Must: true, Max: 500, Lines: 2})
	s.Text("filling", &m.Filling, sheet.F{Label: "填报须知", Must: true, Max: 500, Lines: 2})
	s.Text("law", &m.Law, sheet.F{Label: "要求提交的依据", Max: 200})
	s.Text("wrong", &m.Wrong, sheet.F{Label: "常见错误", Max: 300})
	s.Text("sample", &m.Sample, sheet.F{Label: "正确示例", Max: 500, Lines: 2})
	sheet.Some(s, "accept", &m.Accept, sheet.F{Label: "接受的文件"}, []ui.Choice{{Value: "form", Text: "由申请表生成"}, {Value: "pdf", Text: "PDF"}, {Value: "ofd", Text: "OFD"},
		{Value: "jpg", Text: "JPG"}, {Value: "png", Text: "PNG"}, {Value: "docx", Text: "DOCX"}, {Value: "xlsx", Text: "XLSX"}, {Value: "dwg", Text: "DWG"}, {Value: "zip", Text: "ZIP"}})
	sheet.Rows(s, "points", &m.Points, sheet.L{Title: "审查要点", What: "要点"},
		func(n int, p catalog.ReviewPoint) string { return nth("要点", n, short(p.Requirement)) },
		func([]catalog.ReviewPoint) catalog.ReviewPoint { return catalog.ReviewPoint{} },
		func(p *catalog.ReviewPoint) {
			s.Text("requirement", &p.Requirement, sheet.F{Label: "材料要求", Must: true, Max: 300})
			s.Text("examined", &p.Examined, sheet.F{Label: "审查要素", Must: true, Max: 300})
			s.Bool("substance", &p.Substance, sheet.F{Label: "实质审查（不勾选为形式审查）"})
		})
}

// named are constants that know their Chinese name.
func named[T interface {
	~string
	Name() string
}](all ...T) (out []ui.Choice) {
	for _, x := range all {
		out = append(out, ui.Choice{Value: string(x), Text: x.Name()})
	}
	return out
}

func proofs(s *sheet.Sheet, i *catalog.Implementation) {
	materials := materialChoices(i)
	sheet.Rows(s, "proofs", &i.Proofs, sheet.L{Title: "证明事项", What: "证明", Lead: "须由法律、法规或者国务院决定设定。"},
		func(n int, p catalog.Proof) string { return nth("证明", n, p.Name) },
		func([]catalog.Proof) catalog.Proof { return catalog.Proof{} },
		func(p *catalog.Proof) {
			s.Text("name", &p.Name, sheet.F{Label: "名称", Must: true, Max: 100})
			s.Text("issuer", &p.Issuer, sheet.F{Label: "开具单位", Must: true, Max: 100})
			sheet.Pick(s, "material", &p.Material, sheet.F{Label: "是哪份材料"}, having(materials, p.Material))
			s.Text("law", &p.Law, sheet.F{Label: "依据", Must: true, Max: 200})
			s.Bool("promise", &p.Promise, sheet.F{Label: "可以书面承诺代替"})
		})
	sheet.Rows(s, "services", &i.Services, sheet.L{Title: "中介服务", What: "服务"},
		func(n int, x catalog.Intermediary) string { return nth("服务", n, x.Name) },
		func([]catalog.Intermediary) catalog.Intermediary {
			return catalog.Intermediary{Paid: catalog.PaidByApplicant}
		},
		func(x *catalog.Intermediary) {
			s.Text("name", &x.Name, sheet.F{Label: "名称", Must: true, Max: 100})
			s.Text("provider", &x.Provider, sheet.F{Label: "提供机构", Must: true, Max: 100})
			sheet.Pick(s, "material", &x.Material, sheet.F{Label: "是哪份材料"}, having(materials, x.Material))
			s.Text("law", &x.Law, sheet.F{Label: "依据", Must: true, Max: 200})
			sheet.Pick(s, "paid", &x.Paid, sheet.F{Label: "谁付费", Must: true}, named(catalog.PaidByApplicant, catalog.PaidByBody))
			s.Bool("entrusted", &x.Entrusted, sheet.F{Label: "由行政机关委托（技术性服务）"})
		})
}

// elementList is the id of the suggestions of data elements.
const elementList = "elements"

// elementSuggestions are all data elements, for a datalist.
func elementSuggestions() (out []ui.Choice) {
	for _, e := range form.Elements() {
		out = append(out, ui.Choice{Value: e.ID, Text: e.Label})
	}
	return out
}

func formPart(s *sheet.Sheet, i *catalog.Implementation, _ places) {
	asked := elementChoices(i.Form)
	sheet.Rows(s, "sections", &i.Form.Sections, sheet.L{Title: "申请表的部分", What: "部分", Ask: true},
		func(n int, x form.Section) string { return nth("部分", n, x.Title) },
		func([]form.Section) form.Section { return form.Section{} },
		func(x *form.Section) {
			s.Text("title", &x.Title, sheet.F{Label: "标题", Must: true, Max: 60})
			sheet.Rows(s, "fields", &x.Fields, sheet.L{Title: "问题", What: "问题", Fold: true},
				func(n int, f form.Field) string { return nth("问题", n, fieldTitle(f)) },
				func([]form.Field) form.Field { return form.Field{} },
				func(f *form.Field) { question(s, f, asked) })
		})
}

func fieldTitle(f form.Field) string {
	e := f.Resolve()
	title := e.Label
	if title == "" {
		title = f.Element
	}
	if f.Required {
		title += "（必填）"
	}
	if len(f.ShowIf) > 0 {
		title += "（符合条件时填写）"
	}
	return title
}

func question(s *sheet.Sheet, f *form.Field, asked []ui.Choice) {
	s.Text("element", &f.Element, sheet.F{Label: "数据元", Must: true, Max: 60, List: elementList, Help: elementWords(*f)})
	if e, ok := elementNamed(f.Element); ok {
		f.Element = e.ID
	}
	s.Bool("required", &f.Required, sheet.F{Label: "必填"})
	s.Text("label", &f.Label, sheet.F{Label: "另起的名称", Max: 60, Help: "不填的用数据元自己的名称"})
	s.Text("help", &f.Help, sheet.F{Label: "另写的填写说明", Max: 300})
	conditions(s, "show_if", &f.ShowIf, asked, "什么情形才问")
}

// elementNamed finds an element by its id or its name.
func elementNamed(typed string) (form.Element, bool) {
	if e, ok := form.Lookup(typed); ok {
		return e, true
	}
	for _, e := range form.Elements() {
		if e.Label == typed {
			return e, true
		}
	}
	return form.Element{}, false
}

// elementWords say how the element is asked and checked.
func elementWords(f form.Field) string {
	if _, ok := form.Lookup(f.Element); !ok {
		return "填编号或者名称，如：premises.address 或者 经营场所地址"
	}
	return elementRule(f.Element)
}

// elementRule is how an element is entered and judged.
func elementRule(id string) string {
	e, _ := form.Lookup(id)
	words := e.Label + "，" + text.Label(text.Element, string(e.Type))
	if e.Unit != "" {
		words += "，单位" + e.Unit
	}
	if e.Sensitive {
		words += "，敏感个人信息，加密保存"
	}
	return words
}

// conditions binds when something is asked for: every line must hold.
func conditions(s *sheet.Sheet, name string, p *form.Condition, asked []ui.Choice, title string) {
	all := []form.Test(*p)
	sheet.Rows(s, name, &all, sheet.L{Title: title, What: "判断", Lead: "都符合才算。不填为总是。"},
		func(n int, t form.Test) string { return nth("判断", n, "") },
		func([]form.Test) form.Test { return form.Test{Op: form.Equals} },
		func(t *form.Test) { test(s, t, asked) })
	*p = nil
	if len(all) > 0 {
		*p = all
	}
}

func test(s *sheet.Sheet, t *form.Test, asked []ui.Choice) {
	sheet.Pick(s, "field", &t.Field, sheet.F{Label: "申请表的回答", Must: true}, having(asked, t.Field))
	sheet.Pick(s, "op", &t.Op, sheet.F{Label: "怎样比较", Must: true}, choicesOf(text.Op, string(form.Equals), string(form.In), string(form.Present), string(form.Above),
		string(form.AtLeast), string(form.Below), string(form.AtMost)))
	e, _ := form.Lookup(t.Field)
	held := valuesText(e, *t)
	s.Text("value", &held, sheet.F{Label: "比较的值", Max: 500, Help: valueWords(e)})
	setValues(e, t, held)
}

// valuesText are the compared values as people read them.
func valuesText(e form.Element, t form.Test) string {
	all := t.Values
	if t.Value != "" {
		all = []string{t.Value}
	}
	out := make([]string, len(all))
	for n, v := range all {
		out[n] = e.LabelOf(v)
		if out[n] == "" {
			out[n] = v
		}
	}
	return strings.Join(out, "、")
}

// setValues reads them back: names of choices become their values.
func setValues(e form.Element, t *form.Test, typed string) {
	t.Value, t.Values = "", nil
	if t.Op == form.Present || typed == "" {
		return
	}
	all := strings.FieldsFunc(typed, func(r rune) bool { return r == '、' || r == '\n' })
	if t.Op != form.In {
		all = []string{typed}
	}
	for n, v := range all {
		all[n] = valueNamed(e, strings.TrimSpace(v))
	}
	if t.Op == form.In {
		t.Values = all
		return
	}
	t.Value = all[0]
}

func valueNamed(e form.Element, typed string) string {
	if e.Type == form.Boolean {
		if v, ok := map[string]string{"是": "true", "否": "false"}[typed]; ok {
			return v
		}
	}
	for _, o := range e.Choices {
		if o.Label == typed {
			return o.Value
		}
	}
	return typed
}

func valueWords(e form.Element) string {
	switch {
	case e.Type == form.Boolean:
		return "是 或者 否"
	case len(e.Choices) > 0:
		var all []string
		for _, o := range e.Choices {
			all = append(all, o.Label)
		}
		return "可以是：" + strings.Join(all, "、") + "；是其中之一的，用顿号隔开"
	}
	return "“填了就算”的不填；是其中之一的，用顿号隔开"
}
