package document

import (
	"onewindow/internal/kit/pdf"
)

// What ends the question of acceptance (行政许可法第三十二条).
const (
	SL    Kind = "SL"     // 受理通知书
	MSL   Kind = "MSL"    // 视为受理确认书
	BYSLN Kind = "BYSL-N" // 不受理告知书: no licence is needed
	BYSL  Kind = "BYSL"   // 不予受理决定书: not this body's competence
	RQ    Kind = "RQ"     // 容缺受理通知书
	CN    Kind = "CN"     // 告知承诺书
)

var (
	acceptedOn = fact{"受理日期", func(f *Facts) bool { return f.AcceptedOn != nil }}
	// Matters that no law gives a limit have a promised one alone.
	bothDue = fact{"承诺办结日期与法定办结日期", func(f *Facts) bool {
		return f.Promised != nil && (f.Statutory != nil || !f.Matter.licensing())
	}}
	bothPhones = fact{"咨询监督电话", func(f *Facts) bool { return given(f.Phone, f.Supervision) }}
	tolerated  = fact{"待补材料及形式", func(f *Facts) bool {
		return all(f.Supplements, func(s Supplement) bool { return given(s.Name, s.Standard) })
	}}
	told = fact{"告知的依据、条件、材料、后果", func(f *Facts) bool {
		c := f.Commitment
		return c != nil && texts(f.Basis) && texts(c.Conditions) && texts(c.Materials) && texts(c.Consequences)
	}}
	promises  = fact{"承诺内容", func(f *Facts) bool { return f.Commitment != nil && texts(f.Commitment.Promises) }}
	published = fact{"是否公开", func(f *Facts) bool { return f.Commitment != nil && f.Commitment.Public != nil }}
)

const (
	acceptLaw     = "行政许可法第三十二条第一款第（五）项"
	voucherLaw    = "行政许可法第三十二条第二款"
	notNeededLaw  = "行政许可法第三十二条第一款第（一）项"
	notOursLaw    = "行政许可法第三十二条第一款第（二）项"
	tolerateLaw   = "地方容缺受理制度"
	commitmentLaw = "国办发〔2020〕42号"
)

func notOurs(f *Facts) bool { return !f.FalseMaterials }

var accepting = []Spec{
	{
		Kind: SL, Name: "受理通知书（受理凭证）", Title: "行政许可申请受理通知书", Plain: "申请受理通知书", Word: "受", compact: true,
		Trigger: "应当受理", Within: "当场或者5个工作日内", Law: acceptLaw, Seal: LicensingSeal, Receipt: true,
		Must: needs(voucherLaw, []Need{acceptedOn.by(voucherLaw), bothDue.by("行政许可法第四十二条第一款"),
			bothPhones.by("行政许可法第三十条第二款"), checkCode.by(voucherLaw)}),
		texts: []func(*sheet){accept1},
	},
	{
		Kind: MSL, Name: "视为受理确认书", Title: "行政许可申请视为受理确认书", Plain: "申请视为受理确认书", Word: "视受", compact: true,
		Trigger: "收到申请材料后5个工作日内未告知补正", Within: "第5个工作日届满", Law: supplementLaw, Seal: LicensingSeal, Receipt: true, Own: true,
		Must:  needs(supplementLaw, []Need{received.by(supplementLaw), statutory.by("行政许可法第四十二条第一款")}),
		texts: []func(*sheet){deemed1},
	},
	{
		Kind: BYSLN, Name: "不受理告知书（依法不需要许可）", Title: "行政许可申请不受理告知书", Plain: "申请不受理告知书", Word: "不受",
		Trigger: "申请事项依法不需要取得行政许可", Within: "即时", Law: notNeededLaw, Seal: LicensingSeal, Receipt: true,
		Must:  needs(voucherLaw, []Need{reasons.by("行政许可法第七十二条第（七）项"), basis.by(notNeededLaw)}, remediesWhen(named)),
		texts: []func(*sheet){notNeeded1},
	},
	{
		Kind: BYSL, Name: "不予受理决定书", Title: "行政许可申请不予受理决定书", Plain: "申请不予受理决定书", Word: "不予受",
		Trigger: "申请事项不属于本机关职权范围，或者提供虚假材料", Within: "即时", Law: notOursLaw, Seal: LicensingSeal, Receipt: true,
		Must: needs(voucherLaw, []Need{reasons.by("行政许可法第七十二条第（七）项"), basis.by(notOursLaw),
			competent.when(notOurs).by(notOursLaw)}, remedies),
		texts: []func(*sheet){notOurs1},
	},
	{
		Kind: RQ, Name: "容缺受理通知书", Title: "容缺受理通知书", Word: "容",
		Trigger: "主审要件齐全、次要材料欠缺", Within: "受理时", Law: tolerateLaw, Seal: LicensingSeal, Receipt: true,
		Must:  needs(tolerateLaw, []Need{tolerated.by(tolerateLaw), until.by(tolerateLaw), consequence.by(tolerateLaw)}),
		texts: []func(*sheet){tolerate1, tolerate2},
	},
	{
		Kind: CN, Name: "告知承诺书", Title: "告知承诺书", Word: "诺",
		Trigger: "采用告知承诺制办理", Within: "申请时", Law: commitmentLaw, Seal: Unsealed, Receipt: true,
		Must:  needs(commitmentLaw, []Need{told.by(commitmentLaw), promises.by(commitmentLaw), published.by(commitmentLaw)}),
		texts: []func(*sheet){commitment1, commitment2},
	},
}

