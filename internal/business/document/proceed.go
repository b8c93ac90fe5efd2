package document

import (
	"strings"

	"onewindow/internal/kit/pdf"
)

// What is told while a case is examined.
const (
	TBCX Kind = "TBCX" // 特别程序告知书
	TBJS Kind = "TBJS" // 特别程序结束通知
	YQ   Kind = "YQ"   // 延长办理期限告知书
	XCHC Kind = "XCHC" // 现场核查通知、记录
	LSJY Kind = "LSJY" // 联审会议纪要
	HBJD Kind = "HBJD" // 回避申请决定书
)

var (
	procedure = fact{"程序种类与依据", func(f *Facts) bool {
		return f.Procedure != nil && given(f.Procedure.Name, f.Procedure.Law)
	}}
	needed  = fact{"所需时间", func(f *Facts) bool { return f.Procedure != nil && given(f.Procedure.Needs) }}
	stopsOn = fact{"停止计时起算日", func(f *Facts) bool { return f.Procedure != nil && f.Procedure.From != nil }}
	endsOn  = fact{"结束日期", func(f *Facts) bool {
		return f.Procedure != nil && given(f.Procedure.Name) && f.Procedure.To != nil
	}}
	conclusion  = fact{"结论", func(f *Facts) bool { return f.Procedure != nil && given(f.Procedure.Conclusion) }}
	approver    = fact{"批准人", func(f *Facts) bool { return given(f.Approver) }}
	newDue      = fact{"延长后截止日期", func(f *Facts) bool { return f.Statutory != nil }}
	twoOfficers = fact{"两名以上核查人员姓名证号", func(f *Facts) bool {
		return f.Visit != nil && len(f.Visit.Officers) >= 2 &&
			all(f.Visit.Officers, func(o Officer) bool { return given(o.Name, o.Number) }) && differ(f.Visit.Officers)
	}}
	whereAndWhen = fact{"时间地点", func(f *Facts) bool {
		return f.Visit != nil && !f.Visit.At.IsZero() && given(f.Visit.Place)
	}}
	findings = fact{"核查情况", func(f *Facts) bool { return f.Visit != nil && given(f.Visit.Findings) }}
	photos   = fact{"照片附件", func(f *Facts) bool { return f.Visit != nil && texts(f.Visit.Photos) }}
)

var (
	metWhen  = fact{"会议时间地点", func(f *Facts) bool { return f.Meeting != nil && f.Meeting.On != nil && given(f.Meeting.Place) }}
	metChair = fact{"会议主持人", func(f *Facts) bool { return f.Meeting != nil && given(f.Meeting.Chair) }}
	metWho   = fact{"参会机关、人员及意见", func(f *Facts) bool {
		return f.Meeting != nil && all(f.Meeting.Attendees, func(v Voice) bool { return given(v.Body, v.Person, v.Stance) })
	}}
	metText    = fact{"研究情况", func(f *Facts) bool { return f.Meeting != nil && given(f.Meeting.Text) }}
	metOutcome = fact{"会议结论", func(f *Facts) bool { return f.Meeting != nil && given(f.Meeting.Outcome) }}
)

var (
	challenged = fact{"被申请回避的人员和情形", func(f *Facts) bool { return f.Recusal != nil && given(f.Recusal.Officer, f.Recusal.Ground) }}
	asked      = fact{"申请日期", func(f *Facts) bool { return f.Recusal != nil && f.Recusal.On != 0 }}
)

// reconsidered says that the answer may be reconsidered.
func reconsidered(f *Facts) bool { return f.Recusal != nil && !f.Recusal.Granted && !f.Recusal.Again }

// visited says that the document is the record and not the notice of a visit.
func visited(f *Facts) bool { return f.Visit == nil || !f.Visit.Notice }

// differ says whether no officer is named twice.
func differ(list []Officer) bool {
	seen := map[string]bool{}
	for _, o := range list {
		if seen[o.Number] {
			return false
		}
		seen[o.Number] = true
	}
	return true
}

const (
	stopLaw   = "行政许可法第四十五条"
	extendLaw = "行政许可法第四十二条"
	visitLaw  = "行政许可法第三十四条第三款"
	jointLaw  = "行政许可法第二十六条第二款"
	recuseLaw = "公务员法第七十七条"
	againLaw  = "民事诉讼法第五十条"
)

