package document

import (
	"strconv"

	"onewindow/internal/kit/pdf"
)

// What is given when an application comes in (收件) and when it cannot be
// accepted as it is (补正、当场更正).
const (
	SJ   Kind = "SJ"   // 申请材料接收凭证
	BZ   Kind = "BZ"   // 补正告知书
	DCGZ Kind = "DCGZ" // 当场更正记录
	JSTZ Kind = "JSTZ" // 接收申请材料凭证（登记）
)

var (
	supplements = fact{"全部补正内容逐项", func(f *Facts) bool {
		return all(f.Supplements, func(s Supplement) bool { return given(s.Name, s.Problem, s.Standard) })
	}}
	supplementBasis = fact{"补正依据", func(f *Facts) bool {
		return texts(f.Basis) || all(f.Supplements, func(s Supplement) bool { return given(s.Basis) })
	}}
	corrections = fact{"更正内容", func(f *Facts) bool {
		return all(f.Corrections, func(c Change) bool { return given(c.Where, c.After) })
	}}
)

const (
	supplementLaw = "行政许可法第三十二条第一款第（四）项"
	correctLaw    = "行政许可法第三十二条第一款第（三）项"
	registerIn    = "市场主体登记管理条例实施细则第十八条第一款"
)

var receiving = []Spec{
	{
		Kind: SJ, Name: "申请材料接收凭证（收件回执）", Title: "申请材料接收凭证", Word: "收",
		Trigger: "收到申请", Within: "即时", Law: supplementLaw, Seal: AcceptSeal, Receipt: true, Own: true, compact: true,
		Must:  needs(supplementLaw, []Need{received.by(supplementLaw), materials.by(supplementLaw), checkCode.by(supplementLaw)}),
		texts: []func(*sheet){receipt1},
	},
	{
		Kind: BZ, Name: "补正告知书（一次性告知书）", Title: "行政许可申请材料补正告知书", Plain: "申请材料补正告知书", Word: "补",
		Trigger: "材料不齐全或者不符合法定形式", Within: "收到之日起5个工作日内", Law: supplementLaw, Seal: LicensingSeal, Receipt: true,
		Must: needs(supplementLaw, []Need{received.by(supplementLaw), supplements.by(supplementLaw), supplementBasis.by(supplementLaw),
			how.by(supplementLaw), until.by(supplementLaw), consequence.by(supplementLaw), phone.by(supplementLaw)}),
		texts: []func(*sheet){supplement1},
	},
	{
		Kind: DCGZ, Name: "当场更正记录", Title: "申请材料当场更正记录", Word: "更",
		Trigger: "申请材料存在可以当场更正的错误", Within: "当场", Law: correctLaw, Seal: Unsealed, Own: true, compact: true,
		Must:  needs(correctLaw, []Need{corrections.by(correctLaw)}),
		texts: []func(*sheet){correct1},
	},
	{
		Kind: JSTZ, Name: "接收申请材料凭证（登记）", Title: "接收申请材料凭证", Word: "登收",
		Trigger: "不能当场登记", Within: "即时", Law: registerIn, Seal: BodySeal, Receipt: true, compact: true,
		Must:  needs(registerIn, []Need{received.by(registerIn), materials.by(registerIn)}),
		texts: []func(*sheet){registerReceipt1},
	},
}

func (s *sheet) materialTable() {
	rows := make([][]string, len(s.Materials))
	for i, m := range s.Materials {
		rows[i] = []string{m.Name, m.Form, strconv.Itoa(m.Copies)}
	}
	s.table([]pdf.Column{{Title: "材料名称", Share: 5}, {Title: "形式", Share: 1.2, Align: pdf.Center}, {Title: "份数", Share: 0.8, Align: pdf.Center}}, rows)
}

// handedOver is the lines for signatures, which an application over the
// internet does not need.
func (s *sheet) handedOver() {
	if !s.ServedOnline {
		s.blanks("申请人或者代理人（签字）：", "收件人（签字）：")
	}
}

func receipt1(s *sheet) {
	s.about(
		pdf.Field{Label: "收到时间", Value: minute(s.ReceivedAt)},
		pdf.Field{Label: "查询码", Value: s.CheckCode},
		pdf.Field{Label: "咨询电话", Value: s.Phone},
		pdf.Field{Label: "监督电话", Value: s.Supervision},
	)
	s.say("本机关已收到下列申请材料，共%d项：", len(s.Materials))
	s.materialTable()
	s.say("本凭证仅证明收到申请材料的时间和内容，不表示申请已被受理。申请材料不齐全或者不符合法定形式的，本机关将当场或者自收到之日起5个工作日内一次告知需要补正的全部内容；逾期不告知的，自收到申请材料之日起即为受理。")
	s.note("%s。凭办件编号和查询码可以查询办理情况，请妥善保管。", s.under("第三十二条第一款第（四）项、第八十二条"))
	s.handedOver()
	s.sign()
}

func supplement1(s *sheet) {
	s.letter(s.Applicant.Name)
	s.say("%s。经审查，申请材料不齐全或者不符合法定形式。%s，现将需要补正的全部内容一次告知如下：",
		s.applied(), s.under("第三十二条第一款第（四）项"))
	rows := make([][]string, len(s.Supplements))
	for i, x := range s.Supplements {
		rows[i] = []string{x.Name, x.Problem, x.Standard + labelled("\n依据：", x.Basis)}
	}
	s.table([]pdf.Column{{Title: "材料名称", Share: 2.2}, {Title: "存在的问题", Share: 3}, {Title: "补正要求及依据", Share: 4}}, rows)
	if len(s.Basis) > 0 {
		s.say("上述要求的依据：%s", stop(join(s.Basis)))
	}
	s.say("请%s于%s，按照以下方式补正：%s", s.you(), s.before(), stop(s.How))
	s.say("本机关收到全部补正材料后，对符合要求的申请予以受理，除新提交的材料本身存在问题外，不再就本次告知以外的内容要求补正。%s", stop(s.Consequence))
	s.ask()
	s.sign()
}

func correct1(s *sheet) {
	s.about(pdf.Field{Label: "收到时间", Value: optional(s.ReceivedAt)})
	s.say("经审查，%s提交的申请材料存在可以当场更正的错误。%s，本机关允许%s当场更正。更正内容如下：",
		s.you(), s.under("第三十二条第一款第（三）项"), s.you())
	rows := make([][]string, len(s.Corrections))
	for i, c := range s.Corrections {
		rows[i] = []string{c.Where, orNone(c.Before), c.After}
	}
	s.table([]pdf.Column{{Title: "更正之处", Share: 2}, {Title: "更正前", Share: 3}, {Title: "更正后", Share: 3}}, rows)
	s.say("以上更正不计为补正告知。")
	s.handedOver()
	s.sign()
}

func registerReceipt1(s *sheet) {
	s.about(
		pdf.Field{Label: "收到时间", Value: minute(s.ReceivedAt)},
		pdf.Field{Label: "查询码", Value: s.CheckCode},
	)
	s.say("%s提交的登记申请材料不能当场登记。根据《中华人民共和国市场主体登记管理条例实施细则》第十八条第一款的规定，本机关接收下列申请材料：", s.you())
	s.materialTable()
	s.say("本机关自接收之日起3个工作日内对申请材料进行审查；情形复杂的，经登记机关负责人批准，可以延长3个工作日，并书面告知%s。", s.you())
	s.ask()
	s.handedOver()
	s.sign()
}