// limits is the table of a case that was accepted: since when, until when.
func (s *sheet) limits(accepted string) {
	fields := []pdf.Field{{Label: "受理日期", Value: accepted}, {Label: "查询码", Value: s.CheckCode}}
	for _, x := range []struct {
		label string
		due   *Due
	}{{"法定办理期限", s.Statutory}, {"承诺办理期限", s.Promised}} {
		if x.due != nil {
			fields = append(fields, wide(x.label, limit(*x.due)))
		}
	}
	s.about(append(fields, pdf.Field{Label: "咨询电话", Value: s.Phone}, pdf.Field{Label: "监督投诉电话", Value: s.Supervision})...)
	if s.Matter.licensing() {
		s.say("依法需要听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的，所需时间不计算在上述期限内，本机关将另行书面告知。")
	}
}

func accept1(s *sheet) {
	s.to(s.Applicant.Name)
	s.say("%s。经审查，申请事项属于本机关职权范围，申请材料齐全、符合法定形式。%s，本机关决定予以受理，受理日期为%s。",
		s.applied(), s.under("第三十二条第一款第（五）项"), date(s.AcceptedOn))
	s.limits(date(s.AcceptedOn))
	s.say("%s可以凭办件编号和查询码查询办理情况。", s.you())
	s.sign()
}

func deemed1(s *sheet) {
	s.to(s.Applicant.Name)
	s.say("%s。本机关自收到申请材料之日起5个工作日内未告知需要补正的内容。", s.applied())
	s.say("%s，该申请自收到申请材料之日起即为受理。现予确认：收到申请材料的日期和受理日期均为%s。",
		s.under("第三十二条第一款第（四）项"), day(s.ReceivedAt))
	s.limits(day(s.ReceivedAt))
	s.sign()
}

func notNeeded1(s *sheet) {
	s.letter(s.Applicant.Name)
	s.say("%s。经审查，该事项依法不需要取得%s，理由如下：", s.applied(), licenceWord(s))
	s.list(stops(s.Reasons))
	s.say("上述理由的依据：%s", stop(join(s.Basis)))
	s.say("%s，本机关对该申请不受理，现予告知。%s无需就该事项再行申请。", s.under("第三十二条第一款第（一）项"), s.you())
	if named(s.Facts) {
		s.remedies("告知书")
	}
	s.ask()
	s.sign()
}

func notOurs1(s *sheet) {
	s.letter(s.Applicant.Name)
	s.say("%s。经审查，本机关认定如下：", s.applied())
	s.list(stops(s.Reasons))
	if s.FalseMaterials {
		s.say("%s，本机关决定对该申请不予受理，并给予警告。", s.resting("第七十八条"))
	} else {
		s.say("%s，申请事项不属于本机关职权范围，本机关决定对该申请不予受理。请%s向%s提出申请。",
			s.resting("第三十二条第一款第（二）项"), s.you(), s.Competent)
	}
	s.remedies("决定书")
	s.ask()
	s.sign()
}

