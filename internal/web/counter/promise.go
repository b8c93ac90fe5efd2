package counter

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/registration"
	"onewindow/internal/business/staff"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/sm"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// promiseRoutes are the pages of the window for promises: what is signed on
// paper, and the cases that still owe something.
func (p *Pages) promiseRoutes() []visit.Route {
	return []visit.Route{
		p.get("/drafts/{id}/promise", staff.CaseReceive, p.PromisePage),
		p.post("/drafts/{id}/promise", staff.CaseReceive, p.SignPromise),
		p.post("/drafts/{id}/mode", staff.CaseReceive, p.ChooseMode),
		p.get("/owing", staff.CaseAccept, p.Owing),
	}
}

// promiseDeeds are the acts at the window on promises and registrations.
func (p *Pages) promiseDeeds() []*caseview.Deed {
	return []*caseview.Deed{p.returnPapers(), p.identity(), p.owed(), p.endOwing(), p.takeBack()}
}

// promiseRights are what these acts need.
var promiseRights = map[string]staff.Permission{"return-papers": staff.CaseAccept, "identity": staff.CaseAccept, "owed": staff.CaseSupplement,
	"end-owing": staff.CaseAccept, "take-back": staff.CaseWithdraw}

// rightTo is what an act on a case needs.
func rightTo(key string) staff.Permission {
	if p, ok := promiseRights[key]; ok {
		return p
	}
	return rights[key]
}

// returnPapers is 退还申请材料 of a registration.
func (p *Pages) returnPapers() *caseview.Deed {
	return &caseview.Deed{
		Key: "return-papers", Title: "退还登记材料并一次性告知", Law: "市场主体登记管理条例实施细则第十八条第二款", Said: "已退还材料，并一次性告知申请人。",
		Lead:     "材料不齐全或者不符合法定形式的，退还申请材料，一次性告知需要补正的全部内容。申请人补正后重新提交，这个办件随即结束。",
		Possible: func(v caseview.View) bool { return v.Impl.Registration && awaiting(v) },
		Kept:     typedItems, Label: labelOf,
		Form: func(a caseview.Act) templ.Component { return returnForm(a, asks(a)) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			in := casework.NotifySupplement{Seen: seen, Items: chosenItems(a)}
			return atControls(in, p.Identity.ReturnPapers(v.Context(), v.Actor, registration.ReturnPapers{Seen: seen, Items: in.Items}))
		},
	}
}

func chosenItems(a caseview.Act) (out []casework.Item) {
	for _, x := range asks(a) {
		if x.Chosen {
			out = append(out, casework.Item{Material: x.No, Name: x.Name, Problem: x.Problem, Standard: x.Standard})
		}
	}
	return out
}

// identity is 实名核验 of a person at the window.
func (p *Pages) identity() *caseview.Deed {
	return &caseview.Deed{
		Key: "identity", Title: "人员实名核验", Law: "市场主体登记管理条例实施细则第十六条", Said: "已登记核验结果。",
		Lead:     "法定代表人、股东、董事、监事、高级管理人员、经营者、代理人等应当实名核验。不能线上核验的，到场核对证件，或者提交经公证的文件。",
		Possible: func(v caseview.View) bool { return v.Impl.Registration && undecided(v) },
		Typed:    []caseview.Field{{Name: "receipt", Label: "核验记录"}},
		Form:     func(a caseview.Act) templ.Component { return identityForm(a, personChoices(a)) },
		Do: func(v *visit.Visit, _ caseview.Act, seen casework.Seen) error {
			return p.Identity.CheckIdentity(v.Context(), v.Actor, registration.CheckIdentity{Seen: seen, Person: v.Text("person"),
				Way: registration.Way(v.Text("way")), Receipt: v.Text("receipt")})
		},
		Done: func(_ *visit.Visit, a caseview.Act) string { return a.Path("") },
	}
}

func personChoices(a caseview.Act) (out []ui.Choice) {
	for _, n := range a.Impl.RegistrationPersons(a.Values) {
		out = append(out, ui.Choice{Value: n.Key, Text: n.Name, Help: n.Role})
	}
	return out
}

