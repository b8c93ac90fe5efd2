package catalog

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// syllablesText holds a line for each syllable: the syllable without its tone
// and the characters whose most common reading it is.
//
//go:embed syllables.txt
var syllablesText string

// syllables says how characters sound, by blocks of 256 and the place in the
// block. It is read when something is first spoken; as a map it would take ten
// times the memory.
var syllables = sync.OnceValue(func() map[rune]*[256]uint16 {
	blocks := map[rune]*[256]uint16{}
	for n, line := range sounds() {
		_, chars, _ := strings.Cut(line, " ")
		for _, r := range chars {
			if blocks[r>>8] == nil {
				blocks[r>>8] = &[256]uint16{}
			}
			blocks[r>>8][r&0xff] = uint16(n + 1)
		}
	}
	return blocks
})

var sounds = sync.OnceValue(func() []string { return strings.Split(strings.TrimSpace(syllablesText), "\n") })

// syllable is the most common reading of a character without its tone, or ""
// when the character has none.
func syllable(r rune) string {
	block := syllables()[r>>8]
	if block == nil || block[r&0xff] == 0 {
		return ""
	}
	s, _, _ := strings.Cut(sounds()[block[r&0xff]-1], " ")
	return s
}

// spoken is how a text sounds. Sounds holds every syllable between marks, so
// that one sound cannot be found across the border of two.
type spoken struct {
	Initials string // spjyxk
	Full     string // shipinjingyingxuke
	Sounds   string // 'shi'pin'jing'ying'xu'ke'
}

// speak reads a folded text aloud; digits and Latin letters stand for themselves.
func speak(text string) spoken {
	var initials, full, sounds strings.Builder
	for _, r := range text {
		s := syllable(r)
		if s == "" {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				continue
			}
			s = string(r)
		}
		first, _ := utf8.DecodeRuneInString(s)
		initials.WriteRune(first)
		full.WriteString(s)
		sounds.WriteString("'" + s)
	}
	return spoken{initials.String(), full.String(), sounds.String() + "'"}
}

// fold brings a text into the form that is compared: half width, lower case,
// letters, digits and characters only.
func fold(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// latin says whether a folded text is typed with letters only.
func latin(text string) bool {
	for _, r := range text {
		if r > unicode.MaxASCII {
			return false
		}
	}
	return text != ""
}
