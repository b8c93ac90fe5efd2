package portal

import (
	"bytes"
	"errors"
	"strconv"

	"onewindow/internal/business/catalog"
	"onewindow/internal/kit/fault"
	"onewindow/internal/kit/pdf"
	"onewindow/internal/web/visit"
)

// GuidePDF is the guide on paper, from the same version and the same words.
func (p *Pages) GuidePDF(v *visit.Visit) error {
	impl, err := p.shown(v)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := p.Fonts.Render(&out, guidePaper(impl.Guide(p.today()), p)); err != nil {
		return unprintable(err)
	}
	return v.Serve(visit.File{Name: impl.Name + " 办事指南.pdf", Type: "application/pdf", Changed: impl.SavedAt, Inline: true,
		Body: bytes.NewReader(out.Bytes())})
}

// unprintable tells of characters that no typeface has.
func unprintable(err error) error {
	var lacks *pdf.MissingError
	if errors.As(err, &lacks) {
		return fault.Refused("pdf.characters", "", "characters", string(lacks.Characters))
	}
	return err
}

func guidePaper(g catalog.Guide, p *Pages) pdf.Document {
	d := pdf.Document{Style: pdf.Form, Body: g.Body, Title: g.Name + " 办事指南", Number: "实施编码 " + g.Code, Created: p.Clock.Now()}
	if g.From != "" {
		d.Number += "　第" + strconv.Itoa(g.Version) + "版　" + g.From + "起实施"
	}
	d.Blocks = append(d.Blocks, fieldsOf(g.Summary))
	if !g.Open {
		d.Blocks = append(d.Blocks, pdf.Note{Text: "这个事项还没有开放办理，本指南尚未完成。"})
	}
	for i, part := range g.Parts {
		d.Blocks = append(d.Blocks, pdf.Heading{Text: chineseNumeral(i+1) + "、" + part.Title})
		d.Blocks = append(d.Blocks, partBlocks(part)...)
	}
	if g.Sample {
		d.Blocks = append(d.Blocks, pdf.Note{Text: "标有“示例”的内容是为演示编制的，正式启用前换成公布的文本。"})
	}
	d.Footer = "以网上公布的现行版本为准"
	return d
}

func partBlocks(p catalog.GuidePart) (out []pdf.Block) {
	switch len(p.Lines) {
	case 0:
	case 1:
		out = append(out, pdf.Paragraph{Text: p.Lines[0]})
	default:
		out = append(out, pdf.Items{Texts: p.Lines})
	}
	if t := p.Table; t != nil {
		table := pdf.Table{Rows: t.Rows}
		for _, h := range t.Head {
			table.Columns = append(table.Columns, pdf.Column{Title: h})
		}
		out = append(out, table)
	}
	if len(p.Facts) > 0 {
		out = append(out, fieldsOf(p.Facts))
	}
	for i, m := range p.Materials {
		out = append(out, materialBlocks(i+1, m)...)
	}
	if p.Provenance.Sample && p.Provenance.Why != "" {
		out = append(out, pdf.Note{Text: "示例：" + p.Provenance.Why})
	}
	return out
}

func materialBlocks(n int, m catalog.GuideMaterial) []pdf.Block {
	f := []catalog.Fact{{Name: "必要性", Text: m.Need}, {Name: "来源", Text: m.Origin}, {Name: "形式和份数", Text: m.Media}}
	f = append(f, m.Facts...)
	for i, x := range m.Points {
		f = append(f, catalog.Fact{Name: "审查要点" + strconv.Itoa(i+1), Text: x.Name + "：" + x.Text})
	}
	return []pdf.Block{pdf.Paragraph{Text: strconv.Itoa(n) + "．" + m.Name, Flush: true}, fieldsOf(f)}
}

func fieldsOf(all []catalog.Fact) pdf.Fields {
	var out pdf.Fields
	for _, f := range all {
		out.Fields = append(out.Fields, pdf.Field{Label: f.Name, Value: f.Text})
	}
	return out
}

// chineseNumeral writes 1 to 19 as headings are numbered.
func chineseNumeral(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	if n < 10 {
		return digits[n]
	}
	return "十" + digits[n-10]
}
