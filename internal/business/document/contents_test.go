package document

import (
	"slices"
	"strings"
	"testing"
)

// contents is what the catalogue of documents asks of each kind beyond number,
// body, applicant, matter and date: either a need, or words that every wording
// carries.
var contents = map[Kind][]string{
	SJ:    {"need:材料清单及份数", "need:收到时间", "need:查询码", "2026年9月14日9时05分", "即为受理"},
	BZ:    {"need:全部补正内容逐项", "need:补正依据", "need:方式", "need:期限", "need:逾期后果", "need:联系人电话", "一次告知"},
	DCGZ:  {"need:更正内容", "第三十二条第一款第（三）项", "不计为补正告知"},
	SL:    {"need:受理日期", "need:承诺办结日期与法定办结日期", "need:咨询监督电话", "need:查询码", "行政许可专用章"},
	MSL:   {"need:收到时间", "need:法定办结日期", "收到申请材料的日期和受理日期均为2026年9月14日", "第三十二条第一款第（四）项"},
	BYSLN: {"need:理由", "need:依据", "第三十二条第一款第（一）项"},
	BYSL:  {"need:理由", "need:依据", "need:应向何机关申请", "need:复议机关与60日", "need:诉讼法院与6个月", "60日内向定州市人民政府", "6个月内"},
	RQ:    {"need:待补材料及形式", "need:期限", "need:逾期后果", "申请人承诺", "申请人（签字或者盖章）："},
	CN:    {"need:告知的依据、条件、材料、后果", "need:承诺内容", "need:是否公开", "申请人（签字或者盖章）："},
	TBCX:  {"need:程序种类与依据", "need:所需时间", "need:停止计时起算日", "不计算在办理期限内"},
	TBJS:  {"need:结束日期", "need:结论", "need:新的法定办结日期"},
	YQ:    {"need:理由", "need:批准人", "need:延长后截止日期", "第四十二条第一款"},
	XCHC:  {"need:两名以上核查人员姓名证号", "need:时间地点", "need:核查情况", "need:照片附件", "当事人（签字）："},
	LSJY:  {"need:会议时间地点", "need:会议主持人", "need:参会机关、人员及意见", "need:研究情况", "need:会议结论", "增设应急照明", "第二十六条第二款"},
	HBJD:  {"need:被申请回避的人员和情形", "need:申请日期", "need:理由", "need:批准人", "need:期限", "第七十六条、第七十七条", "申请复核一次"},
	LHGZ:  {"need:利害关系人", "need:期限", "need:方式", "陈述和申辩"},
	TZGZ:  {"need:受理听证申请的部门", "5日内", "要求听证的权利", "不承担本机关组织听证的费用"},
	TZTZ:  {"need:时间", "need:地点", "need:主持人", "need:参加人", "有权申请回避"},
	TZBL:  {"need:审查人员以外的主持人", "need:审查意见的证据、理由", "need:申辩和质证", "确认无误后签字或者盖章"},
	ZYXK:  {"need:决定内容", "need:依据", "need:证件名称编号", "need:有效期", "条件"},
	BYXK:  {"need:事实与理由", "need:依据条文", "need:复议机关与60日", "need:诉讼法院与6个月", "need:线上复议渠道"},
	DCJD:  {"need:决定内容", "第三十四条第二款"},
	ZZ:    {"need:证照标识", "need:持证主体", "need:有效期", "need:照面信息", "need:二维码", "颁发机构"},
	BG:    {"need:变更前后内容"},
	YX:    {"need:新有效期"},
	MYX:   {"第五十条第二款", "由本机关核定后另行书面告知", "need:原有效期"},
	CXGZ:  {"need:事实与理由", "need:陈述申辩权", "陈述权、申辩权"},
	CX:    {"可以撤销", "need:事实与理由", "need:赔偿事项", "need:复议机关与60日", "need:诉讼法院与6个月"},
	CH:    {"need:公共利益理由", "need:补偿", "need:复议机关与60日", "need:诉讼法院与6个月"},
	ZX:    {"need:注销情形", "need:证件名称编号", "need:公告"},
	ZXGZ:  {"need:注销情形", "need:事实与理由", "need:陈述申辩权", "陈述权、申辩权", "说明理由"},
	JYGS:  {"need:承诺内容", "need:期限", "need:方式", "简易程序终止", "市场主体登记管理条例》第三十三条"},
	ZZSQ:  {"need:终止原因", "再次提出申请的权利"},
	SDHZ:  {"need:文书名称编号", "need:受送达人", "need:送达方式", "need:签收人和时间", "need:见证人"},
	DJTZ:  {"need:登记结果", "need:理由", "need:全部补正内容逐项"},
	JSTZ:  {"need:材料清单及份数"},
	HPHF:  {"need:评价编号", "need:核实人", "need:情况属实与否", "need:整改措施", "need:回访结果"},
	JCYJ:  {"need:监察编号", "need:规则编号", "need:办件编号", "need:责任单位", "need:预警类型", "need:反馈期限"},
	SGTS:  {"need:申请人", "need:事项名称及编码", "need:是否告知承诺", "need:核查时限", "need:接收部门", "接收部门签收："},
}