var proceeding = []Spec{
	{
		Kind: TBCX, Name: "特别程序告知书", Title: "行政许可特别程序所需时间告知书", Plain: "特别程序所需时间告知书", Word: "特",
		Trigger: "依法启动不计入办理期限的程序", Within: "启动时", Law: stopLaw, Seal: LicensingSeal, Receipt: true,
		Must:  needs(stopLaw, []Need{procedure.by(stopLaw), needed.by(stopLaw), stopsOn.by(stopLaw)}),
		texts: []func(*sheet){procedure1},
	},
	{
		Kind: TBJS, Name: "特别程序结束（恢复计时）通知", Title: "行政许可特别程序结束通知书", Plain: "特别程序结束通知书", Word: "特结",
		Trigger: "特别程序结束", Within: "结束时", Law: stopLaw, Seal: LicensingSeal, Receipt: true, Own: true,
		Must:  needs(stopLaw, []Need{endsOn.by(stopLaw), conclusion.by(stopLaw), fact{"新的法定办结日期", statutory.holds}.by(stopLaw)}),
		texts: []func(*sheet){resume1},
	},
	{
		Kind: YQ, Name: "延长办理期限告知书", Title: "行政许可延长办理期限告知书", Plain: "延长办理期限告知书", Word: "延",
		Trigger: "法定期限内不能作出决定", Within: "原期限届满前", Law: extendLaw, Seal: BodySeal, Receipt: true,
		Must:  needs(extendLaw, []Need{reasons.by(extendLaw), approver.by(extendLaw), newDue.by(extendLaw)}),
		texts: []func(*sheet){extend1},
	},
	{
		Kind: XCHC, Name: "现场核查通知、记录", Title: "现场核查记录", Word: "核",
		Trigger: "需要对申请材料的实质内容进行核实", Within: "承诺期限内", Law: visitLaw, Seal: Unsealed, Receipt: true, compact: true,
		Must: needs(visitLaw, []Need{twoOfficers.by(visitLaw), whereAndWhen.by(visitLaw), findings.when(visited).by(visitLaw),
			photos.when(visited).by(visitLaw)}),
		titleOf: visitTitle, texts: []func(*sheet){visit1},
	},
	{
		Kind: LSJY, Name: "联审会议纪要", Title: "联审会议纪要", Word: "联审",
		Trigger: "举行联审会议", Within: "会后", Law: jointLaw, Seal: BodySeal, Internal: true, Joint: true, Own: true, compact: true,
		Must:  []Need{metWhen.by(jointLaw), metChair.by(jointLaw), metWho.by(jointLaw), metText.by(jointLaw), metOutcome.by(jointLaw)},
		texts: []func(*sheet){meeting1},
	},
	{
		Kind: HBJD, Name: "回避申请决定书", Title: "回避申请决定书", Word: "避",
		Trigger: "对工作人员的回避申请作出决定", Within: "申请之日起三个工作日内", Law: recuseLaw, Seal: BodySeal, Receipt: true, Own: true,
		Must: needs(recuseLaw, []Need{challenged.by(recuseLaw), asked.by(recuseLaw), reasons.by(recuseLaw), approver.by(recuseLaw),
			until.when(reconsidered).by(againLaw), how.when(reconsidered).by(againLaw)}),
		titleOf: recusalTitle, texts: []func(*sheet){recusal1},
	},
}

func procedure1(s *sheet) {
	p := s.Procedure
	s.letter(s.Applicant.Name)
	s.say("%s。根据%s的规定，办理该申请依法需要%s，所需时间为%s，自%s起。",
		s.applied(), p.Law, p.Name, p.Needs, date(p.From))
	s.say("%s，上述所需时间不计算在办理期限内。办理期限自%s起停止计算，程序结束后恢复计算；停止计算的开始日和结束日均不计入办理期限。本机关将在程序结束时另行书面通知%s。",
		s.under("第四十五条"), date(p.From), s.you())
	s.ask()
	s.sign()
}

func recusalTitle(f *Facts) string {
	return ifelse(f.Recusal != nil && f.Recusal.Again, "回避申请复核决定书", "回避申请决定书")
}

