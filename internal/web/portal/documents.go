package portal

import (
	"net/url"
	"strconv"

	"onewindow/internal/business/casework"
	"onewindow/internal/business/deadline"
	"onewindow/internal/business/document"
	"onewindow/internal/web/text"
	"onewindow/internal/web/ui"
	"onewindow/internal/web/visit"
)

func documentsOf(all []document.Document) ui.TableData {
	t := ui.TableData{Caption: "文书", Columns: []ui.Column{{Title: "文书"}, {Title: "文号"}, {Title: "出具时间", Tight: true}, {Title: "查看"}}}
	for i := len(all) - 1; i >= 0; i-- {
		d := all[i]
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: d.Title(), Href: documentURL(d.ID)}, {Text: d.Number},
			{Text: text.At(d.IssuedAt)}, {Body: documentLinks(d)}}})
	}
	return t
}

// Document shows an official document as a page.
func (p *Pages) Document(v *visit.Visit) error {
	d, err := p.Documents.Get(v.Context(), v.Actor, v.Path("document"))
	if err != nil {
		return err
	}
	back := ""
	if d.CaseID != "" {
		back = caseURL(d.CaseID)
	}
	return show(v, d.Title(), documentPage(d, back), ui.Link{Text: "我的办件", Href: "/cases"})
}

// DocumentFile is the document as the sealed and signed PDF.
func (p *Pages) DocumentFile(v *visit.Visit) error {
	d, err := p.Documents.Get(v.Context(), v.Actor, v.Path("document"))
	if err != nil {
		return err
	}
	content, file, err := p.Documents.Open(v.Context(), v.Actor, d.ID)
	if err != nil {
		return err
	}
	defer content.Close()
	return serve(v, visit.File{Name: d.Title() + " " + d.Number + ".pdf", Type: "application/pdf", Changed: file.MadeAt, Inline: true}, content)
}

func documentURL(id string) string { return "/documents/" + url.PathEscape(id) }

// left is how much of a running limit is left, and how that looks. Months and
// years are counted down in days.
func (p *Pages) left(r *casework.Running) (string, ui.Tone) {
	unit := r.Limit.Unit
	if unit != deadline.Working {
		unit = deadline.Natural
	}
	n := deadline.DaysLeft(p.Casework.Calendar(), p.today(), r.Due.Day, unit)
	switch {
	case n < 0:
		return text.Left(n, unit), ui.Bad
	case n <= warnDays:
		return text.Left(n, unit), ui.Warn
	}
	return text.Left(n, unit), ui.OK
}

func number(n int) string { return strconv.Itoa(n) }