func TestEveryKindStatesWhatItMust(t *testing.T) {
	if len(Kinds()) != len(contents) {
		t.Errorf("%d kinds, %d in the catalogue with 当场更正", len(Kinds()), len(contents))
	}
	for k, wanted := range contents {
		d := document(k, sample())
		text := plainText(d.Text())
		for _, w := range wanted {
			what, isNeed := strings.CutPrefix(w, "need:")
			if isNeed && !slices.ContainsFunc(k.Spec().Must, func(n Need) bool { return n.What == what }) || !isNeed && !strings.Contains(text, w) {
				t.Errorf("%s does not state %s", k, w)
			}
		}
	}
}

// Whatever a need asks for is also written: no fact is asked for in vain.
func TestNeededFactsAreWritten(t *testing.T) {
	f := sample()
	for k, words := range map[Kind][]string{
		BZ:   {f.Supplements[0].Problem, f.Supplements[1].Standard, f.Supplements[1].Basis, "2026年9月30日", f.How, f.Consequence, f.Phone, f.Contact},
		BYXK: {f.Reasons[0], f.Reasons[1], f.Basis[0], f.Remedies.Review, f.Remedies.Court, f.Remedies.Online},
		SL:   {"2026年9月15日", "2026年10月21日", "2026年9月23日", f.Phone, f.Supervision, f.CheckCode},
		CX:   {f.Compensation, f.Licence.Number}, ZX: {f.Ground, f.Announcement}, ZZ: {f.Licence.Prints[1].Value},
	} {
		d := document(k, f)
		text := plainText(d.Text())
		for _, w := range append(words, f.Applicant.Name) {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not write %s", k, w)
			}
		}
	}
}

func TestKindsAreWhole(t *testing.T) {
	words := map[string]Kind{}
	for _, k := range Kinds() {
		s := k.Spec()
		if s.Kind != k || s.Name == "" || s.Title == "" && s.titleOf == nil || s.Word == "" || s.Trigger == "" || s.Law == "" ||
			len(s.Must) == 0 || len(s.texts) == 0 {
			t.Errorf("%s is not whole: %+v", k, s)
		}
		if other := words[s.Word]; other != "" {
			t.Errorf("%s and %s share the word %s", k, other, s.Word)
		}
		words[s.Word] = k
	}
}

// Nothing on a paper for others opens the applicant's case.
func TestPapersForOthersKeepTheApplicantsCase(t *testing.T) {
	for _, k := range []Kind{LHGZ, TZGZ, TZTZ} {
		d := document(k, sample())
		text := plainText(d.Text())
		for _, secret := range []string{d.Facts.CheckCode, d.Facts.QueryURL, d.Facts.CaseNumber, d.Facts.Agent} {
			if strings.Contains(text, secret) {
				t.Errorf("%s shows %s", k, secret)
			}
		}
	}
}

// 行政许可专用章 is for 行政许可; other matters bear another seal and other titles.
func TestOtherMattersAreNotCalledLicences(t *testing.T) {
	for _, k := range []Kind{SL, BZ, BYXK, ZYXK} {
		d := document(k, variants(k)["plain"])
		if text := strings.ReplaceAll(plainText(d.Text()), "《中华人民共和国行政许可法》", ""); strings.Contains(text, "行政许可") {
			t.Errorf("%s: %s", k, text)
		}
	}
}

// Only what decides bears the day of the decision.
func TestDates(t *testing.T) {
	for k, want := range map[Kind]string{ZYXK: "| 2026年9月21日 |", BYXK: "| 2026年9月21日 |", SDHZ: "| 2026年9月22日 |", SJ: "| 2026年9月22日 |"} {
		d := document(k, sample())
		if text := plainText(d.Text()); !strings.Contains(text, want) {
			t.Errorf("%s is not dated %s", k, want)
		}
	}
}

// 行政复议法第二十条第一款、第二十二条第二款，行政诉讼法第四十六条第一款: whatever goes
// against the applicant names who reviews it within sixty days, which court
// within six months, and, served online, where to ask for the review online; it
// is not issued without, and it says so on the paper.
func TestWhatGoesAgainstTheApplicantNamesItsRemedies(t *testing.T) {
	against := map[Kind]func(*Facts){BYSL: nil, BYXK: nil, CX: nil, CH: nil, ZZSQ: nil,
		DCJD: func(f *Facts) { f.Outcome = Refused }, DJTZ: func(f *Facts) { f.Outcome = Refused }, YX: func(f *Facts) { f.Outcome = Refused }}
	for k, change := range against {
		f := sample()
		f.ServedOnline = true
		if change != nil {
			change(&f)
		}
		d := document(k, f)
		text := plainText(d.Text())
		for _, want := range []string{f.Remedies.Review, f.Remedies.Court, "60日", "6个月", f.Remedies.Online} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not write %q", k, want)
			}
		}
		for what, drop := range map[string]func(*Facts){review.what: func(f *Facts) { f.Remedies.Review = "" }, court.what: func(f *Facts) { f.Remedies.Court = "" },
			online.what: func(f *Facts) { f.Remedies.Online = "" }} {
			g := f
			drop(&g)
			if !slices.ContainsFunc(Lacks(k, &g), func(n Need) bool { return n.What == what }) {
				t.Errorf("%s is issued without %s", k, what)
			}
		}
	}
}
