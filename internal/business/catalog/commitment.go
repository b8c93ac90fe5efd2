package catalog

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"onewindow/internal/business/deadline"
	"onewindow/internal/business/flow"
)

// Verifier says who looks afterwards whether a commitment is kept.
type Verifier string

// Who verifies. The supervising department does so unless the matter says
// otherwise (定州市实施方案（一）2).
const (
	ByRegulator Verifier = "regulator" // 监管部门
	ByBureau    Verifier = "bureau"    // 审批机关
	Jointly     Verifier = "jointly"   // 审批机关会同监管部门
)

// Verifiers is every kind of verifier.
func Verifiers() []Verifier { return []Verifier{ByRegulator, ByBureau, Jointly} }

// Commitment is 告知承诺: the body tells what is demanded and what follows from
// an untrue word, the applicant promises in writing, the decision is made at
// once without the materials that the promise replaces, and the promise is
// verified afterwards (国办发〔2020〕42号).
type Commitment struct {
	Text       string   `json:"text"`
	Law        string   `json:"law"`
	VerifyDays int      `json:"verify_days"` // working days for the check afterwards
	VerifyBy   string   `json:"verify_by"`   // in words, for the guide
	Verifier   Verifier `json:"verifier,omitempty"`
	// Replaces are the materials (three digits) that need not be handed in.
	Replaces []string `json:"replaces,omitempty"`
	// Conditions are what the applicant promises to fulfil; the conditions of the
	// matter where there are none of their own.
	Conditions []string `json:"conditions,omitempty"`
	// CorrectDays are the working days for putting right what was found; 0 takes
	// the default.
	CorrectDays int `json:"correct_days,omitempty"`
	// Public says that the signed commitment is published.
	Public bool `json:"public,omitempty"`
}

// correctDays are the working days for putting right what a verification found,
// where the matter names none; no law sets a number.
const correctDays = 15

// Correction is the time for putting right, in working days.
func (c *Commitment) Correction() int {
	if c.CorrectDays > 0 {
		return c.CorrectDays
	}
	return correctDays
}

// Who is the verifier, by default the supervising department.
func (c *Commitment) Who() Verifier {
	if c.Verifier == "" {
		return ByRegulator
	}
	return c.Verifier
}

// Risk is a ground on which commitment is excluded (国办发〔2020〕42号): great risk,
// dear to put right, damage that cannot be undone.
type Risk string

// The grounds.
const (
	RiskSecurity Risk = "security" // 国家安全
	RiskSecret   Risk = "secret"   // 国家秘密
	RiskPublic   Risk = "public"   // 公共安全
	RiskFinance  Risk = "finance"  // 金融业审慎监管
	RiskEcology  Risk = "ecology"  // 生态环境保护
	RiskLife     Risk = "life"     // 人身健康、生命财产安全
	RiskForeign  Risk = "foreign"  // 重要涉外
)

var riskNames = map[Risk]string{RiskSecurity: "国家安全", RiskSecret: "国家秘密", RiskPublic: "公共安全", RiskFinance: "金融业审慎监管",
	RiskEcology: "生态环境保护", RiskLife: "人身健康、生命财产安全", RiskForeign: "重要涉外"}

// Name is the Chinese name.
func (r Risk) Name() string { return riskNames[r] }

// riskWords betray a risk in the name of a matter, so that one who forgets to
// mark it is told.
var riskWords = []struct {
	risk  Risk
	words []string
}{
	{RiskPublic, []string{"危险化学品", "爆炸", "爆破", "烟花爆竹", "枪", "剧毒", "放射", "易制毒", "消防", "燃气", "特种设备", "大型群众性活动", "保安", "典当"}},
	{RiskEcology, []string{"排污", "环境影响", "危险废物", "取水", "采矿", "林木", "林地", "野生动物", "辐射", "污水"}},
	{RiskLife, []string{"医疗", "药品", "麻醉", "诊疗", "母婴", "农药", "兽药", "饲养动物", "生鲜乳", "建筑工程施工", "水利工程", "客运", "危险货物"}},
	{RiskFinance, []string{"融资担保", "小额贷款", "保险", "证券", "支付"}},
	{RiskForeign, []string{"境外", "外国人"}},
	{RiskSecret, []string{"涉密", "国家秘密"}},
	{RiskSecurity, []string{"国家安全", "测绘"}},
}

// RisksOf are the risks of the matter: those that it states and those that its
// name betrays.
func (i *Implementation) RisksOf() []Risk {
	out := slices.Clone(i.Risks)
	for _, r := range riskWords {
		if !slices.Contains(out, r.risk) && slices.ContainsFunc(r.words, func(w string) bool { return strings.Contains(i.Name, w) }) {
			out = append(out, r.risk)
		}
	}
	return out
}

// statutory says that a law or an administrative regulation on which the matter
// rests provides for the commitment itself, as 消防法第十五条 does.
func (i *Implementation) commitmentByLaw() bool {
	if i.Commitment == nil || regulation.MatchString(i.Commitment.Law) {
		return false
	}
	return slices.ContainsFunc(i.Basis, func(b Basis) bool {
		return b.Law != "" && strings.HasPrefix(strings.Trim(i.Commitment.Law, "《"), strings.Trim(b.Law, "《》"))
	})
}

