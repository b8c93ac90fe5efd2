package document

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"onewindow/internal/kit/fault"
)

// drops takes each fact out, by what the need calls it.
var drops = map[string]func(*Facts){
	"申请人": func(f *Facts) { f.Applicant.Name = " " }, "事项名称及编码": func(f *Facts) { f.Matter.Code = "" },
	"持证主体": func(f *Facts) { f.Applicant.Name = "" },
	"收到时间": func(f *Facts) { f.ReceivedAt = time.Time{} },
	"查询码":  func(f *Facts) { f.CheckCode = "" }, "材料清单及份数": func(f *Facts) { f.Materials[1].Copies = 0 },
	"理由": func(f *Facts) { f.Reasons = nil }, "事实与理由": func(f *Facts) { f.Reasons = []string{""} },
	"公共利益理由": func(f *Facts) { f.Reasons = nil }, "依据": func(f *Facts) { f.Basis = nil }, "依据条文": func(f *Facts) { f.Basis = nil },
	"应向何机关申请": func(f *Facts) { f.Competent = "" }, "期限": func(f *Facts) { f.Until = nil }, "方式": func(f *Facts) { f.How = "" },
	"逾期后果": func(f *Facts) { f.Consequence = "" }, "联系人电话": func(f *Facts) { f.Phone = "" },
	"法定办结日期": func(f *Facts) { f.Statutory = nil }, "新的法定办结日期": func(f *Facts) { f.Statutory = nil },
	"延长后截止日期": func(f *Facts) { f.Statutory = nil }, "承诺办结日期与法定办结日期": func(f *Facts) { f.Promised = nil },
	"决定内容": func(f *Facts) { f.Decision = "" }, "有效期": func(f *Facts) { f.Licence.ValidTo = nil }, "新有效期": func(f *Facts) { f.Licence.ValidTo = nil },
	"原有效期": func(f *Facts) { f.Licence.ValidTo = nil }, "复议机关与60日": func(f *Facts) { f.Remedies.ReviewDays = 30 },
	"诉讼法院与6个月": func(f *Facts) { f.Remedies.SuitMonths = 3 }, "线上复议渠道": func(f *Facts) { f.Remedies.Online = "" },
	"全部补正内容逐项": func(f *Facts) { f.Supplements[1].Standard = "" },
	"补正依据":     func(f *Facts) { f.Basis, f.Supplements[0].Basis = nil, "" },
	"待补材料及形式":  func(f *Facts) { f.Supplements = nil }, "更正内容": func(f *Facts) { f.Corrections = nil },
	"受理日期": func(f *Facts) { f.AcceptedOn = nil }, "咨询监督电话": func(f *Facts) { f.Supervision = "" },
	"告知的依据、条件、材料、后果": func(f *Facts) { f.Commitment.Consequences = nil }, "承诺内容": func(f *Facts) { f.Commitment.Promises = nil },
	"是否公开": func(f *Facts) { f.Commitment.Public = nil }, "程序种类与依据": func(f *Facts) { f.Procedure.Law = "" },
	"所需时间": func(f *Facts) { f.Procedure.Needs = "" }, "停止计时起算日": func(f *Facts) { f.Procedure.From = nil },
	"结束日期": func(f *Facts) { f.Procedure.To = nil }, "结论": func(f *Facts) { f.Procedure.Conclusion = "" },
	"批准人":          func(f *Facts) { f.Approver = "" },
	"两名以上核查人员姓名证号": func(f *Facts) { f.Visit.Officers[1] = f.Visit.Officers[0] },
	"时间地点":         func(f *Facts) { f.Visit.Place = "" }, "核查情况": func(f *Facts) { f.Visit.Findings = "" },
	"会议时间地点": func(f *Facts) { f.Meeting.On = nil }, "会议主持人": func(f *Facts) { f.Meeting.Chair = "" },
	"参会机关、人员及意见": func(f *Facts) { f.Meeting.Attendees[1].Stance = "" }, "研究情况": func(f *Facts) { f.Meeting.Text = "" },
	"会议结论": func(f *Facts) { f.Meeting.Outcome = "" },
	"照片附件": func(f *Facts) { f.Visit.Photos = nil }, "利害关系人": func(f *Facts) { f.Addressee = "" },
	"受理听证申请的部门": func(f *Facts) { f.Hearing.Department = "" }, "时间": func(f *Facts) { f.Hearing.At = time.Time{} },
	"地点": func(f *Facts) { f.Hearing.Place = "" }, "主持人": func(f *Facts) { f.Hearing.Host = "" }, "参加人": func(f *Facts) { f.Hearing.Attendees = nil },
	"审查人员以外的主持人": func(f *Facts) { f.Hearing.Host = f.Hearing.Examiners[0] },
	"审查意见的证据、理由": func(f *Facts) { f.Hearing.Evidence = nil }, "申辩和质证": func(f *Facts) { f.Hearing.Defence = nil },
	"证件名称编号": func(f *Facts) { f.Licence.Number = "" }, "证照标识": func(f *Facts) { f.Licence.Number = "" },
	"照面信息": func(f *Facts) { f.Licence.Prints = nil }, "二维码": func(f *Facts) { f.QueryURL = "" }, "登记结果": func(f *Facts) { f.Outcome = "" },
	"变更前后内容": func(f *Facts) { f.Changes[0].Before = "" }, "陈述申辩权": func(f *Facts) { f.Until = nil },
	"赔偿事项": func(f *Facts) { f.Compensation = "" }, "补偿": func(f *Facts) { f.Compensation = "" },
	"注销情形": func(f *Facts) { f.Ground = "" }, "公告": func(f *Facts) { f.Announcement = "" }, "终止原因": func(f *Facts) { f.Ground = "" },
	"文书名称编号": func(f *Facts) { f.Delivery.Documents = nil }, "受送达人": func(f *Facts) { f.Delivery.Recipient = "" },
	"送达方式": func(f *Facts) { f.Delivery.Method = "" }, "签收人和时间": func(f *Facts) { f.Delivery.ReceivedBy = "" },
	"见证人":  func(f *Facts) { f.Delivery.Method, f.Delivery.Witness = "留置送达", "" },
	"评价编号": func(f *Facts) { f.Rating.Number = "" }, "核实人": func(f *Facts) { f.Rating.Verifier = "" },
	"情况属实与否": func(f *Facts) { f.Rating.Confirmed = nil }, "整改措施": func(f *Facts) { f.Rating.Measures = "" },
	"回访结果": func(f *Facts) { f.Rating = nil }, "监察编号": func(f *Facts) { f.Alert.Number = "" }, "规则编号": func(f *Facts) { f.Alert.Rule = "" },
	"办件编号": func(f *Facts) { f.CaseNumber = "" }, "责任单位": func(f *Facts) { f.Alert.Unit = "" }, "预警类型": func(f *Facts) { f.Alert.Type = "" },
	"被申请回避的人员和情形": func(f *Facts) { f.Recusal.Officer = "" }, "申请日期": func(f *Facts) { f.Recusal.On = 0 },
	"反馈期限": func(f *Facts) { f.Alert.ReplyBy = nil }, "是否告知承诺": func(f *Facts) { f.Liaison.Commitment = nil },
	"核查时限": func(f *Facts) { f.Liaison.CheckBy = nil }, "接收部门": func(f *Facts) { f.Liaison.Receiver = "" },
}

