package pdf

import (
	"fmt"
	"math"

	"github.com/signintech/gopdf"
	"rsc.io/qr"
)

// mark is a drawing on a page that is not set text. Marks lie under the text,
// so that a seal never hides a word.
type mark interface{ draw(p *painter) }

// Seal is a round demonstration seal. It always says that it is one.
type Seal struct {
	Name    string // along the upper arc, such as "定州市行政审批局"
	Purpose string // under the star, such as "行政许可专用章"; may be empty
}

// QR is a square code that holds an address or an identifier in ASCII, and the
// words under it.
type QR struct {
	Payload string
	Caption string
}

// sealSide is the diameter of a seal: 42 mm, as the State Council's rules give
// the bodies of counties and their departments (国发〔1999〕25号).
const sealSide = 42 * 72 / 25.4

const sealWord = "电子印章（演示）"

// seal places a seal around x, y.
func (s *setter) seal(seal Seal, x, y float64) {
	m := sealMark{x: x, y: y, radius: sealSide / 2}
	m.arc(s, clean(seal.Name))
	if seal.Purpose != "" {
		m.straight(s, clean(seal.Purpose), m.radius*0.48, 9)
	}
	m.straight(s, sealWord, m.radius*0.70, 6.4)
	s.page().marks = append(s.page().marks, m)
}

// sealMark is a seal with its signs already placed.
type sealMark struct {
	x, y, radius float64
	signs        []turned
}

// turned is a text that is turned by angle (degrees, anticlockwise) around x,
// y; its base line begins at left of that point.
type turned struct {
	x, y, left, down, angle, size float64
	text                          string
	color                         color
}

// arc sets the name along the upper edge, from the left side over the top to
// the right, the tops of the signs outwards.
func (m *sealMark) arc(s *setter, name string) {
	signs := []rune(name)
	if len(signs) == 0 {
		return
	}
	const whole, ring = 250.0, 0.73 // degrees the name may take; where its middle line runs
	size := min(m.radius*0.28, m.radius*ring*whole*math.Pi/180/float64(len(signs)))
	step := min(whole/float64(len(signs)), 30)
	for i, r := range signs {
		turn := (float64(i) - float64(len(signs)-1)/2) * step
		sin, cos := math.Sincos(turn * math.Pi / 180)
		m.signs = append(m.signs, turned{
			x: m.x + m.radius*ring*sin, y: m.y - m.radius*ring*cos,
			left: s.advance(r) * size / 2, down: size * baseline,
			angle: -turn, size: size, text: string(r), color: red,
		})
	}
}

// straight sets a line of words below the star.
func (m *sealMark) straight(s *setter, text string, below, size float64) {
	width := s.measure(text, 1)
	room := 2 * math.Sqrt(max(0, m.radius*m.radius*0.78-below*below))
	size = min(size, room/width)
	m.signs = append(m.signs, turned{x: m.x, y: m.y + below, left: width * size / 2, down: size * baseline, size: size, text: text, color: red})
}

func (m sealMark) draw(p *painter) {
	p.gp.SetStrokeColor(red.r, red.g, red.b)
	p.gp.SetLineWidth(m.radius * 0.045)
	edge := m.radius * 0.975
	p.gp.Oval(m.x-edge, m.y-edge, m.x+edge, m.y+edge)
	p.gp.SetFillColor(red.r, red.g, red.b)
	p.gp.Polygon(star(m.x, m.y-m.radius*0.04, m.radius*0.30), "F")
	for _, t := range m.signs {
		p.turned(t)
	}
}

// star is a five-pointed star with one point upwards.
func star(x, y, radius float64) []gopdf.Point {
	points := make([]gopdf.Point, 10)
	for i := range points {
		r := radius
		if i%2 == 1 {
			r *= 0.382
		}
		sin, cos := math.Sincos(float64(i) * math.Pi / 5)
		points[i] = gopdf.Point{X: x + r*sin, Y: y - r*cos}
	}
	return points
}

// qrMark is a square code.
type qrMark struct {
	x, y, side float64
	code       *qr.Code
}

// qr places a code with its upper left corner at x, y.
func (s *setter) qr(payload string, x, y, side float64) {
	for _, r := range payload {
		if r < ' ' || r > '~' {
			s.fail(fmt.Errorf("pdf: the QR payload %q is not plain ASCII, which readers need", payload))
			return
		}
	}
	code, err := qr.Encode(payload, qr.M)
	if err != nil {
		s.fail(fmt.Errorf("pdf: QR code: %w", err))
		return
	}
	s.page().marks = append(s.page().marks, qrMark{x, y, side, code})
}

func (m qrMark) draw(p *painter) {
	p.gp.SetFillColor(0, 0, 0)
	unit := m.side / float64(m.code.Size)
	for row := range m.code.Size {
		for from := 0; from < m.code.Size; {
			to := from
			for to < m.code.Size && m.code.Black(to, row) {
				to++
			}
			if to > from {
				p.gp.RectFromUpperLeftWithStyle(m.x+float64(from)*unit, m.y+float64(row)*unit, float64(to-from)*unit, unit, "F")
			}
			from = to + 1
		}
	}
}

// watermarkMark is the words that lie across a page.
type watermarkMark []turned

// watermark lays text three times across the page, rising to the right.
func (s *setter) watermark(p *page, text string) {
	text = clean(text)
	if text == "" {
		return
	}
	const angle = 28
	width := s.measure(text, 1)
	size := min(44, s.width*0.6/width)
	var m watermarkMark
	for _, at := range []float64{0.22, 0.5, 0.78} {
		m = append(m, turned{x: s.width / 2, y: s.height * at, left: width * size / 2, down: size * baseline,
			angle: angle, size: size, text: text, color: faint})
	}
	p.marks = append([]mark{m}, p.marks...)
}

func (m watermarkMark) draw(p *painter) {
	for _, t := range m {
		p.turned(t)
	}
}
