package document

import (
	"onewindow/internal/kit/pdf"
)

// What changes or ends a licence.
const (
	BG   Kind = "BG"   // 准予变更决定书
	YX   Kind = "YX"   // 准予（不予）延续决定书
	MYX  Kind = "MYX"  // 视为准予延续确认书
	CXGZ Kind = "CXGZ" // 撤销（撤回）事先告知书
	CX   Kind = "CX"   // 撤销行政许可决定书
	CH   Kind = "CH"   // 撤回（变更）行政许可决定书
	ZX   Kind = "ZX"   // 注销决定、公告
	ZXGZ Kind = "ZXGZ" // 注销事先告知书
	JYGS Kind = "JYGS" // 简易注销公示
)

var (
	changes = fact{"变更前后内容", func(f *Facts) bool {
		return all(f.Changes, func(c Change) bool { return given(c.Where, c.Before, c.After) })
	}}
	newValidity  = fact{"新有效期", func(f *Facts) bool { return f.Licence.dated() }}
	oldValidity  = fact{"原有效期", func(f *Facts) bool { return f.Licence.ValidTo != nil }}
	heldLicence  = fact{"证件名称编号", licenceNumber.holds}
	heardUntil   = fact{"陈述申辩权", func(f *Facts) bool { return f.Until != nil && given(f.How) }}
	compensation = fact{"赔偿事项", func(f *Facts) bool { return given(f.Compensation) }}
	indemnity    = fact{"补偿", compensation.holds}
	ground       = fact{"注销情形", func(f *Facts) bool { return given(f.Ground) }}
	announced    = fact{"公告", func(f *Facts) bool { return given(f.Announcement) }}
	publicReason = fact{"公共利益理由", reasons.holds}
)

const (
	changeLaw  = "行政许可法第四十九条"
	renewLaw   = "行政许可法第五十条第二款"
	hearOutLaw = "行政许可法第七条"
	rescindLaw = "行政许可法第六十九条"
	damageLaw  = "行政许可法第六十九条第四款"
	recallLaw  = "行政许可法第八条第二款"
	cancelLaw  = "行政许可法第七十条"
	simpleLaw  = "市场主体登记管理条例第三十三条"
)

func mayRescind(f *Facts) bool { return !f.MustRescind }

var altering = []Spec{
	{
		Kind: BG, Name: "准予变更决定书", Title: "准予变更行政许可决定书", Plain: "准予变更决定书", Word: "变",
		Trigger: "被许可人申请变更", Within: "法定期限内", Law: changeLaw, Seal: BodySeal, Receipt: true, decides: true,
		Must:  needs(changeLaw, []Need{heldLicence.by(changeLaw), changes.by(changeLaw)}),
		texts: []func(*sheet){change1},
	},
	{
		Kind: YX, Name: "准予（不予）延续决定书", Title: "准予延续行政许可决定书", Word: "续",
		Trigger: "被许可人申请延续", Within: "有效期届满前", Law: renewLaw, Seal: BodySeal, Receipt: true, decides: true,
		Must: needs(renewLaw, []Need{heldLicence.by(renewLaw), newValidity.when(notRefused).by(renewLaw),
			reasons.when(refusal).by(refuseLaw), basis.when(refusal).by(refuseLaw)}, remediesWhen(refusal)),
		titleOf: renewTitle, texts: []func(*sheet){renew1},
	},
	{
		Kind: MYX, Name: "视为准予延续确认书", Title: "视为准予延续行政许可确认书", Plain: "视为准予延续确认书", Word: "视续",
		Trigger: "按期提出的延续申请届满未作决定", Within: "有效期届满之日", Law: renewLaw, Seal: BodySeal, Receipt: true, Own: true,
		Must:  needs(renewLaw, []Need{heldLicence.by(renewLaw), received.by(renewLaw), oldValidity.by(renewLaw)}),
		texts: []func(*sheet){deemedRenewal1},
	},
	{
		Kind: CXGZ, Name: "撤销（撤回）事先告知书", Title: "撤销行政许可事先告知书", Word: "撤告",
		Trigger: "拟撤销或者撤回行政许可", Within: "决定前", Law: hearOutLaw, Seal: BodySeal, Receipt: true,
		Must: needs(hearOutLaw, []Need{heldLicence.by(hearOutLaw), claims.by(hearOutLaw), basis.by(hearOutLaw),
			heardUntil.by(hearOutLaw)}),
		texts: []func(*sheet){intent1},
	},
	{
		Kind: CX, Name: "撤销行政许可决定书", Title: "撤销行政许可决定书", Word: "撤",
		Trigger: "行政许可法第六十九条的情形", Law: rescindLaw, Seal: BodySeal, Receipt: true, decides: true,
		Must: needs(rescindLaw, []Need{heldLicence.by(rescindLaw), claims.by(rescindLaw), basis.by(rescindLaw),
			compensation.when(mayRescind).by(damageLaw)}, remedies),
		texts: []func(*sheet){rescind1},
	},
	{
		Kind: CH, Name: "撤回（变更）行政许可决定书", Title: "撤回行政许可决定书", Word: "撤回",
		Trigger: "行政许可法第八条第二款的情形", Law: recallLaw, Seal: BodySeal, Receipt: true, decides: true,
		Must: needs(recallLaw, []Need{heldLicence.by(recallLaw), publicReason.by(recallLaw), basis.by(recallLaw),
			indemnity.by(recallLaw)}, remedies),
		texts: []func(*sheet){recall1},
	},
	{
		Kind: ZXGZ, Name: "注销事先告知书", Title: "注销行政许可事先告知书", Plain: "注销事先告知书", Word: "销告",
		Trigger: "拟不依申请注销", Within: "决定前", Law: hearOutLaw, Seal: BodySeal, Receipt: true, Own: true,
		Must: needs(hearOutLaw, []Need{ground.by(cancelLaw), heldLicence.by(hearOutLaw), claims.by(hearOutLaw), basis.by(hearOutLaw),
			heardUntil.by(hearOutLaw)}),
		texts: []func(*sheet){intentToCancel1},
	},
	{
		Kind: JYGS, Name: "简易注销公示", Title: "简易注销公示", Word: "简注",
		Trigger: "市场主体承诺后申请简易注销", Within: "当日", Law: simpleLaw, Seal: BodySeal, Own: true,
		Must:    needs(simpleLaw, []Need{heldLicence.by(simpleLaw), promises.by(simpleLaw), until.by(simpleLaw), how.by(simpleLaw)}),
		titleOf: simpleTitle, texts: []func(*sheet){simple1},
	},
	{
		Kind: ZX, Name: "注销决定、公告", Title: "注销行政许可决定书", Word: "销",
		Trigger: "行政许可法第七十条的情形", Law: cancelLaw, Seal: BodySeal, Receipt: true, decides: true,
		Must:  needs(cancelLaw, []Need{ground.by(cancelLaw), heldLicence.by(cancelLaw), announced.by(cancelLaw)}, remediesWhen(named)),
		texts: []func(*sheet){cancel1, cancel2},
	},
}

