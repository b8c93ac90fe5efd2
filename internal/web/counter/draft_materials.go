package counter

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/catalog"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/sniff"
	"onewindow/internal/web/caseview"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// DraftMaterials asks how many copies of each material were handed over, and
// takes scans of them.
func (p *Pages) DraftMaterials(v *visit.Visit) error {
	d, ok, err := p.open(v)
	if !ok {
		return err
	}
	return show(v, "收取材料", draftMaterialsPage(p, d, d.Paper))
}

// mostCopies bounds the copies of one material.
const mostCopies = 99

// SaveMaterials keeps the counts and the scans.
func (p *Pages) SaveMaterials(v *visit.Visit) error {
	d, ok, err := p.open(v)
	if !ok {
		return err
	}
	err = v.Files(p.fileLimits(), func(part visit.Part) error { return p.cases.Attach(v, d.ID, part) })
	paper, wrong := readPaper(v, d.materials())
	if err == nil && len(wrong) > 0 {
		err = fault.Invalid("form.invalid", wrong...)
	}
	if err == nil {
		_, err = p.Casework.SaveDraft(v.Context(), v.Actor, casework.SaveDraft{DraftID: d.ID, Values: d.Draft.Values, Paper: paper})
	}
	if remove := v.Text("remove"); err == nil && remove != "" {
		err = p.Casework.Detach(v.Context(), v.Actor, remove)
	}
	if err != nil {
		return v.Again(err, func(problems ui.Problems) templ.Component {
			if fresh, failed := p.draft(v); failed == nil {
				d = fresh
			}
			return frame(v, "收取材料", draftMaterialsPage(p, d.wrong(problems), paper))
		})
	}
	if v.Has("next") {
		return v.See(d.path("/check"))
	}
	return v.See(d.path("/materials"))
}

func (p *Pages) fileLimits() visit.FileLimits {
	return visit.FileLimits{Each: p.Limits.FileBytes, Count: p.Limits.Files}
}

// paperField is the control for the copies of a material.
func paperField(material string) string { return "paper." + material }

// readPaper reads the copies of each material; empty means none.
func readPaper(v *visit.Visit, materials []catalog.Material) (map[string]int, []fault.Field) {
	paper := map[string]int{}
	var wrong []fault.Field
	for _, m := range materials {
		s := v.Text(paperField(m.No))
		if s == "" {
			continue
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n > mostCopies {
			wrong = append(wrong, fault.At(paperField(m.No), "request.number"))
			continue
		}
		if n > 0 {
			paper[m.No] = n
		}
	}
	return paper, wrong
}

// copies is the number of copies as it stands in the control.
func copies(paper map[string]int, material string) string {
	if n := paper[material]; n > 0 {
		return strconv.Itoa(n)
	}
	return ""
}

// scans is the control that takes scans of a material; "" for one that takes none.
func (p *Pages) scans(m catalog.Material, files []ui.File, problems ui.Problems) ui.FileField {
	return ui.FileField{Field: ui.Field{Name: caseview.FileField(m.No), Label: "扫描件", Error: problems.At(caseview.FileField(m.No)),
		Help: "可以不上传。" + strings.Join(accepted(m), "、")}, Accept: strings.Join(accepted(m), ","), MaxBytes: p.Limits.FileBytes, Multiple: true, Files: files}
}

// accepted are the endings of the files that a material takes.
func accepted(m catalog.Material) []string {
	var out []string
	for _, ending := range sniff.Accept() {
		if casework.Takes(m, strings.TrimPrefix(ending, ".")) {
			out = append(out, ending)
		}
	}
	return out
}

func (d draft) links(files []casework.File) []ui.File {
	var out []ui.File
	for _, f := range files {
		out = append(out, ui.File{Name: f.Name, Href: Base + "/files/" + f.ID, Size: f.Size, Note: text.At(f.UploadedAt), Remove: f.ID})
	}
	return out
}
