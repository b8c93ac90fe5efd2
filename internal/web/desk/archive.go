package desk

import (
	"strconv"

	"onewindow/internal/business/archive"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

// archives is a page of archive packages.
type archives struct {
	All   []archive.Package
	Pages ui.Pages
}

// ArchiveList lists the packages in the reader's scope, the newest first.
func (p *Pages) ArchiveList(v *visit.Visit) error {
	all, err := p.Archive.List(v.Context(), v.Actor, v.Query("after"), listSize+1)
	if err != nil {
		return err
	}
	var x archives
	x.All, x.Pages = visit.Cut(v, Base+"/archive", nil, all, listSize, func(a archive.Package) string { return a.ID })
	return show(v, "归档信息包", archivesPage(x))
}

// ArchivePackage serves a package. Every download is on record.
func (p *Pages) ArchivePackage(v *visit.Visit) error {
	x, file, err := p.Archive.Download(v.Context(), v.Actor, v.Path("package"))
	if err != nil {
		return err
	}
	defer file.Close()
	return v.Serve(visit.File{Name: "归档信息包 " + x.Number + "-" + strconv.Itoa(x.N) + ".zip", Type: "application/zip", Changed: x.MadeAt, Body: file})
}

func (x archives) rows() (out []ui.Row) {
	for _, p := range x.All {
		out = append(out, ui.Row{Cells: []ui.Cell{{Text: p.ItemName, Href: Base + "/cases/" + p.CaseID, Note: p.Number},
			{Text: "第" + strconv.Itoa(p.N) + "包", Note: strconv.Itoa(p.Files) + " 个文件，" + ui.Bytes(p.Size)}, {Text: text.At(p.MadeAt)},
			{Text: "下载", Href: Base + "/archive/" + p.ID, Note: "SM3 " + p.SM3[:16] + "…"}}})
	}
	return out
}
