package matter

import (
	"slices"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/form"
	"onewindow/internal/web/sheet"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
)

func civil(s string) bool {
	_, err := calendar.ParseDay(s)
	return err == nil
}

func procedurePart(s *sheet.Sheet, i *catalog.Implementation, _ places) {
	sheet.Rows(s, "special", &i.Special, sheet.L{Title: "特别程序", What: "程序", Lead: "只有法律列明的停止计时；现场核查不停。"},
		func(n int, x catalog.SpecialProcedure) string { return nth("程序", n, x.Name) },
		func([]catalog.SpecialProcedure) catalog.SpecialProcedure {
			return catalog.SpecialProcedure{Kind: "expert", StopsClock: true}
		},
		func(x *catalog.SpecialProcedure) {
			sheet.Pick(s, "kind", &x.Kind, sheet.F{Label: "种类", Must: true}, choicesOf(text.Special, "hearing", "tender", "auction", "inspection", "testing",
				"quarantine", "appraisal", "expert", "statute", "examination", "consultation", "publicity", "fee"))
			s.Text("name", &x.Name, sheet.F{Label: "名称", Must: true, Max: 60})
			s.Int("days", &x.Days, 3660, sheet.F{Label: "需要的工作日", Help: "没有规定的不填"})
			s.Text("law", &x.Law, sheet.F{Label: "依据", Max: 200})
			s.Bool("stops_clock", &x.StopsClock, sheet.F{Label: "停止计时"})
			s.Bool("mandatory", &x.Mandatory, sheet.F{Label: "必须进行"})
			s.Text("note", &x.Note, sheet.F{Label: "说明", Max: 300})
		})
	sheet.Maybe(s, "site_visit", &i.SiteVisit, "现场核查", sheet.F{Label: "需要现场核查"}, func(v *catalog.SiteVisit) {
		s.Bool("always", &v.Always, sheet.F{Label: "每件都要核查"})
		s.Int("officers", &v.Officers, 20, sheet.F{Label: "人数", Help: "两名以上"})
		s.Text("text", &v.Text, sheet.F{Label: "核查什么", Max: 500, Lines: 2})
		s.Text("law", &v.Law, sheet.F{Label: "依据", Max: 200})
	})
	sheet.Maybe(s, "tolerance", &i.Tolerance, "容缺受理", sheet.F{Label: "另定补齐期限", Help: "哪些材料可以后补，在材料里逐份标明；这里只在与默认不同时填写。"}, func(x *catalog.Tolerance) {
		s.Int("days", &x.Days, 365, sheet.F{Label: "补齐期限（工作日）"})
		s.Text("law", &x.Law, sheet.F{Label: "依据", Max: 200})
		s.Bool("ends_itself", &x.EndsItself, sheet.F{Label: "逾期由系统终止办理"})
	})
	commitmentPart(s, i)
}

func commitmentPart(s *sheet.Sheet, i *catalog.Implementation) {
	materials := materialChoices(i)
	sheet.Maybe(s, "commitment", &i.Commitment, "告知承诺", sheet.F{Label: "实行告知承诺"}, func(c *catalog.Commitment) {
		s.Text("text", &c.Text, sheet.F{Label: "承诺的内容", Max: 1000, Lines: 3, Must: true})
		s.Text("law", &c.Law, sheet.F{Label: "依据", Max: 200, Must: true})
		s.Int("verify_days", &c.VerifyDays, 365, sheet.F{Label: "核查期限（工作日）"})
		s.Text("verify_by", &c.VerifyBy, sheet.F{Label: "由谁核查（指南上的写法）", Max: 60})
		sheet.Pick(s, "verifier", &c.Verifier, sheet.F{Label: "核查机关", Help: "不选的，由监管部门核查"}, choicesOf(text.Verifier, string(catalog.ByRegulator), string(catalog.ByBureau), string(catalog.Jointly)))
		s.Int("correct_days", &c.CorrectDays, 365, sheet.F{Label: "整改期限（工作日）", Help: "不填的为15"})
		if len(materials) > 0 {
			sheet.Some(s, "replaces", &c.Replaces, sheet.F{Label: "承诺代替的材料"}, materials)
		}
		s.Lines("conditions", &c.Conditions, sheet.F{Label: "承诺符合的条件", Help: "一行一条；不填的为事项的条件。"})
		s.Bool("public", &c.Public, sheet.F{Label: "承诺书向社会公开"})
	})
	var risks []ui.Choice
	for _, r := range []catalog.Risk{catalog.RiskSecurity, catalog.RiskSecret, catalog.RiskPublic, catalog.RiskFinance, catalog.RiskEcology, catalog.RiskLife, catalog.RiskForeign} {
		risks = append(risks, ui.Choice{Value: string(r), Text: r.Name()})
	}
	sheet.Some(s, "risks", &i.Risks, sheet.F{Label: "不适用告知承诺的风险", Help: "涉及其中一项的，除本事项的法律、行政法规自己规定以外，不能采用告知承诺。"}, risks)
}

func feePart(s *sheet.Sheet, i *catalog.Implementation, _ places) {
	s.In("fee", func() {
		s.Bool("charged", &i.Fee.Charged, sheet.F{Label: "收费"})
		s.Text("name", &i.Fee.Name, sheet.F{Label: "收费项目", Max: 100})
		s.Text("standard", &i.Fee.Standard, sheet.F{Label: "标准", Max: 200})
		s.Text("law", &i.Fee.Law, sheet.F{Label: "依据", Max: 200, Help: "只能是法律、行政法规；不收费的可以写行政许可法第五十八条"})
		s.Text("reduced", &i.Fee.Reduced, sheet.F{Label: "减免", Max: 200})
	})
}

