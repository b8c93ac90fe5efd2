package counter

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// supplement is 一次性告知补正: everything that is missing, told once.
func (p *Pages) supplement() *caseview.Deed {
	return &caseview.Deed{
		Key: "supplement", Title: "一次性告知补正", Law: "行政许可法第三十二条第一款第（四）项", Said: "已出具补正告知书并通知申请人。",
		Lead:     "申请材料不齐全或者不符合法定形式的，应当当场或者在5个工作日内一次告知申请人需要补正的全部内容。",
		Possible: func(v caseview.View) bool { return awaiting(v) && mayAsk(v) && !silent(v) && !v.Impl.Registration },
		Kept:     typedItems,
		Label:    labelOf,
		Form:     func(a caseview.Act) templ.Component { return supplementForm(a, asks(a)) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			in, err := notice(a, seen)
			if err != nil {
				return err
			}
			return atControls(in, p.Casework.NotifySupplement(v.Context(), v.Actor, in))
		},
	}
}

// PreviewSupplement shows the notice as it will read, to be sent from there.
func (p *Pages) PreviewSupplement(v *visit.Visit) error {
	view, err := p.cases.Load(v)
	if err != nil {
		return err
	}
	a := caseview.Act{View: view, Deed: p.supplement(), Marks: caseview.ReadMarks(view.Impl, v.Text), Typed: v.Answers("")}
	if v.Has("change") || v.Has("refresh") {
		return v.Render(p.cases.Page(v, a))
	}
	d, err := p.previewed(v, a)
	if err != nil {
		return p.cases.Again(v, a, err)
	}
	return show(v, "预览补正告知书", supplementPreview(a, d), p.cases.Crumbs(view, "预览补正告知书")...)
}

func (p *Pages) previewed(v *visit.Visit, a caseview.Act) (document.Document, error) {
	seen, err := caseview.SeenOf(v, a.ID)
	if err != nil {
		return document.Document{}, err
	}
	in, err := notice(a, seen)
	if err != nil {
		return document.Document{}, err
	}
	d, err := p.Casework.PreviewSupplement(v.Context(), v.Actor, in)
	return d, atControls(in, err)
}

// again says that a first notice was answered: another may speak only of what
// came with the answer.
func again(v caseview.View) bool { return v.Dossier.Notice != nil }

// mayAsk says that no notice was given, or one whose answer can be looked at.
func mayAsk(v caseview.View) bool {
	n := v.Dossier.Notice
	return n == nil || n.N == 1 && !n.AnsweredAt.IsZero()
}

// wasAsked says that the first notice asked for the material.
func wasAsked(v caseview.View, material string) bool {
	return slices.ContainsFunc(v.Dossier.Notice.Items, func(i casework.Item) bool { return i.Material == material })
}

// ask is one material, or the form, as the page asks about it.
type ask struct {
	No, Name          string
	Chosen            bool
	Problem, Standard string
	Hint              string // how it stands
}

// asks are all that can be asked for: the materials of the case and the form.
// What was ticked as failed, and what is lacking, is chosen and worded already.
func asks(a caseview.Act) []ask {
	var out []ask
	for _, g := range a.Dossier.Materials {
		if g.Shared || again(a.View) && !wasAsked(a.View, g.No) {
			continue
		}
		x := ask{No: g.No, Name: g.Name, Problem: a.Marks.Failed(g), Standard: standard(g), Hint: caseview.Handed(g)}
		if g.AskedOf(a.Values) && !g.There() {
			x.Problem = "未提交"
		}
		x.Chosen = x.Problem != ""
		out = append(out, x)
	}
	if !again(a.View) || wasAsked(a.View, "form") {
		out = append(out, ask{No: "form", Name: "申请表", Standard: "按照填写要求更正后重新提交"})
	}
	if _, typed := a.Typed["days"]; typed {
		for i := range out {
			out[i].Chosen = a.Typed["ask."+out[i].No] == "true"
			if s, sent := a.Typed["problem."+out[i].No]; sent {
				out[i].Problem, out[i].Standard = s, a.Typed["standard."+out[i].No]
			}
		}
	}
	return out
}

