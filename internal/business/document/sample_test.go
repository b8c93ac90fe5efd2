package document

import (
	"fmt"
	"strings"
	"time"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/pdf"
)

func on(text string) *calendar.Day { return new(calendar.MustDay(text)) }

var (
	body    = Body{"dz-spj", "定州市行政审批局", "定审"}
	subject = staff.Subject{BodyID: "dz-spj", IntakeID: "dz-hall", ApplicantID: "party-1", AgentID: "account-1"}
)

// sample is facts that satisfy every kind.
func sample() Facts {
	at := time.Date(2026, 9, 14, 9, 5, 30, 0, clock.Beijing)
	return Facts{
		Applicant:  Applicant{"定州市好味道餐饮服务有限公司", true},
		Agent:      "王小明",
		Matter:     Matter{"食品经营许可（餐饮服务经营者新办）", "11130682MB990001354000131026001", "01"},
		CaseNumber: "1306820001202609140000123", CheckCode: "A3CDEF", QueryURL: "https://onewindow.example/q?n=1306820001202609140000123",
		Contact: "综合窗口3号", Phone: "0312-0000001", Supervision: "0312-0000002",
		ReceivedAt: at, AcceptedOn: on("2026-09-15"),
		Statutory: &Due{Day: calendar.MustDay("2026-10-21"), Limit: deadline.Limit{N: 20, Unit: deadline.Working, Start: deadline.Accepted}},
		Promised:  &Due{Day: calendar.MustDay("2026-09-23"), Limit: deadline.Limit{N: 6, Unit: deadline.Working, Start: deadline.Accepted}},
		Materials: []Material{
			{"食品经营许可申请书", "原件", 1},
			{"经营场所平面布局图（标明面积、功能分区和设施设备位置）", "复印件", 2},
			{"食品安全管理制度文本", "电子件", 1},
		},
		Supplements: []Supplement{
			{"经营场所平面布局图", "未标明冷食类食品专间的位置和面积。", "标明专间位置、面积，以及洗手、消毒设施的位置。", "《食品经营许可和备案管理办法》第十二条第一款第（二）项"},
			{"食品安全管理制度文本", "缺少从业人员健康管理制度。", "补充从业人员健康管理制度，由申请人签字或者盖章。", "《食品经营许可和备案管理办法》第十二条第一款第（三）项"},
		},
		How: "登录一窗平台“我的办件”在线提交，或者到政务服务大厅综合窗口提交", Until: on("2026-09-30"),
		Consequence: "逾期未补正的，本机关将再次联系确认是否继续办理；确认不再办理的，终止办理，不影响再次申请",
		Corrections: []Change{{"申请书第2页“联系地址”", "定州市中山路", "定州市中山东路168号"}},
		Reasons: []string{
			"经现场核查，经营场所与暴露垃圾场（站）的距离不足25米，不符合选址要求",
			"冷食类食品制作未设置专间，不具备与申请的经营项目相适应的条件",
		},
		Basis:     []string{"《中华人民共和国食品安全法》第三十三条第一款第（一）项", "《食品经营许可和备案管理办法》第十六条第二款"},
		Competent: "保定市市场监督管理局",
		Remedies: Remedies{Review: "定州市人民政府", ReviewDays: 60, Court: "定州市人民法院", SuitMonths: 6,
			Online: "全国行政复议服务平台（https://xzfy.moj.gov.cn）"},
		ServedOnline: true,
		Outcome:      Granted,
		Decision:     "准予你单位从事餐饮服务经营活动，经营项目：热食类食品制售、冷食类食品制售",
		DecidedOn:    on("2026-09-21"),
		Licence: Licence{Name: "食品经营许可证", Number: "JY21306820012345", ValidFrom: on("2026-09-22"), ValidTo: on("2031-09-21"),
			Prints: []Line{{"经营场所", "定州市中山东路168号"}, {"主体业态", "餐饮服务经营者"}, {"经营项目", "热食类食品制售；冷食类食品制售"}}},
		Recusal:    &Recusal{Officer: "李强", Ground: "涉及亲属利害关系", On: calendar.MustDay("2026-09-16")},
		Conditions: []string{"冷食类食品制作应当在专间内进行"},
		Changes:    []Change{{"经营场所", "定州市中山东路168号", "定州市中兴路20号"}},
		Approver:   "本机关负责人",
		Procedure:  &Procedure{"专家评审", "《河北省建设工程抗震管理办法》第十条", "15个工作日", on("2026-09-16"), on("2026-10-14"), "评审通过"},
		Visit: &Visit{Officers: []Officer{{"赵一", "03060001"}, {"钱二", "03060002"}}, At: at.Add(30 * time.Hour), Place: "定州市中山东路168号",
			Findings: "经营场所布局与图纸一致，专间设施齐全", Photos: []string{"门头照片", "专间照片"}},
		Hearing: &Hearing{Department: "定州市行政审批局政策法规科", At: at.Add(400 * time.Hour), Place: "定州市政务服务大厅三楼听证室", Host: "孙三",
			Examiners: []string{"赵一", "钱二"}, Attendees: []string{"申请人代表", "利害关系人李四"},
			Evidence: []Statement{{"赵一", "出示现场核查记录和照片"}}, Defence: []Statement{{"利害关系人李四", "认为油烟影响居住环境"}}},
		Meeting: &Meeting{On: on("2026-09-28"), Place: "政务服务中心三楼会议室", Chair: "张伟", Text: "与会各方认为申请符合法定条件，按照消防意见整改后可以准予", Outcome: "同意",
			Attendees: []Voice{{"定州市行政审批局", "赵一", "同意", ""}, {"定州市消防救援大队", "邵军", "同意", "增设应急照明"}}},
		Addressee: "李四",
		Commitment: &Commitment{Conditions: []string{"经营场所符合规定"}, Materials: []string{"营业执照", "身份证明"},
			Consequences: []string{"承诺不实的，依法撤销许可并记入信用记录"}, Promises: []string{"已知晓告知的全部内容", "已符合规定的条件"}, Public: new(true)},
		Compensation: "依法核算直接损失后赔偿", Ground: "行政许可有效期届满未延续", Announcement: "在定州市人民政府网站公告",
		Delivery: &Delivery{Documents: []Served{{"准予行政许可决定书", "定审准字〔2026〕第12号"}}, Recipient: "定州市好味道餐饮服务有限公司",
			Method: "电子送达", ReceivedBy: "王小明", ReceivedAt: at.Add(200 * time.Hour), Witness: "周五", Server: "吴六", Proof: "系统送达记录"},
		Rating: &Rating{Number: "PJ202609220001", Verifier: "郑七", Confirmed: new(true), Account: "等候时间过长", Measures: "增开窗口", Answer: "满意"},
		Alert: &Alert{Number: "JC202609220001", Rule: "R-07", Unit: "定州市行政审批局", Person: "赵一", Type: "黄牌", Finding: "临近承诺时限未作出决定",
			ReplyBy: on("2026-09-25")},
		Liaison: &Liaison{Commitment: new(false), CheckBy: on("2026-10-30"), Receiver: "定州市市场监督管理局"},
	}
}

