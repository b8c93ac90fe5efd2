package desk

import (
	"bytes"
	"io"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/flow"
	"onewindow/internal/business/form"
	"onewindow/internal/business/licence"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/formview"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// issue is 制证: the licence or approval is made, numbered and signed.
func (p *Pages) issue() *caseview.Deed {
	return &caseview.Deed{
		Key: "issue", Title: "制证", Law: "行政许可法第三十九条、第四十四条", Said: "已制证，待送达。",
		Lead:     "核对照面信息后制作证照或者批准文件，加盖电子印章。制成后不能修改。",
		Plain:    true,
		Possible: func(v caseview.View) bool { return at(v, flow.Issue, casework.StatusGranted) && v.HeldBack() == nil },
		Form:     func(a caseview.Act) templ.Component { return issueForm(a) },
		Do: func(v *visit.Visit, _ caseview.Act, seen casework.Seen) error {
			_, err := p.Licences.Issue(v.Context(), v.Actor, licence.Issue{Seen: seen})
			return err
		},
		Done: func(_ *visit.Visit, a caseview.Act) string { return a.Path("#licence") },
	}
}

// face are the lines that will stand on the result, sensitive ones masked.
func face(a caseview.Act) []ui.Pair {
	out := []ui.Pair{{Term: "结果名称", Text: a.Impl.Result.Name, Note: a.Impl.Result.FormName()}, {Term: "持有人", Text: a.ApplicantName},
		{Term: "颁发机关", Text: a.Impl.Body.Name}, {Term: "适用范围", Text: a.Impl.Result.Scope}, {Term: "有效期", Text: a.Impl.Result.Validity}}
	for _, x := range a.Impl.Result.Prints {
		e, _ := form.Lookup(x.Element)
		out = append(out, ui.Pair{Term: x.Label, Text: formview.Mask(e, a.Values[x.Element])})
	}
	return out
}

// Licence serves the PDF of an issued licence. Every download is on record.
func (p *Pages) Licence(v *visit.Visit) error {
	l, err := p.Licences.Get(v.Context(), v.Actor, v.Path("licence"))
	if err != nil {
		return err
	}
	f, rc, err := p.Licences.Download(v.Context(), v.Actor, l.ID)
	if err != nil {
		return err
	}
	defer rc.Close()
	b, err := io.ReadAll(rc)
	if err != nil {
		return err
	}
	return v.Serve(visit.File{Name: l.Content.Name + " " + l.Content.Number + ".pdf", Type: "application/pdf", Changed: f.MadeAt, Inline: true, Body: bytes.NewReader(b)})
}
