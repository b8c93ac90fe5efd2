package logs

import (
	"regexp"
	"strings"

	"onewindow/internal/kit/code"
)

// number is a run of letters and digits that may be a phone or an identity
// number; mailbox is a mail address.
var (
	number  = regexp.MustCompile(`\+?[0-9A-Za-z]{11,}`)
	mailbox = regexp.MustCompile(`[\pL\pN._%+-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)+`)
)

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
	if len(s) < 11 {
		return s
	}
	return number.ReplaceAllStringFunc(s, maskNumber)
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