// CommitmentOpen says whether applicants may choose commitment in this matter.
func (i *Implementation) CommitmentOpen() bool {
	return i.Commitment != nil && (len(i.RisksOf()) == 0 || i.commitmentByLaw())
}

// commitment lists what lacks of the commitment procedure. A matter of great
// risk has none unless its own law says so.
func (l *lister) commitment() {
	c := l.i.Commitment
	if c == nil {
		return
	}
	l.on("commitment.law").when(c.Law == "" || c.Text == "" || c.VerifyBy == "" || c.VerifyDays < 1 || !slices.Contains(Verifiers(), c.Who()),
		PartProcedure, "commitment", lawCommit)
	if risks := l.i.RisksOf(); len(risks) > 0 && !l.i.commitmentByLaw() {
		var names []string
		for _, r := range risks {
			names = append(names, r.Name())
		}
		l.lack(PartProcedure, "commitment_risk", lawCommitment, "risks", strings.Join(names, "、"))
	}
	for _, no := range c.Replaces {
		_, ok := l.i.Material(no)
		l.on("commitment.replaces").when(!ok, PartProcedure, "commitment_material", lawCommitment, "no", no)
	}
}

const lawCommitment = "国办发〔2020〕42号"

// Committed is the version as it applies to who committed themselves: without
// the materials that the promise replaces, decided on the spot, the visit
// coming afterwards. A matter without commitment is itself.
func (i *Implementation) Committed() *Implementation {
	if i.Commitment == nil || i.whole != nil {
		return i
	}
	c := *i
	c.whole = i
	c.Flow = onTheSpot()
	c.Materials = slices.DeleteFunc(slices.Clone(i.Materials), func(m Material) bool { return slices.Contains(i.Commitment.Replaces, m.No) })
	c.Promised = &Limit{Limit: deadline.Limit{Unit: deadline.Working, Start: deadline.Accepted, Law: i.Commitment.Law}}
	c.Variants = slices.Clone(i.Variants)
	for n := range c.Variants {
		c.Variants[n].Promised = nil
	}
	c.SiteVisit = nil
	return &c
}

// onTheSpot is read once; nobody changes a definition.
var onTheSpot = sync.OnceValue(flow.OnTheSpot)

// Terms (告知和承诺) are what the body tells and what the applicant promises, as
// both stand on the page, in the signed text and on the document.
type Terms struct {
	Basis, Conditions, Materials, Consequences, Promises []string
	Public                                               bool
}

// Terms are those of the matter's commitment; the zero Terms where there is none.
func (i *Implementation) Terms() Terms {
	if i.whole != nil {
		i = i.whole
	}
	c := i.Commitment
	if c == nil {
		return Terms{}
	}
	t := Terms{Basis: []string{c.Law}, Conditions: c.Conditions, Public: c.Public}
	if c.Law != lawCommitment {
		t.Basis = append(t.Basis, lawCommitment)
	}
	if len(t.Conditions) == 0 {
		for _, x := range i.Conditions {
			t.Conditions = append(t.Conditions, joinNote(x.Text, x.Law))
		}
	}
	for _, m := range i.Committed().Materials {
		if m.Need == Required && !m.Shared {
			t.Materials = append(t.Materials, m.Name)
		}
	}
	for _, no := range c.Replaces {
		if m, ok := i.Material(no); ok {
			t.Materials = append(t.Materials, m.Name+"（作出承诺的，申请时不再提交）")
		}
	}
	t.Consequences = []string{
		fmt.Sprintf("作出决定后，由%s在%d个工作日内核查；核查发现与承诺不符的，责令在%d个工作日内整改", c.VerifyBy, c.VerifyDays, c.Correction()),
		"承诺不实，或者逾期不整改、整改后仍不符合条件的，依法撤销已经作出的决定，被许可人基于该决定取得的利益不受保护（行政许可法第六十九条）",
		"虚假承诺记入信用记录，信用修复前不再适用告知承诺、容缺受理",
		"造成损失或者违反法律的，依法承担相应的责任",
	}
	t.Promises = []string{
		"已经知晓行政机关告知的全部内容",
		"自身已经符合上述条件，所填写的内容真实、准确",
		"愿意在核查时提供相关材料、予以配合",
		"愿意承担不实承诺、违反承诺的法律责任",
		"上述承诺是申请人真实的意思表示；作出决定前可以撤回承诺，按照一般程序办理",
	}
	return t
}

// Text is the whole as one text: what the signature is about.
func (t Terms) Text(matter, body string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "告知承诺书\n事项：%s\n行政机关：%s\n", matter, body)
	for _, part := range []struct {
		title string
		lines []string
	}{{"一、办理依据", t.Basis}, {"二、应当符合的条件", t.Conditions}, {"三、申请材料", t.Materials}, {"四、核查和不实承诺的后果", t.Consequences}, {"五、申请人承诺", t.Promises}} {
		b.WriteString(part.title + "\n")
		for n, line := range part.lines {
			fmt.Fprintf(&b, "%d. %s\n", n+1, line)
		}
	}
	if t.Public {
		b.WriteString("本承诺书向社会公开。\n")
	} else {
		b.WriteString("本承诺书不向社会公开。\n")
	}
	return b.String()
}
