package casework

import (
	"slices"

	"onewindow/internal/business/catalog"
	"onewindow/internal/business/form"
	"onewindow/internal/kit/db"
	"onewindow/internal/kit/fault"
)

// Given is one material of a case: what the matter asks, and what is there.
type Given struct {
	catalog.Material
	Paper  int // copies on paper
	Files  []File
	Reused string // where it was held already
}

// There says whether the material is there in some form, or need not be.
func (g Given) There() bool {
	return g.Paper > 0 || len(g.Files) > 0 || g.Reused != "" || g.Shared || fromForm(g.Material)
}

// fromForm says that the platform makes the paper from the filled form.
func fromForm(m catalog.Material) bool { return slices.Contains(m.Accept, "form") }

// lackingMaterials are the necessary materials without a file; the field name
// is "material." followed by the code.
// What may follow later is not among them for who chose that (容缺受理).
func lackingMaterials(asked []catalog.Material, v form.Values, files []File, mode Mode) (wrong []fault.Field) {
	for _, m := range asked {
		g := Given{Material: m, Files: filesFor(files, m.No)}
		if m.AskedOf(v) && !Follows(m, mode) && !g.There() {
			wrong = append(wrong, fault.At("material."+m.No, "material.lacking", "name", m.Name))
		}
	}
	return wrong
}

// Follows says that the material may follow after acceptance.
func Follows(m catalog.Material, mode Mode) bool {
	return mode == ModeTolerance && m.Need == catalog.Deferrable
}

func filesFor(files []File, material string) (out []File) {
	for _, f := range files {
		if f.Material == material {
			out = append(out, f)
		}
	}
	return out
}

// given lists a case's materials in the order of the matter.
func given(tx *db.Tx, c *Case, impl *catalog.Implementation) ([]Given, error) {
	type row struct {
		code, reused string
		paper        int
	}
	rows, err := db.List(tx, func(r db.Scanner) (x row, err error) {
		return x, r.Scan(&x.code, &x.paper, &x.reused)
	}, `select code, paper, reused from case_material where case_id = $1 order by code limit 200`, c.ID)
	if err != nil {
		return nil, err
	}
	files, err := filesOf(tx, c.ID)
	if err != nil {
		return nil, err
	}
	var out []Given
	for _, x := range rows {
		m, _ := impl.Material(x.code)
		out = append(out, Given{m, x.paper, filesFor(files, x.code), x.reused})
	}
	return out, nil
}

// Takes says whether the material takes files of the type, such as pdf.
func Takes(m catalog.Material, kind string) bool { return slices.Contains(m.Accept, kind) }
