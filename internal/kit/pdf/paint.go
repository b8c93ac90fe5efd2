package pdf

import (
	"bytes"
	"io"
	"time"

	"github.com/signintech/gopdf"

	"onewindow/internal/kit/clock"
)

// about is what a PDF says of itself.
type about struct {
	title, author string
	created       time.Time
}

// painter draws set pages.
type painter struct {
	gp    *gopdf.GoPdf
	types *typefaces
	used  map[*face]bool
	err   error
}

// fail keeps the first error that is not a missing character.
func (s *setter) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

// write draws the pages; nothing is written when anything is wrong.
func (s *setter) write(w io.Writer, a about) error {
	if err := s.missing(); err != nil {
		return err
	}
	if s.err != nil {
		return s.err
	}
	p := &painter{gp: &gopdf.GoPdf{}, types: s.types, used: map[*face]bool{}}
	p.gp.Start(gopdf.Config{PageSize: gopdf.Rect{W: s.width, H: s.height}})
	p.gp.SetInfo(gopdf.PdfInfo{Title: clean(a.title), Author: clean(a.author), Creator: "OneWindow",
		Producer: "OneWindow", CreationDate: a.created.In(clock.Beijing)})
	for _, page := range s.pages {
		p.page(page)
	}
	if p.err != nil {
		return p.err
	}
	var out bytes.Buffer
	if _, err := p.gp.WriteTo(&out); err != nil {
		return err
	}
	_, err := out.WriteTo(w)
	return err
}

func (p *painter) page(page *page) {
	p.gp.AddPage()
	for _, m := range page.marks {
		m.draw(p)
	}
	for _, r := range page.rules {
		p.gp.SetStrokeColor(r.color.r, r.color.g, r.color.b)
		p.gp.SetLineWidth(r.weight)
		p.gp.Line(r.x1, r.y1, r.x2, r.y2)
	}
	for _, r := range page.runs {
		p.gp.SetTextColor(r.color.r, r.color.g, r.color.b)
		p.text(r.x, r.y, r.size, r.spacing, r.text)
	}
}

// turned draws text at an angle.
func (p *painter) turned(t turned) {
	p.gp.SetTextColor(t.color.r, t.color.g, t.color.b)
	if t.angle != 0 {
		p.gp.Rotate(t.angle, t.x, t.y)
		defer p.gp.RotateReset()
	}
	p.text(t.x-t.left, t.y+t.down, t.size, 0, t.text)
}

// text draws one line, changing fonts where a character asks for it.
func (p *painter) text(x, y, size, spacing float64, text string) {
	var of *face
	var part []rune
	width := 0.0
	flush := func() {
		if len(part) > 0 {
			p.part(of, x, y, size, spacing, string(part))
		}
		x += width
		part, width = part[:0], 0
	}
	for _, r := range text {
		f := p.types.faceOf(r)
		if f != of {
			flush()
			of = f
		}
		part = append(part, r)
		width += float64(f.advance(r)-1)/1000*size + spacing
	}
	flush()
}

func (p *painter) part(f *face, x, y, size, spacing float64, text string) {
	if !p.used[f] {
		p.used[f] = true
		p.keep(p.gp.AddTTFFontFromFontContainer(f.family, &p.types.container))
	}
	p.keep(p.gp.SetFont(f.family, "", size))
	p.keep(p.gp.SetCharSpacing(spacing))
	p.gp.SetXY(x, y)
	p.keep(p.gp.Text(text))
}

func (p *painter) keep(err error) {
	if p.err == nil {
		p.err = err
	}
}
