package pdf

import (
	"strings"
	"unicode"
)

// clean makes text printable: tabs and non-breaking spaces become spaces, line
// ends become \n, and what has no visible form (controls, zero-width and
// direction marks) goes.
func clean(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r':
			return '\n'
		case r == '\t' || r == '\u00a0':
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf):
			return -1
		}
		return r
	}, text)
}

const (
	// Signs that no line begins with (GB/T 15834-2011, 5.1), and their ASCII kin.
	neverFirst = "，。、；：？！）》」』】〕〗〉”’·～－–％‰℃°′″々,.;:?!)]}%／"
	// Signs that no line ends with.
	neverLast = "（《「『【〔〖〈“‘￥¥$№([{／"
	// Signs that stand in pairs and are not torn apart.
	paired = "—…"
	// Closing signs whose right half is empty: it may stand outside the line.
	hanging = "，。、；：）》」』】〕〗〉"
)

// breakable says whether a line may end between a and b.
func breakable(a, b rune) bool {
	switch {
	case b == ' ', strings.ContainsRune(neverFirst, b):
		return false
	case a == ' ':
		return true
	case strings.ContainsRune(neverLast, a):
		return false
	case a == b && strings.ContainsRune(paired, a):
		return false
	}
	return !(inWord(a) && inWord(b))
}

// inWord: Latin words, numbers, dates, addresses of the net stay whole.
func inWord(r rune) bool {
	return r > ' ' && r < 0x7f || r > 0xa0 && r < 0x250
}

// line is one set line.
type line struct {
	text  string
	width float64
	last  bool // of its paragraph: it is not stretched
}

// wrap breaks one paragraph into lines of the given width; the first line is
// shorter by indent. Runs longer than a line are cut. Spaces at a line's end go.
func (s *setter) wrap(text string, size, width, indent float64) []line {
	runes := []rune(text)
	var lines []line
	for from, room := 0, width-indent; ; room = width {
		to := s.fit(runes[from:], size, room) + from
		part := strings.TrimRight(string(runes[from:to]), " ")
		lines = append(lines, line{text: part, width: s.measure(part, size)})
		for to < len(runes) && runes[to] == ' ' {
			to++
		}
		if to == len(runes) {
			lines[len(lines)-1].last = true
			return lines
		}
		from = to
	}
}

// fit is how many runes go into one line; at least one, unless there is none.
func (s *setter) fit(runes []rune, size, room float64) int {
	const slip = 0.01
	used, cut, hang := 0.0, 0, size/2
	if room > 16*size {
		hang = size // a long line is drawn together by half a sign, unseen
	}
	for i, r := range runes {
		if i > 0 && breakable(runes[i-1], r) {
			cut = i
		}
		used += s.advance(r) * size
		over := used - room - slip
		if over <= 0 || r == ' ' || over <= hang && strings.ContainsRune(hanging, r) {
			continue
		}
		if cut == 0 {
			return max(i, 1)
		}
		return cut
	}
	return len(runes)
}

// paragraphs wraps text that may hold line ends.
func (s *setter) paragraphs(text string, size, width, indent float64) []line {
	var lines []line
	for part := range strings.SplitSeq(strings.Trim(clean(text), "\n"), "\n") {
		lines = append(lines, s.wrap(strings.Trim(part, " "), size, width, indent)...)
	}
	return lines
}

// measure is the width of text in points.
func (s *setter) measure(text string, size float64) float64 {
	w := 0.0
	for _, r := range text {
		w += s.advance(r)
	}
	return w * size
}

// advance is the width of r as a part of the size. A character that no font
// has is noted, and the rendering fails at its end with all of them.
func (s *setter) advance(r rune) float64 {
	if f := s.types.faceOf(r); f != nil {
		return float64(f.advance(r)-1) / 1000
	}
	s.lacks = append(s.lacks, r)
	return 1
}
