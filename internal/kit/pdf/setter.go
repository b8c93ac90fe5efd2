package pdf

import (
	"slices"
	"strings"
)

// A4 in points.
const a4Width, a4Height = 595.28, 841.89

// paper is the size of a page and of the area that text fills, in points; y
// counts downwards from the top.
type paper struct {
	width, height            float64
	left, right, top, bottom float64
	size, lead               float64 // of the running text, and from line to line
	title                    float64 // size of the title
	small                    float64 // size of notes and cells
}

var papers = map[Style]paper{
	Letter: {a4Width, a4Height, 73.6, a4Width - 73.6, 105, a4Height - 92, 16, 28.9, 22, 12},
	Form:   {a4Width, a4Height, 56.7, a4Width - 56.7, 62, a4Height - 62, 11, 19, 18, 10},
}

// setter lays text on pages from top to bottom. It only reckons; write draws.
type setter struct {
	types *typefaces
	paper
	pages []*page
	y     float64 // top of what comes next
	// reserve is the room that must follow the last lines of the running block on
	// the same page.
	reserve float64
	lacks   []rune
	err     error
}

// page is what stands on one page.
type page struct {
	runs  []run
	rules []rule
	marks []mark
}

// run is text in one line; y is its base line. spacing widens each sign.
type run struct {
	x, y, size, spacing float64
	text                string
	color               color
}

// rule is a straight line.
type rule struct {
	x1, y1, x2, y2, weight float64
	color                  color
}

type color struct{ r, g, b uint8 }

var (
	black = color{0, 0, 0}
	gray  = color{96, 96, 96}
	faint = color{235, 235, 235}
	red   = color{214, 30, 30}
)

// baseline is where the base line stands in a line box, as a part of the size
// counted from its middle.
const baseline = 0.36

func newSetter(types *typefaces, style Style) *setter {
	s := &setter{types: types, paper: papers[style]}
	s.turn()
	return s
}

func (s *setter) page() *page { return s.pages[len(s.pages)-1] }

// turn begins a new page.
func (s *setter) turn() {
	s.pages = append(s.pages, &page{})
	s.y = s.top
}

// need turns the page when less than h is left; on an empty page it does not.
func (s *setter) need(h float64) {
	if s.y+h > s.bottom+0.01 && s.y > s.top {
		s.turn()
	}
}

func (s *setter) textWidth() float64 { return s.right - s.left }

// put sets one line of text in a line box that begins at y.
func (s *setter) put(x, y, size, lead float64, text string, c color) {
	if text == "" {
		return
	}
	p := s.page()
	p.runs = append(p.runs, run{x: x, y: y + lead/2 + size*baseline, size: size, text: text, color: c})
}

// fill sets one line from edge to edge of the width.
func (s *setter) fill(x, y, size, lead, width float64, l line) {
	s.spaced(x, y, size, lead, stretch(l, size, width), l.text, black)
}

// spaced sets one line with its signs drawn apart.
func (s *setter) spaced(x, y, size, lead, spacing float64, text string, c color) {
	if text == "" {
		return
	}
	s.put(x, y, size, lead, text, c)
	runs := s.page().runs
	runs[len(runs)-1].spacing = spacing
}

// centered sets one line of text around x.
func (s *setter) centered(x, y, size, lead float64, text string, c color) {
	s.put(x-s.measure(text, size)/2, y, size, lead, text, c)
}

// stretch is the spacing that makes a line fill the width; 0 where it would
// tear the line apart. The empty half of a closing sign may hang outside.
func stretch(l line, size, width float64) float64 {
	gaps := len([]rune(l.text)) - 1
	if l.last && l.width <= width || gaps < 1 {
		return 0
	}
	width += max(0, min(l.width-width, size/2))
	const most = 0.09 // of the size: readers take wider gaps for spaces
	spacing := (width - l.width) / float64(gaps)
	if spacing > most*size {
		return 0
	}
	return spacing
}

// running sets lines from edge to edge.
func (s *setter) running(lines []line, size, lead, x, width, indent float64) {
	for i, l := range lines {
		s.need(s.together(i, len(lines), lead))
		room, at := width, x
		if indent != 0 && (i == 0 || lines[i-1].last) {
			room, at = width-indent, x+indent
		}
		s.fill(at, s.y, size, lead, room, l)
		s.y += lead
	}
}

// together is the height that must fit below the i-th of n lines' top: no
// single first or last line of a block stands alone on a page, and the last two
// keep the reserve.
func (s *setter) together(i, n int, lead float64) float64 {
	left := n - i
	switch {
	case n == 1, left == 2:
		return lead*float64(left) + s.reserve
	case left == 1:
		return lead
	case i == 0 && n == 3:
		return 3*lead + s.reserve
	case i == 0:
		return 2 * lead
	}
	return lead
}

// head sets body, title and number.
func (s *setter) head(d Document) {
	middle := (s.left + s.right) / 2
	for _, h := range []struct {
		text       string
		size, lead float64
	}{{d.Body, s.title * 0.82, s.title * 1.5}, {d.Title, s.title, s.title * 1.6}, {d.Number, s.size * 0.9, s.lead}} {
		if h.text == "" {
			continue
		}
		for _, l := range s.paragraphs(h.text, h.size, s.textWidth(), 0) {
			s.centered(middle, s.y, h.size, h.lead, l.text, black)
			s.y += h.lead
		}
	}
	s.y += s.lead / 2
}

// foot sets the footer and the page's number below the text.
func (s *setter) foot(p *page, footer, number string) {
	const size = 9
	middle := (s.left + s.right) / 2
	y := s.bottom + (s.height-s.bottom)/2
	for i, text := range []string{strings.ReplaceAll(clean(footer), "\n", "　"), number} {
		if text == "" {
			continue
		}
		p.runs = append(p.runs, run{x: middle - s.measure(text, size)/2, y: y + float64(i)*14, size: size, text: text, color: gray})
	}
}

// missing is the error of a paper with characters that no font has.
func (s *setter) missing() error {
	if len(s.lacks) == 0 {
		return nil
	}
	slices.Sort(s.lacks)
	return &MissingError{Characters: slices.Compact(s.lacks)}
}