// papersOf are the sample and the other outcomes of a kind.
func papersOf(k Kind) []Facts {
	out := []Facts{sample()}
	for _, f := range variants(k) {
		out = append(out, f)
	}
	return out
}

func TestCompleteDocumentsLackNothing(t *testing.T) {
	for _, k := range Kinds() {
		for _, f := range papersOf(k) {
			if lacks := Lacks(k, &f); len(lacks) > 0 {
				t.Errorf("%s lacks %v", k, lacks)
			}
		}
	}
}

// lacking are the facts of some outcome of the kind in which the need lacks.
func lacking(k Kind, n Need) (f Facts, found bool) {
	for _, outcome := range []Outcome{Granted, Refused, Returned} {
		f := sample()
		f.Outcome = outcome
		drops[n.What](&f)
		if lacks(k, &f, n.What) {
			return f, true
		}
	}
	return f, false
}

func lacks(k Kind, f *Facts, what string) bool {
	return slices.ContainsFunc(Lacks(k, f), func(n Need) bool { return n.What == what })
}

// 行政许可法第三十二条、第三十八条: whatever a kind must state, it is not issued
// without, and the refusal cites the article.
func TestDroppingAnyNeededFactIsRefused(t *testing.T) {
	for _, k := range Kinds() {
		for _, n := range k.Spec().Must {
			if drops[n.What] == nil {
				t.Fatalf("no way to drop %s", n.What)
			}
			f, found := lacking(k, n)
			d := Draft{Kind: k, Body: body, Facts: f}
			got := fault.Of(d.complete())
			if !found || got == nil || got.Code != "document.lacks" || !strings.Contains(got.Args["what"], n.What) || got.Law == "" || n.Law == "" {
				t.Errorf("%s is issued without %s: %+v", k, n.What, got)
			}
		}
	}
}