func tolerate1(s *sheet) {
	s.letter(s.Applicant.Name)
	s.say("%s。经审查，主要申请材料齐全、符合法定形式，下列材料暂缺。经%s书面承诺，本机关决定容缺受理：", s.applied(), s.you())
	rows := make([][]string, len(s.Supplements))
	for i, x := range s.Supplements {
		rows[i] = []string{x.Name, x.Standard, orNone(x.Problem)}
	}
	s.table([]pdf.Column{{Title: "待补材料", Share: 3}, {Title: "形式", Share: 2}, {Title: "说明", Share: 3}}, rows)
	s.say("请%s于%s补齐上述材料。%s", s.you(), s.before(), stop(s.Consequence))
	s.say("上述材料补齐并符合要求之前，本机关不送达准予决定。")
	s.ask()
	s.say("申请人承诺：已知悉上述内容，保证在规定期限内补齐材料，并对材料的真实性负责；逾期未补齐的，自愿承担相应后果。")
	s.blanks("申请人（签字或者盖章）：")
	s.sign()
}

func commitment1(s *sheet) {
	c := s.Commitment
	s.about()
	s.heading("一、行政机关告知")
	s.say("办理依据：%s", stop(join(s.Basis)))
	for _, part := range []struct {
		lead string
		list []string
	}{{"应当符合的条件：", c.Conditions}, {"应当提交的材料：", c.Materials}, {"不实承诺的后果：", c.Consequences}} {
		s.say("%s", part.lead)
		s.list(stops(part.list))
	}
	s.heading("二、申请人承诺")
	s.list(stops(c.Promises))
	s.say("本承诺书是否公开：%s。", yes(c.Public))
	if c.Signed {
		s.say("申请人已通过可靠的电子签名签署本承诺书。")
	} else {
		s.blanks("申请人（签字或者盖章）：", "日期：")
	}
	s.sign()
}

func tolerate2(s *sheet) {
	s.letter(s.Applicant.Name)
	s.say("%s。经审查，主要申请材料齐全、符合法定形式，下列材料暂缺。经%s书面承诺，本机关决定容缺受理：", s.applied(), s.you())
	rows := make([][]string, len(s.Supplements))
	for i, x := range s.Supplements {
		rows[i] = []string{x.Name, x.Standard, orNone(x.Problem)}
	}
	s.table([]pdf.Column{{Title: "待补材料", Share: 3}, {Title: "形式", Share: 2}, {Title: "说明", Share: 3}}, rows)
	s.say("请%s于%s补齐上述材料，方式：%s。%s", s.you(), s.before(), s.How, stop(s.Consequence))
	s.say("上述材料补齐之前，本机关先行审查，不作出准予决定、不发放证件。")
	s.ask()
	s.say("申请人承诺：已知悉上述内容，保证在规定期限内补齐材料，并对材料的真实性负责；逾期未补齐的，自愿承担相应后果。")
	s.signedPromise()
	s.sign()
}

func commitment2(s *sheet) {
	c := s.Commitment
	s.about()
	s.heading("一、行政机关告知")
	s.say("办理依据：%s", stop(join(s.Basis)))
	for _, part := range []struct {
		lead string
		list []string
	}{{"应当符合的条件：", c.Conditions}, {"应当提交的材料：", c.Materials}, {"核查和不实承诺的后果：", c.Consequences}} {
		s.say("%s", part.lead)
		s.list(stops(part.list))
	}
	s.heading("二、申请人承诺")
	s.list(stops(c.Promises))
	s.say("本承诺书是否公开：%s。", yes(c.Public))
	s.signedPromise()
	s.sign()
}

// signedPromise says how the applicant signed. What the platform recorded is
// said to be no more than it is: not a reliable electronic signature by itself
// (电子签名法第十三条).
func (s *sheet) signedPromise() {
	c := s.Commitment
	switch {
	case c == nil || c.OnPaper || c.SignedBy == "":
		s.blanks("申请人（签字或者盖章）：", "日期：")
	default:
		s.say("申请人已经登录本平台，阅读全文后于%s签署，签署人：%s。", minute(c.SignedAt), c.SignedBy)
		s.note("签署的全文的SM3摘要：%s。平台留存签署时所示的全文、摘要、签署账号和时间。", c.SM3)
	}
}

func licenceWord(s *sheet) string {
	if s.Matter.licensing() {
		return "行政许可"
	}
	return "批准"
}
