package document

import (
	"time"

	"onewindow/internal/kit/pdf"
)

// What ends a case without a decision, and what proves service.
const (
	ZZSQ Kind = "ZZSQ" // 终止办理通知
	SDHZ Kind = "SDHZ" // 送达回证
)

var (
	endGround = fact{"终止原因", func(f *Facts) bool { return given(f.Ground) }}
	served    = fact{"文书名称编号", func(f *Facts) bool {
		return f.Delivery != nil && all(f.Delivery.Documents, func(d Served) bool { return given(d.Name, d.Number) })
	}}
	recipient = fact{"受送达人", func(f *Facts) bool { return f.Delivery != nil && given(f.Delivery.Recipient) }}
	method    = fact{"送达方式", func(f *Facts) bool { return f.Delivery != nil && given(f.Delivery.Method) }}
	signature = fact{"签收人和时间", func(f *Facts) bool {
		d := f.Delivery
		return d != nil && (d.OnPaper || given(d.ReceivedBy) && !d.ReceivedAt.IsZero())
	}}
	witness = fact{"见证人", func(f *Facts) bool {
		d := f.Delivery
		return d != nil && (d.Method != "留置送达" || d.OnPaper || given(d.Witness))
	}}
)

// ended says that the body, and not the applicant, ends the case.
func ended(f *Facts) bool { return !f.Withdrawn }

const (
	endLaw     = "行政许可法第七条"
	serveLaw   = "民事诉讼法第八十七条"
	leaveLaw   = "民事诉讼法第八十九条"
	serviceLaw = "民事诉讼法第八十八条"
)

var concluding = []Spec{
	{
		Kind: ZZSQ, Name: "终止办理通知（申请人撤回、逾期未补正）", Title: "行政许可申请终止办理通知书", Plain: "申请终止办理通知书", Word: "终",
		Trigger: "申请人撤回申请等", Law: endLaw, Seal: LicensingSeal, Receipt: true, Own: true,
		Must:    needs(endLaw, []Need{endGround.by(endLaw), basis.when(ended).by(endLaw)}, remediesWhen(ended)),
		texts:   []func(*sheet){terminate1, terminate2},
		titleOf: endTitle,
	},
	{
		Kind: SDHZ, Name: "送达回证", Title: "送达回证", Word: "送",
		Trigger: "送达文书", Within: "送达时", Law: serveLaw, Seal: Unsealed, Receipt: false, compact: true,
		Must: []Need{served.by(serveLaw), recipient.by(serveLaw), method.by(serviceLaw), signature.by(serveLaw),
			witness.by(leaveLaw)},
		texts: []func(*sheet){receiptOfService1},
	},
}

func terminate1(s *sheet) {
	s.letter(s.Applicant.Name)
	if s.Withdrawn {
		s.say("%s。办理期间，%s向本机关提出撤回申请：%s", s.applied(), s.you(), stop(s.Ground))
		s.say("本机关确认%s撤回申请，该申请自即日起终止办理。", s.you())
	} else {
		s.say("%s。%s", s.applied(), stop(s.Ground))
		s.say("根据%s的规定，本机关决定终止办理该申请。", join(s.Basis))
	}
	s.say("终止办理不影响%s依法再次提出申请的权利。已提交的纸质材料可以凭本通知书领回。", s.you())
	if !s.Withdrawn {
		s.remedies("通知书")
	}
	s.ask()
	s.sign()
}

// ofLicence says that the holder withdrew an application to deregister a licence.
func ofLicence(f *Facts) bool { return f.Withdrawn && licenceNumber.holds(f) }

// endTitle: what is withdrawn about a licence in force is no application for one.
func endTitle(f *Facts) string {
	switch {
	case ofLicence(f):
		return "注销申请终止办理通知书"
	case f.Matter.licensing():
		return "行政许可申请终止办理通知书"
	}
	return "申请终止办理通知书"
}

// terminate2 also ends a deregistration that the holder had asked for.
func terminate2(s *sheet) {
	if !ofLicence(s.Facts) {
		terminate1(s)
		return
	}
	s.letter(s.Applicant.Name)
	s.say("%s于%s向本机关申请对%s办理%s，在决定作出以前撤回申请%s", s.you(), day(s.ReceivedAt), s.held(), s.Ground, ifelse(texts(s.Reasons), "："+stop(join(s.Reasons)), "。"))
	s.say("本机关确认%s撤回申请，%s程序自即日起终止，正在进行的公示一并终止，%s的效力不变。", s.you(), s.Ground, s.held())
	s.say("终止办理不影响%s依法再次申请注销；再次申请简易注销的，依法重新公示，公示期重新计算。", s.you())
	s.ask()
	s.sign()
}

func receiptOfService1(s *sheet) {
	d := s.Delivery
	s.box(
		wide("受送达人", d.Recipient),
		wide("送达方式", d.Method),
		wide("事项名称", s.Matter.Name),
		wide("办件编号", s.CaseNumber),
	)
	rows := make([][]string, len(d.Documents))
	for i, x := range d.Documents {
		rows[i] = []string{x.Name, x.Number}
	}
	s.table([]pdf.Column{{Title: "送达文书名称", Share: 3}, {Title: "文号", Share: 3}}, rows)
	if d.OnPaper {
		s.blanks("受送达人或者代收人（签名或者盖章）：", "收到时间：", "送达人（签名）：", "见证人（签名）：")
	} else {
		s.box(
			pdf.Field{Label: "签收人", Value: d.ReceivedBy},
			pdf.Field{Label: "签收时间", Value: optional(d.ReceivedAt)},
			pdf.Field{Label: "送达人", Value: d.Server},
			pdf.Field{Label: "见证人", Value: d.Witness},
			wide("送达凭据", d.Proof),
		)
	}
	s.note("受送达人在送达回证上的签收日期为送达日期。代收的，由代收人在签收栏内注明与受送达人的关系。")
	s.sign()
}

func optional(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return minute(t)
}
