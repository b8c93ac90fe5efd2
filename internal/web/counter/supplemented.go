package counter

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/form"
	"onewindow/internal/kit/fault"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// supplemented takes in at the window what the notice asked for.
func (p *Pages) supplemented() *caseview.Deed {
	return &caseview.Deed{
		Key: "supplemented", Title: "接收补正材料", Law: "行政许可法第三十二条第一款第（四）项、第（五）项",
		Lead: "只接收告知书列明的内容，不得再提出新的补正要求。收齐之日即为受理时间的依据。", Said: "已接收补正，请继续审查并办理受理。",
		Possible: func(v caseview.View) bool { return v.Status == casework.StatusSupplement && v.Dossier.Notice != nil },
		Form:     func(a caseview.Act) templ.Component { return supplementedForm(p, a) },
		Read: func(v *visit.Visit, view caseview.View) error {
			return v.Files(p.fileLimits(), func(part visit.Part) error { return p.cases.Attach(v, view.ID, part) })
		},
		Do: func(v *visit.Visit, a caseview.Act, seen casework.Seen) error {
			err := p.Casework.Supplement(v.Context(), v.Actor, casework.SupplementCase{Seen: seen, Values: supplementValues(a), Paper: paperOf(a)})
			return atCopies(err)
		},
		Done: func(v *visit.Visit, a caseview.Act) string { return a.Path("") },
	}
}

// atCopies points the faults of materials at the controls for their copies.
func atCopies(err error) error {
	f := fault.Of(err)
	if f == nil || len(f.Fields) == 0 {
		return err
	}
	out := *f
	out.Fields = slices.Clone(f.Fields)
	for i, x := range out.Fields {
		if no, ok := strings.CutPrefix(x.Name, "material."); ok {
			out.Fields[i].Name = paperField(no)
		}
	}
	return &out
}

// supplementValues is the form when the notice names it.
func supplementValues(a caseview.Act) form.Values {
	if !named(a, "form") {
		return nil
	}
	return corrected(a)
}

func named(a caseview.Act, material string) bool {
	if a.Dossier.Notice == nil {
		return false
	}
	for _, i := range a.Dossier.Notice.Items {
		if i.Material == material {
			return true
		}
	}
	return false
}

// paperOf are the copies typed for the materials that the notice names.
func paperOf(a caseview.Act) map[string]int {
	paper := map[string]int{}
	if a.Dossier.Notice == nil {
		return paper
	}
	for _, i := range a.Dossier.Notice.Items {
		if n, err := strconv.Atoi(a.Typed[paperField(i.Material)]); err == nil && n > 0 && n <= mostCopies {
			paper[i.Material] = n
		}
	}
	return paper
}

// given is a material of the case.
func given(a caseview.Act, material string) casework.Given {
	for _, g := range a.Dossier.Materials {
		if g.No == material {
			return g
		}
	}
	return casework.Given{}
}

// newFiles are the files of a material that came since the notice.
func newFiles(a caseview.Act, g casework.Given) []ui.File {
	var out []ui.File
	for _, f := range g.Files {
		if !f.UploadedAt.Before(a.Dossier.Notice.NotifiedAt) {
			out = append(out, ui.File{Name: f.Name, Href: a.File(f), Size: f.Size})
		}
	}
	return out
}
