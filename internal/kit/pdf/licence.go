package pdf

import (
	"errors"
	"io"
	"time"
	"unicode/utf8"

	"github.com/signintech/gopdf"
)

// Licence is a certificate of one framed A4 page.
type Licence struct {
	Title      string // such as "食品经营许可证"
	Copy       string // "正本" or "副本"; may be empty
	Number     string // with its label, such as "编号：JY11306820000012"
	Fields     []Field
	Note       string // small print under the fields; may be empty
	Body, Date string
	Seal       *Seal
	QR         *QR
	Identifier string // 电子证照标识, with its label; may be empty
	Landscape  bool
	Watermark  string
	Author     string
	Created    time.Time
}

// ErrTooLong is what RenderLicence returns when the fields do not fit on the
// page even in the smallest size.
var ErrTooLong = errors.New("pdf: the licence does not fit on its page")

var (
	gold = color{176, 137, 66}
	ink  = color{40, 40, 40}
)

// The frame of a licence, in points from the edge of the paper.
const (
	frameOuter = 30.0
	frameInner = 42.0
	frameText  = 84.0
	footBand   = 128.0 // height of the band with code, name and seal
)

// RenderLicence sets the licence and writes it as PDF. It fails with
// *MissingError when no font has some of its characters, and with ErrTooLong.
func (f *Fonts) RenderLicence(w io.Writer, l Licence) error {
	types, err := f.load()
	if err != nil {
		return err
	}
	s := &setter{types: types, paper: licencePaper(l.Landscape)}
	s.turn()
	s.page().marks = append(s.page().marks, frameMark{s.width, s.height})
	s.licenceHead(l)
	s.licenceFoot(l)
	s.licenceFields(l)
	s.watermark(s.page(), l.Watermark)
	return s.write(w, about{title: l.Title, author: l.Author, created: l.Created})
}

func licencePaper(landscape bool) paper {
	p := paper{width: a4Width, height: a4Height, size: 15, lead: 28, title: 34, small: 9.5}
	if landscape {
		p.width, p.height, p.size, p.title = a4Height, a4Width, 14, 32
	}
	p.left, p.right = frameText, p.width-frameText
	p.top, p.bottom = frameInner+22, p.height-frameInner-26
	if !landscape {
		p.top += 52
	}
	return p
}

// licenceHead sets title, copy and number.
func (s *setter) licenceHead(l Licence) {
	middle := s.width / 2
	title := clean(l.Title)
	const apart = 0.18
	size := min(s.title, (s.textWidth()-40)/max(1, s.measure(title, 1)*(1+apart)))
	width := s.measure(title, size) + apart*size*float64(utf8.RuneCountInString(title)-1)
	s.spaced(middle-width/2, s.y, size, size*1.3, apart*size, title, ink)
	s.y += s.title * 1.35
	if l.Copy != "" {
		s.centered(middle, s.y, 15, 24, "（"+clean(l.Copy)+"）", ink)
		s.y += 26
	}
	if l.Number != "" {
		s.centered(middle, s.y, 11, 20, clean(l.Number), ink)
		s.y += 22
	}
	s.y += 10
}

// licenceFoot sets code, name, date and seal at the foot, and the identifier
// below them.
func (s *setter) licenceFoot(l Licence) {
	if l.Identifier != "" {
		s.centered(s.width/2, s.bottom+2, 8.5, 14, clean(l.Identifier), gray)
	}
	top := s.y
	s.y = s.bottom - footBand - s.lead/2
	Signature{Body: l.Body, Date: l.Date, Seal: l.Seal, QR: l.QR}.set(s)
	s.bottom -= footBand + s.lead/2
	s.y = top
}

// licenceFields sets labels and values in the largest size that fits.
func (s *setter) licenceFields(l Licence) {
	for size := s.size; size >= 7; size -= 0.5 {
		table := s.certify(l, size)
		if table.height > s.bottom-s.y {
			continue
		}
		s.y += (s.bottom - s.y - table.height) / 3
		table.put(s)
		return
	}
	s.fail(ErrTooLong)
}

// fieldTable is the fields of a licence, wrapped in one size.
type fieldTable struct {
	size, lead, height float64
	label, room        float64 // widths of labels and values
	labels             []string
	values             [][]line
	note               []line
}

func (s *setter) certify(l Licence, size float64) fieldTable {
	t := fieldTable{size: size, lead: size * 1.4}
	for _, f := range l.Fields {
		t.labels = append(t.labels, clean(f.Label))
		t.label = max(t.label, s.measure(clean(f.Label), size))
	}
	t.room = s.textWidth() - t.label - 2*size
	for _, f := range l.Fields {
		v := s.paragraphs(f.Value, size, t.room, 0)
		t.values = append(t.values, v)
		t.height += t.lead*float64(len(v)) + size*0.5
	}
	if l.Note != "" {
		t.note = s.paragraphs(l.Note, s.small, s.textWidth(), 0)
		t.height += s.small*1.6*float64(len(t.note)) + s.small
	}
	return t
}

func (t fieldTable) put(s *setter) {
	for i, label := range t.labels {
		gaps := max(1, utf8.RuneCountInString(label)-1)
		s.spaced(s.left, s.y, t.size, t.lead, (t.label-s.measure(label, t.size))/float64(gaps), label, ink)
		s.put(s.left+t.label, s.y, t.size, t.lead, "：", ink)
		for _, l := range t.values[i] {
			s.fill(s.left+t.label+1.2*t.size, s.y, t.size, t.lead, t.room, l)
			s.y += t.lead
		}
		s.y += t.size * 0.5
	}
	s.y += s.small
	for _, l := range t.note {
		s.put(s.left, s.y, s.small, s.small*1.6, l.text, gray)
		s.y += s.small * 1.6
	}
}

// frameMark is the double frame of a licence with a band of lozenges.
type frameMark struct{ width, height float64 }

func (m frameMark) draw(p *painter) {
	p.gp.SetStrokeColor(gold.r, gold.g, gold.b)
	for _, f := range []struct{ at, weight float64 }{{frameOuter, 2.2}, {frameInner, 0.8}, {frameInner + 4, 0.4}} {
		p.gp.SetLineWidth(f.weight)
		p.gp.RectFromUpperLeftWithStyle(f.at, f.at, m.width-2*f.at, m.height-2*f.at, "D")
	}
	p.gp.SetFillColor(gold.r, gold.g, gold.b)
	const band, step = (frameOuter + frameInner) / 2, 9.0
	along := func(from, to float64, place func(at float64)) {
		n := int((to - from) / step)
		for i := range n + 1 {
			place(from + (to-from)*float64(i)/float64(n))
		}
	}
	along(band, m.width-band, func(x float64) { p.lozenge(x, band); p.lozenge(x, m.height-band) })
	along(band, m.height-band, func(y float64) { p.lozenge(band, y); p.lozenge(m.width-band, y) })
}

func (p *painter) lozenge(x, y float64) {
	const r = 2.6
	p.gp.Polygon([]gopdf.Point{{X: x, Y: y - r}, {X: x + r, Y: y}, {X: x, Y: y + r}, {X: x - r, Y: y}}, "F")
}
