package desk

import (
	"net/url"
	"strings"

	"onewindow/internal/business/procedure"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// visitList is the visits' calendar as it is shown.
type visitList struct {
	Visits    []procedure.Procedure
	All, Past bool
	Next      procedure.Cursor
	First     bool
	Reader    string
	visit     *visit.Visit
}

// Visits is the calendar of site visits: one's own, or all of the body.
func (p *Pages) Visits(v *visit.Visit) error {
	l := visitList{All: v.Query("of") == "all", Past: v.Query("when") == "past", Reader: v.Actor.AccountID, visit: v}
	after := procedure.ParseCursor(v.Query("after"))
	l.First = after.ID == ""
	var err error
	if l.Visits, l.Next, err = p.Procedures.Visits(v.Context(), v.Actor, procedure.Visits{Own: !l.All, Past: l.Past, After: after}); err != nil {
		return err
	}
	return show(v, "现场核查", visitsPage(l), ui.Link{Text: "现场核查", Current: true})
}

func (l visitList) url(all, past bool, after string) string {
	q := url.Values{}
	if all {
		q.Set("of", "all")
	}
	if past {
		q.Set("when", "past")
	}
	if after != "" {
		q.Set("after", after)
	}
	if len(q) == 0 {
		return Base + "/visits"
	}
	return Base + "/visits?" + q.Encode()
}

func (l visitList) tabs() []ui.Link {
	return []ui.Link{
		{Text: "我的 · 未完成", Href: l.url(false, false, ""), Current: !l.All && !l.Past},
		{Text: "我的 · 已完成", Href: l.url(false, true, ""), Current: !l.All && l.Past},
		{Text: "本机关 · 未完成", Href: l.url(true, false, ""), Current: l.All && !l.Past},
		{Text: "本机关 · 已完成", Href: l.url(true, true, ""), Current: l.All && l.Past},
	}
}

func (l visitList) pages() ui.Pages {
	var out ui.Pages
	if next := l.Next.String(); next != "" {
		out.Next = l.url(l.All, l.Past, next)
	}
	return out
}

func (l visitList) table() ui.TableData {
	t := ui.TableData{Caption: "现场核查", Columns: []ui.Column{{Title: "时间", Tight: true}, {Title: "事项和办件"}, {Title: "地点"}, {Title: "人员"}, {Title: "状态", Tight: true}}}
	for i := range l.Visits {
		x := &l.Visits[i]
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
			{Text: text.At(x.At), Href: caseview.ProcedureURL(x.ID)}, {Text: x.Case.ItemName, Note: x.Case.ApplicantName + "　" + x.Case.Number},
			{Text: x.Place}, {Text: strings.Join(namesOf(x), "、")}, {Body: ui.Badge(l.status(x), l.tone(x))}}, Tone: l.rowTone(x)})
	}
	return t
}

func namesOf(x *procedure.Procedure) (out []string) {
	for _, o := range x.Officers {
		out = append(out, o.Name)
	}
	return out
}

// mine says that the visit waits for the reader's signature.
func (l visitList) mine(x *procedure.Procedure) bool {
	for _, o := range x.Officers {
		if o.AccountID == l.Reader && !o.Signed() && x.State == procedure.Signing {
			return true
		}
	}
	return false
}

func (l visitList) status(x *procedure.Procedure) string {
	switch {
	case l.mine(x):
		return "等待您签字"
	case x.State == procedure.Open && x.At.Before(l.visit.Now()):
		return "待记录"
	case x.State == procedure.Open:
		return "待核查"
	case x.State == procedure.Done:
		return text.Label(text.Conclusion, string(x.Detail.Conclusion))
	}
	return text.Label(text.ProcedureState, string(x.State))
}

func (l visitList) tone(x *procedure.Procedure) ui.Tone {
	switch {
	case l.mine(x), x.State == procedure.Open && x.At.Before(l.visit.Now()):
		return ui.Warn
	case x.State == procedure.Done:
		return text.Tone(text.Conclusion, string(x.Detail.Conclusion))
	}
	return text.Tone(text.ProcedureState, string(x.State))
}

func (l visitList) rowTone(x *procedure.Procedure) ui.Tone {
	if l.mine(x) {
		return ui.Warn
	}
	return ""
}
