package pdf

import "strconv"

func (p Paragraph) set(s *setter) {
	indent := 2 * s.size
	if p.Flush {
		indent = 0
	}
	s.running(s.paragraphs(p.Text, s.size, s.textWidth(), indent), s.size, s.lead, s.left, s.textWidth(), indent)
}

func (h Heading) set(s *setter) {
	lines := s.paragraphs(h.Text, s.size*1.06, s.textWidth(), 0)
	s.need(s.lead * float64(len(lines)+2)) // a heading does not end a page
	s.y += s.lead * 0.3
	for _, l := range lines {
		s.put(s.left, s.y, s.size*1.06, s.lead, l.text, black)
		s.y += s.lead
	}
}

func (t Items) set(s *setter) {
	behind := s.reserve
	for i, text := range t.Texts {
		s.reserve = 0
		if i == len(t.Texts)-1 {
			s.reserve = behind
		}
		Paragraph{Text: t.Numbering.mark(i+1) + text}.set(s)
	}
}

// mark is what stands before the n-th item.
func (k Numbering) mark(n int) string {
	switch {
	case k == Chinese && n < 100:
		return "（" + chineseNumber(n) + "）"
	case k == Circled && n <= 20:
		return string(rune('①' + n - 1))
	}
	return strconv.Itoa(n) + "．"
}

// chineseNumber writes 1 to 99 as 一 to 九十九.
func chineseNumber(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	tens := ""
	switch {
	case n >= 20:
		tens = digits[n/10] + "十"
	case n >= 10:
		tens = "十"
	}
	return tens + digits[n%10]
}

func (n Note) set(s *setter) {
	s.y += s.small * 0.4
	s.running(n.lines(s), s.small, s.small*1.6, s.left, s.textWidth(), 0)
}

func (n Note) lines(s *setter) []line { return s.paragraphs(n.Text, s.small, s.textWidth(), 0) }

// follows is the height that must stay with the block before blocks: of a
// signature and of the notes behind it.
func (s *setter) follows(blocks []Block) float64 {
	h := 0.0
	for i, b := range blocks {
		switch b := b.(type) {
		case Signature:
			if i > 0 {
				return h
			}
			h += s.signatureHeight(b)
		case Note:
			h += s.small*1.6*float64(len(b.lines(s))) + s.small*0.4
		default:
			if i == 0 {
				return 0
			}
			return h
		}
	}
	return h
}

func (b Blanks) set(s *setter) {
	const rule0 = 130
	lead := s.lead * 1.3
	for _, label := range b.Labels {
		s.need(lead)
		label = clean(label)
		x := s.right - rule0 - s.measure(label, s.size)
		s.put(x, s.y, s.size, lead, label, black)
		y := s.y + lead/2 + s.size*baseline + 3
		s.page().rules = append(s.page().rules, rule{s.right - rule0, y, s.right, y, 0.6, black})
		s.y += lead
	}
}

// signature is where the parts of a Signature stand, from the top of its box.
type signature struct {
	name         []line
	height, line float64
	right        float64 // right edge of name and date
	width        float64 // of the wider of both
	caption      []line
}

const (
	qrSide      = 62.0
	captionSize = 8.0
)

func (s *setter) signature(b Signature) signature {
	g := signature{line: s.lead, right: s.right - 3*s.size}
	g.name = s.paragraphs(b.Body, s.size, s.textWidth()*0.6, 0)
	g.width = s.measure(clean(b.Date), s.size)
	for _, l := range g.name {
		g.width = max(g.width, l.width)
	}
	g.height = s.lead * float64(len(g.name)+1)
	if b.Seal != nil {
		g.height = max(g.height, sealSide)
		g.right = min(g.right, s.right-(sealSide-g.width)/2)
	}
	if b.QR != nil {
		g.caption = s.paragraphs(b.QR.Caption, captionSize, s.textWidth()*0.45, 0)
		g.height = max(g.height, qrSide+4+captionSize*1.5*float64(len(g.caption)))
	}
	return g
}

func (s *setter) signatureHeight(b Signature) float64 { return s.signature(b).height + s.lead/2 }

func (b Signature) set(s *setter) {
	g := s.signature(b)
	s.need(g.height + s.lead/2 + s.reserve)
	s.y += s.lead / 2
	middle := g.right - g.width/2
	y := s.y + g.height/2 - g.line*float64(len(g.name)+1)/2
	for _, l := range g.name {
		s.centered(middle, y, s.size, g.line, l.text, black)
		y += g.line
	}
	s.centered(middle, y, s.size, g.line, clean(b.Date), black)
	if b.Seal != nil {
		s.seal(*b.Seal, middle, s.y+g.height/2)
	}
	if b.QR != nil {
		y := s.y + g.height - qrSide - 4 - captionSize*1.5*float64(len(g.caption))
		s.qr(b.QR.Payload, s.left, y, qrSide)
		for i, l := range g.caption {
			s.put(s.left, y+qrSide+4+float64(i)*captionSize*1.5, captionSize, captionSize*1.5, l.text, gray)
		}
	}
	s.y += g.height
}
