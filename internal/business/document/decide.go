package document

import (
	"onewindow/internal/kit/pdf"
)

// What decides a case.
const (
	ZYXK Kind = "ZYXK" // 准予行政许可决定书
	BYXK Kind = "BYXK" // 不予行政许可决定书
	DCJD Kind = "DCJD" // 当场决定书
	ZZ   Kind = "ZZ"   // 行政许可证件
	DJTZ Kind = "DJTZ" // 登记通知书、不予登记通知书
)

var (
	// A certificate that gets its number when it is made is promised for a day.
	licence = fact{"证件名称编号", func(f *Facts) bool {
		l := f.Licence
		return l.None || given(l.Name) && (given(l.Number) || l.IssueBy != nil)
	}}
	licenceNumber = fact{"证照标识", func(f *Facts) bool { return given(f.Licence.Name, f.Licence.Number) }}
	prints        = fact{"照面信息", func(f *Facts) bool {
		return all(f.Licence.Prints, func(l Line) bool { return given(l.Label, l.Value) })
	}}
	square = fact{"二维码", func(f *Facts) bool { return given(f.QueryURL) }}
	result = fact{"登记结果", func(f *Facts) bool { return f.Outcome != "" && (f.Outcome != Granted || given(f.Decision)) }}
	claims = fact{"事实与理由", reasons.holds}
)

func refusal(f *Facts) bool    { return f.Outcome == Refused }
func notRefused(f *Facts) bool { return !refusal(f) }
func returned(f *Facts) bool   { return f.Outcome == Returned }

const (
	grantLaw    = "行政许可法第三十八条第一款"
	refuseLaw   = "行政许可法第三十八条第二款"
	paperLaw    = "行政许可法第三十九条第一款"
	onSpotLaw   = "行政许可法第三十四条第二款"
	elecLaw     = "国务院令第716号第十条"
	registerLaw = "市场主体登记管理条例第十九条第一款"
	rejectLaw   = "市场主体登记管理条例第二十条"
	returnLaw   = "市场主体登记管理条例实施细则第十八条第二款"
)

var deciding = []Spec{
	{
		Kind: ZYXK, Name: "准予行政许可决定书", Title: "准予行政许可决定书", Plain: "准予办理决定书", Word: "准",
		Trigger: "申请符合法定条件、标准", Within: "法定期限内", Law: grantLaw, Seal: BodySeal, Receipt: true, decides: true,
		Must:  needs(grantLaw, []Need{decision.by(grantLaw), basis.by(grantLaw), licence.by(paperLaw), validity.by(paperLaw)}),
		texts: []func(*sheet){grant1},
	},
	{
		Kind: BYXK, Name: "不予行政许可决定书", Title: "不予行政许可决定书", Plain: "不予办理决定书", Word: "不准",
		Trigger: "申请不符合法定条件、标准", Within: "法定期限内", Law: refuseLaw, Seal: BodySeal, Receipt: true, decides: true,
		Must:  needs(refuseLaw, []Need{claims.by(refuseLaw), fact{"依据条文", basis.holds}.by(refuseLaw)}, remedies),
		texts: []func(*sheet){refuse1},
	},
	{
		Kind: DCJD, Name: "当场决定书", Title: "当场行政许可决定书", Plain: "当场办理决定书", Word: "当",
		Trigger: "能够当场作出决定", Within: "当场", Law: onSpotLaw, Seal: BodySeal, Receipt: true, decides: true,
		Must: needs(onSpotLaw, []Need{decision.by(onSpotLaw), basis.by(onSpotLaw), licence.when(notRefused).by(paperLaw),
			reasons.when(refusal).by(refuseLaw)}, remediesWhen(refusal)),
		texts: []func(*sheet){onSpot1},
	},
	{
		Kind: ZZ, Name: "行政许可证件（电子证照）", Title: "行政许可证", Plain: "证书", Word: "证",
		Trigger: "准予行政许可", Within: "决定后10个工作日内", Law: paperLaw, Seal: BodySeal, Receipt: true, compact: true, licenceNumber: true,
		Must: []Need{licenceNumber.by(elecLaw), fact{"持证主体", applicant.holds}.by(paperLaw), validity.by(paperLaw),
			prints.by(paperLaw), square.by(elecLaw)},
		titleOf: func(f *Facts) string { return f.Licence.Name }, texts: []func(*sheet){certificate1},
	},
	{
		Kind: DJTZ, Name: "登记通知书、不予登记通知书", Title: "登记通知书", Word: "登",
		Trigger: "市场主体登记", Within: "当场；不能当场登记的3个工作日内，情形复杂的再延长3个工作日", Law: registerLaw, Seal: BodySeal, Receipt: true, decides: true,
		Must: needs(registerLaw, []Need{result.by(registerLaw), reasons.when(refusal).by(rejectLaw), basis.when(refusal).by(rejectLaw),
			supplements.when(returned).by(returnLaw)}, remediesWhen(refusal)),
		titleOf: registerTitle, texts: []func(*sheet){register1},
	},
}

