package desk

import (
	"strconv"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// quotas is the page of limited quantities.
type quotas struct {
	All      []casework.Scarce
	Tried    string // the matter whose figure was refused
	Typed    map[string]string
	Problems ui.Problems
}

// Quotas shows the matters of limited quantity with their figures and who waits.
func (p *Pages) Quotas(v *visit.Visit) error {
	all, err := p.Casework.Scarce(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	return v.Render(quotaFrame(v, quotas{All: all}))
}

func quotaFrame(v *visit.Visit, q quotas) templ.Component {
	return frame(v, "数量限制", quotaPage(q), ui.Link{Text: "数量限制", Current: true})
}

// SetQuota keeps a figure.
func (p *Pages) SetQuota(v *visit.Visit) error {
	in, err := quotaOf(v)
	if err == nil {
		err = p.Casework.SetQuota(v.Context(), v.Actor, in)
	}
	if err == nil {
		v.Flash(ui.OK, "数量已保存。")
		return v.See(Base + "/quotas")
	}
	all, failed := p.Casework.Scarce(v.Context(), v.Actor)
	if failed != nil {
		return failed
	}
	return v.Again(err, func(problems ui.Problems) templ.Component {
		return quotaFrame(v, quotas{All: all, Tried: in.Code, Typed: v.Answers(""), Problems: problems})
	})
}

func quotaOf(v *visit.Visit) (in casework.SetQuota, err error) {
	in.Code, in.Note = v.Text("code"), v.Text("note")
	if in.Version, err = v.Int("version"); err != nil {
		return in, fault.Invalid("request.broken")
	}
	if in.Total, err = v.Int("total"); err != nil {
		return in, err
	}
	in.Used, err = v.Int("used")
	return in, err
}

func (q quotas) typed(code, name, else_ string) string {
	if s, ok := q.Typed[name]; ok && q.Tried == code {
		return s
	}
	return else_
}

func (q quotas) at(code, name string) string {
	if q.Tried != code {
		return ""
	}
	return q.Problems.At(name)
}

func figure(x casework.Scarce) []ui.Pair {
	out := []ui.Pair{{Term: "数量规定", Text: x.Impl.Quantity.Text, Note: x.Impl.Quantity.Law}}
	if x.Quota == nil {
		return append(out, ui.Pair{Term: "余量", Text: "未维护：不限制准予，请尽快填写"})
	}
	return append(out, ui.Pair{Term: "总量 / 已用 / 余量", Text: strconv.Itoa(x.Quota.Total) + " / " + strconv.Itoa(x.Quota.Used) + " / " + strconv.Itoa(x.Quota.Left())},
		ui.Pair{Term: "来源", Text: x.Quota.Note, Note: x.Quota.ByName + "　" + text.At(x.Quota.At)})
}

func order(x casework.Scarce) ui.TableData {
	t := ui.TableData{Caption: "按受理先后排列的在办申请", ShowCaption: true, Columns: []ui.Column{{Title: "次序", Num: true, Tight: true}, {Title: "办件编号"}, {Title: "申请人"}, {Title: "受理时间", Tight: true}}}
	for i, w := range x.Waiting {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: strconv.Itoa(i + 1)}, {Text: w.Number}, {Text: w.ApplicantName}, {Text: text.At(w.AcceptedAt)}}})
	}
	return t
}

func version(x casework.Scarce) string {
	if x.Quota == nil {
		return "0"
	}
	return strconv.Itoa(x.Quota.Version)
}

func totalOf(x casework.Scarce) string {
	if x.Quota == nil {
		return ""
	}
	return strconv.Itoa(x.Quota.Total)
}

func usedOf(x casework.Scarce) string {
	if x.Quota == nil {
		return "0"
	}
	return strconv.Itoa(x.Quota.Used)
}
