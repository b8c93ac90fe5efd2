package desk

import (
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/document"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/org"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

func deciding(v caseview.View) bool { return at(v, flow.Decide, casework.StatusHandling) }

var opinionField = caseview.Field{Name: "opinion", Label: "意见"}

// grant is 准予.
func (p *Pages) grant() *caseview.Deed {
	return &caseview.Deed{
		Key: "grant", Title: "准予行政许可", Law: "行政许可法第三十八条第一款", Possible: deciding, Plain: true, Said: "已作出准予决定，决定书已出具。",
		Lead:  "申请人的申请符合法定条件、标准的，应当依法作出准予行政许可的书面决定。",
		Typed: []caseview.Field{opinionField},
		Form:  func(a caseview.Act) templ.Component { return grantForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Casework.Decide(v.Context(), v.Actor, casework.Decide{Seen: seen, Grant: true, Opinion: v.Text("opinion"), Basis: v.Text("basis"),
				Late: v.Text("late")})
		},
	}
}

// refuse is 不予: with reasons, basis and remedies, or not at all.
func (p *Pages) refuse() *caseview.Deed {
	return &caseview.Deed{
		Key: "refuse", Title: "不予行政许可", Law: "行政许可法第三十八条第二款", Possible: deciding, Said: "已作出不予许可决定，决定书已出具。",
		Lead:  "应当说明理由，并告知申请人依法享有申请行政复议或者提起行政诉讼的权利。",
		Typed: []caseview.Field{{Name: "reasons", Label: "事实和理由"}, {Name: "basis", Label: "依据"}, opinionField},
		Form:  func(a caseview.Act) templ.Component { return refuseForm(a) },
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			return p.Casework.Decide(v.Context(), v.Actor, refusal(a, seen))
		},
	}
}

func refusal(a caseview.Act, seen casework.Seen) casework.Decide {
	return casework.Decide{Seen: seen, Opinion: strings.TrimSpace(a.Typed["opinion"]), Reasons: a.Typed["reasons"], Basis: a.Typed["basis"],
		Late: a.Typed["late"], False: a.Typed["false"] == "true"}
}

// PreviewRefusal shows the decision as it will read, to be issued from there.
func (p *Pages) PreviewRefusal(v *visit.Visit) error {
	view, err := p.cases.Load(v)
	if err != nil {
		return err
	}
	a := caseview.Act{View: view, Deed: p.refuse(), Typed: v.Answers("")}
	if v.Has("change") { // back from the preview
		return v.Render(p.cases.Page(v, a))
	}
	d, err := p.previewed(v, a)
	if err != nil {
		return p.cases.Again(v, a, err)
	}
	return show(v, "预览不予许可决定书", refusalPreview(a, d), p.cases.Crumbs(view, "预览不予许可决定书")...)
}

func (p *Pages) previewed(v *visit.Visit, a caseview.Act) (document.Document, error) {
	seen, err := caseview.SeenOf(v, a.ID)
	if err != nil {
		return document.Document{}, err
	}
	return p.Casework.PreviewDecision(v.Context(), v.Actor, refusal(a, seen))
}

// basisOf is what was typed as basis, or the matter's own to begin with.
func basisOf(a caseview.Act) string {
	if s, typed := a.Typed["basis"]; typed {
		return s
	}
	return strings.Join(append(casework.BasisOf(a.Impl), records(a)...), "\n")
}

// records are the records that the decision must rest on, such as that of a
// hearing (行政许可法第四十八条第二款).
func records(a caseview.Act) (out []string) {
	for _, h := range a.Course.Holds {
		if h.Cite != "" {
			out = append(out, "听证笔录（"+h.Cite+"）")
		}
	}
	return out
}

// remedies are where the applicant may turn against the decision, as the
// body's own data says.
func remedies(r org.Remedies) []ui.Pair {
	return []ui.Pair{
		{Term: "行政复议机关", Text: r.Review, Note: lawOf(r.ReviewLaw, "自收到决定书之日起60日内")},
		{Term: "行政诉讼管辖法院", Text: r.Court, Note: lawOf(r.CourtLaw, "自收到决定书之日起6个月内")},
		{Term: "线上复议渠道", Text: r.Online, Note: "通过互联网送达的，应当告知（行政复议法第二十二条第二款）"},
	}
}

func lawOf(law, term string) string {
	if law == "" {
		return term
	}
	return term + "　依据：" + law
}

// unknown are the remedies that the body's data lacks, in words.
func unknown(a caseview.Act) []string {
	var out []string
	for _, k := range a.Body.Remedies.Lacks() {
		if k == "online" && a.Channel == casework.Window {
			continue
		}
		out = append(out, text.Label(text.Remedy, k))
	}
	return out
}

// bars are the rules that a decision would be refused by now.
func bars(a caseview.Act) (out []ui.Problems) {
	if a.Deed.Key != "grant" && a.Deed.Key != "refuse" {
		return nil
	}
	for _, f := range a.Case.Bars(a.Deed.Key == "grant", a.Impl) {
		out = append(out, text.Problems(f))
	}
	return out
}

// mustCite says what the reasons or the basis have to contain, "" for nothing.
func mustCite(a caseview.Act) string {
	if all := a.Case.Cites(); len(all) > 0 {
		return "依据或者理由中应当写明：" + strings.Join(all, "；") + "。"
	}
	return ""
}
