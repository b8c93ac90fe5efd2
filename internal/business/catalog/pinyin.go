package catalog

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// tones takes the tone marks off the vowels of a syllable.
var tones = strings.NewReplacer(
	"ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o",
	"ū", "u", "ú", "u", "ǔ", "u", "ù", "u", "ü", "v", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v",
	"ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m",
)

// syllable is the most common reading of a character without its tone, or ""
// when the character has none.
func syllable(r rune) string {
	readings := pinyin.PinyinDict[int(r)]
	if readings == "" {
		return ""
	}
	first, _, _ := strings.Cut(readings, ",")
	return tones.Replace(first)
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
