package counter

import (
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/visit"
)

var (
	reasonsField   = caseview.Field{Name: "reasons", Label: "理由"}
	basisField     = caseview.Field{Name: "basis", Label: "依据"}
	competentField = caseview.Field{Name: "competent", Label: "应当向哪个机关申请"}
)

// notRequired is 不受理: the matter needs no licence.
func (p *Pages) notRequired() *caseview.Deed {
	return &caseview.Deed{
		Key: "not-required", Title: "不受理：依法不需要取得行政许可", Law: "行政许可法第三十二条第一款第（一）项", Said: "已即时告知申请人不受理。",
		Lead: "申请事项依法不需要取得行政许可的，应当即时告知申请人不受理。", Possible: awaiting,
		Typed: []caseview.Field{reasonsField, basisField},
		Form:  func(a caseview.Act) templ.Component { return turnAwayForm(a, false) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Casework.NotRequired(v.Context(), v.Actor, casework.NotRequired{Seen: seen, Reasons: v.Text("reasons"), Basis: v.Text("basis")})
		},
	}
}

// notCompetent is 不予受理: another body is competent, and is named.
func (p *Pages) notCompetent() *caseview.Deed {
	return &caseview.Deed{
		Key: "not-competent", Title: "不予受理：不属于本机关职权范围", Law: "行政许可法第三十二条第一款第（二）项", Said: "已作出不予受理的决定。",
		Lead:     "申请事项依法不属于本机关职权范围的，应当即时作出不予受理的决定，并告知申请人向有关行政机关申请。",
		Possible: awaiting, Typed: []caseview.Field{reasonsField, basisField, competentField},
		Form: func(a caseview.Act) templ.Component { return turnAwayForm(a, true) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Casework.NotCompetent(v.Context(), v.Actor, casework.NotCompetent{Seen: seen, Reasons: v.Text("reasons"),
				Basis: v.Text("basis"), Competent: v.Text("competent")})
		},
	}
}

// basisOf is what was typed as basis, or the matter's own to begin with.
func basisOf(a caseview.Act) string {
	if s, typed := a.Typed["basis"]; typed {
		return s
	}
	return strings.Join(casework.BasisOf(a.Impl), "\n")
}