// variants are the facts of the other outcomes of a kind.
func variants(k Kind) map[string]Facts {
	change := func(fn func(*Facts)) Facts { f := sample(); fn(&f); return f }
	plain := func(f *Facts) { f.Matter = Matter{"高龄津贴发放", "11130682MB990001352000511008000", "05"} }
	refused := func(f *Facts) { f.Outcome = Refused; f.Decision = "不予行政许可" }
	switch k {
	case DCJD, YX:
		return map[string]Facts{"refused": change(refused)}
	case DJTZ:
		return map[string]Facts{"refused": change(refused), "returned": change(func(f *Facts) { f.Outcome = Returned })}
	case BYSL:
		return map[string]Facts{"false": change(func(f *Facts) { f.FalseMaterials = true; f.Competent = "" })}
	case SL, BZ, BYXK, ZYXK:
		return map[string]Facts{"plain": change(plain)}
	case ZZSQ:
		return map[string]Facts{"withdrawn": change(func(f *Facts) {
			f.Withdrawn, f.Licence = true, Licence{}
			f.Basis, f.Remedies, f.Ground = nil, Remedies{}, "申请人因经营计划调整，书面要求撤回申请"
		}), "licence": change(func(f *Facts) {
			f.Withdrawn, f.Reasons = true, []string{"已经找到接手经营的人"}
			f.Basis, f.Remedies, f.Ground = nil, Remedies{}, "简易注销"
		})}
	case HBJD:
		return map[string]Facts{"applicant": change(func(f *Facts) { f.Addressee = "" }), "granted": change(func(f *Facts) { f.Recusal.Granted, f.Until, f.How = true, nil, "" }),
			"again": change(func(f *Facts) { f.Recusal.Again, f.Until, f.How = true, nil, "" })}
	case XCHC:
		return map[string]Facts{"notice": change(func(f *Facts) { f.Visit.Notice, f.Visit.Findings, f.Visit.Photos = true, "", nil })}
	case TZTZ:
		return map[string]Facts{"public": change(func(f *Facts) { f.Hearing.Public = true })}
	case CX:
		return map[string]Facts{"must": change(func(f *Facts) { f.MustRescind, f.Compensation = true, "" })}
	case ZXGZ:
		return map[string]Facts{"holder": change(func(f *Facts) { f.Addressee = "" })}
	case JYGS:
		return map[string]Facts{"individual": change(func(f *Facts) { f.Applicant = Applicant{"李娜", false} })}
	case SDHZ:
		return map[string]Facts{"paper": change(func(f *Facts) { f.Delivery.OnPaper = true })}
	case TZGZ:
		return map[string]Facts{"applicant": change(func(f *Facts) { f.Addressee = "" })}
	case CN, RQ:
		return map[string]Facts{"signed": change(func(f *Facts) {
			f.Commitment.SignedBy, f.Commitment.SignedAt = "王小明", time.Date(2026, 9, 14, 10, 5, 30, 0, clock.Beijing)
			f.Commitment.SM3 = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
		})}
	case SJ:
		return map[string]Facts{"window": change(func(f *Facts) { f.ServedOnline = false })}
	}
	return nil
}

