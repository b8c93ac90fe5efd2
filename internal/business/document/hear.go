package document

import (
	"slices"

	"onewindow/internal/kit/pdf"
)

// What belongs to interested parties and hearings (利害关系人、听证).
const (
	LHGZ Kind = "LHGZ" // 利害关系人告知书
	TZGZ Kind = "TZGZ" // 听证权利告知书
	TZTZ Kind = "TZTZ" // 听证通知书、公告
	TZBL Kind = "TZBL" // 听证笔录
)

var (
	addressee  = fact{"利害关系人", func(f *Facts) bool { return given(f.Addressee) }}
	department = fact{"受理听证申请的部门", func(f *Facts) bool { return f.Hearing != nil && given(f.Hearing.Department) }}
	hearingAt  = fact{"时间", func(f *Facts) bool { return f.Hearing != nil && !f.Hearing.At.IsZero() }}
	hearingIn  = fact{"地点", func(f *Facts) bool { return f.Hearing != nil && given(f.Hearing.Place) }}
	host       = fact{"主持人", func(f *Facts) bool { return f.Hearing != nil && given(f.Hearing.Host) }}
	attendees  = fact{"参加人", func(f *Facts) bool { return f.Hearing != nil && texts(f.Hearing.Attendees) }}
	otherHost  = fact{"审查人员以外的主持人", func(f *Facts) bool {
		h := f.Hearing
		return h != nil && given(h.Host) && texts(h.Examiners) && !slices.Contains(h.Examiners, h.Host)
	}}
	evidence = fact{"审查意见的证据、理由", func(f *Facts) bool { return f.Hearing != nil && said(f.Hearing.Evidence) }}
	defence  = fact{"申辩和质证", func(f *Facts) bool { return f.Hearing != nil && said(f.Hearing.Defence) }}
)

func said(list []Statement) bool {
	return all(list, func(x Statement) bool { return given(x.Who, x.Text) })
}

const (
	interestLaw   = "行政许可法第三十六条"
	hearLaw       = "行政许可法第四十七条第一款"
	noticeLaw     = "行政许可法第四十八条第一款第（一）项"
	hostLaw       = "行政许可法第四十八条第一款第（三）项"
	crossLaw      = "行政许可法第四十八条第一款第（四）项"
	transcriptLaw = "行政许可法第四十八条第一款第（五）项"
)

var hearings = []Spec{
	{
		Kind: LHGZ, Name: "利害关系人告知书", Title: "行政许可利害关系人告知书", Plain: "利害关系人告知书", Word: "利",
		Trigger: "申请事项直接关系他人重大利益", Within: "决定前", Law: interestLaw, Seal: BodySeal, Receipt: true,
		// Applicants do not read it: it names somebody else.
		Internal: true,
		Must:     needs(interestLaw, []Need{addressee.by(interestLaw), until.by(interestLaw), how.by(interestLaw)}),
		texts:    []func(*sheet){interested1},
	},
	{
		Kind: TZGZ, Name: "听证权利告知书", Title: "行政许可听证权利告知书", Plain: "听证权利告知书", Word: "听告",
		Trigger: "直接涉及申请人与他人之间重大利益关系", Within: "决定前", Law: hearLaw, Seal: BodySeal, Receipt: true,
		Must:  needs(hearLaw, []Need{department.by(hearLaw), until.by(hearLaw)}),
		texts: []func(*sheet){hearingRight1},
	},
	{
		Kind: TZTZ, Name: "听证通知书、公告", Title: "行政许可听证通知书", Plain: "听证通知书", Word: "听通",
		Trigger: "决定举行听证", Within: "举行听证的7个工作日前", Law: noticeLaw, Seal: BodySeal, Receipt: true,
		Must: needs(noticeLaw, []Need{hearingAt.by(noticeLaw), hearingIn.by(noticeLaw), host.by(hostLaw),
			attendees.by(noticeLaw)}),
		titleOf: hearingTitle, texts: []func(*sheet){hearingNotice1, hearingNotice2},
	},
	{
		Kind: TZBL, Name: "听证笔录", Title: "行政许可听证笔录", Plain: "听证笔录", Word: "听笔",
		Trigger: "举行听证", Within: "当场", Law: transcriptLaw, Seal: Unsealed, Receipt: true, compact: true,
		Must: needs(transcriptLaw, []Need{otherHost.by(hostLaw), hearingAt.by(transcriptLaw), hearingIn.by(transcriptLaw),
			evidence.by(crossLaw), defence.by(crossLaw)}),
		texts: []func(*sheet){transcript1},
	},
}

