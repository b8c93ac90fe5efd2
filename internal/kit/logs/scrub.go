package logs

import (
	"regexp"
	"strings"

	"onewindow/internal/kit/code"
)

// mailbox is a mail address.
var mailbox = regexp.MustCompile(`[\pL\pN._%+-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)+`)

// shortest is how long a run of letters and digits is, at least, that may be a
// phone or an identity number.
const shortest = 11

// Scrub masks what looks like personal data in free text: mobile numbers of
// the mainland, identity numbers with a right check character, and mail
// addresses. It is a net under the rule that personal data is not logged, not
// a replacement for it: names pass through.
func Scrub(s string) string {
	if strings.Contains(s, "@") {
		s = mailbox.ReplaceAllStringFunc(s, func(m string) string {
			r := []rune(m)
			return string(r[:1]) + "***" + m[strings.Index(m, "@"):]
		})
	}
	if len(s) < shortest {
		return s
	}
	return maskNumbers(s)
}

// maskNumbers masks each run of letters and digits that is a number of a
// person, with a plus before it or not. Most texts have none and stay as they
// are.
func maskNumbers(s string) string {
	var out strings.Builder
	done := 0
	for i := 0; i < len(s); {
		from := i
		for i < len(s) && alphanumeric(s[i]) {
			i++
		}
		if i-from >= shortest {
			if from > done && s[from-1] == '+' {
				from--
			}
			if masked := maskNumber(s[from:i]); masked != s[from:i] {
				out.WriteString(s[done:from])
				out.WriteString(masked)
				done = i
			}
		}
		i++
	}
	if done == 0 {
		return s
	}
	out.WriteString(s[done:])
	return out.String()
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

func maskNumber(run string) string {
	bare := strings.TrimPrefix(strings.TrimPrefix(run, "+"), "86")
	switch {
	case len(bare) == 11 && mobile(bare):
		return run[:len(run)-11] + code.MaskPhone(bare)
	case len(run) == 18 && code.IDNumber(strings.ToUpper(run)) == nil:
		return code.MaskID(run)
	}
	return run
}

func mobile(s string) bool {
	return s[0] == '1' && s[1] >= '3' && s[1] <= '9' && strings.Trim(s, "0123456789") == ""
}