// document is an issued document with these facts.
func document(k Kind, f Facts) Document {
	return Document{ID: "d", Kind: k, Number: "定审" + k.Spec().Word + "字〔2026〕第12号", Body: body, Subject: subject, Facts: f,
		Wording: len(k.Spec().texts), IssuedAt: time.Date(2026, 9, 22, 10, 0, 0, 0, clock.Beijing)}
}

// plainText is a document as lines of text.
func plainText(d pdf.Document) string {
	var b strings.Builder
	line := func(parts ...string) { fmt.Fprintln(&b, strings.Join(parts, " | ")) }
	line(d.Body)
	line(d.Title)
	line(d.Number)
	for _, block := range d.Blocks {
		switch x := block.(type) {
		case pdf.Paragraph:
			line(x.Text)
		case pdf.Heading:
			line("# " + x.Text)
		case pdf.Items:
			for _, t := range x.Texts {
				line("- " + t)
			}
		case pdf.Note:
			line("~ " + x.Text)
		case pdf.Fields:
			for _, f := range x.Fields {
				line(f.Label, f.Value)
			}
		case pdf.Table:
			for _, r := range x.Rows {
				line(r...)
			}
		case pdf.Blanks:
			line(x.Labels...)
		case pdf.Signature:
			line(x.Body, x.Date, sealName(x.Seal))
			if x.QR != nil {
				line(x.QR.Payload, strings.ReplaceAll(x.QR.Caption, "\n", "；"))
			}
		}
	}
	return b.String()
}

func sealName(s *pdf.Seal) string {
	if s == nil {
		return "无印章"
	}
	return s.Name + s.Purpose
}