// recusal1 answers the applicant or an interested party. No article gives a remedy
// against a refusal; the reconsideration is that of the laws of procedure.
func recusal1(s *sheet) {
	r, you := s.Recusal, s.you()
	if s.Addressee != "" {
		you = "你（单位）"
		s.letterOther(s.Addressee)
	} else {
		s.letter(s.Applicant.Name)
	}
	s.say("在办理“%s”申请期间，%s于%s%s，提出的情形：%s%s审查，理由如下：", s.Matter.Name, you, date(&r.On), ifelse(r.Again,
		"对不予"+r.Officer+"回避的决定申请复核", "申请"+r.Officer+"回避"), stop(r.Ground), "经"+s.Approver)
	s.list(stops(s.Reasons))
	if r.Granted {
		s.say("根据《中华人民共和国公务员法》第七十六条、第七十七条的规定，决定%s回避，自即日起不再参与该申请的办理，由其他工作人员接办。", r.Officer)
	} else {
		s.say("根据《中华人民共和国公务员法》第七十六条、第七十七条的规定，决定驳回申请，%s不回避。", r.Officer)
		if reconsidered(s.Facts) {
			s.say("对本决定不服的，可以参照《中华人民共和国民事诉讼法》第五十条的规定，于%s申请复核一次：%s复核由作出本决定的人员以外的负责人在三个工作日内答复；复核期间办理不停止，答复前不作出是否准予的决定。",
				s.before(), stop(s.How))
		}
		s.say("认为不回避影响公正办理的，也可以在对该申请的决定申请行政复议、提起行政诉讼时一并提出。")
	}
	s.ask()
	if s.Addressee != "" {
		s.signOther()
	} else {
		s.sign()
	}
}

func meeting1(s *sheet) {
	m := s.Meeting
	s.about(
		pdf.Field{Label: "会议时间", Value: date(m.On)},
		pdf.Field{Label: "主持人", Value: m.Chair},
		wide("会议地点", m.Place),
		pdf.Field{Label: "会议结论", Value: m.Outcome},
	)
	s.heading("一、参会机关、人员及意见")
	var said []string
	for _, v := range m.Attendees {
		said = append(said, stop(v.Body+"（"+v.Person+"）："+v.Stance+labelled("。", v.Opinion)))
	}
	s.list(said)
	s.heading("二、研究情况")
	s.say("%s", stop(m.Text))
	s.heading("三、结论")
	s.say("%s，各机关联合办理该申请，会议结论为“%s”。结论为不同意的，不能作出准予决定；需要重新研究的，退回后另行召开会议。", s.under("第二十六条第二款"), m.Outcome)
	s.signOther()
}

func resume1(s *sheet) {
	p := s.Procedure
	s.letter(s.Applicant.Name)
	s.say("%s，依法进行的%s已于%s结束，结论如下：%s", s.applied(), p.Name, date(p.To), stop(p.Conclusion))
	s.say("%s，该程序所需时间不计算在办理期限内，办理期限恢复计算。", s.under("第四十五条"))
	s.say("恢复计算后，法定办理期限的%s。", end(*s.Statutory))
	if s.Promised != nil {
		s.say("本机关承诺办理期限的%s。", end(*s.Promised))
	}
	s.ask()
	s.sign()
}

func extend1(s *sheet) {
	s.letter(s.Applicant.Name)
	s.say("%s，因下列理由，本机关不能在法定期限内作出决定：", s.applied())
	s.list(stops(s.Reasons))
	article := "第四十二条第一款"
	if strings.Contains(s.Approver, "政府") {
		article = "第四十二条第二款" // 统一、联合、集中办理
	}
	s.say("%s，经%s批准，决定延长办理期限。延长后的%s。", s.resting(article), s.Approver, end(*s.Statutory))
	s.ask()
	s.sign()
}

func visitTitle(f *Facts) string {
	if visited(f) {
		return "现场核查记录"
	}
	return "现场核查通知书"
}

func visit1(s *sheet) {
	v := s.Visit
	s.about(
		wide("核查时间", minute(v.At)),
		wide("核查地点", v.Place),
	)
	s.say("%s，本机关指派下列工作人员对申请材料的实质内容进行现场核查：", s.under("第三十四条第三款"))
	rows := make([][]string, len(v.Officers))
	for i, o := range v.Officers {
		rows[i] = []string{o.Name, o.Number, ""}
	}
	columns := []pdf.Column{{Title: "姓名", Share: 2}, {Title: "证件号", Share: 3}, {Title: "签名", Share: 3}}
	s.table(columns, rows)
	if v.Notice {
		s.say("请%s届时到场配合。现场核查的时间计入办理期限。", s.you())
		s.ask()
		s.sign()
		return
	}
	s.heading("核查情况")
	s.say("%s", stop(v.Findings))
	s.say("照片附件：%s", stop(join(v.Photos)))
	s.blanks("当事人（签字）：", "日期：")
	s.sign()
}
