package counter

import (
	"github.com/a-h/templ"

	"onewindow/internal/business/calendar"
	"onewindow/internal/business/casework"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// accept is 受理.
func (p *Pages) accept() *caseview.Deed {
	return &caseview.Deed{
		Key: "accept", Title: "受理", Law: "行政许可法第三十二条第一款第（五）项", Possible: awaiting, Plain: true, Said: "已受理。办理期限开始计算。",
		Lead: "申请事项属于本机关职权范围，申请材料齐全、符合法定形式，或者申请人按照要求提交了全部补正材料。",
		Form: func(a caseview.Act) templ.Component { return acceptForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Casework.Accept(v.Context(), v.Actor, casework.Accept{Seen: seen, Ticks: a.Marks.Ticks(a.Impl), Spot: v.Text("spot") == "true"})
		},
	}
}

// onceAccepted is the case as it would be once it is accepted now: for showing the
// due days beforehand.
func onceAccepted(a caseview.Act) casework.Case {
	c := *a.Case
	switch {
	case c.CompleteAt.After(c.ReceivedAt):
		c.AcceptedAt = c.CompleteAt
	case silent(a.View):
		c.AcceptedAt = c.ReceivedAt
	default:
		c.AcceptedAt = a.Today.Time()
	}
	return c
}

// limits are the days by which the case must be decided if it is accepted now.
func limits(a caseview.Act) []ui.Pair {
	c := onceAccepted(a)
	clocks := c.Clocks(a.Impl, a.Calendar)
	pairs := []ui.Pair{{Term: "受理日期", Text: text.Day(calendar.DayOf(c.AcceptedAt))}}
	for _, x := range []struct {
		title string
		r     *casework.Running
	}{{"法定办结日期", clocks.Statutory}, {"承诺办结日期", clocks.Promised}} {
		if x.r == nil {
			continue
		}
		p := ui.Pair{Term: x.title, Text: text.Day(x.r.Due.Day), Note: x.r.Limit.Chinese()}
		if x.r.Due.Provisional {
			p.Note += "，暂定"
		}
		pairs = append(pairs, p)
	}
	return pairs
}

// lacking are the necessary materials that are not there.
func lacking(a caseview.Act) []casework.Given {
	var out []casework.Given
	for _, g := range a.Dossier.Materials {
		if g.AskedOf(a.Values) && !g.There() && !casework.Follows(g.Material, a.Mode) {
			out = append(out, g)
		}
	}
	return out
}

// following are the materials that are not there and may follow (容缺后补).
func following(a caseview.Act) (out []casework.Given) {
	for _, g := range a.Dossier.Materials {
		if g.AskedOf(a.Values) && !g.There() && casework.Follows(g.Material, a.Mode) {
			out = append(out, g)
		}
	}
	return out
}

// failed are the materials with a point that was found wrong.
func failed(a caseview.Act) []casework.Given {
	var out []casework.Given
	for _, g := range a.Dossier.Materials {
		if (g.There() || !g.AskedOf(a.Values)) && a.Marks.Failed(g) != "" {
			out = append(out, g)
		}
	}
	return out
}
