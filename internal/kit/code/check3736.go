package code

import (
	"strings"
	"unicode/utf8"
)

// Check3736 is the check character of ISO 7064 MOD 37,36 for a text of digits
// and upper-case letters; it catches every single wrong character and nearly
// every swap of neighbours. It is 0 when the text is empty or has any other
// character.
func Check3736(s string) byte {
	if s == "" {
		return 0
	}
	p := 36
	for i := range len(s) {
		v := strings.IndexByte(alnum, s[i])
		if v < 0 {
			return 0
		}
		if p = (p + v) % 36; p == 0 {
			p = 36
		}
		p = p * 2 % 37
	}
	return alnum[(37-p)%36]
}

// Checked3736 checks a text that ends in its check character, such as the
// number of a case.
func Checked3736(s string) error {
	if utf8.RuneCountInString(s) < 2 {
		return wrongLength(s, "2", 0)
	}
	if err := chars(s, alnum, 0); err != nil {
		return err
	}
	last := len(s) - 1
	return check(s[last], Check3736(s[:last]), len(s))
}