// Whatever else lacks, nothing that lacks is passed over.
func TestDroppingSeveralFactsNamesAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SampledFrom([]Kind{SJ, BZ, SL, BYSL, BYXK, TBCX, YQ, CX}).Draw(t, "kind")
		dropped := rapid.SliceOfNDistinct(rapid.SampledFrom(k.Spec().Must), 1, 4, func(n Need) string { return n.What }).Draw(t, "needs")
		d := Draft{Kind: k, Body: body, Facts: sample()}
		for _, n := range dropped {
			if n.What == "材料清单及份数" || n.What == "全部补正内容逐项" || n.What == "补正依据" {
				continue // these index into lists that another drop may have emptied
			}
			drops[n.What](&d.Facts)
			if got := fault.Of(d.complete()); got == nil || !strings.Contains(got.Args["what"], n.What) {
				t.Fatalf("%s without %s: %+v", k, n.What, got)
			}
		}
	})
}

// 行政许可法第三十八条第二款, 行政复议法第二十条、第二十二条第二款, 行政诉讼法第四十六条.
func TestRefusalNamesEverythingThatLacks(t *testing.T) {
	f := sample()
	f.Reasons, f.Remedies, f.ServedOnline = nil, Remedies{}, true
	d := Draft{Kind: BYXK, Body: body, Facts: f}
	got := fault.Of(d.complete())
	if got.Args["what"] != "事实与理由、复议机关与60日、诉讼法院与6个月、线上复议渠道" || got.Law != refuseLaw {
		t.Errorf("%+v", got)
	}
	f = sample()
	f.ServedOnline, f.Remedies.Online = false, ""
	if lacks := Lacks(BYXK, &f); len(lacks) > 0 {
		t.Errorf("a decision handed over on paper need not name the online channel: %v", lacks)
	}
	f.Remedies.SuitMonths, f.Remedies.SuitLaw = 1, "《中华人民共和国某法》第一条"
	if lacks := Lacks(BYXK, &f); len(lacks) > 0 {
		t.Errorf("another law may give another time for the suit: %v", lacks)
	}
}

// 行政许可法第三十九条、第四十四条: a certificate that is made later is promised for a day.
func TestGrantMayPromiseTheCertificate(t *testing.T) {
	f := sample()
	f.Licence.Number, f.Licence.IssueBy = "", on("2026-10-14")
	if lacks := Lacks(ZYXK, &f); len(lacks) > 0 {
		t.Errorf("%v", lacks)
	}
	d := document(ZYXK, f)
	if text := plainText(d.Text()); !strings.Contains(text, "本机关将于2026年10月14日前颁发、送达") {
		t.Error(text)
	}
	f.Licence = Licence{None: true}
	d = document(ZYXK, f)
	if text := plainText(d.Text()); len(Lacks(ZYXK, &f)) > 0 || !strings.Contains(text, "不需要颁发许可证件") {
		t.Error(text)
	}
}

func TestUnknownKindAndNamelessBodyAreRefused(t *testing.T) {
	d := Draft{Kind: "XX", Body: body, Facts: sample()}
	if got := fault.Of(d.complete()); got.Code != "document.kind" {
		t.Errorf("%v", got)
	}
	d = Draft{Kind: SL, Body: Body{ID: "b"}, Facts: sample()}
	if got := fault.Of(d.complete()); got.Args["what"] != "机关名称" {
		t.Errorf("%v", got)
	}
}
