package code

import "strings"

// MaskID hides an identity number but for its first three and last four
// characters (前3后4): 130***********1234. A text of fewer than 11 characters is
// hidden whole.
func MaskID(s string) string { return mask(s, 3, 4) }

// MaskPhone hides a telephone number but for its first three and last four
// digits (前3后4): 138****5678. A text of fewer than 11 characters is hidden
// whole.
func MaskPhone(s string) string { return mask(s, 3, 4) }

func mask(s string, head, tail int) string {
	r := []rune(s)
	if len(r) < head+tail+4 {
		return strings.Repeat("*", len(r))
	}
	return string(r[:head]) + strings.Repeat("*", len(r)-head-tail) + string(r[len(r)-tail:])
}
