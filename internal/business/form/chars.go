package form

import (
	"strings"
	"unicode"
)

// stretch is a range of characters, both ends included.
type stretch struct{ from, to rune }

func within(r rune, table []stretch) bool {
	for _, s := range table {
		if r >= s.from && r <= s.to {
			return true
		}
	}
	return false
}

const (
	joiner   = '\u200D' // zero-width joiner: legal inside an emoji only
	asEmoji  = '\uFE0F' // variation selector that makes a sign an emoji
	wideFrom = '\uFF01' // full-width forms of ASCII
	wideTo   = '\uFF5E'
	wideGap  = wideFrom - '!'
)

// Characters that no answer may hold. Everything else is legal text: emoji,
// rare characters of every plane, private-use characters of old systems,
// variation selectors and the scripts of minorities.
var (
	controls = []stretch{{0x00, 0x1F}, {0x7F, 0x9F}}
	// invisible characters change what a text is without changing what it looks
	// like: two names that look alike would differ.
	invisible = []stretch{
		{0xAD, 0xAD}, {0x34F, 0x34F}, {0x61C, 0x61C}, {0x115F, 0x1160}, {0x200B, 0x200C}, {0x200E, 0x200F},
		{0x2028, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0},
		{0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
	}
	// garbled characters are what is left of a text in a wrong encoding.
	garbled = []stretch{{0xFDD0, 0xFDEF}, {0xFFFD, 0xFFFF}}
	emoji   = []stretch{{0x2190, 0x2BFF}, {0x1F000, 0x1FAFF}}
	// blanks are the spaces that the normal form trims.
	blanks = []stretch{{0x20, 0x20}, {0xA0, 0xA0}, {0x1680, 0x1680}, {0x2000, 0x200A}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}}
)

// badChar finds the first character that a text may not hold: its place among
// the characters, from 1, and the code that says why. No code means none.
func badChar(s string, lines bool) (pos int, r rune, code string) {
	var before, last rune // the two characters before r
	for _, r := range s {
		pos++
		switch {
		case lines && r == '\n':
		case within(r, controls):
			return pos, r, "form.control_char"
		case within(r, invisible), r == joiner && !joins(before, last):
			return pos, r, "form.invisible"
		case within(r, garbled):
			return pos, r, "form.garbled"
		}
		before, last = last, r
	}
	return 0, 0, ""
}

// joins says whether a joiner after these two characters is part of an emoji.
func joins(before, last rune) bool {
	return within(last, emoji) || last == asEmoji && within(before, emoji)
}

// textPattern says the same as badChar, for a JSON Schema: the characters
// stand in it as themselves because RE2 and ECMA-262 escape them differently.
func textPattern(lines bool) string {
	var bad strings.Builder
	for _, table := range [][]stretch{controls, invisible, garbled} {
		for _, s := range table {
			switch {
			case lines && s.from == 0:
				writeStretch(&bad, stretch{0, '\n' - 1})
				writeStretch(&bad, stretch{'\n' + 1, s.to})
			default:
				writeStretch(&bad, s)
			}
		}
	}
	var pics strings.Builder
	for _, s := range emoji {
		writeStretch(&pics, s)
	}
	return "^(?:[^" + bad.String() + string(joiner) + "]|[" + pics.String() + "]" + string(asEmoji) + "?" + string(joiner) + ")+$"
}

// visiblePattern demands one character that is not blank.
func visiblePattern() string {
	var b strings.Builder
	for _, s := range blanks {
		writeStretch(&b, s)
	}
	return "[^\n" + b.String() + string(joiner) + "]"
}

func writeStretch(b *strings.Builder, s stretch) {
	b.WriteRune(s.from)
	if s.to > s.from {
		b.WriteByte('-')
		b.WriteRune(s.to)
	}
}

// edge says whether a character is dropped at the ends of an answer.
func edge(r rune) bool {
	return unicode.IsSpace(r) || within(r, blanks) || within(r, invisible) || r == joiner
}

// narrow turns a full-width form of ASCII into the half-width one.
func narrow(r rune) rune {
	if r >= wideFrom && r <= wideTo {
		return r - wideGap
	}
	return r
}

// narrowWord does so for letters and digits only: Chinese punctuation is wide.
func narrowWord(r rune) rune {
	n := narrow(r)
	if n >= '0' && n <= '9' || n >= 'A' && n <= 'Z' || n >= 'a' && n <= 'z' {
		return n
	}
	return r
}