// held names the licence the document is about.
func (s *sheet) held() string {
	return "《" + s.Licence.Name + "》（编号：" + s.Licence.Number + "）"
}

func change1(s *sheet) {
	s.letter(s.Applicant.Name)
	s.examined("变更申请符合法定条件、标准。")
	s.say("%s，本机关决定准予变更%s的下列内容：", s.resting("第四十九条"), s.held())
	rows := make([][]string, len(s.Changes))
	for i, c := range s.Changes {
		rows[i] = []string{c.Where, c.Before, c.After}
	}
	s.table([]pdf.Column{{Title: "变更事项", Share: 2}, {Title: "变更前", Share: 3}, {Title: "变更后", Share: 3}}, rows)
	s.ask()
	s.sign()
}

func renewTitle(f *Facts) string {
	what := ifelse(f.Matter.licensing(), "延续行政许可决定书", "延续决定书")
	return ifelse(f.refused(), "不予", "准予") + what
}

func renew1(s *sheet) {
	s.letter(s.Applicant.Name)
	if s.refused() {
		s.examined("申请不符合延续的法定条件、标准，理由如下：")
		s.list(stops(s.Reasons))
		s.say("%s，本机关决定对%s不予延续。", s.resting("第三十八条第二款、第五十条第二款"), s.held())
		s.remedies("决定书")
	} else {
		s.examined("申请符合延续的法定条件、标准。")
		s.say("%s，本机关决定准予延续%s的有效期，延续后的有效期：%s", s.resting("第五十条第二款"), s.held(), stop(validityText(s.Licence)))
	}
	s.ask()
	s.sign()
}

func deemedRenewal1(s *sheet) {
	s.letter(s.Applicant.Name)
	s.say("%s于%s申请延续%s的有效期。该证件的有效期于%s届满，本机关在届满前未作出是否准予延续的决定。",
		s.you(), day(s.ReceivedAt), s.held(), date(s.Licence.ValidTo))
	s.say("%s，视为准予延续，现予确认。延续后的有效期由本机关核定后另行书面告知；在此之前，本确认书可以作为行政许可继续有效的证明。", s.under("第五十条第二款"))
	s.ask()
	s.sign()
}

func intent1(s *sheet) {
	s.letter(s.Applicant.Name)
	s.say("本机关拟对%s取得的%s作出撤销或者撤回的决定，事实和理由如下：", s.you(), s.held())
	s.list(stops(s.Reasons))
	s.say("依据：%s", stop(join(s.Basis)))
	s.say("根据《中华人民共和国行政许可法》第七条的规定，%s享有陈述权、申辩权，请于%s按照以下方式提出：%s逾期未提出的，视为放弃陈述和申辩。",
		s.you(), s.before(), stop(s.How))
	s.ask()
	s.sign()
}