func interested1(s *sheet) {
	s.letterOther(s.Addressee)
	s.say("%s向本机关提出“%s”申请。经审查，该事项直接关系你（单位）的重大利益。", s.Applicant.Name, s.Matter.Name)
	s.say("%s，现将该事项告知你（单位）。你（单位）有权进行陈述和申辩，请于%s按照以下方式提出：%s", s.under("第三十六条"), s.before(), stop(s.How))
	s.say("逾期未提出的，不影响本机关依法作出决定。")
	s.ask()
	s.signOther()
}

func hearingRight1(s *sheet) {
	to := s.Addressee
	if to == "" {
		to = s.Applicant.Name
	}
	s.letterOther(to)
	s.say("本机关正在审查%s提出的“%s”申请。该事项直接涉及申请人与他人之间的重大利益关系。", s.Applicant.Name, s.Matter.Name)
	s.say("%s，你（单位）享有要求听证的权利。要求听证的，应当自被告知之日起5日内（截至%s）向%s提出申请；本机关自收到听证申请之日起20个工作日内组织听证。",
		s.under("第四十七条第一款"), date(s.Until), s.Hearing.Department)
	s.say("你（单位）不承担本机关组织听证的费用。逾期未提出申请的，视为放弃听证权利。")
	s.ask()
	s.signOther()
}

func hearingTitle(f *Facts) string {
	title := "听证通知书"
	if f.Hearing != nil && f.Hearing.Public {
		title = "听证公告"
	}
	if f.Matter.licensing() {
		return "行政许可" + title
	}
	return title
}

func hearingNotice1(s *sheet) {
	h := s.Hearing
	if h.Public {
		s.note("事项编码：%s", s.Matter.Code)
	} else {
		s.letterOther(s.Applicant.Name)
	}
	s.say("%s，本机关决定就%s提出的“%s”申请公开举行听证。现将有关事项%s如下：",
		s.under(ifelse(h.Public, "第四十六条、第四十八条", "第四十八条")), s.Applicant.Name, s.Matter.Name, ifelse(h.Public, "公告", "通知"))
	s.hearingBox()
}

// hearingNotice2 also goes to interested parties, and says when the hearing is
// not public.
func hearingNotice2(s *sheet) {
	h := s.Hearing
	if h.Public {
		s.note("事项编码：%s", s.Matter.Code)
	} else {
		s.letterOther(ifelse(s.Addressee == "", s.Applicant.Name, s.Addressee))
	}
	s.say("%s，本机关决定就%s提出的“%s”申请%s举行听证。现将有关事项%s如下：",
		s.under(ifelse(h.Public, "第四十六条、第四十八条", "第四十八条")), s.Applicant.Name, s.Matter.Name, h.manner(), ifelse(h.Public, "公告", "通知"))
	s.hearingBox()
}

// hearingBox is when, where and under whom, and what those who come may do.
func (s *sheet) hearingBox() {
	h := s.Hearing
	s.box(
		wide("时间", minute(h.At)),
		wide("地点", h.Place),
		wide("主持人", h.Host),
		wide("参加人", join(h.Attendees)),
	)
	s.say("申请人、利害关系人认为主持人与该事项有直接利害关系的，有权申请回避。申请人、利害关系人可以提出证据，并进行申辩和质证；可以委托代理人参加听证。")
	s.say("组织听证的费用不由申请人、利害关系人承担。")
	s.ask()
	s.signOther()
}

// manner says whether the hearing is held in public, and why not otherwise.
func (h *Hearing) manner() string {
	if h.Private == "" {
		return "公开"
	}
	return "不公开（" + h.Private + "）"
}

func transcript1(s *sheet) {
	h := s.Hearing
	s.about(
		pdf.Field{Label: "时间", Value: minute(h.At)},
		pdf.Field{Label: "主持人", Value: h.Host},
		wide("地点", h.Place),
		wide("审查人员", join(h.Examiners)),
		wide("参加人", join(h.Attendees)),
	)
	s.heading("一、审查人员提出的审查意见及证据、理由")
	s.statements(h.Evidence)
	s.heading("二、申请人、利害关系人的陈述、申辩和质证")
	s.statements(h.Defence)
	s.say("本笔录交听证参加人确认无误后签字或者盖章。")
	s.blanks("主持人（签字）：", "记录人（签字）：", "申请人（签字或者盖章）：", "利害关系人（签字或者盖章）：", "审查人员（签字）：")
	s.sign()
}

func (s *sheet) statements(list []Statement) {
	for _, x := range list {
		s.say("%s：%s", x.Who, stop(x.Text))
	}
}

func ifelse(b bool, then, otherwise string) string {
	if b {
		return then
	}
	return otherwise
}
