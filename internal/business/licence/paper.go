package licence

import (
	"errors"
	"io"

	"onewindow/internal/kit/pdf"
)

// Words on the face that say what it is not.
const (
	watermark = "演示印章·无法律效力"
	demoNote  = "本件由演示系统生成，加盖的是演示印章，无法律效力。"
)

// set writes the content as PDF: a licence as a framed certificate, anything
// else as an official letter. A face with more text than its page holds becomes
// a letter too.
func (s *Service) set(w io.Writer, c Content) error {
	if c.Kind != Certificate {
		return s.o.Fonts.Render(w, s.letter(c))
	}
	err := s.o.Fonts.RenderLicence(w, s.certificate(c))
	if errors.Is(err, pdf.ErrTooLong) {
		return s.o.Fonts.Render(w, s.letter(c))
	}
	return err
}

// VerifyURL is the public page that verifies the licence; it is what the square
// code on the face holds.
func (s *Service) VerifyURL(c Content) string {
	if c.Identifier != "" {
		return s.o.BaseURL + "/verify/" + c.Identifier
	}
	return s.o.BaseURL + "/verify/" + c.Number
}

func (s *Service) certificate(c Content) pdf.Licence {
	l := pdf.Licence{
		Title: c.Name, Number: "编号：" + c.Number, Fields: c.faceFields(), Note: demoNote, Body: c.Body.Name,
		Date: c.IssuedOn.Chinese(), Seal: &pdf.Seal{Name: c.Body.Name}, QR: s.code(c), Landscape: true,
		Watermark: watermark, Author: c.Body.Name, Created: c.IssuedOn.Time(),
	}
	if c.Identifier != "" {
		l.Identifier = "电子证照标识：" + c.Identifier
	}
	return l
}

// faceFields are the lines of a certificate.
func (c Content) faceFields() []pdf.Field {
	return append(c.lines(), pdf.Field{Label: "有效期", Value: c.Validity()})
}

// lines are what the catalogue lets the face say; one that does not name the
// holder names it first.
func (c Content) lines() (out []pdf.Field) {
	named := false
	for _, p := range c.Prints {
		out = append(out, pdf.Field{Label: p.Label, Value: p.Value})
		named = named || p.Value == c.Holder.Name
	}
	if !named {
		out = append([]pdf.Field{{Label: "持证主体", Value: c.Holder.Name}}, out...)
	}
	return out
}

// Validity is the term in words: 2026年9月18日至2031年9月17日, or 长期.
func (c Content) Validity() string {
	if c.ValidTo == nil {
		return c.Term
	}
	return c.ValidFrom.Chinese() + "至" + c.ValidTo.Chinese()
}

func (s *Service) code(c Content) *pdf.QR {
	return &pdf.QR{Payload: s.VerifyURL(c), Caption: "扫码核验真伪"}
}

// letter is an approval, addressed to its holder.
func (s *Service) letter(c Content) pdf.Document {
	d := pdf.Document{Style: pdf.Letter, Body: c.Body.Name, Title: c.Name, Number: "编号：" + c.Number,
		Watermark: watermark, Author: c.Body.Name, Created: c.IssuedOn.Time()}
	d.Blocks = []pdf.Block{
		pdf.Paragraph{Text: c.Holder.Name + "：", Flush: true},
		pdf.Paragraph{Text: c.Holder.you() + "提出的“" + c.Matter.Name + "”申请，经本机关依法审查，现予核发，内容如下："},
		pdf.Fields{Fields: c.letterFields()},
	}
	if c.Identifier != "" {
		d.Blocks = append(d.Blocks, pdf.Note{Text: "电子证照标识：" + c.Identifier})
	}
	d.Blocks = append(d.Blocks, pdf.Note{Text: "事项编码：" + c.Matter.Code + "\n办件编号：" + c.Case + "\n" + demoNote},
		pdf.Signature{Body: c.Body.Name, Date: c.IssuedOn.Chinese(), Seal: &pdf.Seal{Name: c.Body.Name}, QR: s.code(c)})
	return d
}

func (c Content) letterFields() []pdf.Field {
	out := append([]pdf.Field{{Label: "事项名称", Value: c.Matter.Name}}, c.lines()...)
	if c.Scope != "" {
		out = append(out, pdf.Field{Label: "适用范围", Value: c.Scope})
	}
	return append(out, pdf.Field{Label: "决定日期", Value: c.ValidFrom.Chinese()}, pdf.Field{Label: "有效期", Value: c.Validity()})
}

func (h Holder) you() string {
	if h.Organisation {
		return "你单位"
	}
	return "你"
}
