package portal

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/kit/sm"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// modeChoices are the ways of handling that the matter offers in some
// situation, with what each of them means.
func modeChoices(impl *catalog.Implementation) []ui.Choice {
	out := []ui.Choice{{Value: string(casework.ModeOrdinary), Text: text.Label(text.Mode, ""), Help: ordinaryWords(impl)}}
	if impl.CommitmentOpen() {
		out = append(out, ui.Choice{Value: string(casework.ModeCommitment), Text: text.Label(text.Mode, string(casework.ModeCommitment)), Help: commitmentWords(impl)})
	}
	for _, v := range impl.Variants {
		if impl.ToleranceOpen(v.No) {
			return append(out, ui.Choice{Value: string(casework.ModeTolerance), Text: text.Label(text.Mode, string(casework.ModeTolerance)), Help: toleranceWords(impl, v.No)})
		}
	}
	return out
}

func ordinaryWords(impl *catalog.Implementation) string {
	if d := impl.Decision(); d != nil {
		return "按规定提交全部材料，审查后作出决定，承诺期限：" + d.Text() + "。"
	}
	return "按规定提交全部材料，审查后作出决定。"
}

func commitmentWords(impl *catalog.Implementation) string {
	c, less := impl.Commitment, ""
	var names []string
	for _, no := range c.Replaces {
		if m, ok := impl.Material(no); ok {
			names = append(names, "「"+m.Name+"」")
		}
	}
	if len(names) > 0 {
		less = "，不用提交" + strings.Join(names, "、")
	}
	return "您书面承诺符合条件" + less + "；其他材料齐全的当场作出决定，之后由" + c.VerifyBy + "在" + strconv.Itoa(c.VerifyDays) +
		"个工作日内核查。承诺不实的，撤销决定并记入信用记录。"
}

func toleranceWords(impl *catalog.Implementation, variant string) string {
	var names []string
	for _, m := range impl.Deferrables(variant, nil) {
		names = append(names, "「"+m.Name+"」")
	}
	return strings.Join(names, "、") + "可以在受理后" + strconv.Itoa(impl.TolerableDays(variant)) +
		"个工作日内补交，其他材料先交齐。补齐之前先行审查，不作出准予决定；逾期不补的可能终止办理，并记入信用记录。"
}

// promising is the page on which an applicant reads what is told and signs.
type promising struct {
	*draft
	Words    string
	SM3      string
	Terms    catalog.Terms
	Name     string
	Agreed   bool
	Problems ui.Problems
}

// PromisePage shows what is told and what is promised, to be read before the
// form is filled in.
func (p *Pages) PromisePage(v *visit.Visit, d *draft) error {
	x, err := p.promising(v, d)
	if err != nil {
		return err
	}
	if x.Words == "" {
		return v.See(draftURL(d.ID))
	}
	return show(v, x.heading(), promisePage(x), d.crumbs()...)
}

func (p *Pages) promising(v *visit.Visit, d *draft) (promising, error) {
	impl, err := p.Catalog.ByID(v.Context(), d.ImplementationID)
	if err != nil {
		return promising{}, err
	}
	words := casework.Words(impl, d.Variant, d.Mode)
	return promising{draft: d, Words: words, SM3: sm.Digest([]byte(words)), Terms: impl.Terms()}, nil
}

// SignPromise signs the text that was shown.
func (p *Pages) SignPromise(v *visit.Visit, d *draft) error {
	version, err := v.Int("version")
	if err != nil {
		return err
	}
	in := casework.SignPromise{DraftID: d.ID, Version: version, SM3: v.Text("sm3"), Agreed: v.Text("agreed") == "true", Name: v.Text("name")}
	err = p.Casework.SignPromise(v.Context(), v.Actor, in)
	if err == nil {
		v.Flash(ui.OK, "承诺书已签署。请填写申请信息；提交之前可以改变办理方式，作出决定之前可以撤回承诺。")
		return v.See(draftURL(d.ID))
	}
	x, failed := p.promising(v, d)
	if failed != nil {
		return failed
	}
	x.Name, x.Agreed = in.Name, in.Agreed
	return again(v, err, x.heading(), func(problems ui.Problems) templ.Component {
		x.Problems = problems
		return promisePage(x)
	}, d.crumbs()...)
}

// ChooseMode changes the way of handling before the submission.
func (p *Pages) ChooseMode(v *visit.Visit, d *draft) error {
	version, err := v.Int("version")
	if err != nil {
		return err
	}
	mode := casework.Mode(v.Text("mode"))
	if _, err := p.Casework.ChooseMode(v.Context(), v.Actor, casework.ChooseMode{DraftID: d.ID, Version: version, Mode: mode}); err != nil {
		return err
	}
	v.Flash(ui.OK, "已改为"+text.Label(text.Mode, string(mode))+"。")
	if mode != casework.ModeOrdinary {
		return v.See(promiseURL(d.ID))
	}
	return v.See(draftURL(d.ID))
}

func (x promising) heading() string {
	if x.Mode == casework.ModeTolerance {
		return "容缺受理承诺书"
	}
	return "告知承诺书"
}

// lead says in a sentence what is read here and why.
func (x promising) lead() string {
	if x.Mode == casework.ModeTolerance {
		return "请先阅读：哪些材料可以后补、什么时候补齐、逾期有什么后果。"
	}
	return "请先阅读行政机关告知的内容，再决定是否作出承诺。是否采用告知承诺，由您自己选择。"
}

// parts are the text under its headings.
func (x promising) parts() []wordPart {
	var out []wordPart
	for line := range strings.Lines(x.Words) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case strings.HasPrefix(line, "一、"), strings.HasPrefix(line, "二、"), strings.HasPrefix(line, "三、"), strings.HasPrefix(line, "四、"), strings.HasPrefix(line, "五、"):
			out = append(out, wordPart{Title: line})
		case len(out) > 0:
			out[len(out)-1].Lines = append(out[len(out)-1].Lines, line)
		}
	}
	return out
}

type wordPart struct {
	Title string
	Lines []string
}

// modeFacts are the way of handling and its promise on the last page.
func (c checking) modeFacts() []ui.Pair {
	out := []ui.Pair{{Term: "办理方式", Text: text.Label(text.Mode, string(c.Mode))}}
	if c.Signed && c.Promise != nil {
		return append(out, ui.Pair{Term: "承诺书", Text: "已签署", Note: c.Promise.SignedName + "，" + text.At(c.Promise.SignedAt)})
	}
	return append(out, ui.Pair{Term: "承诺书", Body: ui.Badge("还没有签署", ui.Warn)})
}

func promiseURL(draftID string) string { return draftURL(draftID) + "/promise" }