// standard is what would be right, from the matter.
func standard(g casework.Given) string {
	if g.Standard != "" {
		return g.Standard
	}
	var all []string
	for _, p := range g.Points {
		all = append(all, p.Requirement)
	}
	return strings.Join(all, "\n")
}

// notice is the act as it was typed.
func notice(a caseview.Act, seen casework.Seen) (casework.NotifySupplement, error) {
	in := casework.NotifySupplement{Seen: seen, Ticks: a.Marks.Ticks(a.Impl)}
	days, err := strconv.Atoi(a.Typed["days"])
	if err != nil || days == 0 {
		return in, fault.Invalid("form.invalid", fault.At("days", "supplement.days", "max", "60"))
	}
	in.Days, in.NewFact = days, a.Typed["new_fact"]
	for _, x := range asks(a) {
		if x.Chosen {
			in.Items = append(in.Items, casework.Item{Material: x.No, Name: x.Name, Problem: x.Problem, Standard: x.Standard})
		}
	}
	return in, nil
}

// atControls points the faults of items, which are counted, at their controls,
// which go by material.
func atControls(in casework.NotifySupplement, err error) error {
	f := fault.Of(err)
	if f == nil || len(f.Fields) == 0 {
		return err
	}
	out := *f
	out.Fields = nil
	for _, x := range f.Fields {
		if rest, ok := strings.CutPrefix(x.Name, "items."); ok {
			place, what, _ := strings.Cut(rest, ".")
			if i, bad := strconv.Atoi(place); bad == nil && i < len(in.Items) {
				x.Name = firstOf(what, "ask") + "." + in.Items[i].Material
			}
		}
		out.Fields = append(out.Fields, x)
	}
	return &out
}

func firstOf(s, otherwise string) string {
	if s != "" {
		return s
	}
	return otherwise
}

// typedItems are the chosen items, kept for who was too late.
func typedItems(a caseview.Act) []ui.Pair {
	var out []ui.Pair
	for _, x := range asks(a) {
		if x.Chosen {
			out = append(out, ui.Pair{Term: x.Name, Text: x.Problem, Note: x.Standard})
		}
	}
	return out
}

// labelOf names the text about a material.
func labelOf(a caseview.Act, name string) string {
	what, no, _ := strings.Cut(name, ".")
	for _, x := range asks(a) {
		switch {
		case x.No != no:
		case what == "problem":
			return "「" + x.Name + "」存在的问题"
		case what == "standard":
			return "「" + x.Name + "」的补正要求"
		}
	}
	return ""
}

// days is the time for the supplement, as typed or the usual one.
func days(a caseview.Act) string {
	if s := a.Typed["days"]; s != "" {
		return s
	}
	return strconv.Itoa(casework.SupplementDays)
}

// until says until when the usual or typed days run.
func until(a caseview.Act) string {
	n, err := strconv.Atoi(days(a))
	if err != nil || n < 1 || n > 60 {
		return ""
	}
	return "按现在计算，至 " + text.Day(a.Calendar.AddWorking(a.Today, n)) + "。"
}

// carried is what was typed, for the form under the preview.
func carried(a caseview.Act) []ui.Pair {
	out := []ui.Pair{{Term: "days", Text: a.Typed["days"]}, {Term: "new_fact", Text: a.Typed["new_fact"]}}
	for _, x := range asks(a) {
		if x.Chosen {
			out = append(out, ui.Pair{Term: "ask." + x.No, Text: "true"}, ui.Pair{Term: "problem." + x.No, Text: x.Problem},
				ui.Pair{Term: "standard." + x.No, Text: x.Standard})
		}
	}
	return out
}