// granted says what was granted: certificate, validity, conditions.
func (s *sheet) granted() {
	l := s.Licence
	if l.None {
		s.say("本决定依法不需要颁发许可证件，自作出之日起生效。")
	} else {
		s.box(wide("证件名称", l.Name), wide("证件编号", s.licenceRef()), wide("有效期", validityText(l)))
	}
	if len(s.Conditions) == 0 {
		s.say("附加条件：无。")
		return
	}
	s.say("本决定附有下列条件，请遵照执行：")
	s.list(stops(s.Conditions))
}

func (s *sheet) licenceRef() string {
	if s.Licence.Number != "" {
		return s.Licence.Number
	}
	return "以颁发的证件载明的为准，本机关将于" + date(s.Licence.IssueBy) + "前颁发、送达"
}

func validityText(l Licence) string {
	switch {
	case l.LongTerm && l.ValidFrom != nil:
		return "自" + date(l.ValidFrom) + "起长期有效"
	case l.LongTerm:
		return "长期有效"
	case l.ValidFrom != nil:
		return "自" + date(l.ValidFrom) + "至" + date(l.ValidTo)
	}
	return "至" + date(l.ValidTo)
}

// examined begins a decision.
func (s *sheet) examined(found string) {
	accepted := ""
	if s.AcceptedOn != nil {
		accepted = "，本机关于" + date(s.AcceptedOn) + "受理"
	}
	s.say("%s%s。经审查，%s", s.applied(), accepted, found)
}

func grant1(s *sheet) {
	s.letter(s.Applicant.Name)
	s.examined("申请符合法定条件、标准。")
	s.say("%s，本机关决定准予%s，决定内容如下：", s.resting("第三十八条第一款"), s.act())
	s.say("%s", stop(s.Decision))
	s.granted()
	s.say("请%s依法从事准予的活动，并接受监督检查。", s.you())
	if s.Licence.ValidTo != nil {
		s.say("需要延续有效期的，应当在有效期届满前依法按期提出延续申请。")
	}
	s.ask()
	s.sign()
}

func refuse1(s *sheet) {
	s.letter(s.Applicant.Name)
	s.examined("本机关查明的事实和不予" + s.act() + "的理由如下：")
	s.list(stops(s.Reasons))
	s.say("%s，本机关决定：对%s的上述申请不予%s。", s.resting("第三十八条第二款"), s.you(), s.act())
	s.remedies("决定书")
	s.ask()
	s.sign()
}

func onSpot1(s *sheet) {
	s.letter(s.Applicant.Name)
	if s.refused() {
		s.examined("申请材料齐全、符合法定形式，但是申请不符合法定条件、标准，理由如下：")
		s.list(stops(s.Reasons))
		s.say("%s，本机关当场作出如下决定：%s", s.resting("第三十四条第二款、第三十八条第二款"), stop(s.Decision))
		s.remedies("决定书")
	} else {
		s.examined("申请材料齐全、符合法定形式，申请符合法定条件、标准，能够当场作出决定。")
		s.say("%s，本机关当场作出如下决定：%s", s.resting("第三十四条第二款、第三十八条第一款"), stop(s.Decision))
		s.granted()
	}
	s.ask()
	s.sign()
}

func certificate1(s *sheet) {
	l := s.Licence
	fields := []pdf.Field{wide("持证主体", s.Applicant.Name), wide("证照标识", l.Number)}
	for _, p := range l.Prints {
		fields = append(fields, wide(p.Label, p.Value))
	}
	s.box(append(fields, wide("有效期", validityText(l)), wide("颁发机构", s.doc.Body.Name))...)
	sign := s.signature()
	sign.QR = &pdf.QR{Payload: s.QueryURL, Caption: "扫码核验证件"}
	s.add(sign)
}

func registerTitle(f *Facts) string {
	switch f.Outcome {
	case Refused:
		return "不予登记通知书"
	case Returned:
		return "登记申请材料补正告知书"
	}
	return "登记通知书"
}

func register1(s *sheet) {
	s.letter(s.Applicant.Name)
	switch s.Outcome {
	case Refused:
		s.examined("本机关认定如下：")
		s.list(stops(s.Reasons))
		s.say("根据%s和《中华人民共和国市场主体登记管理条例》第二十条的规定，本机关决定不予登记。", join(s.Basis))
		s.remedies("通知书")
	case Returned:
		s.say("%s。经审查，申请材料不齐全或者不符合法定形式。根据《中华人民共和国市场主体登记管理条例实施细则》第十八条第二款的规定，现将申请材料退还，并一次性告知需要补正的材料：", s.applied())
		s.returns()
		s.say("%s补正后，应当重新提交申请材料。", s.you())
	default:
		s.examined("申请材料齐全、符合法定形式。根据《中华人民共和国市场主体登记管理条例》第十九条第一款的规定，本机关予以登记：" + stop(s.Decision))
	}
	s.ask()
	s.sign()
}

func (s *sheet) returns() {
	rows := make([][]string, len(s.Supplements))
	for i, x := range s.Supplements {
		rows[i] = []string{x.Name, x.Problem, x.Standard}
	}
	s.table([]pdf.Column{{Title: "材料名称", Share: 2}, {Title: "存在的问题", Share: 3}, {Title: "补正要求", Share: 3}}, rows)
}