// owed takes in at the window what was to follow (容缺后补).
func (p *Pages) owed() *caseview.Deed {
	return &caseview.Deed{
		Key: "owed", Title: "接收后补材料", Said: "后补的材料已经收齐，可以继续办理。",
		Lead:     "只接收容缺受理通知书列明的材料。逾期而办件没有终止的，仍然接收。",
		Possible: func(v caseview.View) bool { return v.Status == casework.StatusHandling && v.Dossier.Owing.Open() },
		Form:     func(a caseview.Act) templ.Component { return owedForm(p, a) },
		Read: func(v *visit.Visit, view caseview.View) error {
			return v.Files(p.fileLimits(), func(part visit.Part) error { return p.cases.Attach(v, view.ID, part) })
		},
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			paper := map[string]int{}
			for _, i := range a.Dossier.Owing.Items {
				if n, err := strconv.Atoi(a.Typed[paperField(i.Material)]); err == nil && n > 0 && n <= mostCopies {
					paper[i.Material] = n
				}
			}
			return atCopies(p.Casework.HandInOwed(v.Context(), v.Actor, casework.HandInOwed{Seen: seen, Paper: paper}))
		},
		Done: func(_ *visit.Visit, a caseview.Act) string { return a.Path("") },
	}
}

// endOwing is 终止办理 of a case whose owed materials did not come.
func (p *Pages) endOwing() *caseview.Deed {
	return &caseview.Deed{
		Key: "end-owing", Title: "逾期未补齐，终止办理", Said: "已终止办理，通知申请人并记入信用记录。",
		Lead: "承诺后补的材料逾期没有补齐的，可以终止办理。是否终止由工作人员决定；仍愿意等待的，不用办理。",
		Possible: func(v caseview.View) bool {
			return v.Status == casework.StatusHandling && v.Dossier.Owing.Overdue(v.Today)
		},
		Typed: []caseview.Field{{Name: "reason", Label: "终止的理由"}},
		Form: func(a caseview.Act) templ.Component {
			return reasonForm(a, "终止的理由", "终止后不能恢复；申请人材料齐全后可以重新申请。", "终止办理")
		},
		Do: func(v *visit.Visit, _ caseview.Act, seen casework.Seen) error {
			return p.Casework.EndOwing(v.Context(), v.Actor, casework.EndOwing{Seen: seen, Reason: v.Text("reason")})
		},
	}
}

// takeBack is 撤回承诺 at the window.
func (p *Pages) takeBack() *caseview.Deed {
	return &caseview.Deed{
		Key: "take-back", Title: "撤回承诺", Law: "国办发〔2020〕42号", Said: "承诺已撤回，改按一般程序办理。",
		Lead:     "作出决定之前，申请人可以撤回承诺，改按一般程序办理。请核对申请人身份。",
		Possible: func(v caseview.View) bool { return v.Mode == casework.ModeCommitment && undecided(v) },
		Typed:    []caseview.Field{{Name: "reason", Label: "撤回的原因"}},
		Form: func(a caseview.Act) templ.Component {
			return reasonForm(a, "撤回的原因", "撤回后不再当场决定，承诺所代替的材料需要提交。", "撤回承诺")
		},
		Do: func(v *visit.Visit, _ caseview.Act, seen casework.Seen) error {
			return p.Casework.TakeBack(v.Context(), v.Actor, casework.TakeBack{Seen: seen, Reason: v.Text("reason")})
		},
		Done: func(_ *visit.Visit, a caseview.Act) string { return a.Path("") },
	}
}

// owingPath is the list of cases that still owe something.
const owingPath = Base + "/owing"

// owingList is a page of them.
type owingList struct {
	All      []*casework.Owing
	Calendar *calendar.Table
	Today    calendar.Day
	Pages    ui.Pages
}

// Owing lists the cases that still owe something, the first due first.
func (p *Pages) Owing(v *visit.Visit) error {
	const lines = 20
	all, next, err := p.Casework.OwingList(v.Context(), v.Actor, casework.ParseCursor(v.Query("after")), lines)
	if err != nil {
		return err
	}
	x := owingList{All: all, Calendar: p.Casework.Calendar(), Today: caseview.Today(v)}
	x.Pages = v.Pages(owingPath, nil, next.String())
	return show(v, "容缺待补", owingPage(x))
}

