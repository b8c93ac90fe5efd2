package desk

import (
	"time"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/kit/clock"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// rectify is 更正收件、受理时间: a record beside the one that stays.
func (p *Pages) rectify() *caseview.Deed {
	return &caseview.Deed{
		Key: "rectify", Title: "更正收件、受理时间", Said: "已记录更正，期限已经重新计算。", Law: "行政许可法第三十二条第一款",
		Lead:     "原来登记的时间保留不动，另记一条更正；只能改早，期限从更正后的时间起算。",
		Possible: func(v caseview.View) bool { return !v.Status.Ended() },
		Typed:    []caseview.Field{{Name: "day", Label: "实际日期"}, {Name: "time", Label: "实际时间"}, {Name: "reason", Label: "更正理由"}},
		Form:     func(a caseview.Act) templ.Component { return rectifyForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			is, err := time.ParseInLocation("2006-01-02 15:04", v.Text("day")+" "+v.Text("time"), clock.Beijing)
			if err != nil {
				return fault.Invalid("form.invalid", fault.At("day", "rectify.instant"))
			}
			err = p.Casework.Rectify(v.Context(), v.Actor, casework.Rectify{Seen: seen, Of: casework.Instant(v.Text("of")), Is: is, Reason: v.Text("reason")})
			return caseview.Moved(err, "is", "day")
		},
		Done: func(_ *visit.Visit, a caseview.Act) string { return a.Path("") },
	}
}

// instants are what may be corrected in the case.
func instants(a caseview.Act) []ui.Choice {
	out := []ui.Choice{{Value: string(casework.OfReceipt), Text: "收件时间"}}
	if !a.AcceptedAt.IsZero() {
		out = append(out, ui.Choice{Value: string(casework.OfAcceptance), Text: "受理时间"})
	}
	return out
}

// of is which instant is chosen, the only one to begin with.
func of(a caseview.Act) string {
	if s := a.Typed["of"]; s != "" {
		return s
	}
	return string(casework.OfReceipt)
}