func rescind1(s *sheet) {
	article, kind := "第六十九条第一款", "可以撤销"
	if s.MustRescind {
		article, kind = "第六十九条第二款", "应当撤销"
	}
	s.letter(s.Applicant.Name)
	s.say("本机关对%s取得的%s进行了审查，查明的事实和理由如下：", s.you(), s.held())
	s.list(stops(s.Reasons))
	s.say("上述情形属于%s的情形。根据%s和《中华人民共和国行政许可法》%s的规定，本机关决定撤销该行政许可。", kind, join(s.Basis), article)
	if s.MustRescind {
		s.say("根据《中华人民共和国行政许可法》第六十九条第四款的规定，%s基于该行政许可取得的利益不受保护。", s.you())
	} else {
		s.say("赔偿事项：%s", stop(s.Compensation))
	}
	s.remedies("决定书")
	s.ask()
	s.sign()
}

func recall1(s *sheet) {
	s.letter(s.Applicant.Name)
	s.say("为了公共利益的需要，本机关对%s依法取得的%s进行了审查，理由如下：", s.you(), s.held())
	s.list(stops(s.Reasons))
	s.say("根据%s和《中华人民共和国行政许可法》第八条第二款的规定，本机关决定撤回该行政许可。", join(s.Basis))
	s.say("补偿：%s", stop(s.Compensation))
	s.remedies("决定书")
	s.ask()
	s.sign()
}

func cancel1(s *sheet) {
	s.letter(s.Applicant.Name)
	s.say("%s取得的%s有下列情形：%s", s.you(), s.held(), stop(s.Ground))
	s.say("根据《中华人民共和国行政许可法》第七十条的规定，本机关决定办理该行政许可的注销手续，原证件自注销之日起停止使用。")
	s.say("公告：%s", stop(s.Announcement))
	if named(s.Facts) {
		s.remedies("决定书")
	}
	s.ask()
	s.sign()
}

// cancel2 also says on which facts it rests and what was answered to who objected.
func cancel2(s *sheet) {
	s.letter(s.Applicant.Name)
	s.say("%s取得的%s有下列情形：%s", s.you(), s.held(), stop(s.Ground))
	if texts(s.Reasons) {
		s.say("查明的事实和理由如下：")
		s.list(stops(s.Reasons))
	}
	s.say("根据《中华人民共和国行政许可法》第七十条的规定，本机关决定办理该行政许可的注销手续，原证件自注销之日起停止使用。")
	s.say("公告：%s", stop(s.Announcement))
	if named(s.Facts) {
		s.remedies("决定书")
	}
	s.ask()
	s.sign()
}

// intentToCancel1 goes to the holder, or to who speaks in the holder's place;
// nothing on the paper of the latter opens the holder's case.
func intentToCancel1(s *sheet) {
	other := s.Addressee != ""
	if other {
		s.letterOther(s.Addressee)
	} else {
		s.letter(s.Applicant.Name)
	}
	s.say("本机关拟对%s取得的%s办理注销手续。情形：%s事实和理由如下：", s.Applicant.Name, s.held(), stop(s.Ground))
	s.list(stops(s.Reasons))
	s.say("依据：%s", stop(join(s.Basis)))
	s.say("根据《中华人民共和国行政许可法》第七条的规定，%s享有陈述权、申辩权，请于%s按照以下方式提出：%s提出的意见，本机关在作出决定前答复并说明理由；逾期未提出的，视为放弃陈述和申辩。",
		ifelse(other, "你（单位）", s.you()), s.before(), stop(s.How))
	s.ask()
	if other {
		s.signOther()
	} else {
		s.sign()
	}
}

// simpleTitle: an individual business (个体工商户) is not published; other
// departments are told.
func simpleTitle(f *Facts) string {
	return ifelse(f.Applicant.Company, "简易注销公示", "简易注销登记申请推送单")
}

func simple1(s *sheet) {
	s.note("事项编码：%s", s.Matter.Code)
	s.say("%s申请对%s按照简易程序办理注销登记，并书面承诺：", s.Applicant.Name, s.held())
	s.list(stops(s.Commitment.Promises))
	s.say("根据《中华人民共和国市场主体登记管理条例》第三十三条的规定，%s请于%s提出：%s提出异议的，简易程序终止。", ifelse(s.Applicant.Company,
		"现予公示。相关部门、债权人及其他利害关系人有异议的，", "现推送至税务等有关部门。有异议的，"), s.before(), stop(s.How))
	s.ask()
	s.signOther()
}
