package document

import (
	"onewindow/internal/kit/pdf"
)

// What officers write for officers.
const (
	HPHF Kind = "HPHF" // 好差评差评核实回访记录
	JCYJ Kind = "JCYJ" // 电子监察预警、督办单
	SGTS Kind = "SGTS" // 审管联动推送单
)

var (
	ratingNumber = fact{"评价编号", func(f *Facts) bool { return f.Rating != nil && given(f.Rating.Number) }}
	verifier     = fact{"核实人", func(f *Facts) bool { return f.Rating != nil && given(f.Rating.Verifier) }}
	confirmed    = fact{"情况属实与否", func(f *Facts) bool { return f.Rating != nil && f.Rating.Confirmed != nil }}
	measures     = fact{"整改措施", func(f *Facts) bool { return f.Rating != nil && given(f.Rating.Measures) }}
	answer       = fact{"回访结果", func(f *Facts) bool { return f.Rating != nil && given(f.Rating.Answer) }}
	alertNumber  = fact{"监察编号", func(f *Facts) bool { return f.Alert != nil && given(f.Alert.Number) }}
	alertRule    = fact{"规则编号", func(f *Facts) bool { return f.Alert != nil && given(f.Alert.Rule) }}
	alertCase    = fact{"办件编号", func(f *Facts) bool { return given(f.CaseNumber) }}
	alertUnit    = fact{"责任单位", func(f *Facts) bool { return f.Alert != nil && given(f.Alert.Unit) }}
	alertType    = fact{"预警类型", func(f *Facts) bool { return f.Alert != nil && given(f.Alert.Type) }}
	replyBy      = fact{"反馈期限", func(f *Facts) bool { return f.Alert != nil && f.Alert.ReplyBy != nil }}
	committed    = fact{"是否告知承诺", func(f *Facts) bool { return f.Liaison != nil && f.Liaison.Commitment != nil }}
	checkBy      = fact{"核查时限", func(f *Facts) bool { return f.Liaison != nil && f.Liaison.CheckBy != nil }}
	receiver     = fact{"接收部门", func(f *Facts) bool { return f.Liaison != nil && given(f.Liaison.Receiver) }}
)

const (
	ratingLaw  = "国办发〔2019〕51号"
	alertLaw   = "GB/T 39046-2020"
	liaisonLaw = "国办发〔2020〕42号"
)

var internals = []Spec{
	{
		Kind: HPHF, Name: "好差评差评核实回访记录", Title: "政务服务差评核实回访记录", Word: "评核",
		Trigger: "收到差评", Within: "地方规定的整改期限内", Law: ratingLaw, Seal: Unsealed, Internal: true, compact: true,
		Must: []Need{ratingNumber.by(ratingLaw), verifier.by(ratingLaw), confirmed.by(ratingLaw), measures.by(ratingLaw),
			answer.by(ratingLaw)},
		texts: []func(*sheet){rating1},
	},
	{
		Kind: JCYJ, Name: "电子监察预警、督办单", Title: "电子监察预警（督办）单", Word: "监",
		Trigger: "触发监察规则", Within: "即时", Law: alertLaw, Seal: Unsealed, Internal: true, Own: true, compact: true,
		Must: []Need{alertNumber.by(alertLaw), alertRule.by(alertLaw), alertCase.by(alertLaw), alertUnit.by(alertLaw),
			alertType.by(alertLaw), replyBy.by(alertLaw)},
		texts: []func(*sheet){alert1},
	},
	{
		Kind: SGTS, Name: "审管联动推送单", Title: "审管联动推送单", Word: "联",
		Trigger: "准予许可或者告知承诺决定后", Within: "即时", Law: liaisonLaw, Seal: Unsealed, Internal: true, compact: true,
		Must:  needs(liaisonLaw, []Need{committed.by(liaisonLaw), checkBy.by(liaisonLaw), receiver.by(liaisonLaw)}),
		texts: []func(*sheet){liaison1},
	},
}

func rating1(s *sheet) {
	r := s.Rating
	s.box(
		wide("评价编号", r.Number),
		wide("事项名称", s.Matter.Name),
		wide("办件编号", s.CaseNumber),
		pdf.Field{Label: "核实人", Value: r.Verifier},
		pdf.Field{Label: "是否属实", Value: yes(r.Confirmed)},
		wide("核实情况", r.Account),
		wide("整改措施", r.Measures),
		wide("回访结果", r.Answer),
	)
	s.sign()
}

func alert1(s *sheet) {
	a := s.Alert
	s.box(
		wide("监察编号", a.Number),
		pdf.Field{Label: "预警类型", Value: a.Type},
		pdf.Field{Label: "规则编号", Value: a.Rule},
		wide("办件编号", s.CaseNumber),
		wide("事项名称", s.Matter.Name),
		pdf.Field{Label: "责任单位", Value: a.Unit},
		pdf.Field{Label: "责任人", Value: a.Person},
		wide("监察发现", a.Finding),
		wide("反馈期限", date(a.ReplyBy)),
	)
	s.say("请责任单位于%s前核实情况、说明原因并反馈整改结果。", date(a.ReplyBy))
	s.sign()
}

func liaison1(s *sheet) {
	l := s.Liaison
	s.about(
		wide("准予的内容", s.Decision),
		wide("证件名称编号", joinGiven(s.Licence.Name, s.Licence.Number)),
		pdf.Field{Label: "是否告知承诺", Value: yes(l.Commitment)},
		pdf.Field{Label: "核查时限", Value: date(l.CheckBy)},
		wide("接收部门", l.Receiver),
	)
	s.say("上述事项已由本机关作出决定，现将有关信息推送你单位，请依法履行监督管理职责，并在核查时限届满前反馈核查结果。")
	s.blanks("接收部门签收：", "签收时间：")
	s.sign()
}

func joinGiven(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return a + "，" + b
}