func resultPart(s *sheet.Sheet, i *catalog.Implementation, _ places) {
	fields := elementChoices(i.Form)
	s.In("result", func() {
		r := &i.Result
		s.Text("name", &r.Name, sheet.F{Label: "名称", Must: true, Max: 100})
		sheet.Pick(s, "form", &r.Form, sheet.F{Label: "形式", Must: true}, []ui.Choice{{Value: "licence", Text: "证照"}, {Value: "approval", Text: "批文"}, {Value: "other", Text: "其他"}})
		s.Text("scope", &r.Scope, sheet.F{Label: "适用范围", Max: 60, Help: "如：全国"})
		s.Text("type_code", &r.TypeCode, sheet.F{Label: "证照类型代码", Max: 21, Width: ui.MD, Help: "证照 21 位；批文不填"})
		s.Int("months", &r.Months, 1200, sheet.F{Label: "有效期（月）", Help: "长期有效的不填"})
		s.Text("validity", &r.Validity, sheet.F{Label: "有效期的规定", Max: 300, Lines: 2})
		s.Text("renewal", &r.Renewal, sheet.F{Label: "延续的规定", Max: 300, Lines: 2})
		sheet.Maybe(s, "renewed_by", &r.RenewedBy, "延续的期限", sheet.F{Label: "与行政许可法第五十条的三十日不同"}, func(x *catalog.Renewal) {
			s.Int("lead", &x.Lead, 3660, sheet.F{Label: "届满前多久提出"})
			sheet.Pick(s, "unit", &x.Unit, sheet.F{Label: "单位", Must: true}, named(deadline.Working, deadline.Natural, deadline.Month))
			s.Int("earliest", &x.Earliest, 3660, sheet.F{Label: "最早届满前多久", Help: "不限的不填"})
			s.Text("law", &x.Law, sheet.F{Label: "依据", Max: 200})
			s.Bool("late_refused", &x.LateRefused, sheet.F{Label: "逾期不再受理"})
		})
		sheet.Rows(s, "prints", &r.Prints, sheet.L{Title: "证面内容", What: "栏目"},
			func(n int, x catalog.ResultField) string { return nth("栏目", n, x.Label) },
			func([]catalog.ResultField) catalog.ResultField { return catalog.ResultField{} },
			func(x *catalog.ResultField) {
				s.Text("label", &x.Label, sheet.F{Label: "栏目名称", Max: 60, Must: true})
				sheet.Pick(s, "element", &x.Element, sheet.F{Label: "取自申请表的", Must: true}, having(fields, x.Element))
			})
	})
}

// elementChoices are the questions of a form.
func elementChoices(d form.Definition) (out []ui.Choice) {
	for _, f := range d.Fields() {
		if e := f.Resolve(); e.ID != "" {
			out = append(out, ui.Choice{Value: e.ID, Text: e.Label})
		}
	}
	return out
}

// having keeps a value choosable that is held though it is offered no longer.
func having(all []ui.Choice, value string) []ui.Choice {
	if value == "" || slices.ContainsFunc(all, func(c ui.Choice) bool { return c.Value == value }) {
		return all
	}
	return append(slices.Clone(all), ui.Choice{Value: value, Text: value + "（申请表里没有）"})
}

func windowPart(s *sheet.Sheet, i *catalog.Implementation, pl places) {
	s.Text("offline", &i.Offline, sheet.F{Label: "不在网上办理的原因", Max: 300, Help: "能网上办理的不填。"})
	s.Int("visits", &i.Visits, 9, sheet.F{Label: "到现场次数", Help: "不用到现场的不填"})
	s.Text("visits_why", &i.VisitsWhy, sheet.F{Label: "为什么要到现场", Max: 200})
	s.Text("consult", &i.Phones.Consult, sheet.F{Label: "咨询电话", Must: true, Max: 60})
	s.Text("complain", &i.Phones.Complain, sheet.F{Label: "投诉电话", Must: true, Max: 60})
	var ids []string
	for _, w := range i.Windows {
		ids = append(ids, w.ID)
	}
	had := slices.Clone(ids)
	sheet.Some(s, "windows", &ids, sheet.F{Label: "办理窗口", Help: "地点和办公时间从大厅资料带入，以保存时的为准。"}, pl.windows())
	if !slices.Equal(ids, had) {
		i.Windows = pl.taken(ids)
	}
}

func remediesPart(s *sheet.Sheet, i *catalog.Implementation, _ places) {
	r := &i.Remedies
	s.In("remedies", func() {
		s.Text("review", &r.Review, sheet.F{Label: "行政复议机关", Max: 100, Must: true})
		s.Text("review_law", &r.ReviewLaw, sheet.F{Label: "依据", Max: 200})
		s.Text("court", &r.Court, sheet.F{Label: "有管辖权的人民法院", Max: 100, Must: true})
		s.Text("court_law", &r.CourtLaw, sheet.F{Label: "依据", Max: 200})
		s.Text("online", &r.Online, sheet.F{Label: "网上申请复议的渠道", Max: 200, Must: true})
		s.Text("note", &r.Note, sheet.F{Label: "说明", Max: 300})
	})
}

func questionsPart(s *sheet.Sheet, i *catalog.Implementation, _ places) {
	sheet.Rows(s, "questions", &i.Questions, sheet.L{Title: "常见问题", What: "问题"},
		func(n int, q catalog.Question) string { return nth("问题", n, short(q.Q)) },
		func([]catalog.Question) catalog.Question { return catalog.Question{} },
		func(q *catalog.Question) {
			s.Text("q", &q.Q, sheet.F{Label: "问", Max: 200})
			s.Text("a", &q.A, sheet.F{Label: "答", Max: 1000, Lines: 2})
		})
	s.Lines("notes", &i.Notes, sheet.F{Label: "说明", Help: "一行一条。"})
}