func (x owingList) rows() (out []ui.Row) {
	for _, o := range x.All {
		n, tone := caseview.Left(x.Calendar, x.Today, o.Until)
		var names []string
		for _, i := range o.Items {
			names = append(names, i.Name)
		}
		out = append(out, ui.Row{Tone: tone, Cells: []ui.Cell{{Text: o.ItemName, Href: Base + "/cases/" + o.CaseID, Note: o.Number}, {Text: o.ApplicantName},
			{Text: strings.Join(names, "、")}, {Text: text.Day(o.Until), Note: text.Left(n, deadline.Working)}}})
	}
	return out
}

// modes are the ways of handling that the matter offers.
func modes(impl *catalog.Implementation) (out []ui.Choice) {
	for _, x := range impl.Variants {
		for _, m := range casework.Modes(impl, x.No) {
			c := ui.Choice{Value: string(m), Text: text.Label(text.Mode, string(m)), Help: modeHelp[m]}
			if !offered(out, c.Value) {
				out = append(out, c)
			}
		}
	}
	return out
}

func offered(all []ui.Choice, value string) bool {
	for _, c := range all {
		if c.Value == value {
			return true
		}
	}
	return false
}

var modeHelp = map[casework.Mode]string{
	casework.ModeOrdinary:   "提交全部材料，审查后决定。",
	casework.ModeCommitment: "申请人自愿选择：先告知，再书面承诺；少交承诺所代替的材料，当场决定，之后核查。",
	casework.ModeTolerance:  "申请人自愿选择：主要材料齐全，标明容缺后补的材料在期限内补齐，补齐前不能准予。",
}

// promise is the page on which a promise is printed and its signature recorded.
type promise struct {
	draft
	Words, SM3, Name string
	Agreed           bool
	Signed           *casework.Promise
}

func (p *Pages) promise(v *visit.Visit) (promise, bool, error) {
	d, ok, err := p.open(v)
	if !ok {
		return promise{}, false, err
	}
	impl, err := p.Catalog.ByID(v.Context(), d.ImplementationID)
	if err != nil {
		return promise{}, false, err
	}
	x := promise{draft: d, Words: casework.Words(impl, d.Variant, d.Mode)}
	x.SM3 = sm.Digest([]byte(x.Words))
	if x.Words == "" {
		return x, false, v.See(d.path(""))
	}
	x.Signed, err = p.Casework.Promise(v.Context(), v.Actor, d.ID)
	return x, err == nil, err
}

// PromisePage shows the text, to be printed and signed.
func (p *Pages) PromisePage(v *visit.Visit) error {
	x, ok, err := p.promise(v)
	if !ok {
		return err
	}
	return show(v, "承诺书", promisePage(x))
}

// SignPromise records that the paper was signed.
func (p *Pages) SignPromise(v *visit.Visit) error {
	version, err := strconv.Atoi(v.Text("version"))
	if err != nil {
		return fault.Invalid("request.broken")
	}
	in := casework.SignPromise{DraftID: v.Path("id"), Version: version, SM3: v.Text("sm3"), Agreed: v.Text("agreed") == "true", Name: v.Text("name")}
	if err = p.Casework.SignPromise(v.Context(), v.Actor, in); err == nil {
		v.Flash(ui.OK, "已登记承诺书的签署。")
		return v.See(Base + "/drafts/" + in.DraftID)
	}
	x, ok, failed := p.promise(v)
	if !ok {
		return failed
	}
	x.Name, x.Agreed = in.Name, in.Agreed
	return v.Again(err, func(problems ui.Problems) templ.Component {
		x.Problems = problems
		return frame(v, "承诺书", promisePage(x))
	})
}

// ChooseMode changes the way of handling of a draft at the window.
func (p *Pages) ChooseMode(v *visit.Visit) error {
	version, err := strconv.Atoi(v.Text("version"))
	if err != nil {
		return fault.Invalid("request.broken")
	}
	draftID, mode := v.Path("id"), casework.Mode(v.Text("mode"))
	if _, err := p.Casework.ChooseMode(v.Context(), v.Actor, casework.ChooseMode{DraftID: draftID, Version: version, Mode: mode}); err != nil {
		return err
	}
	v.Flash(ui.OK, "已改为"+text.Label(text.Mode, string(mode))+"。")
	return v.See(Base + "/drafts/" + draftID)
}
